/* SPDX-License-Identifier: MIT
 * reader.h - files, folders, archives and pipes as a stream of records.
 *
 * A reader opens its inputs one after the other, undoes compression and encoding, finds
 * the format and the columns from a sample of each input, and gives one record at a time.
 * What cannot be read is skipped and counted; the stream goes on. */
#ifndef EARFUL_READER_H
#define EARFUL_READER_H

#include "earful/record.h"
#include "earful/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ef_reader ef_reader;

/* Something a user should hear of: a guess, a skipped record, an input that failed.
 * message is one line without newline or a customer's words; it names file and position. */
typedef enum ef_notice_kind {
    EF_NOTICE_GUESS,  /* format, columns, scale …, with the flags that repeat it */
    EF_NOTICE_REJECT, /* one record was skipped */
    EF_NOTICE_INPUT   /* one input could not be read, or not to its end */
} ef_notice_kind;

typedef struct ef_notice {
    ef_notice_kind kind;
    const char *message;  /* lives as long as the callback runs */
    const char *reason;   /* of a reject, in few words: "too long" */
    const char *path;     /* label of the input */
    uint64_t line, column, offset;
    ef_slice raw;         /* bytes of a rejected record, at most the record limit */
} ef_notice;

typedef void ef_notice_fn(void *user, const ef_notice *notice);

/* Zero means the default everywhere; strings are read before ef_reader_new returns. */
typedef struct ef_reader_options {
    const char *const *inputs; /* files, folders, globs, "-" for standard input */
    size_t input_count;
    const char *format;        /* "csv" …; NULL: found from the bytes */
    const char *pattern;       /* of a chat log's first lines, as PCRE2 with named groups */
    const char *text;          /* columns, comma-separated names or 1-based numbers */
    const char *id, *time, *rating, *author, *role, *channel, *conversation;
    const char *rating_scale;  /* "1-5" */
    const char *time_zone;     /* for naive times: "UTC" (default), "+02:00", "Europe/Berlin" */
    const char *date_order;    /* "dmy", "mdy", "ymd" */
    const char *const *staff;  /* authors who are staff; with any, all others are customers */
    size_t staff_count;
    uint32_t gap_minutes;      /* chat logs: silence after which a conversation begins; 0: none */
    const char *encoding;      /* "auto" (default), "none", "utf-8", "utf-16le", … */
    char delimiter;            /* 0: found from the bytes */
    int quote;                 /* 0: '"'; -1: none */
    int header_rows;           /* 0: found from the bytes; -1: none */
    size_t max_record;         /* bytes; 0: 1 MiB */
    bool no_symlinks;
    const char *const *pseudonymize;        /* columns whose values get stand-ins */
    size_t pseudonymize_count;
    const struct ef_pseudonyms *pseudonyms; /* made by app/pseudonym.h; needed if there are
                                               such columns; must outlive the reader */
    bool gap_is_judged; /* rules part talks by it: it has a meaning for every format */
    ef_notice_fn *notice;      /* may be NULL; called from the thread that reads */
    void *notice_user;
    bool reads_ahead;          /* compressed inputs are unpacked on a thread of the reader's */
} ef_reader_options;

/* What has been read so far. */
typedef struct ef_reader_counts {
    uint64_t records;       /* given out */
    uint64_t rejected;      /* skipped */
    uint64_t empty;         /* given out with an empty text */
    uint64_t cut;           /* given out with a cut text */
    uint64_t ragged;        /* too few or too many cells */
    uint64_t invalid_utf8;  /* bytes replaced by U+FFFD */
    uint64_t bad_ratings;   /* off the scale, or not a rating */
    uint64_t bad_times;     /* unreadable, before 1970, or more than a day ahead */
    uint64_t inputs;        /* opened */
    uint64_t failed_inputs; /* could not be opened or read to the end */
    uint64_t bytes;         /* of the inputs as stored: what is read from disk */
    uint64_t total_bytes;   /* of all inputs, 0 if unknown: for progress */
} ef_reader_counts;

/* Makes a reader; nothing is opened before the first ef_reader_next.
 * An input that does not exist is told and counted like one that cannot be opened. Fails with
 * EF_ERR_ARGUMENT (a bad option), EF_ERR_IO (no input exists) or EF_ERR_MEMORY. */
EF_API ef_status ef_reader_new(ef_reader **reader, const ef_reader_options *options,
                               ef_error *error);
EF_API void ef_reader_free(ef_reader *reader);

/* Moves to the next record and describes it in *record.
 *
 * The slices in *record point into the reader and die at the next call.
 * Returns EF_OK, EF_END after the last record, or an error, described in *error if error
 * is not NULL. A record that cannot be read is skipped and counted, an input that cannot
 * be opened is reported by a notice and counted: neither is an error. An input whose
 * format or text column cannot be found is EF_ERR_FORMAT or EF_ERR_ARGUMENT.
 * A reader belongs to one thread; different readers may run in different threads. */
EF_API ef_status ef_reader_next(ef_reader *reader, ef_record *record, ef_error *error);

/* The columns of the input that the last record came from; valid until the next call.
 * Duplicate names are told apart by ".2", ".3". NULL and 0 for formats without columns. */
EF_API const ef_slice *ef_reader_columns(const ef_reader *reader, size_t *count);

EF_API void ef_reader_count(const ef_reader *reader, ef_reader_counts *counts);

#ifdef __cplusplus
}
#endif
#endif
