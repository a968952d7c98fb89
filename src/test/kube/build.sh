#!/bin/sh
# Builds what a Kubernetes without Docker needs, once, outside the tree, and prints the folder of its programs.
# A second call with nothing changed does nothing. With the argument `chart` the same for the programs that test the chart,
# with `databases` for an image of two database servers, which nobody else needs. Documentation: docs/kubernetes-for-tests.md
set -eu

here=$(cd "$(dirname "$0")" && pwd)
cache=${BULKHEAD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bulkhead}/kube
packages="containerd runc containernetworking-plugins iptables ipset iproute2 conntrack ethtool nftables kmod"
kubernetes=v1.36.3
case "${1:-kubernetes}" in
    kubernetes) components="launcher testapp control-plane kube-router coredns provisioner kwok kstatus" ;;
    chart) components="tools/helm tools/kubeconform tools/kube-score" ;;
    databases) components="launcher testapp databases.sh" ;;
    *) echo "bulkhead-kube: there is nothing called $1 to build: say nothing, chart, or databases" >&2 && exit 2 ;;
esac
flags="-trimpath -buildvcs=false -mod=readonly"

say() { echo "bulkhead-kube: $*" >&2; }

fail() {
    say "$*"
    exit 1
}

sources() { find "$here/$1" -type f -print0 | LC_ALL=C sort -z | xargs -0 cat; }

# The key of a component changes with its sources, its locked versions and its flags, and with nothing else:
# a new launcher must not cost a new Kubernetes.
key_of() {
    (sources "$1" && echo "$flags $2") | sha256sum | cut -c1-16
}

overall_key() {
    for component in $components; do
        sources "$component"
    done | cat "$here/build.sh" - | sha256sum | cut -c1-16
}

programs_present() {
    for program in containerd ctr runc iptables ipset ip conntrack ethtool nft modprobe; do
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin command -v "$program" >/dev/null || return 1
    done
    [ -x /usr/lib/cni/bridge ] || [ -x /opt/cni/bin/bridge ]
}

install_packages() {
    programs_present && return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -z "${BULKHEAD_NO_INSTALL:-}" ]; then
        say "installing $packages"
        if (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $packages) \
            >"$cache/apt.log" 2>&1; then
            return 0
        fi
        say "apt-get failed, see $cache/apt.log; without a real node pods are simulated"
        return 0
    fi
    say "for a real node install these packages as root: $packages; without them pods are simulated"
}

