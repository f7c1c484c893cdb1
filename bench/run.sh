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

. bench/about.sh
result=bench/results/$result_name.tsv
[ "${BENCH_QUICK:-}${ROWS:-}" = "" ] || result=$build/bench.tsv
runs='nine, lowest, highest'
[ "${BENCH_QUICK:-}" != 1 ] || runs='one run'
about "$runs" >"$result.part"
{ "$build/bench.run" "$texts" "$build/earful" "${ROWS:-}" || : >"$result.failed"; } |
    tee -a "$result.part"
if [ -e "$result.failed" ]; then
    rm "$result.failed" "$result.part"
    exit 1
fi
mv "$result.part" "$result"
bench/bars.sh "$result" >"${result%.tsv}.md"
echo "kept in $result, bars in ${result%.tsv}.md, after $(($(date +%s) - began)) s" >&2
