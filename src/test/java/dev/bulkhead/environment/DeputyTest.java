package dev.bulkhead.environment;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ref;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The thirteen classes of holes that operators like this one have had (docs/security.md), each closed or not yet there.
 * What needs an API server to be judged is in DeputyIT and SecondWallIT.
 */
class DeputyTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bulkhead");

    private static final String CLASS = """
            kind: EnvironmentClass
            metadata: {name: standard}
            spec:
              hubNamespaces: {}
              clusters: [local]
              defaultCluster: local
              registries: [registry.example.com/shop]
              roles: {developer: bulkhead-developer}
            """;

    private static final String ENVIRONMENT = """
            kind: Environment
            metadata: {name: staging, namespace: shop}
            spec:
              clusterRef: {name: local}
              namespaces: [{name: web}]
            """;

    private static final String WORKLOAD = """
            kind: Workload
            metadata: {name: api, namespace: shop}
            spec:
              environmentRef: {name: staging}
              name: api
              targetNamespace: web
              image: registry.example.com/shop/api:1
            """;

    private static World world(String... more) {
        var world = World.of(CLASS).and(ENVIRONMENT);
        for (var one : more) {
            world = world.and(one);
        }
        return world;
    }

    @Test
    void class01_aNamespacedResourceCannotDriveTheOperatorOutOfItsNamespaces() {
        assertThat(world(WORKLOAD.replace("targetNamespace: web", "targetNamespace: kube-system"))
                        .plan()
                        .byRef()
                        .keySet())
                .allMatch(ref -> Set.of(ref.namespace(), ref.name()).contains("shop-staging-web"));
        assertThat(Arrays.stream(Kind.values()).filter(kind -> kind.scope() == Kind.Scope.CLUSTER))
                .as("cluster-scoped kinds that a plan may name")
                .containsExactly(Kind.NAMESPACE);
    }

    @Test
    void class02_aLabelCannotTakeANamespaceOver() {
        var plan = world(
                        ENVIRONMENT.replace(
                                "{name: web}",
                                "{name: web, labels: {pod-security.kubernetes.io/enforce: privileged, bulkhead.dev/hub: mine}}"))
                .manifests()
                .stream()
                .skip(2)
                .toList();
        var object = (Entry.ObjectEntry)
                new World(List.of(Manifest.parse(Path.of("x"), CLASS).getFirst(), plan.getFirst()), List.of())
                        .plan()
                        .byRef()
                        .get(Ref.namespace("shop-staging-web"));

        assertThat(object.object().getMetadata().getLabels())
                .as("even where the definition's own rule were gone")
                .containsEntry("pod-security.kubernetes.io/enforce", "restricted")
                .containsEntry("bulkhead.dev/hub", "hub-1");
    }

    /** Theirs run what a kubeconfig says; ours is tried with every field that could in {@code VettingPropertyTest}. */
    @Test
    void class03_noLibrarysReaderOfKubeconfigsSeesThatOfATarget() {
        assertThat(fields("targetclusters", ""))
                .as("a new field: vet it, and test it here")
                .containsExactlyInAnyOrder("kubeconfig", "local", "meshIdentity");
        assertThat(fields("targetclusters", "/meshIdentity/properties/from/properties"))
                .as(
                        "it names a Secret beside the operator, whose kubeconfigs are vetted; it reads two keys of it as PEM")
                .containsExactly("secretRef");
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.bulkhead.cli")
                .should()
                .callMethodWhere(target(name("fromKubeconfig")))
                .because("it runs commands")
                .check(HOUSE);
    }

    @Test
    void class04_nothingButTheClientOfTheApiServerOpensAConnection() {
        noClasses()
                .that()
                // The one makes keys of what was vetted, the other knows the names of failures.
                .doNotHaveSimpleName("Tls")
                .and()
                .doNotHaveSimpleName("Trouble")
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java[.]net[.](http[.].*|.*Socket|URL|.*URLConnection)|javax[.]net[.].*|java[.]nio.*Channel")
                .because("a token that goes to an address which a user wrote is the user's")
                .allowEmptyShould(false)
                .check(HOUSE);
    }

    @Test
    void class05_aSecretsValueIsInNoPlanAndInNoVerdict() {
        var world = published("canary-1f3a");

        assertThat(world.plan().entries()).anyMatch(Entry.SecretEntry.class::isInstance);
        assertThat(world.plan().entries() + " " + world.acceptance()).doesNotContain("canary-1f3a");
    }

    @Test
    void class06_aSecretIsWrittenWhereItIsUsedAndReadByTheRoleThatIsBoundThere() throws IOException {
        assertThat(published("x").plan().entries().stream()
                        .filter(Entry.SecretEntry.class::isInstance)
                        .map(Entry::ref))
                .containsExactly(new Ref(Kind.SECRET, "shop-staging-web", "db"));
        var rights = Files.readString(Path.of("helm/bulkhead/templates/rbac.yaml"));
        var ofTheCluster = rights.substring(0, rights.indexOf("kind: ClusterRoleBinding"));
        assertThat(ofTheCluster).contains("configmaps").doesNotContainPattern("(?m)^ *resources:.*\\bsecrets\\b");
    }

    @Test
    void class06_theOperatorsOwnRoleIsBoundToNobodyEvenIfAClassSaysSo() {
        var generous = World.of(CLASS.replace("bulkhead-developer", "bulkhead-operator-namespaced"))
                .and(ENVIRONMENT.replace("spec:\n", "spec:\n  access: [{role: developer, groups: [team]}]\n"));

        assertThat(generous.plan().byRef().keySet()).noneMatch(ref -> ref.kind() == Kind.ROLE_BINDING);
    }

    @Test
    void class07_aClusterIsReachedByASecretOfTheOperatorsOwnNamespaceOnly() {
        assertThat(fields("targetclusters", "/kubeconfig/properties/secretRef/properties"))
                .containsExactlyInAnyOrder("name", "key");
    }

    @Test
    void class08_noSettingSharesTheHubOutAmongOperatorsByWhatAUserWrites() {
        assertThat(fields("environments", "")).doesNotContain("shard", "controller", "operatorClass");
    }

    @Test
    void class09_anEmptyIdentityIsNobodys() {
        var granted = World.of(CLASS)
                .and(ENVIRONMENT.replace(
                        "spec:\n", "spec:\n  access: [{role: developer}, {role: \"\", groups: [team]}]\n"));
        assertThat(new EnvironmentPlanner().plan(granted.blueprint()).byRef().keySet())
                .as("a grant to nobody, and one of no role")
                .noneMatch(ref -> ref.kind() == Kind.ROLE_BINDING);
        assertThat(published("x").plan().byRef().keySet())
                .as("an operator without an account binds nobody")
                .noneMatch(ref -> ref.kind() == Kind.ROLE_BINDING);
    }

    @Test
    void class10_whatIsBeingDeletedIsNotPlanned() {
        var going = WORKLOAD.replace(
                "metadata: {name: api,", "metadata: {name: api, deletionTimestamp: \"2026-01-01T00:00:00Z\",");

        assertThat(world(WORKLOAD).plan().byRef().keySet()).anyMatch(ref -> ref.kind() == Kind.DEPLOYMENT);
        assertThat(world(going).plan().byRef().keySet()).noneMatch(ref -> ref.kind() == Kind.DEPLOYMENT);
    }

    @Test
    void class11_aNameThatIsFarTooLongHarmsItsOwnResourceOnly() {
        var poison = WORKLOAD.replace("name: api\n", "name: %s\n".formatted("x".repeat(5000)))
                .replace("metadata: {name: api,", "metadata: {name: poison,");
        var plan = world(WORKLOAD, poison).plan();

        assertThat(plan.byRef().keySet()).contains(new Ref(Kind.DEPLOYMENT, "shop-staging-web", "api"));
    }

    @Test
    void class12_anImageFromElsewhereIsRefused() {
        var world = world(WORKLOAD.replace("registry.example.com/shop/", "registry.example.com/shop-evil/"));

        assertThat(world.plan().entries()).noneMatch(entry -> entry.level() == Level.WORKLOAD);
    }

    @Test
    void class13_aPathOrATemplateIsTextAndNothingElse() {
        var env = WORKLOAD + "  env: [{name: A, value: \"{{ .token }} ${jndi:ldap://x} %{file:/etc/passwd}\"}]\n";

        assertThat(Manifest.write(Manifest.tree(
                        world(env).plan().byRef().get(new Ref(Kind.DEPLOYMENT, "shop-staging-web", "api"))
                                        instanceof Entry.ObjectEntry it
                                ? it.object()
                                : Ref.namespace("none"))))
                .contains("{{ .token }} ${jndi:ldap://x} %{file:/etc/passwd}");
    }

    private static World published(String value) {
        return world(WORKLOAD + "  env: [{name: DB, secretRef: {entry: db}}]\n", """
                kind: SecretScope
                metadata: {name: staging, namespace: shop}
                spec:
                  environmentRef: {name: staging}
                  entries: [{name: db, type: Static, from: {secretRef: {name: db, key: password}}}]
                """, """
                kind: Secret
                metadata: {name: db, namespace: shop}
                stringData: {password: %s}
                """.formatted(value));
    }

    private static Set<String> fields(String plural, String below) {
        var properties = Manifest.read(Path.of("crds/%s.bulkhead.dev.yaml".formatted(plural)))
                .getFirst()
                .content()
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties" + below);
        Iterable<String> names = properties::fieldNames;
        return StreamSupport.stream(names.spliterator(), false).collect(Collectors.toSet());
    }
}
