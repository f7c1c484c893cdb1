/* SPDX-License-Identifier: MIT
 * test_day_cells.c - sums by cluster and day, however the input was cut; what is low, what
 * is high. */
#include <criterion/criterion.h>

#include "hearing.h"
#include "tally/day_cells.h"

static void add(ef_day_cells *cells, const told *it)
{
    hearing made;
    cr_assert(ef_day_cells_add(cells, hearing_of(&made, it)));
}

static ef_rating rating(ef_rating_kind kind, double value, double low, double high)
{
    double share = (value - low) / (high - low);
    return (ef_rating){ .is_known = true,
                        .value = value,
                        .low = low,
                        .high = high,
                        .scaled = (int32_t)(share * 20000 + 0.5) - 10000,
                        .kind = kind };
}

static ef_day_cell of_answers(ef_rating_kind kind, double low, double high)
{
    ef_day_cells cells = { 0 };
    for (double value = low; value <= high; value++) {
        told it = { .author = "mara", .rating = rating(kind, value, low, high) };
        it.is_unlabelled = true;
        add(&cells, &it);
    }
    cr_assert_eq(cells.count, 1);
    ef_day_cell cell = cells.items[0];
    ef_day_cells_release(&cells);
    return cell;
}

static void expect(ef_day_cell cell, uint32_t answers, uint32_t low, uint32_t high,
                   uint32_t top)
{
    cr_assert(cell.answers == answers && cell.low == low && cell.high == high &&
                  cell.top == top,
              "%u: %u %u %u", cell.answers, cell.low, cell.high, cell.top);
}

Test(day_cells, know_what_is_low_and_high_of_each_kind)
{
    expect(of_answers(EF_RATING_NPS, 0, 10), 11, 7, 2, 2);
    expect(of_answers(EF_RATING_CSAT, 1, 5), 5, 2, 2, 1);
    expect(of_answers(EF_RATING_CES, 1, 7), 7, 3, 3, 2);
    expect(of_answers(EF_RATING_CES, 1, 5), 5, 2, 2, 1);
    expect(of_answers(EF_RATING_PLAIN, 1, 5), 5, 2, 2, 1);
    cr_assert_eq(of_answers(EF_RATING_CSAT, 1, 5).rating, 1500);
}

Test(day_cells, hold_days_sides_and_kinds_apart)
{
    ef_day_cells cells = { 0 };
    const told days[] = { { .author = "mara", .score = 5000 },
                          { .author = "mara", .score = -5000, .second = 10 },
                          { .author = "mara", .score = 0, .second = 86400 },
                          { .author = "mara", .score = 0, .is_untimed = true },
                          { .author = "jo", .role = EF_ROLE_STAFF, .score = 9000 } };
    for (size_t i = 0; i < 5; i++)
        add(&cells, &days[i]);
    ef_day_cells_settle(&cells);
    cr_assert_eq(cells.count, 3);
    cr_assert_eq(ef_day_cell_day(&cells.items[0]), EF_UNTIMED_DAY);
    cr_assert_eq(ef_day_cell_day(&cells.items[1]), EPOCH_2024 / 86400);
    cr_assert(cells.items[1].n == 2 && cells.items[1].negative == 1 &&
              cells.items[1].positive == 1 && cells.items[1].score == 0);
    ef_day_cells_release(&cells);
}

Test(day_cells, count_all_answers_of_a_survey_unless_it_is_excluded)
{
    ef_day_cells cells = { 0 };
    told it = { .author = "mara", .rating = rating(EF_RATING_NPS, 9, 0, 10) };
    hearing made;
    hearing_of(&made, &it);
    made.record.answers[0] = rating(EF_RATING_CES, 2, 1, 7);
    cr_assert(ef_day_cells_add(&cells, &made.heard));
    made.record.is_excluded = true;
    cr_assert(ef_day_cells_add(&cells, &made.heard));
    ef_day_cells_settle(&cells);
    cr_assert_eq(cells.count, 2);
    cr_assert(cells.items[0].n == 2 && cells.items[0].answers == 1);
    cr_assert(ef_day_cell_kind(&cells.items[1]) == EF_RATING_CES &&
              cells.items[1].low == 1);
    cr_assert_eq(cells.excluded, 1);
    ef_day_cells_release(&cells);
}

