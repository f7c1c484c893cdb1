/* SPDX-License-Identifier: MIT
 * tally/tally.h - all that a report counts of its messages, in parts that merge.
 *
 * Each part is a struct of its own, in a file of its own, with the same five functions:
 * add (one ef_heard), merge (another part of its kind), save (bytes, in an order of their
 * own), load and release. Sums are integers and sets have no order, so a tally is the same
 * whoever counted what: threads, files, machines. What would grow without bound keeps what
 * has the smallest hashes: which those are depends on the messages alone.
 * Invariant: add, merge and save commute: any split of the input saves the same bytes. */
#ifndef EARFUL_TALLY_TALLY_H
#define EARFUL_TALLY_TALLY_H

#include "tally/heard.h"

#endif
