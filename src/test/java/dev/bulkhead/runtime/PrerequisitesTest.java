package dev.bulkhead.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bulkhead.cluster.Right;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRuleBuilder;
import io.fabric8.kubernetes.client.VersionInfo;
import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrerequisitesTest {

    private static final Right PATCH = new Right("apps", "deployments", "patch");

    @Test
    void aKubernetesThatIsTooOldIsNamedWithWhatToDo() throws ParseException {
        assertThat(Prerequisites.tooOld(version("1", "29+", "v1.29.4-eks")))
                .contains("Kubernetes v1.29.4-eks is too old: Bulkhead needs 1.31 or newer. Upgrade the cluster.");
    }

    @Test
    void anyNewerOneWillDo() throws ParseException {
        assertThat(Prerequisites.tooOld(version("1", "31", "v1.31.0"))).isEmpty();
        assertThat(Prerequisites.tooOld(version("1", "36", "v1.36.3"))).isEmpty();
        assertThat(Prerequisites.tooOld(version("2", "0", "v2.0.0"))).isEmpty();
    }

    @Test
    void aRightIsInARuleThatNamesAllOfIt() {
        assertThat(PATCH.isIn(List.of(rule("apps", "deployments", "patch")))).isTrue();
        assertThat(PATCH.isIn(List.of(rule("*", "*", "*")))).isTrue();
        assertThat(PATCH.isIn(List.of(rule("apps", "deployments", "get"), rule("apps", "statefulsets", "patch"))))
                .isFalse();
        assertThat(PATCH.isIn(List.of(rule("", "deployments", "patch")))).isFalse();
    }

    @Test
    void aRightToOneObjectIsNone() {
        var one = rule("apps", "deployments", "patch")
                .edit()
                .withResourceNames("api")
                .build();

        assertThat(PATCH.isIn(List.of(one))).isFalse();
    }

    @Test
    void whatIsMissingReadsLikeARule() {
        assertThat(Right.inWords(
                        List.of(PATCH, new Right("apps", "deployments", "create"), new Right("", "pods", "list"))))
                .isEqualTo("patch, create deployments.apps; list pods");
    }

    private static ResourceRule rule(String group, String resource, String verb) {
        return new ResourceRuleBuilder()
                .withApiGroups(group)
                .withResources(resource)
                .withVerbs(verb)
                .build();
    }

    private static VersionInfo version(String major, String minor, String git) throws ParseException {
        return new VersionInfo.Builder()
                .withMajor(major)
                .withMinor(minor)
                .withGitVersion(git)
                .withBuildDate("2026-01-01T00:00:00Z")
                .build();
    }
}
