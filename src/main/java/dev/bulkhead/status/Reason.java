package dev.bulkhead.status;

/** Why a condition is as it is. The constants are the words in the API: they don't change their meaning. */
public enum Reason {
    /** Everything that is planned is there, and does what it is there for. */
    Ready,
    /** Writes are under way, or pods are starting. */
    Progressing,
    /** Some workload's pods aren't up. */
    WorkloadsNotReady,
    /** An Operation was carried out. */
    Succeeded,
    /** An Operation asks for what can't be done. It ended without having done it. */
    OperationRefused,
    /** {@code reconcile: Plan}: nothing is written. */
    PlanOnly,
    /** {@code reconcile: Pause}. */
    Paused,
    /** The class isn't there. */
    WaitingForClass,
    /** The target cluster isn't there, or isn't connected. */
    WaitingForCluster,
    /** The environment that a contributor refers to isn't there, or didn't take it up yet. */
    WaitingForEnvironment,
    /** A workload that is called isn't there. */
    WaitingForWorkload,
    /** A port that is called by name isn't there. */
    WaitingForPort,
    /** A secret entry, or what it is made from, isn't there. */
    WaitingForSecret,
    /** A secret entry of another SecretScope is claimed, and isn't granted. */
    WaitingForGrant,
    /** A secret entry was taken away in the midst of its rotation. */
    WaitingForRotation,
    /** A secret entry was taken away that workloads still name. */
    SecretInUse,
    /** A namespace is being deleted, or isn't there yet. */
    WaitingForNamespace,
    /** Something was deleted, and a finalizer of somebody else holds it. */
    WaitingForFinalizer,
    /** What nothing plans any more is left for now. */
    RemovalsHeld,
    /** It was deleted, and what it had is being removed. */
    Terminating,
    /** An Operation has let it go: everything keeps running, and nothing looks after it. */
    Released,
    /** The kubeconfig of a target cluster holds what it must not, or lacks what it must have. */
    KubeconfigRefused,
    /** A target cluster can't be reached. */
    ClusterUnreachable,
    /** A target cluster doesn't take the credential that we show. */
    CredentialRefused,
    /** We may not do in a target cluster what is needed. */
    RightsMissing,
    /** Another cluster answers in the place of one. */
    ClusterChanged,
    /** A cluster that was replaced has come back. */
    ClusterTombstoned,
    /** Another TargetCluster stands for that cluster. */
    ClusterTaken,
    /** Another process has the right to write to the target cluster, or ours was lost. */
    Fenced,
    /** The target cluster didn't answer, or failed. */
    TargetFault,
    /** The target cluster refused an object. */
    Refused,
    /** A target cluster doesn't serve kinds that environments are made of. */
    KindsMissing,
    /** A mesh is asked for, and the target cluster has none. */
    MeshMissing,
    /** Pods that are to be in the mesh have no proxy. */
    PodsUnmeshed,
    /** A policy that isn't ours opens what nobody asked for, or closes what somebody did. */
    ForeignPolicy,
    /** What is open isn't what was asked for. */
    ReachDiffers,
    /** Who reaches whom can't be told. */
    ReachUnknown,
    /** Egress is allowed to names, and nobody in the target cluster can keep to them. */
    NamesNotEnforced,
    /** Something that isn't ours is in the way. */
    ForeignObject,
    /** It was adopted and is kept as it was found, and what asks for it has been edited since. */
    KeptAsFound,
    /** Another writer keeps changing what is ours. */
    Contested,
    /** The class doesn't let environments live in this hub namespace. */
    HubNamespaceNotAllowed,
    /** The class doesn't let environments live in this cluster. */
    ClusterNotAllowed,
    /** What a namespace would be called in the target cluster is too long, or no name. */
    NamespaceNameInvalid,
    /** The class doesn't list the namespace that is to be adopted, or nobody may have it. */
    NamespaceNotAdoptable,
    /** The environment has no such namespace. */
    NamespaceUnknown,
    /** A quota asks for more than the class lets one have. */
    QuotaAboveCeiling,
    /** The class has no such role. */
    RoleUnknown,
    /** Another, older one has that name. */
    NameTaken,
    /** Kubernetes, or Bulkhead itself, uses that name. */
    NameReserved,
    /** Kubernetes doesn't take that name for what is made of it. */
    NameInvalid,
    /** Nothing says what runs. */
    ImageMissing,
    /** The image comes from a registry that the class doesn't allow. */
    ImageNotAllowed,
    /** The class wants images by digest. */
    DigestRequired,
    /** A port is named that isn't declared beside it. */
    PortUnknown,
    /** The class doesn't let the environment reach that far. */
    EgressNotAllowed,
    /** The class doesn't let canaries ask the MetricTemplates of that namespace. */
    MetricTemplateNotAllowed,
    /** What is said of one edge can't be true at once. */
    EdgeContradictory,
    /** What is asked of the way to a workload can't be had as things are, or contradicts itself. */
    TrafficImpossible,
    /** Nothing says what a secret entry is made from. */
    SourceMissing,
    /** A hook of a secret entry is a workload that isn't there to be one. */
    NotAHook,
    /** The class doesn't let secrets come from that store or issuer. */
    SourceNotAllowed,
    /** A secret of that length, made of those characters, can be guessed. */
    SecretTooWeak,
    /** Nobody can sign a certificate as things are. */
    IssuerImpossible,
    /** A template of a secret entry can't be read, or takes what can't be had. */
    TemplateInvalid,
    /** A secret entry is granted that can't be used by others. */
    GrantImpossible,
    /** A secret entry that was granted isn't any more. It was taken away. */
    GrantTakenBack,
    /** A rotation would never come, or when it comes can't be read. */
    ScheduleImpossible,
    /** A new value of a secret entry could not be brought into use. The one before still is. */
    RotationFailed,
    /** A value of a secret entry that is in use isn't in the vault any more. */
    SecretLost,
    /** The environment has more secret entries than can be kept. */
    TooManySecrets,
    /** The vault of a hub namespace, or the journal in it, isn't as we left it. */
    VaultUnusable,
    /** A certificate in use is near its end, and what follows it isn't in use. */
    CertificateEnds,
    /** It holds something that this version of us doesn't understand. */
    Unreadable,
    /** We failed in a way that we don't know. The operator's log has it. */
    InternalError;

    /** Whether it is about something that somebody else has to bring. */
    public boolean isWaiting() {
        return isWaiting(name());
    }

    /** The same of a reason that stands in a status, perhaps of another version of us. */
    static boolean isWaiting(String reason) {
        return reason.startsWith("WaitingFor");
    }
}
