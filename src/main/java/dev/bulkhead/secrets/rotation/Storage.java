package dev.bulkhead.secrets.rotation;

import dev.bulkhead.api.v1alpha1.SecretType;
import dev.bulkhead.secrets.rotation.Action.Discard;
import dev.bulkhead.secrets.rotation.Action.Mint;
import java.util.List;

/** What a line that is stored asks of the vault. */
final class Storage {

    private Storage() {}

    static List<Action> actions(Matter matter) {
        var line = matter.line();
        return switch (line.phase()) {
            case Due -> line.retiring() != 0 ? discard(matter, isRefusedByAll(matter)) : mint(matter);
            case Retired -> discard(matter, matter.allFollow());
            case Stable, Staged, Installed, Verified, Published, Converging, Draining, RollingBack, Lost -> List.of();
        };
    }

    private static List<Action> mint(Matter matter) {
        var line = matter.line();
        var canBeMade = line.pending() != 0 && !line.onHold() && line.retryAt() == null && hasIngredients(matter);
        return canBeMade && knowsTheTarget(matter) ? List.of(new Mint(line.pending(), line.rotationId())) : List.of();
    }

    /**
     * A journal that comes from a backup with its vault takes for due what was rotated since: the target may show a version
     * of that number already. It is asked by what is published; what is lost can't be, so that isn't waited for.
     */
    static boolean knowsTheTarget(Matter matter) {
        var line = matter.line();
        return line.current() == 0
                || !matter.observed().holds(line.current())
                || matter.observed().inForce() >= 0;
    }

    /** As long as the current one is lost nothing can be published, and waiting for that would never end. */
    private static boolean isRefusedByAll(Matter matter) {
        return matter.allAccept() || !matter.observed().holds(matter.line().current());
    }

    static boolean hasIngredients(Matter matter) {
        var issued = !matter.terms().issued() || matter.observed().issuerSigning() != 0;
        var sourced = matter.terms().type() != SecretType.Static
                || !matter.observed().source().isEmpty();
        return issued && sourced;
    }

    /** What somebody may still have, or what is still to be revoked, has to be readable here. */
    private static List<Action> discard(Matter matter, boolean nobodyHasIt) {
        var retiring = matter.line().retiring();
        var due = nobodyHasIt
                && matter.observed().holds(retiring)
                && Failures.unless(matter, HookStep.REVOKE).isEmpty();
        return due ? List.of(new Discard(retiring)) : List.of();
    }
}
