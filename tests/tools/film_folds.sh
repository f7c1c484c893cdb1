#!/bin/sh
# How well a model of film reviews alone judges films that it never met: five folds, cut by
# film, so that no film has reviews on both sides. Prints Markdown.
#
#   tests/tools/film_folds.sh build/…/earful imdb_train.ndjson
#
# The film is the field "product" of a record, tt and a number; its fold is the number
# modulo 5.
set -eu
earful=$1
reviews=$2
[ -e "$reviews" ] || { echo "REVIEWS=FILE names the reviews as NDJSON" >&2; exit 1; }
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT

fold() { # number, yes: reviews of the fold, no: all others
    awk -v fold="$1" -v wanted="$2" 'match($0, /"product": "tt[0-9]+"/) {
        film = substr($0, RSTART + 14, RLENGTH - 15)
        if ((film % 5 == fold) == (wanted == "yes")) print
    }' "$reviews"
}

figure() { # name of a row of eval's table
    sed -n "s/^$1  *\([0-9.]*\).*/\1/p" "$room/table" | head -n 1
}

echo '| fold | reviews | accuracy | ECE |'
echo '|---|---|---|---|'
for k in 0 1 2 3 4; do
    fold $k no >"$room/train.ndjson"
    fold $k yes >"$room/test.ndjson"
    "$earful" train -q --alone --label label "$room/train.ndjson" -o "$room/fold.efm" >&2
    "$earful" eval -q --model "$room/fold.efm" --label label --two-classes \
        "$room/test.ndjson" >"$room/table"
    echo "$k $(figure texts) $(figure accuracy) $(figure 'calibration error')"
done | awk '{ printf "| %d | %d | %.4f | %.4f |\n", $1, $2, $3, $4
              n += $2; right += $2 * $3; ece += $4 }
     END { printf "| **all** | **%d** | **%.4f** | **%.4f** |\n", n, right / n, ece / NR }'
