/* SPDX-License-Identifier: MIT
 * text/redact_handle.c - the finder of names in networks: @name, name#1234, u/name, and
 * what stands behind "my psn is". */
#include "text/redact_scan.h"

/* What follows an @ and is nobody. */
#define NOBODY                                                                             \
    " home media all here everyone everybody channel work school checkout import "         \
    "keyframes "                                                                           \
    "param override return todo noon night least once "
#define NETWORKS                                                                           \
    " insta instagram ig discord snap snapchat psn xbox gamertag telegram skype username " \
    "usernames handle nick nickname steam twitter tiktok wechat kik venmo cashapp twitch " \
    "reddit login benutzername nutzername pseudo usuario utilisateur "                     \
    "gebruikersnaam kullanici uzytkownik anvandarnamn brukernavn brugernavn "              \
    "kayttajatunnus "                                                                      \
    "ник логин телеграм телеграмм инстаграм дискорд скайп "
#define LINKS                                                                              \
    " is id name my tag handle username user account me on as at ist lautet est es e to "  \
    "ar "                                                                                  \
    "er on adi name is mon mi mein meine under "
#define NO_TAGS " order ticket case invoice room gate unit item apt suite issue number no "

static size_t handle_end(ef_slice text, size_t at)
{
    while (ef_alnum_at(text, at) || ef_byte_at(text, at) == '_' ||
           ((ef_byte_at(text, at) == '.' || ef_byte_at(text, at) == '-') &&
            ef_alnum_at(text, at + 1)))
        at++;
    return at;
}

static bool accept(ef_finding *finding, size_t begin, size_t end)
{
    *finding = (ef_finding){ begin, end, EF_PERSONAL_HANDLE };
    return end > begin;
}

/* @name, @name@server.example, and u/name behind a blank. A digit in front needs a longer
 * name: "@5pm" is a time, "@10" a price. */
static bool find_marked(ef_slice text, size_t at, size_t name, size_t least,
                        ef_finding *finding)
{
    size_t end = handle_end(text, name);
    least = ef_digit_at(text, name) && least < 6 ? 6 : least;
    if (end - name < least || ef_count_digits(text, name) == end - name ||
        ef_word_in(text, name, end, NOBODY))
        return false;
    if (ef_byte_at(text, end) == '@' && ef_alnum_at(text, end + 1))
        end = handle_end(text, end + 1);
    return accept(finding, at, end);
}

/* name#1234; the place itself if none stands there. */
static size_t tagged_end(ef_slice text, size_t at)
{
    size_t end = at, count;
    while (ef_alnum_at(text, end) || ef_byte_at(text, end) == '_')
        end++;
    count = ef_count_digits(text, end + 1);
    bool is_tag = ef_byte_at(text, end) == '#' && (count == 4 || count == 5) &&
                  ef_letter_size(text, end + 1 + count) == 0 && end >= at + 3;
    return is_tag && !ef_word_in(text, at, end, NO_TAGS) ? end + 1 + count : at;
}

/* Whether a word is one that was made up: a digit, a mark, a capital within it. */
static bool is_made_up(ef_slice text, size_t begin, size_t end, bool is_linked)
{
    size_t letters = 0;
    bool has_mark = false;
    for (size_t at = begin; at < end; at++) {
        bool is_letter = ef_alpha_at(text, at);
        bool is_capital = is_letter && text.data[at] <= 'Z';
        bool was_small = at > begin && text.data[at - 1] >= 'a' && text.data[at - 1] <= 'z';
        letters += is_letter;
        bool is_soft = text.data[at] == '-' || (text.data[at] == '.' && !is_linked);
        has_mark |= !is_soft && (!is_letter || (is_capital && was_small && is_linked));
    }
    return has_mark && letters >= 2 && end - begin >= 4;
}

/* "my psn is Dark_Owl_77", "snap: bennyboi99". Behind a colon a plain word is enough, if
 * nothing follows in its sentence. */
static bool find_told(ef_slice text, size_t at, ef_finding *finding)
{
    size_t end = ef_word_end(text, at);
    bool is_field = false, is_linked = false;
    if (!ef_word_in(text, at, end, NETWORKS))
        return false;
    for (int i = 0; i < 5; i++) {
        size_t next = ef_behind_blanks(text, end), word = ef_word_end(text, next);
        bool is_mark = ef_byte_at(text, next) == ':' || ef_byte_at(text, next) == '=';
        bool is_soft = ef_byte_at(text, next) == '(' || ef_byte_at(text, next) == '"';
        if (!is_mark && !is_soft && !ef_word_in(text, next, word, LINKS))
            break;
        is_field = is_mark;
        is_linked = true;
        end = is_mark || is_soft ? next + 1 : word;
    }
    size_t begin = ef_behind_blanks(text, end), last = handle_end(text, begin);
    if (begin == end && !is_field)
        return false;
    if (tagged_end(text, begin) > begin)
        return accept(finding, begin, tagged_end(text, begin));
    uint8_t next = ef_byte_at(text, last);
    bool is_alone = next == 0 || strchr(".,;)\r\n", next) != NULL;
    bool is_plain = is_field && is_alone && last >= begin + 4 &&
                    ef_count_digits(text, begin) < last - begin;
    return ef_letter_size(text, last) == 0 && next != '@' &&
           (is_plain || is_made_up(text, begin, last, is_linked)) &&
           accept(finding, begin, last);
}

bool ef_find_handle(ef_slice text, size_t at, ef_finding *finding)
{
    if (ef_is_behind_letter(text, at))
        return false;
    if (ef_byte_at(text, at) == '@')
        return find_marked(text, at, at + 1, 2, finding);
    if ((ef_byte_at(text, at) | 0x20) == 'u' && ef_byte_at(text, at + 1) == '/')
        return find_marked(text, at, at + 2, 4, finding);
    if (ef_letter_size(text, at) == 0 || ef_digit_at(text, at))
        return false;
    size_t tagged = ef_byte_ahead_of(text, at) != '#' ? tagged_end(text, at) : at;
    return tagged > at ? accept(finding, at, tagged) : find_told(text, at, finding);
}
