/* SPDX-License-Identifier: MIT
 * cli/verb_review.c - `earful review`: a person labels the texts from which most is learnt.
 *
 * On a terminal each text has the screen to itself and a key is an answer. Otherwise keys
 * come from a file or a pipe, and what is asked goes to standard output line by line. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "enclose.h"
#include "exit_codes.h"
#include "interrupt.h"
#include "keyboard.h"
#include "notices.h"
#include "review_report.h"
#include "review_screen.h"
#include "verbs.h"

typedef struct desk {
    const ef_settings *settings;
    const ef_engine *engine;
    ef_scratch *scratch;
    ef_review *review;
    ef_keyboard keys;
    ef_review_screen screen;
    ef_explanation explanation;
    char message[160];
    bool is_over;
    int code;
} desk;

/* --- answers ----------------------------------------------------------------------- */

/* Shows the text that is to be answered now. */
static void turn_to_item(desk *at)
{
    ef_card *card = &at->screen.card;
    card->item = ef_review_item_now(at->review);
    at->screen.view = EF_VIEW_TEXT;
    at->screen.first = 0;
    ef_review_count(at->review, &at->screen.counts);
    if (card->item == NULL) {
        at->is_over = true;
        return;
    }
    card->shows_model = card->item->kind != EF_REVIEW_RANDOM;
    bool is_explained = ef_explain_text(at->engine, at->scratch, card->item->text,
                                        &at->explanation, NULL) == EF_OK;
    card->explanation = is_explained ? &at->explanation : NULL;
}

static void end_with(desk *at, ef_status status, const ef_error *error)
{
    ef_keyboard_close(&at->keys); /* first the screen as it was, then what is to be said */
    at->code = ef_exit_after(status, error);
    at->is_over = true;
}

/* What the model had said stands beside the answer; now it can sway nobody. */
static void say_last(desk *at)
{
    ef_label label;
    const ef_review_item *item = ef_review_item_last(at->review, &label);
    const char *said =
        item->score.label == EF_LABEL_NONE ? "nothing" : ef_label_name(item->score.label);
    if (label == EF_LABEL_NONE)
        snprintf(at->message, sizeof at->message, "skipped; the model said %s", said);
    else if (label == item->score.label)
        snprintf(at->message, sizeof at->message, "you and the model: %s", said);
    else
        snprintf(at->message, sizeof at->message, "you: %s; the model: %s",
                 ef_label_name(label), said);
}

static void answer(desk *at, ef_label label)
{
    ef_error error = { 0 };
    ef_status status = ef_review_answer(at->review, label, &error);
    if (status != EF_OK) {
        end_with(at, status, &error);
        return;
    }
    say_last(at);
    turn_to_item(at);
}

static void undo(desk *at)
{
    ef_error error = { 0 };
    ef_status status = ef_review_undo(at->review, &error);
    if (status != EF_OK && status != EF_END) {
        end_with(at, status, &error);
        return;
    }
    snprintf(at->message, sizeof at->message, "%s",
             status == EF_END ? "nothing to undo: this is the first text of this time"
                              : "taken back: answer again");
    turn_to_item(at);
}

/* m: first the model's answer where it is hidden, then all reasons, then the text. */
static void show_more(desk *at)
{
    ef_review_screen *s = &at->screen;
    s->first = 0;
    if (!s->card.shows_model)
        s->card.shows_model = true;
    else
        s->view = s->view == EF_VIEW_REASONS ? EF_VIEW_TEXT : EF_VIEW_REASONS;
}

/* A key that answers, or is about answers. False: it is another. */
static bool take_answer(desk *at, int key)
{
    switch (key) {
    case 'n':
    case 'N':
    case '1':
        answer(at, EF_LABEL_NEGATIVE);
        return true;
    case 'e':
    case 'E':
    case '2':
        answer(at, EF_LABEL_NEUTRAL);
        return true;
    case 'p':
    case 'P':
    case '3':
        answer(at, EF_LABEL_POSITIVE);
        return true;
    case 's':
    case 'S':
        answer(at, EF_LABEL_NONE);
        return true;
    case 'u':
    case 'U':
        undo(at);
        return true;
    case 'q':
    case 'Q':
    case EF_KEY_END:
        at->is_over = true;
        return true;
    default:
        return false;
    }
}

/* --- on a terminal ----------------------------------------------------------------- */

static void take_look(desk *at, int key)
{
    ef_review_screen *s = &at->screen;
    long page = s->page > 1 ? (long)s->page - 1 : 1;
    if (key == ' ' || key == EF_KEY_PAGE_DOWN)
        ef_review_screen_scroll(s, page);
    else if (key == 'b' || key == EF_KEY_PAGE_UP)
        ef_review_screen_scroll(s, -page);
    else if (key == EF_KEY_DOWN || key == EF_KEY_UP)
        ef_review_screen_scroll(s, key == EF_KEY_DOWN ? 1 : -1);
    else if (key == 'm' || key == 'M')
        show_more(at);
    else if (key == '?' || key == 'h') {
        s->view = s->view == EF_VIEW_HELP ? EF_VIEW_TEXT : EF_VIEW_HELP;
        s->first = 0;
    } else if (key == EF_KEY_PASTE)
        snprintf(at->message, sizeof at->message, "pasted text answers nothing");
    else if (key != EF_KEY_REDRAW)
        snprintf(at->message, sizeof at->message, "this key means nothing here: ? helps");
}

