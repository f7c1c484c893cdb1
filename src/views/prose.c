/* SPDX-License-Identifier: MIT
 * views/prose.c - what a report says first: a few plain sentences.
 *
 * A sentence claims only what its interval supports: "more are positive" needs an interval
 * above zero, "it rose" needs evidence. Figures over few messages are called so. */
#include "views/prose.h"

#include "views/wording.h"

enum { MOST_NAMED = 3 };

typedef struct telling {
    ef_buffer *out;
    const ef_prose *prose;
    const ef_findings *findings;
} telling;

static void say(const telling *to, const char *text)
{
    to->prose->own(to->out, text);
}

static void say_name(const telling *to, ef_slice name)
{
    to->prose->foreign(to->out, name);
}

static void begin(const telling *to)
{
    to->prose->begin(to->out);
}

static void end(const telling *to)
{
    say(to, ".");
    to->prose->end(to->out);
}

static void sentence(const telling *to, const char *text)
{
    begin(to);
    say(to, text);
    end(to);
}

/* "+23.4 (18.1 to 28.6)" */
static void say_figure(const telling *to, const ef_figure *figure)
{
    say(to, ef_word_figure(to->findings, figure).text);
    ef_word bounds = ef_word_bounds(to->findings, figure);
    if (bounds.text[0] == '\0')
        return;
    say(to, " (");
    say(to, bounds.text);
    say(to, ")");
}

static void tell_why_nothing(const telling *to)
{
    const ef_coverage *read = &to->findings->coverage;
    begin(to);
    if (read->records == 0) {
        say(to, "There was nothing to read: no message was found");
        if (read->rejected > 0) {
            say(to, ", and ");
            say(to, ef_word_counted(read->rejected, "record").text);
            say(to, " could not be read");
        }
    } else {
        say(to, "Of ");
        say(to, ef_word_counted(read->records, "message").text);
        say(to, " none could be judged");
    }
    end(to);
}

static const char *side_of(const ef_figure *net)
{
    if (net->low > 0)
        return ": more are positive than negative";
    if (net->high < 0)
        return ": more are negative than positive";
    return ": neither side clearly outweighs the other";
}

static void tell_standing(const telling *to, const ef_figure *net)
{
    ef_standing standing =
        net == NULL ? EF_STANDING_NONE : ef_standing_of(to->findings, net);
    if (standing == EF_STANDING_NONE) {
        tell_why_nothing(to);
        return;
    }
    begin(to);
    if (standing == EF_STANDING_WITHHELD) {
        say(to, "Only ");
        say(to, ef_word_counted(net->n, "message").text);
        say(to, " could be judged, too few for any figure");
    } else {
        say(to, "Net sentiment is ");
        say_figure(to, net);
        say(to, standing == EF_STANDING_FEW ? " of only " : " of ");
        say(to, ef_word_counted(net->n, "message").text);
        say(to, standing == EF_STANDING_FEW ? ", too few to lean on" : side_of(net));
    }
    end(to);
}

static const ef_change *change_of_mood(const ef_comparison *made)
{
    for (size_t i = 0; made->is_made && i < made->change_count; i++)
        if (made->changes[i].before.key != NULL &&
            strcmp(made->changes[i].before.key, "net_sentiment") == 0)
            return &made->changes[i];
    return NULL;
}

/* ": 2026-02 compared with 2026-01" */
static void say_periods(const telling *to)
{
    say(to, ": ");
    say_name(to, to->findings->comparison.after_name);
    say(to, " compared with ");
    say_name(to, to->findings->comparison.before_name);
}

/* "It fell by 20.6 points (12.2 to 29.0; p < 0.001)" */
static void say_difference(const telling *to, const ef_change *change)
{
    bool rose = change->difference > 0;
    double size = rose ? change->difference : -change->difference;
    double low = rose ? change->low : -change->high;
    double high = rose ? change->high : -change->low;
    int64_t n = change->before.n < change->after.n ? change->before.n : change->after.n;
    ef_word by = ef_word_difference(EF_UNIT_NET, size, n);
    say(to, rose ? "It rose by " : "It fell by ");
    say(to, by.text[0] == '+' ? by.text + 1 : by.text);
    say(to, " points (");
    say(to, ef_word_interval(EF_UNIT_NET, low, high, n).text);
    say(to, "; ");
    say(to, ef_word_p(change->p).text);
    say(to, ")");
}

