package dev.bulkhead.api.v1alpha1;

/** How names are written, and the bounds that keep the CEL rules over them cheap. */
final class Syntax {

    static final String LABEL = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    static final int LABEL_LENGTH = 63;

    static final String SUBDOMAIN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    static final int SUBDOMAIN_LENGTH = 253;

    /** A Service must start with a letter. */
    static final String WORKLOAD = "^[a-z]([-a-z0-9]*[a-z0-9])?$";
    /** What is left of 63 for the suffixes that StatefulSets and CronJobs put behind their names. */
    static final int WORKLOAD_LENGTH = 52;

    /** IANA service names: lower case, at least one letter, no two hyphens in a row. */
    static final String PORT_NAME = "^([0-9]+-)*[0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*$";

    static final int PORT_NAME_LENGTH = 15;

    static final String LABEL_VALUE = "^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$";

    static final String DATA_KEY = "^[-._a-zA-Z0-9]+$";

    static final int PATH_LENGTH = 255;
    static final String ABSOLUTE_PATH =
            "self.startsWith('/') && !self.contains(':') && !self.split('/').exists(part, part == '..')";
    static final String ABSOLUTE_PATH_MESSAGE = "must be an absolute path without '..' and ':', such as /etc/app";

    private static final String PATH_LETTER_BUT_DOT =
            "([-A-Za-z0-9_~!$&'()*+,;=:@]|%([013-9a-fA-F][0-9a-fA-F]|2[0-9a-eA-E]))";
    private static final String PATH_LETTER = "([.]|" + PATH_LETTER_BUT_DOT + ")";
    private static final String PATH_PART =
            "([.]{0,2}" + PATH_LETTER_BUT_DOT + PATH_LETTER + "*|[.]{3}" + PATH_LETTER + "*)";

    /** As a route takes it: without empty parts, "." and "..", and no slash in disguise. */
    static final String HTTP_PATH = "^/(" + PATH_PART + "(/" + PATH_PART + ")*/?)?$";

    static final int HTTP_PATH_LENGTH = 1024;

    /** A DNS name, or all names below one. */
    static final String DOMAIN = "^([*][.])?[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)+$";

    /** A time in one unit, as Linkerd reads it; up to 27 hours. */
    static final String SHORT_TIME = "^[1-9][0-9]{0,4}(ms|s|m)$";

    static final int SHORT_TIME_LENGTH = 7;

    /** Days, hours, minutes and seconds, in this order. */
    static final String SPAN = "^([1-9][0-9]{0,4}d)?([1-9][0-9]{0,4}h)?([1-9][0-9]{0,4}m)?([1-9][0-9]{0,4}s)?$";

    static final int SPAN_LENGTH = 24;

    static final String CRON = "self.matches('^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)"
            + "|[0-9A-Za-z*/,?-]+( +[0-9A-Za-z*/,?-]+){4})$')";
    static final String CRON_MESSAGE =
            "must be five cron fields, such as '30 2 * * *', or a name such as @daily; the time"
                    + " zone goes into timeZone";
    static final String TIME_ZONE = "^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*$";

    /** As a database or a proxy takes it without quotes. */
    static final String USER = "^[A-Za-z_][A-Za-z0-9_.-]*$";

    /** What needs no escape in a distinguished name. */
    static final String COMMON_NAME = "^[A-Za-z0-9*]([A-Za-z0-9 ._@*-]*[A-Za-z0-9])?$";

    /** A DNS name of one or more parts, or all names below one. */
    static final String HOST = "^([*][.])?[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

    /** Keys that are ours, the mesh's, the cluster's or the deliverer's: they steer what must not be steered. */
    private static final String RESERVED = "^(([^/]*[.])?(bulkhead[.]dev|linkerd[.]io|istio[.]io|cilium[.]io|"
            + "projectcalico[.]org|cni[.]cncf[.]io)|(pod-security[.]|kubectl[.]|apps[.]|batch[.]|statefulset[.]|"
            + "scheduler[.]alpha[.])?kubernetes[.]io|argocd[.]argoproj[.]io)/|^app[.]kubernetes[.]io/managed-by$";

    static final String NO_RESERVED_KEY = "self.all(key, !key.matches('" + RESERVED + "'))";
    static final String RESERVED_KEY_MESSAGE = "keys of bulkhead.dev, linkerd.io, argocd.argoproj.io, kubernetes.io,"
            + " network plugins and app.kubernetes.io/managed-by steer what must not be steered from here: remove them";
    static final String QUALIFIED_KEYS = "self.all(key, key.size() <= 317 && "
            + "key.matches('^([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))";
    static final String QUALIFIED_KEYS_MESSAGE =
            "a key must be a name of at most 63 letters, digits, '-', '_', '.', with an optional domain and '/' before it";

    private Syntax() {}
}
