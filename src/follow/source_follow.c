/* SPDX-License-Identifier: MIT
 * follow/source_follow.c - all growing files of the inputs as one stream of blocks.
 *
 * Tails that may have something new stand in a queue. News of inotify put a tail there at
 * once; a look at every file, every two seconds, puts the rest there, so that a lost or
 * silent event costs time and never a line.
 * Invariant: a tail in the queue is tried until it answers that nothing is new; then it has
 * been compared with what stands at its path. */
#include "follow/source_follow.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/error.h"
#include "base/hash.h"
#include "follow/following.h"
#include "follow/pipe.h"
#include "input/choose.h"
#include "input/reader.h"

enum {
    LOOK_MS = 2000,  /* a safety look at every file */
    POLL_MS = 250,   /* … where nobody tells */
    RETRY_MS = 1000, /* after trouble with a file; doubled with each, */
    DOUBLINGS = 3    /* … so often */
};

/* --- the queue ------------------------------------------------------------------------ */

void ef_following_ready(ef_following *f, ef_tail *tail)
{
    if (tail->is_ready || tail->is_finished)
        return;
    tail->is_ready = true;
    tail->next_ready = NULL;
    if (f->last_ready != NULL)
        f->last_ready->next_ready = tail;
    else
        f->first_ready = tail;
    f->last_ready = tail;
}

static ef_tail *take_ready(ef_following *f)
{
    ef_tail *tail = f->first_ready;
    if (tail == NULL)
        return NULL;
    f->first_ready = tail->next_ready;
    if (f->first_ready == NULL)
        f->last_ready = NULL;
    tail->is_ready = false;
    return tail;
}

/* --- descriptors ---------------------------------------------------------------------- */

static void forget_use(ef_following *f, ef_tail *tail)
{
    ef_tail **before =
        tail->less_used != NULL ? &tail->less_used->more_used : &f->least_used;
    ef_tail **behind =
        tail->more_used != NULL ? &tail->more_used->less_used : &f->most_used;
    *before = tail->more_used;
    *behind = tail->less_used;
    tail->less_used = tail->more_used = NULL;
}

static void note_use(ef_following *f, ef_tail *tail)
{
    tail->less_used = f->most_used;
    tail->more_used = NULL;
    if (f->most_used != NULL)
        f->most_used->more_used = tail;
    else
        f->least_used = tail;
    f->most_used = tail;
}

void ef_following_close(ef_following *f, ef_tail *tail)
{
    if (tail->descriptor < 0)
        return;
    forget_use(f, tail);
    f->open--;
    ef_tail_detach(tail);
}

void ef_following_attach(ef_following *f, ef_tail *tail, int descriptor,
                         const struct stat *about)
{
    /* A file that is at its end can be opened again when it grows; any other one, too, at
     * the price of being compared with what was read of it. */
    for (ef_tail *idle = f->least_used; idle != NULL && f->open >= f->options.most_open;) {
        ef_tail *next = idle->more_used;
        if (!idle->is_ready)
            ef_following_close(f, idle);
        idle = next;
    }
    while (f->open >= f->options.most_open)
        ef_following_close(f, f->least_used);
    ef_tail_attach(tail, descriptor, about);
    note_use(f, tail);
    f->open++;
}

/* --- notices -------------------------------------------------------------------------- */

void ef_following_tell(ef_following *f, ef_notice_kind kind, const char *path,
                       const char *format, ...)
{
    char text[EF_ERROR_MESSAGE_SIZE];
    int size = snprintf(text, sizeof text, "%.*s: ", EF_ERROR_MESSAGE_SIZE / 2, path);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + size, sizeof text - (size_t)size, format, arguments);
    va_end(arguments);
    ef_notice notice = { .kind = kind, .message = text, .reason = "", .path = path };
    ef_notice_send(f->reader.notice, f->reader.notice_user, &notice);
}

static void tell_trouble(ef_following *f, ef_tail *tail, int number)
{
    if (tail->told != number)
        ef_following_tell(f, EF_NOTICE_INPUT, tail->path, "cannot read it now: %s",
                          strerrordesc_np(number));
    tail->told = number;
}

/* The file is tried again later. EF_AGAIN. */
static ef_status wait_out(ef_following *f, ef_tail *tail, int64_t now_ms)
{
    tell_trouble(f, tail, tail->trouble);
    tail->retry_ms = now_ms + (RETRY_MS << tail->troubles);
    tail->troubles += tail->troubles < DOUBLINGS;
    ef_following_close(f, tail);
    return EF_AGAIN;
}

