/* SPDX-License-Identifier: MIT
 * tests/follow/logs.c - what happens to two logs, and what is known of every line in them.
 */
#include "logs.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

story *s;

static const char *path_of(unsigned log, unsigned number)
{
    static char paths[2][32];
    static int turn;
    char *path = paths[turn ^= 1];
    if (number == 0)
        snprintf(path, sizeof paths[0], "logs/%s", log == 0 ? "app.log" : "web.log");
    else
        snprintf(path, sizeof paths[0], "logs/%s.%u", log == 0 ? "app.log" : "web.log",
                 number);
    return path;
}

/* Files have the time of our clock, as they would have the world's. */
static void stamp(int file)
{
    struct timespec times[2] = { { s->now / 1000, s->now % 1000 * 1000000 },
                                 { s->now / 1000, s->now % 1000 * 1000000 } };
    futimens(file, times);
}

static int open_log(unsigned log)
{
    int file = open(path_of(log, 0), O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (s->current[log] < 0) {
        s->current[log] = s->files++;
        stamp(file);
    }
    return file;
}

static int new_line(unsigned log, fate fresh)
{
    if (s->line_count == LINES)
        return -1;
    s->lines[s->line_count] = (line){ .log = (unsigned char)log,
                                      .fate = (unsigned char)fresh,
                                      .file = (short)s->current[log] };
    return (int)s->line_count++;
}

/* Writes lines, each with its number; the half one that waits gets its end first. */
void append(unsigned log, unsigned count)
{
    char bytes[4096];
    int size = 0, file = open_log(log);
    if (s->half[log] >= 0) {
        size += snprintf(bytes, sizeof bytes, " came late\n");
        s->lines[s->half[log]].fate = ON_DISK;
        s->half[log] = -1;
    }
    for (unsigned i = 0; i < count; i++) {
        int number = new_line(log, ON_DISK);
        if (number >= 0)
            size += snprintf(bytes + size, sizeof bytes - (size_t)size, "%d. came late\n",
                             number);
    }
    if (write(file, bytes, (size_t)size) != size)
        abort();
    stamp(file);
    close(file);
}

void append_half(unsigned log)
{
    char bytes[32];
    if (s->half[log] >= 0)
        return;
    int file = open_log(log);
    s->half[log] = new_line(log, HALF_ONLY);
    int size = snprintf(bytes, sizeof bytes, "%d.", s->half[log]);
    if (write(file, bytes, (size_t)size) != size)
        abort();
    stamp(file);
    close(file);
}

static void shift_names(unsigned log)
{
    for (unsigned i = ROTATED - 1; i >= 1; i--) {
        char from[32];
        snprintf(from, sizeof from, "%s", path_of(log, i));
        rename(from, path_of(log, i + 1));
        s->rotated[log][i] = s->rotated[log][i - 1];
    }
    s->rotated[log][0] = -1;
}

void rotate(unsigned log)
{
    if (s->current[log] < 0)
        return;
    shift_names(log);
    char from[32];
    snprintf(from, sizeof from, "%s", path_of(log, 0));
    rename(from, path_of(log, 1));
    s->rotated[log][0] = s->current[log];
    s->current[log] = -1;
    s->half[log] = -1; /* whoever writes goes on in the new file, with a new line */
}

/* What stands in a file goes; but what had time to be read must have been. */
static void lose_file(int file)
{
    for (unsigned i = 0; i < s->line_count; i++)
        if (s->lines[i].file == file && s->lines[i].fate == ON_DISK)
            s->lines[i].fate = GONE;
}

void copy_and_empty(unsigned log)
{
    if (s->current[log] < 0)
        return;
    char bytes[65536];
    shift_names(log);
    int from = open(path_of(log, 0), O_RDWR);
    int to = open(path_of(log, 1), O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ssize_t got;
    while ((got = read(from, bytes, sizeof bytes)) > 0)
        if (write(to, bytes, (size_t)got) != got)
            abort();
    stamp(to);
    close(to);
    if (ftruncate(from, 0) != 0)
        abort();
    stamp(from);
    close(from);
    s->rotated[log][0] = s->current[log];
    s->current[log] = s->files++;
    s->half[log] = -1;
}

void empty_and_regrow(unsigned log, unsigned count)
{
    if (s->current[log] < 0)
        return;
    if (truncate(path_of(log, 0), 0) != 0)
        abort();
    lose_file(s->current[log]);
    s->current[log] = s->files++;
    s->half[log] = -1;
    append(log, count * 3);
}

void delete_log(unsigned log)
{
    if (s->current[log] < 0)
        return;
    unlink(path_of(log, 0));
    lose_file(s->current[log]);
    s->current[log] = -1;
    s->half[log] = -1;
}
