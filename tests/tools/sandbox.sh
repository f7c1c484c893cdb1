#!/bin/sh
# The sandbox: the CLI cases inside it, what an intruder can do there, and how earful fares
# where the system lacks a part of it.
#
#   tests/tools/sandbox.sh build/…    which holds earful, earful-notify, intruder.so, without
set -u
build=$(realpath "$1")
earful=$build/earful
cd "$(dirname "$0")/../.." || exit 1
unset EARFUL_SANDBOX
passed=0
failed=0

tell() { # whether it went well, what
    if [ "$1" = 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
    fi
}

if ! "$earful" list kernels --sandbox require >/dev/null; then
    echo "sandbox: skipped, this system lacks a part of it: $("$earful" --version | grep '^sandbox')"
    exit 0
fi
kernels=$("$earful" --version | sed -n 's/^kernels  *//p')
EARFUL_SANDBOX=require EARFUL_TEST_KERNELS=$kernels tests/tools/cli_cases.sh "$earful" ||
    failed=$((failed + 1))

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
mkdir "$work/in" "$work/out" "$work/secret"
echo 'a secret' >"$work/secret/canary"
cd "$work/in" || exit 1
exec 2>"$work/shell" # which tells of every process that is killed
for i in 1 2 3 4 5 6 7 8; do
    printf '{"text":"I love it, number %s","stars":5}\n{"text":"I hate it","stars":1}\n' $i
done >text.ndjson
echo '{"text":"INTRUDER, I hate it","stars":1}' >>text.ndjson
# The first 512 bytes are looked at before, for what an archive begins with.
{ printf '[alert.a]\nkind = share\n'; yes '# a rule' | head -n 100; echo '# INTRUDER'; } >rules.ini
{ "$earful" audit --show-templates; echo '# INTRUDER'; } >words.ini
{ printf '[valence]\ngood\t2\n'; yes '# a word' | head -n 100; echo '# INTRUDER'; } >words.tsv

# --- what an intruder can do --------------------------------------------------------------

# Runs earful with an intruder in it; how it ends is in $code, what it says in $said.
intrude() { # wish, then the words for earful
    wish=$1
    shift
    rm -rf ../out/* state.db*
    said=$(EARFUL_INTRUDER=$wish EARFUL_CANARY=$work/secret/canary \
        LD_PRELOAD=$build/intruder.so timeout 60 "$@" 2>&1 >/dev/null | grep '^intruder: ')
}

# A wish and what comes of it: a number of an error, or nothing said, as the process is dead.
wishes='open:EACCES write:EACCES make:EACCES list:EACCES socket: exec: ptrace: code:EPERM
    fork:EPERM kill:EPERM type:EPERM'

try() { # the words for earful
    intrude open "$@" --sandbox off
    [ "$said" = 'intruder: open: done' ]
    tell $? "without sandbox '$*' opens the canary: '$said'"
    for pair in $wishes; do
        intrude "${pair%:*}" "$@" --sandbox require
        expected=${pair#*:}
        [ "$said" = "${expected:+intruder: ${pair%:*}: $expected}" ]
        tell $? "'$*': $said, expected '${expected:-to be killed}'"
    done
}

try "$earful" score text.ndjson -o ../out/scored.ndjson --rejects ../out/rejects
try "$earful" explain text.ndjson --text text
try "$earful" report text.ndjson -o ../out/report.html
try "$earful" sniff text.ndjson
try "$earful" lexicon suggest text.ndjson
try "$earful" alerts test built-in text.ndjson
try "$earful" train text.ndjson -o ../out/own.efm
try "$earful" calibrate text.ndjson
try "$earful" eval text.ndjson
try "$earful" bench text.ndjson
echo 1 >answers
try "$earful" review text.ndjson --answers answers -o ../out/labels.csv
try "$earful" follow --once --emit messages --state state.db text.ndjson
try "$earful" audit --templates words.ini
try "$earful" lexicon check words.tsv
try "$earful" alerts check rules.ini
cat text.ndjson >piped
for pair in $wishes; do
    expected=${pair#*:}
    said=$(EARFUL_INTRUDER=${pair%:*} EARFUL_CANARY=$work/secret/canary \
        LD_PRELOAD=$build/intruder.so "$earful" score --sandbox require <piped 2>&1 >/dev/null |
        grep '^intruder: ')
    [ "$said" = "${expected:+intruder: ${pair%:*}: $expected}" ]
    tell $? "standard input: $said, expected '${expected:-to be killed}'"
done

# An intruder that makes a socket is dead at once, by the signal for bad calls.
EARFUL_INTRUDER=socket LD_PRELOAD=$build/intruder.so "$earful" score text.ndjson >/dev/null 2>&1
[ $? = 159 ]
tell $? 'a socket is the end by SIGSYS'

# earful-notify may make sockets; files, programs and code are as far away.
printf '[sink.page]\nkind = exec\ncommand = /bin/true\n' >sinks.ini
for pair in open:EACCES write:EACCES make:EACCES list:EACCES socket:done exec: ptrace: \
    code:EPERM fork:EPERM kill:EPERM; do
    expected=${pair#*:}
    said=$(echo INTRUDER | EARFUL_INTRUDER=${pair%:*} EARFUL_CANARY=$work/secret/canary \
        LD_PRELOAD=$build/intruder.so timeout 5 "$build/earful-notify" --sandbox=require sinks.ini \
        2>&1 >/dev/null | grep '^intruder: ' | head -n 1)
    [ "$said" = "${expected:+intruder: ${pair%:*}: $expected}" ]
    tell $? "earful-notify: $said, expected '${expected:-to be killed}'"
done

# --- where a part is missing --------------------------------------------------------------

without() { # what is missing, what is said then
    told=$("$build/without" "$1" "$earful" score -q text.ndjson 2>&1 >"../out/$1")
    [ -z "$told" ] && cmp -s ../out/whole "../out/$1"
    tell $? "without $1, quiet: $told"
    told=$("$build/without" "$1" "$earful" sniff text.ndjson 2>&1 >/dev/null)
    [ "$told" = "earful: $2" ]
    tell $? "without $1: $told"
    told=$("$build/without" "$1" "$earful" score text.ndjson --sandbox require 2>&1)
    [ $? = 3 ] && [ "${told#*cannot be closed}" != "$told" ] && [ "${told#*sentiment}" = "$told" ]
    tell $? "without $1, required: $told"
    told=$("$build/without" "$1" "$earful" score -q text.ndjson --sandbox off 2>&1 | cmp - ../out/whole)
    tell $? "without $1, off: $told"
    told=$("$build/without" "$1" "$build/earful-notify" --sandbox=require sinks.ini 2>&1 </dev/null)
    [ $? = 3 ]
    tell $? "earful-notify without $1, required: $told"
    "$build/without" "$1" "$earful" follow --once --state state.db --sinks sinks.ini \
        --sandbox require text.ndjson >/dev/null 2>&1
    [ $? = 2 ] || [ $? = 3 ]
    tell $? "follow without $1, required"
}

"$earful" score -q text.ndjson >../out/whole
without landlock 'half a sandbox: this system has no Landlock, so any file can be opened'
without seccomp 'half a sandbox: this system has no seccomp, so any call can be made'
without both 'no sandbox: this system has neither Landlock nor seccomp'

echo "sandbox: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
