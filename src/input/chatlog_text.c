/* SPDX-License-Identifier: MIT
 * input/chatlog_text.c - what clients put into a message that nobody wrote.
 *
 * WhatsApp writes in the language of the phone that a picture was there, or that a message
 * was edited or deleted; IRC clients put codes for colours between the letters. */
#include "input/chatlog.h"

#include "base/utf8.h"
#include "text/encoding.h"

/* Words with their size, so that a text is compared with those only that may fit. */
typedef struct words {
    const char *bytes;
    size_t size;
} words;

#define WORDS(text)                                                                        \
    {                                                                                      \
        text, sizeof text - 1                                                              \
    }
#define NO_WORDS                                                                           \
    {                                                                                      \
        NULL, 0                                                                            \
    }

static bool begins_with(ef_slice text, words w)
{
    return text.size >= w.size && memcmp(text.data, w.bytes, w.size) == 0;
}

static bool ends_with(ef_slice text, words w)
{
    return text.size >= w.size &&
           text.data[text.size - 1] == (uint8_t)w.bytes[w.size - 1] &&
           memcmp(text.data + text.size - w.size, w.bytes, w.size) == 0;
}

static bool is_whole(ef_slice text, words w)
{
    return text.size == w.size && begins_with(text, w);
}

static bool is_one_of(ef_slice text, const words *list,
                      bool (*fits)(ef_slice text, words w))
{
    for (; list->bytes != NULL; list++)
        if (fits(text, *list))
            return true;
    return false;
}

/* Blanks, line ends and marks at both ends. */
static ef_slice trim(ef_slice text)
{
    size_t size;
    while (text.size > 0 && ((size = ef_line_mark(text.data, text.size)) > 0 ||
                             (size = *text.data <= ' ') > 0))
        text = (ef_slice){ text.data + size, text.size - size };
    while (text.size > 0 && text.data[text.size - 1] <= ' ')
        text.size--;
    return text;
}

static ef_slice first_line(ef_slice text)
{
    const uint8_t *end = text.size == 0 ? NULL : memchr(text.data, '\n', text.size);
    return trim(
        (ef_slice){ text.data, end == NULL ? text.size : (size_t)(end - text.data) });
}

/* As a phone writes it in place of what was no text. In angle brackets each language has
 * its own words: they are known by the brackets. */
static const words placeholders[] = {
    WORDS("null"),
    WORDS("live location shared"),
    WORDS("Live location shared"),
    WORDS("Missed voice call"),
    WORDS("Missed video call"),
    WORDS("Missed group voice call"),
    WORDS("Missed group video call"),
    WORDS("Verpasster Sprachanruf"),
    WORDS("Verpasster Videoanruf"),
    WORDS("Llamada perdida"),
    WORDS("Videollamada perdida"),
    WORDS("Appel vocal manqu\xC3\xA9"),
    WORDS("Appel vid\xC3\xA9o manqu\xC3\xA9"),
    WORDS("Chamada de voz perdida"),
    WORDS("Chamada de v\xC3\xAD"
          "deo perdida"),
    WORDS("Chiamata vocale persa"),
    WORDS("Videochiamata persa"),
    WORDS("Gemiste spraakoproep"),
    WORDS("Gemist videogesprek"),
    WORDS("Waiting for this message. This may take a while."),
    NO_WORDS
};
/* Above the question of a poll; its options stand below. */
static const words polls[] = {
    WORDS("POLL:"),      WORDS("UMFRAGE:"),         WORDS("ENCUESTA:"),
    WORDS("SONDAGE :"),  WORDS("SONDAGE\xC2\xA0:"), WORDS("ENQUETE:"),
    WORDS("SONDAGGIO:"), WORDS("PEILING:"),         NO_WORDS
};
/* Behind what it was: image, video, audio, sticker, document, GIF, contact card. */
static const words omitted[] = { WORDS(" omitted"),
                                 WORDS(" omitido"),
                                 WORDS(" omitida"),
                                 WORDS(" omis"),
                                 WORDS(" weggelassen"),
                                 WORDS(" omesso"),
                                 WORDS(" omessa"),
                                 WORDS(" weggelaten"),
                                 WORDS(" ocultado"),
                                 WORDS(" ocultada"),
                                 WORDS(" absente"),
                                 WORDS(" absent"),
                                 NO_WORDS };