/* --- one tail ------------------------------------------------------------------------- */

static bool is_pending(const ef_tail *tail)
{
    return tail->input.bytes.size > 0;
}

/* When something has to be done with a tail though nothing new comes; INT64_MAX: never. */
static int64_t due(const ef_following *f, const ef_tail *tail)
{
    if (tail->is_finished)
        return INT64_MAX;
    if (tail->retry_ms > 0)
        return tail->retry_ms;
    bool waits_for_next =
        is_pending(tail) && tail->layout != NULL && tail->layout->format->ends_at_next;
    if (waits_for_next || (tail->layout == NULL && tail->seen_size > tail->position &&
                           !tail->is_refused && tail->descriptor >= 0))
        return tail->grown_ms + f->options.flush_ms;
    return tail->is_replaced ? tail->grown_ms + f->options.grace_ms : INT64_MAX;
}

static void set_timer(ef_following *f, ef_tail *tail, int64_t now_ms)
{
    int64_t at = due(f, tail);
    if (at <= now_ms) /* what could not be done yet is tried again with every look */
        at = now_ms + LOOK_MS;
    tail->is_timed = at != INT64_MAX;
    if (at < f->timer_ms)
        f->timer_ms = at;
}

/* Tells what was guessed about a file, as the flags that say it; many files of one kind are
 * told once. */
static void tell_guess(ef_following *f, const ef_tail *tail)
{
    ef_buffer flags = { 0 };
    if (ef_layout_flags(tail->layout, &flags) && flags.size > 0) {
        uint64_t guess = ef_hash_bytes(flags.data, flags.size);
        if (guess != f->guess)
            ef_following_tell(f, EF_NOTICE_GUESS, tail->path, "read as %s",
                              ef_buffer_text(&flags));
        f->guess = guess;
    }
    ef_buffer_release(&flags);
}

/* The layout, decided or had again. EF_AGAIN: not yet. */
static ef_status understand(ef_following *f, ef_tail *tail, int64_t now_ms)
{
    ef_error failure = { 0 };
    if (tail->is_refused)
        return EF_AGAIN;
    if (tail->grown_ms == 0)
        tail->grown_ms = now_ms;
    const char *like =
        tail == f->piped ? NULL : ef_roster_format(&f->roster, tail->first_path);
    bool is_late = tail->is_replaced || now_ms - tail->grown_ms >= f->options.flush_ms;
    ef_status status = ef_tail_understand(tail, &f->reader, f->zone, like,
                                          is_late || f->options.is_once, &failure);
    if (status == EF_OK && ef_layout_has_guesses(tail->layout))
        tell_guess(f, tail);
    if (status == EF_OK || status == EF_AGAIN || status == EF_ERR_MEMORY)
        return status;
    ef_following_tell(f, EF_NOTICE_INPUT, tail->path, "not followed: %s", failure.message);
    tail->is_refused = true;
    return EF_AGAIN;
}

/* The tail has nothing whole: what waits may be over, or the file. */
static ef_status come_to_end(ef_following *f, ef_tail *tail, int64_t now_ms,
                             ef_block *block, ef_error *error)
{
    bool is_over = tail == f->piped ? tail->is_replaced || tail->is_refused
                                    : ef_following_look(f, tail, now_ms);
    bool is_quiet = now_ms - tail->grown_ms >= f->options.flush_ms || f->options.is_once;
    if (tail->layout != NULL &&
        (is_over || (tail->layout->format->ends_at_next && is_quiet))) {
        ef_status status = ef_tail_flush(tail, f->kernels, is_over, block, error);
        if (status != EF_AGAIN)
            return status;
    }
    if (is_over)
        ef_following_end(f, tail);
    return EF_AGAIN;
}

static void hear(void *user, ef_watch_news news, const char *folder, const char *name);

/* The first bytes of a log were read, and something came to lie beside it before they
 * stood there: a log that was filled, copied and emptied between two calls of ours looks
 * as if nothing had been in it. Then they are read again, behind what came. Whoever copies
 * does so before emptying, so the news of it is there when the bytes are. */
static bool came_first(ef_following *f, ef_tail *tail, bool has_company)
{
    ef_watch_read(f->watch, hear, f);
    if (!tail->is_suspect && !(has_company && ef_lineage_has_unseen(f, tail)))
        return false;
    tail->is_suspect = true;
    ef_tail_rewind(tail);
    ef_following_ready(f, tail);
    return true;
}

