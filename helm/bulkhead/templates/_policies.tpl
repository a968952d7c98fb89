{{- define "bulkhead.user" -}}
system:serviceaccount:{{ include "bulkhead.namespace" . }}:{{ include "bulkhead.serviceAccount" . }}
{{- end -}}

{{- /* Whom the perimeter doesn't hold back. Where controllers have no accounts of their own, they are all the one user. */ -}}
{{- define "bulkhead.notHeldBack" -}}
- name: not-an-administrator
  expression: "!has(request.userInfo.groups) || !('system:masters' in request.userInfo.groups)"
- name: neither-the-operator-nor-the-cluster-itself
  expression: >-
    !(request.userInfo.username in [
      '{{ include "bulkhead.user" . }}',
      'system:apiserver',
      'system:kube-controller-manager',
      'system:serviceaccount:kube-system:namespace-controller',
      'system:serviceaccount:kube-system:generic-garbage-collector'])
{{- end -}}

{{- /*
Which hub this is stands on the operator's own namespace, where every policy can read it: were it a ConfigMap, a policy
would have to choose between refusing everybody everything and refusing nothing while there is none. Without the
namespace there is no ServiceAccount either, so `Allow` lets nobody through.
*/ -}}
{{- define "bulkhead.hubParam" -}}
paramRef:
  name: {{ include "bulkhead.namespace" . }}
  parameterNotFoundAction: Allow
{{- end -}}

{{- define "bulkhead.hubVariable" -}}
- name: hub
  {{- if .Values.operator.hubId }}
  expression: "{{ printf "'%s'" .Values.operator.hubId }}"
  {{- else }}
  expression: params.metadata.?annotations[?'bulkhead.dev/hub-id'].orValue('')
  {{- end }}
{{- end -}}
