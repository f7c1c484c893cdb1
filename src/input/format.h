/* SPDX-License-Identifier: MIT
 * input/format.h - how bytes become records.
 *
 * A format does two things that need different hands: `cut` runs serially over the input
 * and finds where records end; `next` parses the records of one block and may run in any
 * thread. Between them stands the layout: what was decided from the sample, constant from
 * then on. Each format is a const struct, listed in formats.c. */
#ifndef EARFUL_INPUT_FORMAT_H
#define EARFUL_INPUT_FORMAT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "earful/app/sniff.h"
#include "earful/reader.h"
#include "kernels/kernels.h"

typedef struct ef_format ef_format;

/* Which column fills which field of the record, and how ratings and times are to be read.
 * Column numbers count from 0; EF_NO_COLUMN where the input has none. */
enum { EF_NO_COLUMN = -1, EF_TEXT_COLUMNS = 8 };

typedef struct ef_columns {
    int text[EF_TEXT_COLUMNS]; /* in the order in which they are joined */
    size_t text_count;
    int id, time, rating, author, role, channel, conversation, language;
} ef_columns;

typedef enum ef_date_order { EF_DATE_UNKNOWN, EF_DATE_DMY, EF_DATE_MDY, EF_DATE_YMD } ef_date_order;

typedef struct ef_rating_scale {
    double low, high;   /* low == high: no scale known, ratings stay raw */
} ef_rating_scale;

/* What a survey's export tells beside the rating. All zero: nothing. */
typedef struct ef_survey_layout {
    ef_rating_kind kind; /* of the rating's column */
    bool has_types, has_excluded;
    int types;    /* if has_types: the column that says of each row what was asked */
    int excluded; /* if has_excluded: the one that says whether it counts */
    size_t answer_count; /* columns of other kinds of ratings */
    struct ef_answer_column {
        int column;
        ef_rating_kind kind;
        ef_rating_scale scale;
    } answers[EF_FURTHER_ANSWERS];
} ef_survey_layout;

typedef struct ef_zone ef_zone; /* base/zone.h */

/* The decisions about one input. Built by the format's open from options and sample,
 * immutable afterwards; shared by all threads that parse its blocks. */
typedef struct ef_layout {
    const ef_format *format;
    ef_arena arena;        /* owns all strings below */
    const char *label;     /* of the source, for messages */
    const char *encoding;  /* as chosen */
    bool is_sheet;         /* the source made CSV of a workbook */
    size_t max_record;
    uint8_t delimiter;     /* delimited formats */
    uint8_t quote;         /* 0: nothing quotes */
    int header_rows;
    bool first_is_sep;     /* a line sep=; stands before the header */
    ef_slice *names;       /* of the columns: header cells, or dotted paths */
    size_t name_count;
    ef_columns columns;
    ef_rating_scale scale;
    ef_survey_layout survey;
    ef_date_order date_order;
    const ef_zone *zone;
    int64_t now_ms;        /* arrival: times more than a day later are missing */
    const char *const *staff; /* names of authors who are no customers; the reader's */
    size_t staff_count;
    struct ef_slack_people **people; /* of Slack exports read so far; the reader's, or NULL */
    uint32_t gap_minutes;  /* chat logs: a longer silence begins a conversation; 0: none */
    const char *records_path; /* json: where the array of records is, "" for the top */
    struct ef_decision *decisions; /* for sniff: what was decided and why */
    size_t decision_count;
    const struct ef_pseudonymized *pseudonymized; /* pseudonymize.h; NULL: nothing is */
    void *own;             /* what only the format knows; in the arena */
} ef_layout;

/* A record counts as longer than the limit only once so many more bytes are there: room for
 * a character, and to see that a line begins the next record. */
enum { EF_RECORD_MARGIN = 1024 };

/* A stretch of decoded input that begins and ends at record ends. Padded by 64 bytes. */
typedef struct ef_block {
    ef_buffer bytes;
    uint64_t line;       /* of its first byte, from 1 */
    uint64_t line_start; /* byte of the decoded input where that line begins */
    uint64_t offset;     /* of its first byte in the decoded input */
    uint64_t sequence;   /* 0 for the first block of the run */
    uint64_t state;      /* of cut, where the block begins */
    bool is_cut;         /* line formats: it ends within its one record, which is too long */
    bool is_partial;     /* its last line never got its end */
    const ef_layout *layout; /* lives until the reader is freed */
} ef_block;