/* Tries to read from a tail. EF_OK: there is a block. */
static ef_status try(ef_following *f, ef_tail *tail, int64_t now_ms, ef_block *block,
                     uint64_t *rejected, ef_error *error)
{
    ef_notice dropped = { 0 };
    if (tail->retry_ms > now_ms || tail->is_finished)
        return EF_AGAIN;
    tail->retry_ms = 0;
    if (tail->descriptor < 0 && !ef_following_reopen(f, tail))
        return tail->has_trouble ? wait_out(f, tail, now_ms) : EF_AGAIN;
    bool is_unread = tail->position == 0, has_company = tail->is_suspect;
    if (is_unread && has_company && ef_following_look_beside(f, tail) == EF_ERR_MEMORY)
        return ef_error_memory(error);
    if (tail->is_changed) {
        if (!ef_following_restart(f, tail))
            return ef_error_memory(error);
        return EF_AGAIN;
    }
    if (tail->layout == NULL && understand(f, tail, now_ms) == EF_ERR_MEMORY)
        return ef_error_memory(error);
    ef_status status = EF_AGAIN;
    if (tail->layout != NULL)
        status = ef_tail_block(tail, f->kernels, block, &f->spare, &dropped, error);
    if (is_unread && tail->position > 0 && came_first(f, tail, has_company))
        return f->failure == EF_ERR_MEMORY ? ef_error_memory(error) : EF_AGAIN;
    if (dropped.reason != NULL) {
        ++*rejected;
        ef_notice_send(f->reader.notice, f->reader.notice_user, &dropped);
    }
    if (status == EF_OK) {
        tail->grown_ms = now_ms;
        tail->told = 0;
        tail->troubles = 0;
        forget_use(f, tail);
        note_use(f, tail);
    }
    if (status != EF_AGAIN) /* what was read before trouble came is good */
        return status;
    if (tail->has_trouble)
        return wait_out(f, tail, now_ms);
    if (tail->is_changed) {
        ef_following_ready(f, tail);
        return EF_AGAIN;
    }
    /* What lies beside a log is younger than what still stood in it. */
    if (tail->is_suspect && ef_following_look_beside(f, tail) == EF_ERR_MEMORY)
        return ef_error_memory(error);
    return come_to_end(f, tail, now_ms, block, error);
}

/* --- news -------------------------------------------------------------------------------
 */

/* Something came: if it has the name of a generation or a copy of a log, that log is told.
 */
static void suspect(ef_following *f, char *path)
{
    for (char *end = path + strlen(path) - 1; end > path && *end != '/'; end--) {
        char mark = *end;
        if (mark != '.' && mark != '-')
            continue;
        *end = '\0';
        ef_tail *log = ef_roster_youngest(&f->roster, path);
        *end = mark;
        if (log == NULL)
            continue;
        log->is_suspect = true;
        if (log->is_finished)
            f->failure = ef_following_look_beside(f, log);
        ef_following_ready(f, log);
        return;
    }
}

static void stir(ef_following *f, const char *path)
{
    ef_tail *tail = ef_roster_at(&f->roster, path);
    size_t place;
    if (tail != NULL)
        ef_following_ready(f, tail);
    else
        f->is_stirred = true; /* one that was renamed, perhaps */
    if (tail == NULL && ef_places_mean(&f->places, path, &place))
        f->failure = ef_following_offer(f, path, place, NULL);
}

static void hear(void *user, ef_watch_news news, const char *folder, const char *name)
{
    ef_following *f = user;
    if (news == EF_WATCH_ALL)
        f->look_ms = 0;
    if (news == EF_WATCH_ALL || news == EF_WATCH_FOLDER)
        f->must_scan = true;
    if (news == EF_WATCH_ALL || news == EF_WATCH_FOLDER)
        return;
    ef_buffer *path = &f->path;
    ef_buffer_reset(path);
    if (strcmp(folder, ".") != 0 || name[0] == '\0')
        ef_buffer_append_text(path, folder);
    size_t size = path->size;
    if (size > 0 && name[0] != '\0' && folder[size - 1] != '/')
        ef_buffer_append_byte(path, '/');
    ef_buffer_append_text(path, name);
    if (path->failed)
        return;
    ef_buffer_text(path); /* ends it */
    if (news == EF_WATCH_CAME)
        suspect(f, (char *)path->data);
    stir(f, (char *)path->data);
}

static ef_status meet_folder(void *user, const char *path, ef_error *error)
{
    ef_following *f = user;
    (void)error;
    if (ef_watch_add(f->watch, path, false))
        return EF_OK;
    f->is_blind = true;
    if (ef_watch_has_limit(f->watch) && !f->is_limited)
        ef_following_tell(f, EF_NOTICE_INPUT, path,
                          "no more folders can be watched (fs.inotify.max_user_watches, "
                          "max_user_instances): files are looked at four times a second");
    f->is_limited = ef_watch_has_limit(f->watch);
    return EF_OK;
}

