package dev.bulkhead.secrets.material;

import dev.bulkhead.api.v1alpha1.SecretEntry;
import java.util.Objects;

/** Makes the bytes of a new version of an entry. */
public final class Mint {

    public Minted make(SecretEntry entry, Ingredients with) {
        return switch (entry.type()) {
            case Password -> Words.password(entry, with);
            case Token -> Words.token(Objects.requireNonNull(entry.token()), with);
            case UUID -> Words.uuid(with);
            case HMACKey -> Words.hmacKey(Objects.requireNonNull(entry.hmacKey()), with);
            case SSHKey -> SshKeys.make(entry, with);
            case KeyPair -> JwtKeys.make(Objects.requireNonNull(entry.keyPair()), with);
            case BasicAuth -> BasicAuth.make(entry, with);
            case CA -> Authorities.make(entry, with);
            case TLS -> Leaves.make(entry, with);
            case Static, External, Granted ->
                throw new IllegalArgumentException(
                        "%s: an entry of type %s is made elsewhere".formatted(entry.name(), entry.type()));
        };
    }
}
