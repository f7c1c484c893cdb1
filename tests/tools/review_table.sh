#!/bin/sh
# What labels teach by the way in which their texts were chosen, on exports with stars: a
# person is played who says what the stars say of the earliest 70 %, and what was learnt is
# tried on the latest 30 %. Prints Markdown, and keeps every run in $RUNS if that is named.
#
#   tests/tools/review_table.sh build/… FOLDER-OF-EXPORTS
set -eu
build=$(realpath "$1")
exports=$(realpath "$2")
tools=$(realpath "$(dirname "$0")")
seeds=${SEEDS:-5}
[ -d "$exports" ] || { echo "EXPORTS=FOLDER names the exports" >&2; exit 1; }
room=$(mktemp -d "${TMPDIR:-/tmp}/earful-review-XXXXXX") # where waiting for the disk is short
trap 'rm -rf "$room"' EXIT
cd "$room"

try() { # name, file, keys for split_export
    name=$1
    file=$exports/$2
    shift 2
    [ -e "$file" ] || { echo "no $file" >&2; return; }
    if [ "$name" = keyboard ]; then # two words before each text spell its rating
        LC_ALL=C sed -E 's/\tlen[a-z]+ rating[a-z]+ /\t/' "$file" >stripped.tsv
        file=stripped.tsv
    fi
    "$build/split_export" early.csv late.csv "$file" "$@"
    "$build/review_table" early.csv late.csv seeds="$seeds" | sed "s/^/$name	/" >>runs
}

try kitchen dumps/blitzer_amazon.ndjson text=summary,reviewText rating=overall scale=1-5 \
    time=reviewTime where=domain=kitchen
try 'gift cards' amazon_misc/amazon_reviews_us_Gift_Card_v1_00.tsv quote=none \
    text=review_headline,review_body rating=star_rating scale=1-5 time=review_date
try instruments amazon_misc/Musical_instruments_reviews.csv header=0 text=7,5 rating=6 \
    scale=1-5 time=8
try keyboard ar_miner/swiftkey_swiftkey-case.txt from=tsv encoding=cp1252 header=0 \
    quote=none text=4 rating=3 scale=1-5 time=2
[ -z "${RUNS:-}" ] || cp runs "$RUNS"
awk -f "$tools/review_table.awk" runs
