package dev.bulkhead.environment.pillar;

import dev.bulkhead.apply.Entry;
import dev.bulkhead.apply.Entry.SecretEntry;
import dev.bulkhead.apply.Entry.Source;
import dev.bulkhead.apply.Kind;
import dev.bulkhead.apply.Level;
import dev.bulkhead.apply.Ref;
import dev.bulkhead.environment.HookRun;
import dev.bulkhead.secrets.rotation.HookStep;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyOnExitCodesRequirement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Job of one run of a hook, and the Secret beside it. */
final class HookJob {

    /** The reason of a Job that failed because of its container's exit code, and of nothing else. */
    static final String SAID_NO = "PodFailurePolicy";

    /** What a Job of a hook is called, and the Secret beside it. */
    static final Pattern NAME = Pattern.compile(".+[-.](install|verify|revoke)[-.][0-9a-f]{8}");

    private static final String FOLDER = "/var/run/bulkhead/";
    private static final String CURRENT = "current";

    /** "Not now" (EX_TEMPFAIL of sysexits.h), and what the kernel or the kubelet ended: 128 and the signal's number. */
    private static final List<Integer> SAID_NOTHING = List.of(75, 137, 143);

    private static final int ENTRY_LENGTH = 40;

    private final Rendering rendering;
    private final HookRun run;
    private final PodTemplateSpec template;
    private final String subject;
    private final List<String> identity;

    HookJob(Rendering rendering, HookRun run) {
        this.rendering = rendering;
        this.run = run;
        this.template = new PodTemplate(rendering).ofJob();
        this.subject = run.step() == HookStep.REVOKE ? "retiring" : "pending";
        this.identity = List.of(
                rendering.name(),
                run.entry(),
                run.step().name(),
                run.rotationId(),
                String.valueOf(run.attempt()),
                run.timeout().toString(),
                // A Job can't change, so that one that would run differently is another.
                ContentHash.ofObject(template));
    }

    /** A Secret of this kind of name is never an entry's, which has no dots. */
    Entry values() {
        return new SecretEntry(
                new Ref(Kind.SECRET, rendering.workload().namespace(), secret()),
                Level.FOUNDATION,
                rendering.workload().origin(),
                rendering.metadata(secret()).getLabels(),
                rendering.metadata(secret()).getAnnotations(),
                sources(),
                ContentHash.of(identity));
    }

    Entry job() {
        return rendering.running(new JobBuilder()
                .withMetadata(rendering.metadata(name("-")))
                .withNewSpec()
                .withBackoffLimit(0)
                .withCompletions(1)
                .withParallelism(1)
                .withActiveDeadlineSeconds(run.timeout().toSeconds())
                .withPodFailurePolicy(failures())
                .withTemplate(template())
                .endSpec()
                .build());
    }

    private String secret() {
        return name(".");
    }

    private String name(String separator) {
        return String.join(
                separator,
                Names.bounded(ENTRY_LENGTH, run.entry()),
                run.step().name().toLowerCase(Locale.ROOT),
                ContentHash.of(identity));
    }

    /** A node that is drained takes the pod with it, and nothing is wrong: there is another one. */
    private PodFailurePolicy failures() {
        return new PodFailurePolicyBuilder()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition("True", "DisruptionTarget")
                .endRule()
                .addNewRule()
                .withAction("Count")
                .withOnExitCodes(onExitCode("In", SAID_NOTHING))
                .endRule()
                .addNewRule()
                .withAction("FailJob")
                .withOnExitCodes(onExitCode("NotIn", List.of(0)))
                .endRule()
                .build();
    }

    /** Of our container only: a proxy beside it says nothing about the values. */
    private PodFailurePolicyOnExitCodesRequirement onExitCode(String operator, List<Integer> codes) {
        return new PodFailurePolicyOnExitCodesRequirement(rendering.name(), operator, codes);
    }

    private PodTemplateSpec template() {
        return template.edit()
                .editSpec()
                .editFirstContainer()
                .addToEnv(
                        new EnvVar("BULKHEAD_STEP", run.step().name().toLowerCase(Locale.ROOT), null),
                        new EnvVar("BULKHEAD_ROTATION", run.rotationId(), null),
                        new EnvVar("BULKHEAD_ENTRY", run.entry(), null))
                .addToVolumeMounts(folders().map(HookJob::mount).toArray(VolumeMount[]::new))
                .endContainer()
                .addToVolumes(folders().map(this::volume).toArray(Volume[]::new))
                .endSpec()
                .build();
    }

    private Stream<String> folders() {
        return run.current().isEmpty() ? Stream.of(subject) : Stream.of(subject, CURRENT);
    }

    private Map<String, Source> sources() {
        var sources = new TreeMap<String, Source>();
        run.pending().forEach((key, source) -> sources.put(subject + "." + key, source));
        run.current().forEach((key, source) -> sources.put(CURRENT + "." + key, source));
        return sources;
    }

    private static VolumeMount mount(String folder) {
        return new VolumeMountBuilder()
                .withName(folder)
                .withMountPath(FOLDER + folder)
                .withReadOnly(true)
                .build();
    }

    private Volume volume(String folder) {
        var prefix = folder + ".";
        return new VolumeBuilder()
                .withName(folder)
                .withNewSecret()
                .withSecretName(secret())
                .withItems(sources().keySet().stream()
                        .filter(key -> key.startsWith(prefix))
                        .map(key -> new KeyToPath(key, null, key.substring(prefix.length())))
                        .toList())
                .endSecret()
                .build();
    }
}
