/* SPDX-License-Identifier: MIT
 * aggregate/group.c - what is kept of each group of a grouping. */
#include "aggregate/group.h"

#include <stdlib.h>

static void free_group(ef_group *group)
{
    if (group == NULL)
        return;
    ef_timeline_release(&group->timeline);
    free(group->examples);
    free(group->seasons);
    free(group);
}

static bool is_blank(uint8_t byte)
{
    return byte == ' ' || byte == '\t';
}

/* The next name of a list, without blanks around it; moves *at behind its comma. */
static ef_slice next_name(const char *text, size_t size, size_t *at)
{
    size_t begin = *at;
    while (*at < size && text[*at] != ',')
        ++*at;
    size_t end = *at;
    *at += *at < size;
    while (begin < end && is_blank((uint8_t)text[begin]))
        begin++;
    while (end > begin && is_blank((uint8_t)text[end - 1]))
        end--;
    return (ef_slice){ (const uint8_t *)text + begin, end - begin };
}

bool ef_grouping_init(ef_grouping *grouping, const char *columns, uint64_t seed)
{
    size_t size = strlen(columns);
    *grouping = (ef_grouping){ .keys = { .seed = seed } };
    char *text = malloc(size + 1);
    if (text == NULL)
        return false;
    memcpy(text, columns, size + 1);
    grouping->columns.text = text;
    for (size_t at = 0; at < size;) {
        ef_slice name = next_name(text, size, &at);
        if (grouping->columns.count == EF_MOST_GROUP_COLUMNS)
            return false;
        if (name.size > 0)
            grouping->columns.names[grouping->columns.count++] = name;
    }
    return true;
}

void ef_grouping_release(ef_grouping *grouping)
{
    for (size_t i = 0; i < grouping->keys.count; i++)
        free_group(grouping->groups[i]);
    free(grouping->groups);
    free(grouping->columns.text);
    ef_names_release(&grouping->keys);
    ef_clusters_release(&grouping->clusters);
    ef_clusters_release(&grouping->voices);
}

static bool make_room(ef_grouping *grouping)
{
    if (grouping->keys.count < grouping->capacity)
        return true;
    size_t capacity = grouping->capacity == 0 ? 16 : grouping->capacity * 2;
    ef_group **groups = realloc(grouping->groups, capacity * sizeof(ef_group *));
    if (groups == NULL)
        return false;
    grouping->groups = groups;
    grouping->capacity = capacity;
    return true;
}

/* The key of "other": the word once for each column. */
static ef_slice other_key(const ef_grouping *grouping, uint8_t *key)
{
    static const char word[] = "other";
    size_t size = 0;
    for (size_t i = 0; i < grouping->columns.count; i++) {
        if (i > 0)
            key[size++] = EF_KEY_SEPARATOR;
        memcpy(key + size, word, sizeof word - 1);
        size += sizeof word - 1;
    }
    return (ef_slice){ key, size };
}

int64_t ef_grouping_group(ef_grouping *grouping, ef_slice key, uint32_t most,
                          bool *is_other)
{
    uint8_t other[EF_MOST_GROUP_COLUMNS * 6];
    int64_t number = ef_names_find(&grouping->keys, key);
    *is_other = number == EF_NO_NAME && grouping->keys.count + 1 >= most &&
                grouping->columns.count > 0;
    if (*is_other) {
        key = other_key(grouping, other);
        number = ef_names_find(&grouping->keys, key);
    }
    if (number != EF_NO_NAME)
        return number;
    ef_group *group = make_room(grouping) ? calloc(1, sizeof *group) : NULL;
    number = group != NULL ? ef_names_add(&grouping->keys, key) : EF_NO_NAME;
    if (number == EF_NO_NAME)
        free(group);
    else
        grouping->groups[number] = group;
    return number;
}

bool ef_group_remember(ef_group *group, int64_t minute, int32_t score,
                       uint64_t conversation, ef_slice id)
{
    if (id.size == 0 || id.size > EF_EXAMPLE_SIZE)
        return true;
    if (group->examples == NULL)
        group->examples = calloc(EF_KEPT_EXAMPLES, sizeof *group->examples);
    if (group->examples == NULL)
        return false;
    ef_example *example = &group->examples[group->example_count % EF_KEPT_EXAMPLES];
    if (group->example_count > 0) {
        ef_example *last = &group->examples[(group->example_count - 1) % EF_KEPT_EXAMPLES];
        if (minute < last->minute || (minute == last->minute && score >= last->score))
            return true;
        if (minute == last->minute)
            example = last;
    }
    group->example_count += example->minute != minute || example->size == 0;
    *example = (ef_example){ .minute = minute,
                             .conversation = conversation,
                             .score = score,
                             .size = (uint32_t)id.size };
    memcpy(example->id, id.data, id.size);
    return true;
}

static bool is_told(const ef_example *example, const ef_example **found, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (found[i] == example ||
            (example->conversation != 0 && found[i]->conversation == example->conversation))
            return true;
    return false;
}

size_t ef_group_examples(const ef_group *group, int64_t from, const ef_example **found,
                         size_t room)
{
    size_t kept =
        group->example_count < EF_KEPT_EXAMPLES ? group->example_count : EF_KEPT_EXAMPLES;
    size_t first = group->example_count - kept;
    for (size_t count = 0; count < room; count++) {
        const ef_example *worst = NULL;
        for (size_t i = 0; i < kept; i++) {
            const ef_example *example = &group->examples[(first + i) % EF_KEPT_EXAMPLES];
            if (example->minute >= from && !is_told(example, found, count) &&
                (worst == NULL || example->score < worst->score))
                worst = example;
        }
        if (worst == NULL)
            return count;
        found[count] = worst;
    }
    return room;
}
