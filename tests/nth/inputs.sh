#!/bin/sh
# Makes the inputs of cases.txt in the current folder, which is empty: all of them small, with
# the word "canary" wherever a customer could have written it.
#
#   tests/nth/inputs.sh EARFUL
set -eu
earful=$1
data=$(realpath "$(dirname "$0")/../data")

printf 'id,text,rating,date\n1,"Great canary, really",5,2024-01-02\n2,"so ""bad"" a canary",1,x\n' >in.csv
printf 'id\ttext\n1\tGreat canary\n2\tbad, canary@canary.example\n' >in.tsv
printf '{"id":1,"text":"go\\u006fd canary","u":{"n":[1,{"text":"x"}]}}\n{"text":"bad canary"\n' >in.ndjson
printf '{"data":[{"text":"a canary"},{"text":"bad"}]}' >in.json
printf 'Good canary.\nBad canary.\n' >in.txt
printf '[valence]\ngood\t2.0\nbad one\t-1.0\n' >extra.tsv
printf '[sentences]\nnegative = The {who} was rude.\nalone = {who}\n[team: a]\nwho = good, bad one\n[team: b]\nwho = man\n[way: c]\nneutral = Yes. -> bad one\n' >teams.ini
printf '[valence]\ngood\tcanary\nbad\n' >faulty.tsv
gzip -c in.csv >in.csv.gz
cp "$data/sources/two.csv.zst" "$data/sources/two.csv.bz2" "$data/sources/two.csv.xz" \
    "$data/sources/streamed.zip" "$data/sources/reviews.xlsx" "$data/vader/words.txt" .

# Chats: lines of a log, an export in JSON, and a folder of JSON.
printf '%s\n' '13/11/24, 20:49 - Canary: caf\351 late' 'and canary cold' \
    '13/11/24, 20:50 - Jo left' '13/11/24, 20:51 - Jo: sorry, canary' >chat.txt
printf '%s' '{"id":"9","created_at":1,"source":{"body":"<p>a canary</p>","author":{"type":' \
    '"user"}},"conversation_parts":{"conversation_parts":[{"part_type":"comment","body":' \
    '"bad canary","author":{"type":"admin"},"created_at":1730634010}]}}' >talk.json
mkdir -p slack/help
printf '[{"id":"U1","name":"canary","profile":{}}]' >slack/users.json
printf '[{"type":"message","user":"U1","text":"hi canary <@U1>","ts":"1730633950.1"}]' >slack/help/a.json

# Reviews enough for a report, a model and words that are missing.
i=0
while [ $i -lt 60 ]; do
    echo "canary lamp $i is zib and good said Canary,5,2024-01-$((i % 28 + 1)),a"
    echo "canary lamp $i is gronk and bad said Canary,1,2024-02-$((i % 28 + 1)),b"
    i=$((i + 1))
done >rows
{ echo review,stars,day,shelf && cat rows; } >reviews.csv
{ echo review,stars,day,shelf && head -n 12 rows; } >few.csv
rm rows
printf '[light]\nterms = lamp*, canary\npattern = \\bgronk\n' >topics.ini
"$earful" report -q few.csv --text review --partial -o few.part
"$earful" train -q reviews.csv --text review --rating stars -o own.efm

# Logs that are followed: seen before, and rotated and packed since.
printf 'One canary is late.\nTwo is lost.\n' >app.log
"$earful" follow -q --once --emit messages --from lines --state seen.db -o seen app.log
printf 'Three is a canary.\n' >>app.log
cp app.log new.log
gzip app.log
mv app.log.gz app.log.1.gz
sleep 0.02
printf 'Four is new, canary.\n' >app.log
{
    echo id,time,conversation,message
    echo m1,2024-03-09T00:00:00Z,t1,It arrived canary
    echo m2,2024-03-09T00:05:00Z,t1,I want to speak to a manager now you canary
    echo m3,2024-03-09T01:05:00Z,t2,Thank you canary
} >log.csv
printf '[alert.person]\nkind = conversation\nseverity = ticket\n' >rules.ini
printf '[alert.person]\nkind = canary\n' >faulty.ini
printf '#!/bin/sh\ncat >>paged\n' >page
chmod +x page
printf '[sink.pager]\nkind = exec\ncommand = %s --urgent\n' ./page >sinks.ini
printf '%s\n' '1 pager {"schema":1,"event":"alert","status":"firing","rule":"canary"}' \
    '2 pager {"schema":1,"event":"alert","status":"resolved","rule":"canary"}' >events

# What is asked of people, and what they answered.
printf 'a key that nobody guesses, canary %032d\n' 7 >key
chmod 600 key
printf '[flight]\npattern = \\bXY[0-9]{4}\\b\n' >own.ini
printf 'npeu' >answers
printf nnpp | "$earful" review -q few.csv --text review --count 4 -o labelled.csv >/dev/null
