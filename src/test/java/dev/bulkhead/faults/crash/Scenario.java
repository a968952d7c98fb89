package dev.bulkhead.faults.crash;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What somebody does to an environment while the operator may die. */
enum Scenario {
    CREATE(List.of(), List.of(Act.DECLARE)),
    EDIT(List.of(Act.DECLARE), List.of(Act.EDIT)),
    /** The operator comes back to a spec that it never saw. */
    EDIT_AGAIN_WHILE_IT_IS_DOWN(List.of(Act.DECLARE), List.of(Act.EDIT), List.of(Act.EDIT_AGAIN)),
    /** It is back at what the inventory still has, and the cluster hasn't. */
    TAKE_BACK_WHILE_IT_IS_DOWN(List.of(Act.DECLARE), List.of(Act.EDIT), List.of(Act.TAKE_BACK)),
    PRUNE(List.of(Act.DECLARE), List.of(Act.TAKE_AWAY)),
    DELETE(List.of(Act.DECLARE), List.of(Act.DELETE)),
    /** What holds data stays. */
    DELETE_WITH_DATA(List.of(Act.DECLARE, Act.CLAIM_VOLUME), List.of(Act.DELETE)),
    PURGE(List.of(Act.DECLARE, Act.CLAIM_VOLUME, Act.TAKE_AWAY), List.of(Act.PURGE)),
    RELEASE(List.of(Act.DECLARE), List.of(Act.RELEASE)),
    ADOPT(List.of(Act.RUN_WITHOUT_US), List.of(Act.ADOPT)),
    RETAIN_AND_RECREATE(List.of(Act.DECLARE_RETAINED), List.of(Act.DELETE, Act.DECLARE_RETAINED)),
    /** A password, a token, a CA and a certificate are made for the first time. */
    MAKE_SECRETS(List.of(), List.of(Act.DECLARE_SECRETS)),
    /** One workload uses the token, another accepts it. */
    ROTATE_A_TOKEN(List.of(Act.DECLARE_SECRETS), List.of(Act.ROTATE_THE_TOKEN)),
    /** Its leaf follows. */
    ROTATE_A_CA(List.of(Act.DECLARE_SECRETS), List.of(Act.ROTATE_THE_CA)),
    ROLL_BACK_WHILE_DRAINING(List.of(Act.DECLARE_SECRETS, Act.ROTATE_AND_DRAIN), List.of(Act.ROLL_BACK));

    private final List<Act> before;
    private final List<Act> during;
    private final List<Act> down;

    Scenario(List<Act> before, List<Act> during) {
        this(before, during, List.of());
    }

    Scenario(List<Act> before, List<Act> during, List<Act> down) {
        this.before = before;
        this.during = during;
        this.down = down;
    }

    /** What is there when the life that will end begins to count. */
    List<Act> before() {
        return before;
    }

    /** What happens in the life that ends, each act once the one before has come to its end. */
    List<Act> during() {
        return during;
    }

    /** What happens before the next life. */
    List<Act> down() {
        return down;
    }

    /** Whether the namespaces of the environment go along with it. */
    boolean takesAllAlong() {
        return this == DELETE;
    }

    /** Whether there are values that nobody but the operator knows. */
    boolean makesSecrets() {
        return Stream.concat(before.stream(), during.stream()).anyMatch(act -> act == Act.DECLARE_SECRETS);
    }

    static List<Scenario> ofAllElse() {
        return Stream.of(values()).filter(it -> !it.makesSecrets()).toList();
    }

    static List<Scenario> ofSecrets() {
        return Stream.of(values()).filter(Scenario::makesSecrets).toList();
    }

    /** Whether a version of the spec may pass that no operator ever sees. */
    boolean skips() {
        return !down.isEmpty();
    }

    String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
