/* SPDX-License-Identifier: MIT
 * test_vader.c - reference mode: the figures of the reference program, to the digit.
 *
 * The rows below were scored by the reference program with the two invented files of
 * tests/data/vader. Where its own lexicon and 20,030 answers of it lie in
 * the folder EARFUL_LEXICONS, all of them must be equal, too. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "earful/earful.h"

static ef_status make(ef_engine **engine, const char *words, const char *emoji,
                      ef_error *error)
{
    const char *paths[] = { words, emoji };
    ef_engine_options options = { .scorer = "vader",
                                  .lexicon_paths = paths,
                                  .lexicon_count = emoji == NULL ? 1 : 2 };
    options.lexicon_count = words == NULL ? 0 : options.lexicon_count;
    return ef_engine_new(engine, &options, error);
}

typedef struct desk {
    ef_engine *engine;
    ef_scratch *scratch;
} desk;

static desk open_desk(const char *words, const char *emoji)
{
    desk made;
    ef_error error = { 0 };
    cr_assert_eq(make(&made.engine, words, emoji, &error), EF_OK, "%s", error.message);
    cr_assert_eq(ef_scratch_new(&made.scratch, &error), EF_OK);
    return made;
}

static desk small_desk(void)
{
    return open_desk("tests/data/vader/words.txt", "tests/data/vader/emoji.txt");
}

static ef_score score_of(const desk *at, ef_slice text)
{
    ef_score score;
    cr_assert_eq(ef_score_text(at->engine, at->scratch, text, &score, NULL), EF_OK);
    return score;
}

static void close_desk(desk *at)
{
    ef_scratch_free(at->scratch);
    ef_engine_free(at->engine);
}

static const struct row {
    const char *text;
    int32_t negative, neutral, positive, compound;
} rows[] = {
    { "a grand day", 0, 3920, 6080, 4767 },
    { "The day was GRAND", 0, 4390, 5610, 5904 },
    { "THE DAY WAS GRAND", 0, 4920, 5080, 4767 },
    { "a very grand day", 0, 4690, 5310, 5256 },
    { "a VERY grand day", 0, 4210, 5790, 6281 },
    { "it was not grand", 4600, 5400, 0, -3724 },
    { "it never was so grand", 0, 5010, 4990, 6113 },
    { "never so grand", 0, 3340, 6660, 6113 },
    { "without a doubt grand", 0, 4920, 5080, 4767 },
    { "without doubt grand", 0, 3920, 6080, 4767 },
    { "they wouldn't be grand", 4600, 5400, 0, -3724 },
    { "no grand day", 5610, 4390, 0, -3724 },
    { "no, not grand", 5610, 4390, 0, -3724 },
    { "no day or grand evening", 6130, 3870, 0, -5795 },
    { "the least grand day", 4600, 5400, 0, -3724 },
    { "at least a grand day", 0, 5630, 4370, 4767 },
    { "very least grand", 0, 3720, 6280, 5233 },
    { "a day of the least grand kind", 2330, 4560, 3100, 2134 },
    { "kind of grand day today", 0, 5630, 4370, 4767 },
    { "it was kind of grand", 0, 5880, 4120, 4228 },
    { "the weather is just enough grand", 0, 6400, 3600, 4228 },
    { "a broken heart", 0, 4650, 5350, 3182 },
    { "my broken heart is here now", 0, 6850, 3150, 3182 },
    { "the bad ass is grand", 3680, 3450, 2870, -1779 },
    { "we met some bad ass grand people", 0, 5000, 5000, 6124 },
    { "all of it, to die for grand", 0, 6000, 4000, 6124 },
    { "grand but awful", 6010, 1310, 2680, -5499 },
    { "grand day but awful evening but grand night", 2910, 3160, 3920, 1531 },
    { "half grand but half", 0, 1640, 8360, 4767 },
    { "half lovely half but half awful half", 2840, 620, 6540, 4588 },
    { "xD grand!!!! why? why? why? why?", 0, 3090, 6910, 8729 },
    { "grand?\?", 0, 0, 10000, 5362 },
    { "is it grand?", 0, 3920, 6080, 4767 },
    { "'grand'", 0, 0, 10000, 4767 },
    { "(grand)", 0, 0, 10000, 4767 },
    { "xd!", 0, 10000, 0, 0 },
    { ":) :P", 0, 0, 10000, 7034 },
    { ":)) grand", 0, 2440, 7560, 4767 },
    { "\360\237\230\202", 4870, 5130, 0, -2263 },
    { "so\360\237\230\202good", 0, 10000, 0, 0 },
    { "grand \360\237\222\232grand\360\237\222\232", 0, 3570, 6430, 6597 },
    { "\360\237\222\232\360\237\222\232", 0, 3030, 6970, 5574 },
    { "grand\302\240day", 0, 2440, 7560, 4767 },
    { "grand\342\200\213day", 0, 10000, 0, 0 },
    { "\342\205\247 grand GRAND", 0, 1260, 8740, 7865 },
    { "\303\211T\303\211 grand", 0, 2440, 7560, 4767 },
    { "\304\260 grand GRAND", 0, 1260, 8740, 7865 },
    { "rock\342\204\252ind kind kin\342\204\252", 0, 3700, 6300, 5267 },
    { "grim", 10000, 0, 0, -4588 },
    { "really really really grim", 5610, 4390, 0, -5907 },
    { "hardly grim", 7300, 2700, 0, -4033 },
    { "it barely was a grim day", 3540, 6460, 0, -4091 },
    { "nothing is as grim", 0, 5470, 4530, 3570 },
    { "so this is grim", 5210, 4790, 0, -5046 },
    { "yes no grim", 0, 4460, 5540, 3570 },
    { "   ", 0, 0, 0, 0 },
    { "", 0, 0, 0, 0 },
    { "!!!", 0, 10000, 0, 0 },
    { "... grand ...", 0, 3920, 6080, 4767 },
    { "grand\034grim", 4920, 0, 5080, 258 },
    { "kind kind of grand", 0, 2350, 7650, 7579 },
    { "KIND of grand", 0, 3920, 6080, 4767 },
    { "no heart", 6620, 3380, 0, -2411 },
    { "no no grand", 4690, 1840, 3470, -1695 },
    { "n't grand", 7190, 2810, 0, -3724 },
    { "not just enough grand", 4870, 5130, 0, -4305 },
};

Test(vader, gives_the_figures_of_the_reference)
{
    desk at = small_desk();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct row *row = &rows[i];
        ef_score score = score_of(&at, ef_slice_of(row->text));
        cr_expect(score.p_negative == row->negative && score.p_neutral == row->neutral &&
                      score.p_positive == row->positive && score.score == row->compound,
                  "'%s': %d %d %d %d", row->text, score.p_negative, score.p_neutral,
                  score.p_positive, score.score);
    }
    close_desk(&at);
}

Test(vader, labels_from_a_twentieth_on_and_empty_texts_not_at_all)
{
    desk at = small_desk();
    cr_expect_eq(score_of(&at, ef_slice_of("a grand day")).label, EF_LABEL_POSITIVE);
    cr_expect_eq(score_of(&at, ef_slice_of("not grand")).label, EF_LABEL_NEGATIVE);
    cr_expect_eq(score_of(&at, ef_slice_of("grand\034grim")).label, EF_LABEL_NEUTRAL);
    cr_expect_eq(score_of(&at, ef_slice_of("a table")).label, EF_LABEL_NEUTRAL);
    cr_expect_eq(score_of(&at, ef_slice_of(" \n")).label, EF_LABEL_NONE);
    close_desk(&at);
}

/* The memory that one text needed must not change the next. */
Test(vader, a_text_scores_alike_behind_any_other)
{
    desk at = small_desk();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        ef_score before = score_of(&at, ef_slice_of(rows[i].text));
        score_of(&at, ef_slice_of("half lovely half but half awful VERY GRAND half 😂"));
        ef_score after = score_of(&at, ef_slice_of(rows[i].text));
        cr_expect_eq(memcmp(&before, &after, sizeof before), 0, "'%s'", rows[i].text);
    }
    close_desk(&at);
}

