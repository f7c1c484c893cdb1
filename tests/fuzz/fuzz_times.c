/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_times.c - any bytes as a time, a rating, a scale and a zone.
 *
 * The first byte chooses the order of dates and the zone, the rest is one cell, or several
 * parted by LF for what is decided from a column. */
#include "fuzz.h"

#include "input/ratings.h"
#include "input/times.h"

#define NOW INT64_C(1893456000000) /* 2030-01-01 */

enum { CELLS = 64 };

static void read_time(ef_slice cell, const ef_zone *zone, ef_date_order order)
{
    int64_t time_ms = -1;
    if (!ef_time_read(cell, zone, order, NOW, &time_ms))
        return;
    REQUIRE(time_ms >= 0 && time_ms <= NOW + 86400000);
    /* Blanks around a time are not part of it. */
    enum { SMALL = 100 };
    uint8_t room[SMALL + 2];
    if (cell.size > SMALL)
        return;
    room[0] = room[cell.size + 1] = ' ';
    memcpy(room + 1, cell.data, cell.size);
    int64_t again = -1;
    REQUIRE(ef_time_read((ef_slice){ room, cell.size + 2 }, zone, order, NOW, &again));
    REQUIRE(again == time_ms);
}

static void read_rating(ef_slice cell, ef_rating_scale scale)
{
    double value = 0;
    ef_rating_scale own = { 0, 0 };
    if (ef_rating_read(cell, &value, &own)) {
        REQUIRE(value == value && value > -1e300 && value < 1e300);
        REQUIRE(own.low <= own.high);
    }
    ef_rating rating;
    memset(&rating, 0, sizeof rating);
    bool is_good = ef_rating_fill(&rating, cell, scale);
    REQUIRE(fuzz_is_equal(rating.raw, cell));
    REQUIRE(is_good || cell.size > 0);
    if (!rating.is_known)
        return;
    REQUIRE(is_good);
    REQUIRE(rating.low < rating.high);
    REQUIRE(rating.value >= rating.low && rating.value <= rating.high);
    REQUIRE(rating.scaled >= -10000 && rating.scaled <= 10000);
}

/* Names of zones are a user's and not a file's, and only these need no file to be read. */
static void open_zone(const uint8_t *p, size_t n)
{
    char name[16] = { 0 };
    memcpy(name, p, n < sizeof name - 1 ? n : sizeof name - 1);
    if (name[0] != '+' && name[0] != '-')
        return;
    ef_zone *zone = NULL;
    ef_error error = { 0 };
    ef_status status = ef_zone_open(&zone, name, &error);
    fuzz_check_error(status, &error);
    if (status != EF_OK)
        return;
    int64_t utc = ef_zone_to_utc(zone, 1700000000);
    REQUIRE(utc > 1700000000 - 100 * 3600 && utc < 1700000000 + 100 * 3600);
    ef_zone_free(zone);
}

static size_t split(ef_slice bytes, ef_slice *cells)
{
    size_t count = 0;
    for (size_t begin = 0; begin <= bytes.size && count < CELLS;) {
        size_t end = begin;
        while (end < bytes.size && bytes.data[end] != '\n')
            end++;
        cells[count++] = (ef_slice){ bytes.data + begin, end - begin };
        begin = end + 1;
    }
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static ef_zone *zones[2];
    if (zones[0] == NULL)
        REQUIRE(ef_zone_open(&zones[0], "UTC", NULL) == EF_OK &&
                ef_zone_open(&zones[1], "-05:30", NULL) == EF_OK);
    fuzz_bytes bytes = { data, size };
    uint8_t choice = fuzz_byte(&bytes);
    const ef_zone *zone = zones[choice >> 2 & 1];
    uint8_t *copy = fuzz_copy(bytes.p, bytes.n);
    ef_slice cells[CELLS];
    size_t count = split((ef_slice){ copy, bytes.n }, cells);
    ef_arena arena = { NULL };
    const char *why = NULL;
    ef_date_order order = ef_date_order_decide(cells, count, 1, &why);
    REQUIRE(order >= EF_DATE_UNKNOWN && order <= EF_DATE_YMD && why != NULL);
    why = NULL;
    ef_rating_scale scale =
        ef_rating_decide(cells, count, 1, ef_slice_of("rating"), &arena, &why);
    REQUIRE(scale.low <= scale.high && why != NULL);
    for (size_t i = 0; i < count; i++) {
        read_time(cells[i], zone, order);
        read_time(cells[i], zone, (ef_date_order)(choice & 3));
        read_rating(cells[i], scale);
        read_rating(cells[i], (ef_rating_scale){ 1, 5 });
    }
    open_zone(copy, bytes.n);
    ef_arena_release(&arena);
    free(copy);
    return 0;
}
