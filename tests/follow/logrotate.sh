#!/bin/sh
# Debian's logrotate at work on a log that is followed, or that is not at the moment, or whose
# follower is killed again and again: F5, F6 and F7 of the table in README.md.
#
#   tests/follow/logrotate.sh BUILD FAULT_BUILD
#
# With EARFUL_TORTURE more turns. Without logrotate it is skipped.
# shellcheck source=tests/follow/stage.sh
. "$(dirname "$0")/stage.sh"
rotate=$(PATH=$PATH:/usr/sbin:/sbin command -v logrotate) || {
    echo 'follow, logrotate: skipped, it is not installed'
    exit 0
}
turns=4
[ -z "${EARFUL_TORTURE:-}" ] || turns=12

write() { # COUNT
    for _ in $(seq "$1"); do
        written=$((written + 1))
        echo "Line $written is late." >>app.log
    done
}

catch_up() {
    "$plain" follow --once -q --emit messages --from lines --state out.db -o out app.log 2>notices
}

# The follower of one turn. Its first commit comes at once, the next a second later, so that
# many a kill comes between finding a generation and reading it.
follow_once() { # MODE TURN
    case $1 in
    missed) [ $(($2 % 3)) -ne 0 ] || catch_up ;;
    killed)
        listen out app.log
        sleep "0.$(($2 * 7919 % 4))"
        stop KILL
        ;;
    live) has_lines out "$written" ;;
    esac
}

rotates() { # MODE WORD...
    mode=$1
    shift
    rm -rf ./*
    written=0
    {
        echo "$room/app.log {"
        for word in "rotate $((turns + 1))" "$@"; do echo "    $word"; done
        echo '}'
    } >rotation
    write 5
    catch_up
    [ "$mode" != live ] || listen out app.log
    for turn in $(seq "$turns"); do
        write 7
        "$rotate" -f -s "$room/rotated" rotation 2>>complaints
        write 3
        follow_once "$mode" "$turn"
    done
    [ "$mode" != live ] || stop TERM
    catch_up
    seq "$written" | sed 's/.*/Line & is late./' >wanted
    cut -d '"' -f 4 out >got
    check "logrotate, $mode: $*" cmp -s wanted got
}


for mode in live missed killed; do
    for how in create copytruncate; do
        rotates $mode $how
        rotates $mode $how compress
        rotates $mode $how compress delaycompress
    done
done
if command -v xz >/dev/null; then
    rotates killed create compress 'compresscmd /usr/bin/xz' 'compressext .xz'
fi

end_of_stage 'follow, logrotate'
