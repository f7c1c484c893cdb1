/* SPDX-License-Identifier: MIT
 * input/chatlog_names.c - names that hold a colon and a blank, as in "Shop: Support".
 *
 * What ends a name in a header may stand in it, too. The shortest name is taken, but where
 * all messages of a name in the sample go on with the same words and another colon, these
 * are part of it. Decided once, from the sample, so that every block reads alike. */
#include "input/chatlog.h"

enum { NAMES = 64, LONGEST_REST = 40, ENOUGH = 3 };

typedef struct suspect {
    ef_slice name,
        rest; /* in the sample; rest is what may belong to it, with ": " before */
    size_t messages, agreeing;
} suspect;

static bool is_equal(ef_slice a, ef_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* What stands between the end of a name and the next ": " of its line, if that is near. */
static ef_slice rest_of(const ef_line_match *match)
{
    const uint8_t *begin = match->name.data + match->name.size;
    ef_slice text = match->text;
    size_t limit = text.size < LONGEST_REST ? text.size : LONGEST_REST;
    for (size_t i = 1; i + 1 < limit; i++)
        if (text.data[i] == ':' && text.data[i + 1] == ' ')
            return (ef_slice){ begin, (size_t)(text.data + i - begin) };
    return (ef_slice){ NULL, 0 };
}

static void weigh(suspect *suspects, size_t *count, const ef_line_match *match)
{
    ef_slice rest = rest_of(match);
    size_t i = 0;
    while (i < *count && !is_equal(suspects[i].name, match->name))
        i++;
    if (i == NAMES)
        return;
    if (i == *count)
        suspects[(*count)++] = (suspect){ .name = match->name, .rest = rest };
    suspects[i].messages++;
    suspects[i].agreeing += rest.size > 0 && is_equal(suspects[i].rest, rest);
}

static bool keep(ef_chatlog *log, const suspect *found, ef_arena *arena)
{
    size_t size = found->name.size + found->rest.size;
    uint8_t *name = ef_arena_alloc(arena, size);
    if (name == NULL)
        return false;
    memcpy(name, found->name.data, found->name.size);
    memcpy(name + found->name.size, found->rest.data, found->rest.size);
    log->long_names[log->long_name_count++] = (ef_slice){ name, size };
    return true;
}

bool ef_chatlog_learn_names(ef_chatlog *log, ef_slice sample, ef_arena *arena)
{
    suspect suspects[NAMES];
    size_t count = 0, at = 0;
    while (at < sample.size) {
        const uint8_t *p = sample.data + at, *end = memchr(p, '\n', sample.size - at);
        size_t size = end == NULL ? sample.size - at : (size_t)(end - p);
        ef_chat_line read;
        if (ef_chatlog_read_line(log, NULL, (ef_slice){ p, size }, &read) &&
            read.kind == EF_LINE_MESSAGE && read.match.name.size > 0)
            weigh(suspects, &count, &read.match);
        at += size + 1;
    }
    log->long_names = ef_arena_alloc(arena, sizeof *log->long_names * NAMES);
    if (log->long_names == NULL)
        return false;
    for (size_t i = 0; i < count; i++)
        if (suspects[i].messages >= ENOUGH &&
            suspects[i].agreeing == suspects[i].messages && !keep(log, &suspects[i], arena))
            return false;
    return true;
}

void ef_chatlog_complete_name(const ef_chatlog *log, ef_line_match *match)
{
    if (log->long_name_count == 0)
        return;
    const uint8_t *begin = match->name.data;
    size_t there = (size_t)(match->text.data + match->text.size - begin);
    for (size_t i = 0; i < log->long_name_count; i++) {
        ef_slice name = log->long_names[i];
        bool fits = name.size > match->name.size && name.size + 2 <= there &&
                    memcmp(begin, name.data, name.size) == 0 &&
                    memcmp(begin + name.size, ": ", 2) == 0;
        if (!fits)
            continue;
        match->name.size = name.size;
        match->text = (ef_slice){ begin + name.size + 2, there - name.size - 2 };
        return;
    }
}
