/* SPDX-License-Identifier: MIT
 * pipeline/notes.c - notices that wait for the turn of their block.
 *
 * A note is a head and its strings, each with a NUL, back to back in one buffer: a block of
 * nothing but rejected lines costs a small multiple of its own size. */
#include "pipeline/notes.h"

typedef struct head {
    ef_notice notice; /* its pointers are replaced when it is given out */
    size_t message_size, reason_size, path_size;
} head;

static size_t size_of(const char *text)
{
    return text == NULL ? 1 : strlen(text) + 1;
}

static void append_string(ef_buffer *bytes, const char *text)
{
    ef_buffer_append(bytes, text == NULL ? "" : text, size_of(text));
}

void ef_notes_keep(void *user, const ef_notice *notice)
{
    ef_notes *notes = user;
    head one = { .notice = *notice,
                 .message_size = size_of(notice->message),
                 .reason_size = size_of(notice->reason),
                 .path_size = size_of(notice->path) };
    if (!notes->keeps_raw)
        one.notice.raw.size = 0;
    /* At once, so that a note is there whole or not at all. */
    if (!ef_buffer_reserve(&notes->bytes, sizeof one + one.message_size + one.reason_size +
                                              one.path_size + one.notice.raw.size))
        return;
    ef_buffer_append(&notes->bytes, &one, sizeof one);
    append_string(&notes->bytes, notice->message);
    append_string(&notes->bytes, notice->reason);
    append_string(&notes->bytes, notice->path);
    ef_buffer_append(&notes->bytes, notice->raw.data, one.notice.raw.size);
}

void ef_notes_replay(ef_notes *notes, ef_notice_fn *fn, void *user)
{
    const uint8_t *at = notes->bytes.data;
    const uint8_t *end = at == NULL ? NULL : at + notes->bytes.size;
    while (fn != NULL && at != end) {
        head one;
        memcpy(&one, at, sizeof one);
        at += sizeof one;
        one.notice.message = (const char *)at;
        at += one.message_size;
        one.notice.reason = (const char *)at;
        at += one.reason_size;
        one.notice.path = (const char *)at;
        at += one.path_size;
        one.notice.raw.data = at;
        at += one.notice.raw.size;
        fn(user, &one.notice);
    }
    ef_buffer_reset(&notes->bytes);
}

void ef_notes_release(ef_notes *notes)
{
    ef_buffer_release(&notes->bytes);
}
