/* SPDX-License-Identifier: MIT
 * JSON tokens: what is JSON and what is not, at every length, and against cJSON. */
#include "input/json_pull.h"

#include <criterion/criterion.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

/* Reads all tokens of p[0..n), copied to memory of just that size, and gives the last. */
static ef_json_token read_all(const char *p, size_t n, ef_json_pull *pull)
{
    uint8_t *copy = malloc(n + 1);
    memcpy(copy, p, n);
    ef_json_pull_init(pull, ef_kernels_select("scalar"), copy, n);
    ef_json_token token;
    do
        token = ef_json_next(pull);
    while (token != EF_JSON_END && token < EF_JSON_MORE);
    cr_assert_eq(ef_json_next(pull), token, "the last token is given again");
    free(copy);
    return token;
}

static ef_json_token read_text(const char *text)
{
    ef_json_pull pull;
    return read_all(text, strlen(text), &pull);
}

Test(json_pull, gives_tokens_in_order)
{
    static const char text[] =
        " { \"a\" : [ 1, -0.5e+3 , \"x\\n\" , {}, [] ] , \"b\":null } ";
    static const ef_json_token expected[] = {
        EF_JSON_OBJECT, EF_JSON_KEY,        EF_JSON_ARRAY,     EF_JSON_NUMBER,
        EF_JSON_NUMBER, EF_JSON_STRING,     EF_JSON_OBJECT,    EF_JSON_OBJECT_END,
        EF_JSON_ARRAY,  EF_JSON_ARRAY_END,  EF_JSON_ARRAY_END, EF_JSON_KEY,
        EF_JSON_NULL,   EF_JSON_OBJECT_END, EF_JSON_END,
    };
    ef_json_pull pull;
    ef_json_pull_init(&pull, ef_kernels_select(NULL), (const uint8_t *)text, strlen(text));
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
        cr_assert_eq(ef_json_next(&pull), expected[i], "token %zu", i);
    cr_assert_eq(pull.at, strlen(text) - 1, "what follows the value is left alone");
}

