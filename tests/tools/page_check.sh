#!/bin/sh
# The page of `earful report` as a browser, a validator and a screen reader's advocate see
# it. Needs chromium (Debian) and three packages of npm; says so where they are missing.
#
#   tests/tools/page_check.sh build/…/earful        UPDATE=1 draws the README's picture again
set -eu
earful=$(realpath "$1")
cd "$(dirname "$0")/../.."
tools=$PWD/build/page-tools
pages=$PWD/build/pages

for module in html-validate axe-core puppeteer-core; do
    [ -d "$tools/node_modules/$module" ] || {
        echo "page-check: skipped; it needs chromium, and" \
             "npm install --prefix build/page-tools html-validate axe-core puppeteer-core"
        exit 0
    }
done
chromium=$(command -v chromium) || {
    echo "page-check: skipped; it needs chromium"
    exit 0
}

rm -rf "$pages" && mkdir -p "$pages"
"$earful" report -q --to html --title 'Larkspur Home' --before 2026-05-19 \
    -o "$pages/reviews.html" tests/data/demo/reviews.csv
"$earful" report -q --to html -o "$pages/chat.html" tests/data/demo/chat.log
printf 'text\n' >"$pages/empty.csv"
"$earful" report -q --to html -o "$pages/empty.html" "$pages/empty.csv"
printf 'text,date,who\n"<script>alert(1)</script> bad",2026-01-01,"</style><img src=x>"\n' \
    >"$pages/hostile.csv"
"$earful" report -q --to html --group who --title '"><b>' -o "$pages/hostile.html" \
    "$pages/hostile.csv"

"$tools/node_modules/.bin/html-validate" "$pages"/*.html
NODE_PATH=$tools/node_modules node tests/tools/page_check.js "$chromium" "$pages" \
    "$pages"/*.html
[ "${UPDATE:-0}" != 1 ] || cp "$pages/report.png" tests/data/pictures/report.png
echo "page-check: nothing found; pictures and PDF lie in build/pages"
