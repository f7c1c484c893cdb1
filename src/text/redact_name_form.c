/* SPDX-License-Identifier: MIT
 * text/redact_name_form.c - what a name looks like: words with capitals, particles between
 * them, titles and initials. */
#include "text/redact_name_form.h"

#define PARTICLES                                                                          \
    " van von vom zu zur de der den del della dello di da do dos das du des la le los "    \
    "las "                                                                                 \
    "bin ibn bint al el ter ten te af av y e dal dalla "
#define LEADING " van von vom zu ter ten di da del della bin ibn al "
/* Titles that mean something else unless they end in a dot, and those written small. */
#define DOTTED  " m fr hr ing avv mag rev capt sgt sig dl dna fru "
#define SMALL                                                                              \
    " dr prof mr mrs ms dhr mevr mevrouw meneer de sr sra srta senor senora senorita don " \
    "dona senhor senhora dott signor signora madame monsieur mme mlle pan pani panem "     \
    "panu "                                                                                \
    "panie pana herr herrn frau domnul doamna bapak ibu pak gospodin gospodja gospa "      \
    "господин госпожа пан пані "
/* Before "M. Dupont", which is also the end of "size M." */
#define FRENCH " avec de par que et chez pour bonjour cher contre sur votre notre a le "

bool ef_capital_at(ef_slice text, size_t at)
{
    uint8_t lead = ef_byte_at(text, at), next = ef_byte_at(text, at + 1);
    if (lead < 0x80)
        return lead >= 'A' && lead <= 'Z';
    if (ef_letter_size(text, at) == 0)
        return false;
    if (lead == 0xc3)
        return next <= 0x9e; /* À to Þ */
    if (lead == 0xc4)        /* they alternate, and change step at ĸ */
        return next % 2 == (next >= 0xb9);
    if (lead == 0xc5)
        return next % 2 == (next <= 0x88 || next >= 0xb9);
    if (lead == 0xce)
        return next >= 0x86 && next <= 0xa9; /* Greek */
    if (lead == 0xd0)
        return next <= 0xaf; /* Cyrillic */
    if (lead == 0xe1 && next >= 0xb8 && next <= 0xbb)
        return ef_byte_at(text, at + 2) % 2 == 0; /* Vietnamese and others */
    return lead >= 0xd6;
}

/* Behind a word with inner - and ' such as O'Neill; the place itself if a digit is in it.
 */
static size_t part_end(ef_slice text, size_t at)
{
    size_t begin = at;
    for (;;) {
        size_t end = ef_word_end(text, at);
        for (size_t i = at; i < end; i++) {
            if (ef_digit_at(text, i))
                return begin;
        }
        size_t next =
            ef_byte_at(text, end) == '-' ? end + 1 : ef_behind_apostrophe(text, end);
        bool goes_on = next > end && ef_capital_at(text, next) && end > at;
        if (!goes_on)
            return end;
        at = next;
    }
}

/* J. or J.R. before more of a name; the place itself if none stand there. */
static size_t behind_initials(ef_slice text, size_t at)
{
    for (int i = 0; i < 3; i++) {
        size_t size = ef_letter_size(text, at);
        if (!ef_capital_at(text, at) || ef_byte_at(text, at + size) != '.')
            break;
        at = ef_behind_blanks(text, at + size + 1);
    }
    return at;
}

/* Behind van, de la and the like, the first one of words; the place itself if none stands
 * there. */
static size_t behind_particles(ef_slice text, size_t at, const char *words)
{
    for (int i = 0; i < 2; i++) {
        size_t end = ef_word_end(text, at);
        if (!ef_word_in(text, at, end, words))
            break;
        at = ef_behind_blanks(text, end);
        words = PARTICLES;
    }
    return at;
}

/* Behind one word of a name; the place itself if it is none. */
static size_t word_of_name(ef_slice text, size_t at, bool takes_small)
{
    size_t initials = behind_initials(text, at);
    size_t begin = initials > at ? behind_particles(text, initials, PARTICLES) : at;
    size_t end = part_end(text, begin);
    bool is_long = end > begin + ef_letter_size(text, begin) || end >= begin + 3;
    if (!is_long || (!takes_small && !ef_capital_at(text, begin)) ||
        ef_is_no_name(text, begin, end, EF_NO_NAME) ||
        (!ef_capital_at(text, begin) && ef_is_no_name(text, begin, end, EF_NO_SMALL)))
        return at;
    return end;
}

/* Behind "B." or "B" that ends a name; the place itself if none stands there. */
static size_t behind_last_initial(ef_slice text, size_t end)
{
    size_t at = ef_behind_blanks(text, end);
    if (at == end || at > end + 1 || !ef_capital_at(text, at) || text.data[at] >= 0x80)
        return end;
    bool is_dotted = ef_byte_at(text, at + 1) == '.';
    bool is_word = text.data[at] == 'A' || text.data[at] == 'I';
    if (ef_letter_size(text, at + 1) > 0 || (is_word && !is_dotted) ||
        ef_behind_apostrophe(text, at + 1) > at + 1)
        return end;
    return is_dotted ? at + 2 : at + 1;
}

static bool may_be_title(ef_slice text, size_t at, size_t word, size_t end)
{
    bool is_dotted = ef_byte_at(text, end) == '.';
    if (!ef_capital_at(text, at) && !ef_word_in(text, at, word, SMALL))
        return false;
    if (is_dotted || !ef_word_in(text, at, word, DOTTED))
        return !is_dotted || !ef_word_in(text, at, word, " m ") ||
               (at >= 2 && ef_word_in(text, ef_word_begin(text, at - 1), at - 1, FRENCH));
    return false;
}

/* Behind the title row that begins at the place; 0 if none does. */
static size_t title_end(ef_slice text, size_t at)
{
    ef_cue_table table = ef_name_cues();
    size_t word = ef_word_end(text, at), first;
    size_t count = ef_cues_of(table, text, at, word, &first);
    while (count-- > 0) {
        const ef_cue *row = &table.rows[first + count];
        size_t end =
            row->take == EF_TAKES_TITLED ? ef_phrase_end(text, at, row->phrase) : 0;
        if (end > 0 && may_be_title(text, at, word, end))
            return end;
    }
    return 0;
}

size_t ef_behind_title(ef_slice text, size_t at)
{
    size_t end = title_end(text, at);
    if (end == 0)
        return at;
    size_t behind = ef_behind_blanks(text, ef_byte_at(text, end) == '.' ? end + 1 : end);
    if (behind == end ||
        ef_is_no_name(text, behind, ef_word_end(text, behind), EF_NO_TITLED))
        return at;
    return behind;
}

size_t ef_name_end(ef_slice text, size_t at, bool takes_small)
{
    size_t first = ef_behind_title(text, at);
    if (first > at)
        first = ef_behind_title(text, first); /* "Prof. Dr." */
    takes_small = takes_small && first == at && !ef_capital_at(text, at);
    bool is_sure = first > at || ef_capital_at(text, first);
    first = behind_particles(text, first, is_sure ? PARTICLES : LEADING);
    size_t end = word_of_name(text, first, takes_small), most = takes_small ? 2 : 3;
    if (end == first)
        return at;
    for (size_t i = 1; i < most; i++) {
        size_t next = ef_behind_blanks(text, end);
        if (next == end)
            break;
        next = behind_particles(text, next, PARTICLES);
        size_t behind = word_of_name(text, next, takes_small);
        if (behind == next)
            break;
        end = behind;
    }
    return takes_small ? end : behind_last_initial(text, end);
}
