#!/bin/sh
# Lets each allocation of the program fail in turn. It may say that there is no memory, but
# it may not die of it, and what ends well must have the output that it always has.
#
#   tests/tools/torture.sh build/…/earful build/…/fail_alloc.so
set -u
earful=$(realpath "$1")
shim=$(realpath "$2")
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
passed=0
failed=0

printf 'id,text,rating,date\n1,"Great, really",5,2024-01-02\n2,"so ""bad""",1,x\n' >in.csv
printf '{"id":1,"text":"go\\u006fd","u":{"n":[1,{"text":"x"}]}}\n{"text":"b"\n' >in.ndjson
printf '{"data":[{"text":"a"},{"text":"b"}]}' >in.json
printf '[valence]\ngood\t2.0\nbad one\t-1.0\n' >extra.tsv
gzip -c in.csv >in.csv.gz
{ echo text; yes 'Good, but the parcel came late and nobody was there to take it' |
    head -n 40000; } >large.csv

printf '%s\n' '13/11/24, 20:49 - Mara: caf\351 late' 'and cold' '13/11/24, 20:50 - Jo left' >chat.txt
printf '{"id":"9","created_at":1,"source":{"body":"<p>a</p>","author":{"type":"user"}},"conversation_parts":{"conversation_parts":[{"part_type":"comment","body":"b","author":{"type":"admin"},"created_at":1730634010}]}}' >talk.json
mkdir -p slack/help
printf '[{"id":"U1","name":"mara","profile":{}}]' >slack/users.json
printf '[{"type":"message","user":"U1","text":"hi <@U1>","ts":"1730633950.1"}]' >slack/help/a.json

torture() { # what earful gets
    rm -f count
    FAIL_ALLOC_COUNT=count LD_PRELOAD=$shim "$earful" "$@" >good 2>/dev/null
    expected=$?
    n=$(cat count)
    while [ "$n" -gt 0 ]; do
        FAIL_ALLOC=$n LD_PRELOAD=$shim "$earful" "$@" >out 2>/dev/null
        code=$?
        if [ $code -gt 4 ] || { [ $code = $expected ] && ! cmp -s good out; }; then
            echo "FAILED: allocation $n of '$*': code $code, expected $expected"
            failed=$((failed + 1))
        else
            passed=$((passed + 1))
        fi
        n=$((n - 1))
    done
}

torture score in.csv --threads 1
torture score in.csv --threads 2 --to json
torture score in.ndjson --threads 1 --explain
torture score in.json --to table
torture score in.csv.gz --to tsv --lexicon extra.tsv
torture score large.csv --threads 3 --only-scores
torture score in.csv -o scored.csv
torture score chat.txt --threads 1 --staff Jo --gap 1h --to ndjson
torture score chat.txt --threads 1 --pattern '(?<time>[^-]+) - (?<author>\w+)(?<text>.*)' --to csv
torture score talk.json --threads 1 --to ndjson
torture score slack --threads 1 --to ndjson
torture report in.csv talk.json --threads 1 --to json --group id
torture report in.csv --threads 1 --partial -o in.part
"$earful" report -q in.csv --partial -o in.part && torture report in.part talk.json --to html
torture explain 'not bad at all, but late :('
torture explain --json 'not bad at all, but late :('
torture lexicon check extra.tsv
torture sniff in.ndjson
torture sniff chat.txt
torture list formats

echo "failing allocations: $passed passed, $failed failed"
[ $failed = 0 ] && [ $passed -gt 0 ]
