#!/bin/sh
# Holds the program to linear time without a clock: for each trap of tests/traps/traps.tsv,
# twice the input may cost at most 2.5 times the instructions, as callgrind counts them.
#
#   tests/tools/linear.sh build/…/earful [NAME]   NAME: only traps whose name contains it
#
# The inputs are small so that the whole takes seconds; what is quadratic shows at 64 KiB as
# well as at 64 MiB, but the pieces of 16 KiB in which texts are read must not hide it.
set -u
earful=$1
wanted=${2-}
traps=$(dirname "$0")/../traps/traps.tsv
size=65536
tab=$(printf '\t')

make_input() { # how, head, unit, size
    [ "$2" = - ] || printf '%b' "$2"
    case $1 in
    joined) yes "$(printf '%b' "$3")" | tr -d '\n' | head -c "$4" ;;
    lines) yes "$(printf '%b' "$3")" | head -c "$4" ;;
    distinct) seq 100000 999999 | tr '0-9\n' 'a-j ' | head -c "$4" ;;
    esac
}

count_instructions() { # how, head, unit, size, then what earful gets
    how=$1 head=$2 unit=$3 bytes=$4
    shift 4
    make_input "$how" "$head" "$unit" "$bytes" |
        EARFUL_SANDBOX=off valgrind --tool=callgrind --callgrind-out-file=/dev/null \
            "$earful" score -q --threads 1 "$@" - 2>&1 >/dev/null |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

measure() { # a line of the table; prints one line, "ok" or "FAILED" first
    IFS=$tab read -r name format options how head unit <<END
$1
END
    [ "$options" = - ] && options=
    # shellcheck disable=SC2086  # options are words
    once=$(count_instructions "$how" "$head" "$unit" $size --from "$format" $options)
    # shellcheck disable=SC2086
    twice=$(count_instructions "$how" "$head" "$unit" $((2 * size)) --from "$format" $options)
    if [ "${once:-0}" -gt 0 ] && [ $((2 * ${twice:-0})) -le $((5 * once)) ] &&
        [ "${twice:-0}" -gt 0 ]; then
        echo "ok $name"
    else
        echo "FAILED $name: ${once:-no} instructions for $size bytes," \
            "${twice:-no} for twice as many"
    fi
}

if [ "${wanted#--trap=}" != "$wanted" ]; then # one trap: called by xargs below
    measure "${wanted#--trap=}"
    exit
fi
if ! command -v valgrind >/dev/null; then
    echo "linear time: skipped, valgrind is not installed"
    exit 0
fi
# IFS=TAB would drop empty columns, so there are none; quotes and backslashes pass xargs -0.
results=$(grep -v '^#' "$traps" | grep -F -- "$wanted" | sed 's/^/--trap=/' | tr '\n' '\0' |
    xargs -0 -n 1 -P "$(nproc)" "$0" "$earful")
echo "$results" | sed -n '/^FAILED/p'
passed=$(echo "$results" | grep -c '^ok')
failed=$(echo "$results" | grep -c '^FAILED')
echo "linear time: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