/* Walks over one block. Belongs to one thread, reused from block to block. */
typedef struct ef_cursor {
    const ef_block *block;
    const ef_format *format; /* of the block's layout; whose `own` is */
    const ef_kernels *kernels;
    size_t at;            /* byte where the next record begins */
    uint64_t line;        /* of that byte */
    size_t ascii_from, ascii; /* between these bytes of the block there is only ASCII */
    ef_arena arena;       /* of the current record: fields, unescaped text */
    ef_reader_counts counts; /* what this cursor adds to the reader's counts */
    void *own;            /* the format's, kept from block to block; freed by close_cursor */
    /* Called for each reject; user and kinds as in ef_reader_options. May be NULL. */
    ef_notice_fn *notice;
    void *notice_user;
} ef_cursor;

struct ef_format {
    const char *name, *summary;

    /* How well the sample fits, 0 (not at all) to 100; -1 without memory. *why gets a reason
     * in words, static or from arena. at_end: the sample is the whole input. */
    int (*sniff)(const ef_format *format, ef_slice sample, bool at_end, ef_arena *arena,
                 const char **why);
    int most; /* no sample fits better: not asked where another one fits as well; 0: unknown */

    /* Decides the layout from the sample: delimiter, header, columns' names, field mapping,
     * scale, order of dates. Uses columns.h, ratings.h, times.h for what formats share, and
     * reports each decision through them. layout holds the options' values already. */
    ef_status (*open)(ef_layout *layout, const ef_reader_options *options, ef_slice sample,
                      bool at_end, ef_error *error);

    /* How many of the n bytes at p (beginning at a record) belong to whole records. *state
     * is the format's own, 0 at the start of an input. 0: no record ends here, more bytes
     * are needed. at_end: no more will come, all n bytes may be taken. The caller stops a
     * record that outgrows the limit by calling `skip`. Line formats end at the last LF;
     * where a record may have several lines, it is whole only once a complete line is there
     * that begins another one: who follows a file and will not wait longer says at_end.
     * *state and the bytes behind are all that a later call needs, in another process, too. */
    size_t (*cut)(const ef_layout *layout, const ef_kernels *kernels, const uint8_t *p,
                  size_t n, bool at_end, uint64_t *state);

    /* A record at p is longer than the limit: how many of the n bytes to drop so that the
     * next byte begins a record again (for CSV: behind the next line end); 0 if more bytes
     * are needed to know, then called again with the next bytes. A format may stop earlier
     * and note in *state that what follows belongs to the dropped record: `next` passes it
     * over. */
    size_t (*skip)(const ef_layout *layout, const uint8_t *p, size_t n, uint64_t *state);

    /* The next record of the cursor's block: EF_OK, EF_END, or EF_ERR_MEMORY. Rejects are
     * counted and told through the cursor; the record's slices point into the block or the
     * cursor's arena, which next resets. */
    ef_status (*next)(ef_cursor *cursor, ef_record *record, ef_error *error);

    /* Whether an input may end where cut left *state behind its last block: false says that
     * it is cut short. NULL for a format whose inputs may end anywhere. */
    bool (*is_whole)(uint64_t state);

    void (*close_cursor)(ef_cursor *cursor); /* frees cursor->own; may be NULL */
    void (*close)(ef_layout *layout); /* frees what own holds outside the arena; may be NULL */

    bool ends_at_next;   /* a record ends only where the next one begins */
    bool is_line_format; /* over-long records are cut and flagged instead of rejected */

    bool decodes_lines;  /* reads what is no UTF-8 as CP1252, line by line, as IRC needs it */
    bool parts_talk;     /* knows what gap_minutes means */
    bool is_json;        /* delimited and plain text are tried only if none of these fits */

    const void *row; /* what sets it apart from others made of the same functions */
};

/* For next: counts a reject and tells the notice. raw points into the cursor's block or is
 * empty; line is where the record begins, column (bytes, from 1, 0 unknown) and at (byte of
 * the block) where it breaks. reason is a few words without the customer's: "too long". */
void ef_cursor_reject(ef_cursor *cursor, const char *reason, uint64_t line, uint64_t column,
                      size_t at, ef_slice raw);

const ef_format *ef_format_at(size_t index);            /* NULL after the last */
const ef_format *ef_format_named(const char *name);     /* NULL if there is none */

#endif
