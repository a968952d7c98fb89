package dev.bulkhead.cluster;

/** The ServiceAccount that the operator has in a target, and that binds itself the rights it needs in one namespace. */
public record OperatorAccount(String namespace, String name) {

    /** Outside of a pod: whoever runs the operator has the rights that it needs, or hasn't. */
    public static final OperatorAccount NONE = new OperatorAccount("", "");

    /** Whether there is one. Then Secrets are read where it is bound, and nowhere else. */
    public boolean known() {
        return !name.isEmpty();
    }
}
