package dev.bulkhead.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.kube.BulkheadTest;
import dev.bulkhead.kube.OperatorUnderTest;
import dev.bulkhead.kube.TestCluster;
import dev.bulkhead.kube.TestNamespace;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A database's volume survives every way of removing an environment that doesn't name it. */
@BulkheadTest
class VolumesIT {

    private final TestCluster cluster;

    /** @param operator nothing is asked of it, but it has to run */
    VolumesIT(TestCluster cluster, OperatorUnderTest operator) {
        this.cluster = cluster;
    }

    enum Way {
        ENVIRONMENT_DELETED {
            @Override
            void go(Staging staging) {
                staging.cluster().delete("environment", staging.name());
                staging.cluster().awaitGone("environment", staging.name());
                staging.cluster().awaitGone("namespace", staging.web());
            }
        },
        ENVIRONMENT_DELETED_AND_RETAINED {
            @Override
            void go(Staging staging) {
                staging.patch("{\"deletionPolicy\":\"Retain\"}");
                staging.cluster().delete("environment", staging.name());
                staging.cluster().awaitGone("environment", staging.name());
            }
        },
        NAMESPACE_DROPPED {
            @Override
            void go(Staging staging) {
                staging.patch("{\"namespaces\":[{\"name\":\"web\"}]}");
                staging.awaitWords("environment", staging.name(), "Ready", "holds volume claims");
            }
        },
        PURGE_OF_ANOTHER_NAMESPACE {
            @Override
            void go(Staging staging) {
                staging.patch("{\"namespaces\":[{\"name\":\"web\"}]}");
                staging.awaitWords("environment", staging.name(), "Ready", "holds volume claims");
                Operations.create(
                        staging, "purge", "action: Purge", "purge: {namespaces: [%s-other]}".formatted(staging.data()));
                staging.cluster().awaitCondition("operation", staging.hub().of("purge"), "Ready", "Succeeded");
            }
        },
        RELEASE {
            @Override
            void go(Staging staging) {
                Operations.create(staging, "release", "action: Release");
                staging.cluster().awaitCondition("operation", staging.hub().of("release"), "Ready", "Succeeded");
                staging.cluster().delete("environment", staging.name());
                staging.cluster().awaitGone("environment", staging.name());
            }
        },
        HUB_NAMESPACE_DELETED {
            @Override
            void go(Staging staging) {
                staging.cluster().delete("namespace", staging.hub().name());
                staging.cluster().awaitGone("namespace", staging.hub().name());
            }
        },
        CLASS_GONE_THEN_DELETED {
            @Override
            void go(Staging staging) {
                var own = staging.hub() + "-class";
                staging.cluster().delete("environmentclass", own);
                staging.awaitWords("environment", staging.name(), "WaitingForClass");
                staging.cluster().delete("environment", staging.name());
                staging.cluster().awaitGone("environment", staging.name());
                staging.cluster().awaitGone("namespace", staging.web());
            }
        };

        abstract void go(Staging staging);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void aVolumeSurvives(Way way, TestNamespace hub) {
        var staging = way == Way.CLASS_GONE_THEN_DELETED
                ? Operations.ofItsOwnClass(cluster, hub)
                : Staging.declared(cluster, hub, "deletionProtection: Disabled");
        staging.awaitReady();
        Operations.claim(cluster, staging.data());
        var uid = uid(staging);

        way.go(staging);

        assertThat(uid(staging)).isEqualTo(uid);
        assertThat(cluster.get("namespace", staging.data()).getMetadata().getDeletionTimestamp())
                .isNull();
    }

    private String uid(Staging staging) {
        var claim = cluster.get("persistentvolumeclaim", staging.data() + "/database")
                .getMetadata();
        assertThat(claim.getDeletionTimestamp()).isNull();
        return claim.getUid();
    }
}
