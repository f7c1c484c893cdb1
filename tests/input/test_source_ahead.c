/* SPDX-License-Identifier: MIT
 * A source read on a thread of its own gives what it gives without one: the same bytes, the
 * same end, at the same place. */
#include "sources.h"

#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

enum { MIB = 1 << 20, LARGE = 6 * MIB + 12345 };

/* Bytes of which no two stretches near each other are alike. */
static void make_bytes(ef_buffer *bytes, size_t size)
{
    uint64_t state = 1;
    cr_assert(ef_buffer_reserve(bytes, size));
    for (size_t i = 0; i < size; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        bytes->data[i] = (uint8_t)(state >> 56);
    }
    bytes->size = size;
}

static ef_source *ahead_of(ef_slice bytes, size_t step, ef_status ending)
{
    ef_source *source = drip_open(bytes, step, ending);
    cr_assert_eq(ef_source_read_ahead(&source, NULL), EF_OK);
    return source;
}

static size_t threads_here(void)
{
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    size_t count = 0;
    cr_assert_not_null(status);
    while (fgets(line, sizeof line, status) != NULL)
        sscanf(line, "Threads: %zu", &count);
    fclose(status);
    return count;
}

static void expect_same(const ef_buffer *out, const ef_buffer *bytes)
{
    cr_assert_eq(out->size, bytes->size);
    cr_expect(memcmp(out->data, bytes->data, bytes->size) == 0);
}

Test(source_ahead, gives_all_bytes_in_order_at_any_step)
{
    static const size_t steps[] = { 997, 65536, 300000, LARGE };
    static const size_t reads[] = { 1013, 4096 };
    ef_buffer bytes = { 0 };
    make_bytes(&bytes, LARGE);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        ef_buffer out = { 0 };
        ef_error error = { 0 };
        ef_source *source =
            ahead_of((ef_slice){ bytes.data, bytes.size }, steps[i], EF_END);
        cr_expect_eq(drain(source, &out, reads[i % 2], i < 2, &error), EF_END);
        expect_same(&out, &bytes);
        uint8_t byte;
        size_t got;
        cr_expect_eq(source->read(source, &byte, 1, true, &got, &error), EF_END);
        cr_expect_eq(source->stored(source), LARGE);
        source->close(source);
        ef_buffer_release(&out);
    }
    ef_buffer_release(&bytes);
}

Test(source_ahead, gives_what_came_before_an_error_then_the_error_again_and_again)
{
    ef_buffer bytes = { 0 };
    make_bytes(&bytes, LARGE);
    static const size_t sizes[] = { 0, 100, MIB, MIB + 1, LARGE };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        ef_buffer out = { 0 };
        ef_source *source = ahead_of((ef_slice){ bytes.data, sizes[i] }, 70000, EF_ERR_IO);
        for (int again = 0; again < 3; again++) {
            ef_error error = { 0 };
            cr_expect_eq(drain(source, &out, 4096, true, &error), EF_ERR_IO);
            cr_expect_str_eq(error.message, "the pipe burst");
            cr_expect_eq(out.size, sizes[i]);
        }
        cr_expect(sizes[i] == 0 || memcmp(out.data, bytes.data, sizes[i]) == 0);
        source->close(source);
        ef_buffer_release(&out);
    }
    ef_buffer_release(&bytes);
}

Test(source_ahead, starts_no_thread_for_less_than_a_piece)
{
    ef_buffer bytes = { 0 }, out = { 0 };
    ef_error error = { 0 };
    make_bytes(&bytes, (256 << 10) - 1); /* a piece less a byte */
    size_t before = threads_here();
    ef_source *source = ahead_of((ef_slice){ bytes.data, bytes.size }, 65536, EF_END);
    cr_expect_eq(drain(source, &out, 4096, true, &error), EF_END);
    expect_same(&out, &bytes);
    cr_expect_eq(threads_here(), before);
    source->close(source);
    ef_buffer_release(&out);
    ef_buffer_release(&bytes);
}

Test(source_ahead, is_closed_early_wherever_the_thread_stands)
{
    static uint8_t room[3 * MIB];
    ef_buffer bytes = { 0 };
    make_bytes(&bytes, LARGE);
    for (size_t wanted = 0; wanted <= sizeof room; wanted += MIB / 3) {
        bool is_closed = false;
        size_t before = threads_here(), total = 0, got;
        ef_source *below = drip_open((ef_slice){ bytes.data, bytes.size }, 65536, EF_END);
        ((drip *)below)->is_closed = &is_closed;
        cr_assert_eq(ef_source_read_ahead(&below, NULL), EF_OK);
        while (total < wanted &&
               below->read(below, room + total, wanted - total, true, &got, NULL) == EF_OK)
            total += got;
        cr_expect(memcmp(room, bytes.data, total) == 0);
        below->close(below);
        cr_expect(is_closed);
        cr_expect_eq(threads_here(), before);
    }
    ef_buffer_release(&bytes);
}

/* A pipe from which nothing comes any more but which nobody closes. */
typedef struct silent {
    ef_source source;
    size_t left;
    size_t waits; /* reads that would have waited for ever */
} silent;

