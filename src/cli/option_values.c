/* SPDX-License-Identifier: MIT
 * cli/option_values.c - what the value of an option does to the settings. */
#include "option_values.h"

#include <stdlib.h>
#include <string.h>

static void *member(ef_settings *settings, const ef_option_row *row)
{
    return (char *)settings + row->offset;
}

const char *ef_set_text(ef_settings *settings, const ef_option_row *row, const char *value)
{
    *(const char **)member(settings, row) = value;
    return NULL;
}

const char *ef_set_switch(ef_settings *settings, const ef_option_row *row,
                          const char *value)
{
    (void)value;
    *(bool *)member(settings, row) = true;
    return NULL;
}

const char *ef_add_word(ef_settings *settings, const ef_option_row *row, const char *value)
{
    ef_words *words = member(settings, row);
    words->items[words->count++] = value;
    return NULL;
}

const char *ef_add_condition(ef_settings *settings, const ef_option_row *row,
                             const char *value)
{
    const char *equals = strchr(value, '=');
    if (equals == NULL || equals == value)
        return "must be a column, '=' and a value, such as lang=en";
    return ef_add_word(settings, row, value);
}

/* A whole number from 1 to limit, 0 if it is none. *rest gets what follows it. */
static unsigned long number(const char *value, unsigned long limit, const char **rest)
{
    char *end = NULL;
    if (*value < '0' || *value > '9')
        return 0;
    unsigned long result = strtoul(value, &end, 10);
    *rest = end;
    return result > limit ? 0 : result;
}

const char *ef_set_threads(ef_settings *settings, const ef_option_row *row,
                           const char *value)
{
    const char *rest = "";
    unsigned long count = number(value, 1024, &rest);
    if (count == 0 || *rest != '\0')
        return "must be a number from 1 to 1024";
    *(unsigned *)member(settings, row) = (unsigned)count;
    return NULL;
}

const char *ef_set_bits(ef_settings *settings, const ef_option_row *row, const char *value)
{
    const char *rest = "";
    unsigned long bits = number(value, 24, &rest);
    if (bits < 10 || *rest != '\0')
        return "must be a number from 10 to 24";
    *(unsigned *)member(settings, row) = (unsigned)bits;
    return NULL;
}

const char *ef_set_least(ef_settings *settings, const ef_option_row *row, const char *value)
{
    const char *rest = "";
    unsigned long count = number(value, 1000000, &rest);
    if (count == 0 || *rest != '\0')
        return "must be a number from 1 to 1000000";
    *(int64_t *)member(settings, row) = (int64_t)count;
    return NULL;
}

const char *ef_set_count(ef_settings *settings, const ef_option_row *row, const char *value)
{
    const char *rest = "";
    unsigned long count = number(value, EF_REVIEW_MOST, &rest);
    if (count == 0 || *rest != '\0')
        return "must be a number from 1 to 1000";
    *(uint32_t *)member(settings, row) = (uint32_t)count;
    return NULL;
}

const char *ef_set_header_rows(ef_settings *settings, const ef_option_row *row,
                               const char *value)
{
    const char *rest = "";
    unsigned long count = number(value, 100, &rest);
    if (count == 0 || *rest != '\0')
        return "must be a number from 1 to 100";
    *(int *)member(settings, row) = (int)count;
    return NULL;
}

const char *ef_set_no_header(ef_settings *settings, const ef_option_row *row,
                             const char *value)
{
    (void)value;
    *(int *)member(settings, row) = -1;
    return NULL;
}

const char *ef_set_gap(ef_settings *settings, const ef_option_row *row, const char *value)
{
    const char *rest = "";
    unsigned long count = number(value, 1000000, &rest);
    unsigned long unit = *rest == 'm' ? 1 : *rest == 'h' ? 60 : *rest == 'd' ? 1440 : 0;
    if (count == 0 || unit == 0 || rest[1] != '\0' || count * unit > 1000000)
        return "must be minutes, hours or days, such as 30m, 2h or 1d";
    *(uint32_t *)member(settings, row) = (uint32_t)(count * unit);
    return NULL;
}

