package dev.bulkhead.secrets.rotation;

/** Why a rotation was begun, as the journal and the status say it. */
public final class Cause {

    public static final String FIRST = "First";
    public static final String SCHEDULE = "Schedule";
    public static final String EXPIRY = "Expiry";
    public static final String RECIPE = "Recipe";
    public static final String ISSUER = "Issuer";
    public static final String SOURCE = "Source";
    public static final String LOSS = "Loss";
    public static final String RECOVERY = "Recovery";

    private static final String OPERATION = "Operation:";
    private static final String BACK = "/Rollback";
    private static final String COMPROMISED = "/Compromised";
    private static final String LOST = "/Loss";

    private Cause() {}

    /** Begins with {@code Operation:} and its UID, whatever the Operation asks for. */
    public static String of(Wish wish) {
        return OPERATION
                + wish.operation()
                + switch (wish.kind()) {
                    case Rollback -> BACK;
                    case Compromised -> COMPROMISED;
                    case Rotate, Hold, Resume, Retry -> "";
                };
    }

    /** Whether an Operation, by its UID, is why. */
    public static boolean isOperation(String cause, String uid) {
        return cause.equals(OPERATION + uid) || cause.startsWith(OPERATION + uid + "/");
    }

    public static boolean isRollback(String cause) {
        return cause.endsWith(BACK);
    }

    /** What was lost is made anew because somebody said so. */
    static String ofLoss(Wish wish) {
        return of(wish) + LOST;
    }

    /** The version before is no good any more: nobody waits until all accept the new one. */
    public static boolean isLeap(String cause) {
        return cause.endsWith(COMPROMISED) || cause.endsWith(LOST) || cause.equals(LOSS);
    }
}
