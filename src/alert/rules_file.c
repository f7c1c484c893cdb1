/* SPDX-License-Identifier: MIT
 * alert/rules_file.c - reading a rule file: sections, keys and values, every error told.
 *
 *     ; a comment is a line of its own
 *     [alert.name]
 *     key = value
 *
 * Values reach to the end of their line; nothing is cut off and no line is too long. A
 * section that has an error gives no rule, and reading goes on, so that one look at the
 * findings is enough. */
#include <stdio.h>
#include <stdlib.h>

#include "alert/rule.h"
#include "base/error.h"
#include "base/hash.h"

enum { MOST_RULES = 200, MESSAGE_SIZE = 400 };

typedef struct file {
    ef_rules *rules;
    ef_rule *rule;       /* of the section; NULL before the first, or in a bad one */
    bool is_bad_section; /* its head had an error: its lines are passed by */
    uint64_t line, errors, first_line;
    uint64_t seen; /* bits of settings that were given */
    char first[MESSAGE_SIZE];
    ef_rules_finding_fn *found;
    void *user;
    ef_status status;
} file;

static void find(file *f, uint64_t line, const char *message)
{
    ef_rules_finding finding = { line, message };
    if (f->errors++ == 0) {
        f->first_line = line;
        snprintf(f->first, sizeof f->first, "%s", message);
    }
    if (f->found != NULL)
        f->found(f->user, &finding);
}

/* A word of the file as part of a message: at most so long, and one line. */
static void find_word(file *f, const char *what, ef_slice word, const char *rest)
{
    char message[MESSAGE_SIZE];
    int size = word.size > 60 ? 60 : (int)word.size;
    snprintf(message, sizeof message, "%s '%.*s'%s", what, size, (const char *)word.data,
             rest);
    for (char *at = message; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || *at == 0x7F)
            *at = '?';
    find(f, f->line, message);
}

