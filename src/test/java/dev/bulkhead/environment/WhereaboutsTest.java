package dev.bulkhead.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cluster.Link;
import dev.bulkhead.status.Reason;
import org.junit.jupiter.api.Test;

/** What may be left behind in a cluster, and what is only waited for. */
class WhereaboutsTest {

    @Test
    void aClusterThatCannotBeReachedIsLost() {
        var broken = new Link.Broken(Reason.ClusterUnreachable, "nobody answers");

        assertThat(Whereabouts.where("east", broken)).isEqualTo(new Where.Away("east", true, "nobody answers"));
    }

    @Test
    void aClusterThatAnotherProcessWritesToIsNot() {
        var fenced = new Link.Broken(Reason.Fenced, "another has the lease");

        assertThat(Whereabouts.where("east", fenced)).isEqualTo(new Where.Away("east", false, "another has the lease"));
    }

    @Test
    void norIsOneThatIsBeingConnected() {
        assertThat(Whereabouts.where("east", new Link.Connecting()))
                .isInstanceOfSatisfying(
                        Where.Away.class, it -> assertThat(it.lost()).isFalse());
    }
}
