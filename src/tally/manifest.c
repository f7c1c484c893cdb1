/* SPDX-License-Identifier: MIT
 * tally/manifest.c - which inputs a tally has counted, so that none is counted twice. */
#include "tally/manifest.h"

#include <stdlib.h>

#include "base/hash.h"

enum { LONGEST_LABEL = 4096 };

void ef_manifest_release(ef_manifest *manifest)
{
    free(manifest->items);
    ef_buffer_release(&manifest->labels);
    ef_buffer_release(&manifest->head);
    *manifest = (ef_manifest){ 0 };
}

ef_slice ef_manifest_label(const ef_manifest *manifest, size_t index)
{
    const ef_counted_input *input = &manifest->items[index];
    return (ef_slice){ manifest->labels.data + input->label, input->label_size };
}

static bool append(ef_manifest *manifest, ef_slice label, uint64_t size, uint64_t head)
{
    if (manifest->count == manifest->room) {
        size_t room = manifest->room == 0 ? 16 : manifest->room * 2;
        ef_counted_input *items = realloc(manifest->items, room * sizeof *items);
        if (items == NULL)
            return false;
        manifest->items = items;
        manifest->room = room;
    }
    size_t at = manifest->labels.size;
    if (!ef_buffer_append_slice(&manifest->labels, label) ||
        !ef_buffer_append_byte(&manifest->labels, 0))
        return false;
    manifest->items[manifest->count++] = (ef_counted_input){ at, label.size, size, head };
    return true;
}

bool ef_manifest_begin(ef_manifest *manifest, const char *label)
{
    ef_slice name = ef_slice_of(label);
    name.size = name.size < LONGEST_LABEL ? name.size : LONGEST_LABEL;
    ef_manifest_end(manifest);
    ef_buffer_reset(&manifest->head);
    return append(manifest, name, 0, 0);
}

bool ef_manifest_bytes(ef_manifest *manifest, ef_slice bytes)
{
    size_t left = EF_HEAD_BYTES - manifest->head.size;
    manifest->items[manifest->count - 1].size += bytes.size;
    bytes.size = bytes.size < left ? bytes.size : left;
    return ef_buffer_append_slice(&manifest->head, bytes);
}

void ef_manifest_end(ef_manifest *manifest)
{
    if (manifest->count == 0 || manifest->head.size == 0)
        return;
    manifest->items[manifest->count - 1].head =
        ef_hash_bytes(manifest->head.data, manifest->head.size);
    ef_buffer_reset(&manifest->head);
}

/* --- the same input twice ---------------------------------------------------------- */

/* An input of one of two manifests. */
typedef struct listed {
    ef_counted_input input;
    size_t which, index;
} listed;

static int by_head(const void *one, const void *two)
{
    const listed *a = one, *b = two;
    if (a->input.head != b->input.head)
        return a->input.head < b->input.head ? -1 : 1;
    if (a->which != b->which)
        return a->which < b->which ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* All inputs of both, those with equal first bytes beside each other; NULL without memory.
 */
static listed *list_both(const ef_manifest *one, const ef_manifest *two, size_t *count)
{
    const ef_manifest *both[] = { one, two };
    *count = 0;
    listed *list = malloc((one->count + two->count + 1) * sizeof *list);
    for (size_t which = 0; which < 2 && list != NULL; which++)
        for (size_t i = 0; i < both[which]->count; i++)
            if (both[which]->items[i].size > 0)
                list[(*count)++] = (listed){ both[which]->items[i], which, i };
    if (list != NULL)
        qsort(list, *count, sizeof *list, by_head);
    return list;
}

static bool is_same(const ef_counted_input *one, const ef_counted_input *two)
{
    bool are_long = one->size >= EF_HEAD_BYTES && two->size >= EF_HEAD_BYTES;
    return one->head == two->head && (are_long || one->size == two->size);
}

bool ef_manifest_overlap(const ef_manifest *one, const ef_manifest *two, size_t found[2],
                         bool *is_found)
{
    size_t count;
    listed *list = list_both(one, two, &count);
    *is_found = false;
    for (size_t i = 1; i < count && !*is_found; i++) {
        const listed *before = &list[i - 1], *behind = &list[i];
        *is_found =
            before->which < behind->which && is_same(&before->input, &behind->input);
        found[0] = before->index;
        found[1] = behind->index;
    }
    free(list);
    return list != NULL;
}

bool ef_manifest_repeated(const ef_manifest *manifest, size_t *repeated)
{
    size_t count;
    listed *list = list_both(manifest, &(ef_manifest){ 0 }, &count);
    *repeated = 0;
    for (size_t i = 1; i < count; i++)
        *repeated += is_same(&list[i - 1].input, &list[i].input);
    free(list);
    return list != NULL;
}

bool ef_manifest_merge(ef_manifest *manifest, const ef_manifest *more)
{
    for (size_t i = 0; i < more->count; i++)
        if (!append(manifest, ef_manifest_label(more, i), more->items[i].size,
                    more->items[i].head))
            return false;
    return true;
}

static int by_label(const void *one, const void *two, void *labels)
{
    const ef_counted_input *a = one, *b = two;
    const uint8_t *bytes = labels;
    size_t size = a->label_size < b->label_size ? a->label_size : b->label_size;
    int order = size == 0 ? 0 : memcmp(bytes + a->label, bytes + b->label, size);
    if (order != 0 || a->label_size != b->label_size)
        return order != 0 ? order : a->label_size < b->label_size ? -1 : 1;
    if (a->head != b->head)
        return a->head < b->head ? -1 : 1;
    return (a->size > b->size) - (a->size < b->size);
}

void ef_manifest_sort(ef_manifest *manifest)
{
    if (manifest->count > 1)
        qsort_r(manifest->items, manifest->count, sizeof *manifest->items, by_label,
                manifest->labels.data);
}

bool ef_manifest_save(const ef_manifest *manifest, ef_buffer *out)
{
    ef_pack_int(out, (int64_t)manifest->count);
    for (size_t i = 0; i < manifest->count; i++) {
        ef_pack_bytes(out, ef_manifest_label(manifest, i));
        ef_pack_int(out, (int64_t)manifest->items[i].size);
        ef_pack_int(out, (int64_t)manifest->items[i].head);
    }
    return !out->failed;
}

bool ef_manifest_load(ef_manifest *manifest, ef_unpack *in)
{
    int64_t count = ef_unpack_int(in);
    in->failed |= count < 0;
    for (int64_t i = 0; i < count && !in->failed; i++) {
        ef_slice label = ef_unpack_bytes(in);
        int64_t size = ef_unpack_int(in), head = ef_unpack_int(in);
        in->failed |= label.size > LONGEST_LABEL || size < 0 ||
                      (label.size > 0 && memchr(label.data, '\0', label.size) != NULL);
        if (!in->failed && !append(manifest, label, (uint64_t)size, (uint64_t)head))
            return false;
    }
    return true;
}
