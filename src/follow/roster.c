/* SPDX-License-Identifier: MIT
 * follow/roster.c - all tails, found by path and by inode: two tables of chains. */
#include "follow/roster.h"

#include <stdlib.h>

#include "base/hash.h"

static size_t path_bucket(const ef_roster *roster, const char *path)
{
    return ef_hash_bytes((const uint8_t *)path, strlen(path)) & (roster->buckets - 1);
}

static size_t inode_bucket(const ef_roster *roster, uint64_t device, uint64_t inode)
{
    return ef_hash_combine(device, inode) & (roster->buckets - 1);
}

static void link_path(ef_roster *roster, ef_tail *tail)
{
    ef_tail **head = &roster->by_path[path_bucket(roster, tail->path)];
    tail->next_by_path = *head;
    *head = tail;
}

static void link_inode(ef_roster *roster, ef_tail *tail)
{
    ef_tail **head = &roster->by_inode[inode_bucket(roster, tail->device, tail->inode)];
    tail->next_by_inode = *head;
    *head = tail;
}

static void link_first(ef_roster *roster, ef_tail *tail)
{
    ef_tail **head = &roster->by_first[path_bucket(roster, tail->first_path)];
    tail->next_by_first = *head;
    *head = tail;
}

static void unlink_first(ef_roster *roster, const ef_tail *tail)
{
    ef_tail **at = &roster->by_first[path_bucket(roster, tail->first_path)];
    while (*at != tail)
        at = &(*at)->next_by_first;
    *at = tail->next_by_first;
}

static void unlink_path(ef_roster *roster, const ef_tail *tail)
{
    ef_tail **at = &roster->by_path[path_bucket(roster, tail->path)];
    while (*at != tail)
        at = &(*at)->next_by_path;
    *at = tail->next_by_path;
}

static void unlink_inode(ef_roster *roster, const ef_tail *tail)
{
    ef_tail **at = &roster->by_inode[inode_bucket(roster, tail->device, tail->inode)];
    while (*at != tail)
        at = &(*at)->next_by_inode;
    *at = tail->next_by_inode;
}

void ef_roster_release(ef_roster *roster)
{
    for (size_t i = 0; i < roster->count; i++)
        ef_tail_free(roster->items[i]);
    free(roster->items);
    free(roster->by_path);
    free(roster->by_inode);
    free(roster->by_first);
    *roster = (ef_roster){ 0 };
}

/* Makes room for twice as many; the chains are built anew in the order of finding. */
static bool grow(ef_roster *roster)
{
    size_t capacity = roster->capacity == 0 ? 16 : roster->capacity * 2;
    ef_tail **items = realloc(roster->items, capacity * sizeof(ef_tail *));
    if (items != NULL)
        roster->items = items;
    ef_tail **by_path = calloc(capacity, sizeof(ef_tail *));
    ef_tail **by_inode = calloc(capacity, sizeof(ef_tail *));
    ef_tail **by_first = calloc(capacity, sizeof(ef_tail *));
    if (items == NULL || by_path == NULL || by_inode == NULL || by_first == NULL) {
        free(by_path);
        free(by_inode);
        free(by_first);
        return false;
    }
    free(roster->by_path);
    free(roster->by_inode);
    free(roster->by_first);
    roster->by_path = by_path;
    roster->by_inode = by_inode;
    roster->by_first = by_first;
    roster->capacity = roster->buckets = capacity;
    for (size_t i = 0; i < roster->count; i++) {
        link_path(roster, items[i]);
        link_inode(roster, items[i]);
        link_first(roster, items[i]);
    }
    return true;
}

bool ef_roster_add(ef_roster *roster, ef_tail *tail)
{
    if (roster->count == roster->capacity && !grow(roster))
        return false;
    roster->items[roster->count++] = tail;
    link_path(roster, tail);
    link_inode(roster, tail);
    link_first(roster, tail);
    return true;
}

void ef_roster_sweep(ef_roster *roster)
{
    size_t kept = 0;
    for (size_t i = 0; i < roster->count; i++) {
        ef_tail *tail = roster->items[i];
        if (!tail->is_forgotten) {
            roster->items[kept++] = tail;
            continue;
        }
        unlink_path(roster, tail);
        unlink_inode(roster, tail);
        unlink_first(roster, tail);
        ef_tail_free(tail);
    }
    roster->count = kept;
}

ef_tail *ef_roster_at(const ef_roster *roster, const char *path)
{
    ef_tail *at = roster->buckets == 0 ? NULL : roster->by_path[path_bucket(roster, path)];
    while (at != NULL &&
           (at->is_finished || at->is_replaced || strcmp(at->path, path) != 0))
        at = at->next_by_path;
    return at;
}

ef_tail *ef_roster_of(const ef_roster *roster, uint64_t device, uint64_t inode)
{
    ef_tail *at =
        roster->buckets == 0 ? NULL : roster->by_inode[inode_bucket(roster, device, inode)];
    while (at != NULL && (at->is_finished || at->device != device || at->inode != inode))
        at = at->next_by_inode;
    return at;
}

ef_tail *ef_roster_next_of(const ef_roster *roster, const ef_tail *after, uint64_t device,
                           uint64_t inode)
{
    if (roster->buckets == 0)
        return NULL;
    ef_tail *at = after == NULL ? roster->by_inode[inode_bucket(roster, device, inode)]
                                : after->next_by_inode;
    while (at != NULL && (at->device != device || at->inode != inode))
        at = at->next_by_inode;
    return at;
}

ef_tail *ef_roster_next_first(const ef_roster *roster, const ef_tail *after,
                              const char *first_path)
{
    if (roster->buckets == 0)
        return NULL;
    ef_tail *at = after == NULL ? roster->by_first[path_bucket(roster, first_path)]
                                : after->next_by_first;
    while (at != NULL && strcmp(at->first_path, first_path) != 0)
        at = at->next_by_first;
    return at;
}

ef_tail *ef_roster_youngest(const ef_roster *roster, const char *first_path)
{
    ef_tail *youngest = NULL, *at = NULL;
    while ((at = ef_roster_next_first(roster, at, first_path)) != NULL)
        if (youngest == NULL || at->generation > youngest->generation)
            youngest = at;
    return youngest;
}

const char *ef_roster_format(const ef_roster *roster, const char *first_path)
{
    const ef_tail *youngest = NULL, *at = NULL;
    while ((at = ef_roster_next_first(roster, at, first_path)) != NULL)
        if (at->format != NULL &&
            (youngest == NULL || at->generation > youngest->generation))
            youngest = at;
    return youngest == NULL ? NULL : youngest->format;
}

bool ef_roster_move(ef_roster *roster, ef_tail *tail, const char *path)
{
    char *copy = strdup(path);
    if (copy == NULL)
        return false;
    unlink_path(roster, tail);
    free(tail->path);
    tail->path = copy;
    link_path(roster, tail);
    return true;
}

void ef_roster_renew(ef_roster *roster, ef_tail *tail, uint64_t device, uint64_t inode)
{
    unlink_inode(roster, tail);
    tail->device = device;
    tail->inode = inode;
    link_inode(roster, tail);
}
