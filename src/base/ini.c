/* SPDX-License-Identifier: MIT
 * base/ini.c - sections, keys and values, one line each. */
#include "base/ini.h"

#include <stdbool.h>

#include "base/error.h"

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static ef_slice trim(ef_slice text)
{
    while (text.size > 0 && is_blank(text.data[0]))
        text = (ef_slice){ text.data + 1, text.size - 1 };
    while (text.size > 0 && is_blank(text.data[text.size - 1]))
        text.size--;
    return text;
}

static ef_slice take_line(ef_ini *ini)
{
    const uint8_t *end = memchr(ini->rest.data, '\n', ini->rest.size);
    size_t size = end == NULL ? ini->rest.size : (size_t)(end - ini->rest.data);
    ef_slice line = { ini->rest.data, size };
    size_t used = end == NULL ? size : size + 1;
    ini->rest = (ef_slice){ ini->rest.data + used, ini->rest.size - used };
    ini->line++;
    return trim(line);
}

static ef_status read_setting(const ef_ini *ini, ef_slice line, ef_ini_entry *entry,
                              ef_error *error)
{
    const uint8_t *equals = memchr(line.data, '=', line.size);
    if (equals == NULL || equals == line.data)
        return ef_error_set_at(
            error, EF_ERR_FORMAT, ini->line, 1, 0,
            "a line is 'key = value', a section, or a comment after ';'");
    if (entry->section.size == 0)
        return ef_error_set_at(error, EF_ERR_FORMAT, ini->line, 1, 0,
                               "a setting stands before the first section");
    size_t size = (size_t)(equals - line.data);
    entry->key = trim((ef_slice){ line.data, size });
    entry->value = trim((ef_slice){ equals + 1, line.size - size - 1 });
    return EF_OK;
}

ef_status ef_ini_next(ef_ini *ini, ef_ini_entry *entry, ef_error *error)
{
    entry->key = entry->value = (ef_slice){ NULL, 0 };
    while (ini->rest.size > 0) {
        ef_slice line = take_line(ini);
        if (line.size == 0 || line.data[0] == ';' || line.data[0] == '#')
            continue;
        if (line.data[0] != '[')
            return read_setting(ini, line, entry, error);
        if (line.data[line.size - 1] != ']' || line.size < 3)
            return ef_error_set_at(error, EF_ERR_FORMAT, ini->line, 1, 0,
                                   "a section begins with '[' and ends with ']'");
        entry->section = trim((ef_slice){ line.data + 1, line.size - 2 });
        return EF_OK;
    }
    return EF_END;
}
