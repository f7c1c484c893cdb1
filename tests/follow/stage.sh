# shellcheck shell=sh
# What the scripts of this folder share: read by them with `.`, with BUILD and FAULT_BUILD as
# their first arguments. It leaves the script in an empty folder of its own; end_of_stage
# says how it went.
set -u
cd "$(dirname "$0")/../.." || exit 1
plain=$PWD/$1/earful
# shellcheck disable=SC2034  # the scripts use it
faulty=$PWD/$2/earful
room=$(mktemp -d -p "${STAGE:-/dev/shm}" 2>/dev/null || mktemp -d) || exit 1
trap 'umount "$room"/* 2>/dev/null; rm -rf "$room"' EXIT
cd "$room" || exit 1
failed=0
passed=0

complain() { # SENTENCE
    echo "FAILED: $1"
    failed=$((failed + 1))
}

check() { # SENTENCE COMMAND...
    sentence=$1
    shift
    if "$@"; then passed=$((passed + 1)); else complain "$sentence"; fi
}

follow() { # PROGRAM INPUT...
    program=$1
    shift
    "$program" follow --once -q --emit messages --from lines --state s.db -o out "$@" 2>notices
}

# Follows in the background, as $running, until it is ended.
listen() { # NAME INPUT...
    name=$1
    shift
    "$plain" follow -q --start begin --emit messages --from lines --state "$name.db" \
        -o "$name" "$@" 2>"$name.notices" &
    running=$!
}

stop() { # SIGNAL
    kill "-$1" "$running"
    wait "$running" 2>/dev/null
}

# What stands in the logs named must stand in the output, once and in order.
is_right() { # LOG...
    cat "$@" >all
    "$plain" score -q --from lines --to ndjson all >wanted 2>/dev/null
    cmp -s wanted out
}

# … in any order.
holds_once() { # OUTPUT LOG
    cut -d '"' -f 4 "$1" | sort >got
    sort "$2" | cmp -s - got
}

# Waits until an output has so many lines, at most some seconds.
has_lines() { # OUTPUT COUNT [SECONDS]
    tries=$((${3:-5} * 20))
    while [ "$(cat "$1" 2>/dev/null | wc -l)" -lt "$2" ] && [ $tries -gt 0 ]; do
        sleep 0.05
        tries=$((tries - 1))
    done
    [ "$(cat "$1" 2>/dev/null | wc -l)" -eq "$2" ]
}

begin() {
    rm -rf ./*
    printf 'One is late.\nTwo is lost.\nThree is good.\n' >app.log
    follow "$plain" app.log
    printf 'Four is late.\nFive is broken.\n' >>app.log
}

is_root() {
    [ "$(id -u)" -eq 0 ]
}

# A disk of its own under a name, as root.
small_disk() { # NAME SIZE
    mkdir -p "$1"
    is_root && mount -t tmpfs -o "size=$2" none "$1" 2>/dev/null
}

end_of_stage() { # NAME
    echo "$1: $passed passed, $failed failed"
    [ $failed -eq 0 ]
}
