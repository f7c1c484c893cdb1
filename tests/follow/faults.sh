#!/bin/sh
# Following through faults: those of the table in README.md that a script makes by hand.
#
#   tests/follow/faults.sh BUILD FAULT_BUILD
#
# Prints what failed, and what was done; exits with 1 if anything failed.
# shellcheck source=tests/follow/stage.sh
. "$(dirname "$0")/stage.sh"

# F4, F5: rotated once and three times while nobody looked.
begin
follow "$plain" app.log
for turn in 1 2 3; do
    for old in 3 2 1; do [ ! -e app.log.$old ] || mv app.log.$old app.log.$((old + 1)); done
    printf 'Late, %s.\n' $turn >>app.log
    mv app.log app.log.1
    sleep 0.02
    printf 'New, %s.\n' $turn >app.log
done
follow "$plain" app.log
check "F5: three rotations while down" is_right app.log.3 app.log.2 app.log.1 app.log

# F6: rotated and packed while down, once and three times; each packed log is read on, or
# read, where it belongs. What is damaged is told.
rotate_packed() { # SENTENCE
    printf '%s\n' "$1" >>app.log
    for old in 3 2 1; do
        [ ! -e app.log.$old.gz ] || mv app.log.$old.gz app.log.$((old + 1)).gz
    done
    mv app.log app.log.1
    gzip app.log.1
    sleep 0.02
    printf 'After: %s\n' "$1" >app.log
}
unpack() { gzip -dc "$@" >packed; }
begin
follow "$plain" app.log
rotate_packed 'Seven is late.'
for turn in 1 2 3; do follow "$plain" app.log; done
unpack app.log.1.gz
check "F6: packed while down" is_right packed app.log
for turn in 1 2 3; do rotate_packed "Late, $turn."; done
for turn in 1 2 3; do follow "$plain" app.log; done
unpack app.log.4.gz app.log.3.gz app.log.2.gz app.log.1.gz
check "F6: packed three times while down" is_right packed app.log
rm -rf ./*
seq 1 200000 | sed 's/.*/Number & is broken./' >app.log
follow "$plain" app.log
rotate_packed 'It is late.'
EARFUL_FAULT=crash@commit:4 follow "$faulty" app.log
follow "$plain" app.log
unpack app.log.1.gz
check "F6: packed, and killed while reading on" is_right packed app.log
begin
follow "$plain" app.log
rotate_packed 'Eight is late.'
truncate -s -9 app.log.1.gz
follow "$plain" app.log
check "F6: a damaged one is told" grep -q 'is lost' notices
check "F6: the new one is read" grep -q 'After: Eight' out

# F6, F7: packed again and again, and every time killed when the generations are found and
# remembered, before anything was read.
rotate_many() { # HOW
    for old in 4 3 2; do
        [ ! -e app.log.$old.gz ] || mv app.log.$old.gz app.log.$((old + 1)).gz
    done
    if [ -e app.log.1 ]; then
        mv app.log.1 app.log.2
        gzip app.log.2
    fi
    sleep 0.02
    if [ "$1" = copied ]; then
        cp app.log app.log.1
        : >app.log
    else
        mv app.log app.log.1
    fi
    sleep 0.02
}
for how in copied renamed; do
    begin
    for turn in 1 2 3 4; do
        echo "Late before $turn." >>app.log
        rotate_many $how
        echo "Late after $turn." >>app.log
        EARFUL_FAULT=crash@preadv:1 follow "$faulty" app.log
    done
    follow "$plain" app.log
    unpack app.log.4.gz app.log.3.gz app.log.2.gz
    check "F6: $how and packed, killed before reading" is_right packed app.log.1 app.log
done

# F7: copied and emptied while down.
begin
follow "$plain" app.log
printf 'Seven is late.\n' >>app.log
cp app.log app.log.1
printf 'Eight is late.\n' >app.log
follow "$plain" app.log
check "F7: copied and emptied" is_right app.log.1 app.log

