/* SPDX-License-Identifier: MIT
 * text/redact_names.c - the finder of names behind a cue.
 *
 * A name has no form of its own, so only a cue tells it: "my name is", "this is …
 * speaking", "Mr", "my husband", the end of a letter. Lists of first names would favour
 * some people's names over others'; there are none. What begins with a capital and is no
 * name is kept out by the word that follows, and by a list of such words. */
#include "text/redact_scan.h"

#define NO_NAMES                                                                           \
    " a an the and or but i im ive ill am is are was were not no so very too just from "   \
    "with "                                                                                \
    "at on in to for of by as if my your his her our their this that these those it its "  \
    "he "                                                                                  \
    "she we they you me us here there calling speaking who what when where why how "       \
    "please "                                                                              \
    "thanks thank hello hi hey dear sir madam customer customers support service "         \
    "services "                                                                            \
    "team agent manager still never always currently now sorry sure back again really "    \
    "only "                                                                                \
    "also already being been called spelled misspelled wrong listed irrelevant unknown "   \
    "private everything nothing anything something one all both because since once maybe " \
    "monday tuesday wednesday thursday friday saturday sunday january february march "     \
    "april "                                                                               \
    "june july august september october november december tomorrow today tonight asap ok " \
    "okay yes later crazy old when while after before until every any some more most "     \
    "about "                                                                               \
    "have has had do does did will would can could should want need got get got writing "  \
    "looking trying having going getting very happy unhappy disappointed good great bad "  \
    "mr mrs ms dr god love best regards "
#define NO_SPEAKERS                                                                        \
    " american british english irish scottish welsh german french spanish italian dutch "  \
    "polish russian ukrainian chinese japanese korean indian pakistani mexican canadian "  \
    "australian brazilian turkish greek swedish norwegian danish finnish african asian "   \
    "european muslim christian jewish catholic hindu buddhist latino latina hispanic "     \
    "nigerian kenyan egyptian iranian arab swiss austrian portuguese romanian hungarian "  \
    "originally mostly usually probably actually far away home disabled retired "
#define NO_TITLED " pepper martens marten coffee clean bean who right muscle oetker browns "
#define PARTICLES " van von der de den del della di da dos la le bin al el ter "

/* Whether the character there is a capital, or of a script that has none. */
static bool is_capital(ef_slice text, size_t at)
{
    uint8_t lead = ef_byte_at(text, at), next = ef_byte_at(text, at + 1);
    if (lead < 0x80)
        return lead >= 'A' && lead <= 'Z';
    if (ef_letter_size(text, at) == 0)
        return false;
    if (lead == 0xc3)
        return next <= 0x9e; /* À to Þ */
    if (lead >= 0xc4 && lead <= 0xc5)
        return next % 2 == 0 || (lead == 0xc5 && next >= 0xb8); /* they alternate */
    if (lead == 0xce)
        return next >= 0x86 && next <= 0xa9; /* Greek */
    if (lead == 0xd0)
        return next <= 0xaf; /* Cyrillic */
    return lead >= 0xd6 && lead != 0xd1;
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
        bool goes_on = next > end && is_capital(text, next) && end > at;
        if (!goes_on)
            return end;
        at = next;
    }
}

/* J. or J.R. before more of a name; the place itself if none stand there. */
static size_t behind_initials(ef_slice text, size_t at)
{
    for (int i = 0; i < 3; i++) {
        if (!is_capital(text, at) || ef_byte_at(text, at + 1) != '.')
            break;
        at = ef_behind_blanks(text, at + 2);
    }
    return at;
}

/* Behind one word of a name; the place itself if it is none. */
static size_t word_of_name(ef_slice text, size_t at, bool takes_small)
{
    size_t begin = behind_initials(text, at), end = part_end(text, begin);
    bool is_long = end > begin + 1;
    if (!is_long || (!takes_small && !is_capital(text, begin)) ||
        ef_word_in(text, begin, ef_word_end(text, begin), NO_NAMES))
        return at;
    return end;
}

