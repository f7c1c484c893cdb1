/* SPDX-License-Identifier: MIT
 * audit/templates.h - sentences, and the words for people that are put into them.
 *
 *     [sentences]
 *     negative = The {person} at the desk was rude.
 *     alone = I am {be}.
 *
 *     [religion: Muslims]
 *     person = Muslim customer
 *     be = Muslim, a Muslim
 *
 *     [spelling: hurried]
 *     negative = They never answered. -> they nevr anserd
 *
 * A sentence has one slot; words are given slot by slot. {Person} begins with a capital. A
 * section may name several groups, parted by semicolons: its words belong to each. */
#ifndef EARFUL_AUDIT_TEMPLATES_H
#define EARFUL_AUDIT_TEMPLATES_H

#include "base/buffer.h"
#include "earful/app/audit.h"

typedef enum ef_carrier_mood {
    EF_CARRIER_NEGATIVE, /* the order of ef_audit_group.by_mood */
    EF_CARRIER_NEUTRAL,
    EF_CARRIER_POSITIVE,
    EF_CARRIER_ALONE /* nothing but the identity: must not be negative */
} ef_carrier_mood;

/* A place in the sources, for errors. */
typedef struct ef_template_place {
    size_t source;
    uint64_t line;
} ef_template_place;

typedef struct ef_carrier {
    ef_carrier_mood mood;
    ef_slice slot, before, after;
    bool is_capital; /* the slot's text begins with a capital */
    ef_template_place place;
} ef_carrier;

typedef struct ef_fill {
    ef_slice slot, text;
    size_t group;
    ef_template_place place;
} ef_fill;

typedef struct ef_spelling {
    ef_carrier_mood mood;
    ef_slice standard, variant;
    size_t group;
} ef_spelling;

typedef struct ef_template_group {
    ef_slice dimension, name;
    size_t dimension_index;
    ef_template_place place;
} ef_template_group;

/* Slices point into the sources. */
typedef struct ef_templates {
    ef_buffer carriers, fills, spellings, groups; /* of the structs above */
    size_t dimensions;
    uint64_t hash;
} ef_templates;

/* templates must be zero. On failure, too, it is to be released. */
ef_status ef_templates_read(ef_templates *templates, const ef_audit_source *sources,
                            size_t count, ef_error *error);
void ef_templates_release(ef_templates *templates);

/* The lists, and how long they are. */
const ef_carrier *ef_carriers_of(const ef_templates *templates, size_t *count);
const ef_fill *ef_fills_of(const ef_templates *templates, size_t *count);
const ef_spelling *ef_spellings_of(const ef_templates *templates, size_t *count);
const ef_template_group *ef_groups_of(const ef_templates *templates, size_t *count);

/* Whether a sentence's slot asks for the words given as that slot: {Person} for person. */
bool ef_slot_takes(ef_slice slot, ef_slice given);

/* Appends the sentence with the words in its slot. */
bool ef_carrier_fill(const ef_carrier *carrier, ef_slice words, ef_buffer *bytes);

bool ef_same_text(ef_slice left, ef_slice right);

#endif
