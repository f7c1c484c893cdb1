/* SPDX-License-Identifier: MIT
 * input/json_pull.c - JSON as a stream of tokens, without a tree and without recursion.
 *
 * The open containers are bits in one word, so depth costs no memory and has a limit that
 * cannot be overrun. Every byte is looked at once: time is linear in any input. */
#include "input/json_pull.h"

#include <assert.h>

#include "base/utf8.h"

/* What may come next. */
enum {
    VALUE,
    FIRST_ELEMENT, /* a value or ] */
    FIRST_KEY,     /* a key or } */
    KEY,
    COMMA, /* or the container's end */
    DONE,
    STOPPED_MORE,
    STOPPED_ERROR
};

enum { INTEGER_LIMIT = 20 /* digits of what is no long number yet */ };

void ef_json_pull_init(ef_json_pull *pull, const ef_kernels *kernels, const uint8_t *p,
                       size_t n)
{
    *pull = (ef_json_pull){ .kernels = kernels, .p = p, .n = n, .expected = VALUE };
}

/* Most bytes are no white space, which one comparison tells. */
static inline bool is_space(uint8_t byte)
{
    return byte <= ' ' && (byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t');
}

static inline const uint8_t *pass_space(const uint8_t *p, const uint8_t *end)
{
    while (p < end && is_space(*p))
        p++;
    return p;
}

size_t ef_json_space(const uint8_t *p, size_t n)
{
    return (size_t)(pass_space(p, p + n) - p);
}

static ef_json_token fail(ef_json_pull *pull, const char *reason)
{
    pull->reason = reason;
    pull->expected = STOPPED_ERROR;
    return EF_JSON_ERROR;
}

static ef_json_token starve(ef_json_pull *pull)
{
    pull->reason = "JSON is cut short";
    pull->expected = STOPPED_MORE;
    return EF_JSON_MORE;
}

static int hex_digit(uint8_t byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

/* The size of the escape at pull->at; 0 if it is none, or if the bytes end in it. */
static size_t escape_size(const ef_json_pull *pull)
{
    const uint8_t *p = pull->p + pull->at;
    size_t n = pull->n - pull->at;
    if (n < 2)
        return 0;
    switch (p[1]) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
        return 2;
    case 'u':
        for (size_t i = 2; i < 6; i++)
            if (i >= n || hex_digit(p[i]) < 0)
                return 0;
        return 6;
    default:
        return 0;
    }
}

/* True if the bytes end within what may still become an escape. */
static bool escape_is_cut(const ef_json_pull *pull)
{
    const uint8_t *p = pull->p + pull->at;
    size_t n = pull->n - pull->at;
    if (n >= 6 || (n >= 2 && p[1] != 'u'))
        return false;
    for (size_t i = 2; i < n; i++)
        if (hex_digit(p[i]) < 0)
            return false;
    return true;
}

/* Reads a string whose opening quote is at pull->at. */
static ef_json_token read_string(ef_json_pull *pull, ef_json_token token)
{
    size_t first = ++pull->at;
    pull->is_escaped = false;
    for (;;) {
        const uint8_t *p = pull->p + pull->at;
        size_t rest = pull->n - pull->at;
        /* Escapes of other scripts come in rows: no kernel call between them. */
        if (rest > 0 && *p != '\\')
            pull->at += pull->kernels->json_string_run(p, rest);
        if (pull->at == pull->n)
            return starve(pull);
        uint8_t byte = pull->p[pull->at];
        if (byte == '"')
            break;
        if (byte != '\\')
            return fail(pull, "control character in a JSON string");
        size_t size = escape_size(pull);
        if (size == 0)
            return escape_is_cut(pull) ? starve(pull) : fail(pull, "bad escape in JSON");
        pull->is_escaped = true;
        pull->at += size;
    }
    pull->raw = (ef_slice){ pull->p + first, pull->at - first };
    pull->at++;
    return token;
}

static size_t digits(const ef_json_pull *pull, size_t at)
{
    size_t end = at;
    while (end < pull->n && (unsigned)(pull->p[end] - '0') < 10)
        end++;
    return end - at;
}

static bool byte_is(const ef_json_pull *pull, size_t at, uint8_t a, uint8_t b)
{
    return at < pull->n && (pull->p[at] == a || pull->p[at] == b);
}

static ef_json_token read_number(ef_json_pull *pull)
{
    size_t first = pull->at, at = first + byte_is(pull, first, '-', '-');
    size_t count = digits(pull, at);
    if (count == 0 && at == first)
        return fail(pull, "not JSON");
    if (count > 1 && pull->p[at] == '0')
        return fail(pull, "bad JSON number");
    bool is_good = count > 0;
    at += count;
    if (is_good && byte_is(pull, at, '.', '.')) {
        count = digits(pull, ++at);
        is_good = count > 0;
        at += count;
    }
    if (is_good && byte_is(pull, at, 'e', 'E')) {
        at++;
        at += byte_is(pull, at, '+', '-');
        count = digits(pull, at);
        is_good = count > 0;
        at += count;
    }
    if (at - first > EF_JSON_NUMBER_LIMIT)
        return fail(pull, "JSON number is too long");
    if (!is_good && at == pull->n)
        return starve(pull);
    if (!is_good)
        return fail(pull, "bad JSON number");
    pull->raw = (ef_slice){ pull->p + first, at - first };
    pull->at = at;
    return EF_JSON_NUMBER;
}

static ef_json_token read_word(ef_json_pull *pull, const char *word, ef_json_token token)
{
    size_t size = strlen(word), rest = pull->n - pull->at;
    if (memcmp(pull->p + pull->at, word, size < rest ? size : rest) != 0)
        return fail(pull, "not JSON");
    if (rest < size)
        return starve(pull);
    pull->raw = (ef_slice){ pull->p + pull->at, size };
    pull->at += size;
    return token;
}

static ef_json_token open_container(ef_json_pull *pull, bool is_object)
{
    if (pull->depth == EF_JSON_DEPTH)
        return fail(pull, "JSON is nested too deeply");
    uint64_t bit = UINT64_C(1) << pull->depth;
    pull->objects = is_object ? pull->objects | bit : pull->objects & ~bit;
    pull->depth++;
    pull->at++;
    pull->expected = is_object ? FIRST_KEY : FIRST_ELEMENT;
    return is_object ? EF_JSON_OBJECT : EF_JSON_ARRAY;
}

static bool in_object(const ef_json_pull *pull)
{
    return pull->depth > 0 && (pull->objects >> (pull->depth - 1) & 1) != 0;
}

static ef_json_token close_container(ef_json_pull *pull)
{
    bool is_object = in_object(pull);
    pull->depth--;
    pull->at++;
    pull->expected = pull->depth == 0 ? DONE : COMMA;
    return is_object ? EF_JSON_OBJECT_END : EF_JSON_ARRAY_END;
}

static ef_json_token read_value(ef_json_pull *pull)
{
    ef_json_token token;
    switch (pull->p[pull->at]) {
    case '{':
        return open_container(pull, true);
    case '[':
        return open_container(pull, false);
    case '"':
        token = read_string(pull, EF_JSON_STRING);
        break;
    case 't':
        token = read_word(pull, "true", EF_JSON_TRUE);
        break;
    case 'f':
        token = read_word(pull, "false", EF_JSON_FALSE);
        break;
    case 'n':
        token = read_word(pull, "null", EF_JSON_NULL);
        break;
    case 'N':
        return fail(pull, "NaN is not JSON");
    default:
        token = read_number(pull);
        break;
    }
    if (token < EF_JSON_MORE)
        pull->expected = pull->depth == 0 ? DONE : COMMA;
    return token;
}

static ef_json_token read_key(ef_json_pull *pull)
{
    if (pull->p[pull->at] != '"')
        return fail(pull, "a JSON key is missing");
    ef_json_token token = read_string(pull, EF_JSON_KEY);
    if (token != EF_JSON_KEY)
        return token;
    pull->at += ef_json_space(pull->p + pull->at, pull->n - pull->at);
    if (pull->at == pull->n)
        return starve(pull);
    if (pull->p[pull->at] != ':')
        return fail(pull, "a colon is missing in JSON");
    pull->at++;
    pull->expected = VALUE;
    return token;
}

/* Moves to the first byte of the next token; false at the end of the bytes. */
static bool find_token(ef_json_pull *pull)
{
    if (pull->at < pull->n && pull->p[pull->at] > ' ')
        return true;
    pull->at += ef_json_space(pull->p + pull->at, pull->n - pull->at);
    return pull->at < pull->n;
}

static ef_json_token next_token(ef_json_pull *pull)
{
    pull->start = pull->at;
    uint8_t byte = pull->p[pull->at];
    switch (pull->expected) {
    case VALUE:
        return read_value(pull);
    case FIRST_ELEMENT:
        return byte == ']' ? close_container(pull) : read_value(pull);
    case FIRST_KEY:
        return byte == '}' ? close_container(pull) : read_key(pull);
    case KEY:
        return read_key(pull);
    default:
        assert(pull->expected == COMMA);
        return byte == (in_object(pull) ? '}' : ']') ? close_container(pull)
                                                     : fail(pull, "not JSON");
    }
}

ef_json_token ef_json_next(ef_json_pull *pull)
{
    if (pull->expected >= DONE)
        return pull->expected == DONE           ? EF_JSON_END
               : pull->expected == STOPPED_MORE ? EF_JSON_MORE
                                                : EF_JSON_ERROR;
    if (!find_token(pull))
        return starve(pull);
    if (pull->expected == COMMA && pull->p[pull->at] == ',') {
        pull->at++;
        pull->expected = in_object(pull) ? KEY : VALUE;
        if (!find_token(pull))
            return starve(pull);
    }
    return next_token(pull);
}

bool ef_json_take_key(ef_json_pull *pull, ef_slice key)
{
    const uint8_t *p = pull->p + pull->at, *end = pull->p + pull->n;
    if (pull->expected == COMMA) {
        p = pass_space(p, end);
        if (p == end || *p != ',' || !in_object(pull))
            return false;
        p++;
    } else if (pull->expected != FIRST_KEY) {
        return false;
    }
    p = pass_space(p, end);
    if ((size_t)(end - p) < key.size + 3 || p[0] != '"' || p[key.size + 1] != '"' ||
        memcmp(p + 1, key.data, key.size) != 0)
        return false;
    p = pass_space(p + key.size + 2, end);
    if (p == end || *p != ':')
        return false;
    pull->at = (size_t)(p - pull->p) + 1;
    pull->expected = VALUE;
    return true;
}

/* Behind the integer at p; NULL if there is none, or more of a number may follow. */
static const uint8_t *pass_integer(const uint8_t *p, const uint8_t *end)
{
    const uint8_t *first = p, *limit = end - p > INTEGER_LIMIT ? p + INTEGER_LIMIT : end;
    while (p < limit && (unsigned)(*p - '0') < 10)
        p++;
    bool is_whole = p > first && p < end && (*p == ',' || *p == '}');
    return is_whole && (*first != '0' || p == first + 1) ? p : NULL;
}

bool ef_json_take_plain(ef_json_pull *pull, ef_slice *value)
{
    const uint8_t *p = pull->p + pull->at, *end = pull->p + pull->n, *behind;
    if (pull->expected != VALUE)
        return false;
    p = pass_space(p, end);
    if (end - p > 1 && *p == '"') {
        size_t rest = (size_t)(end - ++p), size = pull->kernels->json_string_run(p, rest);
        if (size == rest || p[size] != '"')
            return false;
        *value = (ef_slice){ p, size };
        behind = p + size + 1;
    } else {
        behind = pass_integer(p, end);
        if (behind == NULL)
            return false;
        *value = (ef_slice){ p, (size_t)(behind - p) };
    }
    pull->at = (size_t)(behind - pull->p);
    pull->expected = pull->depth == 0 ? DONE : COMMA;
    return true;
}

ef_json_token ef_json_skip(ef_json_pull *pull)
{
    size_t start = pull->start;
    unsigned outside = pull->depth - 1;
    for (;;) {
        ef_json_token token = ef_json_next(pull);
        if (token >= EF_JSON_MORE)
            return token;
        if (pull->depth == outside) {
            pull->raw = (ef_slice){ pull->p + start, pull->at - start };
            return token;
        }
    }
}

/* The code unit of \uXXXX at p, whose digits were checked when the string was read. */
static uint32_t code_unit(const uint8_t *p)
{
    uint32_t code = 0;
    for (size_t i = 2; i < 6; i++)
        code = code << 4 | (uint32_t)hex_digit(p[i]);
    return code;
}

/* Decodes the \u escape at p, with a second one if they are a pair; *used says how much. */
static uint32_t read_unicode(const uint8_t *p, size_t n, size_t *used)
{
    uint32_t code = code_unit(p);
    *used = 6;
    if (code < 0xd800 || code >= 0xdc00 || n < 12 || p[6] != '\\' || p[7] != 'u')
        return code; /* a lone surrogate has no UTF-8 form: the encoder gives U+FFFD */
    uint32_t low = code_unit(p + 6);
    if (low < 0xdc00 || low >= 0xe000)
        return code;
    *used = 12;
    return 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
}

static uint8_t plain_escape(uint8_t byte)
{
    switch (byte) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return byte;
    }
}

size_t ef_json_unescape(ef_slice raw, uint8_t *out)
{
    size_t size = 0, at = 0;
    while (at < raw.size) {
        const uint8_t *slash = memchr(raw.data + at, '\\', raw.size - at);
        size_t plain = slash == NULL ? raw.size - at : (size_t)(slash - raw.data) - at;
        memcpy(out + size, raw.data + at, plain);
        size += plain;
        at += plain;
        if (slash == NULL)
            break;
        if (slash[1] != 'u') {
            out[size++] = plain_escape(slash[1]);
            at += 2;
            continue;
        }
        size_t used;
        uint32_t code = read_unicode(slash, raw.size - at, &used);
        size += ef_utf8_encode(code, out + size);
        at += used;
    }
    return size;
}
