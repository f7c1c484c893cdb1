/* SPDX-License-Identifier: MIT
 * earful.h - sentiment of reviews and chat logs: load, score, explain, read, write, watch.
 *
 * This header includes the stable ones; <earful/app/…> is what the program's verbs need
 * besides, and may change from release to release. */
#ifndef EARFUL_EARFUL_H
#define EARFUL_EARFUL_H

#define EF_VERSION "0.1.0"

#include "earful/alert.h"
#include "earful/engine.h"
#include "earful/lexicon.h"
#include "earful/model.h"
#include "earful/reader.h"
#include "earful/record.h"
#include "earful/scorer.h"
#include "earful/slice.h"
#include "earful/status.h"
#include "earful/trend.h"
#include "earful/writer.h"

#endif
