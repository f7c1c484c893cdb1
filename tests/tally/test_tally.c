/* SPDX-License-Identifier: MIT
 * Every part of a tally, held to what all of them promise. */
#include "tally/tally.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { MESSAGES = 300, SPLITS = 1000, MOST_PARTS = 8 };

/* A few hundred messages of every kind: with and without author, conversation, time, rating
 * and text; repeated ones; staff; sides of a comparison. */
typedef struct message {
    char id[16], author[16], conversation[16], text[80], product[16];
    ef_record record;
    ef_score score;
    ef_slice groups[2];
} message;

static uint64_t state;

static unsigned draw(unsigned below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)(state >> 33) % below;
}

static const char *const words[] = { "delivery", "kettle", "arrived", "late",   "lovely",
                                     "broken",   "the",    "and",     "refund", "battery",
                                     "lamp",     "agent",  "slow",    "thanks", "great",
                                     "box",      "not",    "again" };

static void write_text(char *text, size_t room)
{
    unsigned count = draw(9);
    text[0] = '\0';
    for (unsigned i = 0; i < count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, room - used, "%s%s", i > 0 ? " " : "",
                 words[draw(sizeof words / sizeof words[0])]);
    }
}

static void judge(ef_score *score, bool is_empty)
{
    *score = (ef_score){ .coverage = EF_UNIT };
    if (is_empty || draw(20) == 0) {
        score->language = is_empty ? EF_LANGUAGE_MODEL : EF_LANGUAGE_UNKNOWN;
        return;
    }
    score->label = (ef_label)(EF_LABEL_NEGATIVE + draw(3));
    score->score = (int32_t)draw(20001) - EF_UNIT;
    score->mixed = draw(5) == 0;
    score->emotion = (ef_emotion)draw(EF_EMOTION_COUNT);
    score->signals = draw(4) == 0 ? 1u << draw(EF_SIGNAL_COUNT) : 0;
    score->p_negative = score->label == EF_LABEL_NEGATIVE ? 6000 : 2000;
    score->p_positive = score->label == EF_LABEL_POSITIVE ? 6000 : 2000;
    score->p_neutral = EF_UNIT - score->p_negative - score->p_positive;
    score->confidence = 6000;
    score->sentences = 1;
}

static void make_message(message *m, unsigned number)
{
    static const double highs[] = { 5, 5, 5, 10, 7 };
    *m = (message){ 0 };
    snprintf(m->id, sizeof m->id, "R%u", draw(10) == 0 ? 7 : number);
    if (draw(3) > 0)
        snprintf(m->author, sizeof m->author, "a%u@b.example", draw(40));
    if (draw(3) == 0)
        snprintf(m->conversation, sizeof m->conversation, "c%u", draw(30));
    snprintf(m->product, sizeof m->product, draw(6) == 0 ? "" : "thing %u", draw(7));
    write_text(m->text, sizeof m->text);
    ef_record *record = &m->record;
    record->id = ef_slice_of(m->id);
    record->author = ef_slice_of(m->author);
    record->conversation = ef_slice_of(m->conversation);
    record->text = ef_slice_of(m->text);
    record->role = (ef_role)draw(5);
    record->has_time = draw(8) > 0;
    record->time_ms =
        INT64_C(1772323200000) + (int64_t)draw(90) * 86400000 + draw(86400000);
    if (draw(2) == 0) {
        ef_rating *rating = &record->rating;
        rating->is_known = true;
        rating->low = draw(2);
        rating->high = highs[draw(5)];
        rating->value = rating->low + draw((unsigned)(rating->high - rating->low) + 1);
        rating->scaled = (int32_t)((rating->value - rating->low) /
                                   (rating->high - rating->low) * 20000) -
                         10000;
    }
    judge(&m->score, m->text[0] == '\0');
    m->groups[0] = ef_slice_of(m->product);
    m->groups[1] = ef_slice_of(number % 2 == 0 ? "web" : "shop");
}

static message *make_messages(uint64_t seed)
{
    message *messages = calloc(MESSAGES, sizeof *messages);
    cr_assert_not_null(messages);
    state = seed;
    for (unsigned i = 0; i < MESSAGES; i++)
        make_message(&messages[i], i);
    return messages;
}

static void make_plan(ef_plan *plan)
{
    static const char *const groups[] = { "product,channel" };
    ef_plan_wishes wishes = {
        .zone = "+02:00", .groups = groups, .group_count = 1, .before = "2026-04-14"
    };
    cr_assert_eq(ef_plan_make(plan, &wishes, NULL), EF_OK);
}

