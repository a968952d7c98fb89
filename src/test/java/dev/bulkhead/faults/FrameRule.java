package dev.bulkhead.faults;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What happens to single events of the watches that match. Of several that fit, the oldest decides. */
public final class FrameRule {

    /** What becomes of an event. */
    sealed interface Fate {

        /** It never comes. */
        record Drop() implements Fate {}

        /** It comes twice. */
        record Double() implements Fate {}

        /** It comes when the rule is lifted, and until then nothing of its watch that is caught does. */
        record Freeze() implements Fate {}

        /** It comes later; what comes after it may come before it. */
        record Late(Duration time) implements Fate {}

        /** It says something else. */
        record Rewrite(UnaryOperator<String> text) implements Fate {}
    }

    private final Match watch;
    private final Predicate<Frame> frame;
    private final Consumer<FrameRule> add;
    private final Consumer<FrameRule> drop;
    private int left = Integer.MAX_VALUE;
    private int hits;
    private Fate fate = new Fate.Drop();

    FrameRule(Match watch, Predicate<Frame> frame, Consumer<FrameRule> add, Consumer<FrameRule> drop) {
        this.watch = watch;
        this.frame = frame;
        this.add = add;
        this.drop = drop;
    }

    public FrameRule once() {
        left = 1;
        return this;
    }

    public FrameRule drop() {
        return with(new Fate.Drop());
    }

    public FrameRule duplicate() {
        return with(new Fate.Double());
    }

    public FrameRule freeze() {
        return with(new Fate.Freeze());
    }

    public FrameRule delay(Duration time) {
        return with(new Fate.Late(time));
    }

    public FrameRule rewrite(UnaryOperator<String> text) {
        return with(new Fate.Rewrite(text));
    }

    /** From now on what matches goes through; what was frozen comes now. */
    public void lift() {
        drop.accept(this);
    }

    public synchronized int hits() {
        return hits;
    }

    private FrameRule with(Fate fate) {
        this.fate = fate;
        add.accept(this);
        return this;
    }

    synchronized boolean strikes(ProxiedRequest request, Frame event) {
        if (left == 0 || !watch.fits(request) || !frame.test(event)) {
            return false;
        }
        left--;
        hits++;
        return true;
    }

    Fate fate() {
        return fate;
    }
}
