/* SPDX-License-Identifier: MIT
 * cli/option_table.c - every option of the program, one row each.
 *
 * A row is all there is to say about an option; nothing else in the program knows an
 * option by name. An option stands only with the verbs for which it does something. */
#include <stddef.h>

#include "option_values.h"

enum {
    LEARNERS = EF_VERB_TRAIN | EF_VERB_CALIBRATE,
    READERS =
        EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_SNIFF | LEARNERS | EF_VERB_EVAL |
        EF_VERB_FOLLOW | EF_VERB_ALERTS | EF_VERB_REPORT | EF_VERB_LEXICON | EF_VERB_BENCH |
        EF_VERB_REVIEW,
    RATERS = EF_VERB_SCORE | EF_VERB_SNIFF | LEARNERS | EF_VERB_EVAL | EF_VERB_FOLLOW |
             EF_VERB_REPORT | EF_VERB_LEXICON,
    RECORDERS = EF_VERB_SCORE | EF_VERB_SNIFF | EF_VERB_FOLLOW | EF_VERB_ALERTS |
                EF_VERB_REPORT,
    TIMERS = RECORDERS | LEARNERS,
    SCORERS = EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_EVAL | EF_VERB_FOLLOW |
              EF_VERB_ALERTS | EF_VERB_REPORT | EF_VERB_AUDIT | EF_VERB_BENCH | EF_VERB_REVIEW,
    COUNTERS = EF_VERB_SCORE | EF_VERB_EXPLAIN | LEARNERS | EF_VERB_EVAL |
               EF_VERB_ALERTS | EF_VERB_REPORT | EF_VERB_REVIEW,
    NAMERS = EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_SNIFF | EF_VERB_FOLLOW |
             EF_VERB_ALERTS | EF_VERB_REPORT | EF_VERB_REVIEW,
    EVERY = ~0,
    OPENERS = EVERY & ~(EF_VERB_COMPLETIONS | EF_VERB_HELP)
};

#define AT(path) offsetof(ef_settings, path)