/* Every "grand" behind "but" looks for an equal one before it. */
Test(vader, many_equal_words_around_but_take_no_longer, .timeout = 20)
{
    static const char word[] = "grand ";
    enum { WORDS = 400000 };
    desk at = small_desk();
    char *text = malloc(sizeof word * WORDS);
    cr_assert_not_null(text);
    size_t size = 0;
    for (int i = 0; i < WORDS; i++) {
        memcpy(text + size, i == WORDS / 2 ? "but   " : word, sizeof word - 1);
        size += sizeof word - 1;
    }
    ef_score score = score_of(&at, (ef_slice){ (const uint8_t *)text, size });
    cr_expect_eq(score.score, EF_UNIT);
    cr_expect_eq(score.words, WORDS);
    free(text);
    close_desk(&at);
}

Test(vader, bytes_that_are_no_text_are_words_that_nobody_knows)
{
    desk at = small_desk();
    static const uint8_t bytes[] = "\xff\xfe\xf0\x9f\0 grand \xc3\xe2\x82 \xf0\x9f\x98";
    ef_score score = score_of(&at, (ef_slice){ bytes, sizeof bytes });
    cr_expect_eq(score.words, 4);
    cr_expect_eq(score.score, 4767);
    close_desk(&at);
}

Test(vader, says_which_file_it_needs)
{
    ef_engine *engine;
    ef_error error = { 0 };
    cr_expect_eq(make(&engine, NULL, NULL, &error), EF_ERR_ARGUMENT);
    cr_expect_not_null(strstr(error.message, "--lexicon vader_lexicon.txt"));
    cr_expect_eq(make(&engine, "tests/data/vader/emoji.txt", NULL, &error),
                 EF_ERR_ARGUMENT);
    cr_expect_eq(make(&engine, "lexicons/en.tsv", NULL, &error), EF_ERR_FORMAT);
    cr_expect_not_null(
        strstr(error.message, "'lexicons/en.tsv', line 1: not VADER's format"));
    cr_expect_null(engine);
}

