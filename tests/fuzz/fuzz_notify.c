/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_notify.c - what earful-notify reads: an event, a template, a file of
 * sinks.
 *
 * The parts of an input are parted by a byte 0x1E. What is made of an event, or of two that
 * travel together, is JSON for every kind of sink, and for every template that passes the
 * check. */
#include "fuzz.h"

#include <cjson/cJSON.h>

#include "notify/body.h"

static bool is_json(ef_buffer *bytes)
{
    cJSON *parsed = cJSON_ParseWithLength((const char *)bytes->data, bytes->size);
    bool is_parsed = parsed != NULL;
    cJSON_Delete(parsed);
    return is_parsed;
}

static ef_slice take_part(fuzz_bytes *bytes)
{
    const uint8_t *end = bytes->n == 0 ? NULL : memchr(bytes->p, 0x1e, bytes->n);
    size_t size = end == NULL ? bytes->n : (size_t)(end - bytes->p);
    ef_slice part = { bytes->p, size };
    size_t used = end == NULL ? size : size + 1;
    bytes->p += used;
    bytes->n -= used;
    return part;
}

/* Whether a kind's own body, or a template, gives JSON whatever stands in the event. */
static void check_body(ef_sink_kind kind, char *body, ef_slice event)
{
    ef_sink sink = { .kind = kind, .body = body, .key = (char[]){ "key" } };
    ef_slice events[] = { event, event };
    size_t most = ef_sink_most_together(&sink) > 1 ? 2 : 1;
    ef_buffer out = { 0 };
    for (size_t count = 1; count <= most; count++) {
        ef_buffer_reset(&out);
        ef_status status = ef_body_make_group(&out, &sink, events, count);
        REQUIRE(status == EF_OK || status == EF_ERR_FORMAT);
        if (status == EF_OK)
            REQUIRE(is_json(&out));
    }
    ef_buffer_release(&out);
}

static void check_message(void *user, uint64_t line, const char *message)
{
    (void)user;
    (void)line;
    for (const char *at = message; *at != '\0'; at++)
        REQUIRE((unsigned char)*at >= ' ' && (unsigned char)*at < 0x7f);
    REQUIRE(strstr(message, "s3cret") == NULL);
}

/* Settings that open files or read the environment are left to the unit tests. */
static void check_sinks(ef_slice bytes)
{
    static ef_sinks sinks;
    if (memmem(bytes.data, bytes.size, "_file", 5) == NULL)
        ef_sinks_read(&sinks, bytes, check_message, NULL);
    ef_sinks_release(&sinks);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = fuzz_copy(data, size);
    fuzz_bytes bytes = { copy, size };
    ef_slice event = take_part(&bytes), body = take_part(&bytes);
    char *template = strndup((const char *)body.data, body.size);
    REQUIRE(template != NULL);
    for (size_t kind = EF_SINK_WEBHOOK; kind <= EF_SINK_EXEC; kind++)
        check_body((ef_sink_kind)kind, NULL, event);
    if (ef_body_is_template(template))
        check_body(EF_SINK_SLACK, template, event);
    if (bytes.n > 0)
        check_sinks(take_part(&bytes));
    free(template);
    free(copy);
    return 0;
}
