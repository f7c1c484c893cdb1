/* SPDX-License-Identifier: MIT
 * pipeline/checkpoint.c - what is remembered together: places in files, lengths of outputs.
 */
#include "pipeline/checkpoint.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/error.h"
#include "base/fault.h"
#include "base/hash.h"

static ef_status put_meta(ef_checkpoint *c, const char *key, ef_slice value,
                          ef_error *error)
{
    ef_row row = { .table = EF_TABLE_META, .meta = { ef_slice_of(key), value } };
    return ef_state_put(c->state, &row, error);
}

/* EF_END: there is no such key. The value dies at the next call with the state. */
static ef_status get_meta(const ef_checkpoint *c, ef_slice key, ef_slice *value,
                          ef_error *error)
{
    ef_row row = { .table = EF_TABLE_META, .meta.key = key };
    ef_status status = ef_state_get(c->state, &row, error);
    if (status == EF_OK)
        *value = row.meta.value;
    return status;
}

static ef_status make_salt(ef_checkpoint *c, ef_error *error)
{
    if (getrandom(&c->salt, sizeof c->salt, 0) != sizeof c->salt)
        return ef_error_set(error, EF_ERR_IO, "the system has no random numbers");
    c->is_new = true;
    return put_meta(c, "salt", (ef_slice){ (const uint8_t *)&c->salt, sizeof c->salt },
                    error);
}

static ef_status learn_salt(ef_checkpoint *c, ef_error *error)
{
    ef_slice value;
    ef_status status = get_meta(c, ef_slice_of("salt"), &value, error);
    if (status == EF_END)
        return make_salt(c, error);
    if (status == EF_OK && value.size == sizeof c->salt)
        memcpy(&c->salt, value.data, sizeof c->salt);
    return status;
}

/* Compares what scored then with what scores now, and remembers the latter. */
static ef_status learn_model(ef_checkpoint *c, const char *key, const char *hash,
                             ef_error *error)
{
    ef_slice value;
    ef_status status = get_meta(c, ef_slice_of(key), &value, error);
    if (status == EF_OK &&
        (value.size != strlen(hash) || memcmp(value.data, hash, value.size) != 0))
        c->is_other_model = true;
    if (status != EF_OK && status != EF_END)
        return status;
    return put_meta(c, key, ef_slice_of(hash), error);
}

ef_status ef_checkpoint_open(ef_checkpoint *c, const char *path, const ef_engine_info *info,
                             ef_error *error)
{
    *c = (ef_checkpoint){ 0 };
    ef_fault_enter("start");
    ef_status status = ef_state_open(&c->state, path, EF_STATE_OWN, error);
    if (status == EF_OK)
        status = ef_state_begin(c->state, error);
    if (status == EF_OK)
        status = learn_salt(c, error);
    if (status == EF_OK)
        status = learn_model(c, "model", info->model.hash, error);
    if (status == EF_OK)
        status = learn_model(c, "lexicon", info->lexicon_hash, error);
    if (status == EF_OK)
        status = ef_state_commit(c->state, error);
    ef_fault_leave();
    return status;
}

void ef_checkpoint_close(ef_checkpoint *c)
{
    ef_state_close(c->state);
    c->state = NULL;
}

/* --- the output ----------------------------------------------------------------------- */

static ef_status put_output(ef_checkpoint *c, const ef_events *events, ef_error *error)
{
    ef_row row = { .table = EF_TABLE_OUTPUT,
                   .output = { .path = ef_slice_of(events->path),
                               .device = events->device,
                               .inode = events->inode,
                               .length = events->length } };
    return events->path == NULL ? EF_OK : ef_state_put(c->state, &row, error);
}

ef_status ef_checkpoint_resume_output(ef_checkpoint *c, ef_events *events, ef_error *error)
{
    if (events->path == NULL)
        return EF_OK;
    ef_row row = { .table = EF_TABLE_OUTPUT, .output.path = ef_slice_of(events->path) };
    ef_status status = ef_state_get(c->state, &row, error);
    if (status == EF_OK)
        return ef_events_resume(events, row.output.device, row.output.inode,
                                row.output.length, error);
    if (status != EF_END)
        return status;
    /* What stands there already is not ours: it is remembered before the first event. */
    status = ef_state_begin(c->state, error);
    if (status == EF_OK)
        status = put_output(c, events, error);
    return status == EF_OK ? ef_state_commit(c->state, error) : status;
}

/* --- files ---------------------------------------------------------------------------- */

typedef struct resumed {
    ef_following *following;
    ef_buffer path;
} resumed;

static ef_status resume_file(void *user, const ef_row *row, ef_error *error)
{
    resumed *r = user;
    const ef_file_row *file = &row->file;
    ef_buffer_reset(&r->path);
    if (!ef_buffer_append_slice(&r->path, file->path))
        return ef_error_memory(error);
    ef_remembered remembered = {
        .first_path = ef_buffer_text(&r->path),
        .generation = file->generation,
        .identity = { .device = file->device,
                      .inode = file->inode,
                      .offset = file->offset,
                      .head_size = file->head_size,
                      .head = file->head,
                      .tail_size = file->tail_size,
                      .tail = file->tail },
        .line = file->line,
        .cut_state = file->cut_state,
        .sample = file->sample,
        .flushed = file->flushed,
        .is_skipping = file->is_skipping != 0,
        .is_finished = file->is_finished != 0,
        .written_ms = file->written_ms,
        .history_end = file->history_end,
        .format = file->format,
    };
    return ef_following_remember(r->following, &remembered, error);
}