/* Behind van, de la and the like; the place itself if none stands there. */
static size_t behind_particles(ef_slice text, size_t at)
{
    for (int i = 0; i < 2; i++) {
        size_t end = ef_word_end(text, at);
        if (ef_word_in(text, at, end, PARTICLES))
            at = ef_behind_blanks(text, end);
    }
    return at;
}

/* Behind a name of up to three words that begins at the place; the place itself if there is
 * none. One in small letters, where a cue is plain enough, has at most two. */
static size_t name_end(ef_slice text, size_t at, bool takes_small)
{
    takes_small = takes_small && !is_capital(text, at);
    size_t first = behind_particles(text, at);
    size_t end = word_of_name(text, first, takes_small), most = takes_small ? 2 : 3;
    if (end == first)
        return at;
    for (size_t i = 1; i < most; i++) {
        size_t next = ef_behind_blanks(text, end);
        if (next == end)
            break;
        next = behind_particles(text, next);
        size_t behind = word_of_name(text, next, takes_small);
        if (behind == next)
            break;
        end = behind;
    }
    return end;
}

static bool accept(ef_finding *finding, size_t begin, size_t end)
{
    *finding = (ef_finding){ begin, end, EF_PERSONAL_NAME };
    return end > begin;
}

/* Behind is, was, 's, s, or : as after "name"; 0 if none stands there. */
static size_t behind_is(ef_slice text, size_t at)
{
    size_t mark = ef_behind_apostrophe(text, at);
    size_t begin = mark > at ? mark : ef_behind_blanks(text, at);
    if (ef_byte_at(text, begin) == ':')
        return ef_behind_blanks(text, begin + 1);
    size_t end = ef_word_end(text, begin);
    return ef_word_in(text, begin, end, " is was s ") ? ef_behind_blanks(text, end) : 0;
}

/* "my name is …", "her full name was …", "name: …"; not "the brand's name is …". */
static bool find_told(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t begin = behind_is(text, end), blank = at > 0 ? at - 1 : 0;
    size_t before = ef_word_begin(text, blank);
    bool is_own = ef_word_in(text, before, blank, " my full first last ");
    bool is_ones =
        is_own || ef_word_in(text, before, blank,
                             " his her their whose customer real agent driver s ");
    bool is_field = begin > 0 && text.data[begin - 1] != ' ' ? true : false;
    is_field |= begin > 1 &&
                (ef_byte_at(text, begin - 1) == ':' || ef_byte_at(text, begin - 2) == ':');
    if (begin == 0 || (!is_ones && !(is_field && before == blank)))
        return false;
    return accept(finding, begin, name_end(text, begin, is_own));
}

#define SPEAKERS " speaking here calling from again "

/* Whether one of words follows; "from 2016" tells of a thing. */
static bool follows(ef_slice text, size_t at, const char *words)
{
    at = ef_behind_blanks(text, at);
    size_t end = ef_word_end(text, at);
    return ef_word_in(text, at, end, words) &&
           !ef_digit_at(text, ef_behind_blanks(text, end));
}

/* "this is … speaking", "it's … here". */
static bool find_speaker(ef_slice text, size_t end, ef_finding *finding)
{
    size_t begin = behind_is(text, end);
    size_t behind = begin > 0 ? name_end(text, begin, false) : begin;
    return behind > begin && follows(text, behind, SPEAKERS) &&
           accept(finding, begin, behind);
}

/* "I'm … from", "I am …, calling": nationalities and moods stand there as well. */
static bool find_self(ef_slice text, size_t end, ef_finding *finding)
{
    size_t begin = ef_behind_apostrophe(text, end);
    begin = begin > end ? begin : ef_behind_blanks(text, end);
    size_t verb = ef_word_end(text, begin);
    if (!ef_word_in(text, begin, verb, " m am "))
        return false;
    begin = ef_behind_blanks(text, verb);
    if (ef_word_in(text, begin, ef_word_end(text, begin), NO_SPEAKERS))
        return false;
    size_t behind = name_end(text, begin, false);
    size_t next = ef_byte_at(text, behind) == ',' ? behind + 1 : behind;
    bool is_told = follows(text, next, " from with calling speaking and your ");
    return is_told && accept(finding, begin, behind);
}

