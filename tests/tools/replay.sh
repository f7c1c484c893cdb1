#!/bin/sh
# Runs each replay program (build/…/replay-NAME) over the kept inputs of its fuzz target,
# tests/fuzz/corpus/NAME/*, one process an input: a crash is told with its file.
set -u
cd "$(dirname "$0")/../.." || exit 1
passed=0
failed=0
for program in "$@"; do
    name=${program##*/replay-}
    for input in tests/fuzz/corpus/"$name"/*; do
        [ -f "$input" ] || continue
        if "$program" "$input" >/dev/null 2>&1; then
            passed=$((passed + 1))
        else
            echo "FAILED: $program $input"
            failed=$((failed + 1))
        fi
    done
done
[ $# = 0 ] || echo "kept fuzz inputs: $passed passed, $failed failed"
[ $failed = 0 ]
