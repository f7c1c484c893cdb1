/* SPDX-License-Identifier: MIT
 * input/chat_markup.h - what exports write into the texts of messages, undone.
 *
 * Each takes a text and gives it back as a person saw it: the same slice if nothing is to
 * be done, else a copy in arena. False without memory. */
#ifndef EARFUL_INPUT_CHAT_MARKUP_H
#define EARFUL_INPUT_CHAT_MARKUP_H

#include <stdbool.h>

#include "base/arena.h"
#include "kernels/kernels.h"

/* Tags become blanks or line ends, entities characters. */
bool ef_markup_html(ef_arena *arena, ef_slice *text);

/* UTF-8 that was written as if each of its bytes were a character. A text is repaired only
 * if all its characters are below U+0100, the bytes so obtained are UTF-8, and one of them
 * is no ASCII. */
bool ef_markup_mojibake(ef_arena *arena, ef_slice *text);

/* Gives the name behind an id such as U01AAAAAA; { NULL, 0 } if it is not known. */
typedef ef_slice ef_markup_name_fn(const void *user, ef_slice id);

/* <@U…> and <#C…|name> become names, <url|label> its label, <!here> nothing; &amp; &lt; &gt;
 * are the only entities. */
bool ef_markup_slack(ef_arena *arena, ef_markup_name_fn *name, const void *user,
                     ef_slice *text);

/* What the blocks of a message say, an array of JSON; *text is as it was if there are none.
 */
bool ef_markup_slack_blocks(ef_arena *arena, const ef_kernels *kernels, ef_slice blocks,
                            ef_slice *text);

#endif
