/* SPDX-License-Identifier: MIT
 * input/chatlog_time.c - what the lines of a chat log say about time.
 *
 * A line that has a clock and no date takes its day from a line above or from the file's
 * name; where neither tells, its time is absent, for a day made up would be a lie.
 * A place packs into 64 bits so that a block can be read without those before it:
 *
 *     day 16 | in dropped 1 | last minute 27 | minutes of the conversation before it 20
 *
 * which reaches to the year 2149 and to conversations of two years. */
#include "input/chatlog.h"

#include "base/zone.h"
#include "input/chat_record.h"
#include "input/times.h"

enum { DAY_BITS = 16, LAST_BITS = 27, SPAN_BITS = 20, DAY_SECONDS = 86400 };

static const int64_t DAY_MS = 86400000;

ef_chat_place ef_chat_place_unpack(uint64_t state)
{
    uint32_t last = state >> SPAN_BITS & ((1u << LAST_BITS) - 1);
    return (ef_chat_place){ .day = (uint32_t)(state >> (64 - DAY_BITS)),
                            .is_in_dropped = state >> (SPAN_BITS + LAST_BITS) & 1,
                            .last = last,
                            .begun = last - (state & ((1u << SPAN_BITS) - 1)) };
}

uint64_t ef_chat_place_pack(const ef_chat_place *place)
{
    uint32_t span = place->last - place->begun, most = (1u << SPAN_BITS) - 1;
    return (uint64_t)place->day << (64 - DAY_BITS) |
           (uint64_t)place->is_in_dropped << (SPAN_BITS + LAST_BITS) |
           (uint64_t)place->last << SPAN_BITS | (span < most ? span : most);
}

/* The number of n digits at p, -1 if these are none. */
static int digits_at(const uint8_t *p, size_t n)
{
    int value = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i] < '0' || p[i] > '9')
            return -1;
        value = value * 10 + (p[i] - '0');
    }
    return value;
}

/* The day of a month and day in the year of a day above, or, around New Year, the next. */
static bool complete_day(const ef_line_match *match, int64_t above, int64_t *day)
{
    static const uint8_t digits[3] = { 4, 2, 2 };
    enum { HALF_A_YEAR = 183 };
    char text[EF_CHAT_TIME_SIZE];
    ef_chat_time_text(above * DAY_MS, text);
    int year = digits_at((const uint8_t *)text, 4);
    int part[3] = { year, match->named_month, match->part[0] };
    if (!ef_time_days(part, digits, 0, EF_DATE_YMD, day))
        return false;
    part[0]++;
    return *day >= above - HALF_A_YEAR || ef_time_days(part, digits, 0, EF_DATE_YMD, day);
}

/* The day of a line in days since 1970; false if what it says is no date. *day is 0 where
 * nothing says it. */
static bool day_of(const ef_layout *layout, const ef_line_match *match,
                   const ef_chat_place *place, int64_t *day)
{
    const ef_chatlog *log = layout->own;
    *day = place->day != 0 ? place->day : log->file_day;
    if (match->has_no_year)
        return *day == 0 || complete_day(match, *day, day);
    return !match->has_date || ef_time_days(match->part, match->digits, match->named_month,
                                            layout->date_order, day);
}

ef_chat_when ef_chatlog_time(const ef_layout *layout, const ef_line_match *match,
                             const ef_chat_place *place, int64_t *time_ms)
{
    const ef_chatlog *log = layout->own;
    int64_t day;
    if (log->pattern != NULL && !match->has_clock && match->when.size > 0)
        return ef_time_read(match->when, layout->zone, layout->date_order, layout->now_ms,
                            time_ms)
                   ? EF_CHAT_TIME_KNOWN
                   : EF_CHAT_TIME_BAD;
    if (!match->has_clock)
        return EF_CHAT_TIME_ABSENT;
    if (!day_of(layout, match, place, &day))
        return EF_CHAT_TIME_BAD;
    if (day == 0)
        return match->has_date ? EF_CHAT_TIME_BAD : EF_CHAT_TIME_ABSENT;
    int64_t seconds =
        day * DAY_SECONDS + match->hour * 3600 + match->minute * 60 + match->second;
    if (match->has_zone)
        seconds -= (int64_t)match->zone_minutes * 60;
    else if (layout->zone != NULL)
        seconds = ef_zone_to_utc(layout->zone, seconds);
    *time_ms = seconds * 1000 + match->millisecond;
    bool is_possible = *time_ms >= 0 && *time_ms - DAY_MS <= layout->now_ms;
    return is_possible ? EF_CHAT_TIME_KNOWN : EF_CHAT_TIME_BAD;
}

