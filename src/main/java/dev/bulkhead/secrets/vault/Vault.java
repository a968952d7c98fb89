package dev.bulkhead.secrets.vault;

import dev.bulkhead.apply.EnvironmentId;
import dev.bulkhead.apply.SecretReader.SecretMissing;
import dev.bulkhead.apply.Unquoted;
import dev.bulkhead.apply.WriteRate;
import dev.bulkhead.cluster.OperatorAccount;
import dev.bulkhead.secrets.material.Minted;
import dev.bulkhead.secrets.rotation.VersionFacts;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The versions of all secrets, and the journals of their rotations. Nobody but the leader writes here, so what was read
 * once is known, and nothing is watched. A value is never kept: it is read each time, and dropped.
 */
public final class Vault implements Versions {

    private final KubernetesClient client;
    private final String hubId;
    private final WriteRate rate;
    private final Premises premises;
    private final Catalogue catalogue;
    private final Journals journals;
    private final Map<EnvironmentId, Shelf> shelves = new ConcurrentHashMap<>();

    /** For who writes little. */
    public Vault(KubernetesClient client, String hubId, OperatorAccount account) {
        this(client, hubId, account, WriteRate.unbounded());
    }

    /**
     * @param client that sends no write of a process which doesn't lead
     * @param account the operator's own, which is let in; none: whoever runs it has the rights
     * @param rate how much may be written in a second
     */
    public Vault(KubernetesClient client, String hubId, OperatorAccount account, WriteRate rate) {
        this.client = client;
        this.hubId = hubId;
        this.rate = rate;
        this.premises = new Premises(client, hubId, account);
        this.catalogue = new Catalogue(client, hubId);
        this.journals = new Journals(client, hubId, premises);
    }

    /** What there is of an environment. It is asked for the first time, and known from then on. */
    @Override
    public Shelf open(EnvironmentId id) {
        var known = shelves.get(id);
        if (known != null) {
            return known;
        }
        var shelf = read(id);
        shelves.put(id, shelf);
        return shelf;
    }

    /** The same for who doesn't keep that environment's secrets: beside the one who does nobody decides what is known. */
    public Shelf glance(EnvironmentId id) {
        var known = shelves.get(id);
        return known == null ? read(id) : known;
    }

    /** How far each entry is, as it stands in the vault. */
    public Journal journal(EnvironmentId id) {
        return journals.read(id);
    }

    private Shelf read(EnvironmentId id) {
        // The journal first: a version that it names was there when it was stored.
        var journal = journals.read(id);
        var versions = premises.read(id.namespace(), () -> catalogue.of(id)).orElse(Map.of());
        return new Shelf(journal, versions);
    }

    /** It is asked for once more when it is needed. */
    @Override
    public void forget(EnvironmentId id) {
        shelves.remove(id);
    }

    /**
     * Stores a journal in the place of the one that it follows from.
     *
     * @return the same, as what the next one follows from
     * @throws Outdated when another one has been stored since
     */
    @Override
    public Journal store(Journal journal) {
        var id = journal.environment();
        try {
            var stored = rate.write(id, () -> journals.store(journal));
            shelves.computeIfPresent(id, (_, shelf) -> shelf.with(stored));
            return stored;
        } catch (RuntimeException e) {
            // It may have been stored all the same, and only the answer be lost.
            forget(id);
            throw e;
        }
    }

    /**
     * Keeps a new version. If it is there already, because its answer was lost, that one counts, and nothing is made.
     *
     * @param make called once at most; what it makes is wiped before this returns
     */
    @Override
    public VersionFacts put(
            EnvironmentId id, String entry, int version, String rotationId, String recipe, Supplier<Minted> make) {
        var known = open(id).find(entry, version);
        if (known.isPresent()) {
            return sameRotation(id, entry, known.get(), rotationId);
        }
        // Made when it may be written: no value waits for that.
        return rate.write(id, () -> kept(id, entry, version, rotationId, recipe, make));
    }

