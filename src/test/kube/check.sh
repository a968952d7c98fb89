#!/bin/bash
# Shows, on a machine with root, that a cluster with a real node does what tests rely on, and leaves nothing behind.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
bin=$("$here/build.sh")
work=$(mktemp -d)
name=check-$$
launcher=0
passed=0

clean_up() {
    # Emptied here: the shell would do it in the background, perhaps after we have looked.
    : >"$work/out"
    [ "$launcher" = 0 ] || kill "$launcher" 2>/dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

ok() {
    passed=$((passed + 1))
    echo "ok $passed - $*"
}

# What the host looks like, without what changes by itself and without other clusters of this kind.
host() {
    {
        ip -o link | sed 's/^[0-9]*: //; s/ qlen.*//'
        ip route
        iptables-save | sed 's/\[[0-9]*:[0-9]*\]//; /^#/d'
        nft list tables
        cat /proc/mounts
        find /sys/fs/cgroup -type d
        sysctl -a 2>/dev/null |
            grep -Ev '^(fs\.(dentry|inode|file-nr|quota|aio-nr|epoll)|kernel\.(random|ns_last|pty|sched_domain|perf_event_max_sample)|net\.netfilter\.nf_conntrack_count|vm\.(stat|nr_)|user\.)'
    } 2>/dev/null | grep -v bulkhead | grep -v "veth" || true
}

up() {
    # Emptied here: the shell would do it in the background, perhaps after we have looked.
    : >"$work/out"
    "$bin/bulkhead-kube" up --name "$name" "$@" >"$work/out" 2>"$work/err" &
    launcher=$!
    for _ in $(seq 600); do
        [ -s "$work/out" ] && break
        kill -0 "$launcher" 2>/dev/null || fail "up $*: $(cat "$work/err")"
        sleep 0.1
    done
    [ -s "$work/out" ] || fail "up $*: not ready within 60 s: $(cat "$work/err")"
    dir=$(sed 's/.*"dir":"\([^"]*\)".*/\1/' "$work/out")
    export KUBECONFIG="$dir/kubeconfig"
    veth=$(sed -n 's/.*"veth": "\([^"]*\)".*/\1/p' "$dir/.bulkhead-kube")
}

kubectl() { "$bin/kubectl" --namespace check "$@"; }

from_client() { kubectl exec client -- /testapp dial --timeout 1s "$@" 2>/dev/null; }

within() { # <seconds> <what> <command...>
    local limit=$(($(date +%s) + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt "$limit" ] || fail "$what"
        sleep 0.2
    done
    ok "$what"
}

refused() { ! from_client --http web:80; }

gone() {
    [ ! -e "$dir" ] && [ ! -e "/sys/class/net/$veth" ] && [ -z "$(find /sys/fs/cgroup -type d -name "bulkhead-$name")" ]
}

no_process() { ! pgrep -f "$dir" >/dev/null; }

[ "$(id -u)" = 0 ] || fail "this check needs root"
iptables-save >/dev/null
before=$(host)

up --node real
ok "a cluster with a real node is ready: $(tail -1 "$work/err" | sed 's/.*ready/ready/')"
"$bin/kubectl" apply -f "$here/check.yaml" >/dev/null
kubectl rollout status deployment/web --timeout=60s >/dev/null || fail "the deployment is not ready"
kubectl wait --for=condition=Ready pod/client --timeout=60s >/dev/null || fail "the client is not ready"
ok "a deployment with two pods is Ready"
within 5 "the Service answers by its short name" from_client --http web:80
within 5 "the Service answers by its full name" from_client --http web.check.svc.cluster.local:80
[ "$(kubectl get pvc data -o 'jsonpath={.status.phase}')" = Bound ] || fail "the claim is not bound"
[ "$(kubectl exec client -- /testapp write /data/file written)" = written ] || fail "the volume is not writable"
ok "a claim is bound, and its volume is written to by a user without rights"
kubectl logs client | grep -q "listening on" || fail "no logs"
ok "exec and logs work"
kubectl apply -f "$here/check-deny.yaml" >/dev/null
within 5 "with default deny the Service is refused" refused
kubectl get pods -l app=web -o 'jsonpath={.items[*].status.conditions[?(@.type=="Ready")].status}' | grep -q "True True" ||
    fail "the pods behind default deny are not Ready"
ok "with default deny the probes still pass"
kubectl apply -f "$here/check-allow.yaml" >/dev/null
within 5 "with an allow rule it is reached" from_client --http web:80
from_client web-other:9090 >/dev/null && fail "a port without a rule is open"
ok "a port without a rule stays closed"
kubectl delete networkpolicy --all >/dev/null
within 5 "without policies that port is reached" from_client web-other:9090
grep -q '"resource":"networkpolicies"' "$dir/audit.log" || fail "the audit log misses the policies"
ok "the audit log tells who wrote the policies"

kill "$launcher"
wait "$launcher" || fail "the launcher ended with an error: $(tail -3 "$work/err")"
launcher=0
gone || fail "something is left after down"
no_process || fail "a process is left after down"
after=$(host)
[ "$before" = "$after" ] || fail "the host has changed: $(diff <(echo "$before") <(echo "$after") | head -20)"
ok "after down the host's links, routes, firewall, mounts, cgroups and kernel settings are as before"

up --node real
kill -9 "$launcher"
wait "$launcher" 2>/dev/null || true
launcher=0
within 5 "kill -9 of the launcher leaves no process" no_process
"$bin/bulkhead-kube" sweep 2>/dev/null
gone || fail "something is left after sweep"
ok "sweep removes what was left"

bash -c "'$bin/bulkhead-kube' up --name '$name' --node real >'$work/out2' 2>'$work/err2' & sleep 600 & wait" &
parent=$!
for _ in $(seq 600); do
    [ -s "$work/out2" ] && break
    sleep 0.1
done
[ -s "$work/out2" ] || fail "not ready within 60 s: $(cat "$work/err2")"
children=$(pgrep -P "$parent" -f "sleep 600")
kill -9 "$parent"
wait "$parent" 2>/dev/null || true
kill "$children"
within 10 "kill -9 of the launcher's parent leaves no trace" gone
no_process || fail "a process is left"
echo "all $passed checks passed"
