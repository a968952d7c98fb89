#!/bin/sh
# Lays out, in the folder that is named, the tree of an image with PostgreSQL, MariaDB and a shell. The packages of Debian
# are fetched and unpacked, nothing is installed; libraries and small programs are those of this machine. Says on stderr
# what keeps it from that.
set -eu
tree=$1

fail() {
    echo "bulkhead-kube: $*" >&2
    exit 1
}

command -v apt-get >/dev/null && command -v dpkg >/dev/null || fail "the databases are made from packages of Debian"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What the package without a number stands for in this release.
numbered() { apt-cache depends "$1" 2>/dev/null | sed -n "s/^ *Depends: \($1-[0-9]*\)\$/\1/p" | head -n 1; }

fetch() {
    server=$(numbered postgresql)
    client=$(numbered postgresql-client)
    [ -n "$server" ] && [ -n "$client" ] && (cd "$work" && apt-get download -q "$server" "$client" libpq5 \
        mariadb-server-core mariadb-client-core libmariadb3 libaio1 liburing2) >"$work/log" 2>&1
}

fetch || { [ "$(id -u)" = 0 ] && apt-get update >/dev/null 2>&1 && fetch; } ||
    fail "apt-get can't fetch PostgreSQL and MariaDB: $(tail -n 1 "$work/log" 2>/dev/null || echo no list of packages)"
for package in "$work"/*.deb; do
    dpkg -x "$package" "$work/root"
done
root="$work/root"

# keep <path under the root of the packages, or of this machine> <where in the tree>
keep() {
    mkdir -p "$(dirname "$tree$2")"
    cp -RL "$1" "$tree$2"
}

for program in postgres initdb pg_ctl pg_isready psql; do
    found=$(cd "$root" && ls usr/lib/postgresql/*/bin/$program)
    keep "$root/$found" "/$found"
    mkdir -p "$tree/usr/bin"
    # PostgreSQL finds its other files from where it lies.
    printf '#!/bin/sh\nexec /%s "$@"\n' "$found" >"$tree/usr/bin/$program"
    chmod 755 "$tree/usr/bin/$program"
done
rm -rf "$root"/usr/lib/postgresql/*/lib/bitcode "$root"/usr/lib/postgresql/*/lib/pgxs "$root"/usr/lib/postgresql/*/lib/llvmjit*
for folder in $(cd "$root" && ls -d usr/lib/postgresql/*/lib usr/share/postgresql/*); do
    keep "$root/$folder" "/$folder"
done
keep "$root/usr/sbin/mariadbd" /usr/sbin/mariadbd
keep "$root/usr/bin/mariadb" /usr/bin/mariadb
for folder in english charsets; do
    keep "$root/usr/share/mysql/$folder" "/usr/share/mysql/$folder"
done
for file in mysql_system_tables.sql mysql_system_tables_data.sql; do
    keep "$root/usr/share/mysql/$file" "/usr/share/mysql/$file"
done
for program in sh cat cmp cp date echo env grep head id ls mkdir mv printf rm sed sleep sort tail test tr; do
    file=$(command -v "$program" | grep / || echo "/usr/bin/$program")
    keep "$file" "/usr/bin/$program"
done
keep "$tree/usr/bin/sh" /bin/sh
[ ! -d /usr/share/zoneinfo ] || keep /usr/share/zoneinfo /usr/share/zoneinfo
mkdir -p "$tree/etc"
echo 'nobody:x:65532:65532::/:/bin/sh' >"$tree/etc/passwd"

# What all of these are linked with. A library of the packages goes before the machine's.
libraries() {
    find "$tree" -type f -perm -100 -o -type f -name '*.so*' | while read -r file; do
        LD_LIBRARY_PATH=$(echo "$root"/usr/lib/*-linux-gnu) ldd "$file" 2>/dev/null || true
    done | sort -u
}
libraries >"$work/libraries"
! grep "not found" "$work/libraries" >&2 || fail "libraries of the databases are missing: install postgresql with apt-get"
sed -n 's/.*[[:space:]]\(\/[^ ]*\) (0x.*/\1/p' "$work/libraries" | sort -u | while read -r library; do
    keep "$library" "$(echo "$library" | sed "s,^$root,,")"
done
