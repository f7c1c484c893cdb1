/* SPDX-License-Identifier: MIT
 * cli/terminal.h - what a stream can show, and how to show it text that we did not write.
 *
 * Here alone the program reads its environment. */
#ifndef EARFUL_CLI_TERMINAL_H
#define EARFUL_CLI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct ef_terminal {
    bool is_terminal;
    bool has_color;
    unsigned width;  /* columns; 80 when it is no terminal */
    unsigned height; /* lines; 24 when it is no terminal */
} ef_terminal;

/* What is behind a stream. color is "always", "never", or "auto" (also NULL): then colours
 * are shown on a terminal unless NO_COLOR is set or TERM is dumb; CLICOLOR_FORCE shows
 * them everywhere. */
void ef_terminal_look(ef_terminal *terminal, FILE *stream, const char *color);

/* True if a line can be overwritten there: a terminal that is not dumb. */
bool ef_terminal_moves(const ef_terminal *terminal);

/* The kernel set that the environment asks for (EARFUL_KERNELS), or NULL. */
const char *ef_wanted_kernels(void);

/* How the sandbox is wanted by the environment (EARFUL_SANDBOX), or NULL. */
const char *ef_wanted_sandbox(void);

/* Writes text so that no terminal takes it for a command: control characters (line ends
 * and tabs too), bytes that are not UTF-8 and marks that reorder what is seen appear as
 * \xNN. Returns the columns used. */
size_t ef_print_safe(FILE *stream, const char *text, size_t size);

/* The columns that ef_print_safe would use. */
size_t ef_safe_width(const char *text, size_t size);

/* Whether standard error goes to the journal of systemd, which takes a priority such as <4>
 * at the beginning of a line. */
bool ef_is_journal(void);

/* One message for the person: "earful: …" and a line end on standard error, made safe. */
void ef_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
