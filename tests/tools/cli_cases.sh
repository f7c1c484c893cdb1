#!/bin/sh
# Runs the program as people do: tests/cli/<case>/cmd in an empty folder, once for each
# kernel set, and compares standard output, standard error and exit code with the files
# stdout, stderr and exit beside it.
#
#   tests/tools/cli_cases.sh EARFUL [CASE...]
#
# Other files of the case lie in that folder while it runs; $DATA is tests/data.
# A missing stdout or stderr means empty, a missing exit means 0.
# UPDATE=1 rewrites them from what the program does: then read the diff.
# EARFUL_TEST_KERNELS="scalar avx2" says which kernel sets; default: all that run here.
# EARFUL_RUNNER="qemu-aarch64 ..." stands in front of the program, EARFUL_THREADS=8 is the
# number of threads for verbs that take one and cases that do not say it. EARFUL_SANDBOX is
# handed on.
set -u
program=$(realpath "$1") || exit 1
shift
tests=$(realpath "$(dirname "$0")/..")
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
mkdir "$room/bin"
if [ -n "${EARFUL_RUNNER:-}${EARFUL_THREADS:-}" ]; then
    cat >"$room/bin/earful" <<END
#!/bin/sh
case \${1-} in
score | report | train | calibrate | eval)
    verb=\$1
    shift
    exec ${EARFUL_RUNNER:-} $program \$verb ${EARFUL_THREADS:+--threads $EARFUL_THREADS} "\$@"
    ;;
*) exec ${EARFUL_RUNNER:-} $program "\$@" ;;
esac
END
    chmod +x "$room/bin/earful"
else
    ln -s "$program" "$room/bin/earful"
fi

sets=${EARFUL_TEST_KERNELS:-$("$room/bin/earful" list kernels | grep -v 'not on this machine' |
    awk '{ print $1 }')}
[ "${UPDATE:-}" != 1 ] || sets=$(echo "$sets" | awk '{ print $1; exit }')
# What a system lacks of the sandbox would be said in every case.
if [ -z "${EARFUL_SANDBOX:-}" ] &&
    ! "$room/bin/earful" list kernels --sandbox require >/dev/null 2>&1; then
    echo "CLI cases: without sandbox, which this system lacks"
    EARFUL_SANDBOX=off
fi
# EARFUL_SKIP="name name": cases that a sanitizer cannot run, as it takes what they limit.
# shellcheck disable=SC2046  # names of folders, without blanks
[ $# -gt 0 ] || set -- $(cd "$tests/cli" && for cmd in */cmd; do
    name=${cmd%/cmd}
    case " ${EARFUL_SKIP:-} " in *" $name "*) ;; *) echo "$name" ;; esac
done)

# Leaves stdout, stderr and exit of one run in $room/got.
run_case() { # case, kernels
    rm -rf "$room/folder" "$room/got" "$room/its-home"
    mkdir "$room/folder" "$room/got" "$room/its-home"
    for file in "$tests/cli/$1"/*; do
        case ${file##*/} in
        cmd | stdout | stderr | exit) ;;
        *) cp -r "$file" "$room/folder/" ;;
        esac
    done
    (
        cd "$room/folder" || exit 1
        exec env -i PATH="$room/bin:/usr/bin:/bin" HOME="$room/its-home" DATA="$tests/data" \
            EARFUL_KERNELS="$2" ${EARFUL_SANDBOX:+EARFUL_SANDBOX=$EARFUL_SANDBOX} timeout 120 sh "$tests/cli/$1/cmd"
    ) >"$room/got/stdout" 2>"$room/got/stderr" </dev/null
    echo $? >"$room/got/exit"
}

is_same() { # case, name
    if [ -f "$tests/cli/$1/$2" ]; then
        diff -u "$tests/cli/$1/$2" "$room/got/$2"
    elif [ "$2" = exit ]; then
        echo 0 | diff -u - "$room/got/exit"
    else
        diff -u /dev/null "$room/got/$2"
    fi
}

rewrite() { # case
    for file in stdout stderr exit; do
        rm -f "$tests/cli/$1/$file"
        if [ "$file" = exit ]; then
            [ "$(cat "$room/got/exit")" = 0 ] || cp "$room/got/exit" "$tests/cli/$1/exit"
        elif [ -s "$room/got/$file" ]; then
            cp "$room/got/$file" "$tests/cli/$1/$file"
        fi
    done
}

passed=0
failed=0
for kernels in $sets; do
    for name in "$@"; do
        run_case "$name" "$kernels"
        [ "${UPDATE:-}" != 1 ] || rewrite "$name"
        is_good=1
        for part in stdout stderr exit; do
            is_same "$name" "$part" >"$room/difference" 2>&1 && continue
            [ $is_good = 0 ] || echo "FAILED: tests/cli/$name with kernels $kernels"
            cat "$room/difference"
            is_good=0
        done
        if [ $is_good = 1 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    done
done
echo "CLI cases: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