static void add(ef_tally *tally, const message *m)
{
    ef_heard heard;
    cr_assert(ef_heard_of(&heard, tally->plan, &m->record, &m->score, m->groups));
    cr_assert(ef_tally_add(tally, &heard));
}

static ef_buffer saved(ef_tally *tally)
{
    ef_buffer bytes = { 0 };
    cr_assert(ef_tally_settle(tally) && ef_tally_save(tally, &bytes));
    return bytes;
}

static void expect_bytes(ef_tally *tally, ef_slice expected)
{
    ef_buffer bytes = saved(tally);
    cr_assert_eq(bytes.size, expected.size);
    for (size_t i = 0; i < bytes.size; i++)
        cr_assert_eq(bytes.data[i], expected.data[i], "byte %zu", i);
    ef_buffer_release(&bytes);
}

static ef_buffer count_all(const ef_plan *plan, const message *messages)
{
    ef_tally tally;
    ef_tally_init(&tally, plan);
    for (unsigned i = 0; i < MESSAGES; i++)
        add(&tally, &messages[i]);
    ef_buffer bytes = saved(&tally);
    ef_tally_release(&tally);
    return bytes;
}

/* Messages go to parts at random, parts are merged in a random order. */
static void split_and_merge(const ef_plan *plan, const message *messages, ef_tally *into)
{
    ef_tally parts[MOST_PARTS];
    unsigned count = 1 + draw(MOST_PARTS);
    for (unsigned i = 0; i < count; i++)
        ef_tally_init(&parts[i], plan);
    unsigned start = draw(MESSAGES);
    for (unsigned i = 0; i < MESSAGES; i++)
        add(&parts[draw(count)], &messages[(start + i * 7) % MESSAGES]);
    ef_tally_init(into, plan);
    for (unsigned left = count; left > 0; left--) {
        unsigned taken = draw(left);
        cr_assert(ef_tally_merge(into, &parts[taken]));
        ef_tally_release(&parts[taken]);
        parts[taken] = parts[left - 1];
    }
}

Test(tally, any_split_merges_to_the_same_bytes, .timeout = 120)
{
    ef_plan plan;
    message *messages = make_messages(1);
    make_plan(&plan);
    ef_buffer all = count_all(&plan, messages);
    for (int i = 0; i < SPLITS; i++) {
        ef_tally tally;
        split_and_merge(&plan, messages, &tally);
        expect_bytes(&tally, ef_buffer_slice(&all));
        ef_tally_release(&tally);
    }
    ef_buffer_release(&all);
    ef_plan_release(&plan);
    free(messages);
}

Test(tally, comes_back_from_bytes_and_goes_on_counting)
{
    ef_plan plan;
    ef_tally half, back;
    message *messages = make_messages(2);
    make_plan(&plan);
    ef_buffer all = count_all(&plan, messages);
    ef_tally_init(&half, &plan);
    ef_tally_init(&back, &plan);
    for (unsigned i = 0; i < MESSAGES / 2; i++)
        add(&half, &messages[i]);
    ef_buffer bytes = saved(&half);
    ef_unpack in = { ef_buffer_slice(&bytes), false };
    cr_assert(ef_tally_load(&back, &in));
    cr_assert_not(in.failed);
    cr_assert_eq(in.rest.size, 0);
    expect_bytes(&back, ef_buffer_slice(&bytes));
    for (unsigned i = MESSAGES / 2; i < MESSAGES; i++)
        add(&back, &messages[i]);
    expect_bytes(&back, ef_buffer_slice(&all));
    ef_tally_release(&half);
    ef_tally_release(&back);
    ef_buffer_release(&bytes);
    ef_buffer_release(&all);
    ef_plan_release(&plan);
    free(messages);
}

Test(tally, bytes_that_are_cut_short_are_told, .timeout = 120)
{
    ef_plan plan;
    message *messages = make_messages(3);
    make_plan(&plan);
    ef_buffer all = count_all(&plan, messages);
    for (size_t size = 0; size < all.size; size += 1 + size / 40) {
        ef_tally tally;
        ef_unpack in = { { all.data, size }, false };
        ef_tally_init(&tally, &plan);
        cr_assert(ef_tally_load(&tally, &in));
        cr_assert(in.failed, "%zu of %zu bytes", size, all.size);
        ef_tally_release(&tally);
    }
    ef_buffer_release(&all);
    ef_plan_release(&plan);
    free(messages);
}
