/* SPDX-License-Identifier: MIT
 * cli/audit_table.c - what `earful audit` prints for people.
 *
 * It is meant to be read by somebody who has never seen it: first what was tried, then what
 * a figure means, then the figures, then what they do not say. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "audit_report.h"
#include "terminal.h"

enum { NAME_WIDTH = 26, SHOWN_ALONE = 20 };

/* What is worth a person's time: gaps from a hundredth of the way from -1 to 1 on, and
 * groups of which one text in twenty gets another label. */
static const double gap_to_tell = 0.02, flips_to_tell = 0.05;

static void print_text(ef_slice text)
{
    ef_print_safe(stdout, (const char *)text.data, text.size);
}

static void print_full_name(const ef_audit_group *g)
{
    print_text(g->dimension);
    fputs(", ", stdout);
    print_text(g->name);
}

/* Text that we did not write, cut or filled to a width. */
static void print_name(ef_slice text, size_t width)
{
    while (text.size > 0 && ef_safe_width((const char *)text.data, text.size) > width)
        text.size--;
    size_t used = ef_print_safe(stdout, (const char *)text.data, text.size);
    printf("%*s", (int)(width - used), "");
}

static bool starts_dimension(const ef_audited *a, size_t group)
{
    return group == 0 ||
           a->groups[group].dimension.size != a->groups[group - 1].dimension.size ||
           memcmp(a->groups[group].dimension.data, a->groups[group - 1].dimension.data,
                  a->groups[group].dimension.size) != 0;
}

/* --- what was tried ---------------------------------------------------------------- */

static void print_header(const ef_audited *a)
{
    const ef_engine_info *info = &a->info;
    puts("Does a score change when only the person changes?");
    printf("earful %s, scorer %s, model %s\nlexicon %s, templates %s\n\n", info->version,
           info->scorer, info->model.hash, info->lexicon_hash, a->templates);
    printf("Tried: %" PRIu64 " sentences (%" PRIu64 " negative, %" PRIu64
           " neutral, %" PRIu64 " positive), with %" PRIu64
           "\nwords and names for %zu groups of people in %" PRIu64 " dimensions: %" PRIu64
           " texts.\n\n",
           a->sentences, a->moods[0], a->moods[1], a->moods[2], a->words, a->group_count,
           a->dimensions, a->texts);
    puts(
        "A score lies between -1 and +1. The gap of a group is how much lower (-) or\n"
        "higher (+) a sentence scores with its words than with those of the other groups\n"
        "of its dimension, or than in standard spelling: the mean over sentences, with\n"
        "its 95 % interval. * marks gaps of 0.02 or more (a hundredth of all the way from\n"
        "-1 to +1) whose interval does not hold 0.\n"
        "\"Farthest\" is the one text that is farthest off, \"relabelled\" the share of\n"
        "texts that get another label than most of those they are compared with.");
}

/* Rounded to what is printed, so that nothing is "-0.000". */
static double shown(double value)
{
    return fabs(value) < 0.0005 ? 0 : value;
}

/* --- figures ----------------------------------------------------------------------- */

static bool is_marked(const ef_audit_gap *gap)
{
    return gap->has_interval && (gap->low > 0 || gap->high < 0) &&
           fabs(gap->mean) >= gap_to_tell;
}

static void print_group(const ef_audit_group *g)
{
    fputs("  ", stdout);
    print_name(g->name, NAME_WIDTH - 2);
    if (g->sentences == 0) {
        puts("  no sentence shared with another group");
        return;
    }
    printf("%6" PRIu64 "  %+.3f", g->texts, shown(g->gap.mean));
    if (g->gap.has_interval)
        printf("  %+.3f to %+.3f %c", shown(g->gap.low), shown(g->gap.high),
               is_marked(&g->gap) ? '*' : ' ');
    else
        fputs("  of one sentence   ", stdout);
    printf("  %+.3f %9.1f%%\n", shown(g->worst), 100 * ef_audit_flips(g));
}

static void print_groups(const ef_audited *a)
{
    for (size_t i = 0; i < a->group_count; i++) {
        if (starts_dimension(a, i)) {
            fputc('\n', stdout);
            print_name(a->groups[i].dimension, NAME_WIDTH);
            puts(" texts     gap     95 % interval  farthest relabelled");
        }
        print_group(&a->groups[i]);
    }
}

/* --- why --------------------------------------------------------------------------- */

static void print_word(const ef_audit_word *word)
{
    bool is_lexicon = word->kind == EF_REASON_LEXICON;
    printf("    %+6.*f  %s\"", is_lexicon ? 2 : 1,
           is_lexicon ? word->weight / 100 : word->weight, word->of_others ? "not " : "");
    print_text(word->text);
    puts("\"");
}

/* What raises complaints and lowers praise is no gap on the whole, and yet not fair. */
static void print_moods(const ef_audit_group *g)
{
    static const char *const moods[3] = { "negative", "neutral", "positive" };
    fputs("    gap", stdout);
    for (int i = 0; i < 3; i++)
        if (g->mood_sentences[i] > 0)
            printf("%s %+.3f in %s", i > 0 ? "," : "", shown(g->by_mood[i].mean), moods[i]);
    puts(" sentences");
}

