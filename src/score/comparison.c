/* SPDX-License-Identifier: MIT
 * score/comparison.c - who wins where two are compared. */
#include "score/comparison.h"

#include "score/word_is.h"

enum { RIVAL_IS = -80 }; /* percent */

bool ef_is_comparative(const ef_judge *j, const ef_item *item)
{
    const ef_word *words = j->words->items;
    size_t at = item->first;
    if (at > 0 && ef_word_is_one_of(&words[at - 1], "more less"))
        at--;
    else if (!ef_word_is_one_of(
                 &words[at], "better worse nicer kinder happier friendlier easier faster "
                             "quicker smoother finer cleaner ruder slower poorer tastier "
                             "sweeter smarter lovelier simpler uglier superior inferior "
                             "stronger safer sharper clearer cheaper quieter"))
        return false;
    return at == 0 ||
           !ef_word_is_one_of(&words[at - 1], "get gets got gotten getting become becomes "
                                              "became no any feel");
}

/* A rival is the subject if a thought begins with it: "than the old one" is none. */
void ef_comparison_meet_rival(ef_judge *j, size_t first, size_t last)
{
    if (first <= j->clause_word ||
        ef_word_is_one_of(&j->words->items[first - 1],
                          "but and that because since as think thought find found although "
                          "honestly so though"))
        j->rival_end = last + 1;
}

void ef_comparison_weigh(ef_judge *j, ef_item *item)
{
    if (j->rival_end == 0 || item->first < j->rival_end || !ef_is_comparative(j, item))
        return;
    size_t rival = j->rival_end - 1;
    ef_item_change(item, RIVAL_IS, "rival", rival);
    ef_words_set_aside(j->words, rival, (size_t)item->last + 1);
}