static void save(ef_day_cells *cells, ef_buffer *out)
{
    ef_day_cells_settle(cells);
    cr_assert(ef_day_cells_save(cells, out));
    ef_day_cells_release(cells);
}

Test(day_cells, are_the_same_however_they_were_cut_and_merged)
{
    ef_buffer whole = { 0 };
    for (int round = 0; round < 100; round++) {
        ef_day_cells parts[3] = { 0 }, all = { 0 };
        uint64_t state = 1, cuts = (uint64_t)round * 977 + 1;
        for (int i = 0; i < 500; i++) {
            uint64_t r = next_random(&state);
            char author[] = { 'a', (char)('a' + r % 20), 0 };
            told it = { .author = author,
                        .score = (int32_t)(r / 64 % 20001) - 10000,
                        .second = (int64_t)(r / 16777216 % 10) * 86400,
                        .rating = rating((ef_rating_kind)(r % 4), 5, 1, 5) };
            add(&parts[round == 0 ? 0 : next_random(&cuts) % 3], &it);
        }
        for (int i = 0; i < 3; i++) {
            cr_assert(ef_day_cells_merge(&all, &parts[(i + round) % 3]));
            ef_day_cells_release(&parts[(i + round) % 3]);
        }
        ef_buffer bytes = { 0 };
        save(&all, round == 0 ? &whole : &bytes);
        if (round > 0)
            cr_assert(bytes.size == whole.size &&
                      memcmp(bytes.data, whole.data, whole.size) == 0);
        ef_buffer_release(&bytes);
    }
    ef_day_cells again = { 0 };
    ef_unpack in = { ef_buffer_slice(&whole), false };
    ef_buffer twice = { 0 };
    cr_assert(ef_day_cells_load(&again, &in) && !in.failed && in.rest.size == 0);
    save(&again, &twice);
    cr_assert(twice.size == whole.size && memcmp(twice.data, whole.data, whole.size) == 0);
    for (size_t size = 0; size < whole.size; size += 7) {
        ef_unpack cut = { { whole.data, size }, false };
        cr_assert(ef_day_cells_load(&again, &cut) && cut.failed);
        ef_day_cells_release(&again);
    }
    ef_buffer_release(&whole);
    ef_buffer_release(&twice);
}

Test(day_cells, of_too_many_clusters_are_those_with_the_smallest_hashes)
{
    enum { CLUSTERS = EF_MOST_DAY_CELLS + 1000 };
    ef_day_cells up = { 0 }, down = { 0 };
    const told it = { .author = "mara", .score = 5000 };
    hearing made;
    hearing_of(&made, &it);
    for (uint64_t i = 0; i < CLUSTERS; i++) {
        made.heard.cluster = i * EF_HASH_K1 + 1;
        cr_assert(ef_day_cells_add(&up, &made.heard));
        made.heard.cluster = (CLUSTERS - 1 - i) * EF_HASH_K1 + 1;
        cr_assert(ef_day_cells_add(&down, &made.heard));
    }
    cr_assert(up.level == 1 && down.level == 1 && up.count == down.count);
    cr_assert(up.count > EF_MOST_DAY_CELLS / 2 - 5000 && up.count <= EF_MOST_DAY_CELLS);
    ef_day_cells_settle(&up);
    ef_day_cells_settle(&down);
    cr_assert_eq(memcmp(up.items, down.items, up.count * sizeof *up.items), 0);
    ef_day_cells_release(&up);
    ef_day_cells_release(&down);
}
