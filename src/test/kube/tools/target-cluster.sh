#!/bin/sh
# Prints examples/target-cluster/rights.yaml, policies.yaml or mesh-identity.yaml: what the chart says of a target, without
# Helm's own marks.
#   target-cluster.sh <helm> rights|policies|mesh-identity
set -eu

helm=$1
chart=$(cd "$(dirname "$0")/../../../.." && pwd)/helm/bulkhead
case "$2" in
    rights) templates="serviceaccount rbac clusterroles" ;;
    policies) templates="policies/fence policies/perimeter policies/ownership" ;;
    mesh-identity) templates="mesh-identity policies/fence" mesh=true ;;
    *) echo "target-cluster.sh: rights, policies or mesh-identity, not $2" >&2 && exit 2 ;;
esac
echo "# Of the chart (role: Target), by: make target-cluster"
for template in $templates; do
    "$helm" template bulkhead "$chart" --namespace bulkhead-system --set role=Target --set "meshIdentity.enabled=${mesh:-false}" --show-only "templates/$template.yaml"
done | sed -e '/^# Source: /d' -e '/^ *helm\.sh\/chart: /d' -e '/^  annotations:$/{N;/helm\.sh\/resource-policy/d;}' -e '/^ *$/d'
