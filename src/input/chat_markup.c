/* SPDX-License-Identifier: MIT
 * input/chat_markup.c - what exports write into the texts of messages, undone. */
#include "input/chat_markup.h"

#include "base/utf8.h"
#include "input/json_pull.h"
#include "text/html.h"

static bool has(ef_slice text, uint8_t byte)
{
    return text.size > 0 && memchr(text.data, byte, text.size) != NULL;
}

/* Without white space around it: tags at the ends leave some. */
static ef_slice trim(const uint8_t *p, size_t size)
{
    while (size > 0 && p[size - 1] <= ' ')
        size--;
    for (; size > 0 && *p <= ' '; size--)
        p++;
    return (ef_slice){ p, size };
}

/* The value of an attribute in a tag, empty if it has none. */
static ef_slice attribute(const uint8_t *tag, size_t n, const char *name)
{
    const uint8_t *at = memmem(tag, n, name, strlen(name));
    const uint8_t *begin = at == NULL ? NULL : at + strlen(name);
    const uint8_t *end =
        begin == NULL ? NULL : memchr(begin, '"', (size_t)(tag + n - begin));
    return end == NULL ? (ef_slice){ NULL, 0 } : (ef_slice){ begin, (size_t)(end - begin) };
}

/* Teams writes <emoji id="angry" alt="…" title="Angry"></emoji> for an emoji: the size of
 * its first or last tag, and what it shows. */
static size_t emoji_size(const uint8_t *p, size_t n, ef_slice *shown)
{
    enum { LONGEST = 512 };
    size_t name = n > 1 && p[1] == '/' ? 2 : 1;
    bool is_one = (n > name + 5 && memcmp(p + name, "emoji", 5) == 0) ||
                  (n > name + 11 && memcmp(p + name, "customemoji", 11) == 0);
    const uint8_t *end = is_one ? memchr(p, '>', n < LONGEST ? n : LONGEST) : NULL;
    *shown = (ef_slice){ NULL, 0 };
    if (end == NULL)
        return 0;
    if (name == 1)
        *shown = attribute(p, (size_t)(end - p), " alt=\"");
    return (size_t)(end - p) + 1;
}

/* Teams writes <at id="0">Mara</at> for a name, and <attachment …> for what hangs on. */
static size_t mention_size(const uint8_t *p, size_t n)
{
    enum { LONGEST = 256 };
    size_t name = n > 1 && p[1] == '/' ? 2 : 1;
    bool is_one = n > name + 2 && memcmp(p + name, "at", 2) == 0 &&
                  (memchr(" >", p[name + 2], 2) != NULL ||
                   (n > name + 10 && memcmp(p + name, "attachment", 10) == 0));
    const uint8_t *end = is_one ? memchr(p, '>', n < LONGEST ? n : LONGEST) : NULL;
    return end == NULL ? 0 : (size_t)(end - p) + 1;
}

bool ef_markup_html(ef_arena *arena, ef_slice *text)
{
    if (!has(*text, '<') && !has(*text, '&'))
        return true;
    uint8_t *out = ef_arena_alloc(arena, text->size); /* no entity is shorter than UTF-8 */
    size_t size = 0, at = 0;
    if (out == NULL)
        return false;
    while (at < text->size) {
        const uint8_t *p = text->data + at;
        size_t left = text->size - at;
        bool is_break = false;
        uint32_t code;
        size_t tag = *p == '<' ? ef_html_tag(p, left, &is_break) : 0;
        size_t entity = *p == '&' ? ef_html_entity(p, left, &code) : 0;
        size_t mention = *p == '<' && tag == 0 ? mention_size(p, left) : 0;
        ef_slice emoji = { NULL, 0 };
        if (*p == '<' && tag == 0 && mention == 0)
            mention = emoji_size(p, left, &emoji);
        if (mention > 0) {
            if (emoji.size > 0)
                memcpy(out + size, emoji.data, emoji.size);
            size += emoji.size;
            at += mention;
            continue;
        }
        if (entity > 3)
            size += ef_utf8_encode(code == 0xa0 ? ' ' : code, out + size);
        else
            out[size++] = tag == 0 ? *p : is_break ? '\n' : ' ';
        at += tag > 0 ? tag : entity > 3 ? entity : 1;
    }
    *text = trim(out, size);
    return true;
}

static bool is_utf8(const uint8_t *p, size_t n)
{
    uint32_t code;
    for (size_t at = 0, size; at < n; at += size)
        if ((size = ef_utf8_decode(p + at, n - at, &code)) == 0)
            return false;
    return true;
}

bool ef_markup_mojibake(ef_arena *arena, ef_slice *text)
{
    /* All that can be repaired holds the first byte of a character up to U+00FF. */
    if (!has(*text, 0xc3) && !has(*text, 0xc2))
        return true;
    uint8_t *out = ef_arena_alloc(arena, text->size);
    size_t size = 0;
    if (out == NULL)
        return false;
    for (size_t at = 0, step; at < text->size; at += step) {
        uint32_t code;
        step = ef_utf8_decode(text->data + at, text->size - at, &code);
        if (step == 0 || code > 0xff)
            return true;
        out[size++] = (uint8_t)code;
    }
    if (is_utf8(out, size))
        *text = (ef_slice){ out, size };
    return true;
}

