/* SPDX-License-Identifier: MIT
 * cli/keyboard.c - one key at a time, from a terminal or from a pipe.
 *
 * The second place where signals change variables: what the handlers need to give the
 * terminal back has to be found without an argument. While keys are read all signals of
 * interest are blocked but in ppoll, so flags are looked at without a race. */
#include "keyboard.h"

#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "interrupt.h"

enum {
    ESCAPE_MS = 50 /* a key that begins with ESC comes in one piece, a bare ESC alone */
};

/* The other screen, no cursor, long lines cut, pasted text in brackets; and all of it back.
 */
static const char enter[] = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[H\x1b[2J";
static const char leave[] = "\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l";

static const int ends[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
static const int turns[] = { SIGWINCH, SIGCONT, SIGTSTP };
static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };
enum { ENDS = 4, TURNS = 3, CRASHES = 5 };

static struct termios before;               /* as the terminal was */
static volatile sig_atomic_t terminal = -1; /* its descriptor while it is ours */
static volatile sig_atomic_t has_turned, must_stop;
static sigset_t mask_before;

/* --- the terminal ------------------------------------------------------------------ */

static void write_out(const char *text)
{
    size_t size = strlen(text);
    while (size > 0) {
        ssize_t count = write(STDOUT_FILENO, text, size);
        if (count < 0 && errno != EINTR)
            return; /* it hung up */
        if (count > 0) {
            text += count;
            size -= (size_t)count;
        }
    }
}

/* Nothing here that a handler may not do. */
static void give_back(void)
{
    if (terminal < 0)
        return;
    write_out(leave);
    tcsetattr(terminal, TCSANOW, &before);
    terminal = -1;
}

static bool take(int descriptor)
{
    struct termios raw;
    if (tcgetattr(descriptor, &before) != 0)
        return false;
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | IEXTEN);
    raw.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(descriptor, TCSANOW, &raw) != 0)
        return false;
    terminal = descriptor;
    write_out(enter);
    return true;
}

/* --- signals ----------------------------------------------------------------------- */

static void turn(int signal_number)
{
    has_turned = 1;
    must_stop |= signal_number == SIGTSTP;
}