# F8: emptied and regrown past the old place.
begin
follow "$plain" app.log
cp out before
seq 1 40 | sed 's/.*/Number & is broken./' >app.log
follow "$plain" app.log
"$plain" score -q --from lines --to ndjson app.log | cat before - >wanted
check "F8: emptied and regrown" cmp -s wanted out

# F9: deleted, and another file at the path (with luck with the same inode).
begin
follow "$plain" app.log
cp out before
rm app.log
seq 1 40 | sed 's/.*/Number & is broken./' >app.log
follow "$plain" app.log
"$plain" score -q --from lines --to ndjson app.log | cat before - >wanted
check "F9: another file with the inode" cmp -s wanted out

# F10: logs that begin alike.
rm -rf ./*
for log in a b c; do
    seq 1 100 | sed 's/.*/A banner, line &./' >$log.log
    echo "The end of $log." >>$log.log
done
follow "$plain" a.log b.log c.log
check "F10: one banner in three logs" is_right a.log b.log c.log

# F11: a line that comes in pieces.
rm -rf ./*
: >app.log
for piece in 'It is b' 'roken \303' '\244\r' '\n' 'Yes.\n'; do
    # shellcheck disable=SC2059
    printf "$piece" >>app.log
    follow "$plain" app.log
done
check "F11: a line in pieces" is_right app.log

# F12: a record of 200 MB, with little memory.
rm -rf ./*
{ echo 'It is late.'; head -c 200000000 /dev/zero | tr '\0' a; echo; echo 'It is good.'; } >app.log
(ulimit -v 200000; follow "$plain" app.log)
check "F12: three records" test "$(wc -l <out)" -eq 3
(ulimit -v 200000; "$plain" follow -q --emit messages --from lines --state p.db -o pout - <app.log)
check "F12: three records through a pipe" cmp -s pout out
printf '{"text":"ok"}\n{"text":"%s"}\n{"text":"good"}\n' \
    "$(head -c 3000000 /dev/zero | tr '\0' a)" >app.ndjson
"$plain" follow --once -q --emit messages --state n.db -o nout app.ndjson 2>notices
check "F12: NDJSON rejects it" test "$(wc -l <nout)" -eq 2

# F13: a hole that a writer left who kept its place.
begin
follow "$plain" app.log
: >app.log
truncate -s 2G app.log
printf 'Nine is late.\n' >>app.log
follow "$plain" app.log
check "F13: behind a hole" test "$(tail -n 1 out | cut -c 1-22)" = '{"text":"Nine is late.'
begin
printf 'Half a line' >>app.log
follow "$plain" app.log
truncate -s 2G app.log
printf ' goes on.\nNine is late.\n' >>app.log
EARFUL_FAULT=crash@preadv:100 follow "$faulty" app.log
check "F13: a hole in a line is not read" test $? -eq 0
check "F13: behind a hole in a line" test "$(tail -n 1 out | cut -c 1-22)" = '{"text":"Nine is late.'

# F14: our own output is not followed, whatever a glob says.
rm -rf ./*
printf 'It is late.\n' >a.log
for turn in 1 2; do
    "$plain" follow --once -q --emit messages --from lines --state s.log -o out.log '*.log' 2>notices
done
check "F14: never our own output" test "$(wc -l <out.log)" -eq 1

# F14: a folder that is renamed, a link that is set to another log, a log with two names.
# F16: more news than the kernel keeps (as root). Both at once, they wait for the same look.
rm -rf ./*
mkdir logs many
for log in logs/app.log first second name; do echo "In $log." >$log; done
ln name other_name
ln -s first link
echo 'In many.' >many/0.log
listen linked logs link name other_name
linked=$running
queue=/proc/sys/fs/inotify/max_queued_events
kept=$(cat $queue 2>/dev/null)
flooded=
if [ "$(id -u)" -eq 0 ] && echo 16 2>/dev/null >$queue; then
    listen flood many
    flooded=$running
    sleep 0.5
    echo "$kept" >$queue
    kill -STOP $flooded
    for n in $(seq 0 99); do echo "Late, $n." >>many/$n.log; done
    kill -CONT $flooded
else
    echo "follow: F16, a queue that overflows: skipped, it needs root and a sysctl"
    sleep 0.5
fi
mv logs moved
echo 'Late in the moved folder.' >>moved/app.log
mkdir logs
echo 'In the new folder.' >logs/app.log
ln -sfn second link
echo 'Late under the other name.' >>other_name
sleep 3
# shellcheck disable=SC2086  # none, or a number
kill -TERM $linked $flooded
# shellcheck disable=SC2086
wait $linked $flooded
cat moved/app.log logs/app.log first second name >all
check "F14: folders, links and names" holds_once linked all
cat many/*.log >all
[ -z "$flooded" ] || check "F16: more news than are kept" holds_once flood all

# F19: events from the future have no time: they are heard now, all of them, at most once
# raise an alarm, and what comes after them is heard, too.
rm -rf ./*
awk -v now="$(date +%s)" 'BEGIN {
    print "time,message"
    for (i = 0; i < 3000; i++) {
        worse = i > 2400 && i < 2600 && i % 2
        text = worse ? "Terrible, it fails." : i % 7 ? "It arrived." : "This is awful."
        print now - (3000 - i) * 120 + (worse ? 9 * 86400 : 0) "," text
    }
}' >log.csv
"$plain" follow --once -q --emit all --time time --text message --state s.db -o out log.csv 2>notices
grep '"status":' out >alerts
tomorrow=$(date -u -d '+1 day' +%Y-%m-%dT%H:%M)
check "F19: all messages stand" test "$(grep -vc '"status":' out)" -eq 3000
check "F19: one alert at most" test "$(wc -l <alerts)" -le 1
check "F19: none of the future" test -z "$(grep -o '"\(onset\|startsAt\)":"[^"]*' alerts |
    cut -d '"' -f 4 | awk -v end="$tomorrow" '$0 > end')"

# F16: without inotify (as when its limits are reached), looking does.
# F21, F22: signals, and a second instance.
rm -rf ./*
: >app.log
"$plain" follow -q --poll --emit messages --from lines --state s.db -o out app.log 2>notices &
running=$!
sleep 1
echo 'It is late.' >>app.log
sleep 1
check "F16: polling sees it" test "$(wc -l <out)" -eq 1
follow "$plain" app.log
check "F22: a second instance is refused" test $? -eq 3
check "F22: others may look" "$plain" follow --status --state s.db >/dev/null
mv out out.1
kill -HUP $running
sleep 0.5
echo 'It is good.' >>app.log
sleep 1
check "F21: HUP opens the output anew" test "$(wc -l <out)" -eq 1
kill -TERM $running
wait $running
check "F21: TERM ends it with 0" test $? -eq 0

# F20: whoever reads our output stops for a while: so does reading, and nothing is lost.
rm -rf ./*
seq 1 300000 | sed 's/.*/Number & is broken./' >app.log
mkfifo feed drain
"$plain" follow -q --emit messages --from lines --state s.db - <feed >drain 2>notices &
running=$!
cat app.log >feed &
writing=$!
exec 8<drain
sleep 1
check "F20: reading pauses" kill -0 $writing
check "F20: memory is bounded" \
    test "$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\).*/\1/p' /proc/$running/status)" -lt 60000
