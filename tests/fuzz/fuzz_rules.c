/* SPDX-License-Identifier: MIT
 * tests/fuzz/fuzz_rules.c - any bytes as a file of rules.
 *
 * Findings come in the order of lines and fit the answer; rules that are taken can be put
 * to a trend, and judge a message. */
#include "fuzz.h"

#include "earful/alert.h"

typedef struct findings {
    size_t count;
    uint64_t line;
} findings;

static void see_finding(void *user, const ef_rules_finding *finding)
{
    findings *seen = user;
    REQUIRE(finding->line > 0 && finding->message[0] != '\0');
    REQUIRE(strchr(finding->message, '\n') == NULL);
    seen->count++;
    seen->line = finding->line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    ef_rules *rules;
    ef_trend *trend;
    ef_alerts *alerts;
    ef_error error = { 0 };
    findings seen = { 0 };
    ef_slice bytes = { size > 0 ? data : (const uint8_t *)"", size };
    ef_status status = ef_rules_read(&rules, bytes, see_finding, &seen, &error);
    REQUIRE((status == EF_OK) == (seen.count == 0));
    REQUIRE((status == EF_OK) == (rules != NULL));
    if (status != EF_OK) {
        REQUIRE(status == EF_ERR_FORMAT && error.line > 0);
        return 0;
    }
    REQUIRE(ef_rules_count(rules) > 0);
    REQUIRE(ef_trend_new(&trend, NULL, &error) == EF_OK);
    status = ef_alerts_new(&alerts, rules, trend, &error);
    REQUIRE(status == EF_OK || status == EF_ERR_LIMIT || status == EF_ERR_MEMORY);
    ef_record record = { .has_time = true, .time_ms = 1, .channel = bytes };
    ef_score score = { .label = EF_LABEL_NEGATIVE, .score = -1 };
    if (status == EF_OK) {
        REQUIRE(ef_trend_add(trend, NULL, 0, &record, &score, &error) == EF_OK);
        REQUIRE(ef_trend_finish(trend, &error) == EF_OK);
    }
    ef_alerts_free(alerts);
    ef_trend_free(trend);
    ef_rules_free(rules);
    return 0;
}
