package dev.bulkhead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Wire
@ValidationRule(
        value = "self.type != 'Static' || has(self.from)",
        message = "an entry of type Static needs from.secretRef, the Secret of this namespace that holds its value",
        reason = "FieldValueRequired",
        fieldPath = ".from")
@ValidationRule(
        value = "self.type == oldSelf.type",
        message = "type is immutable: make another entry, move its users there, and remove this one",
        fieldPath = ".type")
@ValidationRule(
        value = "(!has(self.from) || self.type == 'Static') && (!has(self.password) || self.type == 'Password')"
                + " && (!has(self.token) || self.type == 'Token') && (!has(self.hmacKey) || self.type == 'HMACKey')"
                + " && (!has(self.sshKey) || self.type == 'SSHKey') && (!has(self.keyPair) || self.type == 'KeyPair')"
                + " && (!has(self.basicAuth) || self.type == 'BasicAuth') && (!has(self.ca) || self.type == 'CA')"
                + " && (!has(self.tls) || self.type == 'TLS') && (!has(self.external) || self.type == 'External')"
                + " && (!has(self.granted) || self.type == 'Granted')",
        message =
                "an entry has the settings of its own type only, such as password with type Password, and from with type"
                        + " Static: remove the others",
        reason = "FieldValueForbidden",
        fieldPath = ".type")
@ValidationRule(
        value = "(self.type != 'TLS' || has(self.tls)) && (self.type != 'External' || has(self.external))"
                + " && (self.type != 'Granted' || has(self.granted))",
        message =
                "an entry of type TLS needs tls, one of type External needs external, one of type Granted needs granted",
        reason = "FieldValueRequired",
        fieldPath = ".type")
@ValidationRule(
        value = "!has(self.users) || self.type in ['Password', 'BasicAuth']",
        message = "users is for the types Password and BasicAuth: remove it",
        reason = "FieldValueForbidden",
        fieldPath = ".users")
@ValidationRule(
        value = "self.type != 'BasicAuth'"
                + " || has(self.users) != (has(self.basicAuth) && has(self.basicAuth.username))",
        message = "an entry of type BasicAuth needs exactly one of basicAuth.username and users",
        reason = "FieldValueRequired",
        fieldPath = ".basicAuth")
@ValidationRule(
        value = "self.type != 'Static' || !has(self.schedule)",
        message =
                "a Static value is made elsewhere, and becomes a new version when its Secret changes: remove schedule",
        reason = "FieldValueForbidden",
        fieldPath = ".type")
@ValidationRule(
        value = "!(self.type == 'External' || self.type == 'TLS' && has(self.tls) && has(self.tls.certManager))"
                + " || !(has(self.schedule) || has(self.hooks) || has(self.drain) || has(self.template))",
        message =
                "another operator makes this value, and renews it when it likes: remove schedule, hooks, drain and template",
        reason = "FieldValueForbidden",
        fieldPath = ".type")
@ValidationRule(
        value = "self.type != 'Granted' || !(has(self.schedule) || has(self.hooks) || has(self.drain))",
        message =
                "what is granted is rotated by the SecretScope that it comes from: remove schedule, hooks and drain here",
        reason = "FieldValueForbidden",
        fieldPath = ".type")
@ValidationRule(
        value = "!has(self.hooks) || self.type != 'CA'",
        message =
                "a CA is known by what its leaves are checked with, and needs no hooks: remove them, or give them to a leaf",
        reason = "FieldValueForbidden",
        fieldPath = ".hooks")
@ValidationRule(
        value = "self.type != 'Password' || !has(self.password) || double(self.password.length)"
                + " * (self.password.alphabet.size() <= 10 ? 3.33 : self.password.alphabet.size() <= 16 ? 4.0"
                + " : self.password.alphabet.size() <= 26 ? 4.71 : self.password.alphabet.size() <= 36 ? 5.17"
                + " : self.password.alphabet.size() <= 62 ? 5.96 : 6.56) >= 80.0",
        message =
                "a password of this length and alphabet can be guessed: it has less than 80 bits. Raise length, or add"
                        + " characters to alphabet",
        fieldPath = ".password")
