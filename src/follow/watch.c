/* SPDX-License-Identifier: MIT
 * follow/watch.c - hearing at once that something happened in a folder: inotify.
 *
 * One watch a folder, whatever the number of its files: the kernel names the file that was
 * written to. */
#include "follow/watch.h"

#include <errno.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/error.h"

#define FOLDER_NEWS                                                                        \
    (IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF |    \
     IN_MOVE_SELF | IN_ONLYDIR)
#define FILE_NEWS (IN_MODIFY | IN_DELETE_SELF | IN_MOVE_SELF)

struct ef_watch {
    int descriptor;
    char **paths; /* by watch number, which the kernel counts from 1 */
    size_t capacity;
    bool has_limit;
};

ef_status ef_watch_new(ef_watch **made, bool polls, ef_error *error)
{
    ef_watch *watch = calloc(1, sizeof *watch);
    *made = watch;
    if (watch == NULL)
        return ef_error_memory(error);
    watch->descriptor = polls ? -1 : inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    watch->has_limit = !polls && watch->descriptor < 0;
    return EF_OK;
}

void ef_watch_free(ef_watch *watch)
{
    if (watch == NULL)
        return;
    if (watch->descriptor >= 0)
        close(watch->descriptor);
    for (size_t i = 0; i < watch->capacity; i++)
        free(watch->paths[i]);
    free(watch->paths);
    free(watch);
}

int ef_watch_descriptor(const ef_watch *watch)
{
    return watch->descriptor;
}

bool ef_watch_has_limit(const ef_watch *watch)
{
    return watch->has_limit;
}

/* File systems on which others write without our kernel's knowledge. */
static bool is_mute(const char *path)
{
    enum { CIFS = 0xFF534D42, SMB2 = 0xFE534D42, FUSE = 0x65735546, CEPH = 0x00C36400 };
    struct statfs about;
    if (statfs(path, &about) != 0)
        return true;
    switch ((unsigned)about.f_type) {
    case NFS_SUPER_MAGIC:
    case OVERLAYFS_SUPER_MAGIC:
    case SMB_SUPER_MAGIC:
    case V9FS_MAGIC:
    case CIFS:
    case SMB2:
    case FUSE:
    case CEPH:
        return true;
    default:
        return false;
    }
}

static bool keep_path(ef_watch *watch, size_t number, const char *path)
{
    if (number >= watch->capacity) {
        size_t capacity = number + 64;
        char **paths = realloc(watch->paths, capacity * sizeof *paths);
        if (paths == NULL)
            return false;
        memset(paths + watch->capacity, 0, (capacity - watch->capacity) * sizeof *paths);
        watch->paths = paths;
        watch->capacity = capacity;
    }
    if (watch->paths[number] != NULL && strcmp(watch->paths[number], path) == 0)
        return true;
    char *copy = strdup(path);
    if (copy == NULL)
        return false;
    free(watch->paths[number]);
    watch->paths[number] = copy;
    return true;
}

bool ef_watch_add(ef_watch *watch, const char *path, bool is_file)
{
    if (watch->descriptor < 0)
        return false;
    int number =
        inotify_add_watch(watch->descriptor, path, is_file ? FILE_NEWS : FOLDER_NEWS);
    watch->has_limit |= number < 0 && (errno == ENOSPC || errno == ENOMEM);
    return number >= 0 && keep_path(watch, (size_t)number, path) && !is_mute(path);
}

static ef_watch_news news_of(uint32_t mask)
{
    if (mask & (IN_CREATE | IN_MOVED_TO))
        return mask & IN_ISDIR ? EF_WATCH_FOLDER : EF_WATCH_CAME;
    return mask & IN_MODIFY ? EF_WATCH_GREW : EF_WATCH_WENT;
}

static void tell(ef_watch *watch, const struct inotify_event *event, ef_watch_fn *fn,
                 void *user)
{
    if (event->mask & IN_Q_OVERFLOW) {
        fn(user, EF_WATCH_ALL, "", "");
        return;
    }
    size_t number = (size_t)event->wd;
    if (number >= watch->capacity || watch->paths[number] == NULL)
        return;
    if (event->mask & IN_IGNORED) { /* the folder is gone: its number means nothing now */
        fn(user, EF_WATCH_WENT, watch->paths[number], "");
        free(watch->paths[number]);
        watch->paths[number] = NULL;
        return;
    }
    fn(user, news_of(event->mask), watch->paths[number], event->len > 0 ? event->name : "");
}

void ef_watch_read(ef_watch *watch, ef_watch_fn *fn, void *user)
{
    _Alignas(struct inotify_event) char bytes[1 << 14];
    while (watch->descriptor >= 0) {
        ssize_t got = read(watch->descriptor, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return;
        for (ssize_t at = 0; at < got;) {
            const struct inotify_event *event = (const void *)(bytes + at);
            at += (ssize_t)(sizeof *event + event->len);
            tell(watch, event, fn, user);
        }
    }
}