/* clang-format off: a table reads as a table */
static const ef_option_row rows[] = {
    { "from", 0, "FORMAT", READERS, EF_GROUP_INPUT, ef_set_text, AT(reader.format),
      "list:formats", "the input's format", "Found from the bytes unless given." },
    { "pattern", 0, "PATTERN", RECORDERS | EF_VERB_REVIEW, EF_GROUP_INPUT, ef_set_text, AT(reader.pattern),
      NULL, "what a message's first line looks like",
      "A regular expression as PCRE2 has them, matched where a line begins. Groups (?<text>"
      "...), time, author, role, channel, conversation and id say what is what; lines that "
      "do not match go on with the message above." },
    { "encoding", 0, "NAME", READERS, EF_GROUP_INPUT, ef_set_text, AT(reader.encoding),
      "list:encodings", "how the input's characters are encoded",
      "auto trusts a byte order mark and else takes UTF-8." },
    { "delimiter", 0, "CHAR", READERS, EF_GROUP_INPUT, ef_set_delimiter, AT(reader.delimiter),
      NULL, "what stands between cells",
      "One character, or tab, comma, semicolon, pipe, space." },
    { "quote", 0, "CHAR", READERS, EF_GROUP_INPUT, ef_set_quote, AT(reader.quote), NULL,
      "what stands around cells, or none", NULL },
    { "no-header", 0, NULL, READERS, EF_GROUP_INPUT, ef_set_no_header, AT(reader.header_rows),
      NULL, "the first row is data already", "Columns are then called by number, from 1." },
    { "header-rows", 0, "N", READERS, EF_GROUP_INPUT, ef_set_header_rows,
      AT(reader.header_rows), NULL, "how many rows stand above the data",
      "The last of them names the columns." },
    { "max-record", 0, "SIZE", READERS, EF_GROUP_INPUT, ef_set_size, AT(reader.max_record),
      NULL, "the longest record that is read (1M)",
      "CSV and JSON reject a longer one, line formats cut it. K, M and G are understood." },
    { "no-symlinks", 0, NULL, READERS, EF_GROUP_INPUT, ef_set_switch, AT(reader.no_symlinks),
      NULL, "pass symbolic links in folders by", NULL },
    { "where", 0, "COL=VALUE", EF_VERB_SCORE | LEARNERS | EF_VERB_EVAL | EF_VERB_REPORT | EF_VERB_REVIEW,
      EF_GROUP_INPUT, ef_add_condition, AT(where), NULL, "only records with this value (repeatable)",
      "Given several times, all must hold." },
    { "strict", 0, NULL, COUNTERS, EF_GROUP_INPUT, ef_set_switch, AT(is_strict), NULL,
      "exit with 3 when a record was rejected",
      "Rejected records are skipped and counted either way. For score, a rating or a time "
      "that cannot be read counts as well." },
    { "rejects", 0, "FILE", EF_VERB_SCORE, EF_GROUP_INPUT, ef_set_text, AT(rejects_path),
      EF_FILE_WRITTEN, "where rejected records go", NULL },

    { "text", 0, "COL[,COL...]", READERS, EF_GROUP_COLUMNS, ef_set_text, AT(reader.text), NULL,
      "the columns that hold the text",
      "Columns are named as in the header or by number, from 1. Several are joined, each "
      "as "
      "a sentence of its own: title,body." },
    { "id", 0, "COL", NAMERS, EF_GROUP_COLUMNS, ef_set_text, AT(reader.id), NULL,
      "the column that names the record", NULL },
    { "time", 0, "COL", TIMERS, EF_GROUP_COLUMNS, ef_set_text, AT(reader.time), NULL,
      "the column with date and time", NULL },
    { "tz", 0, "ZONE", TIMERS, EF_GROUP_COLUMNS, ef_set_text, AT(reader.time_zone), NULL,
      "the zone of times that name none (UTC)",
      "UTC, an offset such as +02:00, or a name such as Europe/Berlin." },
    { "date-order", 0, "ORDER", TIMERS, EF_GROUP_COLUMNS, ef_set_text, AT(reader.date_order),
      "dmy mdy ymd", "how 03/04/2024 is meant: dmy, mdy or ymd", NULL },
    { "rating", 0, "COL", RATERS, EF_GROUP_COLUMNS, ef_set_text, AT(reader.rating), NULL,
      "the column with the stars", "Stars never enter a score." },
    { "rating-scale", 0, "LOW-HIGH", RATERS, EF_GROUP_COLUMNS, ef_set_text,
      AT(reader.rating_scale), NULL, "the worst and the best rating: 1-5", NULL },
    { "author", 0, "COL", RECORDERS | EF_VERB_REVIEW, EF_GROUP_COLUMNS, ef_set_text, AT(reader.author), NULL,
      "the column that says who wrote it", NULL },
    { "role", 0, "COL", RECORDERS | EF_VERB_REVIEW, EF_GROUP_COLUMNS, ef_set_text, AT(reader.role), NULL,
      "the column that tells customer from staff", NULL },
    { "channel", 0, "COL", RECORDERS, EF_GROUP_COLUMNS, ef_set_text, AT(reader.channel), NULL,
      "the column with channel or room", NULL },
    { "conversation", 0, "COL", RECORDERS, EF_GROUP_COLUMNS, ef_set_text,
      AT(reader.conversation), NULL, "the column that holds a thread together", NULL },
    { "staff", 0, "NAME", RECORDERS | EF_VERB_REVIEW, EF_GROUP_COLUMNS, ef_add_word, AT(staff), NULL,
      "an author who is no customer (repeatable)",
      "All others are customers then, where the input itself does not say who is who." },
    { "gap", 0, "TIME", RECORDERS, EF_GROUP_COLUMNS, ef_set_gap, AT(reader.gap_minutes), NULL,
      "in chat logs, the silence that ends a conversation",
      "30m, 2h or 1d. Rules take what one author says in a channel until such a silence as "
      "a conversation (30m); a thread that the export names stays whole. score and sniff "
      "part a log of lines where everybody was silent, and without it do not. Times count "
      "to the minute." },

    { "scorer", 0, "NAME", SCORERS, EF_GROUP_SCORING, ef_set_text, AT(engine.scorer),
      "list:scorers", "how texts are scored (blend)",
      "vader gives the figures of VADER, for comparing; it needs --lexicon with a file in "
      "that format, and again with its file of emoji." },
    { "model", 0, "FILE", EF_VERB_LIST, EF_GROUP_SCORING, ef_add_word, AT(models), EF_FILE_READ,
      "a model to be listed as well (repeatable)", NULL },
    { "model", 0, "FILE", EF_VERB_EVAL, EF_GROUP_SCORING, ef_add_word, AT(models), EF_FILE_READ,
      "a model instead of the built-in one (repeatable)",
      "Several are compared with the first, text by text; \"default\" is the built-in "
      "one." },
    { "model", 0, "FILE", EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_FOLLOW | EF_VERB_REPORT | EF_VERB_AUDIT | EF_VERB_BENCH | EF_VERB_REVIEW,
      EF_GROUP_SCORING, ef_set_text, AT(engine.model_path), EF_FILE_READ,
      "a model instead of the built-in one", "`earful train` makes one." },
    { "lexicon", 0, "FILE", SCORERS | LEARNERS | EF_VERB_LEXICON, EF_GROUP_SCORING,
      ef_add_word, AT(lexicons), EF_FILE_READ, "a lexicon added to the built-in one (repeatable)",
      "A later file wins over an earlier one; the value 0 silences a word." },
    { "language", 0, "FOLDER", SCORERS | LEARNERS | EF_VERB_LEXICON, EF_GROUP_SCORING,
      ef_set_text, AT(engine.language_path), EF_FILE_READ, "a language pack instead of the built-in English",
      "A folder with lexicon files and model.efm, such as languages/de. `earful train` "
      "uses "
      "its lexicon." },
    { "threads", 0, "N",
      EF_VERB_SCORE | LEARNERS | EF_VERB_EVAL | EF_VERB_REPORT | EF_VERB_LEXICON |
          EF_VERB_REVIEW,
      EF_GROUP_SCORING, ef_set_threads, AT(threads), NULL, "how many threads work (all cores)",
      "The result does not depend on it. 1 is one thread in all; with more, compressed input "
      "is unpacked on another one." },
    { "threads", 0, "N", EF_VERB_BENCH, EF_GROUP_SCORING, ef_set_threads, AT(threads), NULL,
      "the most threads that are tried (all cores)", "64 at most." },
    { "kernels", 0, "NAME", SCORERS | LEARNERS, EF_GROUP_SCORING, ef_set_text,
      AT(engine.kernels), "list:kernels", "the inner loops to use (the fastest here)",
      "The result does not depend on it. The default comes from EARFUL_KERNELS if that is "
      "set." },

    { "to", 0, "FORMAT", EF_VERB_SCORE, EF_GROUP_OUTPUT, ef_set_text, AT(to), "list:writers",
      "the output's format",
      "A table on a terminal; else as the input for CSV, TSV and NDJSON, CSV for a "
      "workbook, and NDJSON for all other inputs." },
    { "to", 0, "FORMAT", EF_VERB_EXPLAIN | EF_VERB_SNIFF | EF_VERB_EVAL | EF_VERB_BENCH,
      EF_GROUP_OUTPUT,
      ef_set_text, AT(to), "table json", "the output's format: table or json", NULL },
    { "to", 0, "FORMAT", EF_VERB_AUDIT, EF_GROUP_OUTPUT, ef_set_text, AT(to),
      "table json csv", "the output's format: table, json or csv",
      "csv has a row for each group; json has the rest as well." },
    { "to", 0, "FORMAT", EF_VERB_ALERTS, EF_GROUP_OUTPUT, ef_set_text, AT(to), "text ndjson",
      "the output's format: text or ndjson", "ndjson writes events as follow does." },
    { "to", 0, "FORMAT", EF_VERB_REPORT, EF_GROUP_OUTPUT, ef_set_text, AT(to), "list:views",
      "the report's format",
      "Unless given, the end of the name of the output says it, such as .html; else a table." },
    { "output", 'o', "FILE", EF_VERB_FOLLOW, EF_GROUP_OUTPUT, ef_set_text, AT(output_path),
      EF_FILE_WRITTEN, "the file that events are appended to",
      "Each event stands in it once: what a crash left of the last second is cut off at "
      "the next "
      "start. SIGHUP opens it anew. Without it, events go to standard output." },
    { "output", 'o', "FILE", EF_VERB_SCORE | EF_VERB_REPORT | LEARNERS, EF_GROUP_OUTPUT, ef_set_text,
      AT(output_path), EF_FILE_WRITTEN, "where the output goes",
      "It is written beside and renamed when it is whole." },
    { "output", 'o', "FILE", EF_VERB_REVIEW, EF_GROUP_OUTPUT, ef_set_text, AT(output_path),
      EF_FILE_STATE, "the file that labels are appended to (labels.csv)",
      "CSV with id, text, label, what the model said, and where the text stands. It is made "
      "with mode 0600: it holds what customers wrote." },
    { "explain", 0, NULL, EF_VERB_SCORE | EF_VERB_FOLLOW, EF_GROUP_OUTPUT, ef_set_switch,
      AT(writer.reasons), NULL, "add the strongest reasons of each score", NULL },
    { "only-scores", 0, NULL, EF_VERB_SCORE | EF_VERB_FOLLOW, EF_GROUP_OUTPUT, ef_set_switch,
      AT(writer.only_scores), NULL, "leave the input's own columns out, but for the id",
      NULL },
    { "as", 0, "NAME", EF_VERB_SCORE | EF_VERB_FOLLOW, EF_GROUP_OUTPUT, ef_set_text,
      AT(writer.name), NULL, "what the score is called (sentiment)", NULL },
    { "csv-safe", 0, NULL, EF_VERB_SCORE, EF_GROUP_OUTPUT, ef_set_cells_safe, AT(writer.cells),
      NULL, "defuse cells that a spreadsheet would run",
      "They get a leading '. By default cells are defused unless the input was CSV or "
      "TSV." },
    { "csv-raw", 0, NULL, EF_VERB_SCORE, EF_GROUP_OUTPUT, ef_set_cells_raw, AT(writer.cells),
      NULL, "leave such cells as they are", NULL },
    { "redact", 0, NULL, EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_FOLLOW | EF_VERB_REVIEW,
      EF_GROUP_OUTPUT,
      ef_set_switch, AT(writer.redact), NULL, "write [email], [phone], ... for personal data",
      "`earful list redactions` says what is looked for. It is a net with holes: names "
      "without a cue stay. Scores do not change. What goes to --rejects stays as it is." },
    { "pseudonymize", 0, "COL",
      EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_FOLLOW | EF_VERB_REPORT | EF_VERB_ALERTS |
          EF_VERB_REVIEW,
      EF_GROUP_OUTPUT, ef_add_word, AT(pseudonymize), NULL,
      "put a stand-in for each value of a column (repeatable)",
      "author, conversation, channel and id also mean the columns read as such. The same "
      "value has the same stand-in in all files and runs with one key, and nobody tells it "
      "from the name without the key. Nothing that is written, counted or remembered "
      "holds the value; the text is --redact's matter, and --rejects stays as it is." },
    { "pseudonym-key", 0, "FILE",
      EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_FOLLOW | EF_VERB_REPORT | EF_VERB_ALERTS |
          EF_VERB_REVIEW,
      EF_GROUP_OUTPUT, ef_set_text, AT(pseudonym_key_path), EF_FILE_READ,
      "the key from which stand-ins are made",
      "16 bytes or more, in a file that only you may read: (umask 077; head -c 32 "
      "/dev/urandom >FILE) makes one. Who loses it cannot make the same stand-ins again." },
    { "raw", 0, NULL, EF_VERB_SCORE | EF_VERB_REPORT | EF_VERB_FOLLOW, EF_GROUP_OUTPUT,
      ef_set_switch, AT(keeps_controls), NULL,
      "give control characters to a terminal as they are",
      "Unless asked, a terminal gets their numbers: it would obey what a text holds. Files "
      "and pipes get what there is either way." },
    { "redact-patterns", 0, "FILE",
      EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_FOLLOW | EF_VERB_REPORT | EF_VERB_ALERTS |
          EF_VERB_LIST | EF_VERB_REVIEW,
      EF_GROUP_OUTPUT, ef_set_text, AT(redactions_path), EF_FILE_READ,
      "redact what these patterns find, too",
      "Sections [name] with pattern = a regular expression as PCRE2 has them (several; of "
      "a group (?<hide>...) only that is hidden), and, if wanted, check = luhn, iban, mod97 "
      "or mod11, tag = what stands in its place, about = a line for `earful list "
      "redactions`. Implies --redact. Where a pattern takes too many steps, the rest of "
      "that text is hidden." },
    { "color", 0, "WHEN", EF_VERB_SCORE | EF_VERB_EXPLAIN | EF_VERB_REPORT | EF_VERB_REVIEW,
      EF_GROUP_OUTPUT, ef_set_text,
      AT(color), "auto always never", "colours: auto, always or never",
      "auto shows them on a terminal; see `earful help environment`." },

    { "title", 0, "TEXT", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.title),
      NULL, "what stands above the report", NULL },
    { "by", 0, "STEP", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.step),
      "hour day week month", "the steps of trends: hour, day, week or month",
      "Chosen from the span of time unless given." },
    { "group", 0, "COL[,COL...]", EF_VERB_REPORT, EF_GROUP_REPORT, ef_add_word, AT(groups),
      NULL, "figures for each value of this column (repeatable)",
      "A column, or channel, author, role, language or conversation of any format. Unless "
      "given: product, channel and language, where they tell messages apart." },
    { "since", 0, "DATE", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.since), NULL,
      "only messages from then on",
      "2026-03-01, 2026-03, 2026-W10, 2026 or '2026-03-01 14:00', by the clock of --tz. "
      "Messages without time are left out." },
    { "until", 0, "DATE", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.until), NULL,
      "only messages up to then, all of it included", NULL },
    { "compare", 0, "A..B", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text,
      AT(report.compare), NULL, "what is different in B: two periods, or two groups",
      "2026-02..2026-03 compares months; years, weeks and days are written as for --since. "
      "channel=website..shop compares two values of a column." },
    { "before", 0, "DATE", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.before),
      NULL, "what is different from that day on", "Compares all before DATE with the rest." },
    { "topics", 0, "FILE", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text,
      AT(report.topics_name), EF_FILE_READ, "what customers say of these topics, too",
      "Sections [name] with lines 'terms = parcel, courier, deliver*' and 'pattern = "
      "REGEX'. A term is words that stand side by side; * ends the beginning of a word." },
    { "state", 0, "FILE", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(state_path),
      EF_FILE_STATE, "report on what follow remembers, in place of inputs",
      "The mood of each hour of up to 400 days, by the columns that a rule groups by." },
    { "test", 0, "NAME", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.test),
      "usual fisher bootstrap", "how changes are tested: usual, fisher or bootstrap",
      "The usual test fits the figure; fisher is exact for shares; bootstrap draws whole "
      "conversations or customers 2,000 times, which is slow for millions." },
    { "frt", 0, "WHO", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text,
      AT(report.first_response), "human bot",
      "whose first response counts: human, or bot as well", NULL },
    { "hours", 0, "HOURS", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.hours),
      NULL, "business hours, in which waits count",
      "Such as 'mon-fri 09:00-17:00', by the clock of --tz. Several are parted by commas." },
    { "resolution", 0, "WHEN", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text,
      AT(report.resolution), "last-close first-close",
      "when it is resolved: last-close or first-close", NULL },
    { "escalation", 0, "WHAT", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text,
      AT(report.escalation), "all events",
      "what tells an escalation: all, or events alone", NULL },
    { "fcr-days", 0, "N", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_least,
      AT(report.contact_days), NULL,
      "days in which a new talk repeats the last (7)", NULL },
    { "arc-limit", 0, "X", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text,
      AT(report.arc_limit), NULL,
      "how far moods must move to improve or worsen (0.25)",
      "From the first third of a conversation to the last, on a scale of -1 to 1." },
    { "csat", 0, "FORMULA", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.csat),
      "share mean net", "how CSAT is computed: share, mean or net",
      "share: 4 and 5 of 1-5. net: less 1 and 2." },
    { "csat-from", 0, "WHAT", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text,
      AT(report.csat_from), "surveys stars",
      "what answers for CSAT: surveys, or stars as well", NULL },
    { "ces", 0, "FORMULA", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text, AT(report.ces),
      "share mean index v1", "how CES is computed: share, mean, index or v1",
      "share: 5 to 7 of 1-7, with the mean beside it. index: 6 and 7 less 1 to 3. v1: the "
      "mean on 1-5, where low is good." },
    { "advocates", 0, "WHO", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_text,
      AT(report.advocates), "words any",
      "who is an advocate: by words too, or any best rating", NULL },
    { "dedupe", 0, NULL, EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_switch,
      AT(report.drops_repeats), NULL, "count records that are the same once",
      "The same in id, author, conversation, time, rating, text and groups. Not for partial "
      "results, which know only their own records." },
    { "partial", 0, NULL, EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_switch, AT(is_partial),
      NULL, "write what was counted, for another report to read",
      "Its --output is a partial result: `earful report *.part` gives the report that all "
      "inputs together would have given, to the byte. It holds names of groups and people "
      "and some quoted texts, redacted unless --no-redact is given." },
    { "no-redact", 0, NULL, EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_switch,
      AT(report.shows_words), NULL, "show quoted texts as they are",
      "Otherwise personal data in them is replaced by [email], [phone], ... as --redact of "
      "score does." },
    { "min-n", 0, "N", EF_VERB_REPORT, EF_GROUP_REPORT, ef_set_least, AT(report.least), NULL,
      "the least n for which a figure is shown (5)",
      "Figures of less than six times as many are greyed." },

    { "state", 0, "FILE", EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_text, AT(state_path),
      EF_FILE_STATE, "where to remember how far it is",
      "An SQLite database; follow.db in $XDG_STATE_HOME/earful unless given. Two that run "
      "at a time need two." },
    { "emit", 0, "WHAT", EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_emit, AT(emit),
      "alerts messages all", "what is written: alerts, messages or all (alerts)",
      "A message has the form that `score --to ndjson` gives it." },
    { "rules", 0, "FILE", EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_text, AT(rules_path),
      EF_FILE_READ, "the rules that raise alerts (built-in ones)", NULL },
    { "fail-on", 0, "LEVEL", EF_VERB_FOLLOW | EF_VERB_ALERTS, EF_GROUP_FOLLOWING, ef_set_text,
      AT(fail_level), "info ticket warning error critical page",
      "exit with 1 if an alert of this severity was raised",
      "Or of a graver one: info, then ticket and warning, then error, then critical and "
      "page. earful alerts test exits with 1 for any, unless this asks for more." },
    { "sinks", 0, "FILE", EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_text, AT(sinks_path),
      EF_FILE_UNREAD, "where alerts go besides: webhooks, programs",
      "A section [sink.NAME] each, with kind = webhook, alertmanager, pagerduty, slack or "
      "exec. earful-notify, which is started for it, says with --check what is wrong in "
      "the file." },
    { "show-text", 0, NULL, EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_switch,
      AT(shows_text), NULL, "alerts carry the texts of their examples",
      "Redacted as with --redact. Without it an alert names messages by their place." },
    { "metrics", 0, "FILE", EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_text,
      AT(metrics_path), EF_FILE_WRITTEN, "counts for Prometheus, in a file",
      "Written whole at every commit, for node_exporter's textfile collector: name it "
      "*.prom in its folder." },
    { "start", 0, "WHERE", EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_start, AT(start), NULL,
      "where to begin in files that are new to it",
      "end: with what comes from now on (the default); begin; -N: with the last N lines. "
      "checkpoint is the default by name. Files that the state knows go on where they "
      "were; files that come later are read from their beginning." },
    { "once", 0, NULL, EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_switch, AT(is_once), NULL,
      "read what is there, then end",
      "Files that the state does not know are read from their beginning." },
    { "flush", 0, "SECONDS", EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_seconds, AT(flush_ms),
      NULL, "how long a message may pause before it is over (1)",
      "For layouts in which only the next message ends one." },
    { "poll", 0, NULL, EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_switch, AT(polls), NULL,
      "look four times a second instead of being told",
      "For disks on which other machines write. Known ones are looked at so anyway." },
    { "status", 0, NULL, EF_VERB_FOLLOW, EF_GROUP_FOLLOWING, ef_set_switch, AT(shows_status),
      NULL, "say how far it is, beside one that runs, and end", NULL },

    { "label", 0, "COL", LEARNERS | EF_VERB_EVAL | EF_VERB_LEXICON, EF_GROUP_TRAINING,
      ef_set_text, AT(label), NULL, "the column that says what is right",
      "negative, neutral or positive. Without it the rating says what is right." },
    { "group", 0, "COL", EF_VERB_EVAL, EF_GROUP_TRAINING, ef_set_text, AT(group), NULL,
      "figures for each value of this column, too", NULL },
    { "two-classes", 0, NULL, EF_VERB_EVAL, EF_GROUP_TRAINING, ef_set_switch, AT(two_classes),
      NULL, "leave neutral texts out", "The sign of the score then decides." },
    { "hold-out", 0, "COL", LEARNERS, EF_GROUP_TRAINING, ef_set_text, AT(hold_out), NULL,
      "try texts with one value of this column together",
      "What the model gains is tried on texts that it did not learn from: a fifth at a "
      "time. Name the product or the author, and no text of theirs is on both sides." },
    { "latest", 0, NULL, LEARNERS, EF_GROUP_TRAINING, ef_set_switch, AT(tries_latest), NULL,
      "try it on the latest fifth of the texts",
      "It learns from the older ones first, then from all." },
    { "learning-curve", 0, NULL, EF_VERB_TRAIN, EF_GROUP_TRAINING, ef_set_switch,
      AT(has_curve), NULL, "also try it with fewer texts", NULL },
    { "alone", 0, NULL, EF_VERB_TRAIN, EF_GROUP_TRAINING, ef_set_switch, AT(is_alone), NULL,
      "a model that replaces the built-in one",
      "It knows nothing but these texts: for another language, or very many of them." },
    { "recipe", 0, "FILE", EF_VERB_TRAIN | EF_VERB_LEXICON, EF_GROUP_TRAINING, ef_set_text,
      AT(recipe), EF_FILE_READ,
      "inputs and kinds of labels from a file",
      "INPUT is then the folder in which its files lie. Implies --alone." },
    { "name", 0, "NAME", LEARNERS, EF_GROUP_TRAINING, ef_set_text, AT(name), NULL,
      "the name of the model (own)", NULL },
    { "classifier", 0, "NAME", EF_VERB_TRAIN, EF_GROUP_TRAINING, ef_set_text, AT(classifier),
      "list:classifiers", "what kind of model (linear)", "With --alone or --recipe." },
    { "feature-bits", 0, "N", EF_VERB_TRAIN, EF_GROUP_TRAINING, ef_set_bits,
      AT(feature_bits), NULL, "room for 2^N features of 4 bytes each (up to 20)",
      "10 to 24; features that find no room are left out, the weakest first. A table that "
      "fits a core's cache is faster. With --alone or --recipe." },

    { "templates", 0, "FILE", EF_VERB_AUDIT, EF_GROUP_AUDIT, ef_add_word, AT(templates), EF_FILE_READ,
      "sentences and words of one's own (repeatable)",
      "Instead of the built-in ones, which \"default\" names; files are taken together." },
    { "show-templates", 0, NULL, EF_VERB_AUDIT, EF_GROUP_AUDIT, ef_set_switch,
      AT(shows_templates), NULL, "print the built-in sentences and words, and end",
      "In the form that --templates reads." },
    { "fail-if", 0, "CONDITION", EF_VERB_AUDIT, EF_GROUP_AUDIT, ef_add_word, AT(limits), NULL,
      "exit with 1 if this holds (repeatable)",
      "[DIMENSION:]MEASURE>NUMBER, such as 'gap>0.05' or 'religion: flips > 0.02'; >= as "
      "well. gap is the size of a group's mean gap, worst that of the text farthest off, "
      "flips the share of its texts with another label, muted by how much, at "
      "least, its complaints score higher and its praise lower; one group is enough. alone counts "
      "texts of words for people alone that are negative, of all dimensions." },
    { "count", 0, "N", EF_VERB_REVIEW, EF_GROUP_REVIEW, ef_set_count, AT(review_count), NULL,
      "how many texts are asked about (20)", "At most 1000; run again for more." },
    { "by", 0, "KIND", EF_VERB_REVIEW, EF_GROUP_REVIEW, ef_set_text, AT(review_by),
      "mix random uncertain disagree diverse cue", "which texts are chosen (mix)",
      "random ones alone tell how good the model is; mix has a fourth of them." },
    { "seed", 0, "N", EF_VERB_REVIEW, EF_GROUP_REVIEW, ef_set_least, AT(seed), NULL,
      "another draw of the random ones",
      "The same inputs, labels and seed give the same texts." },
    { "answers", 0, "FILE", EF_VERB_REVIEW, EF_GROUP_REVIEW, ef_set_text, AT(answers_path),
      EF_FILE_READ, "keys from a file or pipe instead of the terminal",
      "One letter for each text, - for standard input. Blanks and line ends do not count." },
    { "report", 0, NULL, EF_VERB_REVIEW, EF_GROUP_REVIEW, ef_set_switch, AT(shows_report),
      NULL, "how the model did on the labels, and what to do",
      "Nothing is asked; the file given is one of labels." },

    { "quiet", 'q', NULL, READERS, EF_GROUP_PROGRAM, ef_set_switch, AT(is_quiet), NULL,
      "errors only: no guesses, no summary", NULL },
    { "verbose", 0, NULL, EF_VERB_LIST, EF_GROUP_PROGRAM, ef_set_switch, AT(is_verbose), NULL,
      "the cards of models, too", "What a model was made of, and how good it was then." },
    { "no-progress", 0, NULL, EF_VERB_SCORE | EF_VERB_REPORT | EF_VERB_REVIEW, EF_GROUP_PROGRAM, ef_set_switch, AT(no_progress),
      NULL, "no progress line on a terminal", NULL },
    { "sandbox", 0, "MODE", (unsigned)OPENERS, EF_GROUP_PROGRAM, ef_set_text, AT(sandbox),
      "auto require off", "giving up what is not needed: auto, require or off",
      "Before it reads, the program gives up all but its inputs, its outputs and the calls "
      "that reading needs: it can open no other file, no connection and no program then, "
      "whoever takes it over. auto, the default, says on standard error what the system "
      "lacks for that and goes on; require exits with 3 instead. EARFUL_SANDBOX sets "
      "another default." },
    { "help", 'h', NULL, (unsigned)EVERY, EF_GROUP_PROGRAM, ef_set_help, AT(help), NULL,
      "this help; -h is the short one", NULL },
};
/* clang-format on */

const ef_option_row *ef_option_at(size_t index)
{
    return index < sizeof rows / sizeof *rows ? &rows[index] : NULL;
}

const char *ef_option_group_title(ef_option_group group)
{
    static const char *const titles[EF_GROUP_COUNT] = {
        [EF_GROUP_INPUT] = "What is read",
        [EF_GROUP_COLUMNS] = "Which column is what",
        [EF_GROUP_SCORING] = "How it is scored",
        [EF_GROUP_OUTPUT] = "What is written",
        [EF_GROUP_FOLLOWING] = "How it is followed",
        [EF_GROUP_REPORT] = "What is reported",
        [EF_GROUP_TRAINING] = "What is right",
        [EF_GROUP_AUDIT] = "What is tried",
        [EF_GROUP_REVIEW] = "What is asked",
        [EF_GROUP_PROGRAM] = "The program",
    };
    return titles[group];
}