static bool is(ef_slice text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

static ef_slice trim(ef_slice text)
{
    while (text.size > 0 && (text.data[0] == ' ' || text.data[0] == '\t'))
        text = (ef_slice){ text.data + 1, text.size - 1 };
    while (text.size > 0 &&
           (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\t' ||
            text.data[text.size - 1] == '\r'))
        text.size--;
    return text;
}

static bool copy(char *to, size_t room, ef_slice from)
{
    if (from.size >= room || memchr(from.data, '\0', from.size) != NULL)
        return false;
    memcpy(to, from.data, from.size);
    to[from.size] = '\0';
    return true;
}

/* --- values ------------------------------------------------------------------------- */

/* Digits with at most one point, and at most `room` - 1 of them; then an exponent such as
 * e-4. strtod would follow the locale. */
static bool read_number(ef_slice text, double *value, size_t *used)
{
    double number = 0, scale = 1;
    size_t at = 0, digits = 0;
    bool has_point = false;
    for (; at < text.size && at < 30; at++) {
        if (text.data[at] == '.' && !has_point) {
            has_point = true;
            continue;
        }
        if (text.data[at] < '0' || text.data[at] > '9')
            break;
        number = number * 10 + (text.data[at] - '0');
        scale *= has_point ? 10 : 1;
        digits++;
    }
    number /= scale;
    if (digits > 0 && at + 2 < text.size && text.data[at] == 'e' &&
        text.data[at + 1] == '-' && text.data[at + 2] >= '1' && text.data[at + 2] <= '9') {
        for (int i = text.data[at + 2] - '0'; i > 0; i--)
            number /= 10;
        at += 3;
    }
    *value = number;
    *used = at;
    return digits > 0;
}

/* Minutes of "90m", "6h", "3d", "4w", and 0. */
static bool read_time(ef_slice text, double *minutes)
{
    static const char units[] = "mhdw";
    static const int lengths[] = { 1, 60, 24 * 60, 7 * 24 * 60 };
    size_t used;
    if (!read_number(text, minutes, &used))
        return false;
    if (used == text.size)
        return *minutes <= 0;
    const char *unit = memchr(units, text.data[used], sizeof units - 1);
    if (unit == NULL || used + 1 != text.size)
        return false;
    *minutes *= lengths[unit - units];
    return true;
}

static bool read_value(const ef_setting *setting, ef_slice text, double *value)
{
    size_t used = 0;
    bool is_negative = text.size > 0 && text.data[0] == '-';
    ef_slice digits = { text.data + is_negative, text.size - is_negative };
    if (setting->type == EF_SETTING_OF) {
        *value = is(text, "negatives") ? EF_SEASON_NEGATIVES : EF_SEASON_MESSAGES;
        return is(text, "messages") || is(text, "negatives");
    }
    if (setting->type == EF_SETTING_TIME)
        return read_time(text, value);
    if (!read_number(digits, value, &used) || used != digits.size)
        return false;
    if (is_negative)
        *value = -*value;
    bool is_in_range =
        *value >= setting->low && *value <= setting->high; /* of an int, too */
    return is_in_range &&
           (setting->type != EF_SETTING_COUNT || *value == (double)(int64_t)*value);
}

static void set_value(ef_rule *rule, const ef_setting *setting, double value)
{
    char *at = (char *)rule + setting->offset;
    ef_season_of of = (ef_season_of)value;
    int64_t whole = (int64_t)value;
    switch (setting->type) {
    case EF_SETTING_NUMBER:
        memcpy(at, &value, sizeof value);
        break;
    case EF_SETTING_COUNT:
    case EF_SETTING_TIME:
        memcpy(at, &whole, sizeof whole);
        break;
    case EF_SETTING_OF:
        memcpy(at, &of, sizeof of);
        break;
    }
}

/* --- lines -------------------------------------------------------------------------- */

static const ef_setting common[] = {
    { "for", EF_SETTING_TIME, offsetof(ef_rule, hold), 0, 7 * 24 * 60,
      "must be a time from 0 to 7d, such as 10m" },
    { "keep", EF_SETTING_TIME, offsetof(ef_rule, keep), 0, 7 * 24 * 60,
      "must be a time from 0 to 7d, such as 30m" },
    { "cooldown", EF_SETTING_TIME, offsetof(ef_rule, cooldown), 0, 28 * 24 * 60,
      "must be a time from 0 to 4w, such as 6h" },
    { "baseline", EF_SETTING_NUMBER, offsetof(ef_rule, baseline), 0.001, 0.9,
      "must be a share from 0.001 to 0.9" },
    { "deff", EF_SETTING_NUMBER, offsetof(ef_rule, deff), 1, 100,
      "must be a number from 1 to 100" },
};
enum { COMMON = sizeof common / sizeof common[0] };

static void start_rule(file *f, ef_rule *rule, ef_slice name)
{
    memset(rule, 0, sizeof *rule); /* paddings, too: the print is of its bytes */
    copy(rule->name, sizeof rule->name, name);
    copy(rule->severity, sizeof rule->severity, ef_slice_of("warning"));
    rule->keep = 30;
    rule->cooldown = 6 * 60;
    rule->line = (int64_t)f->line;
    f->rule = rule;
    f->seen = 0;
}

static bool is_name(ef_slice name)
{
    for (size_t i = 0; i < name.size; i++) {
        uint8_t c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-' || c == '.'))
            return false;
    }
    return name.size > 0 && name.size < EF_RULE_NAME_SIZE;
}

static bool is_taken(const file *f, ef_slice name)
{
    for (size_t i = 0; i < f->rules->count; i++)
        if (is(name, f->rules->items[i].name))
            return true;
    return false;
}

/* Ends the section: a rule needs a kind, and its settings must fit together. */
static void finish_rule(file *f)
{
    if (f->rule == NULL)
        return;
    const ef_rule *rule = f->rule;
    if (rule->kind == NULL) {
        find(f, (uint64_t)rule->line, "a rule needs a kind, such as kind = shift");
    } else {
        const char *wrong =
            rule->kind->prepare == NULL ? NULL : rule->kind->prepare(f->rule);
        if (wrong != NULL)
            find(f, (uint64_t)rule->line, wrong);
    }
    f->rule = NULL;
}

static void read_section(file *f, ef_slice line)
{
    static const char prefix[] = "alert.";
    finish_rule(f);
    f->is_bad_section = true;
    if (line.data[line.size - 1] != ']') {
        find(f, f->line, "a section begins with '[' and ends with ']'");
        return;
    }
    ef_slice name = { line.data + 1, line.size - 2 };
    if (name.size < sizeof prefix || memcmp(name.data, prefix, sizeof prefix - 1) != 0) {
        find_word(f, "unknown section", name, "; a rule is [alert.NAME]");
        return;
    }
    name = (ef_slice){ name.data + sizeof prefix - 1, name.size - sizeof prefix + 1 };
    if (!is_name(name)) {
        find(f, f->line,
             "a rule's name is of letters, digits, '_', '-' and '.', at most 63 of them");
    } else if (is_taken(f, name)) {
        find_word(f, "the name", name, " is taken by an earlier rule");
    } else if (f->rules->count == MOST_RULES) {
        find(f, f->line, "there are more than 200 rules");
    } else {
        start_rule(f, &f->rules->items[f->rules->count++], name);
        f->is_bad_section = false;
    }
}

static void read_kind(file *f, ef_slice value)
{
    const ef_rule_kind *kind = NULL;
    for (size_t i = 0; ef_rule_kind_at(i) != NULL; i++)
        if (is(value, ef_rule_kind_at(i)->name))
            kind = ef_rule_kind_at(i);
    if (kind == NULL) {
        find_word(f, "unknown kind", value, "; 'earful list rules' prints them");
        f->is_bad_section = true; /* what follows cannot be judged */
        f->rule = NULL;
        return;
    }
    f->rule->kind = kind;
    kind->set_defaults(f->rule);
}

static void read_text(file *f, const char *key, ef_slice value, char *to, size_t room)
{
    if (!copy(to, room, value))
        find_word(f, "the value of", ef_slice_of(key), " is too long");
}

static void read_severity(file *f, ef_slice value)
{
    static const char *const known[] = { "info",  "warning",  "ticket",
                                         "error", "critical", "page" };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (is(value, known[i])) {
            copy(f->rule->severity, sizeof f->rule->severity, value);
            return;
        }
    find_word(f, "unknown severity", value,
              "; it is info, warning, ticket, error, critical or page");
}

static const ef_setting *find_setting(const file *f, ef_slice key, unsigned *bit)
{
    for (unsigned i = 0; i < COMMON; i++)
        if (is(key, common[ *bit = i].name))
            return &common[i];
    for (unsigned i = 0; i < f->rule->kind->setting_count; i++)
        if (is(key, f->rule->kind->settings[i].name)) {
            *bit = COMMON + i;
            return &f->rule->kind->settings[i];
        }
    return NULL;
}

/* Tells what the kind has, too. */
static void find_unknown(file *f, ef_slice key)
{
    const ef_rule_kind *kind = f->rule->kind;
    char rest[MESSAGE_SIZE] = "; there are";
    for (size_t i = 0; i < COMMON + kind->setting_count; i++) {
        size_t used = strlen(rest);
        const char *name = i < COMMON ? common[i].name : kind->settings[i - COMMON].name;
        snprintf(rest + used, sizeof rest - used, "%s %s", i > 0 ? "," : "", name);
    }
    find_word(f, "unknown setting", key, rest);
}

static void read_setting(file *f, ef_slice key, ef_slice value)
{
    unsigned bit = 0;
    double number;
    const ef_setting *setting = find_setting(f, key, &bit);
    if (setting == NULL) {
        find_unknown(f, key);
    } else if (!read_value(setting, value, &number) || number < setting->low ||
               number > setting->high) {
        char rest[128];
        snprintf(rest, sizeof rest, " %s", setting->must);
        find_word(f, "the value of", key, rest);
    } else if (f->seen >> bit & 1) {
        find_word(f, "the setting", key, " is given twice");
    } else {
        f->seen |= UINT64_C(1) << bit;
        set_value(f->rule, setting, number);
    }
}

static void read_pair(file *f, ef_slice line)
{
    const uint8_t *equals = memchr(line.data, '=', line.size);
    if (equals == NULL) {
        find(f, f->line, "a line is 'key = value', a section, or a comment after ';'");
        return;
    }
    size_t at = (size_t)(equals - line.data);
    ef_slice key = trim((ef_slice){ line.data, at });
    ef_slice value = trim((ef_slice){ equals + 1, line.size - at - 1 });
    if (is(key, "kind")) {
        if (f->rule->kind == NULL)
            read_kind(f, value);
        else
            find(f, f->line, "the kind is given twice");
    } else if (f->rule->kind == NULL) {
        find(f, f->line, "the first line of a rule is its kind, such as kind = shift");
        f->is_bad_section = true;
        f->rule = NULL;
    } else if (is(key, "group")) {
        read_text(f, "group", value, f->rule->group, sizeof f->rule->group);
    } else if (is(key, "summary")) {
        read_text(f, "summary", value, f->rule->summary, sizeof f->rule->summary);
    } else if (is(key, "severity")) {
        read_severity(f, value);
    } else {
        read_setting(f, key, value);
    }
}

static void read_line(file *f, ef_slice line)
{
    line = trim(line);
    if (line.size == 0 || line.data[0] == ';' || line.data[0] == '#')
        return;
    if (line.data[0] == '[')
        read_section(f, line);
    else if (f->rule != NULL)
        read_pair(f, line);
    else if (!f->is_bad_section)
        find(f, f->line, "a setting stands before the first section, such as [alert.NAME]");
}

static void read_lines(file *f, ef_slice bytes)
{
    static const char mark[] = "\xEF\xBB\xBF"; /* some editors begin a file so */
    size_t at = bytes.size >= 3 && memcmp(bytes.data, mark, 3) == 0 ? 3 : 0;
    while (at < bytes.size) {
        const uint8_t *end = memchr(bytes.data + at, '\n', bytes.size - at);
        size_t next = end != NULL ? (size_t)(end - bytes.data) : bytes.size;
        f->line++;
        read_line(f, (ef_slice){ bytes.data + at, next - at });
        at = next + 1;
    }
    finish_rule(f);
}

static uint64_t hash_text(const char *text)
{
    return ef_hash_bytes((const uint8_t *)text, strlen(text));
}

/* What a rule says, as a number: of its bytes, but for the kind's address and its place. */
static void print_rule(ef_rule *rule)
{
    ef_rule copy_of;
    memcpy(&copy_of, rule, sizeof copy_of); /* paddings, too */
    copy_of.kind = NULL;
    copy_of.line = 0;
    copy_of.print = copy_of.identity = copy_of.grouping = 0;
    rule->print = ef_hash_combine(hash_text(rule->kind->name),
                                  ef_hash_bytes((const uint8_t *)&copy_of, sizeof copy_of));
    rule->identity = ef_hash_combine(hash_text(rule->name), hash_text(rule->group));
}

ef_status ef_rules_read(ef_rules **rules, ef_slice bytes, ef_rules_finding_fn *found,
                        void *user, ef_error *error)
{
    file f = { .found = found, .user = user };
    if (bytes.data == NULL)
        bytes = ef_slice_of(ef_rules_built_in());
    *rules = NULL;
    f.rules = calloc(1, sizeof *f.rules);
    if (f.rules != NULL)
        f.rules->items = calloc(MOST_RULES, sizeof *f.rules->items);
    if (f.rules == NULL || f.rules->items == NULL) {
        ef_rules_free(f.rules);
        return ef_error_memory(error);
    }
    read_lines(&f, bytes);
    if (f.errors == 0 && f.rules->count == 0)
        find(&f, f.line > 0 ? f.line : 1, "there is no rule in it: a rule is [alert.NAME]");
    if (f.errors > 0) {
        ef_rules_free(f.rules);
        return ef_error_set_at(error, EF_ERR_FORMAT, f.first_line, 0, 0, "%s", f.first);
    }
    for (size_t i = 0; i < f.rules->count; i++)
        print_rule(&f.rules->items[i]);
    *rules = f.rules;
    return EF_OK;
}

void ef_rules_free(ef_rules *rules)
{
    if (rules == NULL)
        return;
    free(rules->items);
    free(rules);
}

size_t ef_rules_count(const ef_rules *rules)
{
    return rules->count;
}
