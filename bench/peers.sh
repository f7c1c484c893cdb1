#!/bin/sh
# Others beside us, on the same documents: one thread each, start-up not counted.
#
#   bench/peers.sh build/…    (after make bench-build; make bench makes the texts)
#
# Only what is installed is run; each line says what it was:
#   wc -w            in C.UTF-8
#   fasttext         apt-get install fasttext; trained here on the stars of the texts
#   vaderSentiment   pip install vaderSentiment
#   sentiment        npm; fetched into a temporary folder if PEERS_NPM=1
# A peer that starts slowly is timed twice, with all documents and with one, and the
# difference counts; one that is a library times itself around the calls. Slow ones get the
# first documents only, and so do we in the line above: reviews 2,000, chat 20,000.
set -eu
build=$(cd "$1" && pwd)
texts=$build/texts-to-bench
runs=${PEERS_RUNS:-9}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -e "$texts/made" ] || { echo "peers: run make bench first: it makes the texts" >&2; exit 2; }

now() { date +%s.%N; }

# The median of the seconds that a command takes.
seconds() {
    for _ in $(seq "$runs"); do
        start=$(now)
        "$@" >/dev/null 2>&1 || { echo failed; return; }
        echo "$start $(now)"
    done | awk '{ print $2 - $1 }' | sort -n | awk '{ s[NR] = $1 } END { print s[int((NR + 1) / 2)] }'
}

# name, bytes, documents, seconds
row() {
    awk -v name="$1" -v bytes="$2" -v n="$3" -v t="$4" 'BEGIN {
        if (t <= 0) printf "%-34s %s\n", name, "not measured"
        else printf "%-34s %10.2f MB/s %12.0f documents/s\n", name, bytes / t / 1e6, n / t }'
}

# name, file, its first line alone, command with FILE as the last word
command_row() {
    name=$1 file=$2 one=$3
    shift 3
    whole=$(seconds "$@" "$file")
    start=$(seconds "$@" "$one")
    row "$name" "$(wc -c <"$file")" "$(wc -l <"$file")" \
        "$(awk -v a="$whole" -v b="$start" 'BEGIN { print a - b }')"
}

cat >"$work/vader.py" <<'PYTHON'
import sys, time
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
analyzer = SentimentIntensityAnalyzer()
lines = open(sys.argv[1], encoding="utf-8", errors="replace").read().split("\n")
start = time.perf_counter()
for line in lines:
    analyzer.polarity_scores(line)
print(time.perf_counter() - start)
PYTHON
cat >"$work/sentiment.js" <<'SCRIPT'
const Sentiment = require("sentiment"), fs = require("fs");
const sentiment = new Sentiment();
const lines = fs.readFileSync(process.argv[2], "utf8").split("\n");
const start = process.hrtime.bigint();
for (const line of lines) sentiment.analyze(line);
console.log(Number(process.hrtime.bigint() - start) / 1e9);
SCRIPT

has_npm=
if [ "${PEERS_NPM:-}" = 1 ] && command -v npm >/dev/null; then
    (cd "$work" && npm install --silent --no-audit --no-fund sentiment >/dev/null) && has_npm=1
fi

# The seconds that a library prints about itself, the median of runs.
told() {
    for _ in $(seq "$runs"); do "$@"; done | sort -n | awk '{ s[NR] = $1 } END { print s[int((NR + 1) / 2)] }'
}

ours() {
    command_row "earful score, $1" "$2" "$work/one.txt" \
        "$build/earful" score -q --threads 1 --from lines --only-scores --to ndjson
}

for text in reviews chat; do
    count=2000
    [ $text = reviews ] || count=20000
    head -n 1 "$texts/$text.txt" >"$work/one.txt"
    head -n $count "$texts/$text.txt" >"$work/few.txt"
    ours "$text" "$texts/$text.txt"
    command_row "wc -w, $text" "$texts/$text.txt" "$work/one.txt" env LC_ALL=C.UTF-8 wc -w
    if command -v fasttext >/dev/null; then
        fasttext supervised -input "$texts/$text.label" -output "$work/model" -dim 10 \
            -wordNgrams 2 -epoch 2 -thread 1 -bucket 200000 >/dev/null 2>&1
        command_row "fasttext predict, $text" "$texts/$text.txt" "$work/one.txt" \
            fasttext predict "$work/model.bin"
    fi
    ours "$text, first $count" "$work/few.txt"
    if python3 -c 'import vaderSentiment.vaderSentiment' 2>/dev/null; then
        row "python vaderSentiment, first $count" "$(wc -c <"$work/few.txt")" $count \
            "$(runs=3 told python3 "$work/vader.py" "$work/few.txt")"
    fi
    if [ -n "$has_npm" ]; then
        row "npm sentiment, first $count" "$(wc -c <"$work/few.txt")" $count \
            "$(cd "$work" && told node sentiment.js few.txt)"
    fi
done
