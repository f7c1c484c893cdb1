/* SPDX-License-Identifier: MIT
 * notify/notify.c - earful-notify: takes alerts to people.
 *
 *     earful-notify [--check] SINKS
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
 * event (deliver.h). At the end of its input it ends.
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

static void take_line(ef_deliveries *deliveries, ef_slice line)
{
    uint64_t seq;
    ef_slice name, event;
    if (cut_line(line, &seq, &name, &event))
        ef_deliveries_give(deliveries, name, seq, event);
    else
        fputs("earful-notify: passed a line by that is no alert\n", stderr);
}

/* Takes whole lines out of the buffer. One that is too long is passed by up to its end. */
static void take_lines(ef_deliveries *deliveries, ef_buffer *input, bool *is_skipping)
{
    size_t begin = 0;
    const uint8_t *end;
    while ((end = memchr(input->data + begin, '\n', input->size - begin)) != NULL) {
        size_t size = (size_t)(end - input->data) - begin;
        if (!*is_skipping)
            take_line(deliveries, (ef_slice){ input->data + begin, size });
        *is_skipping = false;
        begin += size + 1;
    }
    memmove(input->data, input->data + begin, input->size - begin);
    input->size -= begin;
    if (input->size > LONGEST_LINE) {
        if (!*is_skipping)
            fputs("earful-notify: passed a line by that is too long\n", stderr);
        *is_skipping = true;
        input->size = 0;
    }
}

static void listen_to_earful(ef_deliveries *deliveries)
{
    static uint8_t bytes[LONGEST_LINE];
    ef_buffer input = { 0 };
    bool is_skipping = false;
    for (;;) {
        ssize_t size = read(STDIN_FILENO, bytes, sizeof bytes);
        if (size < 0 && errno == EINTR)
            continue;
        if (size <= 0)
            break;
        if (ef_buffer_append(&input, bytes, (size_t)size))
            take_lines(deliveries, &input, &is_skipping);
        else
            ef_buffer_reset(&input);
    }
    ef_buffer_release(&input);
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

static int work(void *user)
{
    const ef_sinks *sinks = user;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return EXIT_DATA;
    ef_deliveries *deliveries = ef_deliveries_start(sinks, STDOUT_FILENO);
    if (deliveries == NULL) {
        fputs("earful-notify: out of memory\n", stderr);
        return EXIT_DATA;
    }
    if (say_ready(sinks))
        listen_to_earful(deliveries);
    ef_deliveries_finish(deliveries);
    curl_global_cleanup();
    return EXIT_DONE;
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

static int usage(void)
{
    fputs("usage: earful-notify [--check] SINKS\n"
          "Takes alerts from `earful follow --sinks SINKS`, which starts it.\n"
          "--check says what is wrong with a file of sinks, and sends nothing.\n",
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

int main(int argc, char **argv)
{
    static ef_sinks sinks;
    ef_buffer bytes = { 0 };
    bool checks = argc == 3 && strcmp(argv[1], "--check") == 0;
    if (argc == 2 && strcmp(argv[1], "--version") == 0)
        return puts("earful-notify " EF_VERSION) < 0 ? EXIT_DATA : EXIT_DONE;
    if ((argc != 2 && !checks) || argv[argc - 1][0] == '-')
        return usage();
    shut_doors();
    int code = EXIT_DATA;
    if (read_file(argv[argc - 1], &bytes)) {
        bool is_good =
            ef_sinks_read(&sinks, ef_buffer_slice(&bytes), print_trouble, argv[argc - 1]);
        if (is_good && sinks.count == 0)
            print_trouble(argv[argc - 1], 1, "there is no sink in it: [sink.NAME]");
        is_good = is_good && sinks.count > 0;
        code = !is_good ? EXIT_USAGE : checks ? EXIT_DONE : ef_supervise(work, &sinks);
    }
    if (bytes.size > 0)
        explicit_bzero(bytes.data, bytes.size);
    ef_buffer_release(&bytes);
    ef_sinks_release(&sinks);
    return code;
}
