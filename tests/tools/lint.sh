#!/bin/sh
# The rules of this source tree that a program can check. Prints what breaks one, with its
# place, and exits with 1 if anything did.
#
#   tests/tools/lint.sh build/…/libearful.a
set -u
cd "$(dirname "$0")/../.." || exit 1
library=$1
found=$(mktemp) || exit 1
trap 'rm -f "$found"' EXIT

sources=$(find src include tests bench -name '*.[chS]' 2>/dev/null | LC_ALL=C sort)

# Who may include whom: room, colon, the rooms it may see besides itself and earful/….
# The program sees public headers only.
includes() {
    # shellcheck disable=SC2046  # a list of paths without blanks
    awk -v table='
        base:
        sandbox: base
        kernels: base
        text: base kernels
        lexicon: base kernels text
        model: base kernels
        score: base kernels text lexicon model
        input: base kernels text
        follow: base input
        state: base
        aggregate: base text state
        alert: base aggregate state
        tally: base text aggregate
        findings: base text aggregate tally
        audit: base findings
        report: base text
        views: base text report
        review: base aggregate report
        pipeline: base kernels text lexicon model score input follow state aggregate alert tally findings report views review sandbox
        tools: base kernels text lexicon model pipeline
        cli:
        notify: base sandbox' '
        BEGIN {
            count = split(table, rows, "\n")
            for (i = 1; i <= count; i++) {
                words = split(rows[i], word, " ")
                sub(":", "", word[1])
                known[word[1]] = 1
                for (j = 2; j <= words; j++) may[word[1], word[j]] = 1
            }
        }
        FNR == 1 {
            split(FILENAME, part, "/")
            room = part[2]
            if (!(room in known)) print FILENAME ": a room that the table does not know"
        }
        /^#[ \t]*include "/ {
            split($0, quoted, "\"")
            slash = index(quoted[2], "/")
            target = slash > 0 ? substr(quoted[2], 1, slash - 1) : room
            if (target == "earful" || (target == room && (slash > 0) == (room != "cli"))) next
            if (slash == 0)
                print FILENAME ":" FNR ": includes are written from src/: \"" quoted[2] "\""
            else if (!((room, target) in may))
                print FILENAME ":" FNR ": " room " may not include " target
        }' $(echo "$sources" | grep '^src/')
    grep -nE '#[[:space:]]*include "' include/earful/*.h include/earful/app/*.h |
        grep -v 'include "earful/' | sed 's/$/  (public headers include public headers only)/'
}

# One third-party library, one file.
third_parties() {
    while read -r header allowed; do
        # shellcheck disable=SC2086
        grep -nE "#[[:space:]]*include [<\"]${header}[>\"]" $sources /dev/null |
            grep -vE "^($allowed):" | grep -vE '^(tests|bench)/' |
            sed "s#\$#  (only in $allowed)#"
    done <<'TABLE'
utf8proc.h src/text/normalize.c
zlib.h src/input/source_gzip.c
archive(_entry)?.h src/input/source_archive.c
expat.h src/input/xlsx_xml.c
cjson/cJSON.h src/base/small_json.c|src/notify/[a-z_]*.c
sqlite3.h src/state/sqlite.h
pcre2.h src/base/pattern.c
nettle/[a-z0-9]*.h src/base/pseudonym.c
curl/curl.h src/notify/[a-z_]*.c
TABLE
}

names() {
    find src -name '*.[chS]' | awk -F/ '
        seen[$NF] != "" { print $0 ": its name is taken by " seen[$NF] }
        { seen[$NF] = $0 }
        $NF ~ /^(util|utils|misc|common|helpers?)\./ { print $0 ": says nothing of what is inside" }'
}

# Files up to 500 lines, functions up to 60, main up to 40. A file or function that has a
# reason to be longer says ok-to-be-long: before it begins.
lengths() {
    # shellcheck disable=SC2086
    awk '
        function end_file() {
            if (lines > 500 && !is_excused) print name ": " lines " lines; 500 is the wall"
        }
        FNR == 1 { end_file(); name = FILENAME; is_excused = 0; excuse = -99 }
        { lines = FNR }
        /ok-to-be-long:/ { excuse = FNR; if (FNR <= 5) is_excused = 1 }
        /^[a-zA-Z].*\(/ { title = $0; title_line = FNR }
        /^{/ { begin = FNR }
        /^}/ && begin > 0 {
            limit = title ~ /(^| )main\(/ ? 40 : 60
            if (FNR - begin - 1 > limit && excuse < title_line - 12)
                print name ":" title_line ": a function of " FNR - begin - 1 " lines; " limit \
                      " is the wall"
            begin = 0
        }
        END { end_file() }' $sources
}

texts() {
    # shellcheck disable=SC2086
    grep -nE 'TODO|FIXME|(^|[^X])XXX([^X]|$)|HACK' $sources Makefile /dev/null |
        sed 's/$/  (NEEDSWORK: with a question, or nothing)/'
    for file in $sources; do
        head -n 1 "$file" | grep -q '^/\* SPDX-License-Identifier: MIT' ||
            echo "$file:1: the first line is /* SPDX-License-Identifier: MIT"
    done
    # shellcheck disable=SC2086
    grep -nE '[[:space:]]+$' $sources /dev/null | sed 's/$/  (blanks at the end)/'
}

# Every kernel set names every kernel: what one lacks is a crash on another machine.
kernel_sets() {
    for file in src/kernels/kernels_*.c; do
        for kernel in $(sed -n 's/^    \(\.[a-z_0-9]* =\).*/\1/p' src/kernels/kernels_scalar.c |
            tr -d ' ='); do
            grep -q "^    $kernel = " "$file" || echo "$file: a set without $kernel"
        done
    done
}

# Every symbol that leaves the library is ours by name, and the library neither prints,
# nor ends the program, nor asks the environment or the locale.
symbols() {
    nm -A -g --defined-only "$library" 2>/dev/null | awk 'NF >= 3 && $NF !~ /^ef_/ {
        print $1 " " $NF ": a symbol without ef_" }' | grep -vE ' (__asan|__odr_asan|__tsan|__msan|__ubsan|__sanc)'
    nm -A -u "$library" 2>/dev/null | awk '
        $NF ~ /^(printf|fprintf|vprintf|vfprintf|puts|putchar|perror|exit|_exit|quick_exit|abort|getenv|secure_getenv|setlocale|system|popen)$/ {
            print $1 " " $NF ": not in a library" }' | grep -v 'fault\.o'
}

# Each public header stands on its own, in C and, where there is a compiler for it, C++.
headers() {
    for header in include/earful/*.h include/earful/app/*.h; do
        echo "#include \"${header#include/}\"" |
            ${CC:-cc} -std=c17 -Wall -Wextra -fsyntax-only -Iinclude -x c - 2>&1
        ! command -v c++ >/dev/null || echo "#include \"${header#include/}\"" |
            c++ -Wall -Wextra -fsyntax-only -Iinclude -x c++ - 2>&1
    done
}

for rule in includes third_parties names lengths texts kernel_sets symbols headers; do
    $rule
done >"$found"
if [ -s "$found" ]; then
    cat "$found"
    echo "lint: $(wc -l <"$found") findings"
    exit 1
fi
echo "lint: nothing found"
