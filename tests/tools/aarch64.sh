#!/bin/sh
# The ARM build, tried on another CPU by qemu-user: tests of kernels and text as a plain
# program, the CLI cases with each kernel set, and the same bytes from all of them.
#
#   tests/tools/aarch64.sh    (make test-aarch64)
#
# AARCH64_ROOT=FOLDER: a folder that holds the arm64 packages, if the system does not.
# MAKE, and NATIVE, the build folder of this machine, come from make.
set -u
cd "$(dirname "$0")/../.." || exit 1
compiler=aarch64-linux-gnu-gcc
root=${AARCH64_ROOT:-}

missing=
for program in $compiler qemu-aarch64; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
for library in utf8proc z expat pcre2-8 nettle sqlite3; do
    [ -e "$root/usr/lib/aarch64-linux-gnu/lib$library.so" ] || missing="$missing lib$library:arm64"
done
if [ -n "$missing" ]; then
    echo "aarch64: not installed:$missing"
    echo "aarch64: section [aarch64] of .ci/packages names the packages; they need" \
        "'dpkg --add-architecture arm64' and 'apt-get update' first"
    exit 1
fi

qemu="qemu-aarch64 -L ${root:-/usr/aarch64-linux-gnu}"
sysroot=${root:+--sysroot=$root}
build=build/$compiler-release
"${MAKE:-make}" -s CC=$compiler AR=aarch64-linux-gnu-ar CFLAGS="$sysroot" RUNNER="$qemu" \
    "$build/earful" "$build/plain-tests" || exit 1
# Programs that earful starts are those of this machine: no kernel is in them.
ln -sf "$(realpath "$NATIVE/earful-notify")" "$build/earful-notify"
$qemu "$build/plain-tests" || exit 1
# qemu has neither Landlock nor seccomp for what it runs.
EARFUL_RUNNER=$qemu EARFUL_SANDBOX=off tests/tools/cli_cases.sh "$build/earful" "$@"
