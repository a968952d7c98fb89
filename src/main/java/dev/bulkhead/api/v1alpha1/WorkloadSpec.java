package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "has(self.image) != has(self.selector)",
        message = "name exactly one of image (Bulkhead runs the pods) and selector (somebody else delivers them)",
        fieldPath = ".image")
@ValidationRule(
        value = "!has(self.selector) || !(has(self.command) || has(self.args) || has(self.env) || has(self.config)"
                + " || has(self.storage) || has(self.probes) || has(self.resources) || has(self.security)"
                + " || has(self.disruption) || has(self.autoscaling) || has(self.schedule) || has(self.timeZone)"
                + " || has(self.job) || has(self.podLabels) || has(self.podAnnotations) || self.type != 'Stateless'"
                + " || self.replicas != 1)",
        message = "with selector somebody else delivers the pods: remove type, replicas, command, args, env, config,"
                + " storage, probes, resources, security, disruption, autoscaling, schedule, timeZone, job, podLabels and"
                + " podAnnotations",
        reason = "FieldValueForbidden",
        fieldPath = ".selector")
@ValidationRule(
        value = "self.environmentRef.name == oldSelf.environmentRef.name",
        message = "environmentRef is immutable: make a new Workload in the other environment",
        fieldPath = ".environmentRef")
@ValidationRule(
        value = "self.type == oldSelf.type",
        message = "type is immutable: delete this Workload and make a new one",
        fieldPath = ".type")
@ValidationRule(
        value = "self.type != 'Stateful' || self.targetNamespace == oldSelf.targetNamespace",
        message = "a Stateful workload cannot move to another namespace, its volumes would stay behind: make a new one",
        fieldPath = ".targetNamespace")
@ValidationRule(
        value = "(self.type == 'CronJob') == has(self.schedule)",
        message = "a CronJob needs a schedule, and no other type may have one",
        fieldPath = ".schedule")
@ValidationRule(
        value = "self.type == 'CronJob' || !has(self.timeZone) && self.concurrencyPolicy == 'Forbid'",
        message = "timeZone and concurrencyPolicy are for type CronJob: remove them",
        reason = "FieldValueForbidden",
        fieldPath = ".type")
@ValidationRule(
        value = "self.type in ['Job', 'CronJob'] || !has(self.job)",
        message = "job is for the types Job and CronJob: remove it",
        reason = "FieldValueForbidden",
        fieldPath = ".job")
@ValidationRule(
        value = "!(self.type in ['Job', 'CronJob']) || self.replicas == 1 && !has(self.autoscaling)"
                + " && !has(self.disruption)",
        message = "replicas, autoscaling and disruption are not for the types Job and CronJob: use job.completions and"
                + " job.parallelism",
        reason = "FieldValueForbidden",
        fieldPath = ".type")
@ValidationRule(
        value = "self.type != 'Hook' || self.replicas == 1 && !(has(self.ports) || has(self.probes)"
                + " || has(self.autoscaling) || has(self.disruption))",
        message =
                "ports, probes, replicas, autoscaling and disruption are not for type Hook, whose pod runs when a rotation"
                        + " asks for it, and ends: remove them",
        reason = "FieldValueForbidden",
        fieldPath = ".type")
@ValidationRule(
        value = "self.type != 'Hook' || !has(self.env) || self.env.all(it, !it.name.startsWith('BULKHEAD_'))",
        message = "the variables BULKHEAD_… of a Hook are set by Bulkhead: choose other names",
        reason = "FieldValueForbidden",
        fieldPath = ".env")
@ValidationRule(
        value = "self.type != 'Hook' || ((has(self.config) ? self.config.map(mount, mount.path) : [])"
                + " + (has(self.secrets) ? self.secrets.filter(mount, has(mount.path)).map(mount, mount.path) : [])"
                + " + (has(self.storage) ? self.storage.map(mount, mount.path) : []))"
                + ".all(path, !(path + '/').startsWith('/var/run/bulkhead/'))",
        message = "a Hook finds the values that it is about in /var/run/bulkhead: choose other paths",
        reason = "FieldValueForbidden")
@ValidationRule(
        value = "self.type == 'Stateful' || !has(self.storage)"
                + " || !self.storage.exists(volume, has(volume.storageClassName))",
        message = "storageClassName is for type Stateful; with any other type storage is scratch space: remove it",
        reason = "FieldValueForbidden",
        fieldPath = ".storage")
