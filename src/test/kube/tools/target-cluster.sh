#!/bin/sh
# Prints examples/target-cluster/rights.yaml or policies.yaml: what the chart says of a target, without Helm's own marks.
#   target-cluster.sh <helm> rights|policies
set -eu

helm=$1
chart=$(cd "$(dirname "$0")/../../../.." && pwd)/helm/bulkhead
case "$2" in
    rights) templates="serviceaccount rbac clusterroles" ;;
    policies) templates="policies/fence policies/perimeter policies/ownership" ;;
    *) echo "target-cluster.sh: rights or policies, not $2" >&2 && exit 2 ;;
esac
echo "# Of the chart (role: Target), by: make target-cluster"
for template in $templates; do
    "$helm" template bulkhead "$chart" --namespace bulkhead-system --set role=Target --show-only "templates/$template.yaml"
done | sed -e '/^# Source: /d' -e '/^ *helm\.sh\/chart: /d' -e '/^  annotations:$/{N;/helm\.sh\/resource-policy/d;}' -e '/^ *$/d'
