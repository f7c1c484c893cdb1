/* SPDX-License-Identifier: MIT
 * text/emoticon.c - faces made of ASCII marks.
 *
 * Western faces are eyes, perhaps a tear and a nose, and a mouth; eastern ones are two like
 * eyes with something between them. Marks do other work in text, so everything but a round
 * mouth must stand alone: "http://", "note:d" and "a:[1]" hold no faces. */
#include "text/scan.h"

/* Sets are short, and most bytes are in none. */
static bool is_one_of(uint8_t byte, const char *set)
{
    while (*set != '\0' && *set != (char)byte)
        set++;
    return *set != '\0';
}

static bool is_round(uint8_t mouth)
{
    return mouth == '(' || mouth == ')';
}

/* The mouths that go with these eyes, besides the round ones. */
static const char *mouths(uint8_t eyes, bool has_nose)
{
    if (eyes == ':')
        return has_nose ? "][}{dp/\\|o0*xcs@$><" : "][}{dp/\\|o03*xcs@$><";
    return eyes == ';' ? "][dp/o*" : "][dp/\\|o";
}

/* :) ;-( =D :'( >:/ and their like. */
static size_t western(const ef_scan *s, size_t i, size_t *named)
{
    const uint8_t *p = s->p;
    size_t k = i + (p[i] == '>');
    uint8_t eyes = p[k];
    if (eyes != ':' && eyes != ';' && eyes != '=')
        return 0;
    k++;
    k += p[k] == '\'';
    bool has_nose = p[k] == '-' || (p[k] == 'o' && is_round(p[k + 1]));
    k += has_nose;
    uint8_t mouth = p[k++];
    if (ef_is_blank(mouth) ||
        (!is_round(mouth) && !is_one_of(mouth, mouths(eyes, has_nose))))
        return 0;
    *named = k;
    while (p[k] == mouth)
        k++;
    bool after_text = ef_is_text(ef_byte_before(s, i)), before_text = ef_is_text(p[k]);
    if (is_round(mouth))
        return after_text && before_text ? 0 : k;
    bool is_path_or_code = is_one_of(p[k], ":/\\") || (mouth == '/' && k - *named > 0);
    return after_text || before_text || is_path_or_code ? 0 : k;
}

/* (: and (; with nothing around them. */
static size_t mirrored(const ef_scan *s, size_t i, size_t *named)
{
    uint8_t eyes = s->p[i + 1];
    bool is_face = eyes == ':' || eyes == ';' || eyes == '=';
    bool is_alone = ef_is_blank(ef_byte_before(s, i)) && ef_is_blank(s->p[i + 2]);
    *named = i + 2;
    return is_face && is_alone ? i + 2 : 0;
}

/* <3 <333 </3 */
static size_t heart(const ef_scan *s, size_t i, size_t *named)
{
    size_t k = i + 1 + (s->p[i + 1] == '/');
    if (s->p[k] != '3')
        return 0;
    *named = k + 1;
    while (s->p[k] == '3')
        k++;
    return ef_is_text(s->p[k]) ? 0 : k;
}

/* The end of an eastern face: the left eye, up to three of one middle, the right eye. */
static size_t eastern_end(const ef_scan *s, size_t i, const char *middles, uint8_t right)
{
    size_t k = i + 1;
    uint8_t middle = s->p[k];
    if (is_one_of(middle, middles))
        while (k < i + 4 && s->p[k] == middle)
            k++;
    return k > i + 1 && s->p[k] == right ? k + 1 : 0;
}

/* ^^ ^_^ -_- >_< ;_; =_= *_* @_@ */
static size_t eastern(const ef_scan *s, size_t i, size_t *named)
{
    uint8_t eye = s->p[i];
    size_t end = 0;
    if (eye == '^' && s->p[i + 1] == '^')
        end = i + 2;
    else if (eye == '^' || eye == '>')
        end = eastern_end(s, i, "_.-o", eye == '>' ? '<' : eye);
    else
        end = eastern_end(s, i, eye == '-' ? "_." : "_", eye);
    bool is_alone = !ef_is_text(ef_byte_before(s, i)) && !ef_is_text(s->p[end]);
    *named = end;
    return end > 0 && is_alone ? end : 0;
}

size_t ef_scan_emoticon(const ef_scan *s, size_t i, size_t *named)
{
    size_t end = 0;
    switch (s->p[i]) {
    case '<':
        return heart(s, i, named);
    case '(':
    case ')':
        return mirrored(s, i, named);
    case ':':
        return western(s, i, named);
    case ';':
    case '=':
    case '>':
        end = eastern(s, i, named);
        return end > 0 ? end : western(s, i, named);
    default:
        return eastern(s, i, named);
    }
}

/* xD and xDDD in any case; xP only so written: XP is a system and a score. */
static size_t laughing(const ef_scan *s, size_t i, size_t *named)
{
    uint8_t mouth = s->p[i + 1];
    if (s->p[i] != 'x' ||
        !(mouth == 'd' || (mouth == 'p' && !ef_is_upper(s, i) && ef_is_upper(s, i + 1))))
        return 0;
    *named = i + 2;
    size_t k = i + 2;
    while (s->p[k] == mouth)
        k++;
    return ef_is_text(s->p[k]) || s->p[k] == '\'' ? 0 : k;
}

size_t ef_scan_letter_emoticon(const ef_scan *s, size_t i, size_t *named)
{
    if (ef_is_text(ef_byte_before(s, i)))
        return 0;
    size_t end = laughing(s, i, named);
    if (end == 0 && is_one_of(s->p[i], "otuxnq"))
        end = eastern_end(s, i, s->p[i] == 'o' ? "_." : "_", s->p[i]);
    else if (end == 0 && s->p[i] == 'd' && s->p[i + 1] == ':' && ef_is_upper(s, i) &&
             ef_is_blank(s->p[i + 2]))
        end = i + 2;
    else
        return end;
    *named = end;
    return end > 0 && !ef_is_text(s->p[end]) ? end : 0;
}
