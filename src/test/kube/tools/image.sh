#!/bin/sh
# Makes the operator's image without a registry and without Docker, laid out as the Dockerfile does it: the JRE in
# /opt/java/openjdk, the application in /app, the same options and entry point, the same user. The JRE is taken from a JDK,
# the C library from this machine. As root, it gets an AOT cache by the Dockerfile's training; else there is none in it.
#   image.sh <JDK 25> <quarkus-app folder> <tag> <archive>
set -eu

jdk=$1
application=$2
tag=$3
archive=$4
tree=$(cd "$(dirname "$0")/../../../.." && pwd)
cache=${BULKHEAD_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bulkhead}/kube/parts
modules=java.se,jdk.crypto.ec,jdk.jcmd,jdk.jfr,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs

layer() { tar -C "$1" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$2" .; }
digest() { sha256sum "$1" | cut -d' ' -f1; }

# What the JVM without its desktop wants of the C library, with links followed: folders of it may be links themselves.
libraries_into() {
    for part in bin/java lib/server/libjvm.so lib/libjli.so lib/libnet.so lib/libnio.so lib/libzip.so; do
        ldd "$1/opt/java/openjdk/$part"
    done | awk '{ for (i = 1; i <= NF; i++) if ($i ~ "^/lib") print $i }' | sort -u | while read -r library; do
        mkdir -p "$1$(dirname "$library")"
        cp -L "$library" "$1$library"
    done
}

key=$(cat "$0" "$jdk/release" | sha256sum | cut -c1-16)
base="$cache/jre-$key.tar"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ ! -e "$base" ]; then
    mkdir -p "$cache" "$work/base/opt/java" "$work/base/tmp" "$work/base/etc"
    chmod 1777 "$work/base/tmp"
    "$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages \
        --output "$work/base/opt/java/openjdk"
    libraries_into "$work/base"
    layer "$work/base" "$base.$$"
    mv "$base.$$" "$base"
fi

mkdir -p "$work/app/app" "$work/image"
cp -r "$application/." "$work/app/app/"
cp "$tree/src/main/docker/jvm.options" "$work/app/app/"
chmod -R go+rX,u+rwX "$work/app"

# A cache fits the very JVM, folder, options and ages of files that it was made with, so it is trained in the image's own
# root. In two steps: that root has no shell for the JVM to start the second one by itself.
train() {
    mkdir -p "$work/root/dev" "$work/root/proc"
    tar -C "$work/root" -xf "$base"
    cp -r "$work/app/." "$work/root/"
    find "$work/root/app" -exec touch -h -d @0 {} +
    mknod -m 666 "$work/root/dev/null" c 1 3
    mknod -m 644 "$work/root/dev/urandom" c 1 9
    java="unshare --fork --pid --mount-proc --root=$work/root --wd=/app /opt/java/openjdk/bin/java @jvm.options"
    env -i $(sed -n 's/^RUN \(KUBECONFIG.*\) \\$/\1/p' "$tree/Dockerfile") $java \
        -XX:AOTMode=record -XX:AOTConfiguration=/tmp/classes -jar quarkus-run.jar > "$work/training.log" 2>&1 || true
    env -i $java -XX:AOTMode=create -XX:AOTConfiguration=/tmp/classes -XX:AOTCache=/tmp/operator.aot \
        -jar quarkus-run.jar >> "$work/training.log" 2>&1 || { tail -n 50 "$work/training.log" >&2; exit 1; }
    mv "$work/root/tmp/operator.aot" "$1.$$"
    mv "$1.$$" "$1"
}

if [ "$(id -u)" = 0 ]; then
    files=$(cd "$work/app/app" && find . -type f | LC_ALL=C sort | xargs sha256sum)
    aot="$cache/operator-$(echo "$key $files" | cat - "$tree/Dockerfile" | sha256sum | cut -c1-16).aot"
    [ -e "$aot" ] || train "$aot"
    cp "$aot" "$work/app/app/operator.aot"
    chmod 644 "$work/app/app/operator.aot"
fi
layer "$work/app" "$work/image/app.tar"
ln "$base" "$work/image/jre.tar" 2>/dev/null || cp "$base" "$work/image/jre.tar"

entrypoint=$(sed -n 's/^ENTRYPOINT //p' "$tree/Dockerfile")
user=$(sed -n 's/^USER //p' "$tree/Dockerfile")
cat > "$work/image/config.json" <<END
{"architecture": "$(dpkg --print-architecture 2>/dev/null || echo amd64)", "os": "linux",
 "config": {"User": "$user", "WorkingDir": "/app", "Entrypoint": $entrypoint,
  "Env": ["PATH=/opt/java/openjdk/bin", "JAVA_HOME=/opt/java/openjdk", "BULKHEAD_LOG_JSON=true", "MALLOC_ARENA_MAX=2"]},
 "rootfs": {"type": "layers", "diff_ids": ["sha256:$(digest "$base")", "sha256:$(digest "$work/image/app.tar")"]}}
END
echo "[{\"Config\": \"config.json\", \"RepoTags\": [\"$tag\"], \"Layers\": [\"jre.tar\", \"app.tar\"]}]" \
    > "$work/image/manifest.json"
tar -C "$work/image" -cf "$archive" manifest.json config.json jre.tar app.tar
