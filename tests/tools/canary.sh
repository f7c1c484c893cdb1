#!/bin/sh
# Customers' words show up where they were asked for, and nowhere else. Strings are planted
# in every field of a run, in what is broken, and in files of settings; then everything that
# a run leaves is searched for them: messages, metrics, states with their logs, outboxes,
# temporary files, models, core dumps. Runs that fail, full disks and kills included.
#
#   tests/tools/canary.sh EARFUL
set -u
program=$(realpath "$1") || exit 1
room=$(mktemp -d) || exit 1
trap 'rm -rf "$room"' EXIT
export HOME="$room/home" TMPDIR="$room/run/tmp" LC_ALL=C
unset XDG_STATE_HOME
passed=0
failed=0

# begin NAME: an empty folder to run in.
begin() {
    name=$1
    rm -rf "$room/run" "$HOME"
    mkdir -p "$room/run/tmp" "$room/run/given" "$HOME"
    cd "$room/run" || exit 1
}

# Runs earful with its messages in `messages`; how it ends is not what is tested here.
hear() {
    timeout 60 "$program" "$@" >output 2>>messages </dev/null
}

# only FILE CANARY...: FILE holds none of the planted strings but these.
only() {
    file=$1
    shift
    [ -e "$file" ] || return 0
    for found in $(grep -a -o -h 'zqx[a-z]*' "$file" | sort -u); do
        case " $* " in
        *" $found "*) ;;
        *)
            echo "FAILED: $name: $found in ${file#"$room"/run/}"
            failed=$((failed + 1))
            return 0
            ;;
        esac
    done
    passed=$((passed + 1))
}

# nothing_else FILE...: whatever was left, but for what was given and these, holds nothing.
nothing_else() {
    find "$room/run" "$HOME" -type f ! -path '*/given/*' | sort >"$room/left"
    while read -r path; do
        case " $* " in
        *" ${path#"$room"/run/} "*) ;;
        *) only "$path" ;;
        esac
    done <"$room/left"
}

# holds FILE CANARY: the search itself works.
holds() {
    grep -a -q "$2" "$1" && passed=$((passed + 1)) && return
    echo "FAILED: $name: no $2 in $1, where it was asked for"
    failed=$((failed + 1))
}

# --- what is given -------------------------------------------------------------------

table() {
    echo 'id,time,customer,channel,conversation,stars,plan,text'
    for i in 1 2 3 4 5 6 7 8 9; do
        echo "zqxid$i,2026-03-0$i 10:00,zqxauthor,zqxchannel,zqxtalk,1,zqxplan,\"zqxtext is awful, I hate it\""
    done
    echo 'zqxid,2026-03-09 11:00,zqxauthor,zqxchannel,zqxtalk,zqxstars,zqxplan,"zqxtext is so so"'
    echo 'zqxid,zqxtime,zqxauthor,zqxchannel,zqxtalk,5,zqxplan,"zqxtext, great"'
    printf 'zqxid,2026-03-09 12:00,zqxauthor,zqxchannel,zqxtalk,5,zqxplan,"zqxtext \377\376 fine"\n'
    echo 'zqxid,2026-03-09,zqxauthor,zqxchannel,zqxtalk,5,zqxplan,zqxtext,zqxsurplus,zqxsurplus'
}
broken_table() {
    table
    echo 'zqxid,2026-03-09 13:00,zqxauthor,zqxchannel,zqxtalk,5,zqxplan,"zqxreject has no end'
}
lines() {
    for i in 1 2 3 4 5; do
        echo "{\"id\":\"zqxid$i\",\"time\":\"2026-03-01T10:00:0${i}Z\",\"author\":\"zqxauthor\",\"conversation\":\"zqxtalk\",\"channel\":\"zqxchannel\",\"stars\":\"zqxstars\",\"plan\":{\"a\":\"zqxplan\"},\"text\":\"zqxtext is awful, I hate it\"}"
    done
}
broken_lines() {
    lines
    echo '{"id":"zqxid","text":"zqxreject'
    echo '{"id":"zqxid" "text":"zqxreject"}'
    echo '{"id":zqxreject,"text":"x"}'
    printf '{"id":"zqxid","text":"zqxreject \\ud800 \377"}\n'
}

# --- scores ----------------------------------------------------------------------------

begin "score"
table >given/a.csv
hear score given/a.csv -o out.csv
holds out.csv zqxtext
hear score --only-scores --to csv given/a.csv
only output zqxid
nothing_else output out.csv

