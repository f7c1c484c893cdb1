#!/bin/sh
# Holds tests/THREATS.md to the tests that there are: every row of its tables names one at
# least, and every one that is named exists.
#
#   tests/tools/threats.sh
set -u
cd "$(dirname "$0")/.." || exit 1
rows=$(mktemp) || exit 1
trap 'rm -f "$rows"' EXIT
named=0
missing=0

exists() { # what a row names
    case $1 in
    case:*) [ -f "cli/${1#case:}/cmd" ] ;;
    fuzz:*) [ -f "fuzz/fuzz_${1#fuzz:}.c" ] ;;
    kept:*) [ -f "fuzz/corpus/${1#kept:}" ] ;;
    trap:*) grep -q "^$(echo "${1#trap:}" | tr _ ' ')	" traps/traps.tsv ;;
    tests/*) [ -x "../$1" ] ;;
    */*) grep -qs "^Test(${1%%/*}, ${1#*/}[,)]" ./*/"test_${1%%/*}.c" ;;
    *) false ;;
    esac
}

sed '1,/^## /d' THREATS.md | grep '^| ' >"$rows"
while IFS='|' read -r _ input attack does tests _; do
    case $attack in ' attack ' | ' --- ') continue ;; esac
    of_row=0
    # shellcheck disable=SC2016  # these backquotes are Markdown's
    for test in $(echo "$tests" | grep -o '`[^`]*`' | tr -d '`'); do
        of_row=$((of_row + 1))
        exists "$test" || {
            missing=$((missing + 1))
            echo "tests/THREATS.md: there is no '$test' (row$input)"
        }
    done
    if [ $of_row = 0 ] || [ -z "${does# }" ]; then
        missing=$((missing + 1))
        echo "tests/THREATS.md: a row that names no test:$input|$attack"
    fi
    named=$((named + of_row))
done <"$rows"
echo "threats: $named tests named, $missing missing"
[ $missing = 0 ] && [ $named -gt 0 ]
