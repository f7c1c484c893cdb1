/* SPDX-License-Identifier: MIT
 * tally/tally.c - the parts of a tally, one call each. */
#include "tally/tally.h"

#include <string.h>

/* clang-format off */

void ef_tally_init(ef_tally *tally, const ef_plan *plan)
{
    *tally = (ef_tally){ .plan = plan };
    ef_whole_init(&tally->whole);
    ef_days_init(&tally->days);
    ef_voices_init(&tally->voices);
    ef_rated_init(&tally->rated, plan->wishes.shows_words);
    tally->rated.redactions = tally->excerpts.redactions = plan->wishes.redactions;
    tally->authors.hides_names = tally->conversations.hides_names =
        !plan->wishes.shows_words;
    ef_groups_init(&tally->groups, plan->group_count);
}

/* The topics of the user's list that a message mentions. False without memory. */
static bool find_topics(ef_tally *tally, const ef_heard *heard, uint64_t *topics)
{
    *topics = 0;
    return tally->plan->topics == NULL || !heard->is_customer ||
           ef_topics_find(tally->plan->topics, &tally->topic_hand, heard->record->text,
                          topics, NULL);
}

void ef_tally_expect(const ef_tally *tally, const ef_heard *heard)
{
    ef_voices_expect(&tally->voices, heard);
    ef_day_cells_expect(&tally->cells, heard);
    ef_authors_expect(&tally->authors, heard);
}

/* What a user's own patterns find is no theme either: words are counted of a copy in which
 * line ends stand for it, since these part phrases. */
static bool add_said(ef_tally *tally, const ef_heard *heard, uint64_t topics)
{
    const ef_redactions *own = tally->plan->wishes.redactions;
    if (own == NULL)
        return ef_said_add(&tally->said, heard, topics);
    ef_record record = *heard->record;
    ef_heard without = *heard;
    ef_personal piece;
    ef_buffer_reset(&tally->unsaid);
    if ((tally->redactor == NULL && ef_redactor_new(&tally->redactor, own, NULL) != EF_OK) ||
        !ef_buffer_append_slice(&tally->unsaid, record.text) ||
        !ef_redactor_start(tally->redactor, record.text))
        return false;
    while (ef_redactor_next(tally->redactor, &piece))
        memset(tally->unsaid.data + piece.begin, '\n', piece.end - piece.begin);
    record.text = ef_buffer_slice(&tally->unsaid);
    without.record = &record;
    return ef_said_add(&tally->said, &without, topics);
}

bool ef_tally_add(ef_tally *tally, const ef_heard *heard)
{
    uint64_t topics;
    return find_topics(tally, heard, &topics) &&
           ef_whole_add(&tally->whole, heard) &&
           ef_days_add(&tally->days, heard) &&
           ef_voices_add(&tally->voices, heard) &&
           ef_rated_add(&tally->rated, heard) &&
           ef_groups_add(&tally->groups, heard) &&
           ef_conversations_add(&tally->conversations, heard) &&
           ef_day_cells_add(&tally->cells, heard) &&
           ef_authors_add(&tally->authors, heard) &&
           add_said(tally, heard, topics) &&
           ef_excerpts_add(&tally->excerpts, heard, topics);
}

bool ef_tally_merge(ef_tally *tally, const ef_tally *more)
{
    return ef_whole_merge(&tally->whole, &more->whole) &&
           ef_days_merge(&tally->days, &more->days) &&
           ef_voices_merge(&tally->voices, &more->voices) &&
           ef_rated_merge(&tally->rated, &more->rated) &&
           ef_groups_merge(&tally->groups, &more->groups) &&
           ef_conversations_merge(&tally->conversations, &more->conversations) &&
           ef_day_cells_merge(&tally->cells, &more->cells) &&
           ef_authors_merge(&tally->authors, &more->authors) &&
           ef_said_merge(&tally->said, &more->said) &&
           ef_excerpts_merge(&tally->excerpts, &more->excerpts);
}

bool ef_tally_save(const ef_tally *tally, ef_buffer *out)
{
    return ef_whole_save(&tally->whole, out) &&
           ef_days_save(&tally->days, out) &&
           ef_voices_save(&tally->voices, out) &&
           ef_rated_save(&tally->rated, out) &&
           ef_groups_save(&tally->groups, out) &&
           ef_conversations_save(&tally->conversations, out) &&
           ef_day_cells_save(&tally->cells, out) &&
           ef_authors_save(&tally->authors, out) &&
           ef_said_save(&tally->said, out) &&
           ef_excerpts_save(&tally->excerpts, out);
}

bool ef_tally_load(ef_tally *tally, ef_unpack *in)
{
    return ef_whole_load(&tally->whole, in) &&
           ef_days_load(&tally->days, in) &&
           ef_voices_load(&tally->voices, in) &&
           ef_rated_load(&tally->rated, in) &&
           ef_groups_load(&tally->groups, in) &&
           ef_conversations_load(&tally->conversations, in) &&
           ef_day_cells_load(&tally->cells, in) &&
           ef_authors_load(&tally->authors, in) &&
           ef_said_load(&tally->said, in) &&
           ef_excerpts_load(&tally->excerpts, in);
}

bool ef_tally_settle(ef_tally *tally)
{
    ef_day_cells_settle(&tally->cells);
    return ef_conversations_settle(&tally->conversations) &&
           ef_said_settle(&tally->said) &&
           ef_excerpts_settle(&tally->excerpts, tally->plan->wishes.shows_words);
}

void ef_tally_release(ef_tally *tally)
{
    ef_days_release(&tally->days);
    ef_voices_release(&tally->voices);
    ef_rated_release(&tally->rated);
    ef_groups_release(&tally->groups);
    ef_conversations_release(&tally->conversations);
    ef_day_cells_release(&tally->cells);
    ef_authors_release(&tally->authors);
    ef_topic_hand_release(&tally->topic_hand);
    ef_said_release(&tally->said);
    ef_redactor_free(tally->redactor);
    ef_buffer_release(&tally->unsaid);
    ef_excerpts_release(&tally->excerpts);
}

/* clang-format on */