Test(vader, has_no_reasons_to_give)
{
    desk at = small_desk();
    ef_explanation explanation;
    ef_error error = { 0 };
    cr_expect_eq(
        ef_explain_text(at.engine, at.scratch, ef_slice_of("grand"), &explanation, &error),
        EF_ERR_ARGUMENT);
    cr_expect_not_null(strstr(error.message, "no reasons"));
    close_desk(&at);
}

static int32_t unit_of(const char *text)
{
    double value = strtod(text, NULL) * EF_UNIT;
    return (int32_t)(value < 0 ? value - 0.5 : value + 0.5);
}

/* neg, neu, pos, compound, text. */
static bool is_equal(const desk *at, char *line)
{
    char *rest = line;
    int32_t wanted[4];
    for (int i = 0; i < 4; i++)
        wanted[i] = unit_of(strsep(&rest, "\t"));
    rest[strcspn(rest, "\n")] = '\0';
    ef_score score = score_of(at, ef_slice_of(rest));
    return score.p_negative == wanted[0] && score.p_neutral == wanted[1] &&
           score.p_positive == wanted[2] && score.score == wanted[3];
}

Test(vader, equals_every_kept_answer_of_the_reference, .timeout = 120)
{
    const char *folder = getenv("EARFUL_LEXICONS");
    char words[512], emoji[512], answers[512];
    if (folder == NULL)
        cr_skip_test("EARFUL_LEXICONS names no folder");
    snprintf(words, sizeof words, "%s/vader_lexicon.txt", folder);
    snprintf(emoji, sizeof emoji, "%s/emoji_utf8_lexicon.txt", folder);
    snprintf(answers, sizeof answers, "%s/vader_reference.tsv", folder);
    FILE *file = fopen(answers, "rb");
    if (file == NULL)
        cr_skip_test("%s is not here", answers);
    desk at = open_desk(words, emoji);
    char *line = NULL;
    size_t capacity = 0, lines = 0, equal = 0;
    while (getline(&line, &capacity, file) > 0) {
        lines++;
        equal += is_equal(&at, line);
    }
    fprintf(stderr, "vader: %zu of %zu answers are equal\n", equal, lines);
    cr_expect_eq(equal, lines);
    cr_expect_gt(lines, 0);
    free(line);
    fclose(file);
    close_desk(&at);
}