static void ask_on_terminal(desk *at)
{
    at->screen.message = at->message;
    turn_to_item(at);
    while (!at->is_over) {
        ef_review_screen_draw(&at->screen);
        int key = ef_keyboard_next(&at->keys);
        if (key != EF_KEY_REDRAW)
            at->message[0] = '\0';
        if (!take_answer(at, key))
            take_look(at, key);
    }
}

/* --- from a pipe ------------------------------------------------------------------- */

static void print_lines(desk *at, void (*fill)(const ef_card *card, ef_sheet *sheet))
{
    ef_sheet sheet;
    ef_terminal terminal;
    ef_terminal_look(&terminal, stdout, at->settings->color);
    ef_sheet_init(&sheet, terminal.width, terminal.has_color);
    if (sheet.stream != NULL)
        fill(&at->screen.card, &sheet);
    for (size_t i = 0; !sheet.failed && i < sheet.count; i++) {
        ef_sheet_show(&sheet, i, stdout);
        fputc('\n', stdout);
    }
    if (sheet.failed) { /* nobody is to label what he cannot see */
        ef_say("out of memory");
        at->code = EF_EXIT_INTERNAL;
        at->is_over = true;
    }
    ef_sheet_release(&sheet);
}

static void print_item(desk *at)
{
    const ef_review_counts *counts = &at->screen.counts;
    printf("%" PRIu64 " of %" PRIu64 "  ", counts->at + 1, counts->asked);
    ef_card_place(&at->screen.card, stdout, 200);
    fputc('\n', stdout);
    print_lines(at, ef_card_text);
    print_lines(at, ef_card_model);
}

static void print_after(desk *at)
{
    printf("> %s\n\n", at->message);
    at->message[0] = '\0';
    if (!at->is_over)
        print_item(at);
}

static void ask_by_lines(desk *at)
{
    turn_to_item(at);
    if (!at->is_over)
        print_item(at);
    while (!at->is_over) {
        fflush(stdout); /* somebody may answer what stands there */
        int key = ef_keyboard_next(&at->keys);
        if (take_answer(at, key)) {
            if (key != EF_KEY_END && key != 'q' && key != 'Q' && at->code == EF_EXIT_DONE)
                print_after(at);
        } else if (key == 'm' || key == 'M') {
            show_more(at);
            print_lines(at, at->screen.view == EF_VIEW_REASONS ? ef_card_reasons
                                                               : ef_card_model);
        } else { /* what follows may be meant for other texts */
            ef_keyboard_close(&at->keys);
            ef_say("an answer that is none: use n, e, p, s, u, m or q; those before it are "
                   "kept");
            at->code = EF_EXIT_USAGE;
            at->is_over = true;
        }
    }
}

/* --- before and after -------------------------------------------------------------- */

static bool reads_standard_input(const ef_settings *settings)
{
    for (size_t i = 0; i < settings->inputs.count; i++)
        if (strcmp(settings->inputs.items[i], "-") == 0)
            return true;
    return false;
}

/* Where keys come from: --answers, else standard input, else the terminal itself if texts
 * come from standard input. -1, and why is said. */
static int open_answers(const ef_settings *settings)
{
    const char *path = settings->answers_path;
    bool is_taken = reads_standard_input(settings);
    if (path == NULL && !is_taken)
        return STDIN_FILENO;
    if (path != NULL && strcmp(path, "-") == 0) {
        if (!is_taken)
            return STDIN_FILENO;
        ef_say("texts and answers cannot both come from standard input");
        return -1;
    }
    int descriptor = open(path != NULL ? path : "/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0 && path != NULL)
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0 && path != NULL)
        ef_say("cannot open '%s': %s", path, strerror(errno));
    else if (descriptor < 0)
        ef_say("texts come from standard input and there is no terminal: --answers FILE "
               "says where answers come from");
    return descriptor;
}

static bool watch(void *user, const ef_run_summary *summary)
{
    ef_progress_draw(user, &summary->counts);
    return !ef_interrupt_came();
}

