/* SPDX-License-Identifier: MIT
 * bench/changed_table.c - what "what changed" finds of changes planted at known strengths,
 * and what it finds where nothing changed. Prints Markdown; the same on every machine. */
#include <stdio.h>

#include "findings/shifted.h"
#include "tests/findings/planted.h"

enum { TRIALS = 10, SPLITS = 1000 };

typedef struct seen {
    int found, wrong_way, false_finds, noise, tested;
} seen;

static bool has_name(ef_slice name, size_t noun)
{
    char wanted[64];
    planted_noun(noun, wanted, sizeof wanted);
    return strlen(wanted) == name.size && memcmp(wanted, name.data, name.size) == 0;
}

static void judge(seen *s, const ef_shifted *found, size_t count, bool has_risen)
{
    for (size_t i = 0; i < count; i++) {
        bool is_known = false;
        for (size_t noun = 0; noun < PLANTED_NOUNS; noun++) {
            if (!has_name(found[i].name, noun))
                continue;
            bool rises = (noun - PLANTED_FIRST) / PLANTED_STEP % 2 == 0;
            is_known = is_planted(noun);
            s->found += is_known && rises == has_risen;
            s->wrong_way += is_known && rises != has_risen;
            s->noise += noun >= PLANTED_LOUD && noun <= PLANTED_SENT;
        }
        s->false_finds += !is_known;
    }
}

static bool try_factor(seen *s, const ef_engine *engine, const planting *p)
{
    ef_said said = { 0 };
    ef_corpus corpus = { 0 };
    ef_arena arena = { 0 };
    ef_comparison c = { 0 };
    bool fits = plant(&said, p) && ef_corpus_init(&corpus, &said, engine, NULL, 0) &&
                ef_shifted_find(&c, &corpus, &arena);
    judge(s, c.risen, c.risen_count, true);
    judge(s, c.fallen, c.fallen_count, false);
    s->tested += (int)c.tested;
    ef_corpus_release(&corpus);
    ef_arena_release(&arena);
    ef_said_release(&said);
    return fits;
}

static bool print_power(const ef_engine *engine)
{
    static const double factors[] = { 1.25, 1.5, 2, 3, 5 };
    static const size_t sizes[] = { 500, 2000, 8000 };
    printf(
        "20 phrases planted, 10 rising and 10 falling, said by 0.2 to 2 %% of messages;\n"
        "ten loud customers and a text that 60 people send beside them; means of %d\n"
        "corpora.\n\n"
        "| messages a side | factor | found of 20 | wrong way | false | of these loud or "
        "sent | tested |\n| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n",
        TRIALS);
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        for (size_t i = 0; i < sizeof factors / sizeof factors[0]; i++) {
            seen s = { 0 };
            for (uint64_t trial = 0; trial < TRIALS; trial++) {
                planting p = { .seed = 100 + trial,
                               .messages = sizes[k],
                               .factor = factors[i],
                               .is_disturbed = true };
                if (!try_factor(&s, engine, &p))
                    return false;
            }
            printf("| %zu | %.2f | %.1f | %.1f | %.1f | %.1f | %d |\n", sizes[k],
                   factors[i], (double)s.found / TRIALS, (double)s.wrong_way / TRIALS,
                   (double)s.false_finds / TRIALS, (double)s.noise / TRIALS,
                   s.tested / TRIALS);
        }
    }
    return true;
}

/* The same messages, dealt to two sides a thousand times. */
static bool print_silence(const ef_engine *engine, bool by_customer)
{
    planting p = { .seed = 7, .messages = 1500, .factor = 1, .is_disturbed = true };
    ef_said said = { 0 };
    ef_corpus corpus = { 0 };
    int loud = 0, finds = 0;
    size_t tested = 0;
    bool fits = plant(&said, &p) && ef_corpus_init(&corpus, &said, engine, NULL, 0);
    for (uint64_t split = 0; fits && split < SPLITS; split++) {
        ef_arena arena = { 0 };
        ef_comparison c = { 0 };
        deal_sides(&said, split, by_customer);
        fits = ef_shifted_find(&c, &corpus, &arena);
        loud += c.risen_count + c.fallen_count > 0;
        finds += (int)(c.risen_count + c.fallen_count);
        tested += c.tested;
        ef_arena_release(&arena);
    }
    printf("| %s | %d | %d | %.1f %% | %d | %zu |\n", by_customer ? "customer" : "message",
           SPLITS, loud, 100.0 * loud / SPLITS, finds, tested / SPLITS);
    ef_corpus_release(&corpus);
    ef_said_release(&said);
    return fits;
}

int main(void)
{
    ef_engine *engine;
    ef_error error;
    if (ef_engine_new(&engine, NULL, &error) != EF_OK) {
        fprintf(stderr, "changed-table: %s\n", error.message);
        return 1;
    }
    bool fits = print_power(engine);
    printf("\nNothing changed: 3,660 messages dealt to two sides by chance.\n\n"
           "| dealt by | splits | with a finding | share | findings | tested |\n"
           "| --- | ---: | ---: | ---: | ---: | ---: |\n");
    fits = fits && print_silence(engine, false) && print_silence(engine, true);
    ef_engine_free(engine);
    if (!fits)
        fprintf(stderr, "changed-table: out of memory\n");
    return fits ? 0 : 1;
}