cat <&8 >out
exec 8<&-
wait $running
check "F20: it ends with the pipe" test $? -eq 0
check "F20: nothing is lost" is_right app.log

# F20: a receiver that hangs does not stop reading; what waits for it outlives us.
rm -rf ./*
mkfifo feed
: >empty.ndjson
awk 'BEGIN {
    for (m = 0; m < 12000; m += 2)
        printf "{\"time\":\"2024-11-%02dT%02d:%02d:00Z\",\"author\":\"u%d\",\"text\":\"%s\"}\n",
            1 + m / 1440, m / 60 % 24, m % 60, m,
            m / 2 % 7 < 4 && (m > 10000 || m / 2 % 7 == 3) ? "I hate it, terrible" : "Great, thank you"
}' >chat.ndjson
printf '#!/bin/sh\ntouch %s/hangs\n[ -e %s/up ] || exec sleep 20\ncat >>%s/paged\n' \
    "$room" "$room" "$room" >page
chmod +x page
printf '[sink.pager]\nkind = exec\ncommand = %s/page\ntimeout = 20s\n' "$room" >sinks.ini
"$plain" follow -q --emit all --state s.db --sinks sinks.ini -o out - <feed 2>notices &
running=$!
exec 9>feed
cat chat.ndjson >&9
sleep 1
check "F20: the receiver hangs" test -e hangs
echo '{"time":"2024-11-09T09:00:00Z","author":"u","text":"One more."}' >&9
sleep 0.3
check "F20: reading goes on meanwhile" grep -q 'One more' out
kill -TERM $running
exec 9>&-
wait $running
check "F20: TERM ends it, too" test $? -eq 0
touch up
sleep 1.2
"$plain" follow -q --once --state s.db --sinks sinks.ini -o out empty.ndjson 2>notices
check "F20: what waited is delivered" grep -q '"firing"' paged

# F18: a full disk, as root.
rm -rf ./*
mkdir small
if [ "$(id -u)" -eq 0 ] && mount -t tmpfs -o size=1m none small 2>/dev/null; then
    seq 1 6000 | sed 's/.*/Number & is broken./' >app.log
    "$plain" follow -q --start begin --emit messages --from lines --state s.db -o small/out app.log 2>notices &
    running=$!
    sleep 2
    check "F18: a full disk is told" grep -q 'No space left' notices
    mount -o remount,size=64m none small
    sleep 3
    kill -TERM $running
    wait $running
    cp small/out out
    check "F18: all is there when there is room" is_right app.log
    umount small