static const words attached[] = {
    WORDS(" (file attached)"),      WORDS(" (Datei angeh\xC3\xA4ngt)"),
    WORDS(" (archivo adjunto)"),    WORDS(" (fichier joint)"),
    WORDS(" (arquivo anexado)"),    WORDS(" (file allegato)"),
    WORDS(" (bestand bijgevoegd)"), NO_WORDS
};
static const words deleted[] = {
    WORDS("This message was deleted"),
    WORDS("You deleted this message"),
    WORDS("Diese Nachricht wurde gel\xC3\xB6scht"),
    WORDS("Du hast diese Nachricht gel\xC3\xB6scht"),
    WORDS("Se elimin\xC3\xB3 este mensaje"),
    WORDS("Eliminaste este mensaje"),
    WORDS("Ce message a \xC3\xA9t\xC3\xA9 supprim\xC3\xA9"),
    WORDS("Vous avez supprim\xC3\xA9 ce message"),
    WORDS("Mensagem apagada"),
    WORDS("Questo messaggio \xC3\xA8 stato eliminato"),
    WORDS("Dit bericht is verwijderd"),
    WORDS("Je hebt dit bericht verwijderd"),
    WORDS("Voc\xC3\xAA apagou esta mensagem"),
    WORDS("Esta mensagem foi apagada"),
    WORDS("Hai eliminato questo messaggio"),
    WORDS("Ta wiadomo\xC5\x9B\xC4\x87 zosta\xC5\x82"
          "a usuni\xC4\x99ta"),
    WORDS("Det h\xC3\xA4r meddelandet togs bort"),
    WORDS("T\xC3\xA4m\xC3\xA4 viesti poistettiin"),
    WORDS("Bu mesaj silindi"),
    WORDS("Bu mesaj\xC4\xB1 sildiniz"),
    WORDS("\xD0\x94\xD0\xB0\xD0\xBD\xD0\xBD\xD0\xBE\xD0\xB5 "
          "\xD1\x81\xD0\xBE\xD0\xBE\xD0\xB1\xD1\x89\xD0\xB5\xD0\xBD"
          "\xD0\xB8\xD0\xB5 \xD1\x83\xD0\xB4\xD0\xB0\xD0\xBB\xD0\xB5"
          "\xD0\xBD\xD0\xBE"),
    NO_WORDS
};
static const words edited[] = { WORDS("<This message was edited>"),
                                WORDS("<Diese Nachricht wurde bearbeitet.>"),
                                WORDS("<Diese Nachricht wurde bearbeitet>"),
                                WORDS("<Se edit\xC3\xB3 este mensaje.>"),
                                WORDS("<Se edit\xC3\xB3 este mensaje>"),
                                WORDS("<Ce message a \xC3\xA9t\xC3\xA9 modifi\xC3\xA9>"),
                                WORDS("<Mensagem editada>"),
                                WORDS("<Questo messaggio \xC3\xA8 stato modificato>"),
                                WORDS("<Dit bericht is bewerkt>"),
                                NO_WORDS };

enum { SHORT_NOTE = 48, LONG_NOTE = 160 }; /* "Contact card omitted"; a name of a file */

static bool holds(ef_slice text, const char *word)
{
    return text.size > 0 && memmem(text.data, text.size, word, strlen(word)) != NULL;
}

/* <Media omitted>, <attached: 0012-PHOTO.jpg>: in any language, and nothing else. */
static bool is_bracketed(ef_slice line)
{
    if (line.size < 4 || line.size > LONG_NOTE || line.data[0] != '<' ||
        line.data[line.size - 1] != '>')
        return false;
    ef_slice inside = { line.data + 1, line.size - 2 };
    return memchr(inside.data, '<', inside.size) == NULL &&
           memchr(inside.data, '>', inside.size) == NULL;
}

/* A few words that end so, and nothing else: who writes "the total was omitted" writes a
 * longer line, or a stop behind it. */
static bool is_left_out(ef_slice line)
{
    size_t blanks = 0;
    for (size_t i = 0; i < line.size; i++)
        blanks += line.data[i] == ' ';
    if (is_bracketed(line) || is_one_of(line, placeholders, is_whole) ||
        is_one_of(line, polls, is_whole) ||
        (blanks <= 1 && holds(line, ": https://maps.google.com/?q=")))
        return true;
    return (blanks <= 2 && line.size <= SHORT_NOTE &&
            is_one_of(line, omitted, ends_with)) ||
           (line.size > 0 && line.data[line.size - 1] == ')' &&
            is_one_of(line, attached, ends_with));
}

/* What was said, with or without a final stop. */
static bool is_deleted(ef_slice line)
{
    if (begins_with(line, (words)WORDS("This message was deleted by admin ")))
        return true;
    if (line.size > LONG_NOTE)
        return false;
    line.size -= line.size > 0 && line.data[line.size - 1] == '.';
    return is_one_of(line, deleted, is_whole);
}

