# SPDX-License-Identifier: MIT
# coverage.awk - adds up what gcov says of all objects (gcov -b -c -r -t).
#
#   awk -f tests/tools/coverage.awk [-v by=file] [-v missing=src/score/blend.c] REPORT
#
# Prints lines and branches of src/ by room or by file; or the lines of one file that
# nothing ran, and those with a branch that nothing took. A header is compiled into many
# objects: a line or a branch counts as taken when it was in any of them.
#
# A line of gcov's is "count:number:text", behind it "branch N taken COUNT" or
# "branch N never executed".

/^ *(-|#####|=====|[0-9]+\*?): *[0-9]+:/ {
    split($0, part, ":")
    count = part[1]
    number = part[2] + 0
    gsub(/[ *]/, "", count)
    branch = 0
    if (number == 0 && part[3] == "Source") {
        file = part[4]
        sub(/^\.\//, "", file)
        is_ours = file ~ /^src\//
    }
    if (number == 0 || !is_ours || count == "-")
        next
    key = file ":" number
    if (!(key in file_of)) {
        file_of[key] = file
        text_of[key] = substr($0, index($0, part[2] ":") + length(part[2]) + 1)
        order[++keys] = key
    }
    if (count + 0 > 0)
        is_run[key] = 1
    next
}

/^branch/ && is_ours {
    branch++
    if (branch > branches_of[key])
        branches_of[key] = branch
    if ($3 == "taken" && $4 + 0 > 0)
        is_taken[key, branch] = 1
}

function taken_of(key, i, n) {
    for (i = 1; i <= branches_of[key]; i++)
        n += (key, i) in is_taken
    return n + 0
}

function add(name, key, taken) {
    lines[name]++
    lines_run[name] += key in is_run
    branches[name] += branches_of[key]
    branches_taken[name] += taken
}

function row(name) {
    return sprintf("%-36s %6d %6.1f %%  %7d %6.1f %%", name, lines[name],
        100 * lines_run[name] / lines[name], branches[name],
        branches[name] == 0 ? 100 : 100 * branches_taken[name] / branches[name])
}

END {
    for (i = 1; i <= keys; i++) {
        key = order[i]
        taken = taken_of(key)
        name = file_of[key]
        if (name == missing && (!(key in is_run) || taken < branches_of[key]))
            printf "%s %d/%d:%s\n", substr(key, length(name) + 2), taken, branches_of[key],
                text_of[key]
        if (by != "file")
            sub(/\/[^\/]*$/, "", name)
        if (!(name in lines))
            names[++rooms] = name
        add(name, key, taken)
        add("all of src", key, taken)
    }
    if (missing != "")
        exit
    printf "%-36s %6s %8s  %7s %8s\n", "", "lines", "run", "branches", "taken"
    for (i = 1; i <= rooms; i++)
        print row(names[i]) | "sort"
    close("sort")
    print row("all of src")
    if (100 * lines_run["all of src"] < least_lines * lines["all of src"] ||
        100 * branches_taken["all of src"] < least_branches * branches["all of src"]) {
        printf "FAILED: wanted are %s %% of lines and %s %% of branches\n", least_lines, least_branches
        exit 1
    }
}