static ef_status open_review(desk *at, ef_progress *progress, ef_error *error)
{
    const ef_settings *settings = at->settings;
    ef_review_options options = { .reader = settings->reader,
                                  .where = settings->where.items,
                                  .where_count = settings->where.count,
                                  .labels_path = settings->output_path,
                                  .by = settings->review_by,
                                  .count = settings->review_count,
                                  .seed = (uint64_t)settings->seed,
                                  .redact = settings->writer.redact,
                                  .redactions = settings->redactions,
                                  .threads = settings->threads,
                                  .progress = watch,
                                  .progress_user = progress };
    ef_status status = ef_review_open(&at->review, at->engine, &options, error);
    ef_progress_clear(progress);
    return status;
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

static void say_before(const desk *at)
{
    ef_review_counts c;
    ef_review_count(at->review, &c);
    if (at->settings->is_quiet)
        return;
    if (c.was_cut)
        ef_say("%s: its last row was not whole and is gone; that text may be asked again",
               at->settings->output_path);
    if (c.too_long > 0)
        ef_say("%" PRIu64 " text%s longer than %d bytes: not asked about", c.too_long,
               c.too_long == 1 ? " is" : "s are", EF_REVIEW_TEXT_LIMIT);
    if (c.asked == 0)
        ef_say("nothing to ask: of %" PRIu64 " record%s read, %s", c.records,
               plural(c.records),
               c.before > 0 ? "every text of this kind has its answer" : "none fits");
}

static void say_after(const desk *at)
{
    ef_review_counts c;
    ef_review_count(at->review, &c);
    if (at->settings->is_quiet || c.asked == 0)
        return;
    uint64_t labels = c.at - c.labels[EF_LABEL_NONE];
    printf("%" PRIu64 " label%s (%" PRIu64 " negative, %" PRIu64 " neutral, %" PRIu64
           " positive), %" PRIu64 " skipped; ",
           labels, plural(labels), c.labels[EF_LABEL_NEGATIVE], c.labels[EF_LABEL_NEUTRAL],
           c.labels[EF_LABEL_POSITIVE], c.labels[EF_LABEL_NONE]);
    ef_print_safe(stdout, at->settings->output_path, strlen(at->settings->output_path));
    printf(" holds %" PRIu64 " answer%s\n", c.before + c.at, plural(c.before + c.at));
    if (c.judged > 0)
        printf("the model agreed with %" PRIu64 " of %" PRIu64
               "; earful review --report %s "
               "says what that means\n",
               c.agreed, c.judged, at->settings->output_path);
}

static void ask(desk *at, int descriptor)
{
    ef_terminal screen;
    ef_terminal_look(&screen, stdout, NULL);
    at->screen.labels_path = at->settings->output_path;
    at->screen.color = at->settings->color;
    bool is_screen = isatty(descriptor) == 1 && ef_terminal_moves(&screen);
    if (is_screen && ef_keyboard_open_terminal(&at->keys, descriptor)) {
        ask_on_terminal(at);
    } else {
        ef_keyboard_open_stream(&at->keys, descriptor);
        ask_by_lines(at);
    }
    ef_keyboard_close(&at->keys);
}

static int run(desk *at, ef_settings *settings, int descriptor)
{
    ef_error error = { 0 };
    ef_progress progress;
    ef_notices notices;
    ef_review_counts counts = { 0 };
    ef_progress_start(&progress, settings);
    ef_notices_start(&notices, settings, &progress);
    ef_interrupt_watch_terminal();
    ef_status status = open_review(at, &progress, &error);
    at->code = ef_exit_after(status, &error);
    if (status == EF_OK) {
        ef_review_count(at->review, &counts);
        say_before(at);
        if (counts.asked > 0)
            ask(at, descriptor);
        say_after(at);
    }
    int told = ef_notices_exit(&notices, settings);
    return told > at->code ? told : at->code;
}

static int review(ef_settings *settings, int descriptor)
{
    ef_error error = { 0 };
    ef_engine *engine = NULL;
    desk at = { .settings = settings };
    ef_status status = ef_engine_new(&engine, &settings->engine, &error);
    if (status == EF_OK)
        status = ef_scratch_new(&at.scratch, &error);
    at.engine = engine;
    int code =
        status == EF_OK ? run(&at, settings, descriptor) : ef_exit_after(status, &error);
    ef_review_free(at.review);
    ef_scratch_free(at.scratch);
    ef_engine_free(engine);
    return code;
}

/* The terminal is opened before the sandbox closes, which knows files only. */
static int enclose_and_review(ef_settings *settings)
{
    ef_sandbox_state sandbox;
    ef_error error = { 0 };
    int descriptor = open_answers(settings);
    if (descriptor < 0)
        return EF_EXIT_USAGE;
    if (settings->output_path == NULL)
        settings->output_path = "labels.csv";
    int code = ef_exit_after(ef_enclose(settings, &sandbox, &error), &error);
    if (code == EF_EXIT_DONE)
        code = review(settings, descriptor);
    if (descriptor != STDIN_FILENO)
        close(descriptor);
    return code;
}

static int enclose_and_report(ef_settings *settings)
{
    ef_sandbox_state sandbox;
    ef_error error = { 0 };
    int code = ef_exit_after(ef_enclose(settings, &sandbox, &error), &error);
    return code == EF_EXIT_DONE ? ef_review_report_job(settings) : code;
}

int ef_verb_review(ef_settings *settings)
{
    int code = EF_EXIT_USAGE;
    if (settings->shows_report)
        code = enclose_and_report(settings);
    else if (settings->inputs.count == 0)
        ef_say("earful review needs texts: earful review FILE... -o LABELS");
    else if (settings->output_path != NULL && strcmp(settings->output_path, "-") == 0)
        ef_say("labels go to a file: earful review ... -o LABELS");
    else
        code = enclose_and_review(settings);
    int flushed = ef_exit_flushed();
    ef_interrupt_obey();
    return flushed > code ? flushed : code;
}
