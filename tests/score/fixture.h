/* SPDX-License-Identifier: MIT
 * tests/score/fixture.h - one sentence through tokenizer and rules, with a small lexicon.
 */
#ifndef EARFUL_TESTS_SCORE_FIXTURE_H
#define EARFUL_TESTS_SCORE_FIXTURE_H

#include <criterion/criterion.h>

#include "lexicon/lexicon_build.h"
#include "score/walk_text.h"

static const char small_lexicon[] =
    "good\t2\nbad\t-2\nawful\t-3\nnice\t2\nlove\t3\nproblems\t-1\nflaws\t-1\nhelp\t1\n"
    "worth every penny\t3\nsick\t-1\nsick beats\t2\ncrude oil\t0\ncrude\t-2\n"
    "waited|waiting <n> hours|weeks\t-2\ngone * wrong\t-2\nawfully\t-1\n😡\t-3\n:)\t2\n"
    "never again\t-3\nround\t0\nworse\t-2\nnaughty\t-1.5\nhorrible\t-3\nhelpful\t2\n"
    "uninstalled * reinstalled\t0\nthe old man\t0\nmoney back guarantee\t1.5\nrecommend * "
    "nobody\t-2\n"
    "[boosters]\nvery\t30\nslightly\t-40\nawfully\t30\nso\t20\n"
    "[negators]\nnot\tnot\nno\tnone\nhardly\tbarely\nnever\tnot\nwithout\tnone\n"
    "wasn't\tnot\ndon't\tnot\ndoes not\tnot\ncould not\tnot\nno longer\tnot\n"
    "[contrast]\nbut\tbut\nalthough\talthough\n"
    "[signals]\ncancel * subscription\tchurn\nmanager\tescalation\nmoney back\trefund\n"
    "recommend\tadvocate\nuninstalled\tchurn\n"
    "[emotions]\nlove\tjoy\t3\nawful\tdisgust\t2\n"
    "[frames]\nused to\tpast\nin the past\tformerly\nsome people say\thearsay\n"
    "my sister\tothers\nif\tif\ni wish\twish\nwould be\twould\nnow\tnow\n"
    "yes\tyes\nnot at all\tno\nno\tno\nthink|say\topinion\nthe old\trival\n"
    "until the\tover\nhow can anyone\trhetoric\nat first\tformerly\n"
    "[numbers]\nzero\t0\none\t1\ntwo\t2\nfour\t4\n";

/* Walks a text with the small lexicon; returns the polarity, the sum over its sentences in
 * 1/100. *last gets what was found in the last sentence, *heard how many of its words the
 * classifier hears; both may be NULL. */
static int32_t walk_small(const char *text, ef_impression *last, size_t *heard)
{
    ef_lexicon_builder builder;
    ef_lexicon lexicon = { 0 };
    ef_scratch *scratch;
    ef_text_walk walk;
    int32_t polarity = 0;
    cr_assert_eq(ef_lexicon_builder_init(&builder, NULL, NULL), EF_OK);
    cr_assert_eq(ef_lexicon_builder_add(&builder, ef_slice_of(small_lexicon), "small", NULL,
                                        NULL, NULL, NULL),
                 EF_OK);
    cr_assert_eq(ef_lexicon_builder_finish(&builder, &lexicon, NULL), EF_OK);
    ef_lexicon_builder_release(&builder);
    cr_assert_eq(ef_scratch_new(&scratch, NULL), EF_OK);
    ef_text_walk_start(&walk, &lexicon, NULL, ef_kernels_at(0), scratch, ef_slice_of(text));
    walk.keeps_items = true;
    while (ef_text_walk_next(&walk) == EF_OK) {
        int32_t sum = 0;
        for (size_t i = 0; i < walk.item_count; i++)
            if (walk.items[i].kind == EF_ITEM_VALENCE)
                sum += walk.items[i].weight;
        cr_assert_eq(sum, walk.findings->polarity, "items of '%s' do not add up", text);
        polarity += sum;
        if (last != NULL)
            *last = *walk.findings;
        for (size_t i = 0; heard != NULL && i <= scratch->words->count; i++)
            *heard = i == 0
                         ? 0
                         : *heard + !ef_word_is_marked(scratch->words,
                                                       scratch->words->marks->aside, i - 1);
    }
    ef_scratch_free(scratch);
    ef_lexicon_release(&lexicon);
    return polarity;
}

static inline int32_t polarity_of(const char *text, ef_impression *last)
{
    return walk_small(text, last, NULL);
}

static inline size_t heard_words(const char *text)
{
    size_t heard = 0;
    walk_small(text, NULL, &heard);
    return heard;
}

#endif