static ef_status meet_file(void *user, const char *path, size_t place, ef_error *error)
{
    ef_following *f = user;
    return ef_roster_at(&f->roster, path) != NULL
               ? EF_OK
               : ef_following_offer(f, path, place, error);
}

ef_status ef_following_scan(ef_following *f, ef_error *error)
{
    ef_places_visitor visitor = { f, meet_folder, meet_file };
    f->must_scan = false;
    return ef_places_scan(&f->places, &visitor, error);
}

/* Whether a look from outside shows that something happened to a tail. */
static bool looks_different(const ef_tail *tail)
{
    struct stat about;
    bool is_there = tail->is_replaced && tail->descriptor >= 0
                        ? fstat(tail->descriptor, &about) == 0
                        : stat(tail->path, &about) == 0;
    return !is_there || (uint64_t)about.st_ino != tail->inode ||
           (uint64_t)about.st_dev != tail->device ||
           (uint64_t)about.st_size != tail->seen_size ||
           about.st_ctim.tv_sec != tail->seen_change.tv_sec ||
           about.st_ctim.tv_nsec != tail->seen_change.tv_nsec;
}

/* Looks at every file, and for new ones. */
static ef_status look_at_all(ef_following *f, int64_t now_ms, ef_error *error)
{
    f->look_ms = now_ms + (f->is_blind || f->options.polls ? POLL_MS : LOOK_MS);
    for (size_t i = 0; i < f->roster.count; i++) {
        ef_tail *tail = f->roster.items[i];
        if (!tail->is_finished && !tail->is_ready && looks_different(tail))
            ef_following_ready(f, tail);
    }
    return ef_following_scan(f, error);
}

static void run_timers(ef_following *f, int64_t now_ms)
{
    f->timer_ms = INT64_MAX;
    for (size_t i = 0; i < f->roster.count; i++) {
        ef_tail *tail = f->roster.items[i];
        if (!tail->is_timed)
            continue;
        if (due(f, tail) <= now_ms)
            ef_following_ready(f, tail);
        else
            set_timer(f, tail, now_ms);
    }
}

static void stir_replaced(ef_following *f)
{
    f->is_stirred = false;
    for (size_t i = 0; i < f->roster.count; i++)
        if (f->roster.items[i]->is_replaced)
            ef_following_ready(f, f->roster.items[i]);
}

/* --- the stream -------------------------------------------------------------------------
 */

ef_status ef_following_next(ef_following *f, int64_t now_ms, ef_block *block,
                            ef_tail **found, uint64_t *rejected, ef_error *error)
{
    ef_status status = EF_OK;
    f->failure = EF_OK;
    ef_watch_read(f->watch, hear, f);
    if (f->failure == EF_ERR_MEMORY)
        return ef_error_memory(error);
    if (f->is_stirred)
        stir_replaced(f);
    if (now_ms >= f->timer_ms)
        run_timers(f, now_ms);
    if (now_ms >= f->look_ms)
        status = look_at_all(f, now_ms, error);
    else if (f->must_scan)
        status = ef_following_scan(f, error);
    if (status == EF_OK)
        status = ef_pipe_take(f, now_ms, error);
    while (status == EF_OK) {
        ef_tail *tail = take_ready(f);
        if (tail == NULL)
            return EF_AGAIN;
        if (tail->older != NULL && tail->older->is_ready) {
            ef_following_ready(f, tail); /* its turn comes when the older one is done */
            continue;
        }
        status = try(f, tail, now_ms, block, rejected, error);
        if (status == EF_OK) {
            ef_following_ready(f, tail);
            *found = tail;
            if (block->bytes.size > 0)
                return EF_OK;
            continue;
        }
        set_timer(f, tail, now_ms);
        if (status == EF_AGAIN)
            status = EF_OK;
    }
    return status;
}

int ef_following_descriptor(const ef_following *f)
{
    return ef_watch_descriptor(f->watch);
}

bool ef_following_is_over(const ef_following *f)
{
    return f->piped != NULL ? f->piped->is_finished : f->options.is_once;
}

int64_t ef_following_deadline(const ef_following *f)
{
    if (f->must_scan || f->is_stirred) /* news that came while a file was read */
        return 0;
    return f->timer_ms < f->look_ms ? f->timer_ms : f->look_ms;
}
