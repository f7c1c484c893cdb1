# shellcheck shell=sh disable=SC2034,SC2154  # sourced: names come and go
# SPDX-License-Identifier: MIT
# What stands above every result, and how its file is called; sourced by the other scripts.
#
# Wants $texts, the folder of texts; BENCH_REVIEWS, BENCH_CHAT, CC as run.sh.

cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
own=
[ -z "${BENCH_REVIEWS:-}${BENCH_CHAT:-}" ] || own=-own
slug=$(printf '%s' "${cpu:-$(uname -m)}" | sed 's/([A-Za-z]*)//g; s/[^A-Za-z0-9][^A-Za-z0-9]*/-/g')
result_name=$(date -u +%Y-%m-%d)-$slug$own

size() { wc -c <"$texts/$1" | tr -d ' '; }

about() { # of how many runs the median is
    changes=
    [ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || changes=' and changes'
    echo "# earful $(sed -n 's/^#define EF_VERSION "\(.*\)"/\1/p' include/earful/earful.h)," \
        "commit $(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)$changes"
    echo "# $(date -u +%Y-%m-%d), ${cpu:-unknown CPU} x $(getconf _NPROCESSORS_ONLN), $(uname -sm)"
    echo "# $(${CC:-cc} --version | head -n 1), -O2; median of $1"
    echo "# reviews $(size reviews.txt) bytes ${BENCH_REVIEWS:+(own)}, chat $(size chat.txt) bytes" \
        "${BENCH_CHAT:+(own)}"
}
