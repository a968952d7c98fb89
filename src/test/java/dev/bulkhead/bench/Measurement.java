package dev.bulkhead.bench;

import java.util.List;

/** Takes its figures on a cluster of its own. */
interface Measurement {

    List<Figure> take();
}
