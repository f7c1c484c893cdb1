#!/bin/sh
# The CLI cases once more, in the closed sandbox.
#
#   tests/tools/sandbox.sh build/…/earful build/…/earful-notify
set -u
earful=$(realpath "$1")
cd "$(dirname "$0")/../.." || exit 1

if ! "$earful" list kernels --sandbox require >/dev/null; then
    echo "sandbox: skipped, this system lacks a part of it: $("$earful" --version | grep '^sandbox')"
    exit 0
fi
kernels=$("$earful" --version | sed -n 's/^kernels  *//p')
EARFUL_SANDBOX=require EARFUL_TEST_KERNELS=$kernels tests/tools/cli_cases.sh "$earful" || exit 1
