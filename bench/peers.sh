#!/bin/sh
# Others beside us, on the same documents: one thread each, start-up not counted.
#
#   bench/peers.sh build/…    (after make bench, which makes the texts; make speed does both)
#
# Only what is installed is run:
#   wc -w                    in C.UTF-8
#   fastText                 apt-get install fasttext; trained on the stars of the texts
#   scikit-learn             apt-get install python3-sklearn; hashed words and pairs, naive
#                            Bayes; trained on the same stars
#   VADER for Python         pip install vaderSentiment
#   sentiment, VADER for npm npm install sentiment vader-sentiment; PEERS_NPM=1 fetches
#                            them into the build folder
# A program is timed with all documents and with one, and the difference counts; a library
# times itself around its calls. Slow ones get the first documents only, and so do we beside
# them. Each must answer every document, and alike in every run, or it has no speed.
# The table is kept in bench/results/DATE-CPU-peers.md; with BENCH_QUICK=1 in the build folder.
set -eu
cd "$(dirname "$0")/.."
build=$(cd "$1" && pwd)
texts=$build/texts-to-bench
runs=${PEERS_RUNS:-5}
slow_runs=3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ -e "$texts/made" ] || { echo "peers: run make bench first: it makes the texts" >&2; exit 2; }
. bench/about.sh
result=bench/results/$result_name-peers.md
[ "${BENCH_QUICK:-}" = "" ] || { result=$build/peers.md runs=1 slow_runs=1; }
export LC_ALL=C.UTF-8 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

fail() {
    echo "peers: $*" >&2
    exit 1
}

median() { sort -n | awk '{ s[NR] = $1 } END { print s[int((NR + 1) / 2)] }'; }

# The median of the seconds that a command takes.
seconds() {
    for _ in $(seq "$runs"); do
        start=$(date +%s.%N)
        "$@" >"$work/out" 2>/dev/null || fail "'$*' failed"
        echo "$start $(date +%s.%N)"
    done | awk '{ print $2 - $1 }' | median
}

# A row: text, who, the file, seconds. The first row of a file is ours: the others' measure.
row() {
    bytes=$(wc -c <"$3") count=$(wc -l <"$3")
    case $2 in earful*) ours=$4 ;; esac
    awk -v text="$1" -v who="$2" -v bytes="$bytes" -v n="$count" -v t="$4" -v ours="$ours" '
        BEGIN {
            if (t <= 0) exit 1
            ratio = t / ours
            printf "| %s | %s | %.3g | %.0f | %s |\n", text, who, bytes / t / 1e6, n / t,
                   ratio == 1 ? "" : sprintf("%.3g times as fast", ratio)
        }' || fail "$2 took no time"
}

# text, who, file, how many answers it must give, command with the file as the last word
program() {
    text=$1 who=$2 file=$3 answers=$4
    shift 4
    whole=$(seconds "$@" "$file")
    got=$(wc -l <"$work/out")
    [ "$answers" = any ] || [ "$got" = "$answers" ] || fail "$who gave $got of $answers answers"
    start=$(seconds "$@" "$work/one.txt")
    row "$text" "$who" "$file" "$(awk -v a="$whole" -v b="$start" 'BEGIN { print a - b }')"
}

# text, who, file, command that prints seconds, answers and their sum
library() {
    text=$1 who=$2 file=$3
    shift 3
    for _ in $(seq "$slow_runs"); do "$@" "$file"; done >"$work/told" 2>"$work/errors" ||
        fail "$who failed: $(tail -n 1 "$work/errors")"
    [ "$(cut -d' ' -f2 "$work/told" | sort -u)" = "$(wc -l <"$file" | tr -d ' ')" ] ||
        fail "$who did not answer every document"
    [ "$(cut -d' ' -f3 "$work/told" | sort -u | wc -l)" -eq 1 ] ||
        fail "$who answers otherwise each time"
    row "$text" "$who" "$file" "$(cut -d' ' -f1 "$work/told" | median)"
}

cat >"$work/vader.py" <<'PYTHON'
import sys, time
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
analyzer = SentimentIntensityAnalyzer()
lines = open(sys.argv[1], encoding="utf-8", errors="replace").read().split("\n")[:-1]
start = time.perf_counter()
scores = [analyzer.polarity_scores(line)["compound"] for line in lines]
print(time.perf_counter() - start, len(scores), round(sum(scores), 4))
PYTHON
cat >"$work/sklearn_bayes.py" <<'PYTHON'
import sys, time
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.naive_bayes import MultinomialNB
def documents(path):
    return open(path, encoding="utf-8", errors="replace").read().split("\n")[:-1]
