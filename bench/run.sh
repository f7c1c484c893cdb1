#!/bin/sh
# Makes the texts, runs all rows, and keeps them: bench/results/DATE-CPU.tsv.
#
#   bench/run.sh build/…    (make bench)
#
# BENCH_QUICK=1            one run over little text; the result stays in the build folder
# BENCH_REVIEWS=FILE       documents of your own, a line each, in place of made ones
# BENCH_CHAT=FILE
# ROWS=score               only rows whose name begins so; stays in the build folder, too
set -eu
build=$1
texts=$build/texts-to-bench
cd "$(dirname "$0")/.."
began=$(date +%s)
megabytes=16
[ "${BENCH_QUICK:-}" != 1 ] || megabytes=2
made="$megabytes ${BENCH_REVIEWS:-} ${BENCH_CHAT:-} $(cksum <"$build/bench-texts")"

mkdir -p "$texts" bench/results
if [ "$(cat "$texts/made" 2>/dev/null)" != "$made" ]; then
    rm -f "$texts/made"
    "$build/bench-texts" "$texts" "$megabytes" "${BENCH_REVIEWS:-}" "${BENCH_CHAT:-}"
    head -n 1 "$texts/chat.ndjson" >"$texts/one.ndjson"
    echo "$made" >"$texts/made"
fi

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
own=
[ -z "${BENCH_REVIEWS:-}${BENCH_CHAT:-}" ] || own=-own
slug=$(printf '%s' "${cpu:-$(uname -m)}" | sed 's/([A-Za-z]*)//g; s/[^A-Za-z0-9][^A-Za-z0-9]*/-/g')
result=bench/results/$(date -u +%Y-%m-%d)-$slug$own.tsv
[ "${BENCH_QUICK:-}${ROWS:-}" = "" ] || result=$build/bench.tsv

size() { wc -c <"$texts/$1" | tr -d ' '; }
changes=
[ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || changes=' and changes'
{
    echo "# earful $(sed -n 's/^#define EF_VERSION "\(.*\)"/\1/p' include/earful/earful.h)," \
        "commit $(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)$changes"
    echo "# $(date -u +%Y-%m-%d), ${cpu:-unknown CPU} x $(getconf _NPROCESSORS_ONLN), $(uname -sm)"
    echo "# $(${CC:-cc} --version | head -n 1), -O2; median of $([ "${BENCH_QUICK:-}" = 1 ] &&
        echo one run || echo nine), lowest, highest"
    echo "# reviews $(size reviews.txt) bytes ${BENCH_REVIEWS:+(own)}, chat $(size chat.txt) bytes" \
        "${BENCH_CHAT:+(own)}"
} >"$result.part"
{ "$build/bench.run" "$texts" "$build/earful" "${ROWS:-}" || : >"$result.failed"; } |
    tee -a "$result.part"
if [ -e "$result.failed" ]; then
    rm "$result.failed" "$result.part"
    exit 1
fi
mv "$result.part" "$result"
bench/bars.sh "$result" >"${result%.tsv}.md"
echo "kept in $result, bars in ${result%.tsv}.md, after $(($(date +%s) - began)) s" >&2
