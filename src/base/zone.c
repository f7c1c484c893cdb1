/* SPDX-License-Identifier: MIT
 * base/zone.c - time zones for times that carry none.
 *
 * A zone becomes a sorted list of changes in local time. What a change skips or repeats is
 * read with the offset before it, so a change counts from the later of its two local times
 * on, and finding an offset is one binary search.
 * TZif files are foreign bytes: every count is checked against the size of the file. */
#include "base/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

enum {
    FILE_LIMIT = 1 << 20,    /* the largest file of the tz database has 4 KiB */
    CHANGE_LIMIT = 4096,     /* read from a file; the most in the database are 240 */
    LAST_RULE_YEAR = 2100,   /* the rule of the footer is written out up to here */
    OFFSET_LIMIT = 26 * 3600 /* RFC 8536 recommends -25h to +26h */
};

typedef struct change {
    int64_t local; /* from this local time on */
    int32_t offset;
} change;

struct ef_zone {
    int32_t first_offset; /* before the first change */
    size_t count;
    change *changes;
};

int64_t ef_days_from_date(int64_t year, unsigned month, unsigned day)
{
    /* Years begin in March here, so that the leap day is the last one of its year. */
    int64_t shifted = month <= 2 ? year - 1 : year;
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t year_of_era = shifted - era * 400;
    int64_t month_of_year = month > 2 ? (int64_t)month - 3 : (int64_t)month + 9;
    int64_t day_of_year = (153 * month_of_year + 2) / 5 + (int64_t)day - 1;
    int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468; /* days from 0000-03-01 to 1970-01-01 */
}

static int64_t year_of(int64_t seconds)
{
    int64_t year = 1970 + seconds / 31556952; /* mean Gregorian year; one off at most */
    while (ef_days_from_date(year, 1, 1) * 86400 > seconds)
        year--;
    while (ef_days_from_date(year + 1, 1, 1) * 86400 <= seconds)
        year++;
    return year;
}

static bool add_change(ef_zone *zone, size_t *capacity, int64_t utc, int32_t offset)
{
    if (zone->count == *capacity) {
        size_t wanted = *capacity == 0 ? 256 : *capacity * 2;
        change *grown = realloc(zone->changes, wanted * sizeof *grown);
        if (grown == NULL)
            return false;
        zone->changes = grown;
        *capacity = wanted;
    }
    int32_t before =
        zone->count == 0 ? zone->first_offset : zone->changes[zone->count - 1].offset;
    zone->changes[zone->count++] =
        (change){ utc + (before > offset ? before : offset), offset };
    return true;
}

typedef struct day_rule {
    char kind; /* 'M': month, week, day; 'J': day 1-365 without Feb 29; '0': day 0-365 */
    int month, week, day;
    int32_t seconds; /* after midnight, local time */
} day_rule;

typedef struct zone_rule {
    int32_t standard, summer;
    bool has_summer;
    day_rule begin, end;
} zone_rule;

