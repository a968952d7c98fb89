package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record WorkloadSpec(
        Reference environmentRef,
        @Nullable String name,
        String targetNamespace,
        @Nullable String image,
        List<String> command,
        List<String> args,
        Map<String, String> selector,
        WorkloadType type,
        Integer replicas,
        @Nullable Autoscaling autoscaling,
        List<WorkloadPort> ports,
        List<EnvironmentVariable> env,
        List<ConfigFiles> config,
        List<SecretMount> secrets,
        List<Call> calls,
        List<Storage> storage,
        @Nullable Probes probes,
        @Nullable Resources resources,
        @Nullable PodSecuritySettings security,
        @Nullable Disruption disruption,
        Spread spread,
        @Nullable String schedule,
        @Nullable String timeZone,
        ConcurrencyPolicy concurrencyPolicy,
        @Nullable JobSettings job,
        ApiToken apiToken,
        @Nullable WorkloadMesh mesh,
        Map<String, String> podLabels,
        Map<String, String> podAnnotations,
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

    /** Somebody else runs the pods; we only put the perimeter, the secrets and the observability around them. */
    public boolean deliveredByOthers() {
        return !selector.isEmpty();
    }
}
