/* SPDX-License-Identifier: MIT
 * tests/views/test_view_json.c - findings for machines are valid and whole. */
#include <criterion/criterion.h>
#include <cjson/cJSON.h>

#include "base/json_out.h"
#include "fixture.h"
#include "views/views.h"

static cJSON *parse_document(const ef_findings *findings)
{
    ef_buffer out = { 0 };
    ef_view_json.write(&out, findings, NULL);
    cr_assert_not(out.failed);
    cJSON *document = cJSON_ParseWithOpts(ef_buffer_text(&out), NULL, true);
    cr_assert_not_null(document);
    ef_buffer_release(&out);
    return document;
}

static const cJSON *first_of(const cJSON *document, const char *list)
{
    const cJSON *items = cJSON_GetObjectItemCaseSensitive(document, list);
    cr_assert(cJSON_IsArray(items), "%s", list);
    return items->child;
}

static double number_of(const cJSON *object, const char *key)
{
    const cJSON *number = cJSON_GetObjectItemCaseSensitive(object, key);
    cr_assert(cJSON_IsNumber(number), "%s", key);
    return number->valuedouble;
}

Test(view_json, keeps_every_digit)
{
    ef_findings findings;
    fixture_full(&findings);
    findings.mood.items[0].value = 0.1 + 0.2;
    cJSON *document = parse_document(&findings);
    cr_assert_eq(number_of(document, "schema"), 1);
    const cJSON *net = first_of(document, "mood");
    cr_assert_eq(number_of(net, "value"), 0.1 + 0.2);
    cr_assert_eq(number_of(net, "n"), 1204);
    const cJSON *pain = first_of(document, "pains");
    cr_assert_str_eq(cJSON_GetObjectItem(pain, "name")->valuestring, "delivery");
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(pain, "trend")), FIXTURE_BUCKETS);
    cr_assert_eq(cJSON_GetArraySize(cJSON_GetObjectItem(document, "remarks")), 2);
    cJSON_Delete(document);
}

Test(view_json, unknown_is_null)
{
    ef_findings findings;
    fixture_unknown(&findings);
    cJSON *document = parse_document(&findings);
    const cJSON *net = first_of(document, "mood");
    cr_assert(cJSON_IsNull(cJSON_GetObjectItem(net, "value")));
    cr_assert_str_eq(cJSON_GetObjectItem(net, "standing")->valuestring, "none");
    cJSON_Delete(document);
}

Test(view_json, nothing_is_a_document_too)
{
    ef_findings findings;
    fixture_empty(&findings);
    cJSON *document = parse_document(&findings);
    cr_assert_null(first_of(document, "buckets"));
    cr_assert_null(first_of(document, "pains"));
    cJSON_Delete(document);
}

Test(view_json, hostile_text_stays_text)
{
    for (size_t i = 0; i < FIXTURE_ATTACKS; i++) {
        ef_findings findings;
        fixture_hostile(&findings, ef_slice_of(fixture_attacks[i]));
        cJSON_Delete(parse_document(&findings));
    }
}

Test(view_json, lines_are_objects_that_say_their_kind)
{
    ef_findings findings;
    fixture_full(&findings);
    ef_buffer out = { 0 };
    ef_view_ndjson.write(&out, &findings, NULL);
    size_t lines = 0;
    char *rest = NULL;
    for (char *line = strtok_r((char *)ef_buffer_text(&out), "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest), lines++) {
        cJSON *object = cJSON_ParseWithOpts(line, NULL, true);
        cr_assert(cJSON_IsObject(object), "line %zu", lines + 1);
        cr_assert(cJSON_IsString(cJSON_GetObjectItem(object, "kind")), "line %zu",
                  lines + 1);
        cJSON_Delete(object);
    }
    cr_assert_gt(lines, 50);
    ef_buffer_release(&out);
}

Test(view_json, numbers_read_back_as_they_were)
{
    static const double values[] = {
        0, 1, -1, 0.1, 1.0 / 3, 23.44, 1e300, 5e-324, -2.5e-7
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        ef_buffer out = { 0 };
        cr_assert(ef_json_number(&out, values[i]));
        cr_assert_eq(strtod(ef_buffer_text(&out), NULL), values[i], "row %zu", i);
        ef_buffer_release(&out);
    }
}