const char *ef_set_size(ef_settings *settings, const ef_option_row *row, const char *value)
{
    const char *rest = "";
    unsigned long size = number(value, 1ul << 30, &rest);
    unsigned shift = *rest == 'K' ? 10 : *rest == 'M' ? 20 : *rest == 'G' ? 30 : 0;
    if (shift > 0)
        rest++;
    if (size == 0 || *rest != '\0' || size > (1ul << 30) >> shift)
        return "must be a size up to 1G, such as 65536, 64K or 2M";
    *(size_t *)member(settings, row) = size << shift;
    return NULL;
}

const char *ef_set_delimiter(ef_settings *settings, const ef_option_row *row,
                             const char *value)
{
    static const struct {
        const char *name;
        char byte;
    } named[] = { { "tab", '\t' },      { "\\t", '\t' }, { "comma", ',' },
                  { "semicolon", ';' }, { "pipe", '|' }, { "space", ' ' } };
    char byte = value[1] == '\0' ? value[0] : '\0';
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(value, named[i].name) == 0)
            byte = named[i].byte;
    }
    if (byte == '\0' || byte == '\n' || byte == '\r' || (unsigned char)byte > 0x7E)
        return "must be one ASCII character, or tab, comma, semicolon, pipe, space";
    *(char *)member(settings, row) = byte;
    return NULL;
}

const char *ef_set_quote(ef_settings *settings, const ef_option_row *row, const char *value)
{
    bool is_none = strcmp(value, "none") == 0;
    if (!is_none && (value[1] != '\0' || value[0] <= ' ' || value[0] > 0x7E))
        return "must be one ASCII character, or none";
    *(int *)member(settings, row) = is_none ? -1 : value[0];
    return NULL;
}

const char *ef_set_emit(ef_settings *settings, const ef_option_row *row, const char *value)
{
    static const struct {
        const char *name;
        ef_follow_emit emit;
    } named[] = { { "alerts", EF_FOLLOW_ALERTS },
                  { "messages", EF_FOLLOW_MESSAGES },
                  { "all", EF_FOLLOW_ALL } };
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(value, named[i].name) == 0) {
            *(ef_follow_emit *)member(settings, row) = named[i].emit;
            return NULL;
        }
    }
    return "must be alerts, messages or all";
}

const char *ef_set_start(ef_settings *settings, const ef_option_row *row, const char *value)
{
    static const struct {
        const char *name;
        ef_follow_start start;
    } named[] = { { "checkpoint", EF_FOLLOW_DEFAULT },
                  { "begin", EF_FOLLOW_BEGIN },
                  { "end", EF_FOLLOW_END } };
    ef_follow_start *start = member(settings, row);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(value, named[i].name) == 0) {
            *start = named[i].start;
            return NULL;
        }
    }
    const char *rest = "";
    settings->last_lines = value[0] == '-' ? number(value + 1, 1000000000, &rest) : 0;
    *start = EF_FOLLOW_LAST;
    return settings->last_lines > 0 && *rest == '\0'
               ? NULL
               : "must be begin, end, checkpoint, or -N for the last N lines";
}

const char *ef_set_seconds(ef_settings *settings, const ef_option_row *row,
                           const char *value)
{
    char *end = NULL;
    double seconds = *value >= '0' && *value <= '9' ? strtod(value, &end) : 0;
    if (seconds < 0.001 || seconds > 3600 || *end != '\0')
        return "must be a number of seconds up to 3600, such as 1 or 0.5";
    *(uint32_t *)member(settings, row) = (uint32_t)(seconds * 1000);
    return NULL;
}

const char *ef_set_cells_safe(ef_settings *settings, const ef_option_row *row,
                              const char *value)
{
    (void)value;
    *(ef_cells *)member(settings, row) = EF_CELLS_SAFE;
    return NULL;
}

const char *ef_set_cells_raw(ef_settings *settings, const ef_option_row *row,
                             const char *value)
{
    (void)value;
    *(ef_cells *)member(settings, row) = EF_CELLS_RAW;
    return NULL;
}

/* The long form; the parser knows that -h asks for the short one. */
const char *ef_set_help(ef_settings *settings, const ef_option_row *row, const char *value)
{
    (void)value;
    *(ef_help_wanted *)member(settings, row) = EF_HELP_LONG;
    return NULL;
}
