#!/bin/sh
# Installs into an empty folder, as a packager does, and uses what lies there: the program,
# the manual, and a program of somebody else's, tests/install/example.c, built against the
# shared and the static library with the flags that pkg-config gives.
#
#   tests/tools/install_test.sh VERSION
#
# CC is the compiler, MAKE the make that called. What needs a tool that is not here is
# passed by, and said.
set -u
cd "$(dirname "$0")/../.." || exit 1
version=$1
example=tests/install/example.c
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
root=$room/root
export PKG_CONFIG_SYSROOT_DIR="$root" PKG_CONFIG_LIBDIR="$root/usr/lib/pkgconfig"
passed=0
failed=0
skipped=0

check() { # sentence, command...
    sentence=$1
    shift
    if "$@" >"$room/log" 2>&1; then
        passed=$((passed + 1))
    else
        echo "FAILED: $sentence"
        cat "$room/log"
        failed=$((failed + 1))
    fi
}

skip() { # sentence, tool
    echo "skipped: $1: no $2 here"
    skipped=$((skipped + 1))
}

installs() {
    "${MAKE:-make}" -s install DESTDIR="$root" PREFIX=/usr CC="${CC:-cc}"
}

has_all_files() {
    for file in bin/earful bin/earful-notify lib/libearful.a lib/libearful.so lib/libearful.so.0 \
        lib/pkgconfig/earful.pc include/earful/earful.h include/earful/app/run.h \
        share/man/man1/earful.1 share/bash-completion/completions/earful \
        share/zsh/site-functions/_earful share/fish/vendor_completions.d/earful.fish; do
        [ -e "$root/usr/$file" ] || { echo "missing: $file" && return 1; }
    done
}

# What is installed must not remember the folder that stood for the root, nor this one.
forgets_the_folder() {
    ! grep -rlF -e "$room" -e "$PWD" "$root/usr"
}

is_version() {
    [ "$(env -i "$root/usr/bin/earful" --version | head -n 1)" = "earful $version" ] &&
        [ "$(pkg-config --modversion earful)" = "$version" ]
}

# $libs decides which library is taken.
builds() { # program
    # shellcheck disable=SC2046,SC2086  # flags are meant to be split
    ${CC:-cc} -std=c17 -Wall -Wextra -o "$1" $example $(pkg-config --cflags earful) $libs
}

says_positive() { # program
    answer=$(env -i LD_LIBRARY_PATH="$root/usr/lib" "$1") || return
    echo "$answer"
    case $answer in "positive +0."*) ;; *) return 1 ;; esac
}

needs_library() { # program, yes or no
    case $(LC_ALL=C readelf -d "$1") in
    *libearful.so.0*) [ "$2" = yes ] ;;
    *) [ "$2" = no ] ;;
    esac
}

# A text that holds another, line by line.
readme_shows_example() {
    awk 'FNR == NR { want[++count] = $0; next }
         { at = $0 == want[at + 1] ? at + 1 : $0 == want[1]; if (at == count) found = 1 }
         END { exit !found }' $example README.md
}

shows_manual() {
    mandoc -W warning -T ascii "$root/usr/share/man/man1/earful.1" | grep -q '^.*score'
}

check "make install fills an empty folder" installs
check "every kind of file is installed" has_all_files
check "no file remembers where it was built" forgets_the_folder
check "the README shows the example as it is" readme_shows_example
check "bash reads the completions" bash -n "$root/usr/share/bash-completion/completions/earful"
if command -v mandoc >/dev/null; then
    check "the manual page has no mistakes" shows_manual
else
    skip "the manual page has no mistakes" mandoc
fi
if command -v pkg-config >/dev/null; then
    check "program and earful.pc have the version of the header" is_version
    libs=$(pkg-config --libs earful)
    check "a program links with the shared library" builds "$room/shared"
    check "it needs the shared library" needs_library "$room/shared" yes
    check "it runs" says_positive "$room/shared"
    libs=$(pkg-config --static --libs earful | sed 's/-learful/-l:libearful.a/')
    check "a program links with the static library" builds "$room/static"
    check "it needs no libearful" needs_library "$room/static" no
    check "it runs" says_positive "$room/static"
else
    skip "programs link with the library" pkg-config
fi
echo "installation: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
