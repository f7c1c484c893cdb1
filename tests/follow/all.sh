#!/bin/sh
# All that following is put through: see README.md.
#
#   tests/follow/all.sh BUILD FAULT_BUILD PROGRAMS KILLS ROTATE_MS RATE SECONDS
#
# Exits with 1 if anything failed.
set -u
cd "$(dirname "$0")/../.." || exit 1
here=tests/follow
program=$1/earful
live=$1/live
programs=$2/programs
failed=0

run() {
    "$@" || failed=1
}

run $here/calls.sh "$1" "$2"
run $here/faults.sh "$1" "$2"
run $here/logrotate.sh "$1" "$2"
run $here/hardships.sh "$1" "$2"
# Seed 1558: filled, copied, emptied and filled again between two calls of ours.
run "$programs" 1 1558
run "$programs" "$3" 1
run "$live" "$program" "$4" 0 "$6" "$7" 1
run "$live" "$program" "$4" "$5" "$6" "$7" 2
run "$live" "$program" "$4" "$5" "$6" "$7" 3 copy
if grep -q EARFUL_FAULT "$program"; then
    echo "FAILED: a release knows nothing of faults"
    failed=1
fi
exit $failed
