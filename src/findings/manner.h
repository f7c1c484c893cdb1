/* SPDX-License-Identifier: MIT
 * findings/manner.h - which of the rival formulas of METRICS are asked for. */
#ifndef EARFUL_FINDINGS_MANNER_H
#define EARFUL_FINDINGS_MANNER_H

#include "earful/app/report.h"
#include "findings/change.h"
#include "findings/measured.h"
#include "findings/talk_facts.h"

/* Must not be moved once it is read: service.hours points into it. */
typedef struct ef_manner {
    ef_hours hours;
    ef_service_options service;
    ef_survey_options survey;
    ef_change_options change;
    bool any_advocate; /* the best rating is enough, whatever the words */
} ef_manner;

/* EF_ERR_ARGUMENT for a word that names no formula: error says which there are. */
ef_status ef_manner_read(ef_manner *manner, const ef_report_options *asked,
                         ef_error *error);

#endif
