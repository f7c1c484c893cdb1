/* SPDX-License-Identifier: MIT
 * cli/json_print.c - the few strings and numbers that verbs print as JSON. */
#include "json_print.h"

#include <inttypes.h>

#include "characters.h"

static void print_unit(FILE *stream, uint32_t code)
{
    fprintf(stream, "\\u%04" PRIx32, code);
}

void ef_json_print(FILE *stream, ef_slice text)
{
    fputc('"', stream);
    for (size_t at = 0; at < text.size;) {
        uint32_t code = 0;
        size_t size = ef_character_decode(text.data + at, text.size - at, &code);
        if (size == 0)
            print_unit(stream, 0xFFFD);
        else if (code == '"' || code == '\\')
            fprintf(stream, "\\%c", (char)code);
        else if (ef_character_is_dangerous(code) || code == '<' || code == '>')
            print_unit(stream, code); /* all below U+10000: one unit is enough */
        else
            fwrite(text.data + at, 1, size, stream);
        at += size > 0 ? size : 1;
    }
    fputc('"', stream);
}

void ef_decimal_print(FILE *stream, const char *sign, int32_t value, unsigned digits)
{
    int64_t scale = 1, positive = value < 0 ? -(int64_t)value : value;
    for (unsigned i = 0; i < digits; i++)
        scale *= 10;
    fprintf(stream, "%s%" PRId64 ".%0*" PRId64, value < 0 ? "-" : sign, positive / scale,
            (int)digits, positive % scale);
}
