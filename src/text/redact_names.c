/* SPDX-License-Identifier: MIT
 * text/redact_names.c - the finder of names behind a cue.
 *
 * A name has no form of its own, so only a cue tells it: "my name is", "this is …
 * speaking", "Mr", "my husband", the end of a letter (redact_name_cues.c). Lists of first
 * names would favour some people's names over others'; there are none. What begins with a
 * capital and is no name is kept out by the words that follow, and by lists of such
 * words. Where the cue itself is in capitals, those of the name say nothing. */
#include "text/redact_name_form.h"

static bool accept(ef_finding *finding, size_t begin, size_t end)
{
    *finding = (ef_finding){ begin, end, EF_PERSONAL_NAME };
    return end > begin;
}

/* Whether one of words follows, a comma before it or not; "from 2016" tells of a thing. */
static bool follows(ef_slice text, size_t at, const char *words)
{
    at = ef_behind_blanks(text, ef_byte_at(text, at) == ',' ? at + 1 : at);
    size_t end = ef_word_end(text, at);
    return ef_word_in(text, at, end, words) &&
           !ef_digit_at(text, ef_behind_blanks(text, end));
}

#define OBJECTS " it this that them me us him these those everything nothing "

/* What follows shows that the capital was for emphasis: "Loves it", "Refused To". */
static bool is_emphasis(ef_slice text, size_t behind)
{
    size_t next = ef_behind_blanks(text, behind), end = ef_word_end(text, next);
    if (next == behind || next == end)
        return false;
    bool is_capital = ef_capital_at(text, next) && end > next + 1;
    return ef_word_in(text, next, end, OBJECTS) ||
           (is_capital && !ef_is_all_capitals(text, next, end) &&
            ef_is_no_name(text, next, end, EF_NO_NAME));
}

/* A capitalised name of no brand that begins at the place; the place itself if none. */
static size_t plain_name_end(ef_slice text, size_t begin)
{
    size_t end = ef_name_end(text, begin, false), word = ef_word_end(text, begin);
    bool is_short = ef_is_all_capitals(text, begin, word) && word - begin <= 3;
    bool is_none = ef_is_no_name(text, begin, word, EF_NO_BRAND) ||
                   ef_is_no_name(text, begin, word, EF_NO_GREETED);
    bool is_titled = ef_behind_title(text, begin) > begin;
    if (end == begin || (!is_titled && (is_short || is_none || is_emphasis(text, end))))
        return begin;
    return end;
}

/* Behind blanks, a colon or comma, blanks. */
static size_t behind_mark(ef_slice text, size_t end, const char *marks)
{
    size_t at = ef_behind_blanks(text, end);
    uint8_t byte = ef_byte_at(text, at);
    return byte != 0 && strchr(marks, byte) != NULL ? ef_behind_blanks(text, at + 1) : at;
}

static size_t count_words(ef_slice text, size_t begin, size_t end)
{
    size_t count = 0;
    while (begin < end) {
        begin = ef_behind_blanks(text, ef_word_end(text, begin) + 1);
        count++;
    }
    return count;
}

/* "my name is …", in small letters, too. */
static bool find_told(ef_slice text, size_t end, ef_finding *finding)
{
    size_t begin = behind_mark(text, end, ":\"");
    return begin > end && accept(finding, begin, ef_name_end(text, begin, true));
}

#define PLACES                                                                             \
    " new united los las san santa saint st north south east west puerto costa great sri " \
    "saudi hong northern southern eastern western czech dominican the cape buenos rio "    \
    "sao "

/* "ask for …", "signed, …". */
static bool find_plain(ef_slice text, size_t end, ef_finding *finding)
{
    size_t begin = behind_mark(text, end, ":,\"");
    return begin > end && accept(finding, begin, plain_name_end(text, begin));
}

/* "deliver to …": one word alone is a town or a country. */
static bool find_sent(ef_slice text, size_t end, ef_finding *finding)
{
    size_t begin = behind_mark(text, end, ":");
    return find_plain(text, end, finding) &&
           (ef_behind_title(text, begin) > begin ||
            (count_words(text, begin, finding->end) >= 2 &&
             !ef_word_in(text, begin, ef_word_end(text, begin), PLACES)));
}

#define SPEAKERS                                                                           \
    " speaking here calling again from writing with vom von aus am du de van uit uw z ze " \
    "fra fran из с от "
#define SELVES                                                                             \
    " from with calling speaking writing and your the a an here von vom aus und dein ihr " \
    "du des de da do della van uit uw z ze i od av fran fra из с от "

