#!/bin/sh
# Each allocation and each system call of the runs in cases.txt fails in turn; see
# fail_nth.c for what must hold then.
#
#   tests/nth/all.sh BUILD STEP [CASE...]
set -u
cd "$(dirname "$0")/../.." || exit 1
build=$1
step=$2
shift 2
inputs=$(mktemp -d) || exit 1
trap 'rm -rf "$inputs"' EXIT
(cd "$inputs" && "$OLDPWD/tests/nth/inputs.sh" "$OLDPWD/$build/earful") || exit 1
"$build/fail-nth" -s "$step" "$build" "$build/fail_alloc.so" tests/nth/cases.txt "$inputs" "$@"
