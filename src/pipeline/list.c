/* SPDX-License-Identifier: MIT
 * pipeline/list.c - everything that stands in a table.
 *
 * In this room because it is the one that may look into all others. */
#include "earful/app/list.h"

#include "alert/rule.h"
#include "earful/app/redact.h"
#include "input/format.h"
#include "input/source.h"
#include "kernels/kernels.h"
#include "model/classifier.h"
#include "report/format_writer.h"
#include "score/engine_parts.h"
#include "views/views.h"

#include <string.h>

static bool format_at(size_t index, ef_listed *entry)
{
    const ef_format *format = ef_format_at(index);
    if (format == NULL)
        return false;
    *entry = (ef_listed){ format->name, format->summary, true };
    return true;
}

/* Those that the first bytes of a file ask for; the others are where bytes begin. */
static bool source_at(size_t index, ef_listed *entry)
{
    const ef_source_kind *kind = NULL;
    for (size_t i = 0, seen = 0; seen <= index; i++) {
        kind = ef_source_kind_at(i);
        if (kind == NULL)
            return false;
        seen += kind->recognizes != NULL;
    }
    *entry = (ef_listed){ kind->name, kind->summary,
                          kind->is_usable == NULL || kind->is_usable() };
    return true;
}

static bool writer_at(size_t index, ef_listed *entry)
{
    const ef_format_writer *writer = ef_format_writer_at(index);
    if (writer == NULL)
        return false;
    *entry = (ef_listed){ writer->name, writer->summary, true };
    return true;
}

static bool kernels_at(size_t index, ef_listed *entry)
{
    const ef_kernels *kernels = ef_kernels_at(index);
    if (kernels == NULL)
        return false;
    *entry = (ef_listed){ kernels->name, kernels->summary, kernels->is_supported() };
    return true;
}

static bool classifier_at(size_t index, ef_listed *entry)
{
    const ef_classifier *classifier = ef_classifier_at(index);
    if (classifier == NULL)
        return false;
    *entry = (ef_listed){ classifier->name, classifier->summary, true };
    return true;
}

static bool scorer_at(size_t index, ef_listed *entry)
{
    entry->is_usable = true;
    return ef_scorer_at(index, &entry->name, &entry->summary);
}

static bool encoding_at(size_t index, ef_listed *entry)
{
    const ef_encoding *encoding = ef_encoding_at(index);
    if (encoding == NULL)
        return false;
    *entry = (ef_listed){ encoding->name, encoding->summary, true };
    return true;
}

static bool redaction_at(size_t index, ef_listed *entry)
{
    const ef_personal_kind *kind = ef_personal_kind_at(index);
    if (kind == NULL)
        return false;
    *entry = (ef_listed){ kind->name, kind->summary, true };
    return true;
}

static bool rule_at(size_t index, ef_listed *entry)
{
    const ef_rule_kind *kind = ef_rule_kind_at(index);
    if (kind == NULL)
        return false;
    *entry = (ef_listed){ kind->name, kind->summary, true };
    return true;
}

static bool view_at(size_t index, ef_listed *entry)
{
    const ef_view *view = ef_view_at(index);
    if (view == NULL)
        return false;
    *entry = (ef_listed){ view->name, view->summary, true };
    return true;
}

static const struct list {
    const char *name;
    bool (*at)(size_t index, ef_listed *entry);
} lists[] = {
    { "formats", format_at },
    { "sources", source_at },
    { "writers", writer_at },
    { "kernels", kernels_at },
    { "classifiers", classifier_at },
    { "scorers", scorer_at },
    { "encodings", encoding_at },
    { "redactions", redaction_at },
    { "rules", rule_at },
    { "views", view_at },
};
enum { LISTS = sizeof lists / sizeof lists[0] };

const char *ef_list_name(size_t index)
{
    return index < LISTS ? lists[index].name : NULL;
}

ef_status ef_list(const char *list, size_t index, ef_listed *entry)
{
    for (size_t i = 0; i < LISTS; i++)
        if (strcmp(lists[i].name, list) == 0)
            return lists[i].at(index, entry) ? EF_OK : EF_END;
    return EF_ERR_ARGUMENT;
}
