/* SPDX-License-Identifier: MIT
 * test_topics.c - a user's list of topics, read and looked for. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/hash.h"
#include "tally/topics.h"

static const char shop[] = "; what we hear of\n"
                           "[delivery]\n"
                           "terms = parcel, courier, deliver*, out of stock\n"
                           "pattern = \\b(dhl|ups)\\b\n"
                           "\n"
                           "[kettle]\n"
                           "terms = kettle*\n"
                           "terms = e-mail kett* lid, don't boil\n";

static void expect_topics(const char *text, const char *wanted)
{
    ef_topics *topics;
    ef_topic_hand hand = { 0 };
    uint64_t found;
    char got[100] = "";
    cr_assert_eq(ef_topics_read(&topics, ef_slice_of(shop), "shop.ini", NULL), EF_OK);
    for (int turn = 0; turn < 2; turn++) /* a hand is used again and again */
        cr_assert(ef_topics_find(topics, &hand, ef_slice_of(text), &found, NULL));
    for (size_t i = 0; i < ef_topics_count(topics); i++)
        if (found >> i & 1)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s ",
                     (const char *)ef_topics_name(topics, i).data);
    cr_expect_str_eq(got, wanted, "%s: %s", text, got);
    ef_topic_hand_release(&hand);
    ef_topics_free(topics);
}

Test(topics, are_found_by_words_beginnings_phrases_and_patterns)
{
    expect_topics("My PARCEL is here", "delivery ");
    expect_topics("my parcels are here", "");
    expect_topics("they delivered it", "delivery ");
    expect_topics("it is out of stock.", "delivery ");
    expect_topics("out, of - stock", "delivery ");
    expect_topics("out of the stock", "");
    expect_topics("sent by UPS and not by dhl", "delivery ");
    expect_topics("upside down", "");
    expect_topics("the kettles came by courier", "delivery kettle ");
    expect_topics("E-mail Kettering lids", "");
    expect_topics("E-mail Kettering lid", "kettle ");
    expect_topics("Don\xE2\x80\x99t boil it", "kettle ");
    expect_topics("", "");
}

Test(topics, say_where_they_are_mentioned_first)
{
    ef_topics *topics;
    ef_topic_hand hand = { 0 };
    ef_said_place places[EF_MOST_TOPICS];
    uint64_t found;
    cr_assert_eq(ef_topics_read(&topics, ef_slice_of(shop), "shop.ini", NULL), EF_OK);
    cr_assert(ef_topics_find(topics, &hand, ef_slice_of("A UPS man, out of stock of it."),
                             &found, places));
    cr_assert(found == 1 && places[0].begin == 2 && places[0].end == 5);
    cr_assert(ef_topics_find(topics, &hand, ef_slice_of("It is out of stock, says UPS."),
                             &found, places));
    cr_assert(found == 1 && places[0].begin == 6 && places[0].end == 18);
    ef_topic_hand_release(&hand);
    ef_topics_free(topics);
}

static void expect_error(const char *file, const char *wanted)
{
    ef_topics *topics;
    ef_error error;
    cr_assert_eq(ef_topics_read(&topics, ef_slice_of(file), "t.ini", &error),
                 EF_ERR_FORMAT);
    cr_assert_null(topics);
    cr_expect_eq(strncmp(error.message, wanted, strlen(wanted)), 0, "%s", error.message);
}

Test(topics, that_cannot_be_read_say_file_and_line)
{
    char many[20000] = "[a]\nterms = ";
    expect_error("", "t.ini:0: there is no topic");
    expect_error("[a]\nwords = b", "t.ini:2: a topic has 'terms' and 'pattern'");
    expect_error("terms = b", "t.ini:1: a setting stands before the first section");
    expect_error("[a]\nterms = b, ,c", "t.ini:2: a term has no word");
    expect_error("[a]\nterms =", "t.ini:2: a term has no word");
    expect_error("[a]\nterms = b\n[a]", "t.ini:3: a topic of this name stands above");
    expect_error("[a]\n\npattern = (b", "t.ini:3: ");
    expect_error("[a]\nterms = a b c d e f g", "t.ini:2: a term has more than six words");
    for (size_t i = 0; i < 4097; i++)
        strcat(many, i > 0 ? ",b" : "b");
    expect_error(many, "t.ini:2: there are more than 4096 terms");
}

Test(topics, with_a_byte_order_mark_are_topics)
{
    ef_topics *topics;
    cr_assert_eq(ef_topics_read(&topics, ef_slice_of("\xEF\xBB\xBF[a]\r\nterms = b\r\n"),
                                "t.ini", NULL),
                 EF_OK);
    cr_assert_eq(ef_topics_count(topics), 1);
    ef_topics_free(topics);
}

Test(topics, of_any_bytes_and_of_endless_patterns_come_to_an_end)
{
    static const char file[] = "[a]\nterms = x*, xy* z\npattern = (x+x+)+y\n";
    static uint8_t bytes[40000];
    ef_topics *topics;
    ef_topic_hand hand = { 0 };
    uint64_t found, seed = 9;
    cr_assert_eq(ef_topics_read(&topics, ef_slice_of(file), "t.ini", NULL), EF_OK);
    memset(bytes, 'x', sizeof bytes);
    cr_assert(
        ef_topics_find(topics, &hand, (ef_slice){ bytes, sizeof bytes }, &found, NULL));
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i % 2 ? ' ' : 'a';
    cr_assert(
        ef_topics_find(topics, &hand, (ef_slice){ bytes, sizeof bytes }, &found, NULL));
    cr_assert_eq(found, 0);
    for (int turn = 0; turn < 50; turn++) {
        for (size_t i = 0; i < 3000; i++) {
            seed = ef_hash_mix(seed, i);
            bytes[i] = (uint8_t)(' ' + seed % 95);
        }
        cr_assert(ef_topics_find(topics, &hand, (ef_slice){ bytes, 3000 }, &found, NULL));
    }
    ef_topic_hand_release(&hand);
    ef_topics_free(topics);
}