@ValidationRule(
        value = "self.type != 'Stateful' || (has(self.storage) ? self.storage.size() : 0)"
                + " == (has(oldSelf.storage) ? oldSelf.storage.size() : 0) && (!has(self.storage) || !has(oldSelf.storage)"
                + " || self.storage.all(volume, oldSelf.storage.exists(old, old.name == volume.name"
                + " && has(old.storageClassName) == has(volume.storageClassName)"
                + " && (!has(old.storageClassName) || old.storageClassName == volume.storageClassName))))",
        message =
                "a Stateful workload cannot add, remove or rename volumes, or change their storageClassName: make a new"
                        + " one and move the data",
        fieldPath = ".storage")
@ValidationRule(
        value = "self.type != 'Stateful' || !has(self.storage) || !has(oldSelf.storage)"
                + " || self.storage.all(volume, oldSelf.storage.all(old, old.name != volume.name"
                + " || quantity(string(volume.size)).compareTo(quantity(string(old.size))) >= 0))",
        message = "a volume can grow but not shrink: set size to what it was, or more",
        fieldPath = ".storage")
@ValidationRule(
        value =
                "!has(self.probes) || [self.probes.?startup.?httpGet.?port, self.probes.?startup.?tcpSocket.?port, self.probes.?startup.?grpc.?port,"
                        + " self.probes.?readiness.?httpGet.?port, self.probes.?readiness.?tcpSocket.?port, self.probes.?readiness.?grpc.?port,"
                        + " self.probes.?liveness.?httpGet.?port, self.probes.?liveness.?tcpSocket.?port, self.probes.?liveness.?grpc.?port]"
                        + ".all(port, !port.hasValue() || has(self.ports) && self.ports.exists(p, p.name == port.value()))",
        message = "a probe names a port that spec.ports does not have: correct one of the two",
        fieldPath = ".probes")
@ValidationRule(
        value = "has(self.selector) || !has(self.secrets) || self.secrets.all(secret, has(secret.path))",
        message = "each secret needs the path that the container sees it at",
        reason = "FieldValueRequired",
        fieldPath = ".secrets")
@ValidationRule(
        value = "((has(self.config) ? self.config.map(mount, mount.path) : [])"
                + " + (has(self.secrets) ? self.secrets.filter(mount, has(mount.path)).map(mount, mount.path) : [])"
                + " + (has(self.storage) ? self.storage.map(mount, mount.path) : []))"
                + ".all(path, (has(self.config) ? self.config.filter(mount, mount.path == path).size() : 0)"
                + " + (has(self.secrets) ? self.secrets.filter(mount, has(mount.path) && mount.path == path).size() : 0)"
                + " + (has(self.storage) ? self.storage.filter(mount, mount.path == path).size() : 0) == 1)",
        message = "config, secrets and storage use one path twice: give each its own")
@ValidationRule(
        value = "!has(self.selector) || !has(self.traffic) || !(has(self.traffic.routes) || has(self.traffic.retries)"
                + " || has(self.traffic.timeouts) || has(self.traffic.circuitBreaking) || has(self.traffic.canary))",
        message = "with selector somebody else has the Service, too, and says there where requests go: of traffic keep"
                + " only rateLimit",
        reason = "FieldValueForbidden",
        fieldPath = ".traffic")
@ValidationRule(
        value = "!has(self.traffic) || self.type in ['Stateless', 'Stateful']",
        message = "traffic is for the types Stateless and Stateful, which are there to be called: remove it",
        reason = "FieldValueForbidden",
        fieldPath = ".traffic")
@ValidationRule(
        value = "!has(self.traffic) || !has(self.traffic.canary) || self.type == 'Stateless' && has(self.autoscaling)",
        message =
                "a canary needs type Stateless and autoscaling: Flagger takes the number of pods of both versions from the"
                        + " autoscaler, and would run one pod without it",
        fieldPath = ".traffic")
@ValidationRule(
        value = "!has(self.traffic) || !has(self.traffic.canary) || !has(self.podLabels)"
                + " || !('app.kubernetes.io/name' in self.podLabels)",
        message = "with a canary Flagger tells the versions apart by the label app.kubernetes.io/name: remove it from"
                + " podLabels",
        reason = "FieldValueForbidden",
        fieldPath = ".podLabels")
@ValidationRule(
        value =
                "(has(self.traffic) && has(self.traffic.canary)) == (has(oldSelf.traffic) && has(oldSelf.traffic.canary))",
        message =
                "a workload has a canary from its beginning or not at all, since it changes by which labels the pods are"
                        + " found, and that can't change: make a new Workload",
        fieldPath = ".traffic")
