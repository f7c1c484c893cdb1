/* SPDX-License-Identifier: MIT
 * cli/verb_sniff.c - `earful sniff`: what would be decided about an input, and why. */
#include <string.h>

#include "earful/app/sniff.h"
#include "exit_codes.h"
#include "json_print.h"
#include "notices.h"
#include "terminal.h"
#include "verbs.h"

enum { WIDEST_VALUE = 32 };

static void print_padded(const char *text, size_t width)
{
    size_t used = ef_print_safe(stdout, text, strlen(text));
    printf("%*s", used < width ? (int)(width - used) + 2 : 2, "");
}

static size_t wider(size_t width, const char *text, size_t limit)
{
    size_t own = ef_safe_width(text, strlen(text));
    return own > width && own <= limit ? own : width;
}

/* A word for a shell: quoted unless it is plain. */
static void print_quoted(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_-./=,:+@%";
    if (*word != '\0' && word[strspn(word, plain)] == '\0') {
        fputs(word, stdout);
        return;
    }
    fputc('\'', stdout);
    while (*word != '\0') {
        size_t size = strcspn(word, "'");
        ef_print_safe(stdout, word, size);
        fputs(word[size] == '\'' ? "'\\''" : "", stdout);
        word += size + (word[size] == '\'');
    }
    fputc('\'', stdout);
}

static void show(const char *input, const ef_sniffed *sniffed)
{
    size_t count = 0, what = 0, value = 0;
    const ef_decision *decisions = ef_sniffed_decisions(sniffed, &count);
    for (size_t i = 0; i < count; i++) {
        what = wider(what, decisions[i].what, WIDEST_VALUE);
        value = wider(value, decisions[i].value, WIDEST_VALUE);
    }
    ef_print_safe(stdout, input, strlen(input));
    fputc('\n', stdout);
    for (size_t i = 0; i < count; i++) {
        fputs("  ", stdout);
        print_padded(decisions[i].what, what);
        print_padded(decisions[i].value, value);
        ef_print_safe(stdout, decisions[i].why, strlen(decisions[i].why));
        fputc('\n', stdout);
    }
    const char *flags = ef_sniffed_flags(sniffed);
    fputs("  earful score ", stdout);
    ef_print_safe(stdout, flags, strlen(flags));
    fputs(*flags != '\0' ? " " : "", stdout);
    print_quoted(input);
    fputc('\n', stdout);
}

static void print_member(const char *before, const char *key, const char *value)
{
    printf("%s\"%s\":", before, key);
    ef_json_print(stdout, ef_slice_of(value));
}

static void show_json(const char *input, const ef_sniffed *sniffed)
{
    size_t count = 0;
    const ef_decision *decisions = ef_sniffed_decisions(sniffed, &count);
    print_member("{\"schema\":1,", "input", input);
    fputs(",\"decisions\":[", stdout);
    for (size_t i = 0; i < count; i++) {
        print_member(i > 0 ? ",{" : "{", "what", decisions[i].what);
        print_member(",", "value", decisions[i].value);
        print_member(",", "why", decisions[i].why);
        print_member(",", "flag", decisions[i].flag);
        fputc('}', stdout);
    }
    print_member("],", "flags", ef_sniffed_flags(sniffed));
    fputs("}\n", stdout);
}

int ef_verb_sniff(ef_settings *settings)
{
    ef_notices notices;
    ef_notices_start(&notices, settings, NULL);
    notices.is_quiet = true; /* the guesses are the answer: no need to tell them twice */
    bool is_json = settings->to != NULL && strcmp(settings->to, "json") == 0;
    int code = EF_EXIT_DONE;
    for (size_t i = 0; i < settings->inputs.count; i++) {
        const char *input = settings->inputs.items[i];
        ef_error error = { 0 };
        ef_sniffed *sniffed = NULL;
        settings->reader.inputs = &settings->inputs.items[i];
        settings->reader.input_count = 1;
        ef_status status = ef_sniff(&sniffed, &settings->reader, &error);
        int own = ef_exit_after(status, &error);
        if (own == EF_EXIT_DONE)
            (is_json ? show_json : show)(input, sniffed);
        code = own > code ? own : code;
        ef_sniffed_free(sniffed);
    }
    int flushed = ef_exit_flushed();
    return flushed > code ? flushed : code;
}