require_go() {
    command -v go >/dev/null || fail "Go 1.26 or newer is needed to build Kubernetes: get it from https://go.dev/dl/"
    version=$(GOTOOLCHAIN=local go env GOVERSION)
    minor=${version#go1.}
    minor=${minor%%.*}
    [ "$minor" -ge 26 ] 2>/dev/null ||
        fail "Go 1.26 or newer is needed to build Kubernetes, this is $version: get it from https://go.dev/dl/"
}

# Says now and then that it is still at it: nobody should wonder for minutes whether it hangs.
while_waiting() {
    began=$(date +%s)
    # A sleep that outlives this must not keep the lock or anybody's pipe.
    while sleep 30 >/dev/null 2>&1 9>&- && kill -0 $$ 2>/dev/null; do
        say "  still building $1 ($(($(date +%s) - began)) s)"
    done
}

# build <component> <program> <what to call it> <how long the first time> [linker flags] [package]
build() {
    part="$cache/parts/$1-$(key_of "$1" "${5:-}")"
    if [ ! -x "$part/$2" ]; then
        say "building $3 (about $4 the first time)"
        mkdir -p "$part"
        while_waiting "$3" >/dev/null &
        waiting=$!
        status=0
        (cd "$here/$1" && GOFLAGS= CGO_ENABLED=0 nice -n 5 go build $flags \
            -ldflags "-s -w ${5:-}" -o "$part/$2.$$" "${6:-.}") >&2 || status=$?
        kill "$waiting" 2>/dev/null || true
        [ "$status" = 0 ] || fail "building $3 failed; what the compiler said is above"
        mv "$part/$2.$$" "$part/$2"
    fi
    ln -f "$part/$2" "$new/bin/$2"
}

# image <component> <program> <archive> <arguments of the program> <tags...>
image() {
    archive="$cache/parts/$1-$(key_of "$1" "")/$3"
    arguments=$4
    target="$new/images/$3"
    program="$new/bin/$2"
    shift 4
    if [ ! -e "$archive" ]; then
        "$new/bin/bulkhead-kube" image --out "$archive.$$" --program "$program" --args "$arguments" "$@" >&2 ||
            fail "writing $target failed"
        mv "$archive.$$" "$archive"
    fi
    ln -f "$archive" "$target"
}

build_kubernetes() {
    version=k8s.io/component-base/version
    build launcher bulkhead-kube "the launcher" "10 seconds"
    build testapp testapp "the test service" "10 seconds"
    build control-plane kube "etcd, kube-apiserver and friends" "5 to 11 minutes" \
        "-X $version.gitVersion=$kubernetes -X $version.gitMajor=1 -X $version.gitMinor=36"
    ln -f "$new/bin/kube" "$new/bin/kubectl"
    build kube-router kube-router "kube-router, which enforces NetworkPolicy" "2 to 4 minutes"
    build coredns coredns "CoreDNS" "1 minute"
    build provisioner provisioner "the volume provisioner" "1 minute"
    build kwok kwok "kwok, which simulates nodes" "1 minute"
    build kstatus kstatus "kstatus, which judges a status" "30 seconds"
    tag=registry.example.com/bulkhead
    image testapp testapp testapp.tar serve "$tag/testapp:1" "$tag/testapp:2"
    image testapp testapp pause.tar pause "$tag/pause:1"
    image coredns coredns coredns.tar "" "$tag/coredns:1"
}

# Programs as their authors publish them: a module here only says which version.
build_chart() {
    build tools/kubeconform kubeconform "kubeconform" "15 seconds" "" github.com/yannh/kubeconform/cmd/kubeconform
    build tools/kube-score kube-score "kube-score" "1 minute" "" github.com/zegl/kube-score/cmd/kube-score
    build tools/helm helm "Helm" "3 to 6 minutes" "" helm.sh/helm/v4/cmd/helm
}

# The test service, and beside it what two database servers and their clients need.
build_databases() {
    build launcher bulkhead-kube "the launcher" "10 seconds"
    build testapp testapp "the test service" "10 seconds"
    archive="$cache/parts/databases.sh-$(key_of databases.sh "$(key_of testapp "") $(key_of launcher "")")/databases.tar"
    if [ ! -e "$archive" ]; then
        say "making an image of PostgreSQL and MariaDB (about 20 seconds the first time)"
        mkdir -p "$(dirname "$archive")"
        "$here/databases.sh" "$new/tree" || fail "without the image of the databases what needs it is skipped"
        "$new/bin/bulkhead-kube" image --out "$archive.$$" --program "$new/bin/testapp" --args serve --tree "$new/tree" \
            registry.example.com/bulkhead/databases:1 >&2 || fail "writing $archive failed"
        mv "$archive.$$" "$archive"
        rm -rf "$new/tree"
    fi
    ln -f "$archive" "$new/images/databases.tar"
}

# What nobody has used for a month goes.
prune() {
    find "$cache" -mindepth 2 -maxdepth 2 -name complete -mtime +30 | while read -r old; do
        rm -rf "$(dirname "$old")"
    done
    find "$cache/parts" -type f -links 1 -mtime +30 -delete
}

mkdir -p "$cache"
home="$cache/$(overall_key)"
if [ -e "$home/complete" ]; then
    [ -e "$cache/packages-asked" ] || { install_packages && touch "$cache/packages-asked"; }
    touch "$home/complete"
    echo "$home/bin"
    exit 0
fi

exec 9>"$cache/.lock"
flock -n 9 || { say "another build is running, waiting for it"; flock 9; }
if [ ! -e "$home/complete" ]; then
    require_go
    install_packages
    new="$home.$$"
    trap 'rm -rf "$new"' EXIT
    trap 'exit 1' INT TERM HUP
    mkdir -p "$new/bin" "$new/images"
    build_"${1:-kubernetes}"
    : >"$new/complete"
    rm -rf "$home"
    mv "$new" "$home"
    prune
fi
echo "$home/bin"
