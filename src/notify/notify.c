/* SPDX-License-Identifier: MIT
 * notify/notify.c - earful-notify: takes alerts to people.
 *
 *     earful-notify [--check] [--sandbox=auto|require|off] SINKS
 *
 * A program of its own, because it speaks to the network and holds secrets, and earful does
 * neither. It knows the file of sinks and what it is given, line by line, on standard
 * input:
 *
 *     17 pager {"schema":1,"event":"alert",…}
 *
 * a number, the name of a sink (with a + behind it when the next event travels along), an
 * event in JSON. It answers on standard output: "ready" and its sinks at the start, such as
 *
 *     ready pager,0,0,0,1 team,30,300,14400,16 monitor+,0,0,0,16
 *
 * with the seconds of group_wait, group_interval and repeat_interval, and how many travel
 * together; a + wants to be told every minute while an alert lasts. Then one line for each
 * event (deliver.h). At the line "reload" it reads the file of sinks again and says "ready"
 * once more, or "kept" before that when the file is wrong. At the end of its input it ends.
 *
 * It is three processes: one that watches, one that runs programs (runner.h), and the
 * worker, which listens, speaks to the network and is enclosed (guard.h).
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <curl/curl.h>

#include "base/buffer.h"
#include "earful/earful.h"
#include "notify/body.h"
#include "notify/deliver.h"
#include "notify/guard.h"
#include "notify/runner.h"
#include "notify/supervise.h"

enum {
    EXIT_DONE = 0,
    EXIT_USAGE = 2,
    EXIT_DATA = 3,
    LONGEST_LINE = EF_LONGEST_EVENT + EF_SINK_NAME_SIZE + 32,
    LARGEST_FILE = 1 << 20
};

/* --- what earful says ----------------------------------------------------------------- */

/* "17 pager {…}". False if it is something else. */
static bool cut_line(ef_slice line, uint64_t *seq, ef_slice *name, ef_slice *event)
{
    size_t at = 0;
    *seq = 0;
    for (; at < line.size && at < 19 && line.data[at] >= '0' && line.data[at] <= '9'; at++)
        *seq = *seq * 10 + (uint64_t)(line.data[at] - '0');
    if (at == 0 || at == line.size || line.data[at] != ' ')
        return false;
    const uint8_t *begin = line.data + at + 1;
    const uint8_t *blank = memchr(begin, ' ', line.size - at - 1);
    if (blank == NULL)
        return false;
    *name = (ef_slice){ begin, (size_t)(blank - begin) };
    *event = (ef_slice){ blank + 1, (size_t)(line.data + line.size - blank - 1) };
    return true;
}

typedef struct listening {
    ef_deliveries *deliveries;
    ef_buffer input;
    bool is_skipping; /* in a line that is too long */
    bool has_reload;  /* the file of sinks is to be read again: nothing follows */
} listening;

static void take_line(listening *l, ef_slice line)
{
    static const char reload[] = "reload";
    uint64_t seq;
    ef_slice name, event;
    if (line.size == sizeof reload - 1 && memcmp(line.data, reload, line.size) == 0)
        l->has_reload = true;
    else if (cut_line(line, &seq, &name, &event))
        ef_deliveries_give(l->deliveries, name, seq, event);
    else
        fputs("earful-notify: passed a line by that is no alert\n", stderr);
}

/* Takes whole lines out of the buffer. One that is too long is passed by up to its end. */
static void take_lines(listening *l)
{
    ef_buffer *input = &l->input;
    size_t begin = 0;
    const uint8_t *end;
    while ((end = memchr(input->data + begin, '\n', input->size - begin)) != NULL) {
        size_t size = (size_t)(end - input->data) - begin;
        if (!l->is_skipping)
            take_line(l, (ef_slice){ input->data + begin, size });
        l->is_skipping = false;
        begin += size + 1;
    }
    memmove(input->data, input->data + begin, input->size - begin);
    input->size -= begin;
    if (input->size > LONGEST_LINE) {
        if (!l->is_skipping)
            fputs("earful-notify: passed a line by that is too long\n", stderr);
        l->is_skipping = true;
        input->size = 0;
    }
}

/* Until the end of the input. True: it is to be read on with other sinks. */
static bool listen_to_earful(ef_deliveries *deliveries)
{
    static uint8_t bytes[LONGEST_LINE];
    listening l = { .deliveries = deliveries };
    while (!l.has_reload) {
        ssize_t size = read(STDIN_FILENO, bytes, sizeof bytes);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            break;
        if (ef_buffer_append(&l.input, bytes, (size_t)size))
            take_lines(&l);
        else
            ef_buffer_reset(&l.input);
    }
    ef_buffer_release(&l.input);
    return l.has_reload;
}

/* At most 32 sinks in 90 bytes each: a pipe takes that as one. */
static bool say_ready(const ef_sinks *sinks)
{
    ef_buffer line = { 0 };
    ef_buffer_append_text(&line, "ready");
    for (size_t i = 0; i < sinks->count; i++) {
        const ef_sink *sink = &sinks->items[i];
        ef_buffer_printf(&line, " %s%s,%u,%u,%u,%zu", sink->name,
                         sink->kind == EF_SINK_ALERTMANAGER ? "+" : "", sink->group_wait,
                         sink->group_interval, sink->repeat_interval,
                         ef_sink_most_together(sink));
    }
    ef_buffer_append_byte(&line, '\n');
    bool is_said =
        !line.failed && write(STDOUT_FILENO, line.data, line.size) == (ssize_t)line.size;
    ef_buffer_release(&line);
    return is_said;
}

/* --- the worker ----------------------------------------------------------------------- */