static void tell_change(const telling *to)
{
    const ef_comparison *made = &to->findings->comparison;
    const ef_change *change = change_of_mood(made);
    if (!made->is_made && made->why_not != NULL && to->findings->step != NULL) {
        begin(to);
        say(to, "Nothing could be compared: ");
        say(to, made->why_not);
        end(to);
    }
    if (change == NULL)
        return;
    bool is_few = ef_standing_of(to->findings, &change->before) < EF_STANDING_SOLID ||
                  ef_standing_of(to->findings, &change->after) < EF_STANDING_SOLID;
    begin(to);
    if (is_few) {
        say(to, "There are too few messages to say whether it changed");
    } else if (change->p != change->p) {
        say(to, "Whether it changed could not be tested");
    } else if (change->is_evidence) {
        say_difference(to, change);
    } else {
        say(to, "There is no evidence of a change (");
        say(to, ef_word_p(change->p).text);
        say(to, ")");
    }
    say_periods(to);
    end(to);
}

/* What is said more than before: often the reason for a change. */
static void tell_risen(const telling *to)
{
    const ef_comparison *made = &to->findings->comparison;
    if (!made->is_made || made->risen_count == 0)
        return;
    begin(to);
    say(to, "Talked about more than before: ");
    for (size_t i = 0; i < made->risen_count && i < MOST_NAMED; i++) {
        if (i > 0)
            say(to, ", ");
        say_name(to, made->risen[i].name);
    }
    end(to);
}

static void say_when(const telling *to, const ef_turn *turn)
{
    say(to, ef_word_date(turn->time_ms).text);
    if (turn->low_ms == turn->high_ms)
        return;
    say(to, " (between ");
    say(to, ef_word_date(turn->low_ms).text);
    say(to, " and ");
    say(to, ef_word_date(turn->high_ms).text);
    say(to, ")");
}

/* The last turns: from where, and then to where. */
static void tell_turns(const telling *to)
{
    enum { MOST_TURNS = 3 };
    const ef_findings *findings = to->findings;
    size_t count = findings->turn_count;
    size_t first = count > MOST_TURNS ? count - MOST_TURNS : 0;
    for (size_t i = first; i < count; i++) {
        const ef_turn *turn = &findings->turns[i];
        begin(to);
        say(to, i == first ? "The mood turned about " : "It turned again about ");
        say_when(to, turn);
        if (i == first) {
            say(to, ", from ");
            say(to, ef_word_figure(findings, &turn->before).text);
        }
        say(to, i == first ? " to " : ", to ");
        say(to, ef_word_figure(findings, &turn->after).text);
        end(to);
    }
}

static void tell_time(const telling *to)
{
    if (to->findings->step == NULL) {
        sentence(to, "The messages carry no dates, so nothing can be said of trends");
        return;
    }
    tell_turns(to);
}

static void tell_ratings(const telling *to)
{
    const ef_figures *survey = &to->findings->survey;
    size_t told = 0;
    for (size_t i = 0; i < survey->count && told < MOST_NAMED; i++) {
        const ef_figure *figure = &survey->items[i];
        if (ef_standing_of(to->findings, figure) < EF_STANDING_SOLID)
            continue;
        if (told++ == 0)
            begin(to);
        else
            say(to, "; ");
        say(to, figure->name);
        say(to, " ");
        say_figure(to, figure);
        say(to, " of ");
        say(to, ef_word_count(figure->n).text);
    }
    if (told > 0)
        end(to);
}

/* Whether the figure as a whole would clearly be another one without this theme, by what
 * anybody would notice, and enough people say so. */
