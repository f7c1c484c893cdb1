#!/bin/sh
# Builds what is installed twice, in folders of different names and without a repository
# around them, as from a tar ball, and compares every byte: programs, libraries, manual,
# completions.
#
#   tests/tools/reproducible.sh
#
# CC is the compiler, MAKE the make that called.
set -u
cd "$(dirname "$0")/../.." || exit 1
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
what='earful earful-notify libearful.a libearful.so.0 earful.1 earful.bash _earful earful.fish'

# Only what belongs to the sources: nothing that was built lies in these folders.
build() { # folder, number of jobs
    mkdir -p "$1"
    tar -c --exclude=./build --exclude=./.git . | tar -x -C "$1"
    built=build/$(basename "${CC:-cc}")-release
    (cd "$1" && "${MAKE:-make}" -s -j"$2" CC="${CC:-cc}" all "$built/earful.1" \
        "$built/earful.bash" "$built/_earful" "$built/earful.fish") ||
        { echo "FAILED: it does not build in $1"; exit 1; }
}

build "$room/one" 1
build "$room/another-folder-of-a-longer-name" 2
passed=0
failed=0
for file in $what; do
    first=$(find "$room/one/build" -name "$file" -type f | head -n 1)
    second=$(find "$room"/another* -path '*/build/*' -name "$file" -type f | head -n 1)
    if [ -n "$first" ] && [ -n "$second" ] && cmp -s "$first" "$second"; then
        passed=$((passed + 1))
    else
        echo "FAILED: two builds give different $file"
        failed=$((failed + 1))
    fi
done
if grep -l -a -F "$room" "$room"/one/build/*/earful "$room"/one/build/*/libearful.a; then
    echo "FAILED: it remembers the folder in which it was built"
    failed=$((failed + 1))
else
    passed=$((passed + 1))
fi
echo "reproducible: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