/* The messages of a log are one conversation unless silence parts them. A clock that goes
 * back parts nothing. */
static void count_message(const ef_layout *layout, int64_t time_ms, ef_chat_place *place)
{
    uint32_t minute = (uint32_t)(time_ms / 60000);
    bool is_new = place->last == 0 ||
                  (minute > place->last && minute - place->last >= layout->gap_minutes);
    if (is_new)
        place->begun = minute;
    if (is_new || minute > place->last)
        place->last = minute;
}

void ef_chatlog_pass(const ef_layout *layout, const ef_chat_line *line,
                     ef_chat_place *place)
{
    int64_t time_ms;
    place->is_in_dropped = false;
    if (line->kind == EF_LINE_DAY) {
        /* Without a zone the milliseconds count from the local midnight. */
        bool is_day = ef_time_read(line->match.when, NULL, layout->date_order,
                                   layout->now_ms, &time_ms);
        place->day = is_day ? (uint32_t)(time_ms / DAY_MS) : 0;
    }
    if (layout->gap_minutes > 0 && line->kind == EF_LINE_MESSAGE &&
        ef_chatlog_time(layout, &line->match, place, &time_ms) == EF_CHAT_TIME_KNOWN)
        count_message(layout, time_ms, place);
}

/* --- names of files ------------------------------------------------------------------ */

static bool is_digit_at(ef_slice name, size_t at)
{
    return at < name.size && name.data[at] >= '0' && name.data[at] <= '9';
}

/* The day at p[0..n), and the size of what says so; 0 if there is none. */
static uint32_t day_at(ef_slice name, size_t at, size_t *size)
{
    static const uint8_t digits[3] = { 4, 2, 2 };
    size_t gap = at + 4 < name.size && name.data[at + 4] == '-' ? 1 : 0;
    int64_t days;
    *size = 8 + 2 * gap;
    if (at + *size > name.size || is_digit_at(name, at + *size) ||
        (at > 0 && is_digit_at(name, at - 1)) || (gap > 0 && name.data[at + 7] != '-'))
        return 0;
    const uint8_t *p = name.data + at;
    int part[3] = { digits_at(p, 4), digits_at(p + 4 + gap, 2),
                    digits_at(p + 6 + 2 * gap, 2) };
    bool is_day = part[0] >= 1970 && part[0] < 2149 &&
                  ef_time_days(part, digits, 0, EF_DATE_YMD, &days);
    return is_day ? (uint32_t)days : 0;
}

/* What stands behind the last slash, or the last colon of an archive's member. */
static ef_slice last_part(ef_slice name)
{
    for (size_t i = name.size; i > 0; i--)
        if (name.data[i - 1] == '/')
            return (ef_slice){ name.data + i, name.size - i };
    return name;
}

static uint32_t find_day(ef_slice name, size_t *at)
{
    size_t size;
    for (*at = 0; *at < name.size; ++*at) {
        uint32_t day = is_digit_at(name, *at) ? day_at(name, *at, &size) : 0;
        if (day > 0)
            return day;
    }
    return 0;
}

uint32_t ef_chatlog_day_of_name(ef_slice name)
{
    size_t at;
    return find_day(last_part(name), &at);
}

/* What stands in a name before its day or its suffix. */
static ef_slice without_day(ef_slice name)
{
    size_t at;
    if (find_day(name, &at) != 0) {
        while (at > 0 && memchr("_-.", name.data[at - 1], 3) != NULL)
            at--;
        return (ef_slice){ name.data, at };
    }
    for (at = name.size; at > 0 && name.data[at - 1] != '.';)
        at--;
    return (ef_slice){ name.data, at > 0 ? at - 1 : name.size };
}

ef_slice ef_chatlog_channel_of_name(ef_slice name)
{
    ef_slice part = last_part(name);
    ef_slice own = without_day(part);
    const uint8_t *sign = own.size == 0 ? NULL : memchr(own.data, '#', own.size);
    if (sign != NULL)
        return (ef_slice){ sign, (size_t)(own.data + own.size - sign) };
    /* Bouncers keep a folder a channel, and a file a day. */
    size_t above = name.size - part.size;
    ef_slice folder = last_part((ef_slice){ name.data, above > 0 ? above - 1 : 0 });
    bool is_channel = own.size == 0 && folder.size > 0 && folder.data[0] == '#';
    return is_channel ? folder : (ef_slice){ NULL, 0 };
}
