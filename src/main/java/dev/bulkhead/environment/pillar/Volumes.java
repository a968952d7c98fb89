package dev.bulkhead.environment.pillar;

import dev.bulkhead.api.v1alpha1.SecretMount;
import dev.bulkhead.api.v1alpha1.WorkloadType;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is mounted into a workload's container: files, secrets, storage, and a place for temporary files. */
final class Volumes {

    private static final String CONFIG = "config";
    private static final String SECRET = "secret";
    private static final String DATA = "data";
    private static final String TMP = "tmp";
    private static final String TMP_PATH = "/tmp";

    private Volumes() {}

    static List<Volume> of(Rendering rendering) {
        var spec = rendering.spec();
        var config = spec.config().stream().map(files -> new VolumeBuilder()
                .withName(Names.volume(CONFIG, files.name()))
                .withNewConfigMap()
                .withName(Foundations.configMap(rendering.name(), files.name()))
                .endConfigMap()
                .build());
        var secrets = spec.secrets().stream().map(SecretMount::entry).distinct().map(entry -> new VolumeBuilder()
                .withName(Names.volume(SECRET, entry))
                .withNewSecret()
                .withSecretName(entry)
                .endSecret()
                .build());
        // A Stateful workload's storage is claimed, and its volumes come from the claims.
        var scratch = spec.storage().stream()
                .filter(_ -> spec.type() != WorkloadType.Stateful)
                .map(storage -> new VolumeBuilder()
                        .withName(Names.volume(DATA, storage.name()))
                        .withNewEmptyDir()
                        .withSizeLimit(Quantities.canonical(storage.size()))
                        .endEmptyDir()
                        .build());
        return Stream.of(config, secrets, scratch, temporary(rendering))
                .flatMap(volumes -> volumes)
                .toList();
    }

    static List<VolumeMount> mounts(Rendering rendering) {
        var tmp = needsTemporary(rendering) ? Stream.of(mount(TMP, TMP_PATH)) : Stream.<VolumeMount>empty();
        return Stream.concat(declaredMounts(rendering), tmp).toList();
    }

    static List<PersistentVolumeClaim> claims(Rendering rendering) {
        return rendering.spec().storage().stream()
                .map(storage -> new PersistentVolumeClaimBuilder()
                        .withNewMetadata()
                        .withName(Names.volume(DATA, storage.name()))
                        .endMetadata()
                        .withNewSpec()
                        .withAccessModes("ReadWriteOnce")
                        .withVolumeMode("Filesystem")
                        .withStorageClassName(storage.storageClassName())
                        .withNewResources()
                        .withRequests(Map.of("storage", Quantities.canonical(storage.size())))
                        .endResources()
                        .endSpec()
                        .build())
                .toList();
    }

    private static Stream<VolumeMount> declaredMounts(Rendering rendering) {
        var spec = rendering.spec();
        return Stream.of(
                        spec.config().stream().map(files -> readOnly(Names.volume(CONFIG, files.name()), files.path())),
                        spec.secrets().stream()
                                .map(secret -> readOnly(Names.volume(SECRET, secret.entry()), secret.path())),
                        spec.storage().stream()
                                .map(storage -> mount(Names.volume(DATA, storage.name()), storage.path())))
                .flatMap(mounts -> mounts);
    }

    private static Stream<Volume> temporary(Rendering rendering) {
        return needsTemporary(rendering)
                ? Stream.of(new VolumeBuilder()
                        .withName(TMP)
                        .withNewEmptyDir()
                        .endEmptyDir()
                        .build())
                : Stream.empty();
    }

    /** Most programs write to /tmp, and would fail on a read-only root without one of their own. */
    private static boolean needsTemporary(Rendering rendering) {
        return PodTemplate.settings(rendering).readOnlyRootFilesystem()
                && declaredMounts(rendering)
                        .noneMatch(mount -> mount.getMountPath().equals(TMP_PATH));
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }

    private static VolumeMount readOnly(String name, String path) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }
}
