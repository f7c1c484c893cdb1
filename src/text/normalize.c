/* SPDX-License-Identifier: MIT
 * text/normalize.c - text as people type it, in the form that rules and models know.
 *
 * Plain ASCII is copied run by run into a staging buffer; what interrupts a run (a byte
 * above ASCII, an entity, a tag, a backtick) is read as one character and staged in its
 * normal form. A kernel then folds the whole to lower case, so that the masks know which
 * letters were upper case. That is tried on the text as it is, first: most texts have no
 * interruptions.
 *
 * Invariant: staged bytes are valid UTF-8, and the last shift maps the end of the staged
 * bytes to the place that is read next, unless something was dropped since. */
#include "text/normalize.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "text/encoding.h"
#include "text/fold.h"
#include "text/html.h"

enum {
    LIMIT = 64 << 20, /* one character grows from 3 to 33 bytes at most: fits 32 bits */
    LOOK_BACK = 256,  /* where a piece may be cut, at most that far before its limit */
    CLUSTER = 16,     /* a letter and its marks; more marks begin a cluster of their own */
    DECOMPOSED = 512, /* 16 characters of 18 codes each, and some room */
};

typedef struct stage {
    ef_normal_text *normal;
    const ef_kernels *kernels;
    const uint8_t *p;
    size_t n;         /* all of the source: look-ahead may pass the end of the piece */
    size_t at, end;   /* what is read next; where the piece ends */
    size_t next_high; /* the first byte above ASCII from `at` on, or end */
    size_t next_mark; /* the first & < ` before next_high, or next_high */
    size_t size;      /* staged bytes */
    bool after_emoji; /* the last staged character is an emoji: a joiner may follow */
} stage;

void ef_normal_text_release(ef_normal_text *normal)
{
    free(normal->bytes);
    free(normal->masks);
    free(normal->shifts);
    free(normal->staging);
    memset(normal, 0, sizeof *normal);
}

/* Makes room for count items of that size; doubles, so that growth costs O(n) in all. */
static bool reserve(void **items, size_t *capacity, size_t count, size_t size)
{
    if (count <= *capacity)
        return true;
    size_t wanted = *capacity * 2 > count ? *capacity * 2 : count;
    void *grown = realloc(*items, wanted * size);
    if (grown == NULL)
        return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

static bool stage_room(stage *s, size_t size)
{
    ef_normal_text *normal = s->normal;
    return reserve((void **)&normal->staging, &normal->staging_capacity, s->size + size, 1);
}

/* Stages n bytes that stand for the source from source_at on. */
static bool stage_bytes(stage *s, const uint8_t *bytes, size_t n, size_t source_at)
{
    ef_normal_text *normal = s->normal;
    size_t count = normal->shift_count;
    ef_shift last = count > 0 ? normal->shifts[count - 1] : (ef_shift){ 0, 0 };
    if (source_at - s->size != (size_t)last.source - last.normal) {
        if (!reserve((void **)&normal->shifts, &normal->shift_capacity, count + 1,
                     sizeof *normal->shifts))
            return false;
        normal->shifts[count] = (ef_shift){ (uint32_t)s->size, (uint32_t)source_at };
        normal->shift_count++;
    }
    if (!stage_room(s, n))
        return false;
    memcpy(normal->staging + s->size, bytes, n);
    s->size += n;
    return true;
}

static bool stage_text(stage *s, const char *text, size_t source_at)
{
    s->after_emoji = false;
    return stage_bytes(s, (const uint8_t *)text, strlen(text), source_at);
}

static bool stage_code(stage *s, uint32_t code, size_t source_at)
{
    uint8_t bytes[4];
    return stage_bytes(s, bytes, ef_utf8_encode(code, bytes), source_at);
}

static bool is_mark(uint32_t code)
{
    return code >= 0x300 &&
           utf8proc_get_property((utf8proc_int32_t)code)->combining_class != 0;
}

/* The marks that follow at s->at belong to the letter before them. */
static size_t read_marks(stage *s, uint32_t *codes, size_t count)
{
    while (count < CLUSTER && s->at < s->end && s->p[s->at] >= 0xcc) {
        uint32_t code;
        size_t size = ef_encoding_read(s->p + s->at, s->n - s->at, &code);
        if (size == 0 || !is_mark(code))
            break;
        codes[count++] = code;
        s->at += size;
    }
    return count;
}

/* NFKC and case folding of a few characters in a buffer of DECOMPOSED codes; the number of
 * codes, 0 if there is something that utf8proc does not take. */
static size_t fold_codes(const uint32_t *codes, size_t count, utf8proc_int32_t *folded)
{
    uint8_t text[CLUSTER * 4];
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += ef_utf8_encode(codes[i], text + size);
    utf8proc_option_t options =
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE;
    utf8proc_ssize_t n =
        utf8proc_decompose(text, (utf8proc_ssize_t)size, folded, DECOMPOSED, options);
    if (n <= 0 || n > DECOMPOSED)
        return 0;
    n = utf8proc_normalize_utf32(folded, n, options);
    return n < 0 ? 0 : (size_t)n;
}

/* Whether a character alone is its own normal form, as nearly all of most scripts are. */
static bool is_folded(uint32_t code)
{
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)code);
    return property->decomp_seqindex == UINT16_MAX &&
           property->casefold_seqindex == UINT16_MAX;
}

