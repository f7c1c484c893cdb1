/* SPDX-License-Identifier: MIT
 * input/chatlog_text.c - what clients put into a message that nobody wrote.
 *
 * WhatsApp writes in the language of the phone that a picture was there, or that a message
 * was edited or deleted; IRC clients put codes for colours between the letters. */
#include "input/chatlog.h"

#include "base/utf8.h"
#include "text/encoding.h"

static bool begins_with(ef_slice text, const char *words)
{
    size_t size = strlen(words);
    return text.size >= size && memcmp(text.data, words, size) == 0;
}

static bool ends_with(ef_slice text, const char *words)
{
    size_t size = strlen(words);
    return text.size >= size && memcmp(text.data + text.size - size, words, size) == 0;
}

static bool is_one_of(ef_slice text, const char *const *list,
                      bool (*fits)(ef_slice text, const char *words))
{
    for (; *list != NULL; list++)
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

static bool is_whole(ef_slice text, const char *words)
{
    return text.size == strlen(words) && begins_with(text, words);
}

/* As a phone writes it in place of what it left out of the export. */
static const char *const left_out[] = { "<Media omitted>",
                                        "<Medien ausgeschlossen>",
                                        "<Multimedia omitido>",
                                        "<M\xC3\xA9"
                                        "dia omis>",
                                        "<M\xC3\xA9"
                                        "dias omis>",
                                        "<Arquivo de m\xC3\xAD"
                                        "dia oculto>",
                                        "<Media omessi>",
                                        "<Media weggelaten>",
                                        "null",
                                        NULL };
/* Behind what it was: image, video, audio, sticker, document, GIF, contact card. */
static const char *const omitted[] = {
    " omitted",    " omitido",  " omitida",  " omis", " weggelassen", " omesso", " omessa",
    " weggelaten", " ocultado", " ocultada", NULL
};
static const char *const attached[] = {
    " (file attached)",      " (Datei angeh\xC3\xA4ngt)",
    " (archivo adjunto)",    " (fichier joint)",
    " (arquivo anexado)",    " (file allegato)",
    " (bestand bijgevoegd)", NULL
};
static const char *const attached_tags[] = { "<attached: ",
                                             "<Anhang: ",
                                             "<adjunto: ",
                                             "<pi\xC3\xA8"
                                             "ce jointe : ",
                                             "<anexado: ",
                                             "<allegato: ",
                                             NULL };
static const char *const deleted[] = { "This message was deleted",
                                       "You deleted this message",
                                       "Diese Nachricht wurde gel\xC3\xB6scht",
                                       "Du hast diese Nachricht gel\xC3\xB6scht",
                                       "Se elimin\xC3\xB3 este mensaje",
                                       "Eliminaste este mensaje",
                                       "Ce message a \xC3\xA9t\xC3\xA9 supprim\xC3\xA9",
                                       "Vous avez supprim\xC3\xA9 ce message",
                                       "Mensagem apagada",
                                       "Questo messaggio \xC3\xA8 stato eliminato",
                                       "Dit bericht is verwijderd",
                                       NULL };
static const char *const edited[] = { "<This message was edited>",
                                      "<Diese Nachricht wurde bearbeitet.>",
                                      "<Diese Nachricht wurde bearbeitet>",
                                      "<Se edit\xC3\xB3 este mensaje.>",
                                      "<Se edit\xC3\xB3 este mensaje>",
                                      "<Ce message a \xC3\xA9t\xC3\xA9 modifi\xC3\xA9>",
                                      "<Mensagem editada>",
                                      "<Questo messaggio \xC3\xA8 stato modificato>",
                                      "<Dit bericht is bewerkt>",
                                      NULL };

enum { SHORT_NOTE = 48 }; /* "Contact card omitted", in any language */

/* A few words that end so, and nothing else: who writes "the total was omitted" writes a
 * longer line, or a stop behind it. */
static bool is_left_out(ef_slice line)
{
    size_t blanks = 0;
    for (size_t i = 0; i < line.size && i < SHORT_NOTE; i++)
        blanks += line.data[i] == ' ';
    return is_one_of(line, left_out, is_whole) ||
           (line.size <= SHORT_NOTE && blanks <= 2 &&
            is_one_of(line, omitted, ends_with)) ||
           is_one_of(line, attached, ends_with) ||
           (is_one_of(line, attached_tags, begins_with) && ends_with(line, ">"));
}

/* What was said, with or without a final stop. */
static bool is_deleted(ef_slice line)
{
    if (ends_with(line, "."))
        line.size--;
    return is_one_of(line, deleted, is_whole);
}

bool ef_chatlog_is_note(const ef_chatlog *log, ef_slice *text)
{
    if (log->row->dialect != EF_CHAT_WHATSAPP)
        return false;
    /* An iPhone puts a mark before what it says itself. */
    bool is_marked = begins_with(*text, "\xE2\x80\x8E");
    *text = trim(*text);
    for (size_t i = 0; edited[i] != NULL; i++)
        if (ends_with(*text, edited[i])) {
            text->size -= strlen(edited[i]);
            *text = trim(*text);
            break;
        }
    ef_slice line = first_line(*text);
    if (is_deleted(line))
        return true;
    if (!is_marked && !is_left_out(line))
        return false;
    /* What stands below a picture was written to it. */
    const uint8_t *end = memchr(text->data, '\n', text->size);
    size_t size = end == NULL ? text->size : (size_t)(end - text->data);
    *text = trim((ef_slice){ text->data + size, text->size - size });
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
