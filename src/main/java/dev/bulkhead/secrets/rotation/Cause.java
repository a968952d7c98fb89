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

    private static final String OPERATION = "Operation:";
    private static final String BACK = "/Rollback";
    private static final String COMPROMISED = "/Compromised";

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

    static boolean isRollback(String cause) {
        return cause.endsWith(BACK);
    }

    static boolean isCompromise(String cause) {
        return cause.endsWith(COMPROMISED);
    }
}
