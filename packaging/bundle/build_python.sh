#!/bin/sh
# Builds the Python of the bundle, in a root with the oldest glibc that it must run on. Kept in a cache: it takes half an hour.
#
#   build_python.sh SOURCE TARGET      SOURCE holds python3.11_*.orig.tar.gz and its *.debian.tar.xz, TARGET gets bin/ and lib/
#
# The release is Debian's, with what Debian mended in it since; its changes to how Python is laid out are left away. Nothing is
# built that the program does not use: no TLS, no SQLite (the program brings its own), no terminal, no other compression than zlib.
set -eu
source=$(realpath "$1") target=$(realpath -m "$2") work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
tar xzf "$source"/python3.11_*.orig.tar.gz --strip-components=1
tar xJf "$source"/python3.11_*.debian.tar.xz
sed -n '/^shutdown-deadlock.diff$/,$p' debian/patches/series | while read -r name; do
    case $name in ''|'#'*|skip-xml-tests*|CVE-2023-40217-test-reliability*) continue;; esac
    patch --quiet --force -p1 < "debian/patches/$name"
done
cat > Modules/Setup.local <<'SETUP'
*static*
zlib zlibmodule.c -l:libz.a
*disabled*
_bz2
_crypt
_curses
_curses_panel
_dbm
_gdbm
_hashlib
_lzma
_sqlite3
_ssl
_testbuffer
_testcapi
_testclinic
_testimportmultiple
_testinternalcapi
_testmultiphase
_tkinter
_uuid
nis
ossaudiodev
readline
spwd
xxlimited
xxlimited_35
SETUP
export SOURCE_DATE_EPOCH=$(stat -c %Y debian/changelog) LANG=C.UTF-8
./configure --quiet --prefix="$target" --enable-optimizations --without-ensurepip \
    CFLAGS="-g0 -ffile-prefix-map=$work=." > configure.log
make -s -j"${JOBS:-2}" > make.log 2>&1 || { tail -30 make.log; exit 1; }
make -s install > install.log 2>&1 || { tail -30 install.log; exit 1; }
cp -L /usr/lib/*/libffi.so.7 "$target/lib/"
for module in "$target"/lib/python3.11/lib-dynload/_ctypes.*.so; do
    patchelf --set-rpath '$ORIGIN/../..' "$module"
done
