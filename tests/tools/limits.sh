#!/bin/bash
# Runs the program where memory is short: with a stack of 64 KiB over input that invites
# recursion, and over inputs much larger than the memory that it may take.
#
#   tests/tools/limits.sh build/…/earful
set -u
shopt -s lastpipe # what follows a pipe counts in this shell
earful=$(realpath "$1")
megabytes=128 # of input; the largest resident size allowed is half of it
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

tell() { # whether it went well, what
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
    fi
}

repeat() { # unit, bytes
    yes "$(printf '%b' "$1")" | tr -d '\n' | head -c "$2"
}

# --- a small stack: any exit code of the program's own will do, a signal will not ---------

small_stack() { # what earful gets; input from standard input
    (
        ulimit -s 64
        "$earful" "$@" >/dev/null 2>"$work/errors"
    )
    code=$?
    [ $code -le 4 ]
    tell $? "'$*' ended with $code with a stack of 64 KiB"
}

for unit in '[' '{' '{"a":' '[{"a":' '"' '\\0377' '(' '&amp;' 'not ' "'a " '😀'; do
    for format in lines csv ndjson json; do
        { [ $format = lines ] || printf '[{"text":"good"},'; repeat "$unit" 1000000; } |
            small_stack score -q --from $format -
    done
    repeat "$unit" 1000000 | small_stack explain -
    repeat "$unit" 1000000 | small_stack sniff -
done
{ printf 'text\n"'; repeat 'a' 3000000; } | small_stack score -q --from csv -
repeat '[valence]\tgood ' 100000 >"$work/lexicon.tsv"
small_stack lexicon check "$work/lexicon.tsv" </dev/null

# --- resident memory: asked of the kernel while the program still waits for more input ----

bounded() { # what it is, how earful ends, then what it gets; input from standard input
    what=$1 wanted=$2
    shift 2
    mkfifo "$work/pipe"
    "$earful" "$@" - <"$work/pipe" >/dev/null 2>"$work/errors" &
    pid=$!
    exec 3>"$work/pipe"
    cat >&3
    peak=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' /proc/$pid/status 2>/dev/null)
    exec 3>&-
    wait $pid
    code=$?
    rm "$work/pipe"
    [ $code = "$wanted" ] && [ "${peak:-0}" -gt 0 ] && [ "$peak" -le $((megabytes * 512)) ]
    tell $? "$what: ended with $code, ${peak:-unknown} KiB resident"
}

record='{"id":"A-1","text":"It came late, but the team was really helpful","rating":4}'
row='A-1,"It came late, but the team was ""really"" helpful",4'
bytes=$((megabytes * 1000000))
yes "$record" | head -c $bytes | sed '$d' | bounded 'NDJSON' 0 score -q --from ndjson
{ echo 'id,text,rating'; yes "$row" | head -c $bytes | sed '$d'; } |
    bounded 'CSV' 0 score -q --from csv
repeat 'not good ' $bytes | bounded 'one line' 0 score -q --from lines
{ printf '{"text":"good"}\n{"text":"'; repeat 'not good ' $bytes; } |
    bounded 'a string without an end' 0 score -q --from ndjson
{ printf 'text,id\ngood,1\n"'; repeat 'not good ' $bytes; } |
    bounded 'a cell without an end' 0 score -q --from csv
{ printf '[{"text":"good"},{"a":['; repeat '1,' $bytes; } |
    bounded 'a document without an end' 3 score -q --from json

echo "small stack and memory: $passed passed, $failed failed"
[ $failed = 0 ]