static bool weighs(const ef_findings *findings, const ef_theme *theme, bool down)
{
    const double noticed = 0.5;
    const ef_figure *impact = &theme->impact;
    if (theme->messages < findings->few || theme->voices < findings->few)
        return false;
    return down ? impact->high < 0 && impact->value <= -noticed
                : impact->low > 0 && impact->value >= noticed;
}

static void tell_themes(const telling *to, const ef_themes *themes, bool down)
{
    size_t told = 0;
    for (size_t i = 0; i < themes->count && told < MOST_NAMED; i++) {
        const ef_theme *theme = &themes->items[i];
        if (!weighs(to->findings, theme, down))
            continue;
        if (told++ == 0) {
            begin(to);
            say(to, down ? "What pulls it down most: " : "What lifts it most: ");
        } else {
            say(to, ", ");
        }
        say_name(to, theme->name);
        say(to, " (");
        say(to, ef_word_difference(EF_UNIT_NET, theme->impact.value, theme->impact.n).text);
        say(to, ")");
    }
    if (told > 0)
        end(to);
}

static void tell_customers(const telling *to)
{
    int64_t leaving = to->findings->leaving.total;
    int64_t advocates = to->findings->advocates.total;
    if (leaving == 0 && advocates == 0)
        return;
    begin(to);
    if (leaving > 0) {
        say(to, ef_word_counted(leaving, "customer").text);
        say(to, leaving == 1 ? " shows signs of leaving" : " show signs of leaving");
    }
    if (leaving > 0 && advocates > 0)
        say(to, "; ");
    if (advocates > 0) {
        say(to, ef_word_counted(advocates, leaving > 0 ? "other" : "customer").text);
        say(to, advocates == 1 ? " speaks for us" : " speak for us");
    }
    end(to);
}

/* Said when it is much: a tenth of all that was read. */
static void tell_unjudged(const telling *to)
{
    const ef_coverage *read = &to->findings->coverage;
    int64_t unjudged = read->empty + read->unknown_language;
    if (read->labelled == 0 || unjudged * 10 < read->records)
        return;
    begin(to);
    say(to, ef_word_count(unjudged).text);
    say(to, " of ");
    say(to, ef_word_counted(read->records, "message").text);
    say(to, " could not be judged: ");
    say(to, ef_word_count(read->empty).text);
    say(to, " without text, ");
    say(to, ef_word_count(read->unknown_language).text);
    say(to, " in a language that is not known");
    end(to);
}

void ef_prose_summary(ef_buffer *out, const ef_prose *prose, const ef_findings *findings)
{
    const telling to = { out, prose, findings };
    const ef_figure *net = ef_figure_named(&findings->mood, "net_sentiment");
    tell_standing(&to, net);
    if (net == NULL || ef_standing_of(findings, net) < EF_STANDING_FEW)
        return;
    tell_change(&to);
    tell_risen(&to);
    tell_time(&to);
    tell_themes(&to, &findings->pains, true);
    tell_themes(&to, &findings->praises, false);
    tell_ratings(&to);
    tell_customers(&to);
    tell_unjudged(&to);
}

/* The last part of a path: what people call the file. */
static ef_slice base_name(ef_slice path)
{
    size_t begin = path.size;
    while (begin > 0 && path.data[begin - 1] != '/')
        begin--;
    bool is_folder = begin == path.size;
    return is_folder ? path : (ef_slice){ path.data + begin, path.size - begin };
}

void ef_prose_span(ef_buffer *out, const ef_prose *prose, const ef_findings *findings)
{
    const ef_coverage *read = &findings->coverage;
    prose->own(out, ef_word_counted(read->records, "message").text);
    if (findings->first_ms != 0 || findings->last_ms != 0) {
        prose->own(out, ", ");
        prose->own(out, ef_word_date(findings->first_ms).text);
        prose->own(out, " to ");
        prose->own(out, ef_word_date(findings->last_ms).text);
    }
    if (findings->input_count == 1) {
        prose->own(out, ", from ");
        prose->foreign(out, base_name(findings->inputs[0]));
    } else if (read->inputs > 1) {
        prose->own(out, ", from ");
        prose->own(out, ef_word_counted(read->inputs, "input").text);
    }
}
