#!/usr/bin/awk -f
# Means of the runs of review_table, by way and number of labels, as Markdown: each set counts
# the same. The last two columns compare with random texts of the same set and seed.
BEGIN {
    FS = "\t"
    split("random uncertain diverse mix", ways, " ")
    split("20 40 80 160 320 640", totals, " ")
}
{
    if (!($1 in known)) { known[$1] = 1; sets++ }
    key = $2 SUBSEP $3
    count[key, $1]++
    learnt[key, $1] += $5
    f1[key, $1] += $10
    loss[key, $1] += $9
    negative[key, $1] += $12
    run_f1[$2, $3, $1, $4] = $10
    run_loss[$2, $3, $1, $4] = $9
    seeds[$4] = 1
}
function mean_over_sets(sums, key,   name, sum) {
    sum = 0
    for (name in known) sum += sums[key, name] / count[key, name]
    return sum / sets
}
# Mean and standard error of the paired differences from random.
function beside(runs, way, total,   name, seed, d, n, sum, squares) {
    n = sum = squares = 0
    for (name in known)
        for (seed in seeds) {
            d = runs[way, total, name, seed] - runs["random", total, name, seed]
            sum += d
            squares += d * d
            n++
        }
    return sprintf("%+.3f ± %.3f", sum / n, n > 1 ? 1.96 * sqrt((squares - sum * sum / n) / (n - 1) / n) : 0)
}
END {
    print "| labels | texts | negative | could learn | macro-F1, two classes | log loss, three | F1 beside random | log loss beside random |"
    print "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for (t = 1; t <= 6; t++)
        for (w = 1; w <= 4; w++) {
            key = ways[w] SUBSEP totals[t]
            printf "| %s | %s | %.0f | %.0f %% | %+.3f | %+.3f | %s | %s |\n", totals[t], ways[w],
                mean_over_sets(negative, key), 100 * mean_over_sets(learnt, key),
                mean_over_sets(f1, key), mean_over_sets(loss, key),
                w == 1 ? "" : beside(run_f1, ways[w], totals[t]),
                w == 1 ? "" : beside(run_loss, ways[w], totals[t])
        }
}