public record SecretEntry(
        @JsonPropertyDescription("What workloads call it. Unique in the environment.")
        @Required
        @Pattern(Syntax.LABEL)
        @Size(min = 1, max = Syntax.LABEL_LENGTH)
        String name,

        @JsonPropertyDescription(
                "What it is. Immutable. Static: its value comes from a Secret of this namespace, and is rotated when that"
                        + " changes. External: External Secrets Operator brings it. Granted: another SecretScope of this namespace lets"
                        + " this one use it. All others are made and rotated here.")
        @Required
        SecretType type,

        @JsonPropertyDescription("Where the value of a Static entry comes from.") @Nullable
        SecretSource from,

        @JsonPropertyDescription("How a Password is made.") @Nullable
        PasswordSettings password,

        @JsonPropertyDescription("How a Token is made.") @Nullable
        TokenSettings token,

        @JsonPropertyDescription("How an HMACKey is made.") @Nullable
        HmacKeySettings hmacKey,

        @JsonPropertyDescription("How an SSHKey is made.") @Nullable
        SshKeySettings sshKey,

        @JsonPropertyDescription("How a KeyPair, for JSON Web Tokens, is made.") @Nullable
        KeyPairSettings keyPair,

        @JsonPropertyDescription("How a BasicAuth is made: a password, and the line that a proxy checks it with.")
        @Nullable
        BasicAuthSettings basicAuth,

        @JsonPropertyDescription("How a CA is made.") @Nullable
        CaSettings ca,

        @JsonPropertyDescription("How a TLS certificate is made. Required with type TLS.") @Nullable
        TlsSettings tls,

        @JsonPropertyDescription("Where an External value is. Required with type External.") @Nullable
        ExternalSettings external,

        @JsonPropertyDescription("Whose entry a Granted one is. Required with type Granted.") @Nullable
        SecretClaim granted,

        @JsonPropertyDescription(
                "Two users that take turns: while one is in use the other gets a new password, so that a peer"
                        + " which knows one password per user never refuses anybody. Each version has the username beside the value.")
        @Size(min = 2, max = 2)
        List<@Pattern(Syntax.USER) @Size(min = 1, max = 63) String> users,

        @JsonPropertyDescription("When it is rotated. Without it: when it must be, as a certificate, or when told.")
        @Nullable
        Schedule schedule,

        @JsonPropertyDescription("What tells a peer, such as a database, of new and old values.") @Nullable
        Hooks hooks,

        @JsonPropertyDescription("How long the previous value stays accepted. Without it: as the SecretScope says.")
        @Nullable
        Drain drain,

        @JsonPropertyDescription(
                "More keys, made of this entry's values and others': {{ value }}, {{ secret 'entry' 'key' }},"
                        + " {{ address 'workload' }}, {{ port 'workload' 'port' }}; with | url or | base64 behind.")
        @ValidationRule(
                value = "self.all(key, key.size() <= 253 && key.matches('" + Syntax.DATA_KEY + "'))",
                message = "a key has letters, digits, '-', '_' and '.' only, at most 253")
        @Size(max = 20)
        Map<String, @Size(max = 4096) String> template) {

    public SecretEntry {
        password = type == SecretType.Password ? Absent.or(password, new PasswordSettings(null, null)) : password;
        token = type == SecretType.Token ? Absent.or(token, new TokenSettings(null, null)) : token;
        hmacKey = type == SecretType.HMACKey ? Absent.or(hmacKey, new HmacKeySettings(null)) : hmacKey;
        sshKey = type == SecretType.SSHKey ? Absent.or(sshKey, new SshKeySettings(null, null, null)) : sshKey;
        keyPair = type == SecretType.KeyPair ? Absent.or(keyPair, new KeyPairSettings(null)) : keyPair;
        basicAuth = type == SecretType.BasicAuth ? Absent.or(basicAuth, new BasicAuthSettings(null, null)) : basicAuth;
        ca = type == SecretType.CA ? Absent.or(ca, new CaSettings(null, null, null, null, null, null)) : ca;
        users = Absent.or(users);
        template = Absent.or(template);
    }

    /** Whether another operator in the target cluster brings its values, so that they are never on the hub. */
    public boolean broughtByOthers() {
        return type == SecretType.External || tls != null && tls.certManager() != null;
    }
}