labelled = [line.split(" ", 1) for line in documents(sys.argv[1])[:20000]]
words = HashingVectorizer(ngram_range=(1, 2), n_features=2**20, alternate_sign=False)
bayes = MultinomialNB().fit(words.transform([text for _, text in labelled]),
                            [label for label, _ in labelled])
lines = documents(sys.argv[2])
start = time.perf_counter()
labels = bayes.predict(words.transform(lines))
print(time.perf_counter() - start, len(labels), sum(int(label[-1]) for label in labels))
PYTHON
cat >"$work/npm.js" <<'SCRIPT'
const fs = require("fs"), which = process.argv[2];
const load = name => require(process.env.PEERS_MODULES + "/" + name);
let score;
if (which === "sentiment") {
    const Sentiment = load("sentiment"), sentiment = new Sentiment();
    score = line => sentiment.analyze(line).score;
} else {
    const vader = load("vader-sentiment").SentimentIntensityAnalyzer;
    score = line => vader.polarity_scores(line).compound;
}
const lines = fs.readFileSync(process.argv[3], "utf8").split("\n").slice(0, -1);
const start = process.hrtime.bigint();
const scores = lines.map(score);
const seconds = Number(process.hrtime.bigint() - start) / 1e9;
console.log(seconds, scores.length, scores.reduce((a, b) => a + b, 0).toFixed(4));
SCRIPT

export PEERS_MODULES="$build/peers/node_modules"
if [ "${PEERS_NPM:-}" = 1 ] && [ ! -d "$PEERS_MODULES" ]; then
    mkdir -p "$build/peers"
    (cd "$build/peers" && npm install --silent --no-audit --no-fund sentiment vader-sentiment) \
        >/dev/null || fail "npm cannot fetch"
fi

# A Python that has this module; nothing if there is none.
python_with() {
    for python in python3 /usr/bin/python3; do
        "$python" -c "import $1" 2>/dev/null && { echo "$python"; return; }
    done
    return 0
}
sklearn=$(python_with sklearn) vader=$(python_with vaderSentiment.vaderSentiment)

# text, who, file
earful() {
    program "$@" "$(wc -l <"$3")" \
        "$build/earful" score -q --threads 1 --from lines --only-scores --to ndjson
}

rows_of() { # text, how many documents slow ones get, and very slow ones
    text=$1 all=$texts/$1.txt some=$work/some.txt few=$work/few.txt
    head -n 1 "$all" >"$work/one.txt"
    head -n "$2" "$all" >"$some"
    head -n "$3" "$all" >"$few"
    earful "$text" earful "$all"
    program "$text" 'wc -w' "$all" any wc -w
    [ "$(wc -w <"$all")" = "$(awk '{ n += NF } END { print n }' "$all")" ] || fail "wc miscounts"
    if command -v fasttext >/dev/null; then
        fasttext supervised -input "$texts/$text.label" -output "$work/model" -dim 10 \
            -wordNgrams 2 -epoch 2 -thread 1 -bucket 200000 >/dev/null 2>&1
        program "$text" 'fastText predict' "$all" "$(wc -l <"$all")" \
            fasttext predict "$work/model.bin"
    fi
    earful "$text" "earful, first $(wc -l <"$some")" "$some"
    [ -z "$sklearn" ] || library "$text" 'scikit-learn, naive Bayes' "$some" \
        "$sklearn" "$work/sklearn_bayes.py" "$texts/$text.label"
    [ ! -d "$PEERS_MODULES" ] ||
        library "$text" 'npm sentiment' "$some" node "$work/npm.js" sentiment
    earful "$text" "earful, first $(wc -l <"$few")" "$few"
    [ -z "$vader" ] ||
        library "$text" 'VADER for Python' "$few" "$vader" "$work/vader.py"
    [ ! -d "$PEERS_MODULES" ] ||
        library "$text" 'VADER for npm' "$few" node "$work/npm.js" vader
}

# Runs in this shell, so that what fails ends it; the ratio's measure must last, too.
ours=1
{
    about "$runs, of libraries $slow_runs; one thread, without start-up; earful reads lines and writes all scores" |
        sed 's/^# //; s/$/  /'
    echo
    echo '| text | who | MB/s | documents/s | earful is |'
    echo '| --- | --- | ---: | ---: | ---: |'
    rows_of reviews 2000 500
    rows_of chat 20000 10000
} >"$result.part"
mv "$result.part" "$result"
cat "$result"
echo "kept in $result" >&2
