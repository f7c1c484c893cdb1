/* SPDX-License-Identifier: MIT
 * test_risen.c - what a message is about, and what rose. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "aggregate/phrases.h"
#include "base/hash.h"

static ef_redactor redactor; /* of built-in kinds only */

static void expect_split(const char *text, const char *wanted)
{
    ef_said_phrase found[EF_DOCUMENT_PHRASES];
    char got[2000] = "";
    size_t count = ef_phrases_split(&redactor, ef_slice_of(text), found);
    for (size_t i = 0; i < count; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", i > 0 ? "|" : "",
                 (int)found[i].size, (const char *)found[i].text);
    cr_expect_str_eq(got, wanted, "%s: %s", text, got);
}

Test(risen, are_words_that_say_something_and_pairs)
{
    expect_split("The login fails", "login|the login|fails|login fails");
    expect_split("it was so", "");
    expect_split("Can\xE2\x80\x99t log in. Refund!", "can't|can't log|log in|refund");
    expect_split("late late late", "late|late late");
    expect_split("", "");
}

Test(risen, leave_out_what_names_a_person_or_a_place)
{
    expect_split("@anna write to anna.b@example.org now", "write|write to");
    expect_split("order A12345 broken", "order|broken");
    expect_split("see https://example.org/x?y=z broken", "broken");
    expect_split("my name is Annabel Smith and it broke",
                 "name|my name|name is|broke|it broke");
}

Test(risen, of_any_bytes_are_bounded)
{
    uint8_t bytes[4096];
    uint64_t seed = 3;
    ef_said_phrase found[EF_DOCUMENT_PHRASES];
    for (int turn = 0; turn < 500; turn++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = ef_hash_mix(seed, i);
            bytes[i] = (uint8_t)(seed >> (turn % 3 * 8));
        }
        size_t count = ef_phrases_split(&redactor, (ef_slice){ bytes, sizeof bytes }, found);
        cr_assert_leq(count, EF_DOCUMENT_PHRASES);
        for (size_t i = 0; i < count; i++)
            cr_assert(found[i].size > 0 && found[i].size <= EF_PHRASE_SIZE);
    }
}

Test(risen, have_the_published_log_odds)
{
    static const double y1[] = { 40, 10, 30, 25, 500 }, y2[] = { 5, 60, 28, 6, 520 };
    static const double all[] = { 50, 400, 300, 40, 9000 };
    static const double d[] = { 1.773825, -1.006054, 0.060118, 1.242789, -0.062783 };
    static const double z[] = { 4.492692, -4.727028, 0.282937, 3.094316, -1.382339 };
    static const double flat[] = { 4.559597, -5.428396, 0.366975, 3.260485, -1.565246 };
    for (int i = 0; i < 5; i++) {
        double got_d, got;
        got = ef_log_odds(y1[i], 605, y2[i], 619, all[i] / 9790 * 500, 500, &got_d);
        cr_expect_lt(fabs(got_d - d[i]), 1e-6, "%f", got_d);
        cr_expect_lt(fabs(got - z[i]), 1e-6, "%f", got);
        got = ef_log_odds(y1[i], 605, y2[i], 619, .01, .05, NULL);
        cr_expect_lt(fabs(got - flat[i]), 1e-6, "%f", got);
    }
}

static void say(ef_phrases *phrases, int64_t minute, uint64_t voice, const char *text)
{
    ef_said_phrase said[EF_DOCUMENT_PHRASES];
    ef_document document = { .minute = minute, .voice = voice };
    document.count = (uint32_t)ef_phrases_split(&redactor, ef_slice_of(text), said);
    for (uint32_t i = 0; i < document.count; i++)
        document.phrases[i] = said[i].hash;
    cr_assert(ef_phrases_add(phrases, &document, said));
}

Test(risen, rise_when_many_customers_use_them_and_not_when_one_does)
{
    ef_phrases phrases = { 0 };
    ef_risen risen[5];
    for (int i = 0; i < 300; i++)
        say(&phrases, i, (uint64_t)i + 1, "the parcel never came");
    for (int i = 0; i < 40; i++)
        say(&phrases, 1000 + i, 7, "shame on you");
    cr_expect_eq(ef_phrases_risen(&phrases, 0, 0, 1000, risen, 5), 0);
    for (int i = 0; i < 40; i++)
        say(&phrases, 1000 + i, (uint64_t)i + 1, "the login fails");
    size_t count = ef_phrases_risen(&phrases, 0, 0, 1000, risen, 5);
    cr_assert_geq(count, 1);
    cr_expect_eq(memcmp(risen[0].phrase->text, "login fails", 11), 0);
    cr_expect_gt(risen[0].z, 3);
    cr_expect_eq(ef_phrases_risen(&phrases, 0, 1, 1000, risen, 5), 0, "another group");
    ef_phrases_release(&phrases);
}

Test(risen, are_kept_of_the_last_messages_only)
{
    ef_phrases phrases = { 0 };
    for (int i = 0; i < 20000; i++) {
        char text[40];
        snprintf(text, sizeof text, "word%c%c%c fails", 'a' + i % 26, 'a' + i / 26 % 26,
                 'a' + i / 676 % 26);
        say(&phrases, i, (uint64_t)i + 1, text);
    }
    size_t used = 0;
    for (size_t i = 0; i < phrases.capacity; i++)
        used += phrases.table[i].hash != 0;
    cr_expect_eq(used, phrases.used);
    cr_expect_leq(used, 2 * EF_KEPT_DOCUMENTS + 1);
    ef_said_phrase said[EF_DOCUMENT_PHRASES];
    ef_phrases_split(&redactor, ef_slice_of("fails"), said);
    cr_expect_eq(ef_phrases_find(&phrases, said[0].hash)->documents, EF_KEPT_DOCUMENTS);
    ef_phrases_release(&phrases);
}

Test(risen, of_a_busy_minute_are_a_sample)
{
    ef_phrases phrases = { 0 };
    for (int i = 0; i < 1000; i++)
        say(&phrases, 5, (uint64_t)i + 1, "it fails");
    cr_expect_eq(phrases.count, EF_DOCUMENTS_A_MINUTE);
    ef_phrases_release(&phrases);
}
