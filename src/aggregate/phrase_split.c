/* SPDX-License-Identifier: MIT
 * aggregate/phrase_split.c - the words of a text, and pairs of neighbours, as phrases.
 *
 * A light cut, not the tokenizer's: it names what an alert is about, and decides nothing.
 * A pair needs one word that says something; a single word must say something itself. */
#include "aggregate/phrases.h"

#include "base/hash.h"
#include "text/redactor.h"

enum { LOOKED_AT = 2000, WORD_SIZE = EF_PHRASE_SIZE / 2 - 1, SHORTEST = 4 };

/* Words that say nothing of what a message is about. */
static const char *const plain[] = {
    "a",     "about", "after",  "again", "all",    "also",   "am",    "an",   "and",
    "any",   "are",   "as",     "at",    "be",     "been",   "but",   "by",   "can",
    "could", "did",   "do",     "does",  "for",    "from",   "get",   "got",  "had",
    "has",   "have",  "he",     "hello", "her",    "hey",    "hi",    "his",  "how",
    "i",     "i'm",   "i've",   "if",    "in",     "into",   "is",    "it",   "it's",
    "its",   "just",  "like",   "me",    "more",   "my",     "now",   "of",   "on",
    "one",   "only",  "or",     "our",   "out",    "please", "she",   "so",   "some",
    "still", "than",  "thanks", "that",  "that's", "the",    "their", "them", "then",
    "there", "these", "they",   "this",  "to",     "too",    "up",    "us",   "very",
    "was",   "we",    "were",   "what",  "when",   "which",  "who",   "why",  "will",
    "with",  "would", "you",    "your",
};

typedef struct word {
    uint8_t text[WORD_SIZE];
    size_t size; /* 0: none, the chain of neighbours is broken */
    bool is_plain;
} word;

static bool is_plain_word(const word *w)
{
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        if (strlen(plain[i]) == w->size && memcmp(plain[i], w->text, w->size) == 0)
            return true;
    return false;
}

static bool is_letter(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80 || c == '\'';
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void add(ef_said_phrase *found, size_t *count, const word *one, const word *two)
{
    ef_said_phrase *phrase = &found[*count];
    if (*count == EF_DOCUMENT_PHRASES)
        return;
    phrase->size = 0;
    if (one != NULL) {
        memcpy(phrase->text, one->text, one->size);
        phrase->text[one->size] = ' ';
        phrase->size = (uint32_t)one->size + 1;
    }
    memcpy(phrase->text + phrase->size, two->text, two->size);
    phrase->size += (uint32_t)two->size;
    phrase->hash = ef_hash_bytes(phrase->text, phrase->size);
    phrase->hash += phrase->hash == 0;
    for (size_t i = 0; i < *count; i++)
        if (found[i].hash == phrase->hash)
            return;
    ++*count;
}

/* Takes one character of a word: lower case, a curly apostrophe made straight. */
static size_t take(word *w, const uint8_t *at, size_t left, bool *fits)
{
    bool is_curly = left >= 3 && memcmp(at, "\xE2\x80\x99", 3) == 0;
    uint8_t c = is_curly ? '\'' : *at;
    if (w->size == WORD_SIZE)
        *fits = false;
    else
        w->text[w->size++] = c >= 'A' && c <= 'Z' ? (uint8_t)(c + 32) : c;
    return is_curly ? 3 : 1;
}

/* Reads what stands between two blanks, or up to a mark; whether it is a word. */
static bool read_word(ef_slice text, size_t *at, word *w)
{
    bool fits = true, is_odd = text.data[*at] == '@' || text.data[*at] == '#';
    w->size = 0;
    while (*at < text.size && !is_blank(text.data[*at])) {
        uint8_t c = text.data[*at];
        if (is_letter(c)) {
            *at += take(w, text.data + *at, text.size - *at, &fits);
        } else if ((c >= '0' && c <= '9') || c == '@' || c == '/' || c == '_' || c == ':') {
            is_odd = true;
            ++*at;
        } else if (is_odd) {
            ++*at; /* the rest of an address */
        } else {
            break; /* a mark ends the word */
        }
    }
    return fits && !is_odd && w->size > 0;
}

size_t ef_phrases_split(ef_redactor *redactor, ef_slice text,
                        ef_said_phrase found[EF_DOCUMENT_PHRASES])
{
    size_t count = 0;
    word words[2] = { { .size = 0 } }, *now = &words[0], *before = &words[1];
    if (text.size > LOOKED_AT)
        text.size = LOOKED_AT;
    ef_personal personal = { 0 };
    if (!ef_redactor_start(redactor, text))
        return 0; /* without memory: what cannot be looked at names nothing */
    bool has_personal = ef_redactor_next(redactor, &personal);
    for (size_t at = 0; at < text.size;) {
        while (has_personal && personal.end <= at)
            has_personal = ef_redactor_next(redactor, &personal);
        if (has_personal && at >= personal.begin) {
            at = personal.end;
            before->size = 0;
            continue;
        }
        if (is_blank(text.data[at])) {
            at++;
            continue;
        }
        size_t begin = at;
        if (!read_word(text, &at, now)) {
            at += at == begin; /* a mark */
            before->size = 0;
            continue;
        }
        if (has_personal && at > personal.begin)
            continue; /* it reaches into what is personal */
        now->is_plain = is_plain_word(now);
        if (!now->is_plain && now->size >= SHORTEST)
            add(found, &count, NULL, now);
        if (before->size > 0 && !(now->is_plain && before->is_plain))
            add(found, &count, before, now);
        word *swapped = before;
        before = now;
        now = swapped;
    }
    return count;
}
