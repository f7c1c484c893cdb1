/* SPDX-License-Identifier: MIT
 * findings/about.c - what customers talk about: everything that comes from their words.
 *
 * The words are laid out once, and all that is asked of them is asked here, in a row. */
#include "findings/findings.h"
#include "findings/shifted.h"
#include "findings/themes.h"

static bool find_all(ef_making *making, ef_corpus *corpus)
{
    ef_findings *f = making->findings;
    return ef_themes_find(f, corpus, making->arena) &&
           (!making->tally->plan->sides.are_asked ||
            ef_shifted_find(&f->comparison, corpus, making->arena));
}

bool ef_find_themes(ef_making *making)
{
    ef_findings *f = making->findings;
    const ef_said *said = &making->tally->said;
    ef_corpus corpus = { 0 };
    if (making->options->judge == NULL)
        return true;
    f->phrases_are_approximate = ef_said_is_sample(said);
    bool fits = ef_corpus_init(&corpus, said, making->options->judge, f->buckets,
                               f->bucket_count) &&
                find_all(making, &corpus);
    ef_corpus_release(&corpus);
    return fits;
}