static bool read_int(const char **at, int limit, int *value)
{
    *value = 0;
    if (**at < '0' || **at > '9')
        return false;
    while (**at >= '0' && **at <= '9' && *value <= limit)
        *value = *value * 10 + (*(*at)++ - '0');
    return *value <= limit;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool read_clock(const char **at, int32_t *seconds)
{
    bool is_negative = **at == '-';
    if (**at == '-' || **at == '+')
        ++*at;
    int parts[3] = { 0, 0, 0 };
    if (!read_int(at, 167, &parts[0]))
        return false;
    for (int i = 1; i < 3 && **at == ':'; i++) {
        ++*at;
        if (!read_int(at, 59, &parts[i]))
            return false;
    }
    *seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
    if (is_negative)
        *seconds = -*seconds;
    return true;
}

static bool skip_name(const char **at)
{
    const char *start = *at;
    if (**at == '<') {
        while (**at != '\0' && **at != '>')
            ++*at;
        return *(*at)++ == '>';
    }
    while ((**at | 32) >= 'a' && (**at | 32) <= 'z')
        ++*at;
    return *at > start;
}

static bool read_day(const char **at, day_rule *rule)
{
    *rule = (day_rule){ .kind = '0', .seconds = 2 * 3600 };
    if (*(*at)++ != ',')
        return false;
    bool is_good;
    if (**at == 'M') {
        rule->kind = *(*at)++;
        is_good = read_int(at, 12, &rule->month) && *(*at)++ == '.' &&
                  read_int(at, 5, &rule->week) && *(*at)++ == '.' &&
                  read_int(at, 6, &rule->day) && rule->month >= 1 && rule->week >= 1;
    } else {
        if (**at == 'J')
            rule->kind = *(*at)++;
        is_good = read_int(at, 365, &rule->day);
    }
    if (is_good && **at == '/') {
        ++*at;
        is_good = read_clock(at, &rule->seconds);
    }
    return is_good;
}

/* POSIX counts offsets west of Greenwich; ours are east. */
static bool read_rule(const char *at, zone_rule *rule)
{
    memset(rule, 0, sizeof *rule);
    if (!skip_name(&at) || !read_clock(&at, &rule->standard))
        return false;
    rule->standard = -rule->standard;
    if (*at == '\0')
        return true;
    rule->has_summer = true;
    rule->summer = rule->standard + 3600;
    if (!skip_name(&at))
        return false;
    if (*at != ',') {
        if (!read_clock(&at, &rule->summer))
            return false;
        rule->summer = -rule->summer;
    }
    return read_day(&at, &rule->begin) && read_day(&at, &rule->end) && *at == '\0';
}

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Local seconds of the moment a rule means in a year. */
static int64_t moment(const day_rule *rule, int64_t year)
{
    int64_t day = ef_days_from_date(year, 1, 1);
    if (rule->kind == '0') {
        day += rule->day;
    } else if (rule->kind == 'J') {
        day += rule->day - 1 + (is_leap(year) && rule->day >= 60);
    } else {
        unsigned month = (unsigned)rule->month;
        int64_t first = ef_days_from_date(year, month, 1);
        int64_t next = month == 12 ? ef_days_from_date(year + 1, 1, 1)
                                   : ef_days_from_date(year, month + 1, 1);
        int64_t weekday = ((first + 4) % 7 + 7) % 7; /* 1970-01-01 was a Thursday */
        day = first + (rule->day - weekday + 7) % 7 + (rule->week - 1) * 7;
        if (day >= next)
            day -= 7; /* week 5 is the last one */
    }
    return day * 86400 + rule->seconds;
}

static bool add_rule(ef_zone *zone, size_t *capacity, const zone_rule *rule, int64_t last)
{
    for (int64_t year = year_of(last); rule->has_summer && year <= LAST_RULE_YEAR; year++) {
        int64_t begin = moment(&rule->begin, year) - rule->standard;
        int64_t end = moment(&rule->end, year) - rule->summer;
        bool is_north = begin < end;
        int64_t first = is_north ? begin : end, second = is_north ? end : begin;
        int32_t in_first = is_north ? rule->summer : rule->standard;
        int32_t in_second = is_north ? rule->standard : rule->summer;
        if ((first > last && !add_change(zone, capacity, first, in_first)) ||
            (second > last && !add_change(zone, capacity, second, in_second)))
            return false;
    }
    return true;
}

static uint32_t be32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int64_t be_time(const uint8_t *p, size_t width)
{
    if (width == 4)
        return (int32_t)be32(p);
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

/* The counts of one header, and where its tables lie. */
typedef struct tables {
    size_t changes, types, names, leaps, standard_marks, utc_marks;
    size_t width; /* bytes of a time */
    size_t at, size;
} tables;

static bool read_header(const uint8_t *p, size_t n, size_t at, size_t width, tables *t)
{
    if (n < at || n - at < 44 || memcmp(p + at, "TZif", 4) != 0)
        return false;
    const uint8_t *counts = p + at + 20;
    t->utc_marks = be32(counts);
    t->standard_marks = be32(counts + 4);
    t->leaps = be32(counts + 8);
    t->changes = be32(counts + 12);
    t->types = be32(counts + 16);
    t->names = be32(counts + 20);
    t->width = width;
    t->at = at + 44;
    if (t->changes > CHANGE_LIMIT || t->types == 0 || t->types > 256 ||
        t->names > FILE_LIMIT || t->leaps > FILE_LIMIT || t->standard_marks > 256 ||
        t->utc_marks > 256)
        return false;
    t->size = t->changes * (width + 1) + t->types * 6 + t->names + t->leaps * (width + 4) +
              t->standard_marks + t->utc_marks;
    return n - t->at >= t->size;
}

static bool read_offset(const uint8_t *types, size_t index, int32_t *offset)
{
    *offset = (int32_t)be32(types + index * 6);
    return *offset > -OFFSET_LIMIT && *offset < OFFSET_LIMIT;
}

/* EF_OK, EF_ERR_FORMAT or EF_ERR_MEMORY; *last gets the time of the last change. */
static ef_status read_changes(ef_zone *zone, size_t *capacity, const uint8_t *p,
                              const tables *t, int64_t *last)
{
    const uint8_t *times = p + t->at;
    const uint8_t *indices = times + t->changes * t->width;
    const uint8_t *types = indices + t->changes;
    *last = INT64_MIN;
    if (!read_offset(types, 0, &zone->first_offset))
        return EF_ERR_FORMAT;
    for (size_t i = 0; i < t->changes; i++) {
        int64_t utc = be_time(times + i * t->width, t->width);
        int32_t offset;
        bool is_sane = utc > *last && utc < INT64_C(1) << 40 && indices[i] < t->types;
        if (!is_sane || !read_offset(types, indices[i], &offset))
            return EF_ERR_FORMAT;
        *last = utc;
        /* Some files begin with a change at the beginning of time; for us it is before
         * every date there is. */
        if (utc < -(INT64_C(1) << 40))
            zone->first_offset = offset;
        else if (!add_change(zone, capacity, utc, offset))
            return EF_ERR_MEMORY;
    }
    return EF_OK;
}

static ef_status read_footer(ef_zone *zone, size_t *capacity, const uint8_t *p, size_t n,
                             size_t at, int64_t last)
{
    char text[128];
    zone_rule rule;
    if (n - at < 2 || p[at] != '\n')
        return EF_OK;
    const uint8_t *end = memchr(p + at + 1, '\n', n - at - 1);
    size_t size = end == NULL ? 0 : (size_t)(end - (p + at + 1));
    if (size == 0 || size >= sizeof text)
        return EF_OK;
    memcpy(text, p + at + 1, size);
    text[size] = '\0';
    if (!read_rule(text, &rule))
        return EF_ERR_FORMAT;
    if (zone->count == 0 && last == INT64_MIN)
        last = 0; /* a rule and no table: written out from 1970 on */
    return add_rule(zone, capacity, &rule, last < 0 ? 0 : last) ? EF_OK : EF_ERR_MEMORY;
}

static ef_status read_zone(ef_zone *zone, const uint8_t *p, size_t n)
{
    tables t;
    size_t capacity = 0;
    int64_t last;
    if (!read_header(p, n, 0, 4, &t))
        return EF_ERR_FORMAT;
    bool has_second = p[4] >= '2';
    if (has_second && !read_header(p, n, t.at + t.size, 8, &t))
        return EF_ERR_FORMAT;
    ef_status status = read_changes(zone, &capacity, p, &t, &last);
    if (status == EF_OK && has_second)
        status = read_footer(zone, &capacity, p, n, t.at + t.size, last);
    return status;
}

/* Names are parts of a path below the database and nothing else. */
static bool is_zone_name(const char *name)
{
    if (name[0] == '/' || name[0] == '\0' || strlen(name) > 64 ||
        strstr(name, "..") != NULL)
        return false;
    for (const char *p = name; *p != '\0'; p++)
        if (!((*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'z') ||
              strchr("_-+/", *p) != NULL))
            return false;
    return true;
}

static ef_status read_file(ef_zone *zone, const char *name, ef_error *error)
{
    char path[128] = "/usr/share/zoneinfo/";
    strncat(path, name, sizeof path - strlen(path) - 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    uint8_t *bytes = fd < 0 ? NULL : malloc(FILE_LIMIT);
    ssize_t got = 1;
    size_t size = 0;
    while (bytes != NULL && got > 0 && size < FILE_LIMIT) {
        got = read(fd, bytes + size, FILE_LIMIT - size);
        if (got < 0 && errno == EINTR)
            got = 1;
        else if (got > 0)
            size += (size_t)got;
    }
    ef_status status = fd < 0 ? EF_ERR_ARGUMENT : bytes == NULL ? EF_ERR_MEMORY : EF_OK;
    if (status == EF_OK)
        status = got < 0 ? EF_ERR_ARGUMENT : read_zone(zone, bytes, size);
    free(bytes);
    if (fd >= 0)
        close(fd);
    if (status == EF_ERR_MEMORY)
        return ef_error_memory(error);
    if (status != EF_OK)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "no time zone '%s' on this system: use UTC, +02:00 or a name "
                            "like Europe/Berlin",
                            name);
    return EF_OK;
}

/* +02:00, -0530, +2. */
static bool read_fixed(const char *name, int32_t *offset)
{
    const char *at = name + 1;
    int hours, minutes = 0;
    if ((name[0] != '+' && name[0] != '-') || !read_int(&at, 9999, &hours))
        return false;
    size_t digits = (size_t)(at - name) - 1;
    if (*at == ':' && digits <= 2) {
        at++;
        if (!read_int(&at, 59, &minutes))
            return false;
    } else if (digits > 2) {
        minutes = hours % 100;
        hours /= 100;
    }
    if (*at != '\0' || hours > 25 || minutes > 59)
        return false;
    *offset = (hours * 60 + minutes) * 60;
    if (name[0] == '-')
        *offset = -*offset;
    return true;
}

ef_status ef_zone_open(ef_zone **zone, const char *name, ef_error *error)
{
    *zone = NULL;
    ef_zone *made = calloc(1, sizeof *made);
    if (made == NULL)
        return ef_error_memory(error);
    ef_status status = EF_OK;
    bool is_utc = strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0;
    if (!is_utc && !read_fixed(name, &made->first_offset)) {
        if (is_zone_name(name))
            status = read_file(made, name, error);
        else
            status = ef_error_set(error, EF_ERR_ARGUMENT, "'%.40s' is no time zone", name);
    }
    if (status != EF_OK) {
        ef_zone_free(made);
        return status;
    }
    *zone = made;
    return EF_OK;
}

void ef_zone_free(ef_zone *zone)
{
    if (zone != NULL)
        free(zone->changes);
    free(zone);
}

int64_t ef_zone_to_utc(const ef_zone *zone, int64_t local_seconds)
{
    size_t low = 0,
           high = zone->count; /* changes before low are past, from high on ahead */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle].local <= local_seconds)
            low = middle + 1;
        else
            high = middle;
    }
    return local_seconds - (low == 0 ? zone->first_offset : zone->changes[low - 1].offset);
}

/* When a change is, in UTC: add_change counted it from the later of its two local times. */
static int64_t utc_of(const ef_zone *zone, size_t index)
{
    int32_t before = index == 0 ? zone->first_offset : zone->changes[index - 1].offset;
    int32_t after = zone->changes[index].offset;
    return zone->changes[index].local - (before > after ? before : after);
}

int64_t ef_zone_to_local(const ef_zone *zone, int64_t utc_seconds)
{
    size_t low = 0, high = zone->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (utc_of(zone, middle) <= utc_seconds)
            low = middle + 1;
        else
            high = middle;
    }
    return utc_seconds + (low == 0 ? zone->first_offset : zone->changes[low - 1].offset);
}