static void crash(int signal_number)
{
    give_back();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static void handle(const int *signals, int count, void (*handler)(int))
{
    struct sigaction action = { .sa_handler = handler };
    sigemptyset(&action.sa_mask);
    for (int i = 0; i < count; i++)
        sigaction(signals[i], &action, NULL);
}

static void block(void)
{
    sigset_t mine;
    sigemptyset(&mine);
    for (int i = 0; i < ENDS; i++)
        sigaddset(&mine, ends[i]);
    for (int i = 0; i < TURNS; i++)
        sigaddset(&mine, turns[i]);
    pthread_sigmask(SIG_BLOCK, &mine, &mask_before);
}

/* Ctrl-Z: the shell gets the terminal as it was, and we get it again afterwards. */
static void stop(void)
{
    sigset_t one;
    int descriptor = terminal;
    must_stop = 0;
    give_back();
    signal(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    sigemptyset(&one);
    sigaddset(&one, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &one, NULL); /* here it stops, and here it goes on */
    pthread_sigmask(SIG_BLOCK, &one, NULL);
    handle(turns, TURNS, turn);
    take(descriptor);
}

/* --- opening ----------------------------------------------------------------------- */

bool ef_keyboard_open_terminal(ef_keyboard *keys, int descriptor)
{
    *keys = (ef_keyboard){ .descriptor = descriptor, .is_terminal = true, .is_open = true };
    has_turned = must_stop = 0;
    block();
    handle(turns, TURNS, turn);
    handle(crashes, CRASHES, crash);
    if (take(descriptor))
        return true;
    ef_keyboard_close(keys);
    return false;
}

void ef_keyboard_open_stream(ef_keyboard *keys, int descriptor)
{
    *keys = (ef_keyboard){ .descriptor = descriptor, .is_open = true };
    block();
}

void ef_keyboard_close(ef_keyboard *keys)
{
    if (!keys->is_open)
        return;
    if (keys->is_terminal) {
        give_back();
        handle(turns, TURNS, SIG_DFL);
        handle(crashes, CRASHES, SIG_DFL);
    }
    keys->is_open = false;
    pthread_sigmask(SIG_SETMASK, &mask_before, NULL);
}

/* --- bytes ------------------------------------------------------------------------- */

/* Waits for bytes, for ever if milliseconds is negative. 1: there are some; 0: none came in
 * time, or a signal did; -1: none will come. */
static int fill(ef_keyboard *keys, int milliseconds)
{
    struct pollfd one = { .fd = keys->descriptor, .events = POLLIN };
    struct timespec time = { .tv_sec = milliseconds / 1000,
                             .tv_nsec = milliseconds % 1000 * 1000000L };
    int ready = ppoll(&one, 1, milliseconds < 0 ? NULL : &time, &mask_before);
    if (ready <= 0)
        return ready < 0 && errno != EINTR ? -1 : 0;
    ssize_t count = read(keys->descriptor, keys->bytes, sizeof keys->bytes);
    if (count <= 0)
        return count < 0 && (errno == EINTR || errno == EAGAIN) ? 0 : -1;
    keys->at = 0;
    keys->count = (unsigned)count;
    return 1;
}

/* The next byte if it comes at once, else -1. */
static int soon(ef_keyboard *keys)
{
    if (keys->at == keys->count && fill(keys, ESCAPE_MS) <= 0)
        return -1;
    return keys->bytes[keys->at++];
}

/* Throws away all up to the end of a paste, ESC [ 2 0 1 ~, or to silence. */
static void skip_paste(ef_keyboard *keys)
{
    static const char end[] = "\x1b[201~";
    size_t matched = 0;
    for (int byte = soon(keys); byte >= 0 && end[matched] != '\0'; byte = soon(keys)) {
        matched = byte == end[matched] ? matched + 1 : byte == end[0];
        if (end[matched] == '\0')
            return;
    }
}

/* What follows ESC: [ or O, figures and semicolons, a letter or ~. */
static int read_escape(ef_keyboard *keys)
{
    int byte = soon(keys), figure = 0;
    if (byte != '[' && byte != 'O')
        return EF_KEY_OTHER;
    for (byte = soon(keys); isdigit(byte) || byte == ';'; byte = soon(keys))
        figure = byte == ';' ? 0 : (figure * 10 + byte - '0') % 1000;
    if (byte == '~' && figure == 200) {
        skip_paste(keys);
        return EF_KEY_PASTE;
    }
    return byte == 'A'                  ? EF_KEY_UP
           : byte == 'B'                ? EF_KEY_DOWN
           : byte == '~' && figure == 5 ? EF_KEY_PAGE_UP
           : byte == '~' && figure == 6 ? EF_KEY_PAGE_DOWN
                                        : EF_KEY_OTHER;
}

static int next_of_terminal(ef_keyboard *keys)
{
    for (;;) {
        if (must_stop)
            stop();
        if (ef_interrupt_came())
            return EF_KEY_END;
        if (has_turned) {
            has_turned = 0;
            return EF_KEY_REDRAW;
        }
        if (keys->at < keys->count) {
            int byte = keys->bytes[keys->at++];
            return byte == 0x1b ? read_escape(keys) : byte == 4 ? EF_KEY_END : byte;
        }
        if (fill(keys, -1) < 0)
            return EF_KEY_END;
    }
}

int ef_keyboard_next(ef_keyboard *keys)
{
    if (keys->is_terminal)
        return next_of_terminal(keys);
    for (;;) {
        if (ef_interrupt_came())
            return EF_KEY_END;
        while (keys->at < keys->count) {
            int byte = keys->bytes[keys->at++];
            if (!isspace(byte))
                return byte;
        }
        if (fill(keys, -1) < 0)
            return EF_KEY_END;
    }
}
