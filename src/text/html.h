/* SPDX-License-Identifier: MIT
 * text/html.h - the two pieces of HTML that stand in people's texts: entities and tags.
 *
 * Not a parser: an entity ends within 10 bytes and a tag within 256, or it is text. Only
 * tags that HTML knows are tags, so that "<3" and "<your name>" stay what they are. */
#ifndef EARFUL_TEXT_HTML_H
#define EARFUL_TEXT_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads an entity at p[0..n), where p[0] is '&', into *code. Returns its size, 0 if there
 * is none. Escaped twice (&amp;quot;) counts as escaped once. */
size_t ef_html_entity(const uint8_t *p, size_t n, uint32_t *code);

/* The size of the tag or comment at p[0..n), where p[0] is '<'; 0 if there is none.
 * *is_break tells whether it begins a new line on the page. */
size_t ef_html_tag(const uint8_t *p, size_t n, bool *is_break);

#endif