public record WorkloadSpec(
        @JsonPropertyDescription(
                "The Environment that it belongs to, in the same namespace. Immutable. While it does not"
                        + " exist, the workload waits.")
        @Required
        Reference environmentRef,

        @JsonPropertyDescription(
                "What the environment calls it: the name of all that is made for it, and of the target in"
                        + " calls. Unique in the environment, immutable. Without it: metadata.name.")
        @Pattern(Syntax.WORKLOAD)
        @Size(min = 1, max = Syntax.WORKLOAD_LENGTH)
        @Nullable
        String name,

        @JsonPropertyDescription("The namespace it lives in, by its name in the environment's spec.namespaces.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String targetNamespace,

        @JsonPropertyDescription(
                "The container image. The class may bound its registry and demand a digest. Exactly one of"
                        + " image and selector.")
        @Pattern("^([A-Za-z0-9.-]+(:[0-9]+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*"
                + "(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(@sha256:[a-f0-9]{64})?$")
        @Size(min = 1, max = 512)
        @Nullable
        String image,

        @JsonPropertyDescription("Replaces the image's entry point.") @Size(max = 100)
        List<@Size(max = 32768) String> command,

        @JsonPropertyDescription("Replaces the image's arguments.") @Size(max = 100)
        List<@Size(max = 32768) String> args,

        @JsonPropertyDescription(
                "The labels of pods that somebody else delivers, such as Argo CD or Helm. Bulkhead then makes"
                        + " only what surrounds them: network, secrets, observability.")
        @Size(min = 1, max = 20)
        @ValidationRule(
                value = Syntax.NO_RESERVED_KEY,
                message = Syntax.RESERVED_KEY_MESSAGE,
                reason = "FieldValueForbidden")
        @ValidationRule(value = Syntax.QUALIFIED_KEYS, message = Syntax.QUALIFIED_KEYS_MESSAGE)
        Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = Syntax.LABEL_LENGTH) String> selector,

        @JsonPropertyDescription("Stateless: a Deployment. Stateful: a StatefulSet, each replica with its own name and"
                + " volumes. Job: runs to its end, once per spec. CronJob: runs by schedule. Hook: runs to its end when the"
                + " rotation of a secret entry asks for it. Immutable.")
        @Default("Stateless")
        WorkloadType type,

        @JsonPropertyDescription("How many pods. With autoscaling the autoscaler decides.")
        @Default("1")
        @Min(0)
        @Max(1000)
        Integer replicas,

        @JsonPropertyDescription("Lets the number of pods follow their load.") @Nullable
        Autoscaling autoscaling,

        @JsonPropertyDescription("The ports it serves; others call them by name. Without any there is no Service.")
        @Size(max = 20)
        @ValidationRule(
                value = "self.all(port, self.exists_one(other, other.port == port.port"
                        + " && other.protocol == port.protocol))",
                message = "a port is used twice with the same protocol: give each its own number")
        List<WorkloadPort> ports,

        @JsonPropertyDescription("Environment variables.") @Size(max = 200)
        List<EnvironmentVariable> env,

        @JsonPropertyDescription("Files from here, mounted read-only. A change restarts the pods.") @Size(max = 20)
        List<ConfigFiles> config,

        @JsonPropertyDescription("Secret entries of the environment, mounted as files. A change restarts the pods.")
        @Size(max = 50)
        List<SecretMount> secrets,

        @JsonPropertyDescription("Whom it calls. Every other connection is refused.") @Size(max = 100)
        List<Call> calls,

        @JsonPropertyDescription(
                "Stateful: volumes, one claim per replica. Any other type: scratch space of each pod, at most"
                        + " this large, gone with the pod.")
        @Size(max = 10)
        List<Storage> storage,

        @JsonPropertyDescription("How the kubelet asks whether it is well.") @Nullable
        Probes probes,

        @JsonPropertyDescription("What each pod's container asks for, and may use at most.") @Nullable
        Resources resources,

        @JsonPropertyDescription("As whom the container runs. It never gains privileges, whatever is set here.")
        @Nullable
        PodSecuritySettings security,

        @JsonPropertyDescription(
                "How many pods a node drain may take away. Without it: one at a time, where there are several.")
        @Nullable
        Disruption disruption,

        @JsonPropertyDescription(
                "Whether the pods go to different nodes: Preferred where possible, Required always, None"
                        + " anywhere.")
        @Default("Preferred")
        Spread spread,

        @JsonPropertyDescription("When a CronJob runs: five cron fields, or a name such as @daily.")
        @ValidationRule(value = Syntax.CRON, message = Syntax.CRON_MESSAGE)
        @Size(min = 1, max = 100)
        @Nullable
        String schedule,

        @JsonPropertyDescription(
                "The zone of the schedule, such as Europe/Berlin. Without it: the cluster's, mostly UTC.")
        @Pattern(Syntax.TIME_ZONE)
        @Size(min = 1, max = 64)
        @Nullable
        String timeZone,

        @JsonPropertyDescription(
                "What a CronJob does when its last run is still going: Allow both, Forbid the new one, Replace"
                        + " the old one.")
        @Default("Forbid")
        ConcurrencyPolicy concurrencyPolicy,

        @JsonPropertyDescription("How a Job, or each run of a CronJob, goes.") @Nullable
        JobSettings job,

        @JsonPropertyDescription(
                "Mounted: the pods get a token for the cluster's API server; what they may do there is for RBAC"
                        + " to say, and a NetworkPolicySet must let them reach it.")
        @Default("None")
        ApiToken apiToken,

        @JsonPropertyDescription("Its place in the environment's mesh.") @Nullable
        WorkloadMesh mesh,

        @JsonPropertyDescription("How requests get to it, where the environment has a mesh.") @Nullable
        Traffic traffic,

        @JsonPropertyDescription("More labels on its pods. A change restarts them.")
        @Size(max = 50)
        @ValidationRule(
                value = Syntax.NO_RESERVED_KEY,
                message = Syntax.RESERVED_KEY_MESSAGE,
                reason = "FieldValueForbidden")
        @ValidationRule(value = Syntax.QUALIFIED_KEYS, message = Syntax.QUALIFIED_KEYS_MESSAGE)
        Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = Syntax.LABEL_LENGTH) String> podLabels,

        @JsonPropertyDescription("More annotations on its pods. A change restarts them.")
        @Size(max = 50)
        @ValidationRule(
                value = Syntax.NO_RESERVED_KEY,
                message = Syntax.RESERVED_KEY_MESSAGE,
                reason = "FieldValueForbidden")
        @ValidationRule(value = Syntax.QUALIFIED_KEYS, message = Syntax.QUALIFIED_KEYS_MESSAGE)
        Map<String, @Size(max = 4096) String> podAnnotations,

        @JsonPropertyDescription("How many seconds a pod gets to end by itself.") @Default("30") @Min(0) @Max(86400)
        Integer terminationGracePeriodSeconds) {

    public WorkloadSpec {
        command = Absent.or(command);
        args = Absent.or(args);
        selector = Absent.or(selector);
        type = Absent.or(type, WorkloadType.Stateless);
        replicas = Absent.or(replicas, 1);
        ports = Absent.or(ports);
        env = Absent.or(env);
        config = Absent.or(config);
        secrets = Absent.or(secrets);
        calls = Absent.or(calls);
        storage = Absent.or(storage);
        spread = Absent.or(spread, Spread.Preferred);
        concurrencyPolicy = Absent.or(concurrencyPolicy, ConcurrencyPolicy.Forbid);
        apiToken = Absent.or(apiToken, ApiToken.None);
        podLabels = Absent.or(podLabels);
        podAnnotations = Absent.or(podAnnotations);
        terminationGracePeriodSeconds = Absent.or(terminationGracePeriodSeconds, 30);
    }

    /** Whether its pods get the proxy of the environment's mesh, if that has one. */
    public boolean takesProxy() {
        return mesh == null || mesh.inject() == Injection.Enabled;
    }

    /** The secret entries that it names, each once, in alphabetical order. */
    public Stream<String> secretEntries() {
        return Stream.concat(
                        env.stream()
                                .map(EnvironmentVariable::secretRef)
                                .filter(Objects::nonNull)
                                .map(SecretEntryRef::entry),
                        secrets.stream().map(SecretMount::entry))
                .distinct()
                .sorted();
    }

    /** Secret entry → the keys of it that variables name. */
    public Map<String, Set<String>> secretKeys() {
        return env.stream()
                .map(EnvironmentVariable::secretRef)
                .filter(Objects::nonNull)
                .collect(Collectors.groupingBy(
                        SecretEntryRef::entry, Collectors.mapping(SecretEntryRef::key, Collectors.toSet())));
    }

    /** Somebody else runs the pods; we only put the perimeter, the secrets and the observability around them. */
    public boolean deliveredByOthers() {
        return !selector.isEmpty();
    }
}
