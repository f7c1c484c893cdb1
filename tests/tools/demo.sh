#!/bin/sh
# Shows what earful is for on the reviews of an invented shop: score a file, look at some
# rows, report on all of it, ask why. Every command can be repeated as it is shown, from the root of this tree.
#
#   tests/tools/demo.sh EARFUL
set -u
program=$(realpath "$1") || exit 1
cd "$(dirname "$0")/../.." || exit 1
reviews=tests/data/demo/reviews.csv
scored=$(dirname "$1")/scored.csv
# head is no terminal, but what it writes to may be one. NO_COLOR still has the last word.
if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
    export CLICOLOR_FORCE=1
fi

echo "\$ earful score $reviews -o $scored"
"$program" score $reviews -o "$scored" || exit

printf '\n%s\n' "\$ earful score $reviews --to table -q --where 'product=Glow-worm bedside lamp' | head -n 16"
"$program" score $reviews --to table -q --where 'product=Glow-worm bedside lamp' | head -n 16

report=$(dirname "$1")/report.html
printf '\n%s\n' "\$ earful report $reviews --before 2026-05-19 -q | head -n 29"
"$program" report $reviews --before 2026-05-19 -q | head -n 29
printf '\n%s\n' "\$ earful report $reviews --before 2026-05-19 -q --title 'Larkspur Home' -o $report"
"$program" report $reviews --before 2026-05-19 -q --title 'Larkspur Home' -o "$report" || exit
echo "(a page for a browser: $report)"

text="Nice kettle, but the lid broke after a week and nobody answers :("
printf '\n%s\n' "\$ earful explain \"$text\""
"$program" explain "$text"
