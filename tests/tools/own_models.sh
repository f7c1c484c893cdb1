#!/bin/sh
# What one's own stars add to the built-in model, on exports with dates: an own model learns
# from the earliest 70 % and meets the latest 30 %, repeats removed. Prints Markdown.
#
#   tests/tools/own_models.sh build/… FOLDER-OF-EXPORTS FOLDER-WITH-TRAIN
#
# Where the built-in model learnt from the same texts, a program with a model that did not
# takes its place; making it takes a minute.
set -eu
build=$1
exports=$2
texts=$3
[ -d "$exports" ] || { echo "EXPORTS=FOLDER names the exports" >&2; exit 1; }
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

# The program, or one whose model never saw a family.
program_without() { # family or -
    if [ "$1" = - ]; then
        echo "$build/earful"
        return
    fi
    other=$build-without-$1
    if [ ! -e "$other/en.efm" ]; then
        mkdir -p "$other"
        grep -v "	$1	" models/en.recipe >"$other/recipe"
        "$build/earful" train -q --recipe "$other/recipe" --name en -o "$other/en.efm" \
            "$texts/train"
    fi
    "${MAKE:-make}" -s MODEL="$other/en.efm" B="$other" "$other/earful" >&2
    echo "$other/earful"
}

# The first number of a key behind a mark in the one line of eval's JSON.
figure() { # mark, key
    sed "s/.*$1//; s/.*\"against_first\":{\"NEVER//" "$room/json" |
        grep -o "\"$2\":-\{0,1\}[0-9.]*" | head -n 1 | sed 's/.*://'
}

change() { # key, digits
    printf ' %.*f → %.*f (%+.*f to %+.*f) |' \
        "$2" "$(figure '"models":\[{' "$1")" "$2" "$(figure '},{"name"' "$1")" \
        "$2" "$(figure '"against_first":.*"low":' "$1")" \
        "$2" "$(figure '"against_first":.*"high":' "$1")"
}

row() { # name, program, what, option
    # shellcheck disable=SC2086  # no option, or one word
    "$2" eval -q $4 --text text --rating stars --rating-scale 1-5 --model default \
        --model "$room/own.efm" --to json "$room/late.csv" >"$room/json"
    printf '| %s | %s | %s | %s |' "$1" "$3" "$learnt" \
        "$(figure '"models":\[{' texts)"
    change macro_f1 3
    change balanced_accuracy 3
    change log_loss 3
    echo
}

try() { # name, family that the built-in model shares with it, file, keys for split_export
    name=$1
    program=$(program_without "$2")
    file=$exports/$3
    shift 3
    [ -e "$file" ] || { echo "no $file" >&2; return; }
    if [ "$name" = keyboard ]; then # two words before each text spell its rating
        LC_ALL=C sed -E 's/\tlen[a-z]+ rating[a-z]+ /\t/' "$file" >"$room/stripped.tsv"
        file=$room/stripped.tsv
    fi
    "$build/split_export" "$room/early.csv" "$room/late.csv" "$file" "$@"
    "$program" train --text text --rating stars --rating-scale 1-5 "$room/early.csv" \
        -o "$room/own.efm" >"$room/table" 2>/dev/null
    learnt=$(sed -n 's/^tried on \([0-9]*\) .*/\1/p' "$room/table")
    row "$name" "$program" two --two-classes
    row "$name" "$program" three ''
}

echo '| export | classes | learnt from | tried on | macro-F1 | balanced accuracy | log loss |'
echo '| --- | --- | --- | --- | --- | --- | --- |'
amazon='text=summary,reviewText rating=overall scale=1-5'
# shellcheck disable=SC2086  # keys are words
for part in kitchen:- books:amazon dvd:amazon electronics:amazon; do
    try "${part%:*}" "${part#*:}" dumps/blitzer_amazon.ndjson $amazon time=reviewTime \
        where=domain="${part%:*}"
done
# shellcheck disable=SC2086
try beauty beauty amazon_misc/All_Beauty_5.json.gz $amazon time=unixReviewTime
try 'gift cards' - amazon_misc/amazon_reviews_us_Gift_Card_v1_00.tsv quote=none \
    text=review_headline,review_body rating=star_rating scale=1-5 time=review_date
try instruments - amazon_misc/Musical_instruments_reviews.csv header=0 text=7,5 rating=6 \
    scale=1-5 time=8
try keyboard - ar_miner/swiftkey_swiftkey-case.txt from=tsv encoding=cp1252 header=0 \
    quote=none text=4 rating=3 scale=1-5 time=2
