#!/bin/sh
# Hard days of a follower: what people, disks and other programs do to its inputs, its output
# and its state. Each is looked at beside what must stand in the output.
#
#   tests/follow/hardships.sh BUILD FAULT_BUILD
#
# shellcheck source=tests/follow/stage.sh
. "$(dirname "$0")/stage.sh"
nobody=65534

anew() {
    rm -rf ./*
}

texts() { # OUTPUT
    cut -d '"' -f 4 "$1"
}

says() { # OUTPUT LINE...
    output=$1
    shift
    for line in "$@"; do echo "$line"; done >wanted
    texts "$output" | cmp -s wanted -
}

# A reader that has enough, and a writer that never has.
anew
yes 'It is broken.' | (
    "$plain" follow -q --emit messages --from lines --state s.db - 2>notices
    echo $? >code
) | head -n 1 >first
check "a pipe that is closed is a quiet end" grep -qx 0 code
check "… behind a whole line" grep -q '^{"text":"It is broken."' first
mkfifo feed
yes 'It is broken.' >feed &
writing=$!
"$plain" follow -q --emit messages --from lines --state e.db -o out - <feed 2>notices &
running=$!
sleep 0.5
began=$(date +%s%N)
stop TERM
lasted=$((($(date +%s%N) - began) / 1000000))
kill $writing 2>/dev/null
check "TERM under an endless writer drains, in two seconds or so" test $lasted -lt 4000
check "… and ends with a whole line" test "$(tail -n 1 out | tail -c 3)" = '}}'
rm -f out

# Long records at the beginning of a pipe.
anew
long=1200000
{
    head -c $long /dev/zero | tr '\0' a
    printf '\nIt is good.\n'
} | "$plain" follow -q --emit messages --state s.db -o out - 2>notices
check "a first line of 1.2 MB through a pipe" test "$(wc -l <out)" -eq 2
{
    echo '{"text":"It is late."}'
    printf '{"text":"'
    head -c $long /dev/zero | tr '\0' a
    printf '"}\n{"text":"It is good."}\n'
} | "$plain" follow -q --emit messages --state n.db -o nout - 2>notices
check "an object of 1.2 MB through a pipe is rejected" says nout 'It is late.' 'It is good.'

# Zeros between lines, as a power cut leaves them.
anew
printf 'One.\n\0\0\0\0Two.\n\0\0' >app.log
follow "$plain" app.log
printf '\0\0Three.\n' >>app.log
follow "$plain" app.log
truncate -s 10G app.log
echo 'Four.' >>app.log
EARFUL_FAULT=crash@preadv:100 follow "$faulty" app.log
check "10 GB of a hole are not read" test $? -eq 0
check "zeros between lines belong to none" says out One. Two. Three. Four.

# A folder that goes and comes again; one that is not there at first; kills in between.
anew
mkdir f
echo 'In f.' >f/a.log
listen out f later
check "what is there" has_lines out 1
sleep 1.5 # for it to be committed: what a kill takes back is gone with its file
rm -r f
sleep 0.3
stop KILL
mkdir f later
echo 'Again in f.' >f/b.log
listen out f later
has_lines out 2
echo 'More of it.' >>f/b.log
echo 'In what came later.' >later/c.log
has_lines out 4
stop TERM
printf 'In f.\nAgain in f.\nMore of it.\nIn what came later.\n' >all
check "folders that go and come" holds_once out all

# Links in circles, pipes and folders among the logs; named, they are refused aloud.
anew
mkdir s s/dir.log
ln -s two s/one
ln -s one s/two
ln -s . s/self
mkfifo s/pipe.log
echo 'In s.' >s/a.log
echo 'Below.' >s/dir.log/b
listen out s
has_lines out 2
echo 'More.' >>s/a.log
check "links in circles and pipes are passed by" has_lines out 3
stop TERM
for input in s/pipe.log s/one /dev/zero missing.log; do
    follow "$plain" $input
    check "$input is no log: exit" test $? -eq 3
    check "$input is no log: told" grep -q "^earful: $input: " notices
done

# A log that becomes a folder, and a log again.
anew
echo 'One.' >app.log
listen out app.log
has_lines out 1
sleep 1.5
rm app.log
mkdir app.log
sleep 0.3
stop KILL
listen out app.log
sleep 0.3
rmdir app.log
echo 'Two.' >app.log
has_lines out 2
stop TERM
check "a log that was a folder for a while" says out One. Two.

# Two on one state, the first of which dies.
anew
echo 'One.' >app.log
listen out app.log
has_lines out 1
follow_twice() {
    "$plain" follow --once -q --emit messages --from lines --state out.db -o out app.log 2>second
}
follow_twice
check "the second is refused" test $? -eq 3
stop KILL
echo 'Two.' >>app.log
follow_twice
check "and takes over when the first is dead" says out One. Two.

# A rule file that is broken when HUP comes: the old rules stay, following goes on.
anew
printf '[alert.mood]\nkind = share\n' >rules.ini
: >app.log
"$plain" follow -q --start begin --emit all --from lines --rules rules.ini --state s.db \
    -o out app.log 2>notices &
running=$!
sleep 0.3
echo '[alert' >rules.ini
kill -HUP $running
sleep 0.3
echo 'One.' >>app.log
has_lines out 1
kill -0 $running
check "broken rules do not end it" test $? -eq 0
check "… and are told" grep -q '^earful: rules.ini:1: ' notices
stop TERM

# Outputs that take nothing. Whoever reads once ends, and nothing was read.
anew
echo 'One.' >app.log
timeout 10 "$plain" follow --once -q --emit messages --from lines --state s.db -o /dev/full \
    app.log 2>notices
check "/dev/full: exit" test $? -eq 3
follow "$plain" app.log
check "/dev/full: nothing was lost" says out One.

if is_root; then
    # Permissions are for others than root.
    anew
    chmod 777 .
    cp "$plain" earful
    mkdir logs
    chmod 777 logs
    # In a shell of its own, which becomes the follower: it is that one that is killed.
    as_nobody() {
        exec setpriv --reuid $nobody --regid $nobody --clear-groups ./earful follow --emit messages \
            --start begin --from lines --state s.db -o out "$@" logs/app.log 2>>notices
    }
    echo 'One.' >logs/app.log
    (as_nobody --once)
    echo 'Two.' >>logs/app.log
    chmod 000 logs/app.log
    (as_nobody --once)
    check "permission lost: exit" test $? -eq 3
    as_nobody &
    running=$!
    sleep 0.5
    chmod 644 logs/app.log
    check "permission regained: nothing twice" has_lines out 2
    stop KILL
    chmod 000 logs
    (as_nobody --once)
    check "permission of the folder lost: exit" test $? -eq 3
    chmod 777 logs
    echo 'Three.' >>logs/app.log
    (as_nobody --once)
    check "permission lost and regained" says out One. Two. Three.
    mkdir closed
    chmod 555 closed
    setpriv --reuid $nobody --regid $nobody --clear-groups ./earful follow --once -q \
        --state closed/s.db logs/app.log 2>notices
    check "a state that cannot be written: exit" test $? -eq 3
    check "… and told" grep -q "closed/s.db.*[Pp]ermission denied" notices

    # Watches that run out: looking takes over.
    anew
    limit=/proc/sys/fs/inotify/max_user_watches
    before=$(cat $limit)
    if echo 2 2>/dev/null >$limit; then
        for folder in 1 2 3 4 5; do
            mkdir "d$folder"
            echo "In $folder." >"d$folder/a.log"
        done
        listen out d1 d2 d3 d4 d5
        has_lines out 5
        for folder in 1 2 3 4 5; do echo "More in $folder." >>"d$folder/a.log"; done
        check "F16: watches that run out" has_lines out 10
        stop TERM
        echo "$before" >$limit
        check "F16: … told once" test "$(grep -c max_user_watches out.notices)" -eq 1
    else
        echo "hardships: watches that run out: skipped, it needs a sysctl"
    fi
else
    echo "hardships: permissions and watches that run out: skipped, they need root"
fi

# The disk of the output, and that of the state, full, killed and with room again.
anew
if small_disk disk 64k; then
    seq 1 3000 | sed 's/.*/Number & is broken./' >app.log
    once_on_disk() {
        timeout 20 "$plain" follow --once -q --emit messages --from lines --state s.db \
            -o disk/out app.log 2>notices
    }
    once_on_disk
    check "F18: no room for the output: exit" test $? -eq 3
    mount -o remount,size=16m disk
    once_on_disk
    cp disk/out out
    check "F18: all of it when there is room" is_right app.log
    umount disk
    anew
    small_disk disk 300k
    seq 1 10 | sed 's/.*/Number & is broken./' >app.log
    "$plain" follow -q --start begin --emit messages --from lines --state disk/s.db -o out \
        app.log 2>notices &
    running=$!
    has_lines out 10
    sleep 1.2
    dd if=/dev/zero of=disk/fill bs=4k 2>/dev/null
    echo 'Late, while it is full.' >>app.log
    sleep 1.5
    check "F18: no room for the state is told" grep -q 'disk/s.db.*full' notices
    check "F18: scoring goes on" has_lines out 11
    stop KILL
    "$plain" follow --once -q --emit messages --from lines --state disk/s.db -o out app.log \
        2>notices
    check "F18: no room at the start: exit" test $? -eq 3
    rm disk/fill
    echo 'After that.' >>app.log
    "$plain" follow --once -q --emit messages --from lines --state disk/s.db -o out app.log \
        2>notices
    check "F18: once, through a full disk of the state and a kill" is_right app.log
    umount disk
else
    echo "hardships: full disks: skipped, they need root"
fi

# F15: 10,000 logs with 256 descriptors, some of which grow, and new ones.
anew
mkdir many
awk 'BEGIN { for (n = 1; n <= 10000; n++) {
    name = "many/" n ".log"; print "First of " n "." >name; close(name) } }'
(
    ulimit -n 256
    exec "$plain" follow -q --start begin --emit messages --from lines --state s.db -o out \
        many 2>notices
) &
running=$!
check "F15: 10,000 logs" has_lines out 10000 30
for n in $(seq 1 100 9901); do echo "More of $n." >>"many/$n.log"; done
for n in $(seq 100); do echo "New, $n." >"many/new$n.log"; done
check "F15: 100 that grow and 100 new ones" has_lines out 10200 10
stop TERM
cat many/*.log >all
check "F15: each line once" holds_once out all

end_of_stage 'follow, hardships'