typedef struct desk {
    ef_sinks *sinks;
    const char *path;
    ef_sandbox_mode mode;
} desk;

static int work(void *user)
{
    const desk *d = user;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return EXIT_DATA;
    if (!ef_runner_start(d->sinks)) {
        fputs("earful-notify: cannot start a process for programs\n", stderr);
        return EXIT_DATA;
    }
    if (!ef_guard_close(d->sinks, d->mode))
        return EXIT_DATA;
    ef_deliveries *deliveries = ef_deliveries_start(d->sinks, STDOUT_FILENO);
    if (deliveries == NULL) {
        fputs("earful-notify: out of memory\n", stderr);
        return EXIT_DATA;
    }
    bool has_reload = say_ready(d->sinks) && listen_to_earful(deliveries);
    ef_deliveries_finish(deliveries);
    curl_global_cleanup();
    return has_reload ? EF_SUPERVISE_RELOAD : EXIT_DONE;
}

/* --- the start ------------------------------------------------------------------------ */

static void print_trouble(void *user, uint64_t line, const char *message)
{
    const char *path = user;
    if (line > 0)
        fprintf(stderr, "earful-notify: %s:%llu: %s\n", path, (unsigned long long)line,
                message);
    else
        fprintf(stderr, "earful-notify: %s\n", message);
}

static bool read_file(const char *path, ef_buffer *bytes)
{
    char piece[4096];
    size_t size;
    FILE *stream = fopen(path, "re");
    if (stream == NULL) {
        fprintf(stderr, "earful-notify: cannot open '%s': %s\n", path, strerror(errno));
        return false;
    }
    while ((size = fread(piece, 1, sizeof piece, stream)) > 0 && bytes->size < LARGEST_FILE)
        ef_buffer_append(bytes, piece, size);
    bool is_read = !ferror(stream) && size == 0 && !bytes->failed;
    fclose(stream);
    if (!is_read)
        fprintf(stderr, "earful-notify: cannot read '%s': at most 1 MiB\n", path);
    return is_read;
}

/* The sinks of a file, and an exit code. What is wrong is said. */
static int read_sinks(ef_sinks *sinks, const char *path)
{
    ef_buffer bytes = { 0 };
    char *user = (char *)(uintptr_t)path;
    int code = EXIT_DATA;
    if (read_file(path, &bytes)) {
        bool is_good = ef_sinks_read(sinks, ef_buffer_slice(&bytes), print_trouble, user);
        if (is_good && sinks->count == 0)
            print_trouble(user, 1, "there is no sink in it: [sink.NAME]");
        code = is_good && sinks->count > 0 ? EXIT_DONE : EXIT_USAGE;
    }
    if (bytes.size > 0)
        explicit_bzero(bytes.data, bytes.size);
    ef_buffer_release(&bytes);
    return code;
}

/* Other sinks take the place of the old ones only if all of them are right. */
static void read_again(void *user)
{
    static ef_sinks fresh;
    static const char kept[] = "kept\n";
    desk *d = user;
    if (read_sinks(&fresh, d->path) == EXIT_DONE) {
        ef_sinks_release(d->sinks);
        *d->sinks = fresh;
        return;
    }
    ef_sinks_release(&fresh);
    if (write(STDOUT_FILENO, kept, sizeof kept - 1) < 0)
        return; /* nobody listens: the worker finds that out */
}

static int usage(void)
{
    fputs(
        "usage: earful-notify [--check] [--sandbox=auto|require|off] SINKS\n"
        "Takes alerts from `earful follow --sinks SINKS`, which starts it.\n"
        "--check says what is wrong with a file of sinks, and sends nothing. --sandbox is\n"
        "that of earful; EARFUL_SANDBOX sets its default.\n",
        stderr);
    return EXIT_USAGE;
}

/* Nobody may look into our memory, and nothing that was open for others stays open. */
static void shut_doors(void)
{
    prctl(PR_SET_DUMPABLE, 0);
    umask(077);
    close_range(3, ~0U, 0);
    signal(SIGPIPE, SIG_IGN);
}

/* "require", or NULL for the default. False: it is another word. */
static bool read_mode(const char *word, ef_sandbox_mode *mode)
{
    static const char *const words[] = { [EF_SANDBOX_AUTO] = "auto",
                                         [EF_SANDBOX_REQUIRE] = "require",
                                         [EF_SANDBOX_OFF] = "off" };
    *mode = EF_SANDBOX_AUTO;
    for (size_t i = 0; word != NULL && i < sizeof words / sizeof words[0]; i++) {
        *mode = (ef_sandbox_mode)i;
        if (strcmp(word, words[i]) == 0)
            return true;
    }
    return word == NULL;
}

int main(int argc, char **argv)
{
    static ef_sinks sinks;
    desk d = { .sinks = &sinks, .path = argv[argc > 0 ? argc - 1 : 0] };
    bool checks = false,
         is_good = argc >= 2 && read_mode(getenv("EARFUL_SANDBOX"), &d.mode);
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return puts("earful-notify " EF_VERSION) < 0 ? EXIT_DATA : EXIT_DONE;
    for (int i = 1; i + 1 < argc && is_good; i++) {
        if (strcmp(argv[i], "--check") == 0)
            checks = true;
        else
            is_good =
                strncmp(argv[i], "--sandbox=", 10) == 0 && read_mode(argv[i] + 10, &d.mode);
    }
    if (!is_good || d.path[0] == '-')
        return usage();
    shut_doors();
    int code = read_sinks(&sinks, d.path);
    if (code == EXIT_DONE && !checks)
        code = ef_supervise(work, read_again, &d);
    ef_sinks_release(&sinks);
    return code;
}