begin "score of what is broken"
broken_table >given/a.csv
broken_lines >given/b.ndjson
{ table; head -c 300 /dev/zero | tr '\0' '\001'; } >given/c.bin
echo '[{"text":"zqxtext"},{"text":zqxreject' >given/d.json
gzip -c given/b.ndjson | head -c 200 >given/e.ndjson.gz
for strict in '' --strict; do
    # shellcheck disable=SC2086  # none or one
    for file in given/*; do
        hear score $strict --only-scores --to ndjson "$file"
        hear score $strict --rejects rejects --to ndjson -o out "$file"
        hear score $strict --from csv --text text --rating stars --time time "$file"
        hear score --max-record 64 "$file"
        hear eval --rating stars "$file"
        hear sniff "$file"
        only output
    done
done
only messages
nothing_else rejects out output

begin "a full disk, and arguments that do not fit"
table >given/a.csv
hear score given/a.csv -o /dev/full
hear score given/a.csv -o given/nowhere/out
hear score given/a.csv --text zqxnone --to csv
hear report given/a.csv --group nothing
[ -w /dev/full ] && "$program" score given/a.csv >/dev/full 2>>messages
sed 's/zqxnone//' messages >shown && mv shown messages # it is the command line's own
nothing_else output

begin "a kill in the middle"
mkfifo pipe
"$program" score --to ndjson - -o scored <pipe >output 2>>messages &
child=$!
{ lines; sleep 1; } >pipe &
sleep 0.3
kill -9 "$child" 2>/dev/null
wait "$child" 2>/dev/null
wait
rm -f pipe
for left in scored*.part; do # it was asked for, and was not finished
    mv "$left" asked 2>/dev/null
done
nothing_else output asked

begin "a core"
ulimit -c unlimited 2>/dev/null
mkfifo pipe
"$program" score --to ndjson - <pipe >output 2>>messages &
child=$!
{ lines; sleep 1; } >pipe &
sleep 0.3
kill -ABRT "$child" 2>/dev/null
wait "$child" 2>/dev/null
wait
rm -f pipe
ulimit -c 0
nothing_else output

# --- models, explanations, figures -----------------------------------------------------

begin "train, eval, calibrate, lexicon"
{
    echo 'stars,customer,text'
    for i in $(seq 60); do
        echo "5,zqxauthor,\"zqxtext zqxword$i lovely, great, I like it\""
        echo "1,zqxauthor,\"zqxtext zqxword$i awful, broken, I hate it\""
    done
} >given/a.csv
hear train given/a.csv -o own.efm
only output
hear calibrate given/a.csv -o tuned.efm
only output
hear eval given/a.csv --model own.efm
only output
hear bench given/a.csv --threads 1
only output
hear list models --verbose --model own.efm
nothing_else

begin "explain and sniff"
broken_lines >given/b.ndjson
hear explain given/b.ndjson
holds output zqxtext
only messages
hear sniff given/b.ndjson
nothing_else

# --- reports ---------------------------------------------------------------------------

begin "report"
table >given/a.csv
lines >given/b.ndjson
for to in table json csv ndjson html; do
    hear report given/a.csv --to $to
    only output zqxid zqxtext zqxchannel
done
hear report given/b.ndjson --partial -o part
only part zqxid zqxtext zqxchannel
hear report part
nothing_else output part

# --- following -------------------------------------------------------------------------

begin "follow"
lines >given/log.ndjson
printf '[sink.desk]\nkind = exec\ncommand = /bin/cat\nsecret_env = zqxsecret\n' >given/sinks.ini
hear follow --once --state state/s.db --metrics metrics given/log.ndjson
holds output zqxtalk
only output zqxid zqxtalk zqxchannel zqxauthor
for file in state/*; do only "$file" zqxid zqxtalk zqxchannel zqxauthor; done
only metrics
hear follow --status --state state/s.db
only output
nothing_else output state/s.db state/s.db.1 state/s.db.lock state/s.db-wal state/s.db-shm

begin "follow with texts for a sink"
lines >given/log.ndjson
printf '[sink.desk]\nkind = exec\ncommand = /bin/cat\n' >given/sinks.ini
hear follow --once --show-text --emit all --sinks given/sinks.ini --state state/s.db \
    --metrics metrics given/log.ndjson
holds output zqxtext
for file in state/*; do only "$file" zqxid zqxtalk zqxchannel zqxauthor; done
only metrics
only messages

begin "follow of what is broken"
broken_lines >given/log.ndjson
printf '[alert.zqxrule]\nkind = zqxkind\n' >given/bad.ini
hear follow --once --strict --state state/s.db given/log.ndjson
hear follow --once --strict --state state/t.db --rules given/bad.ini given/log.ndjson
hear alerts test built-in given/log.ndjson
only output zqxid zqxtalk zqxchannel zqxauthor
sed 's/zqxrule//; s/zqxkind//' messages >shown && mv shown messages # a user's own settings
only messages
for file in state/*; do only "$file" zqxid zqxtalk zqxchannel zqxauthor; done

begin "follow, killed"
lines >given/log.ndjson
"$program" follow --show-text --emit all --start begin --state state/s.db given/log.ndjson \
    >output 2>>messages </dev/null &
child=$!
for i in 1 2 3 4 5; do lines >>given/log.ndjson; sleep 0.1; done
kill -9 "$child" 2>/dev/null
wait "$child" 2>/dev/null
for file in state/*; do only "$file" zqxid zqxtalk zqxchannel zqxauthor; done
only messages

# --- files of settings, and keys -------------------------------------------------------

begin "patterns and keys"
table >given/a.csv
printf '[secret]\npattern = zqxtext (\n' >given/bad.ini
printf '[secret]\npattern = zqx[a-z0-9]+\n' >given/good.ini
(umask 077; printf 'zqxkeyzqxkeyzqxkey\n' >given/key; printf 'zqxkey' >given/short)
hear score --redact-patterns given/bad.ini given/a.csv
hear score --pseudonymize customer --pseudonym-key given/short given/a.csv
hear score --redact-patterns given/good.ini --pseudonymize customer --pseudonym-key given/key \
    --to csv --explain given/a.csv
only output
hear report --redact-patterns given/good.ini --to html -o page.html given/a.csv
only page.html
hear score --pseudonymize customer --pseudonym-key given/key --to ndjson given/a.csv -o out.ndjson
only out.ndjson zqxid zqxtime zqxchannel zqxtalk zqxstars zqxplan zqxtext zqxsurplus
nothing_else out.ndjson

echo "canaries: $passed passed, $failed failed"
[ "$failed" -eq 0 ]
