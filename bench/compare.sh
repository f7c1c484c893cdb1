#!/bin/sh
# Row by row, how much better B is than A: over 1 is better, whatever the unit.
#
#   bench/compare.sh A.tsv B.tsv
#
# A row whose spreads overlap is marked with ~: the difference may be chance.
set -eu
[ $# -eq 2 ] || { echo 'usage: bench/compare.sh A.tsv B.tsv' >&2; exit 2; }
awk -F '\t' '
    /^#/ || $1 == "row" { next }
    { key = $1 "\t" $2 "\t" $6 }
    NR == FNR { median[key] = $3; low[key] = $4; high[key] = $5; next }
    !(key in median) { printf "%-34s %-16s only in B\n", $1, $2; next }
    {
        seen[key] = 1
        better = $6 == "MB/s" ? $3 / median[key] : median[key] / $3
        overlaps = $4 <= high[key] && low[key] <= $5
        printf "%-34s %-16s %10s -> %10s %-5s %6.2f %s\n", $1, $2, median[key], $3, $6,
               better, overlaps ? "~" : ""
    }
    END {
        for (key in median)
            if (!(key in seen)) {
                split(key, part, "\t")
                printf "%-34s %-16s only in A\n", part[1], part[2]
            }
    }' "$1" "$2"
