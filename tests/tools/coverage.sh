#!/bin/sh
# Runs what tests there are in a build that counts, and prints which part of src/ they reach:
# lines and branches by room. A branch is one of gcov's: each arm of each condition, of &&
# and ||, of each case of a switch; the build is -O0, so that they are those of the source,
# and without assert, whose other arm is never to be taken. Counted are the rooms of the
# library, both programs, and the tools of the build, in whatever process they run.
#
#   tests/tools/coverage.sh MAKE BUILD FAULT_BUILD [LEAST_LINES LEAST_BRANCHES]
#
# Fails below that, or if a test fails. BUILD/coverage.gcov keeps the counts:
#   awk -v by=file -f tests/tools/coverage.awk BUILD/coverage.gcov
#   awk -v missing=src/score/blend.c -f tests/tools/coverage.awk BUILD/coverage.gcov
set -u
cd "$(dirname "$0")/../.." || exit 1
make=$1
build=$2
fault=$3
failed=0

run() { # targets and variables
    "$make" -s COVERAGE=1 "$@" >"$build/coverage.log" 2>&1 && return
    echo "FAILED: make COVERAGE=1 $*"
    tail -n 20 "$build/coverage.log"
    failed=1
}

# The unit tests compare all sets of kernels; the cases need one.
export EARFUL_TEST_KERNELS=scalar
find "$build/" "$fault/" -name '*.gcda' -delete 2>/dev/null
for suite in test cases replay follow-test 'fail-nth STEP=41'; do
    # shellcheck disable=SC2086  # a target and its variable
    run $suite
done
find "$build/src" "$fault/src" -name '*.gcno' 2>/dev/null | xargs gcov -b -c -r -t >"$build/coverage.gcov" 2>/dev/null
awk -v least_lines="${4:-0}" -v least_branches="${5:-0}" -f tests/tools/coverage.awk \
    "$build/coverage.gcov" || failed=1
exit $failed
