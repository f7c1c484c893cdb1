/* SPDX-License-Identifier: MIT
 * cli/verbs.c - the verbs of the program, in one table.
 *
 * To add a verb: a row here, its bit in verbs.h, its options in option_table.c and a file
 * verb_<name>.c. Examples are the first thing help shows, so each must work as it stands.
 */
#include "verbs.h"

#include <string.h>

#include "exit_codes.h"
#include "suggest.h"
#include "terminal.h"

static const char *const shells[] = { "bash", "zsh", "fish", NULL };
static const char *const lexicon_jobs[] = { "check", "show", "suggest", NULL };
static const char *const alerts_jobs[] = { "check", "test", NULL };
static const char *const topics[] = { "score",      "explain", "report", "sniff",       "lexicon",
                                      "follow",     "alerts",  "train",       "calibrate",
                                      "eval",       "audit",   "review",      "bench",       "list",     "completions",
                                      "exit-codes", "formats", "environment", "man",
                                      NULL };
static const char *const lists[] = { "formats",     "sources", "writers",   "kernels",
                                     "classifiers", "scorers", "encodings", "rules",   "views",
                                     "models",      NULL };

static const ef_verb verbs[] = {
    { .name = "score",
      .bit = EF_VERB_SCORE,
      .operands = "[INPUT...]",
      .summary = "one scored record out for every record in",
      .description =
          "Reads reviews or messages and writes each with its sentiment, in the same order "
          "and with the input's own columns. An INPUT is a file, a folder, a quoted glob "
          "or "
          "- for standard input; .gz, .zip, .zst, .bz2 and .xz are undone. Format, columns "
          "and scales are found from the bytes and told on standard error with the options "
          "that repeat the choice. The bytes written do not depend on the number of "
          "threads.",
      .examples = { { "earful score reviews.csv -o scored.csv",
                      "every row, with its sentiment beside it" },
                    { "earful score --text title,body --to ndjson dump.ndjson.gz | head",
                      "name the columns, choose the output" },
                    { "earful score --where lang=en chats/",
                      "a whole folder, only some of its records" } },
      .reads_inputs = true,
      .run = ef_verb_score },
    { .name = "explain",
      .bit = EF_VERB_EXPLAIN,
      .operands = "[TEXT...|INPUT...]",
      .summary = "why a text has its score, word by word",
      .description =
          "Shows each sentence with its probabilities and every reason: the words, their "
          "weight, the rule that changed it and what was added to the evidence. Reasons "
          "add "
          "up to the evidence. Words that are no file are the text itself; a file is read "
          "record by record; standard input is one text unless an option says how to read "
          "it. At most the first MiB of a text is explained.",
      .examples = { { "earful explain \"not bad at all\"", "a text from the command line" },
                    { "earful explain --text body reviews.csv | less",
                      "every record of a file" },
                    { "echo \"It broke.\" | earful explain --to json", "for machines" } },
      .reads_inputs = true,
      .run = ef_verb_explain },
    { .name = "report",
      .bit = EF_VERB_REPORT,
      .operands = "[INPUT...]",
      .summary = "what customers feel, about what, and what changed",
      .description =
          "Scores reviews or messages and says what they add up to: how customers feel, "
          "whether it is getting better, and for which groups of them. Every figure comes "
          "with its n and its 95 % interval; below 30 messages it is greyed, below 5 "
          "withheld. What could not be done is said at the end. The report does not depend "
          "on the order of the inputs or on the number of threads.",
      .examples = { { "earful report reviews.csv", "one screen" },
                    { "earful report reviews.csv -o report.html", "a page to send on" },
                    { "earful report --compare 2026-05..2026-06 reviews.csv",
                      "what was different in June" },
                    { "earful report --partial -o may.part may.csv",
                      "a part, for earful report *.part" } },
      .reads_inputs = true,
      .run = ef_verb_report },
    { .name = "sniff",
      .bit = EF_VERB_SNIFF,
      .operands = "[INPUT...]",
      .summary = "what an input is, which column is what, and why",
      .description =
          "Looks at the beginning of each input and prints what would be decided about it: "
          "format, encoding, columns, rating scale, order of dates; each with its reason "
          "and with the option that fixes it, and last the command line that repeats it.",
      .examples = { { "earful sniff reviews.csv", "look before scoring" },
                    { "earful sniff --to json export.zip", "for machines" } },
      .reads_inputs = true,
      .run = ef_verb_sniff },
    { .name = "lexicon",
      .bit = EF_VERB_LEXICON,
      .operands = "check FILE... | show WORD... | suggest INPUT...",
      .summary = "check lexicon files, look words up, find words that are missing",
      .description =
          "check prints what is wrong in lexicon files, by line and column: bad values, "
          "entries given twice, entries that no text can ever match. Errors make it exit "
          "with 3, warnings do not. show prints what the lexicon in use says of words and "
          "phrases. suggest reads labelled or star-rated texts and prints the words that "
          "the lexicon lacks and that lean to one side, with the evidence, as a lexicon "
          "file: a list to be read and corrected, not one to be used as it is.",
      .examples = { { "earful lexicon check ours.tsv", "every finding, with its place" },
                    { "earful lexicon show 'dead on arrival'", "what a phrase is worth" },
                    { "earful lexicon suggest reviews.csv >ours.tsv",
                      "words that our own stars would add" } },
      .words = lexicon_jobs,
      .run = ef_verb_lexicon },
    { .name = "follow",
      .bit = EF_VERB_FOLLOW,
      .operands = "INPUT...",
      .summary = "watch logs as they grow, and raise alerts",
      .description =
          "Reads files that grow, scores every message as soon as its line is complete, and "
          "writes an alert when the rules find that something has changed; with --emit "
          "messages or all, every message too. All events are JSON objects, one a line. An "
          "INPUT is a file, which may come later, a folder or a quoted glob; or it is -, a "
          "pipe, which is followed alone, from where it stands to its end. Rotated, "
          "emptied, replaced and deleted files are followed to their end, new ones from "
          "their beginning. How far each was read is remembered in a state, together with "
          "the length of the output: started again, even after a crash, it goes on so that "
          "every event stands in the output file once. To standard output an event may "
          "come twice after a crash. SIGTERM ends it, SIGHUP reads lexicon, model and rules "
          "again and reopens the output, SIGUSR1 says how far it is.",
      .examples = { { "earful follow 'chats/*.log' -o alerts.ndjson",
                      "from now on, until it is stopped" },
                    { "earful follow --once --emit messages --state day.db chats/ -o scored",
                      "what has come since the last time" },
                    { "journalctl -fu shop -o cat | earful follow -", "as long as it runs" },
                    { "earful follow --status", "how far it is" } },
      .encloses_itself = true,
      .run = ef_verb_follow },
    { .name = "alerts",
      .bit = EF_VERB_ALERTS,
      .operands = "check RULES... | test RULES LOG...",
      .summary = "check rules of alerts, and try them on a log",
      .description =
          "check prints every error of rule files, by line. test scores a log, judges it as "
          "follow would have when it was new, and prints each alert that would have been "
          "raised and how each rule stands with each group; built-in in place of RULES "
          "means the rules that follow uses without --rules. A rule file is INI: a section "
          "[alert.NAME] for each rule, its kind first (see earful list rules), then its "
          "settings. A rule that fired makes test exit with 1 (see --fail-on).",
      .examples = { { "earful alerts check alerts.ini", "every error, with its line" },
                    { "earful alerts test alerts.ini chats/*.log",
                      "when each rule would have fired" },
                    { "earful alerts test built-in --to ndjson tickets.csv",
                      "the events as follow writes them" } },
      .words = alerts_jobs,
      .run = ef_verb_alerts },
    { .name = "train",
      .bit = EF_VERB_TRAIN,
      .operands = "[INPUT...] -o MODEL",
      .summary = "a model from labelled or star-rated text",
      .description =
          "Learns from reviews with stars or labels what the built-in model misses, and "
          "writes a small model for --model that adds to it. It is tried on texts that it "
          "did not learn from, and what that gains is printed, with 95 % intervals. Texts "
          "without stars or label are passed by. With --alone or a recipe the model "
          "replaces the built-in one. The same input gives the same file, with any number "
          "of threads.",
      .examples = { { "earful train reviews.csv -o ours.efm",
                      "from the stars of an export" },
                    { "earful train --label mood --text message log.csv -o ours.efm",
                      "from a column of labels" },
                    { "earful train --latest --learning-curve reviews.csv -o ours.efm",
                      "tried on the latest reviews, with fewer of the older ones" },
                    { "earful score --model ours.efm reviews.csv", "then use it" } },
      .reads_inputs = true,
      .run = ef_verb_train },
    { .name = "calibrate",
      .bit = EF_VERB_CALIBRATE,
      .operands = "[INPUT...] [-o MODEL]",
      .summary = "limits and probabilities that fit one's own ratings",
      .description =
          "Fits the probabilities of the built-in model to texts with stars or labels, and "
          "chooses what each class weighs when a label is given. Both are tried on texts "
          "that they were not fitted to, and what that gains is printed, with 95 % "
          "intervals. No words are learnt: that is what `earful train` does, and it "
          "calibrates as well. At least 30 negative and 30 positive texts are needed.",
      .examples = { { "earful calibrate reviews.csv", "what would be gained" },
                    { "earful calibrate reviews.csv -o ours.efm", "and keep it" },
                    { "earful score --model ours.efm reviews.csv", "then use it" } },
      .reads_inputs = true,
      .run = ef_verb_calibrate },
    { .name = "eval",
      .bit = EF_VERB_EVAL,
      .operands = "[INPUT...]",
      .summary = "how good the scores are on labelled text",
      .description =
          "Scores labelled or star-rated texts and compares: accuracy, macro-averaged F1, "
          "balanced accuracy and log loss with their 95 % intervals, calibration error, "
          "confusion and reliability, for all texts and for groups of them. Several models "
          "are compared text by text: with the intervals of their differences and "
          "McNemar's test. Intervals are percentiles of 2,000 draws of the texts, from a "
          "fixed seed. Texts without label, without words or in a language that a model "
          "does not know are left out and counted.",
      .examples = { { "earful eval reviews.csv", "against the stars of an export" },
                    { "earful eval --model default --model ours.efm held-out.csv",
                      "a model of one's own beside the built-in one" },
                    { "earful eval --two-classes --to json reviews.csv",
                      "negative against positive, for machines" } },
      .reads_inputs = true,
      .run = ef_verb_eval },
    { .name = "audit",
      .bit = EF_VERB_AUDIT,
      .operands = "",
      .summary = "whether a score changes when only the person changes",
      .description =
          "Puts names and words for people (gender, nationality, religion, orientation, "
          "disability, age and more) into sentences of reviews and support chats, scores "
          "them, and compares each group with the others, sentence by sentence; and "
          "sentences in standard spelling with the same in a dialect or with mistakes. "
          "Prints the mean gap of each group with its 95 % interval, the text that is "
          "farthest off, how many labels change, the words responsible, and whether words "
          "for people alone are ever negative. The sentences are our own and few: a small "
          "gap here is no proof that texts of real people are judged alike.",
      .examples = { { "earful audit", "the built-in model" },
                    { "earful audit --model ours.efm --fail-if 'gap>0.05'",
                      "a model of one's own, in a test" },
                    { "earful audit --show-templates >ours.ini", "what is tried, to be edited" },
                    { "earful audit --templates ours.ini --to csv", "then use it" } },
      .run = ef_verb_audit },
    { .name = "review",
      .bit = EF_VERB_REVIEW,
      .operands = "FILE... | --report LABELS",
      .summary = "label by hand the texts from which most is learnt",
      .description =
          "Scores texts and shows those worth a person's look, one by one: n is negative, e "
          "neutral, p positive, s skips, u takes the last answer back, m shows more, q "
          "quits. Some are chosen because two labels are nearly as likely, because lexicon "
          "and classifier disagree, because many others are like them, or for a cue of "
          "sarcasm or an unknown language; every fourth or so is drawn by lot, and its "
          "model's answer is hidden until yours. Each answer is on the disk before the next "
          "text comes; run again, it goes on where it was. train, calibrate and eval take "
          "the file of labels as it is. --report says how the model did on them.",
      .examples = { { "earful review reviews.csv", "twenty texts, into labels.csv" },
                    { "earful review --count 50 --redact chats/ -o labels.csv",
                      "fifty, without personal data" },
                    { "earful review --report labels.csv", "how good is the model here?" },
                    { "earful train labels.csv -o ours.efm", "then learn from them" } },
      .encloses_itself = true,
      .run = ef_verb_review },
    { .name = "bench",
      .bit = EF_VERB_BENCH,
      .operands = "[INPUT...]",
      .summary = "how fast this machine scores",
      .description =
          "Reads texts into memory, 4 MiB at most, and scores them with each kernel set, on "
          "one thread and on more, each thread all of them. Prints megabytes and messages a "
          "second and nanoseconds a token, which is a word here: the median of up to nine "
          "runs, the slowest and the fastest; and beside them how fast line ends are counted "
          "in the same bytes. No format is read or written while the clock runs. Every run "
          "must give the very scores of the reference set. Without INPUT the texts are made "
          "for the purpose; they are kinder than people's. It takes some seconds.",
      .examples = { { "earful bench", "this machine" },
                    { "earful bench --text body reviews.csv", "on one's own texts" },
                    { "earful bench --model ours.efm --to json dump.ndjson.gz",
                      "with one's own model, for machines" } },
      .run = ef_verb_bench },
    { .name = "list",
      .bit = EF_VERB_LIST,
      .operands = "[LIST...]",
      .summary = "formats, writers, kernels and all else in tables",
      .description = "Prints what this build knows. Without a name, all lists.",
      .examples = { { "earful list formats", "what --from takes" },
                    { "earful list models --model ours.efm --verbose", "a model and its card" },
                    { "earful list kernels", "what this machine can run" } },
      .words = lists,
      .run = ef_verb_list },
    { .name = "completions",
      .bit = EF_VERB_COMPLETIONS,
      .operands = "bash|zsh|fish",
      .summary = "completions for a shell",
      .description = "Prints a script that teaches the shell verbs, options and values.",
      .examples = { { "earful completions bash >~/.local/share/bash-completion/completions/"
                      "earful",
                      "for bash" },
                    { "earful completions zsh >~/.zfunc/_earful", "for zsh" },
                    { "earful completions fish >~/.config/fish/completions/earful.fish",
                      "for fish" } },
      .words = shells,
      .reads_nothing = true,
      .run = ef_verb_completions },
    { .name = "help",
      .bit = EF_VERB_HELP,
      .operands = "[VERB|TOPIC]",
      .summary = "this program, a verb or a topic",
      .description =
          "Topics are exit-codes, formats, environment, and man: the manual page "
          "in roff.",
      .examples = { { "earful help score", "a verb and all its options" },
                    { "earful help exit-codes", "how the program ends" } },
      .words = topics,
      .reads_nothing = true,
      .run = ef_verb_help },
};

const ef_verb *ef_verb_at(size_t index)
{
    return index < sizeof verbs / sizeof *verbs ? &verbs[index] : NULL;
}

const ef_verb *ef_verb_named(const char *name)
{
    for (size_t i = 0; ef_verb_at(i) != NULL; i++) {
        if (strcmp(verbs[i].name, name) == 0)
            return &verbs[i];
    }
    return NULL;
}

const char *ef_verb_suggest(const char *typed)
{
    ef_suggestion suggestion = { typed, NULL, 0 };
    for (size_t i = 0; ef_verb_at(i) != NULL; i++)
        ef_suggestion_offer(&suggestion, verbs[i].name);
    return suggestion.best;
}

int ef_verb_say_unknown(const ef_verb *verb, const char *what, const char *word)
{
    ef_suggestion suggestion = { word, NULL, 0 };
    for (size_t i = 0; verb->words[i] != NULL; i++)
        ef_suggestion_offer(&suggestion, verb->words[i]);
    if (suggestion.best != NULL)
        ef_say("unknown %s '%s'; did you mean '%s'?", what, word, suggestion.best);
    else
        ef_say("unknown %s '%s'; see 'earful %s --help'", what, word, verb->name);
    return EF_EXIT_USAGE;
}
