package dev.bulkhead.network.reach.draw;

import dev.bulkhead.network.reach.Matrix;

/** A matrix as text of some form. The same matrix gives the same text. */
public interface Drawing {

    String of(Matrix matrix);
}
