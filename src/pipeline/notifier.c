/* SPDX-License-Identifier: MIT
 * pipeline/notifier.c - earful-notify as earful sees it: a process behind two pipes. */
#include "pipeline/notifier.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "pipeline/pipe_signal.h"

enum { START_MS = 5000, LONGEST_LINE = 4096, LONGEST_PATH = 4096 };

/* --- the process ---------------------------------------------------------------------- */

/* The folder in which the running program lies, and our program's name. False: the system
 * does not tell. */
static bool beside_us(char path[LONGEST_PATH])
{
    static const char name[] = "earful-notify";
    ssize_t size = readlink("/proc/self/exe", path, LONGEST_PATH - sizeof name);
    if (size <= 0)
        return false;
    while (size > 0 && path[size - 1] != '/')
        size--;
    memcpy(path + size, name, sizeof name);
    return true;
}

/* In a group of its own: a Ctrl-C is for us, and what we deliver then goes through it. */
static int spawn(ef_notifier *notifier, const char *program, const char *sinks_path,
                 ef_sandbox_mode sandbox, int input, int output)
{
    /* EF_SANDBOX_AUTO is its default, unless the environment says otherwise. */
    static const char *const modes[] = {
        [EF_SANDBOX_REQUIRE] = "--sandbox=require", [EF_SANDBOX_OFF] = "--sandbox=off"
    };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    char *words[] = { (char *)(uintptr_t)program, (char *)(uintptr_t)sinks_path, NULL,
                      NULL };
    if (sandbox != EF_SANDBOX_AUTO) {
        words[2] = words[1];
        words[1] = (char *)(uintptr_t)modes[sandbox];
    }
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                              POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    int result =
        posix_spawn(&notifier->pid, program, &actions, &attributes, words, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return result;
}

/* EF_OK with both pipes open, ours not blocking. */
static ef_status open_process(ef_notifier *notifier, const char *program,
                              const char *sinks_path, ef_sandbox_mode sandbox,
                              ef_error *error)
{
    int to[2], from[2];
    if (pipe2(to, O_CLOEXEC) != 0)
        return ef_error_set(error, EF_ERR_IO, "cannot make a pipe: %s",
                            strerrordesc_np(errno));
    if (pipe2(from, O_CLOEXEC) != 0) {
        close(to[0]);
        close(to[1]);
        return ef_error_set(error, EF_ERR_IO, "cannot make a pipe: %s",
                            strerrordesc_np(errno));
    }
    int result = spawn(notifier, program, sinks_path, sandbox, to[0], from[1]);
    close(to[0]);
    close(from[1]);
    notifier->to = to[1];
    notifier->from = from[0];
    if (result == 0 && fcntl(to[1], F_SETFL, O_NONBLOCK) == 0 &&
        fcntl(from[0], F_SETFL, O_NONBLOCK) == 0)
        return EF_OK;
    notifier->pid = result == 0 ? notifier->pid : 0;
    return ef_error_set(error, EF_ERR_IO, "cannot start '%s': %s", program,
                        strerrordesc_np(result));
}

void ef_notifier_stop(ef_notifier *notifier)
{
    if (notifier->pid > 0) {
        close(notifier->to);
        close(notifier->from);
        waitpid(notifier->pid, NULL, WNOHANG);
    }
    ef_buffer_release(&notifier->out);
    ef_buffer_release(&notifier->in);
    *notifier = (ef_notifier){ .to = -1, .from = -1 };
}

/* --- what it says --------------------------------------------------------------------- */

static bool take_word(ef_slice *line, ef_slice *word)
{
    while (line->size > 0 && line->data[0] == ' ')
        *line = (ef_slice){ line->data + 1, line->size - 1 };
    const uint8_t *end = line->size == 0 ? NULL : memchr(line->data, ' ', line->size);
    size_t size = end == NULL ? line->size : (size_t)(end - line->data);
    *word = (ef_slice){ line->data, size };
    *line = (ef_slice){ line->data + size, line->size - size };
    return size > 0;
}

static bool is(ef_slice word, const char *text)
{
    return word.size == strlen(text) && memcmp(word.data, text, word.size) == 0;
}

static bool read_number(ef_slice word, int64_t *number)
{
    *number = 0;
    for (size_t i = 0; i < word.size; i++) {
        if (word.data[i] < '0' || word.data[i] > '9' || i > 17)
            return false;
        *number = *number * 10 + (word.data[i] - '0');
    }
    return word.size > 0;
}

/* Cuts what stands before the next comma. */
static ef_slice take_part(ef_slice *word)
{
    const uint8_t *comma = word->size == 0 ? NULL : memchr(word->data, ',', word->size);
    size_t size = comma == NULL ? word->size : (size_t)(comma - word->data);
    size_t used = comma == NULL ? size : size + 1;
    ef_slice part = { word->data, size };
    *word = (ef_slice){ word->data + used, word->size - used };
    return part;
}

/* "b+,30,300,14400,16": seconds of wait, interval and repeat, and how many together. */
static bool read_sink(ef_slice word, ef_outbox_sink *sink)
{
    int64_t numbers[4] = { 0 };
    ef_slice name = take_part(&word);
    bool is_told_again = name.size > 0 && name.data[name.size - 1] == '+';
    name.size -= is_told_again;
    for (size_t i = 0; i < 4; i++)
        read_number(take_part(&word), &numbers[i]);
    *sink = (ef_outbox_sink){ .is_told_again = is_told_again,
                              .group_wait_ms = numbers[0] * 1000,
                              .group_interval_ms = numbers[1] * 1000,
                              .repeat_ms = numbers[2] * 1000,
                              .most_together = (size_t)numbers[3] };
    if (name.size == 0 || name.size >= sizeof sink->name)
        return false;
    memcpy(sink->name, name.data, name.size);
    return true;
}

/* "ready a b+,30,300,14400,16" */
static void take_sinks(ef_notifier *notifier, ef_slice words)
{
    ef_slice word;
    notifier->sink_count = 0;
    while (notifier->sink_count < EF_NOTIFIER_SINKS && take_word(&words, &word))
        notifier->sink_count += read_sink(word, &notifier->sinks[notifier->sink_count]);
}

/* "17 ok", "17 retry 30", "17 refused"; "ready …" when its worker has begun again; "kept"
 * before that when the file of sinks was wrong. */
static void take_line(ef_notifier *notifier, ef_outbox *outbox, ef_slice line,
                      int64_t now_ms)
{
    ef_slice first, what, pause;
    int64_t sequence, seconds = 0;
    if (!take_word(&line, &first))
        return;
    if (is(first, "ready")) {
        take_sinks(notifier, line);
        notifier->is_reloading = false;
        notifier->has_begun = true;
        if (outbox != NULL)
            ef_outbox_forget_answers(outbox);
        return;
    }
    notifier->has_kept |= is(first, "kept");
    if (outbox == NULL || !read_number(first, &sequence) || !take_word(&line, &what))
        return;
    if (is(what, "retry") && take_word(&line, &pause))
        read_number(pause, &seconds);
    ef_outbox_answer_to(outbox, sequence,
                        is(what, "ok")        ? EF_ANSWER_OK
                        : is(what, "refused") ? EF_ANSWER_REFUSED
                                              : EF_ANSWER_AGAIN,
                        seconds * 1000, now_ms);
}

/* Reads what is there. False: the other side has ended. */
static bool read_lines(ef_notifier *notifier, ef_outbox *outbox, int64_t now_ms)
{
    uint8_t bytes[LONGEST_LINE];
    ssize_t size;
    while ((size = read(notifier->from, bytes, sizeof bytes)) > 0) {
        ef_buffer *in = &notifier->in;
        const uint8_t *end;
        size_t begin = 0;
        if (in->size > LONGEST_LINE || !ef_buffer_append(in, bytes, (size_t)size))
            ef_buffer_reset(in); /* it speaks in short lines */
        while (in->size > begin &&
               (end = memchr(in->data + begin, '\n', in->size - begin)) != NULL) {
            size_t length = (size_t)(end - in->data) - begin;
            take_line(notifier, outbox, (ef_slice){ in->data + begin, length }, now_ms);
            begin += length + 1;
        }
        if (begin > 0)
            memmove(in->data, in->data + begin, in->size - begin);
        in->size -= begin;
    }
    return size < 0 && (errno == EAGAIN || errno == EINTR);
}

/* --- the start ------------------------------------------------------------------------ */

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until it has named its sinks. */
static bool wait_until_ready(ef_notifier *notifier)
{
    int64_t end = now_ms() + START_MS;
    for (int64_t left; notifier->sink_count == 0 && (left = end - now_ms()) > 0;) {
        struct pollfd polled = { .fd = notifier->from, .events = POLLIN };
        poll(&polled, 1, (int)left);
        if (polled.revents != 0 && !read_lines(notifier, NULL, 0))
            break;
    }
    return notifier->sink_count > 0;
}

ef_status ef_notifier_start(ef_notifier *notifier, const char *program,
                            const char *sinks_path, ef_sandbox_mode sandbox,
                            ef_error *error)
{
    char beside[LONGEST_PATH];
    *notifier = (ef_notifier){ .to = -1, .from = -1 };
    if (program == NULL && !beside_us(beside))
        return ef_error_set(error, EF_ERR_IO, "cannot find earful-notify");
    ef_status status = open_process(notifier, program == NULL ? beside : program,
                                    sinks_path, sandbox, error);
    if (status == EF_OK && !wait_until_ready(notifier))
        status = ef_error_set(error, EF_ERR_ARGUMENT, "no alerts can be sent by '%s'",
                              sinks_path);
    if (status != EF_OK)
        ef_notifier_stop(notifier);
    return status;
}

void ef_notifier_reload(ef_notifier *notifier)
{
    if (notifier->pid > 0 && !notifier->is_reloading)
        notifier->is_reloading = ef_buffer_append_text(&notifier->out, "reload\n");
}

bool ef_notifier_send(ef_notifier *notifier, const ef_outbox_due *due)
{
    return ef_buffer_printf(&notifier->out, "%lld %s%s ", (long long)due->sequence,
                            due->sink, due->has_more ? "+" : "") &&
           ef_buffer_append_slice(&notifier->out, due->payload) &&
           ef_buffer_append_byte(&notifier->out, '\n');
}

/* That nobody reads any more is an answer, not a signal. */
static ssize_t write_quietly(int pipe, const ef_buffer *out)
{
    sigset_t before;
    ef_pipe_signal_hold(&before);
    ssize_t size = write(pipe, out->data, out->size);
    int number = errno;
    ef_pipe_signal_release(&before, size < 0 && number == EPIPE);
    errno = number;
    return size;
}

bool ef_notifier_turn(ef_notifier *notifier, ef_outbox *outbox, int64_t wall_ms)
{
    ef_buffer *out = &notifier->out;
    if (notifier->pid == 0)
        return false;
    ssize_t size = out->size == 0 ? 0 : write_quietly(notifier->to, out);
    if (size > 0) {
        memmove(out->data, out->data + size, out->size - (size_t)size);
        out->size -= (size_t)size;
    }
    bool is_gone = size < 0 && errno != EAGAIN && errno != EINTR;
    if (read_lines(notifier, outbox, wall_ms) && !is_gone)
        return true;
    ef_notifier_stop(notifier);
    return false;
}