/* Whether a particle was read that says where somebody is from: "Ana de Lugo". */
static bool has_origin(ef_slice text, size_t begin, size_t end)
{
    for (size_t at = begin; at < end;
         at = ef_behind_blanks(text, ef_word_end(text, at) + 1)) {
        if (at > begin && ef_word_in(text, at, ef_word_end(text, at), " de da von van du "))
            return true;
    }
    return false;
}

/* "this is … speaking", "it's … here,": without the comma it tells of a thing. */
static bool find_speaker(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t begin = behind_mark(text, end, ",");
    size_t behind = begin > end ? ef_name_end(text, begin, false) : begin;
    bool is_told = follows(text, behind, SPEAKERS) || has_origin(text, begin, behind);
    if (behind == begin || !is_told)
        return false;
    size_t here = ef_behind_blanks(text, behind), mark = ef_word_end(text, here);
    bool is_thing = ef_word_in(text, at, ef_word_end(text, at), " it its ") &&
                    ef_word_in(text, here, mark, " here ") &&
                    ef_byte_at(text, mark) != ',' && !follows(text, mark, SPEAKERS);
    return !is_thing && accept(finding, begin, behind);
}

/* "I'm … from", "I am …, your", and two words with capitals. */
static bool find_self(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t begin = ef_behind_blanks(text, end);
    size_t behind = begin > end ? plain_name_end(text, begin) : begin;
    if (behind == begin || ef_is_no_name(text, begin, ef_word_end(text, begin), EF_NO_SELF))
        return false;
    bool is_told =
        follows(text, behind, SELVES) ||
        (count_words(text, begin, behind) >= 2 && !ef_word_in(text, at, end, " im "));
    return is_told && accept(finding, begin, behind);
}

static bool find_titled(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    bool is_loud = ef_is_all_capitals(text, at, end) && end > at + 2;
    size_t behind = ef_behind_title(text, at), last = ef_name_end(text, at, false);
    if (behind == at || last <= behind)
        return false;
    return accept(finding, at, is_loud ? ef_word_end(text, behind) : last);
}

/* Whether nothing but blanks and marks stands between the name and the end of its field. */
static bool ends_field(ef_slice text, size_t at, const char *marks)
{
    at = ef_behind_blanks(text, at);
    uint8_t byte = ef_byte_at(text, at);
    return at >= text.size || (byte != 0 && strchr(marks, byte) != NULL);
}

#define OWNERS                                                                                                        \
    " my our his her your their mein meine meinem meinen meiner unser unsere unserer mon "                            \
    "ma "                                                                                                             \
    "mes notre votre sa son mi su nuestro nuestra tu mio mia meu minha mijn onze uw moj "                             \
    "moja "                                                                                                           \
    "moim moj moja min mitt mina muj moje benim мой моя мою моей моему моего моим наш " \
    "наша "
#define NAMES                                                                                  \
    " name names full first last surname nombre apellido apellidos nom prenom nome "           \
    "cognome "                                                                                 \
    "apelido naam achternaam voornaam vorname nachname imie nazwisko namn navn nimi ad "       \
    "adi "                                                                                     \
    "soyad isim имя фамилия фио nume jmeno meno ime nev nama jina pangalan attn " \
    "attention "                                                                               \
    "cardholder customer contact guest patient passenger your "

/* "name: …". Whoever speaks has a colon behind, too: "customer: Absolutely." */
static bool find_field(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t mark = ef_behind_blanks(text, end), word = ef_word_end(text, at);
    if (ef_byte_at(text, mark) != ':' && ef_byte_at(text, mark) != '=')
        return false;
    bool is_phrase = word < end;
    size_t blank = at > 0 ? at - 1 : 0, before = ef_word_begin(text, blank);
    if (before < blank && ef_byte_at(text, blank) == ' ' &&
        !ef_word_in(text, before, blank, OWNERS NAMES)) /* "product name: …" */
        return false;
    bool is_name = ef_word_in(text, at, word, NAMES) &&
                   (is_phrase || !ef_word_in(text, at, word,
                                             " customer contact guest patient passenger "));
    size_t begin = ef_behind_blanks(text, mark + 1);
    size_t behind =
        is_name ? ef_name_end(text, begin, is_phrase) : plain_name_end(text, begin);
    if (behind == begin)
        return false;
    bool is_sure = is_name || (count_words(text, begin, behind) >= 2
                                   ? ends_field(text, behind, "\r\n,;|(<")
                                   : ends_field(text, behind, "\r\n;|(<"));
    return is_sure && accept(finding, begin, behind);
}

/* Whether a sentence begins at the place, or something that is set apart. */
static bool is_set_apart(ef_slice text, size_t at)
{
    while (at > 0 && (text.data[at - 1] == ' ' || text.data[at - 1] == '\t'))
        at--;
    uint8_t before = ef_byte_ahead_of(text, at);
    return before == 0 || before >= 0x80 || strchr("\r\n.,!?:;\"'([]>-)*", before) != NULL;
}

