/* SPDX-License-Identifier: MIT
 * score/vader_words.c - the words that the reference's rules know by themselves.
 *
 * They are part of the published method (its boosters, dampers, negators, idioms), not of
 * its lexicon file, so they stand here, as a table in our own form. Our own lexicon knows
 * better; these are for equal figures. */
#include "score/vader_lexicon.h"

/* clang-format off */
#define BOOSTS(word)  { word, 1, false, EF_VADER_NONE }
#define DAMPS(word)   { word, -1, false, EF_VADER_NONE }
#define NEGATES(word) { word, 0, true, EF_VADER_NONE }
#define PART(word, role) { word, 0, false, EF_VADER_##role }
static const ef_vader_own_word own_words[] = {
    BOOSTS("absolutely"), BOOSTS("amazingly"), BOOSTS("awfully"), BOOSTS("completely"),
    BOOSTS("considerable"), BOOSTS("considerably"), BOOSTS("decidedly"), BOOSTS("deeply"),
    BOOSTS("effing"), BOOSTS("enormous"), BOOSTS("enormously"), BOOSTS("entirely"),
    BOOSTS("especially"), BOOSTS("exceptional"), BOOSTS("exceptionally"),
    BOOSTS("extreme"), BOOSTS("extremely"), BOOSTS("fabulously"), BOOSTS("flippin"),
    BOOSTS("flipping"), BOOSTS("frackin"), BOOSTS("fracking"), BOOSTS("frickin"),
    BOOSTS("fricking"), BOOSTS("friggin"), BOOSTS("frigging"), BOOSTS("fuckin"),
    BOOSTS("fucking"), BOOSTS("fuggin"), BOOSTS("fugging"), BOOSTS("fully"),
    BOOSTS("greatly"), BOOSTS("hella"), BOOSTS("highly"), BOOSTS("hugely"),
    BOOSTS("incredible"), BOOSTS("incredibly"), BOOSTS("intensely"), BOOSTS("major"),
    BOOSTS("majorly"), BOOSTS("more"), BOOSTS("most"), BOOSTS("particularly"),
    BOOSTS("purely"), BOOSTS("quite"), BOOSTS("really"), BOOSTS("remarkably"),
    BOOSTS("substantially"), BOOSTS("thoroughly"), BOOSTS("total"), BOOSTS("totally"),
    BOOSTS("tremendous"), BOOSTS("tremendously"), BOOSTS("uber"), BOOSTS("unbelievably"),
    BOOSTS("unusually"), BOOSTS("utter"), BOOSTS("utterly"),
    { "so", 1, false, EF_VADER_SO }, { "very", 1, false, EF_VADER_VERY },

    DAMPS("almost"), DAMPS("barely"), DAMPS("hardly"), DAMPS("kind-of"), DAMPS("kinda"),
    DAMPS("kindof"), DAMPS("less"), DAMPS("little"), DAMPS("marginal"),
    DAMPS("marginally"), DAMPS("occasional"), DAMPS("occasionally"), DAMPS("partly"),
    DAMPS("scarce"), DAMPS("scarcely"), DAMPS("slight"), DAMPS("slightly"),
    DAMPS("somewhat"), DAMPS("sort-of"), DAMPS("sorta"), DAMPS("sortof"),

    /* Words with n't inside need no row. */
    NEGATES("aint"), NEGATES("arent"), NEGATES("cannot"), NEGATES("cant"),
    NEGATES("couldnt"), NEGATES("darent"), NEGATES("despite"), NEGATES("didnt"),
    NEGATES("doesnt"), NEGATES("dont"), NEGATES("hadnt"), NEGATES("hasnt"),
    NEGATES("havent"), NEGATES("isnt"), NEGATES("mightnt"), NEGATES("mustnt"),
    NEGATES("neednt"), NEGATES("neither"), NEGATES("none"), NEGATES("nope"),
    NEGATES("not"), NEGATES("nothing"), NEGATES("nowhere"), NEGATES("oughtnt"),
    NEGATES("rarely"), NEGATES("seldom"), NEGATES("shant"), NEGATES("shouldnt"),
    NEGATES("uh-uh"), NEGATES("uhuh"), NEGATES("wasnt"), NEGATES("werent"),
    NEGATES("wont"), NEGATES("wouldnt"),
    { "never", 0, true, EF_VADER_NEVER }, { "nor", 0, true, EF_VADER_NOR },
    { "without", 0, true, EF_VADER_WITHOUT },

    PART("at", AT), PART("but", BUT), PART("doubt", DOUBT), PART("enough", ENOUGH),
    PART("just", JUST), PART("kind", KIND), PART("least", LEAST), PART("no", NO),
    PART("of", OF), PART("or", OR), PART("sort", SORT), PART("this", THIS),

    PART("ass", ASS), PART("bad", BAD), PART("beating", BEATING), PART("bomb", BOMB),
    PART("broken", BROKEN), PART("bus", BUS), PART("death", DEATH), PART("die", DIE),
    PART("for", FOR), PART("heart", HEART), PART("kiss", KISS), PART("right", RIGHT),
    PART("shit", SHIT), PART("stop", STOP), PART("the", THE), PART("to", TO),
    PART("yeah", YEAH),
};

static const struct idiom {
    ef_vader_role roles[3];
    double valence;
} idioms[] = {
    { { EF_VADER_BAD, EF_VADER_ASS, EF_VADER_NONE }, 1.5 },
    { { EF_VADER_BEATING, EF_VADER_HEART, EF_VADER_NONE }, 3.1 },
    { { EF_VADER_BROKEN, EF_VADER_HEART, EF_VADER_NONE }, -2.9 },
    { { EF_VADER_BUS, EF_VADER_STOP, EF_VADER_NONE }, 0.0 },
    { { EF_VADER_KISS, EF_VADER_OF, EF_VADER_DEATH }, -1.5 },
    { { EF_VADER_THE, EF_VADER_BOMB, EF_VADER_NONE }, 3.0 },
    { { EF_VADER_THE, EF_VADER_SHIT, EF_VADER_NONE }, 3.0 },
    { { EF_VADER_TO, EF_VADER_DIE, EF_VADER_FOR }, 3.0 },
    { { EF_VADER_YEAH, EF_VADER_RIGHT, EF_VADER_NONE }, -2.0 },
};
/* clang-format on */

const ef_vader_own_word *ef_vader_own_word_at(size_t index)
{
    return index < sizeof own_words / sizeof *own_words ? &own_words[index] : NULL;
}

bool ef_vader_idiom(const ef_vader_role roles[3], double *valence)
{
    for (size_t i = 0; i < sizeof idioms / sizeof *idioms; i++) {
        const ef_vader_role *own = idioms[i].roles;
        if (own[0] != roles[0] || own[1] != roles[1] || own[2] != roles[2])
            continue;
        *valence = idioms[i].valence;
        return true;
    }
    return false;
}
