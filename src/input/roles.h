/* SPDX-License-Identifier: MIT
 * input/roles.h - who is a customer and who is not.
 *
 * What the export says counts first. Where it says nothing, the user may name the staff;
 * then everybody else is a customer. Where nobody says anything, nobody is guessed at. */
#ifndef EARFUL_INPUT_ROLES_H
#define EARFUL_INPUT_ROLES_H

#include "input/format.h"

/* The role that a cell of an export names: "agent", "end-user", isBot's "true". */
ef_role ef_role_named(ef_slice cell);

/* said, or what the list of staff says of the author if said is unknown. */
ef_role ef_role_of(const ef_layout *layout, ef_role said, ef_slice author);

/* "customer", "staff", "bot", "system"; "" for unknown. Static. */
const char *ef_role_name(ef_role role);

/* Records for sniff how customers are told from staff, where the user said so. */
ef_status ef_role_decide(ef_layout *layout, ef_error *error);

#endif
