/* SPDX-License-Identifier: MIT
 * cli/terminal.c - what a stream can show, and how to show it text that we did not write.
 *
 * Text from files is hostile until proven otherwise: an escape sequence in a review or a
 * file name can retitle a window, clear a screen or forge a line. Nothing below U+0020,
 * no C1 control, no bidirectional override reaches a stream through this file. */
#include "terminal.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "characters.h"

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0';
}

static bool is_dumb(void)
{
    const char *term = getenv("TERM");
    return term == NULL || *term == '\0' || strcmp(term, "dumb") == 0;
}

/* CLICOLOR_FORCE=0 means no force, by its convention. */
static bool is_color_forced(void)
{
    return is_set("CLICOLOR_FORCE") && strcmp(getenv("CLICOLOR_FORCE"), "0") != 0;
}

static bool wants_color(const char *choice, bool is_terminal)
{
    if (choice != NULL && strcmp(choice, "auto") != 0)
        return strcmp(choice, "always") == 0;
    if (is_set("NO_COLOR"))
        return false;
    return is_color_forced() || (is_terminal && !is_dumb());
}

void ef_terminal_look(ef_terminal *terminal, FILE *stream, const char *color)
{
    int descriptor = fileno(stream);
    terminal->is_terminal = descriptor >= 0 && isatty(descriptor) == 1;
    terminal->has_color = wants_color(color, terminal->is_terminal);
    terminal->width = 80;
    terminal->height = 24;
    struct winsize size;
    if (!terminal->is_terminal || ioctl(descriptor, TIOCGWINSZ, &size) != 0)
        return;
    if (size.ws_col > 0)
        terminal->width = size.ws_col;
    if (size.ws_row > 0)
        terminal->height = size.ws_row;
}

bool ef_terminal_moves(const ef_terminal *terminal)
{
    return terminal->is_terminal && !is_dumb();
}

const char *ef_wanted_kernels(void)
{
    return is_set("EARFUL_KERNELS") ? getenv("EARFUL_KERNELS") : NULL;
}

const char *ef_wanted_sandbox(void)
{
    return is_set("EARFUL_SANDBOX") ? getenv("EARFUL_SANDBOX") : NULL;
}

/* Walks over text; stream NULL only counts. */
static size_t walk(FILE *stream, const char *text, size_t size)
{
    const uint8_t *p = (const uint8_t *)text;
    size_t columns = 0;
    for (size_t at = 0; at < size;) {
        uint32_t code = 0;
        size_t step = ef_character_decode(p + at, size - at, &code);
        bool is_plain = step > 0 && !ef_character_is_dangerous(code);
        if (step == 0)
            step = 1;
        columns += is_plain ? ef_character_width(code) : 4 * step;
        if (stream != NULL && is_plain)
            fwrite(p + at, 1, step, stream);
        for (size_t i = 0; stream != NULL && !is_plain && i < step; i++)
            fprintf(stream, "\\x%02x", p[at + i]);
        at += step;
    }
    return columns;
}

size_t ef_print_safe(FILE *stream, const char *text, size_t size)
{
    return walk(stream, text, size);
}

size_t ef_safe_width(const char *text, size_t size)
{
    return walk(NULL, text, size);
}

/* systemd says which file its journal is; a shell between us may have put another there. */
bool ef_is_journal(void)
{
    const char *journal = getenv("JOURNAL_STREAM");
    unsigned long long device, inode;
    struct stat about;
    return journal != NULL && sscanf(journal, "%llu:%llu", &device, &inode) == 2 &&
           fstat(STDERR_FILENO, &about) == 0 && about.st_dev == device &&
           about.st_ino == inode;
}

void ef_say(const char *format, ...)
{
    char line[4096]; /* an error message is at most 512 bytes; the rest is for paths */
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    flockfile(stderr); /* readers may tell their notices from another thread */
    fputs(ef_is_journal() ? "<4>earful: " : "earful: ", stderr);
    ef_print_safe(stderr, line, strlen(line));
    fputc('\n', stderr);
    funlockfile(stderr);
}