static void print_because(const ef_audit_group *g)
{
    fputs("  ", stdout);
    print_full_name(g);
    fputc('\n', stdout);
    for (size_t i = 0; i < g->because_count; i++)
        print_word(&g->because[i]);
    print_moods(g);
    printf("    farthest, %+.3f\n      ", g->worst);
    print_text(g->worst_text);
    if (g->worst_standard.size > 0) {
        fputs("\n      in standard spelling: ", stdout);
        print_text(g->worst_standard);
    }
    fputc('\n', stdout);
}

static void print_reasons(const ef_audited *a)
{
    bool has_title = false;
    for (size_t i = 0; i < a->group_count; i++) {
        const ef_audit_group *g = &a->groups[i];
        if (!is_marked(&g->gap) && ef_audit_flips(g) < flips_to_tell)
            continue;
        if (!has_title)
            puts("\nWhy, for gaps marked * and groups with 5 % relabelled or more: the "
                 "words of\n"
                 "which a text of the group has more than what it is compared with, or "
                 "(not)\n"
                 "which it lacks, with their weights as in `earful explain`; the gap by "
                 "mood; the\n"
                 "text that is farthest off.");
        has_title = true;
        print_because(g);
    }
}

static void print_alone(const ef_audited *a)
{
    if (a->alone_sentences == 0)
        return;
    printf("\nWords for people alone, with nothing said of them: %zu of %" PRIu64
           " texts are negative.\n",
           a->alone_count, a->alone_texts);
    if (a->alone_passed > 0)
        printf("Not counted: %" PRIu64 " of %" PRIu64
               " sentences, which are negative with any word.\n",
               a->alone_passed, a->alone_sentences);
    for (size_t i = 0; i < a->alone_count && i < SHOWN_ALONE; i++) {
        printf("  %+.4f  ", a->alone[i].score);
        print_text(a->alone[i].text);
        if (a->alone[i].because.size > 0) {
            fputs("  because of \"", stdout);
            print_text(a->alone[i].because);
            fputc('"', stdout);
        }
        fputc('\n', stdout);
    }
    if (a->alone_count > SHOWN_ALONE)
        printf("  and %zu more; --to json has all of them\n", a->alone_count - SHOWN_ALONE);
}

/* --- what it comes to -------------------------------------------------------------- */

static const ef_audit_group *largest(const ef_audited *a, bool is_of_marked)
{
    const ef_audit_group *most = NULL;
    for (size_t i = 0; i < a->group_count; i++) {
        const ef_audit_group *g = &a->groups[i];
        if ((!is_of_marked || is_marked(&g->gap)) &&
            (most == NULL || fabs(g->gap.mean) > fabs(most->gap.mean)))
            most = g;
    }
    return most;
}

static void print_marked(const ef_audited *a)
{
    const ef_audit_group *most = largest(a, true);
    size_t marked = 0;
    for (size_t i = 0; i < a->group_count; i++)
        marked += is_marked(&a->groups[i].gap);
    printf("\nFound: %zu of %zu gaps are marked *; the largest of ", marked,
           a->group_count);
    fputs(most == NULL ? "all" : "them", stdout);
    most = most == NULL ? largest(a, false) : most;
    printf(" is %+.3f (", shown(most->gap.mean));
    print_full_name(most);
    puts(").");
}

static void print_relabelled(const ef_audited *a)
{
    const ef_audit_group *most = &a->groups[0];
    size_t groups = 0;
    for (size_t i = 0; i < a->group_count; i++) {
        groups += a->groups[i].flips > 0;
        if (ef_audit_flips(&a->groups[i]) > ef_audit_flips(most))
            most = &a->groups[i];
    }
    printf("Of %zu groups some text is relabelled", groups);
    if (groups > 0) {
        fputs("; most of\n", stdout);
        print_full_name(most);
        printf(": %" PRIu64 " of %" PRIu64 ", %" PRIu64 " of them to a worse label",
               most->flips, most->texts, most->lowered);
    }
    puts(".");
}

static void print_muted(const ef_audited *a)
{
    const ef_audit_group *most = &a->groups[0];
    for (size_t i = 0; i < a->group_count; i++)
        if (ef_audit_muted(&a->groups[i]) > ef_audit_muted(most))
            most = &a->groups[i];
    if (ef_audit_muted(most) < gap_to_tell)
        return;
    fputs("Less is heard of complaints and of praise alike, most of\n", stdout);
    print_full_name(most);
    printf(": at least %.3f.\n", ef_audit_muted(most));
}

void ef_audit_print_table(const ef_audited *audited)
{
    print_header(audited);
    print_groups(audited);
    print_reasons(audited);
    print_alone(audited);
    print_marked(audited);
    print_relabelled(audited);
    print_muted(audited);
    puts(
        "\nNot tried: people's own texts, other words for the same people, several\n"
        "identities at once, slurs. Nor whether scores are right more often for some than\n"
        "for others: `earful eval --group COL` says that, of labelled texts.");
}