/* --- Slack --------------------------------------------------------------------------- */

static bool begins_with(ef_slice text, const char *words)
{
    size_t size = strlen(words);
    return text.size >= size && memcmp(text.data, words, size) == 0;
}

static ef_slice behind_bar(ef_slice inside)
{
    const uint8_t *bar = inside.size == 0 ? NULL : memchr(inside.data, '|', inside.size);
    if (bar == NULL)
        return (ef_slice){ NULL, 0 };
    return (ef_slice){ bar + 1, (size_t)(inside.data + inside.size - bar - 1) };
}

static ef_slice before_bar(ef_slice inside)
{
    const uint8_t *bar = inside.size == 0 ? NULL : memchr(inside.data, '|', inside.size);
    return bar == NULL ? inside : (ef_slice){ inside.data, (size_t)(bar - inside.data) };
}

/* What <inside> shows. *sign gets the character that goes before a name, or 0. */
static ef_slice shown(ef_slice inside, ef_markup_name_fn *name, const void *user,
                      char *sign)
{
    *sign = '\0';
    ef_slice label = behind_bar(inside);
    bool is_special = inside.size > 0 && memchr("@#!", inside.data[0], 3) != NULL;
    if (!is_special)
        return label.size > 0 ? label : before_bar(inside);
    if (inside.data[0] == '!') /* <!here>, but <!date^…|a day> and <!subteam^…|@group> */
        return label;
    *sign = (char)inside.data[0];
    ef_slice id = before_bar((ef_slice){ inside.data + 1, inside.size - 1 });
    ef_slice known = *sign == '@' ? name(user, id) : (ef_slice){ NULL, 0 };
    return known.size > 0 ? known : label.size > 0 ? label : id;
}

static size_t slack_entity(ef_slice rest, uint8_t *byte)
{
    static const struct {
        const char *word;
        uint8_t byte;
    } entities[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' } };
    for (size_t i = 0; i < 3; i++)
        if (begins_with(rest, entities[i].word)) {
            *byte = entities[i].byte;
            return strlen(entities[i].word);
        }
    return 0;
}

/* How many bytes the names of a text's mentions may add: an id makes room for a longer
 * name, so they are looked up twice. */
static size_t room_for(ef_slice text, ef_markup_name_fn *name, const void *user)
{
    size_t room = text.size;
    for (size_t at = 0; at < text.size; at++) {
        const uint8_t *p = text.data + at;
        if (*p != '<')
            continue;
        const uint8_t *end = memchr(p, '>', text.size - at);
        if (end == NULL)
            break;
        char sign;
        room += shown((ef_slice){ p + 1, (size_t)(end - p) - 1 }, name, user, &sign).size;
        at = (size_t)(end - text.data);
    }
    return room;
}

bool ef_markup_slack(ef_arena *arena, ef_markup_name_fn *name, const void *user,
                     ef_slice *text)
{
    if (!has(*text, '<') && !has(*text, '&'))
        return true;
    uint8_t *out = ef_arena_alloc(arena, room_for(*text, name, user));
    size_t size = 0, at = 0;
    bool may_close = true; /* there may be a > ahead */
    if (out == NULL)
        return false;
    while (at < text->size) {
        const uint8_t *p = text->data + at;
        ef_slice rest = { p, text->size - at };
        const uint8_t *end = *p == '<' && may_close ? memchr(p, '>', rest.size) : NULL;
        uint8_t byte = *p;
        size_t entity = *p == '&' ? slack_entity(rest, &byte) : 0;
        may_close = may_close && (*p != '<' || end != NULL);
        if (end == NULL) {
            out[size++] = byte;
            at += entity > 0 ? entity : 1;
            continue;
        }
        char sign;
        ef_slice word =
            shown((ef_slice){ p + 1, (size_t)(end - p) - 1 }, name, user, &sign);
        if (sign != '\0')
            out[size++] = (uint8_t)sign;
        if (word.size > 0)
            memcpy(out + size, word.data, word.size);
        size += word.size;
        at += (size_t)(end - p) + 1;
    }
    *text = trim(out, size);
    return true;
}

bool ef_markup_slack_blocks(ef_arena *arena, const ef_kernels *kernels, ef_slice blocks,
                            ef_slice *text)
{
    if (blocks.size == 0 || blocks.data[0] != '[')
        return true;
    uint8_t *out = ef_arena_alloc(arena, blocks.size);
    size_t size = 0;
    bool is_text = false;
    ef_json_pull parts;
    if (out == NULL)
        return false;
    ef_json_pull_init(&parts, kernels, blocks.data, blocks.size);
    for (ef_json_token token = ef_json_next(&parts);
         token < EF_JSON_MORE && token > EF_JSON_END; token = ef_json_next(&parts)) {
        if (token == EF_JSON_STRING && is_text)
            size += ef_json_unescape(parts.raw, out + size);
        is_text = token == EF_JSON_KEY && parts.raw.size == 4 &&
                  memcmp(parts.raw.data, "text", 4) == 0;
    }
    *text = trim(out, size);
    return true;
}