else
    echo "follow: F18 on a real disk skipped, it needs root"
fi

# F1: alerts. A log of three days comes in pieces, every other run is killed in its first
# commit or a later one, and the alerts are those of a run that nobody killed.
make_talk() {
    awk 'BEGIN {
        print "id,time,conversation,message"
        for (i = 0; i < 3000; i++) {
            t += i * 7919 % 5
            bad = i % 7 == 3 || (i > 2400 && i < 2600 && i % 2 == 0)
            printf "m%d,2024-03-%02d %02d:%02d,t%d,%s\n", i, 4 + int(t / 1440), int(t / 60) % 24,
                   t % 60, i / 3, bad ? "This is awful and my parcel is lost." : "It arrived."
        }
    }'
}

judge() { # PROGRAM LOG OUTPUT
    "$1" follow --once -q --time time --conversation conversation --text message \
        --state "$3.db" -o "$3" "$2" 2>>notices
}

rm -rf ./*
make_talk >talk.csv
cp talk.csv part.csv
judge "$plain" part.csv wanted
if grep -q '"status":"firing"' wanted; then passed=$((passed + 1)); else complain 'no alert'; fi
for call in 1 2 3 5 8 13 21; do
    rm -f part.csv out out.db*
    for lines in 900 2450 2500 2700 3001; do
        head -n "$lines" talk.csv | tail -n +$(($(cat part.csv 2>/dev/null | wc -l) + 1)) >>part.csv
        EARFUL_FAULT=crash@commit:$call judge "$faulty" part.csv out
        judge "$plain" part.csv out
    done
    if cmp -s wanted out; then passed=$((passed + 1)); else complain "alerts, commit $call"; fi
done

end_of_stage 'follow, faults'
