package dev.bulkhead.environment.reach;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.cluster.Capabilities;
import dev.bulkhead.cluster.ForeignObjects;
import dev.bulkhead.network.reach.Intent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was worked out last for each environment. It holds until something that it was worked out from is another. */
public final class ReachBook {

    private static final Logger LOG = LoggerFactory.getLogger(ReachBook.class);

    private final Map<EnvironmentId, Page> pages = new ConcurrentHashMap<>();

    /**
     * What it is worked out from.
     *
     * @param plan its fingerprint
     */
    public record Basis(String plan, List<Intent> intents, Capabilities capabilities, ForeignObjects foreign) {}

    private record Page(Basis basis, Reached reached) {}

    /** @param reckoning made only if it is needed */
    public Reached look(EnvironmentId environment, Basis basis, Supplier<Reckoning> reckoning) {
        var last = pages.get(environment);
        if (last != null && last.basis.equals(basis)) {
            return last.reached;
        }
        var reached = reckon(reckoning, basis.foreign);
        pages.put(environment, new Page(basis, reached));
        return reached;
    }

    /** What others write may be anything. That it makes no sense to us must not keep an environment from its own. */
    private static Reached reckon(Supplier<Reckoning> reckoning, ForeignObjects foreign) {
        try {
            return reckoning.get().with(foreign);
        } catch (RuntimeException e) {
            LOG.warn("Who reaches whom can't be worked out", e);
            return new Reached.Untold("Who reaches whom can't be worked out; the operator's log says why");
        }
    }

    public void forget(EnvironmentId environment) {
        pages.remove(environment);
    }
}
