#!/bin/sh
# Writes README's table of speed from the results of make bench and of peers.sh, between
# the two comments that mark its place.
#
#   bench/readme.sh build/…    (make speed) prints the table of today; UPDATE=1 writes it
#
# BENCH_QUICK=1: of the look that make bench and peers.sh left in the build folder.
set -eu
[ $# -eq 1 ] || { echo 'usage: bench/readme.sh build/…' >&2; exit 2; }
build=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."
. bench/about.sh
if [ "${BENCH_QUICK:-}" = "" ]; then
    set -- "bench/results/$result_name.tsv" "bench/results/$result_name-peers.md"
else
    set -- "$build/bench.tsv" "$build/peers.md"
fi
for file in "$@"; do
    [ -e "$file" ] || { echo "readme.sh: $file is missing: make speed makes it" >&2; exit 2; }
done
table=$(mktemp)
trap 'rm -f "$table" "$table.readme"' EXIT

awk -F '\t' '
    function with_commas(n,   text) {
        text = sprintf("%.0f", n)
        while (text ~ /^[0-9]+[0-9][0-9][0-9]($|,)/) sub(/[0-9][0-9][0-9]($|,)/, ",&", text)
        return text
    }
    function cell(row, input) {
        if (!((row SUBSEP input) in speed)) return "–"
        return sprintf("%.3g MB/s, %s texts/s", speed[row, input], with_commas(texts[row, input]))
    }
    function line(what, row, suffix) {
        printf "| %s | %s | %s |\n", what, cell(row, "reviews." suffix), cell(row, "chat." suffix)
    }
    FNR == NR && /^# / { about[++lines] = substr($0, 3); next }
    FNR == NR { speed[$1, $2] = $3; texts[$1, $2] = $7; next }
    /^\| (reviews|chat) / {
        split($0, part, / *\| */)
        who = part[3]
        peer[part[2], who] = part[4] " MB/s; earful is " part[6]
        if (part[6] != "" && !(who in seen)) { seen[who] = 1; order[++peers] = who }
    }
    END {
        printf "%s; %s; %s.\n\n", about[2], about[1], about[3]
        print "| one thread, if not said otherwise | reviews, 1,100 bytes each | chat, 70 bytes each |"
        print "| --- | ---: | ---: |"
        line("texts in memory to scores", "score blend", "txt")
        line("… with reasons", "explain blend", "txt")
        line("NDJSON file to NDJSON", "file ndjson, 1 thread", "ndjson")
        line("… two threads", "file ndjson, 2 threads", "ndjson")
        line("… packed by gzip, two threads", "file ndjson.gz, 2 threads", "ndjson")
        line("CSV file to CSV", "file csv, 1 thread", "csv")
        for (i = 1; i <= peers; i++)
            printf "| %s | %s | %s |\n", order[i], peer["reviews", order[i]], \
                   peer["chat", order[i]]
    }' "$1" "$2" >"$table"
if [ "${UPDATE:-}" != 1 ]; then
    cat "$table"
    exit
fi
awk -v table="$table" '
    /^<!-- speed begins/ { print; print ""; while ((getline line <table) > 0) print line; print ""; inside = 1 }
    /^<!-- speed ends/ { inside = 0; found = 1 }
    !inside { print }
    END { exit !found }' README.md >"$table.readme" ||
    { echo 'readme.sh: README.md has no place for the table' >&2; exit 1; }
cat "$table.readme" >README.md
echo 'README.md has the table; look at it' >&2
