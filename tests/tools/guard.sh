#!/bin/sh
# Guards the speed of the main paths without a clock: instructions of our own code, as
# callgrind counts them, over texts that are always the same, beside those recorded in
# tests/guard/instructions.tsv. What grows by more than a tenth fails.
#
#   tests/tools/guard.sh build/…    CC says which compiler made it
#
# Instructions of libc, the linker and other libraries are not counted: they differ from
# machine to machine. Compilers differ, too: the record is of gcc 12 on x86-64.
# UPDATE=1 writes a new record; where a path has grown, REASON='...' says why and is kept
# in it, to be committed with what made it grow.
set -u
build=$1
cd "$(dirname "$0")/../.." || exit 1
record=tests/guard/instructions.tsv
texts=$build/guard-texts
tab=$(printf '\t')

# Our own instructions of a run: the lines of cost under an object that is the program
# itself. The line behind "calls=" is what the callee cost, and stands with the callee.
count_own() { # what is run
    out=$(mktemp "$texts/out.XXXXXX") || return
    env -i PATH=/usr/bin:/bin EARFUL_SANDBOX=off valgrind --tool=callgrind --compress-strings=no \
        --compress-pos=no --callgrind-out-file="$out" "$@" >/dev/null 2>"$out.log" </dev/null ||
        cat "$out.log" >&2
    awk -v own="/$(basename "$1")" '
        /^ob=/ { is_own = substr($0, length($0) - length(own) + 1) == own; next }
        /^calls=/ { skips = 1; next }
        /^[0-9]/ { if (skips) skips = 0; else if (is_own) sum += $2 }
        END { printf "%.0f\n", sum }' "$out"
    rm -f "$out" "$out.log"
}

measure() { # path, kernels
    case $1 in
    score-*) count_own "$build/guard-paths" "$2" "$texts/${1#score-}.txt" ;;
    program-start) count_own "$build/earful" score -q --threads 1 --kernels "$2" "$texts/one.ndjson" ;;
    program-*) count_own "$build/earful" score -q --threads 1 --kernels "$2" \
        "$texts/reviews.${1#program-}" ;;
    esac
}

if [ "${2:-}" = --measure ]; then # one path: called by xargs below
    printf '%s\t%s\t%s\n' "$3" "$4" "$(measure "$3" "$4")"
    exit
fi

skip() {
    echo "guard: skipped, $1"
    exit 0
}
compiler=${CC:-cc}
case $($compiler --version | head -n 1) in
*[Gg][Cc][Cc]* | *"Free Software"*) [ "$($compiler -dumpversion | cut -d. -f1)" = 12 ] ;;
*) false ;;
esac || skip "the record is of gcc 12"
[ "$($compiler -dumpmachine | cut -d- -f1)" = x86_64 ] || skip "the record is of x86-64"
command -v valgrind >/dev/null || skip "valgrind is not installed"

# A hundred kilobytes of each: enough for start-up to vanish in them.
mkdir -p "$texts"
"$build/bench-texts" "$texts" 1 || exit 1
for form in reviews.txt:100 chat.txt:1500 reviews.ndjson:100 reviews.csv:101; do
    file=$texts/${form%:*}
    head -n "${form#*:}" "$file" >"$file.part" && mv "$file.part" "$file"
done
head -n 1 "$texts/chat.ndjson" >"$texts/one.ndjson"

sets=scalar
if "$build/earful" list kernels | grep '^avx2' | grep -qv 'not on this machine'; then
    sets='scalar avx2'
else
    echo "guard: avx2 is skipped, this machine has none"
fi
for kernels in $sets; do
    for path in score-reviews score-chat program-ndjson program-csv program-start; do
        echo "$path $kernels"
    done
done | xargs -P "$(nproc)" -L 1 "$0" "$build" --measure | LC_ALL=C sort >"$texts/counted"

# Lines of "ok", "smaller" or "FAILED", path, kernels, how it has changed.
LC_ALL=C awk -F "$tab" '
    FNR == NR { if ($0 !~ /^#/) recorded[$1 FS $2] = $3; next }
    {
        was = recorded[$1 FS $2]
        change = was > 0 ? sprintf("%+.1f %%", 100 * ($3 / was - 1)) : "not recorded"
        what = !(was > 0) || !($3 > 0) || $3 > 1.1 * was ? "FAILED" : $3 < 0.9 * was ? "smaller" : "ok"
        printf "%s %s, %s: %d instructions, %s\n", what, $1, $2, $3, change
    }' "$record" "$texts/counted" >"$texts/compared"

failed=$(grep -c '^FAILED' "$texts/compared")
if [ "${UPDATE:-}" = 1 ]; then
    if [ "$failed" -gt 0 ] && [ -z "${REASON:-}" ] && grep -qv '^#' "$record"; then
        sed -n 's/^FAILED //p' "$texts/compared"
        echo "guard: a path grew; UPDATE=1 REASON='why' make guard records that"
        exit 1
    fi
    {
        grep '^#' "$record"
        [ -z "${REASON:-}" ] || echo "# $REASON"
        cat "$texts/counted"
    } >"$texts/record" && cp "$texts/record" "$record"
    echo "guard: recorded"
    exit 0
fi
sed -n '/^FAILED/p; s/^smaller \(.*\)/\1: UPDATE=1 make guard keeps that/p' "$texts/compared"
passed=$(grep -vc '^FAILED' "$texts/compared")
echo "guard: $passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
