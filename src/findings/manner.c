/* SPDX-License-Identifier: MIT
 * findings/manner.c - which of the rival formulas of METRICS are asked for. */
#include "findings/manner.h"

#include "base/error.h"

enum { MOST_WORDS = 4 };

/* The number of a word among those that an option takes; 0, which is the default, for
 * NULL. */
static ef_status choose(int *chosen, const char *word, const char *option,
                        const char *const words[MOST_WORDS], ef_error *error)
{
    *chosen = 0;
    for (int i = 0; word != NULL && i < MOST_WORDS && words[i] != NULL; i++) {
        *chosen = i;
        if (strcmp(word, words[i]) == 0)
            return EF_OK;
    }
    if (word == NULL)
        return EF_OK;
    return ef_error_set(error, EF_ERR_ARGUMENT, "%s '%.20s' is not known: see --help",
                        option, word);
}

/* "0.25" in units of 1/10000: up to four digits behind the point, at most 2. */
static ef_status read_limit(int32_t *limit, const char *text, ef_error *error)
{
    const char *at = text;
    int32_t value = 0, digits = 0;
    bool has_point = false;
    for (; (*at >= '0' && *at <= '9') || (*at == '.' && !has_point); at++) {
        if (*at == '.') {
            has_point = true;
        } else if (digits < 4 && value < 100000) {
            value = value * 10 + (*at - '0');
            digits += has_point;
        }
    }
    for (; digits < 4 && value < 100000; digits++)
        value *= 10;
    if (at == text || *at != '\0' || value == 0 || value > 2 * EF_UNIT)
        return ef_error_set(error, EF_ERR_ARGUMENT,
                            "arc limit '%.20s' is no number above 0 up to 2", text);
    *limit = value;
    return EF_OK;
}

ef_status ef_manner_read(ef_manner *manner, const ef_report_options *asked, ef_error *error)
{
    int responder = 0, resolution = 0, escalation = 0, csat = 0, stars = 0, ces = 0,
        test = 0, advocates = 0;
    const struct {
        int *chosen;
        const char *word, *option, *words[MOST_WORDS];
    } choices[] = {
        { &responder, asked->first_response, "first response", { "human", "bot" } },
        { &resolution, asked->resolution, "resolution", { "last-close", "first-close" } },
        { &escalation, asked->escalation, "escalation", { "all", "events" } },
        { &csat, asked->csat, "CSAT", { "share", "mean", "net" } },
        { &stars, asked->csat_from, "CSAT from", { "surveys", "stars" } },
        { &ces, asked->ces, "CES", { "share", "mean", "index", "v1" } },
        { &advocates, asked->advocates, "advocates", { "words", "any" } },
        { &test, asked->test, "test", { "usual", "fisher", "bootstrap" } },
    };
    *manner = (ef_manner){ 0 };
    ef_status status = EF_OK;
    for (size_t i = 0; status == EF_OK && i < sizeof choices / sizeof choices[0]; i++)
        status = choose(choices[i].chosen, choices[i].word, choices[i].option,
                        choices[i].words, error);
    if (status == EF_OK && asked->arc_limit != NULL)
        status = read_limit(&manner->service.arc_limit, asked->arc_limit, error);
    if (status == EF_OK && asked->hours != NULL) {
        status = ef_hours_read(&manner->hours, asked->hours, error);
        manner->service.hours = &manner->hours;
    }
    manner->service.bots_respond = responder == 1;
    manner->service.first_close = resolution == 1;
    manner->service.events_only = escalation == 1;
    manner->service.contact_days = asked->contact_days;
    manner->service.gap_minutes = asked->reader.gap_minutes;
    manner->survey = (ef_survey_options){ (ef_csat)csat, (ef_ces)ces, stars == 1 };
    manner->change = (ef_change_options){ test == 1, test == 2 };
    manner->any_advocate = advocates == 1;
    return status;
}
