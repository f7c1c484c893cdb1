#!/bin/sh
# The bars that we hold ourselves to, from a result of make bench, as a table in Markdown.
#
#   bench/bars.sh bench/results/DATE-CPU.tsv
#
# A bar is a ratio of two things that ran in turn, or a limit. What is not in the result is
# said to be so. O is no matter of time (make dev-table); wc -w is beside every row, the others of D
# are in what peers.sh writes.
set -eu
[ $# -eq 1 ] || { echo 'usage: bench/bars.sh RESULT.tsv' >&2; exit 2; }
model=$(wc -c <"$(dirname "$0")/../models/en.efm" 2>/dev/null || echo 0)
sed -n 's/^# //p' "$1" | sed 's/$/  /'
echo
awk -F '\t' -v model="$model" '
    function line(bar, what, figure, limit, is_met, unit) {
        printf "| %s | %s | %s | %s%s | %s |\n", bar, what, figure, limit, unit, \
               figure == "-" ? "not measured" : is_met ? "met" : "not met"
    }
    function at_least(bar, what, figure, limit, unit) {
        line(bar, what, figure > 0 ? sprintf("%.3g", figure) : "-", "at least " limit,
             figure >= limit, unit)
    }
    function at_most(bar, what, figure, limit, unit) {
        line(bar, what, figure > 0 ? sprintf("%.3g", figure) : "-", "at most " limit,
             figure <= limit, unit)
    }
    /^#/ || $1 == "row" { next }
    {
        median[$1, $2] = $3
        words[$1, $2] = $10
        messages[$1, $2] = $7
        if ($1 ~ /^text tokenise / && $2 == "reviews.txt" && $10 > tokenise) tokenise = $10
        if ($1 ~ /^memory / && $3 > memory) memory = $3
        if ($1 ~ /^trap /) {
            if ($2 == "2n bytes") { if (slowest == 0 || $3 < slowest) { slowest = $3; slow_trap = $1 } }
            else if ($3 > steepest) { steepest = $3; steep_trap = $1 }
        }
    }
    END {
        print "| bar | what | figure | bar is | |"
        print "| --- | --- | ---: | --- | --- |"
        at_least("A", "tokens alone, times wc -w", tokenise, 40, "")
        at_least("B", "lexicon alone, reviews, times wc -w", words["score lexicon", "reviews.txt"], 7, "")
        at_least("B", "lexicon alone, chat, times wc -w", words["score lexicon", "chat.txt"], 6, "")
        at_least("C", "classifier alone, times wc -w", words["score bayes", "reviews.txt"], 10, "")
        at_least("D", "the score, reviews, times wc -w", words["score blend", "reviews.txt"], 5, "")
        at_least("D", "the score, chat, times wc -w", words["score blend", "chat.txt"], 5, "")
        at_least("E", "with reasons kept, times wc -w", words["explain blend", "reviews.txt"], 3, "")
        at_least("F", "messages of 80 bytes, millions a second", \
                 messages["score one message of 80 bytes", "chat.txt"] / 1e6, 4, "")
        at_least("G", "NDJSON in and out, reviews, times cJSON parse", \
                 median["ratio file ndjson, of cJSON parse", "reviews.ndjson"], 1, "")
        at_least("G", "NDJSON in and out, chat, times cJSON parse", \
                 median["ratio file ndjson, of cJSON parse", "chat.ndjson"], 1, "")
        at_least("H", "CSV in and out, of the scorer", \
                 median["ratio file csv, of score blend", "reviews.csv"], 0.7, "")
        at_least("I", ".gz, one thread, of zlib inflate", \
                 median["ratio file ndjson.gz, of inflate", "reviews.ndjson.gz"], 0.8, "")
        at_least("I", ".gz, two threads, of zlib inflate", \
                 median["ratio file ndjson.gz, 2 threads, of inflate", "reviews.ndjson.gz"], 0.95, "")
        at_least("I", ".gz read ahead, not scored, of zlib inflate", \
                 median["ratio read gz ahead, of inflate", "reviews.ndjson.gz"], 0.95, "")
        at_least("J", "two threads, times one", \
                 median["ratio file ndjson, 2 threads, of 1", "reviews.ndjson"], 1.9, "")
        at_most("K", "resident memory beside the model, MiB", memory > 0 ? memory - model / 1048576 : 0, 64, "")
        at_most("L", "start to the first score, ms", median["start earful to its first score", "-"], 2, "")
        at_least("M", "AVX2, of AVX-512", \
                 median["ratio score blend avx2, of avx512", "reviews.txt"], 0.6, "")
        at_least("N", "chat with 1.2 % above ASCII, of ASCII", \
                 median["ratio score blend, of ASCII alone", "chat.txt"], 0.85, "")
        at_least("P", "worst case, of plain words" (slow_trap == "" ? "" : ": " slow_trap), \
                 slow_trap == "" ? 0 : slowest / median["trap plain words", "2n bytes"], 0.1, "")
        at_most("P", "worst case, twice the text" (steep_trap == "" ? "" : ": " steep_trap), steepest, 2.5, "")
    }' "$1"
