package dev.bulkhead.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What may know what: the walls of the house. */
class WallsTest {

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bulkhead");

    /** A custom resource is one of the client's classes, and as such just a value. */
    private static final DescribedPredicate<JavaClass> THE_CLIENT =
            resideInAPackage("io.fabric8.kubernetes.client..").and(not(type(CustomResource.class)));

    private static final DescribedPredicate<JavaClass> A_FRAMEWORK =
            resideInAnyPackage("io.javaoperatorsdk..", "io.quarkus..", "jakarta..", "io.smallrye..");

    private static final DescribedPredicate<JavaClass> THE_PURE = resideInAnyPackage(
                    "dev.bulkhead.api..",
                    "dev.bulkhead.environment.pillar..",
                    "dev.bulkhead.environment.rule..",
                    "dev.bulkhead.secrets.rotation..",
                    "dev.bulkhead.status..",
                    "dev.bulkhead.network.reach..")
            .or(simpleNameEndingWith("Planner"))
            .or(simpleNameEndingWith("Plan"))
            .or(simpleNameStartingWith("Blueprint"))
            .or(simpleNameStartingWith("Rotation"))
            .as("api, pillars, rules, planners, status, reach and Rotation");

    @Test
    void theApiImportsNothingElseOfOurs() {
        hold(noClasses()
                .that()
                .resideInAPackage("dev.bulkhead.api..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.bulkhead..").and(not(resideInAPackage("dev.bulkhead.api..")))));
    }

    @Test
    void whatIsPureKnowsNoClientAndNoFramework() {
        hold(noClasses().that(THE_PURE).should().dependOnClassesThat(THE_CLIENT.or(A_FRAMEWORK)));
    }

    @Test
    void whatIsPureReadsNoClockNoRandomNumberAndNoEnvironment() {
        hold(noClasses()
                .that(THE_PURE)
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "getProperty", String.class)
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(SecureRandom.class));
    }

    @Test
    void timeComesFromAnInjectedClock() {
        hold(noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis"));
        hold(noClasses()
                .that(not(resideInAPackage("dev.bulkhead.runtime..")))
                .should()
                .callMethod(Clock.class, "systemUTC"));
    }

    @Test
    void onlyTheRuntimeKnowsQuarkus() {
        hold(noClasses()
                .that(not(resideInAPackage("dev.bulkhead.runtime..")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye..", "org.eclipse.microprofile.."));
    }

    @Test
    void nothingReflectsSleepsOrPrints() {
        hold(noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.reflect..")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void nothingStaticChanges() {
        hold(fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(SYNTHETIC)
                .should()
                .beFinal());
    }

    @Test
    void aNameSaysWhatAThingIs() {
        // Of these words Kubernetes itself uses one: the manager of a field.
        hold(noClasses()
                .that(not(simpleName("OtherManager")))
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Helper"));
    }

    private static void hold(ArchRule rule) {
        rule.check(HOUSE);
    }
}
