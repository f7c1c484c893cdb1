/* SPDX-License-Identifier: MIT
 * text/redact.c - the kinds of personal data, and the one walk that finds them.
 *
 * At each place where something can begin the finders are asked in order, the surer ones
 * first: an address before the digits in it, a date before a telephone number.
 *
 * Invariant: the walk goes on behind what was found or passed by, or behind a word or one
 * byte, so that every byte is in the middle of at most one question about a whole run.
 * Where words are written without blanks it goes on behind each character. */
#include "text/redact.h"

#include <assert.h>

#include "text/redact_scan.h"

static const ef_personal_kind kinds[] = {
    [EF_PERSONAL_EMAIL] = { "email", "[email]", "e-mail addresses, also spelled out" },
    [EF_PERSONAL_PHONE] = { "phone", "[phone]", "telephone numbers" },
    [EF_PERSONAL_CARD] = { "card", "[card]", "payment cards, by their check digit" },
    [EF_PERSONAL_IBAN] = { "iban", "[iban]", "bank accounts, by their check digits" },
    [EF_PERSONAL_ID] = { "id", "[id]",
                         "national ids by form; accounts, passports, customers by cue" },
    [EF_PERSONAL_ORDER] = { "order", "[order]", "orders, bookings, tickets by cue" },
    [EF_PERSONAL_IP] = { "ip", "[ip]", "addresses of machines on the Internet" },
    [EF_PERSONAL_URL] = { "url", "[url]",
                          "web addresses that hold a key or name somebody" },
    [EF_PERSONAL_HANDLE] = { "handle", "[handle]", "@names; names in networks by cue" },
    [EF_PERSONAL_NAME] = { "name", "[name]", "names behind a cue such as \"my name is\"" },
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };
static_assert((int)KINDS == (int)EF_PERSONAL_COUNT, "a row for every kind");

static ef_finder *const finders[] = {
    ef_find_email,  ef_find_url,    ef_find_date,    ef_find_iban,      ef_find_card,
    ef_find_id,     ef_find_ip,     ef_find_eastern, ef_find_reference, ef_find_phone,
    ef_find_spoken, ef_find_handle, ef_find_name,
};

const ef_personal_kind *ef_personal_kind_at(size_t index)
{
    return index < KINDS ? &kinds[index] : NULL;
}

/* Marks with which something may begin; else it begins with a letter or digit. */
static bool may_begin(ef_slice text, size_t at)
{
    uint8_t byte = text.data[at];
    if (byte < 0x80)
        return ef_alnum_at(text, at) ||
               (byte > ' ' && strchr("@#+(._%-~:\"", byte) != NULL);
    bool is_dash = byte == 0xe2 && at + 2 < text.size && text.data[at + 1] == 0x80;
    return is_dash || ef_letter_size(text, at) > 0;
}

static bool find_at(ef_slice text, size_t at, ef_finding *finding)
{
    for (size_t i = 0; i < sizeof finders / sizeof finders[0]; i++) {
        if (finders[i](text, at, finding)) {
            assert(finding->begin >= at && finding->end > finding->begin);
            assert(finding->end <= text.size);
            return true;
        }
    }
    return false;
}

bool ef_personal_next(ef_slice text, size_t *at, ef_personal *found)
{
    ef_finding finding;
    while (*at < text.size) {
        if (may_begin(text, *at) && find_at(text, *at, &finding)) {
            *at = finding.end;
            if (finding.kind == EF_PERSONAL_NOTHING)
                continue;
            *found = (ef_personal){ finding.begin, finding.end, &kinds[finding.kind] };
            return true;
        }
        size_t word = ef_is_eastern_at(text, *at) ? *at + ef_letter_size(text, *at)
                                                  : ef_word_end(text, *at);
        *at = word > *at ? word : *at + 1;
    }
    return false;
}

bool ef_redact_part(ef_buffer *out, ef_redactor *redactor, ef_slice text, size_t begin,
                    size_t end)
{
    ef_personal found;
    size_t copied = begin;
    if (!ef_redactor_start(redactor, text)) {
        out->failed = true;
        return false;
    }
    while (copied < end && ef_redactor_next(redactor, &found) && found.begin < end) {
        if (found.end <= copied)
            continue;
        if (found.begin > copied)
            ef_buffer_append(out, text.data + copied, found.begin - copied);
        ef_buffer_append_text(out, found.kind->token);
        copied = found.end;
    }
    if (copied < end)
        ef_buffer_append(out, text.data + copied, end - copied);
    return !out->failed;
}

bool ef_redact(ef_buffer *out, ef_redactor *redactor, ef_slice text)
{
    return ef_redact_part(out, redactor, text, 0, text.size);
}