static bool find_titled(ef_slice text, size_t end, ef_finding *finding)
{
    size_t begin = ef_behind_blanks(text, ef_byte_at(text, end) == '.' ? end + 1 : end);
    if (begin == end || ef_word_in(text, begin, ef_word_end(text, begin), NO_TITLED))
        return false;
    return accept(finding, begin, name_end(text, begin, false));
}

#define RELATIVES                                                                          \
    " husband wife son daughter brother sister partner boyfriend girlfriend fiance "       \
    "fiancee "                                                                             \
    "mother father mom mum dad friend colleague boss neighbor neighbour cousin aunt "      \
    "uncle "

/* "my husband …". */
static bool find_relative(ef_slice text, size_t end, ef_finding *finding)
{
    size_t begin = ef_behind_blanks(text, end), behind = ef_word_end(text, begin);
    if (!ef_word_in(text, begin, behind, RELATIVES))
        return false;
    begin = ef_behind_blanks(text, behind);
    return begin > behind && accept(finding, begin, name_end(text, begin, false));
}

#define PERSONS                                                                            \
    " man woman lady guy gentleman rep agent person employee manager someone somebody "    \
    "girl "                                                                                \
    "boy driver associate supervisor assistant technician nurse doctor waiter waitress "   \
    "server son daughter husband wife colleague representative operator advisor adviser "

/* "a lady called …", "an agent named …". */
static bool find_called(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t begin = ef_behind_blanks(text, end);
    return begin > end && ef_word_before(text, at, 24, PERSONS) &&
           accept(finding, begin, name_end(text, begin, false));
}

/* "ask for …". */
static bool find_asked(ef_slice text, size_t end, ef_finding *finding)
{
    size_t begin = ef_behind_blanks(text, end), behind = ef_word_end(text, begin);
    if (!ef_word_in(text, begin, behind, " for "))
        return false;
    begin = ef_behind_blanks(text, behind);
    return accept(finding, begin, name_end(text, begin, false));
}

/* Behind marks and blanks; *lines gets how many lines ended. */
static size_t behind_line(ef_slice text, size_t at, size_t *lines)
{
    size_t limit = at + 8;
    *lines = 0;
    while (at < limit && at < text.size && strchr(" ,.!-\r\n\t", text.data[at]) != NULL)
        *lines += text.data[at++] == '\n';
    return at;
}

/* The end of a letter: "Kind regards," and a name that fills the rest of a line. Behind
 * "thanks" the name stands on a line of its own: on the same one it is whom one thanks. */
static bool find_signature(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t lines, more, begin = behind_line(text, end, &lines);
    bool is_letter = ef_word_in(text, at, end, " regards sincerely faithfully ");
    if (begin == end || (lines == 0 && !is_letter))
        return false;
    size_t behind = name_end(text, begin, false);
    size_t rest = behind_line(text, behind, &more);
    bool is_alone = more > 0 || rest == text.size;
    return is_alone && accept(finding, begin, behind);
}

#define TITLES  " mr mrs ms dr prof mister professor "
#define OWNERS  " my our his her "
#define LETTERS " regards sincerely faithfully truly thanks you best cheers wishes love "

bool ef_find_name(ef_slice text, size_t at, ef_finding *finding)
{
    size_t end = ef_word_end(text, at);
    if (!ef_alpha_at(text, at) || ef_is_behind_letter(text, at) ||
        !ef_word_in(
            text, at, end,
            " name names this it i ask asked asking called named " TITLES OWNERS LETTERS))
        return false; /* most words */
    if (ef_word_in(text, at, end, " name names "))
        return find_told(text, at, end, finding);
    if (ef_word_in(text, at, end, " this it "))
        return find_speaker(text, end, finding);
    if (ef_word_in(text, at, end, " i "))
        return find_self(text, end, finding);
    if (ef_word_in(text, at, end, TITLES))
        return is_capital(text, at) && find_titled(text, end, finding);
    if (ef_word_in(text, at, end, OWNERS))
        return find_relative(text, end, finding);
    if (ef_word_in(text, at, end, " ask asked asking "))
        return find_asked(text, end, finding);
    if (ef_word_in(text, at, end, " called named "))
        return find_called(text, at, end, finding);
    return find_signature(text, at, end, finding);
}