static ef_status silent_read(ef_source *source, uint8_t *p, size_t n, bool wait,
                             size_t *got, ef_error *error)
{
    (void)error;
    silent *s = (silent *)source;
    s->waits += wait && s->left == 0;
    if (s->left == 0)
        return EF_AGAIN;
    *got = n < s->left ? n : s->left;
    memset(p, 'x', *got);
    s->left -= *got;
    return EF_OK;
}

static void silent_close(ef_source *source)
{
    (void)source;
}

static uint64_t silent_stored(const ef_source *source)
{
    (void)source;
    return 0;
}

Test(source_ahead, waits_for_a_silent_pipe_in_the_callers_thread_only)
{
    static uint8_t room[MIB];
    silent pipe = { .source = { .read = silent_read,
                                .close = silent_close,
                                .stored = silent_stored,
                                .label = "silent" },
                    .left = 4 * MIB };
    ef_source *source = &pipe.source;
    size_t total = 0, got;
    cr_assert_eq(ef_source_read_ahead(&source, NULL), EF_OK);
    while (source->read(source, room, sizeof room, false, &got, NULL) == EF_OK)
        total += got;
    cr_expect_eq(total, 4 * MIB);
    cr_expect_eq(pipe.waits, 0);
    cr_expect_eq(source->read(source, room, sizeof room, true, &got, NULL), EF_AGAIN);
    cr_expect_eq(pipe.waits, 1);
    pipe.left = 10; /* the thread rests: this is the caller's */
    cr_expect_eq(source->read(source, room, sizeof room, true, &got, NULL), EF_OK);
    cr_expect_eq(got, 10);
    source->close(source);
}

/* The clock of the thread that runs ahead shows how far it may run. */
Test(source_ahead, reads_no_more_than_a_mebibyte_ahead)
{
    static uint8_t room[MIB];
    ef_buffer bytes = { 0 };
    size_t got, total = 0;
    make_bytes(&bytes, LARGE);
    ef_source *source = ahead_of((ef_slice){ bytes.data, bytes.size }, 65536, EF_END);
    while (total <= MIB) {
        cr_assert_eq(source->read(source, room, sizeof room, true, &got, NULL), EF_OK);
        total += got;
    }
    struct timespec pause = { .tv_nsec = 20000000 };
    nanosleep(&pause, NULL);
    cr_expect(source->stored(source) <= total + MIB);
    source->close(source);
    ef_buffer_release(&bytes);
}

/* Members that follow each other, as an archive gives them. */
typedef struct members {
    ef_source source;
    size_t number, given, size;
} members;

static ef_status members_read(ef_source *source, uint8_t *p, size_t n, bool wait,
                              size_t *got, ef_error *error)
{
    (void)wait;
    (void)error;
    members *m = (members *)source;
    if (m->given == m->size)
        return EF_END;
    *got = n < m->size - m->given ? n : m->size - m->given;
    memset(p, (int)('a' + m->number), *got);
    m->given += *got;
    return EF_OK;
}

static ef_status members_next(ef_source *source, ef_error *error)
{
    (void)error;
    static const char *const labels[] = { "a", "b", "c" };
    members *m = (members *)source;
    if (++m->number == 3)
        return EF_END;
    m->given = 0;
    source->label = labels[m->number];
    return EF_OK;
}

Test(source_ahead, moves_to_the_next_member_from_the_middle_of_one)
{
    static uint8_t room[MIB];
    for (size_t wanted = 0; wanted <= 5 * MIB; wanted += MIB / 2 + 7) {
        members archive = { .source = { .read = members_read,
                                        .close = silent_close,
                                        .stored = silent_stored,
                                        .next_member = members_next,
                                        .label = "a" },
                            .size = 4 * MIB };
        ef_source *source = &archive.source;
        cr_assert_eq(ef_source_read_ahead(&source, NULL), EF_OK);
        for (char name = 'a'; name <= 'c'; name++) {
            size_t total = 0, got;
            cr_expect_eq(source->label[0], name);
            while (total < wanted &&
                   source->read(source, room, sizeof room, true, &got, NULL) == EF_OK) {
                cr_expect(room[0] == name && room[got - 1] == name);
                total += got;
            }
            cr_expect(total >= wanted || total == archive.size);
            cr_expect_eq(ef_source_next_member(source, NULL), name == 'c' ? EF_END : EF_OK);
        }
        source->close(source);
    }
}

Test(source_ahead, reads_in_line_where_no_thread_can_be_had)
{
#ifdef __SANITIZE_ADDRESS__
    cr_skip_test("the sanitizer takes memory of its own");
#endif
    ef_buffer bytes = { 0 }, out = { 0 };
    ef_error error = { 0 };
    struct rlimit limit, none = { 0, 0 };
    make_bytes(&bytes, LARGE);
    cr_assert(ef_buffer_reserve(&out, LARGE + 64));
    ef_source *source = ahead_of((ef_slice){ bytes.data, bytes.size }, 65536, EF_END);
    getrlimit(RLIMIT_AS, &limit);
    none.rlim_max = limit.rlim_max;
    cr_assert_eq(setrlimit(RLIMIT_AS, &none), 0);
    size_t before = threads_here();
    ef_status status = drain(source, &out, 4096, true, &error);
    size_t then = threads_here();
    setrlimit(RLIMIT_AS, &limit);
    cr_expect_eq(status, EF_END);
    cr_expect_eq(then, before);
    expect_same(&out, &bytes);
    source->close(source);
    ef_buffer_release(&out);
    ef_buffer_release(&bytes);
}
