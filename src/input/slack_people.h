/* SPDX-License-Identifier: MIT
 * input/slack_people.h - who is behind the ids of a Slack export.
 *
 * The names stand in users.json, beside the folders of the channels, while the messages are
 * read one file a day. It is read once for all of them. */
#ifndef EARFUL_INPUT_SLACK_PEOPLE_H
#define EARFUL_INPUT_SLACK_PEOPLE_H

#include "earful/slice.h"
#include "earful/status.h"

/* One export's; a list of them, the newest first. Immutable once made. */
typedef struct ef_slack_people ef_slack_people;

/* Finds the people of the export that an input with this label ("export/help/2024-11-03.json"
 * or "export.zip:help/2024-11-03.json") belongs to. What was not read before is read, and
 * kept in *known. *people is NULL if there is no users.json, or it cannot be read.
 * EF_ERR_MEMORY only. Serial: one thread at a time. */
ef_status ef_slack_people_find(ef_slack_people **known, const char *label,
                               const ef_slack_people **people, ef_error *error);

/* The name behind an id; { NULL, 0 } if there is none, or people is NULL. */
ef_slice ef_slack_people_name(const ef_slack_people *people, ef_slice id);

/* Frees all of a list. */
void ef_slack_people_free(ef_slack_people *known);

#endif
