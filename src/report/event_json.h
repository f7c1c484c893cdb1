/* SPDX-License-Identifier: MIT
 * report/event_json.h - the bytes of an alert, the same for every sink (ALERTS.md, 5). */
#ifndef EARFUL_REPORT_EVENT_JSON_H
#define EARFUL_REPORT_EVENT_JSON_H

#include "base/buffer.h"
#include "earful/alert.h"
#include "earful/engine.h"
#include "text/redactor.h"

/* One JSON object, without a line end. Figures have at most four decimals, so that the
 * bytes are the same everywhere. Phrases go through the redactor. */
void ef_event_json(ef_buffer *out, const ef_engine_info *engine, ef_redactor *redactor,
                   const ef_alert *alert);

/* The same with the texts of its examples, in their order, redacted: only where somebody
 * asked for text. One that is not known is empty. */
void ef_event_json_with_texts(ef_buffer *out, const ef_engine_info *engine,
                              ef_redactor *redactor, const ef_alert *alert,
                              const ef_slice texts[EF_ALERT_EXAMPLES]);

#endif
