package dev.bulkhead.faults.crash;

/** How the operator's life ends, as one environment sees it: at which of the writes for it, and when exactly. */
record End(int write, Moment moment) {

    enum Moment {
        /** The write was never sent. */
        BEFORE,
        /** It was done, and nobody was there to read the answer. */
        AFTER,
        /** It was never sent, but what was on its way beside it arrived: objects of one level are written at once. */
        OVERTAKEN,
        /** It was under way for so long that another operator was at work when it arrived. */
        LATE
    }

    @Override
    public String toString() {
        return switch (moment) {
            case BEFORE -> "dead before write " + write;
            case AFTER -> "dead after write " + write;
            case OVERTAKEN -> "dead before write %d, which others overtook".formatted(write);
            case LATE -> "dead before write %d, which arrived late".formatted(write);
        };
    }
}
