#!/bin/sh
# Runs the README and the model's card: every command of their console blocks, with the
# installed program, in a folder that holds the demo's files and the example. What comes out
# must stand there.
#
#   tests/tools/readme_test.sh
#
# In a block, "$ " begins a command and "> " goes on with it; all else is output.
# UPDATE=1 rewrites the output: then read the diff. CC and MAKE as for install_test.sh.
set -u
cd "$(dirname "$0")/../.." || exit 1
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
root=$room/root
mkdir "$room/folder" "$room/home"
cp tests/data/demo/* tests/install/example.c "$room/folder"
"${MAKE:-make}" -s install DESTDIR="$root" PREFIX=/usr CC="${CC:-cc}" >"$room/log" 2>&1 || {
    cat "$room/log"
    exit 1
}

# The room's name is long enough to break lines of output; nothing of it is shown.
export ROOM="$room"
run="cd \"\$ROOM/folder\" && exec env -i PATH=\"$root/usr/bin:/usr/bin:/bin\" \
HOME=\"\$ROOM/home\" LD_LIBRARY_PATH=\"$root/usr/lib\" PKG_CONFIG_SYSROOT_DIR=\"$root\" \
PKG_CONFIG_LIBDIR=\"$root/usr/lib/pkgconfig\" timeout 120 sh \"\$ROOM/command\" 2>&1 </dev/null"
export RUN="$run"

run_page() { # page: writes it as it should be to $ROOM/page, how many commands to count
    awk '
    function run_command(   line, file) {
        file = ENVIRON["ROOM"] "/command"
        printf "%s", command >file
        close(file)
        while ((ENVIRON["RUN"] | getline line) > 0) print line
        close(ENVIRON["RUN"])
        command = ""
        count++
    }
    is_console && command != "" && !/^> / { run_command() }
    /^```/ { is_console = $0 == "```console"; print; next }
    !is_console { print; next }
    /^\$ / { command = substr($0, 3) "\n"; print; next }
    /^> / && command != "" { command = command substr($0, 3) "\n"; print }
    END { print count + 0 >ENVIRON["ROOM"] "/count" }' "$1" >"$room/page"
}

failed=0
for page in README.md models/README.md; do
    run_page "$page"
    count=$(cat "$room/count")
    [ "${UPDATE:-}" != 1 ] || cp "$room/page" "$page"
    if [ "$count" -gt 0 ] && diff -u "$page" "$room/page"; then
        echo "$page: $count passed, 0 failed"
    else
        echo "$page: $((count - 1)) passed, 1 failed; UPDATE=1 make readme rewrites what is shown"
        failed=1
    fi
done
exit $failed
