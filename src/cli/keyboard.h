/* SPDX-License-Identifier: MIT
 * cli/keyboard.h - one key at a time, from a terminal or from a pipe.
 *
 * A terminal is taken over: keys come without Enter, the screen is ours. However the
 * program ends, short of kill -9, the terminal is given back as it was. Signals wait while
 * no key is waited for, so nothing is interrupted in between. */
#ifndef EARFUL_CLI_KEYBOARD_H
#define EARFUL_CLI_KEYBOARD_H

#include <stdbool.h>

/* What ef_keyboard_next gives beside the byte of a key. */
enum {
    EF_KEY_END = 256, /* the pipe has ended, the terminal hung up, or a signal came */
    EF_KEY_UP,
    EF_KEY_DOWN,
    EF_KEY_PAGE_UP,
    EF_KEY_PAGE_DOWN,
    EF_KEY_REDRAW, /* the window has another size, or we were away */
    EF_KEY_PASTE,  /* text was pasted, and thrown away: nobody labels by pasting */
    EF_KEY_OTHER   /* a key that means nothing here */
};

typedef struct ef_keyboard {
    int descriptor;
    bool is_terminal;
    bool is_open;
    unsigned char bytes[64];
    unsigned at, count; /* of bytes: those not given out yet */
} ef_keyboard;

/* Takes the terminal over: keys come from this descriptor, the screen is standard output.
 * False, and nothing has changed, if it does not let us. */
bool ef_keyboard_open_terminal(ef_keyboard *keys, int descriptor);
/* Keys are the bytes of a file or pipe; blanks and line ends are passed over. */
void ef_keyboard_open_stream(ef_keyboard *keys, int descriptor);
/* Gives the terminal back. Harmless if it was not taken. */
void ef_keyboard_close(ef_keyboard *keys);

/* Waits for the next key. */
int ef_keyboard_next(ef_keyboard *keys);

#endif
