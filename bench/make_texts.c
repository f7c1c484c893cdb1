/* SPDX-License-Identifier: MIT
 * make_texts.c - documents to measure with, the same on every machine.
 *
 *   bench-texts FOLDER MEGABYTES [REVIEWS-FILE] [CHAT-FILE]
 *
 * Writes reviews, chat and chat-ascii into FOLDER, each as .txt (a document a line), .csv,
 * .tsv, .ndjson, .json and .ndjson.gz. Sentences are made from the templates and word lists
 * of text_words.c by a generator with a fixed seed. chat-ascii holds the documents of chat
 * with an ASCII stand-in for each character above ASCII, to price those characters.
 *
 * What real text has and word lists have not is a long tail: every tenth word or so is one
 * that was hardly ever seen. A slot for odd words fills it with syllables, so that hash
 * tables meet the unknown as they do in life. A file of the reader's own, with a document a
 * line in UTF-8, takes the place of generated text. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "text_words.h"

enum { DOCUMENT = 1 << 16, FORMS = 6, PATH = 4096 };

/* --- chance -------------------------------------------------------------------------- */

static uint64_t seed;

/* The generator of Steele, Lea and Flood ("SplitMix"): 64 good bits from a counter. */
static uint64_t chance(void)
{
    uint64_t z = seed += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

static size_t below(size_t limit)
{
    return (size_t)(chance() >> 11) % limit;
}

/* Small numbers more often than large ones, as words are used: the product of two. */
static size_t skewed(size_t limit)
{
    return below(limit) * below(limit) / limit;
}

/* --- a document ---------------------------------------------------------------------- */

static char document[DOCUMENT];
static size_t length;
static bool ascii_only;

static void put(const char *text)
{
    size_t size = strlen(text);
    if (length + size < DOCUMENT) {
        memcpy(document + length, text, size);
        length += size;
    }
}

static void put_number(size_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%zu", number);
    put(digits);
}

/* One of some 60,000 words that mean nothing. */
static void put_odd_word(void)
{
    size_t word = skewed(60000);
    uint64_t kept = seed;
    seed = word; /* the same number is the same word */
    for (size_t i = 0, count = 2 + below(3); i < count; i++)
        put(bench_syllables[below(bench_syllable_count)]);
    seed = kept;
}

static void put_special(void)
{
    const bench_special *special = &bench_specials[skewed(bench_special_count)];
    put(ascii_only ? special->ascii : special->unicode);
}

/* A template with its slots filled: "the %n was %x" (text_words.c says which). */
static void put_template(const char *template)
{
    for (; *template != '\0'; template ++) {
        char one[2] = { *template, '\0' };
        if (*template != '%') {
            put(one);
            continue;
        }
        const bench_list *list = bench_list_of(*++template);
        if (list != NULL)
            put(list->words[skewed(list->count)]);
        else if (*template == 'w')
            put_odd_word();
        else if (*template == '#')
            put_number(1 + skewed(2000));
        else if (*template == '\'')
            put(below(5) > 0 || ascii_only ? "'" : "\xe2\x80\x99");
    }
}

static void capitalize(size_t at)
{
    if (document[at] >= 'a' && document[at] <= 'z')
        document[at] = (char)(document[at] - 32);
}

/* 2 to 50 sentences, 14 as a mean: long reviews are rare, and most bytes are in them. */
static void make_review(void)
{
    length = 0;
    for (size_t i = 0, count = 2 + below(49) * below(49) / 49; i < count; i++) {
        size_t start = length;
        put_template(bench_review_templates[below(bench_review_template_count)]);
        capitalize(start);
        put(below(12) > 0 ? ". " : below(2) > 0 ? "! " : "? ");
    }
    length--;
}

/* One or two sentences; small letters, missing stops, emoticons, addresses. */
static void make_message(void)
{
    length = 0;
    for (size_t i = 0, count = 1 + below(5) / 3; i < count; i++) {
        size_t start = length;
        if (below(12) == 0)
            put_template("@%w ");
        put_template(bench_chat_templates[below(bench_chat_template_count)]);
        if (below(2) > 0)
            capitalize(start);
        if (below(12) == 0) {
            put(" ");
            put_special();
        }
        put(bench_chat_ends[skewed(bench_chat_end_count)]);
    }
    while (length > 0 && document[length - 1] == ' ')
        length--;
}

/* --- files --------------------------------------------------------------------------- */

typedef struct output {
    FILE *files[FORMS]; /* as forms names them */
    gzFile packed;
    size_t documents;
} output;

static const char *const forms[FORMS] = { "txt", "csv", "tsv", "ndjson", "json", "label" };

static void fail(const char *what)
{
    fprintf(stderr, "bench-texts: cannot write or read %s\n", what);
    exit(1);
}

static void open_output(output *out, const char *folder, const char *name)
{
    char path[PATH];
    *out = (output){ 0 };
    for (size_t i = 0; i < FORMS; i++) {
        snprintf(path, sizeof path, "%s/%s.%s", folder, name, forms[i]);
        out->files[i] = fopen(path, "wb");
        if (out->files[i] == NULL)
            fail(path);
    }
    snprintf(path, sizeof path, "%s/%s.ndjson.gz", folder, name);
    out->packed = gzopen(path, "wb6");
    if (out->packed == NULL)
        fail(path);
    fputs("id,date,rating,text\r\n", out->files[1]);
    fputs("id\tdate\trating\ttext\n", out->files[2]);
    fputs("[\n", out->files[4]);
}

static void close_output(output *out, const char *name)
{
    fputs("\n]\n", out->files[4]);
    for (size_t i = 0; i < FORMS; i++)
        if (ferror(out->files[i]) || fclose(out->files[i]) != 0)
            fail(name);
    if (gzclose(out->packed) != Z_OK)
        fail(name);
}

/* The document with a mark before every byte of which there is one in marked. */
static const char *marked_copy(const char *marked, char mark)
{
    static char copy[2 * DOCUMENT + 1];
    size_t size = 0;
    for (size_t i = 0; i < length; i++) {
        if (strchr(marked, document[i]) != NULL)
            copy[size++] = mark;
        copy[size++] = document[i];
    }
    copy[size] = '\0';
    return copy;
}

static void write_document(output *out)
{
    size_t n = out->documents++;
    unsigned stars = (unsigned)below(5) + 1, day = (unsigned)(n % 28) + 1;
    document[length] = '\0';
    fprintf(out->files[0], "%s\n", document);
    fprintf(out->files[5], "__label__%u %s\n", stars, document);
    fprintf(out->files[2], "%zu\t2024-05-%02u\t%u\t%s\n", n, day, stars, document);
    fprintf(out->files[1], "%zu,2024-05-%02u,%u,\"%s\"\r\n", n, day, stars,
            marked_copy("\"", '"'));
    const char *pattern =
        "{\"id\": %zu, \"date\": \"2024-05-%02u\", \"rating\": %u, \"text\": \"%s\"}";
    static char line[2 * DOCUMENT + 200];
    snprintf(line, sizeof line, pattern, n, day, stars, marked_copy("\"\\", '\\'));
    fprintf(out->files[3], "%s\n", line);
    fprintf(out->files[4], "%s%s", n == 0 ? "" : ",\n", line);
    if (gzputs(out->packed, line) < 0 || gzputc(out->packed, '\n') < 0)
        fail("the packed file");
}

static void make(const char *folder, const char *name, size_t bytes, void (*make_one)(void))
{
    output out;
    open_output(&out, folder, name);
    for (size_t size = 0; size < bytes; size += length + 1) {
        make_one();
        write_document(&out);
    }
    close_output(&out, name);
}

/* Lines of a file; control characters become blanks, empty lines go, what is longer than a
 * document is cut before a character. */
static void copy(const char *folder, const char *name, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        fail(path);
    output out;
    open_output(&out, folder, name);
    char *line = NULL;
    size_t capacity = 0;
    for (ssize_t n = 0; (n = getline(&line, &capacity, in)) >= 0;) {
        length = (size_t)n - (n > 0 && line[n - 1] == '\n');
        if (length >= DOCUMENT)
            for (length = DOCUMENT - 1; (line[length] & 0xc0) == 0x80;)
                length--;
        for (size_t i = 0; i < length; i++)
            document[i] = (unsigned char)line[i] < ' ' ? ' ' : line[i];
        while (length > 0 && document[length - 1] == ' ')
            length--;
        if (length > 0)
            write_document(&out);
    }
    free(line);
    fclose(in);
    close_output(&out, name);
}

int main(int count, char **words)
{
    size_t megabytes = count > 2 ? strtoul(words[2], NULL, 10) : 0;
    if (megabytes == 0) {
        fputs("usage: bench-texts FOLDER MEGABYTES [REVIEWS-FILE] [CHAT-FILE]\n", stderr);
        return 2;
    }
    const char *own_reviews = count > 3 ? words[3] : "",
               *own_chat = count > 4 ? words[4] : "";
    seed = 1;
    if (*own_reviews != '\0')
        copy(words[1], "reviews", own_reviews);
    else
        make(words[1], "reviews", megabytes << 20, make_review);
    seed = 2;
    if (*own_chat != '\0')
        copy(words[1], "chat", own_chat);
    else
        make(words[1], "chat", megabytes << 19, make_message);
    seed = 2;
    ascii_only = true;
    make(words[1], "chat-ascii", megabytes << 19, make_message);
    return 0;
}
