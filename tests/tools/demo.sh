#!/bin/sh
# Shows what earful is for on the reviews of an invented shop: score a file, look at some
# rows, ask why. Every command can be repeated as it is shown, from the root of this tree.
#
#   tests/tools/demo.sh EARFUL
set -u
program=$(realpath "$1") || exit 1
cd "$(dirname "$0")/../.." || exit 1
reviews=tests/data/demo/reviews.csv
scored=$(dirname "$1")/scored.csv
color=never
[ ! -t 1 ] || color=auto
# A pipe has no colours of its own; what is at its end may have.
[ $color = never ] || [ -n "${NO_COLOR:-}" ] || CLICOLOR_FORCE=1
export CLICOLOR_FORCE="${CLICOLOR_FORCE:-0}"

echo "\$ earful score $reviews -o $scored"
"$program" score $reviews -o "$scored" || exit

printf '\n%s\n' "\$ earful score $reviews --to table -q --where 'product=Glow-worm bedside lamp' | head -n 16"
"$program" score $reviews --to table -q --where 'product=Glow-worm bedside lamp' | head -n 16

text="Nice kettle, but the lid broke after a week and nobody answers :("
printf '\n%s\n' "\$ earful explain \"$text\""
"$program" explain "$text"