static bool is_upper(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

/* Stages a letter that only Unicode knows, with the marks that follow it. A mark after a
 * plain ASCII letter takes that letter back: e + U+0301 is é. */
static bool stage_cluster(stage *s, uint32_t code, size_t source_at)
{
    uint32_t codes[CLUSTER];
    size_t count = 0;
    bool is_staged = s->size > 0 && source_at > 0 && s->p[source_at - 1] < 0x80 &&
                     s->normal->staging[s->size - 1] == s->p[source_at - 1];
    if (is_mark(code) && is_staged && s->p[source_at - 1] > ' ') {
        codes[count++] = s->p[--source_at];
        s->size--;
    }
    codes[count++] = code;
    count = read_marks(s, codes, count);
    if (count == 1 && is_folded(code))
        return stage_code(s, code, source_at);
    utf8proc_int32_t folded[DECOMPOSED];
    size_t n = fold_codes(codes, count, folded);
    /* A letter that folds to ASCII is staged as it was, for the mask of upper case. */
    if (n == 1 && folded[0] >= 'a' && folded[0] <= 'z' && is_upper(codes[0]))
        folded[0] -= 'a' - 'A';
    bool is_done = true;
    for (size_t i = 0; i < n && is_done; i++)
        is_done = stage_code(s, (uint32_t)folded[i], source_at);
    return is_done;
}

/* U+200D and other parts of an emoji stay only where they are such parts. */
static bool stage_joiner(stage *s, uint32_t code, size_t source_at)
{
    uint32_t next = 0;
    uint8_t before = s->size > 0 ? s->normal->staging[s->size - 1] : 0;
    switch (code) {
    case 0x20e3: /* keycap */
        if ((before < '0' || before > '9') && before != '#' && before != '*')
            return true;
        s->after_emoji = true;
        return stage_code(s, code, source_at);
    case 0x200d:
        ef_utf8_decode(s->p + s->at, s->n - s->at, &next);
        if (!s->after_emoji || ef_character_of(next) != EF_CHARACTER_EMOJI)
            return true;
        return stage_code(s, code, source_at);
    default: /* the tags behind a black flag */
        return !s->after_emoji || stage_code(s, code, source_at);
    }
}

static bool is_digit_at(const stage *s, size_t index)
{
    return index < s->n && s->p[index] >= '0' && s->p[index] <= '9';
}

/* A long dash parts clauses, but between digits it is a range. */
static bool stage_dash(stage *s, size_t source_at)
{
    bool is_range = source_at > 0 && is_digit_at(s, source_at - 1) && is_digit_at(s, s->at);
    return stage_text(s, is_range ? "-" : " - ", source_at);
}

/* ¼ ½ ¾ belong to the number before them: 4½ is 4.5. */
static bool stage_fraction(stage *s, uint32_t code, size_t source_at)
{
    static const char *const decimals[] = { "0.25", "0.5", "0.75" };
    bool is_behind_digit = source_at > 0 && is_digit_at(s, source_at - 1);
    return stage_text(s, decimals[code - 0xbc] + is_behind_digit, source_at);
}

/* Stages one character that was read from source_at up to s->at. */
static bool stage_character(stage *s, uint32_t code, size_t source_at)
{
    const char *text = ef_fold_text(code);
    if (text != NULL && text[0] == '\0') /* to be dropped, even inside an emoji sequence */
        return true;
    if (code == 0x2013 || code == 0x2014 || code == 0x2015)
        return stage_dash(s, source_at);
    if (text != NULL)
        return stage_text(s, text, source_at);
    if (code >= 0xbc && code <= 0xbe)
        return stage_fraction(s, code, source_at);
    ef_character kind = ef_character_of(code);
    if (kind == EF_CHARACTER_JOINER)
        return stage_joiner(s, code, source_at);
    s->after_emoji = kind == EF_CHARACTER_EMOJI;
    if (kind == EF_CHARACTER_EMOJI || code < 0x80 || code == 0xfffd)
        return stage_code(s, code, source_at);
    if (kind == EF_CHARACTER_SPACE)
        return stage_text(s, " ", source_at);
    return stage_cluster(s, code, source_at);
}

/* Reads one character above ASCII. */
static bool take_high(stage *s)
{
    uint32_t code;
    size_t source_at = s->at;
    size_t size = ef_encoding_read(s->p + s->at, s->n - s->at, &code);
    s->at += size > 0 ? size : 1;
    if (size > 0)
        return stage_character(s, code, source_at);
    s->normal->invalid++;
    return stage_text(s, EF_UTF8_REPLACEMENT, source_at);
}

/* Reads an entity, a tag, or the mark itself. */
static bool take_mark(stage *s)
{
    const uint8_t *p = s->p + s->at;
    size_t left = s->n - s->at, source_at = s->at;
    uint32_t code = *p == '`' ? '\'' : *p;
    bool is_break = false;
    size_t tag = *p == '<' ? ef_html_tag(p, left, &is_break) : 0;
    size_t entity = *p == '&' ? ef_html_entity(p, left, &code) : 0;
    s->at += tag + entity > 0 ? tag + entity : 1;
    if (tag > 0)
        return stage_text(s, is_break ? "\n" : " ", source_at);
    return stage_character(s, code, source_at);
}

/* Finds what interrupts plain text. Each byte is searched once: a place that was found
 * stays valid until it is passed. */
static void find_high(stage *s)
{
    s->next_high = s->at + s->kernels->ascii_run(s->p + s->at, s->end - s->at);
}

static void find_mark(stage *s)
{
    size_t n = s->next_high - s->at;
    s->next_mark = s->at + s->kernels->find_any(s->p + s->at, n, '&', '<', '`');
}

static void look_ahead(stage *s)
{
    bool is_past_high = s->at > s->next_high;
    if (is_past_high)
        find_high(s);
    if (is_past_high || s->at > s->next_mark)
        find_mark(s);
}

/* Stages everything up to the end of the piece. */
static bool stage_piece(stage *s)
{
    bool is_done = true;
    while (is_done && s->at < s->end) {
        if (s->p[s->at] >= 0x80) {
            is_done = take_high(s);
            continue;
        }
        look_ahead(s);
        if (s->next_mark > s->at) {
            s->after_emoji = false;
            is_done = stage_bytes(s, s->p + s->at, s->next_mark - s->at, s->at);
            s->at = s->next_mark;
        } else {
            is_done = take_mark(s);
        }
    }
    return is_done;
}

/* Where the piece ends: behind white space if there is some, else before a character. */
static size_t piece_end(ef_slice source, size_t limit)
{
    limit = limit < 1 ? 1 : limit > LIMIT ? LIMIT : limit;
    if (source.size <= limit)
        return source.size;
    size_t earliest = limit > 2 * LOOK_BACK ? limit - LOOK_BACK : limit / 2 + 1;
    for (size_t end = limit; end >= earliest; end--)
        if (source.data[end - 1] == ' ' || source.data[end - 1] == '\n')
            return end;
    size_t end = limit;
    while (limit - end < 3 && end > 1 && (source.data[end] & 0xc0) == 0x80)
        end--;
    return end;
}

/* Folds n bytes into normal->bytes, with masks and padding; *is_plain as classify says. */
static bool fold(ef_normal_text *normal, const ef_kernels *kernels, const uint8_t *p,
                 size_t n, bool *is_plain)
{
    size_t blocks = (n + 63) / 64;
    if (!reserve((void **)&normal->bytes, &normal->capacity, 64 * blocks + EF_PADDING, 1) ||
        !reserve((void **)&normal->masks, &normal->mask_capacity, blocks + 2,
                 sizeof *normal->masks))
        return false;
    *is_plain = n == 0 || kernels->classify(p, n, normal->bytes, normal->masks);
    memset(normal->bytes + 64 * blocks, 0, EF_PADDING);
    memset(normal->masks + blocks, 0, 2 * sizeof *normal->masks);
    normal->masks[n / 64].blank |= UINT64_C(1) << n % 64;
    normal->size = n;
    return true;
}

bool ef_normalize(ef_normal_text *normal, const ef_kernels *kernels, ef_slice source,
                  size_t limit)
{
    stage s = { .normal = normal, .kernels = kernels, .p = source.data, .n = source.size };
    s.end = piece_end(source, limit);
    normal->kernels = kernels;
    normal->shift_count = 0;
    normal->invalid = 0;
    normal->source_size = s.end;
    bool is_plain;
    if (!fold(normal, kernels, source.data, s.end, &is_plain))
        return false;
    if (is_plain)
        return true;
    find_high(&s);
    find_mark(&s);
    if (!stage_room(&s, s.end) || !stage_piece(&s))
        return false;
    normal->source_size = s.at;
    return fold(normal, kernels, normal->staging, s.size, &is_plain);
}

size_t ef_normal_source(const ef_normal_text *normal, size_t index)
{
    if (index >= normal->size)
        return normal->source_size;
    size_t low = 0,
           high = normal->shift_count; /* the shifts before low begin at or before */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (normal->shifts[middle].normal <= index)
            low = middle + 1;
        else
            high = middle;
    }
    ef_shift shift = low > 0 ? normal->shifts[low - 1] : (ef_shift){ 0, 0 };
    size_t source = index - shift.normal + shift.source;
    /* A character that grew has normal bytes without a source byte of their own. */
    size_t next =
        low < normal->shift_count ? normal->shifts[low].source : normal->source_size;
    return source < next ? source : next;
}

/* The general category of Unicode decides what no table of ours names. */
static ef_character by_category(uint32_t code)
{
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
        return EF_CHARACTER_LETTER;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return EF_CHARACTER_SPACE;
    default:
        return EF_CHARACTER_OTHER;
    }
}

ef_character ef_character_of(uint32_t code)
{
    ef_character kind = ef_fold_kind(code);
    return kind != EF_CHARACTER_OTHER ? kind : by_category(code);
}

ef_case ef_character_case(uint32_t code, uint32_t *lower)
{
    /* U+0130 would become i and a dot above: two characters, and no plain i. */
    *lower = code == 0x130 ? code : (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
    switch (utf8proc_category((utf8proc_int32_t)code)) {
    case UTF8PROC_CATEGORY_LU:
        return EF_CASE_UPPER;
    case UTF8PROC_CATEGORY_LL:
        return EF_CASE_LOWER;
    case UTF8PROC_CATEGORY_LT:
        return EF_CASE_TITLE;
    default:
        return ef_fold_case(code);
    }
}

const char *ef_normalize_library(void)
{
    return utf8proc_version();
}