ef_status ef_checkpoint_resume_files(ef_checkpoint *c, ef_following *following,
                                     ef_error *error)
{
    resumed r = { .following = following };
    ef_status status = ef_state_each(c->state, EF_TABLE_FILE, resume_file, &r, error);
    ef_buffer_release(&r.path);
    return status;
}

static ef_status save_tail(ef_checkpoint *c, ef_tail *tail, ef_error *error)
{
    ef_identity identity = ef_tail_identity(tail, c->salt);
    const ef_input *input = &tail->input;
    ef_row row = { .table = EF_TABLE_FILE,
                   .file = { .path = ef_slice_of(tail->first_path),
                             .generation = tail->generation,
                             .device = tail->device,
                             .inode = tail->inode,
                             .offset = identity.offset,
                             .line = input->line,
                             .cut_state = input->state,
                             .head_size = identity.head_size,
                             .head = identity.head,
                             .tail_size = identity.tail_size,
                             .tail = identity.tail,
                             .format = ef_slice_of(tail->format),
                             .sample = tail->sample,
                             .flushed = tail->flushed,
                             .history_end = tail->history_end,
                             .is_skipping = input->is_skipping,
                             .is_finished = tail->is_finished,
                             .written_ms = (int64_t)tail->written.tv_sec * 1000 +
                                           tail->written.tv_nsec / 1000000 } };
    return tail->is_forgotten ? ef_state_delete(c->state, &row, error)
                              : ef_state_put(c->state, &row, error);
}

/* The key under which an input is remembered. */
static ef_status input_key(ef_buffer *key, const char *input, ef_error *error)
{
    return ef_buffer_append_text(key, "input:") && ef_buffer_append_text(key, input)
               ? EF_OK
               : ef_error_memory(error);
}

bool ef_checkpoint_knows_input(const ef_checkpoint *c, const char *input)
{
    ef_buffer key = { 0 };
    ef_slice value;
    bool is_known = input_key(&key, input, NULL) == EF_OK &&
                    get_meta(c, ef_buffer_slice(&key), &value, NULL) == EF_OK;
    ef_buffer_release(&key);
    return is_known;
}

bool ef_checkpoint_owns(const char *path, const struct stat *about)
{
    static const char *const parts[] = {
        "", "-wal", "-shm", ".lock", ".1", ".2", ".corrupt"
    };
    ef_buffer name = { 0 };
    struct stat part;
    bool is_ours = false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && !is_ours; i++) {
        ef_buffer_reset(&name);
        is_ours = ef_buffer_printf(&name, "%s%s", path, parts[i]) &&
                  stat(ef_buffer_text(&name), &part) == 0 && part.st_ino == about->st_ino &&
                  part.st_dev == about->st_dev;
    }
    ef_buffer_release(&name);
    return is_ours;
}

static ef_status save_inputs(ef_checkpoint *c, const ef_reader_options *inputs,
                             ef_error *error)
{
    ef_status status = EF_OK;
    for (size_t i = 0; i < inputs->input_count && status == EF_OK; i++) {
        ef_buffer key = { 0 };
        status = input_key(&key, inputs->inputs[i], error);
        if (status == EF_OK)
            status = put_meta(c, ef_buffer_text(&key), ef_slice_of("1"), error);
        ef_buffer_release(&key);
    }
    c->has_inputs = status == EF_OK;
    return status;
}

static ef_status save_all(ef_checkpoint *c, const ef_checkpoint_parts *parts,
                          ef_error *error)
{
    ef_status status = c->has_inputs ? EF_OK : save_inputs(c, parts->inputs, error);
    for (size_t i = 0; status == EF_OK; i++) {
        ef_tail *tail = ef_following_at(parts->following, i);
        if (tail == NULL)
            break;
        if (tail->is_unsaved)
            status = save_tail(c, tail, error);
    }
    if (status == EF_OK && parts->alerts != NULL)
        status = ef_alerts_save(parts->alerts, c->state, error);
    if (status == EF_OK && parts->outbox != NULL)
        status = ef_outbox_save(parts->outbox, c->state, error);
    return status == EF_OK ? put_output(c, parts->events, error) : status;
}

ef_status ef_checkpoint_commit(ef_checkpoint *c, const ef_checkpoint_parts *parts,
                               ef_error *error)
{
    bool had_inputs = c->has_inputs;
    ef_fault_enter("commit");
    ef_status status = ef_events_sync(parts->events, error);
    if (status == EF_OK)
        status = ef_state_begin(c->state, error);
    if (status == EF_OK) {
        status = save_all(c, parts, error);
        if (status == EF_OK)
            status = ef_state_commit(c->state, error);
        else
            ef_state_rollback(c->state);
    }
    ef_fault_leave();
    if (status != EF_OK) {
        c->has_inputs = had_inputs;
        return status;
    }
    ef_following_saved(parts->following);
    if (parts->alerts != NULL)
        ef_alerts_saved(parts->alerts);
    if (parts->outbox != NULL)
        ef_outbox_saved(parts->outbox);
    return EF_OK;
}
