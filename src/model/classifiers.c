/* SPDX-License-Identifier: MIT
 * model/classifiers.c - the table of classifiers. */
#include "model/classifier.h"

#include <string.h>

static const ef_classifier *const table[] = { &ef_classifier_naive_bayes,
                                              &ef_classifier_complement_bayes,
                                              &ef_classifier_linear };
enum { COUNT = sizeof table / sizeof *table };

const ef_classifier *ef_classifier_at(size_t index)
{
    return index < COUNT ? table[index] : NULL;
}

const ef_classifier *ef_classifier_named(const char *name)
{
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    return NULL;
}
