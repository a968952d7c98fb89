package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What things in a vault are called. They go by names and never by a UID, so that an environment that is made anew, or
 * comes out of a backup, finds its own again. Pure.
 */
public final class VaultNames {

    private static final String NAMESPACE_PREFIX = "bulkhead-vault-";
    private static final String JOURNAL_PREFIX = "journal.";
    private static final String MESH_PREFIX = "mesh.";
    private static final int LABEL_LENGTH = 63;
    private static final int NAMESPACE_LENGTH = 63;
    private static final int NAME_LENGTH = 253;
    private static final int ROTATION_LENGTH = 8;

    /** A version's name is the environment, the entry, and as much of its rotation as tells it from another. */
    private static final int PART_LENGTH = 100;

    private VaultNames() {}

    /** The vault of a team. */
    public static String namespace(String hubNamespace) {
        return NAMESPACE_PREFIX + shortened(hubNamespace, NAMESPACE_LENGTH - NAMESPACE_PREFIX.length());
    }

    public static String journal(EnvironmentId environment) {
        return JOURNAL_PREFIX + shortened(environment.name(), NAME_LENGTH - JOURNAL_PREFIX.length());
    }

    /** What stands in the place of an environment where a cluster's mesh has its versions. No environment is called so. */
    public static String mesh(String cluster) {
        return MESH_PREFIX + shortened(cluster, LABEL_LENGTH - MESH_PREFIX.length());
    }

    /** Of another rotation the same version has another name: what was deleted once never comes back under its name. */
    static String version(EnvironmentId environment, String entry, int version, String rotationId) {
        return "%s.%s.v%d.%s"
                .formatted(
                        shortened(environment.name(), PART_LENGTH),
                        shortened(entry, PART_LENGTH),
                        version,
                        rotationId.substring(0, Math.min(ROTATION_LENGTH, rotationId.length())));
    }

    /** The name of a version that isn't there. No rotation is called so. */
    public static String lost(EnvironmentId environment, String entry, int version) {
        return version(environment, entry, version, "lost");
    }

    private static String shortened(String name, int length) {
        if (name.length() <= length) {
            return name;
        }
        var hash = hash(name);
        return name.substring(0, length - hash.length() - 1).replaceFirst("[-.]+$", "") + "-" + hash;
    }

    private static String hash(String name) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The JDK has no SHA-256", e);
        }
    }
}