Test(json_pull, takes_what_is_json)
{
    static const char *const good[] = {
        "{}",
        "[]",
        "0",
        "-0",
        "1.5",
        "1e9",
        "1E-9",
        "\"\"",
        "true",
        "false",
        "null",
        "[[[[]]]]",
        "{\"\":{\"\":[]}}",
        "\"\\u0000\"",
        "\"\\ud83d\\ude00\"",
        "\"\\/\"",
        "\"\xff\xc3\"",
        "\"\x7f\"",
        "[1,2]",
        "{\"a\":1,\"a\":2}",
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        cr_assert_eq(read_text(good[i]), EF_JSON_END, "%s", good[i]);
}

Test(json_pull, refuses_what_is_not)
{
    static const char *const bad[] = {
        "}",
        "]",
        "{]",
        "[}",
        "[1,]",
        "[,1]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "{\"a\":1 \"b\":2}",
        "01",
        "-a",
        "1.a",
        ".5",
        "+1",
        "1ea",
        "NaN",
        "[Infinity]",
        "tru!",
        "nul1",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "\"\t\"",
        "/* */1",
        "[1,/**/2]",
        "\xef\xbb\xbf{}",
        "[\x01]",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        cr_assert_eq(read_text(bad[i]), EF_JSON_ERROR, "%s", bad[i]);
}

Test(json_pull, asks_for_more_at_every_cut)
{
    static const char text[] =
        "{\"k\\u0041\":[1.5e+3,-2,\"a\\\\b\\ud83d\\ude00\",true,false,null,{\"x\":{}}]}";
    ef_json_pull pull;
    for (size_t n = 0; n < strlen(text); n++)
        cr_assert_eq(read_all(text, n, &pull), EF_JSON_MORE, "cut at %zu", n);
    cr_assert_eq(read_all(text, strlen(text), &pull), EF_JSON_END);
}

Test(json_pull, stops_at_its_depth_without_recursion)
{
    enum { DEEP = 1000000 };
    char *text = malloc(DEEP);
    ef_json_pull pull;
    memset(text, '[', DEEP);
    cr_assert_eq(read_all(text, DEEP, &pull), EF_JSON_ERROR);
    cr_assert_eq(pull.at, (size_t)EF_JSON_DEPTH);
    memset(text + EF_JSON_DEPTH, ']', EF_JSON_DEPTH);
    cr_assert_eq(read_all(text, 2 * EF_JSON_DEPTH, &pull), EF_JSON_END);
    for (size_t i = 0; i + 5 <= DEEP; i += 5)
        memcpy(text + i, "{\"\":[", 5);
    cr_assert_eq(read_all(text, DEEP, &pull), EF_JSON_ERROR);
    free(text);
}

Test(json_pull, refuses_a_number_of_a_million_digits)
{
    enum { MANY = 1000000 };
    char *text = malloc(MANY);
    ef_json_pull pull;
    memset(text, '7', MANY);
    cr_assert_eq(read_all(text, MANY, &pull), EF_JSON_ERROR);
    cr_assert_str_eq(pull.reason, "JSON number is too long");
    cr_assert_eq(read_all(text, EF_JSON_NUMBER_LIMIT, &pull), EF_JSON_END);
    free(text);
}

static void expect_unescaped(const char *raw, const char *expected, size_t size)
{
    uint8_t out[64];
    size_t got = ef_json_unescape(ef_slice_of(raw), out);
    cr_assert_eq(got, size, "%s", raw);
    cr_assert_eq(memcmp(out, expected, size), 0, "%s", raw);
}

Test(json_pull, undoes_escapes)
{
    expect_unescaped("", "", 0);
    expect_unescaped("plain", "plain", 5);
    expect_unescaped("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\b\f\n\r\t", 8);
    expect_unescaped("\\u00e9\\u20AC", "\xc3\xa9\xe2\x82\xac", 5);
    expect_unescaped("\\ud83d\\ude00", "\xf0\x9f\x98\x80", 4);
    expect_unescaped("a\\u0000b", "a\0b", 3);
}

Test(json_pull, replaces_lone_surrogates)
{
    expect_unescaped("\\ud83d", "\xef\xbf\xbd", 3);
    expect_unescaped("\\ude00x", "\xef\xbf\xbdx", 4);
    expect_unescaped("\\ud83d\\ud83d\\ude00", "\xef\xbf\xbd\xf0\x9f\x98\x80", 7);
    expect_unescaped("\\ud83d\\n", "\xef\xbf\xbd\n", 4);
    expect_unescaped("\\ud83d\\u0041",
                     "\xef\xbf\xbd"
                     "A",
                     4);
}

Test(json_pull, skips_a_container)
{
    static const char text[] = "{\"a\":{\"b\":[{},\"}\"]},\"c\":3}";
    ef_json_pull pull;
    ef_json_pull_init(&pull, ef_kernels_select(NULL), (const uint8_t *)text, strlen(text));
    ef_json_next(&pull);
    ef_json_next(&pull);
    cr_assert_eq(ef_json_next(&pull), EF_JSON_OBJECT);
    cr_assert_eq(ef_json_skip(&pull), EF_JSON_OBJECT_END);
    cr_assert_eq(pull.raw.size, strlen("{\"b\":[{},\"}\"]}"));
    cr_assert_eq(ef_json_next(&pull), EF_JSON_KEY);
    cr_assert_eq(pull.raw.data[0], 'c');
}

/* Generated documents. The generator keeps to what cJSON can hold: no NUL, few levels. */
typedef struct generator {
    uint64_t seed;
    char text[4096];
    size_t size;
} generator;

static unsigned roll(generator *g, unsigned sides)
{
    g->seed = g->seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (unsigned)(g->seed >> 33) % sides;
}

static void put(generator *g, const char *text)
{
    size_t size = strlen(text);
    if (g->size + size < sizeof g->text)
        memcpy(g->text + g->size, text, size);
    g->size += g->size + size < sizeof g->text ? size : 0;
}

static void put_string(generator *g)
{
    static const char *const parts[] = {
        "a",        "key", "\\n", "\\\"", "\\\\", "\\u00e9", "\\ud83d\\ude00",
        "\xc3\xa9", " ",   "{",   "]",    "\\/"
    };
    put(g, "\"");
    for (unsigned i = roll(g, 4); i > 0; i--)
        put(g, parts[roll(g, sizeof parts / sizeof parts[0])]);
    put(g, "\"");
}

static void put_value(generator *g, unsigned depth)
{
    static const char *const scalars[] = { "0",         "-1",   "2.5",   "1e3",
                                           "-0.125E-2", "true", "false", "null" };
    unsigned kind = depth == 0 ? roll(g, 2) : roll(g, 4);
    if (kind == 0) {
        put(g, scalars[roll(g, sizeof scalars / sizeof scalars[0])]);
    } else if (kind == 1) {
        put_string(g);
    } else {
        bool is_object = kind == 2;
        put(g, is_object ? "{" : "[");
        for (unsigned i = roll(g, 4); i > 0; i--) {
            if (is_object) {
                put_string(g);
                put(g, roll(g, 2) ? ":" : " : ");
            }
            put_value(g, depth - 1);
            put(g, i > 1 ? "," : "");
        }
        put(g, is_object ? "}" : "]");
    }
}

/* Writes what a pull reads, as cJSON prints it without blanks: numbers left out. */
static void echo(const char *text, size_t n, char *out, size_t room)
{
    ef_json_pull pull;
    size_t size = 0;
    ef_json_pull_init(&pull, ef_kernels_select(NULL), (const uint8_t *)text, n);
    for (ef_json_token token = ef_json_next(&pull);
         token > EF_JSON_END && token < EF_JSON_MORE; token = ef_json_next(&pull)) {
        uint8_t plain[4096];
        if (token == EF_JSON_KEY || token == EF_JSON_STRING) {
            size_t got = ef_json_unescape(pull.raw, plain);
            size += (size_t)snprintf(out + size, room - size, "%d:%.*s;", token, (int)got,
                                     (const char *)plain);
        } else {
            size += (size_t)snprintf(out + size, room - size, "%d;", token);
        }
    }
}

/* The same tokens from cJSON's tree. */
static size_t echo_tree(const cJSON *item, char *out, size_t room)
{
    size_t size = 0;
    bool is_object = cJSON_IsObject(item);
    if (is_object || cJSON_IsArray(item)) {
        size +=
            (size_t)snprintf(out, room, "%d;", is_object ? EF_JSON_OBJECT : EF_JSON_ARRAY);
        for (const cJSON *child = item->child; child != NULL; child = child->next) {
            if (is_object)
                size += (size_t)snprintf(out + size, room - size, "%d:%s;", EF_JSON_KEY,
                                         child->string);
            size += echo_tree(child, out + size, room - size);
        }
        size += (size_t)snprintf(out + size, room - size, "%d;",
                                 is_object ? EF_JSON_OBJECT_END : EF_JSON_ARRAY_END);
        return size;
    }
    if (cJSON_IsString(item))
        return (size_t)snprintf(out, room, "%d:%s;", EF_JSON_STRING, item->valuestring);
    int token = cJSON_IsTrue(item)    ? EF_JSON_TRUE
                : cJSON_IsFalse(item) ? EF_JSON_FALSE
                : cJSON_IsNull(item)  ? EF_JSON_NULL
                                      : EF_JSON_NUMBER;
    return (size_t)snprintf(out, room, "%d;", token);
}

Test(json_pull, agrees_with_cjson_on_generated_documents)
{
    static char ours[65536], theirs[65536];
    for (uint64_t seed = 1; seed <= 3000; seed++) {
        generator g = { .seed = seed };
        put_value(&g, 6);
        g.text[g.size] = '\0';
        ef_json_pull pull;
        const char *end;
        cJSON *tree = cJSON_ParseWithLengthOpts(g.text, g.size + 1, &end, 0);
        bool is_whole = tree != NULL && *end == '\0';
        cr_assert_eq(read_all(g.text, g.size, &pull) == EF_JSON_END && pull.at == g.size,
                     is_whole, "seed %llu: %s", (unsigned long long)seed, g.text);
        if (is_whole) {
            ours[0] = theirs[0] = '\0';
            echo(g.text, g.size, ours, sizeof ours);
            echo_tree(tree, theirs, sizeof theirs);
            cr_assert_str_eq(ours, theirs, "seed %llu", (unsigned long long)seed);
        }
        cJSON_Delete(tree);
    }
}

Test(json_pull, survives_any_changed_byte)
{
    for (uint64_t seed = 1; seed <= 300; seed++) {
        generator g = { .seed = seed };
        put_value(&g, 5);
        for (size_t i = 0; i < g.size; i++) {
            char kept = g.text[i];
            ef_json_pull pull;
            g.text[i] = (char)roll(&g, 256);
            read_all(g.text, g.size, &pull);
            cr_assert_leq(pull.at, g.size);
            g.text[i] = kept;
        }
    }
}