/* Without what a phone wrote behind a text: that it was edited, or what hangs on. Some put
 * a mark before it, then it may be of any language. */
static ef_slice without_suffix(ef_slice text)
{
    const uint8_t *sign = text.size > 0 && text.data[text.size - 1] == '>'
                              ? memrchr(text.data, '<', text.size)
                              : NULL;
    if (sign == NULL)
        return text;
    size_t before = (size_t)(sign - text.data);
    ef_slice suffix = { sign, text.size - before };
    bool is_marked = before >= 3 && memcmp(sign - 3, "\xE2\x80\x8E", 3) == 0;
    if ((is_marked && is_bracketed(suffix)) || is_one_of(suffix, edited, is_whole))
        return trim((ef_slice){ text.data, before - (is_marked ? 3 : 0) });
    return text;
}

/* What stands before the first line that the phone wrote: the options of a poll. */
static ef_slice before_options(ef_slice text)
{
    for (size_t at = 0, size; at < text.size; at += size) {
        ef_slice line = ef_chatlog_line_at(text.data + at, text.size - at, &size);
        if (begins_with(line, (words)WORDS("\xE2\x80\x8E")) ||
            begins_with(line, (words)WORDS("OPTION: ")))
            return trim((ef_slice){ text.data, at });
    }
    return text;
}

bool ef_chatlog_is_note(const ef_chatlog *log, ef_slice *text)
{
    if (log->row->dialect != EF_CHAT_WHATSAPP)
        return false;
    /* An iPhone puts a mark before what it says itself. */
    bool is_marked = text->size > 2 && memcmp(text->data, "\xE2\x80\x8E", 3) == 0;
    *text = trim(*text);
    if (!is_bracketed(*text))
        *text = without_suffix(*text);
    ef_slice line = first_line(*text);
    if (is_deleted(line))
        return true;
    if (!is_marked && !is_left_out(line))
        return false;
    /* What stands below a picture was written to it; below a poll, what is asked. */
    const uint8_t *end = memchr(text->data, '\n', text->size);
    size_t size = end == NULL ? text->size : (size_t)(end - text->data);
    *text = before_options(trim((ef_slice){ text->data + size, text->size - size }));
    return text->size == 0;
}

/* --- IRC ----------------------------------------------------------------------------- */

/* The size of a code at p[0..n): a colour takes up to two numbers of two digits. */
static size_t code_size(const uint8_t *p, size_t n)
{
    size_t at = 1;
    if (p[0] == 0x02 || p[0] == 0x0f || p[0] == 0x11 || p[0] == 0x16 || p[0] == 0x1d ||
        p[0] == 0x1e || p[0] == 0x1f)
        return 1;
    if (p[0] != 0x03)
        return 0;
    for (int part = 0; part < 2; part++) {
        size_t comma = part == 1 && at > 1 && at < n && p[at] == ',' ? 1 : 0;
        size_t digits = 0;
        while (digits < 2 && at + comma + digits < n && p[at + comma + digits] >= '0' &&
               p[at + comma + digits] <= '9')
            digits++;
        if (part == 1 && comma == 0)
            break;
        at += digits > 0 ? comma + digits : 0;
    }
    return at;
}

static bool needs_decoding(ef_slice text, bool *is_utf8)
{
    bool has_code = false;
    uint32_t code;
    *is_utf8 = true;
    for (size_t at = 0; at < text.size;) {
        has_code |= text.data[at] < 0x20;
        size_t size = text.data[at] < 0x80
                          ? 1
                          : ef_utf8_decode(text.data + at, text.size - at, &code);
        *is_utf8 &= size > 0;
        at += size > 0 ? size : 1;
    }
    return has_code || !*is_utf8;
}

bool ef_chatlog_decode(ef_arena *arena, ef_slice *text)
{
    bool is_utf8;
    if (!needs_decoding(*text, &is_utf8))
        return true;
    uint8_t *copy = ef_arena_alloc(arena, text->size * 3); /* CP1252 has no longer ones */
    size_t size = 0, at = 0;
    if (copy == NULL)
        return false;
    while (at < text->size) {
        const uint8_t *p = text->data + at;
        size_t code = code_size(p, text->size - at);
        if (code == 0 && (*p < 0x80 || is_utf8))
            copy[size++] = *p;
        else if (code == 0)
            size += ef_utf8_encode(ef_encoding_c1(*p), copy + size);
        at += code == 0 ? 1 : code;
    }
    *text = (ef_slice){ copy, size };
    return true;
}