    private VersionFacts kept(
            EnvironmentId id, String entry, int version, String rotationId, String recipe, Supplier<Minted> make) {
        var secret = secret(id, entry, version, rotationId, recipe, make.get());
        try {
            var facts = premises.write(
                    id.namespace(), () -> created(secret).orElseGet(() -> there(id, entry, version, rotationId)));
            shelves.computeIfPresent(id, (_, shelf) -> shelf.with(entry, facts));
            return facts;
        } catch (KubernetesClientException e) {
            // Without its cause, which goes to the log.
            throw new KubernetesClientException(
                    "version %d of %s/%s was not kept: %s".formatted(version, id, entry, Unquoted.reason(e)),
                    e.getCode(),
                    null);
        }
    }

    /** @return nothing when one of its name is there */
    private Optional<VersionFacts> created(Secret secret) {
        try {
            return Optional.of(
                    VaultLabels.facts(client.resource(secret).create().getMetadata()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private VersionFacts there(EnvironmentId id, String entry, int version, String rotationId) {
        var metadata = catalogue.get(id, VaultNames.version(id, entry, version, rotationId));
        var labels = Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
        if (!labels.entrySet()
                .containsAll(VaultLabels.ofVersion(hubId, id, entry, version).entrySet())) {
            throw new VaultRefused(
                    "Secret %s/%s is in the way: it has the name of version %d of %s/%s, and not its labels. Delete it"
                            .formatted(metadata.getNamespace(), metadata.getName(), version, id, entry));
        }
        return sameRotation(id, entry, VaultLabels.facts(metadata), rotationId);
    }

    /** A version is never a second time of other bytes, whatever the journal says. */
    private VersionFacts sameRotation(EnvironmentId id, String entry, VersionFacts there, String rotationId) {
        if (!there.rotationId().equals(rotationId)) {
            forget(id);
            throw new Outdated("Version %d of %s/%s is there already, of rotation %s and not %s"
                    .formatted(there.ordinal(), id, entry, there.rotationId(), rotationId));
        }
        return there;
    }

    private Secret secret(
            EnvironmentId id, String entry, int version, String rotationId, String recipe, Minted minted) {
        var data = new TreeMap<String, String>();
        minted.data().forEach((key, value) -> data.put(key, Base64.getEncoder().encodeToString(value)));
        minted.wipe();
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(VaultNames.namespace(id.namespace()))
                .withName(VaultNames.version(id, entry, version, rotationId))
                .withLabels(VaultLabels.ofVersion(hubId, id, entry, version))
                .withAnnotations(VaultLabels.annotations(
                        recipe, rotationId, minted.notBefore(), minted.notAfter(), minted.issuer()))
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(data)
                .build();
    }

    /** Lets a version go for good. One that is gone already is gone. */
    @Override
    public void discard(EnvironmentId id, String entry, int version) {
        open(id).find(entry, version).ifPresent(it -> {
            premises.read(id.namespace(), () -> delete(id, it.secret()));
            shelves.computeIfPresent(id, (_, shelf) -> shelf.without(entry, version));
        });
    }

    private Object delete(EnvironmentId id, String secret) {
        return rate.write(id, () -> client.secrets()
                .inNamespace(VaultNames.namespace(id.namespace()))
                .withName(secret)
                .delete());
    }

    /**
     * The bytes of a version, as they are in the vault now. The caller wipes them.
     *
     * @throws SecretMissing when it isn't there (any more)
     */
    @Override
    public Map<String, byte[]> read(EnvironmentId id, String entry, int version) {
        var namespace = VaultNames.namespace(id.namespace());
        var facts = open(id).find(entry, version);
        var secret = facts.flatMap(it -> premises.read(id.namespace(), () -> client.secrets()
                .inNamespace(namespace)
                .withName(it.secret())
                .get()));
        if (secret.isEmpty()) {
            forget(id);
            throw new SecretMissing("Version %d of secret %s of environment %s isn't in the vault, namespace %s"
                    .formatted(version, entry, id, namespace));
        }
        var data = new HashMap<String, byte[]>();
        Optional.ofNullable(secret.get().getData())
                .orElse(Map.of())
                .forEach((key, value) -> data.put(key, Base64.getDecoder().decode(value)));
        return data;
    }

    /** Lets go of everything of an environment, the journal last: until then it says that something is left. */
    public void remove(EnvironmentId id) {
        forget(id);
        premises.read(id.namespace(), () -> catalogue.names(id))
                .ifPresent(names -> names.forEach(it -> delete(id, it)));
        journals.delete(id);
    }
}