#define CLAUSES                                                                            \
    " i my we can could please thanks thank just this the where when how what why is "     \
    "your "                                                                                \
    "for so it here speaking ich wir je nous yo ik "

/* "Hi …,", "Dear …", up to a mark or a line's end, or before a clause. */
static bool find_greeted(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t begin = behind_mark(text, end, ",");
    if (begin == end || !is_set_apart(text, at) || !ef_capital_at(text, begin))
        return false;
    size_t behind = plain_name_end(text, begin);
    uint8_t next = ef_byte_at(text, ef_behind_blanks(text, behind));
    bool ends = behind >= text.size || next >= 0xe2 || next == 0 ||
                strchr(",!-.:;\r\n)?\"<", next) != NULL;
    return (ends || follows(text, behind, CLAUSES)) && accept(finding, begin, behind);
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

#define LETTERS                                                                            \
    " regards rgds sincerely faithfully gruss grusse grussen mfg hochachtungsvoll "        \
    "cordialement saludos atentamente saluti atenciosamente groet groeten groetjes mvg "   \
    "pozdrawiam powazaniem halsningar mvh hilsen terveisin saygilarimla уважением "

/* The end of a letter: "Kind regards," and a name that fills the rest of a line. Behind
 * other cues on the same line a comma stands, and the text ends. */
static bool find_signature(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t lines, more, begin = behind_line(text, end, &lines);
    bool is_letter = ef_word_in(text, at, end, LETTERS);
    bool is_comma = ef_byte_at(text, end) == ',' && is_set_apart(text, at);
    if (begin == end || (lines == 0 && !is_letter && !is_comma))
        return false;
    size_t behind = plain_name_end(text, begin);
    size_t rest = behind_line(text, behind, &more);
    bool is_alone = rest == text.size || (more > 0 && (lines > 0 || is_letter));
    return is_alone && accept(finding, begin, behind);
}

/* "agent …", "the manager, …,", "my husband …"; "agent: …:" in a chat. */
static bool find_role(ef_slice text, size_t at, size_t end, bool is_kin,
                      ef_finding *finding)
{
    size_t blank = at > 0 ? at - 1 : 0, begin = behind_mark(text, end, ",:\"");
    if (begin == end ||
        (is_kin && !ef_word_in(text, ef_word_begin(text, blank), blank, OWNERS)))
        return false;
    uint8_t mark = ef_byte_at(text, ef_behind_blanks(text, end));
    size_t behind = plain_name_end(text, begin);
    if (ef_is_no_name(text, begin, ef_word_end(text, begin), EF_NO_TITLED) ||
        (mark == ',' && ef_byte_at(text, behind) != ',') ||
        (mark == ':' && !ends_field(text, behind, ":\r\n(<")))
        return false;
    return accept(finding, begin, behind);
}

#define PERSONS                                                                            \
    " man woman lady guy gentleman rep agent person employee manager someone somebody "    \
    "girl "                                                                                \
    "boy driver associate supervisor assistant technician nurse doctor waiter waitress "   \
    "server son daughter husband wife colleague representative operator advisor adviser "  \
    "tech friend teacher clerk cashier customer mann frau dame herr kollege kollegin "     \
    "mitarbeiter mitarbeiterin techniker fahrer sohn tochter homme femme dame monsieur "   \
    "conseiller conseillere collegue technicien vendeur vendeuse livreur fils fille "      \
    "hombre "                                                                              \
    "mujer chico chica tecnico agente senor senora empleado empleada vendedor vendedora "  \
    "hijo hija uomo donna ragazzo ragazza signore signora tecnico operatore operatrice "   \
    "figlio figlia homem mulher rapaz moca atendente funcionario vrouw meneer mevrouw "    \
    "medewerker monteur collega man kvinna kvinne mand kvinde "

/* "a lady called …", "an agent named …". */
static bool find_called(ef_slice text, size_t at, size_t end, ef_finding *finding)
{
    size_t begin = ef_behind_blanks(text, end);
    return begin > end && ef_word_before(text, at, 24, PERSONS) &&
           accept(finding, begin, plain_name_end(text, begin));
}

static bool take(ef_slice text, size_t at, size_t end, unsigned how, ef_finding *finding)
{
    bool is_loud = ef_is_all_capitals(text, at, end) && end > at + 3;
    if (is_loud && how != EF_TAKES_ANY && how != EF_TAKES_TITLED && how != EF_TAKES_FIELD &&
        how != EF_TAKES_CLOSED)
        return false;
    switch (how) {
    case EF_TAKES_ANY:
        return find_told(text, end, finding);
    case EF_TAKES_CAPITAL:
        return find_plain(text, end, finding);
    case EF_TAKES_SENT:
        return find_sent(text, end, finding);
    case EF_TAKES_TITLED:
        return find_titled(text, at, end, finding);
    case EF_TAKES_SELF:
        return find_self(text, at, end, finding);
    case EF_TAKES_SPEAKER:
        return find_speaker(text, at, end, finding);
    case EF_TAKES_FIELD:
        return find_field(text, at, end, finding);
    case EF_TAKES_GREETED:
        return find_greeted(text, at, end, finding);
    case EF_TAKES_CLOSED:
        return find_signature(text, at, end, finding);
    case EF_TAKES_CALLED:
        return find_called(text, at, end, finding);
    default:
        return find_role(text, at, end, how == EF_TAKES_KIN, finding);
    }
}

/* Whether only digits and marks stand between the line's begin and the place. */
static bool is_line_head(ef_slice text, size_t at)
{
    for (size_t i = 0; i < 32; i++, at--) {
        uint8_t before = ef_byte_ahead_of(text, at);
        if (before == 0 || before == '\n')
            return true;
        if (before >= 0x80 || strchr(" \t0123456789-./:,[(TZ", before) == NULL)
            return false;
    }
    return false;
}

/* Behind 14:02, 14:02:33 or 2:02 PM; the place itself if no time stands there. */
static size_t time_end(ef_slice text, size_t at)
{
    size_t hours = ef_count_digits(text, at), end = at + hours;
    if (hours == 0 || hours > 2 || ef_byte_at(text, end) != ':' ||
        ef_count_digits(text, end + 1) != 2)
        return at;
    end += 3;
    if (ef_byte_at(text, end) == ':' && ef_count_digits(text, end + 1) == 2)
        end += 3;
    size_t half = ef_behind_blanks(text, end), word = ef_word_end(text, half);
    return ef_word_in(text, half, word, " am pm ") ? word : end;
}

/* "[14:02] …:", "14:02 <…>", who speaks in a chat. */
static bool find_writer(ef_slice text, size_t at, ef_finding *finding)
{
    size_t end = time_end(text, at), begin = end;
    if (end == at || !is_line_head(text, at))
        return false;
    while (begin < end + 6 && begin < text.size &&
           strchr(" ]),-|<*", text.data[begin]) != NULL)
        begin++;
    size_t behind = begin > end ? ef_name_end(text, begin, false) : begin;
    size_t mark = ef_behind_blanks(text, behind);
    bool is_writer = ef_byte_at(text, mark) == ':' || ef_byte_at(text, mark) == '>';
    return is_writer && accept(finding, begin, behind);
}

/* Behind – or — or ~, or - behind a sentence; the place itself if none stands there. */
static size_t behind_dash(ef_slice text, size_t at)
{
    uint8_t byte = ef_byte_at(text, at), last = ef_byte_at(text, at + 2);
    size_t blank = at;
    while (blank > 0 && at - blank < 4 && text.data[blank - 1] == ' ')
        blank--;
    uint8_t before = ef_byte_ahead_of(text, blank);
    if (byte == 0xe2 && ef_byte_at(text, at + 1) == 0x80 && (last == 0x93 || last == 0x94))
        return at + 3;
    bool ends = before != 0 && strchr(".!?)", before) != NULL;
    return byte == '~' || (byte == '-' && ends) ? at + 1 : at;
}

/* "Never again. – …" at the text's end. */
static bool find_dashed(ef_slice text, size_t at, ef_finding *finding)
{
    size_t lines, dash = behind_dash(text, at), begin = ef_behind_blanks(text, dash);
    if (dash == at || !is_set_apart(text, at))
        return false;
    size_t behind = plain_name_end(text, begin);
    return behind_line(text, behind, &lines) == text.size && accept(finding, begin, behind);
}

bool ef_find_name(ef_slice text, size_t at, ef_finding *finding)
{
    ef_cue_table table = ef_name_cues();
    if (ef_is_behind_letter(text, at))
        return false;
    size_t word = ef_word_end(text, at), first = 0;
    if (ef_digit_at(text, at))
        return find_writer(text, at, finding);
    if (word == at)
        return find_dashed(text, at, finding);
    size_t count = ef_cues_of(table, text, at, word, &first);
    while (count-- > 0) { /* the longest phrase first */
        const ef_cue *row = &table.rows[first + count];
        size_t end = ef_phrase_end(text, at, row->phrase);
        if (end > 0 && take(text, at, end, row->take, finding))
            return true;
    }
    return false;
}
