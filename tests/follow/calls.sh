#!/bin/sh
# One system call of the follower crashes it or fails, and all must be as if it had not: F1,
# F2, F17 and F18 of the table in README.md, with a log that grew, one that was renamed
# twice, and one that was renamed and packed.
#
#   tests/follow/calls.sh BUILD FAULT_BUILD
#
# Every third call, or with EARFUL_TORTURE each; prints what failed.
# shellcheck source=tests/follow/stage.sh
. "$(dirname "$0")/stage.sh"
step=3
[ -z "${EARFUL_TORTURE:-}" ] || step=1

begin_as() { # SITUATION
    begin
    case $1 in
    grown) return ;;
    renamed)
        mv app.log app.log.1
        sleep 0.01
        echo 'Five and a half.' >app.log
        mv app.log.1 app.log.2
        mv app.log app.log.1
        ;;
    packed)
        mv app.log app.log.1
        gzip app.log.1
        ;;
    esac
    sleep 0.01
    echo 'The new one is late.' >app.log
}

whole() { # SITUATION
    [ "$1" = packed ] && gzip -dc app.log.1.gz
    [ "$1" = renamed ] && cat app.log.2 app.log.1
    cat app.log
}

# One fault in the middle of a life; afterwards all must be as if it had never been. 99 is
# how a crash ends. A generation that cannot be read for a while comes later than it should.
survives() { # SITUATION FAULT
    begin_as "$1"
    EARFUL_FAULT=$2 follow "$faulty" app.log
    code=$?
    printf 'Six is fine.\n' >>app.log
    follow "$plain" app.log
    follow "$plain" app.log
    whole "$1" >whole
    if [ "$1" = grown ]; then is_right whole; else holds_once out whole; fi
    check "$1, $2" test $? -eq 0
    return $code
}

# A crash at every call of a part, until there are no more calls.
every_call() { # SITUATION WHERE [MORE-FAULTS [STEP]]
    n=1
    while survives "$1" "crash@$2:$n${3:-}"; [ $? -eq 99 ]; do n=$((n + ${4:-1})); done
}

count_calls() { # SITUATION CALL
    n=1
    while
        begin_as "$1"
        EARFUL_FAULT=crash@$2:$n follow "$faulty" app.log
        [ $? -eq 99 ]
    do n=$((n + 1)); done
    echo $((n - 1))
}

# Every call of a kind fails once.
every_failure() { # SITUATION CALL ERRNO...
    situation=$1 call=$2
    shift 2
    most=$(count_calls "$situation" "$call")
    for number in "$@"; do
        n=1
        while [ "$n" -le "$most" ]; do
            survives "$situation" "fail@$call:$n:$number"
            n=$((n + step))
        done
    done
}

every_call grown commit
every_call grown commit ,lose@sync "$step"
every_call grown output
every_call grown start '' "$step"
every_call packed commit '' "$step"

every_failure grown preadv EIO ESTALE EINTR EAGAIN
every_failure grown open EACCES EMFILE
every_failure grown write ENOSPC EIO
every_failure grown pwrite ENOSPC
every_failure grown fdatasync EIO
for call in fstat stat pread; do every_failure grown $call EIO; done
for situation in renamed packed; do
    for call in preadv pread open fstat stat read; do every_failure $situation $call EIO; done
done
every_failure packed pwrite ENOSPC
for n in 1 2 3; do
    survives grown "short@write:$n"
    survives grown "short@preadv:$n"
done

end_of_stage 'follow, calls that fail'
