/* SPDX-License-Identifier: MIT
 * input/column_names.c - what columns are called in the exports we know.
 *
 * The lists are ordered: the first name of a list that the input has wins, so that a column
 * `text` is preferred to a column `comment` beside it. */
#include "input/column_names.h"

enum { KEY_SIZE = 64 };

static const char *const text_names[] = { "text",     "review_text",  "review_body",
                                          "body",     "content",      "comment",
                                          "comments", "message",      "msg",
                                          "review",   "feedback",     "remark",
                                          "answer",   "open comment", NULL };
static const char *const title_names[] = { "title",        "summary", "review_headline",
                                           "review_title", "subject", NULL };
static const char *const rating_names[] = {
    "rating", "rate", "stars",     "star_rating", "score",     "overall", "nps",
    "csat",   "ces",  "nps_score", "csat_score",  "ces_score", NULL
};
static const char *const time_names[] = { "timestamp",
                                          "date",
                                          "created_at",
                                          "create_time",
                                          "creation_time",
                                          "review_date",
                                          "date_unixtime",
                                          "unix_review_time",
                                          "ts",
                                          "timestamp_ms",
                                          "at",
                                          "Submitted At",
                                          "created_date",
                                          "date_created",
                                          "created_date_time",
                                          "review_time",
                                          "Review Submit Date and Time",
                                          "time",
                                          "datetime",
                                          NULL };
static const char *const author_names[] = { "author",      "user",
                                            "user_id",     "from",
                                            "sender_name", "reviewer_name",
                                            "user_name",   "nickname",
                                            "author_name", "reviewer_nickname",
                                            "author_id",   "customer_id",
                                            "reviewer_id", "display_name",
                                            "person",      NULL };
static const char *const id_names[] = {
    "id",         "review_id",     "ts",          "Token", "tweet_id",
    "message_id", "Respondent ID", "Response ID", NULL
};
static const char *const conversation_names[] = {
    "conversation_id", "conversation", "thread_ts", "ticket_id", "chat_id", "thread", NULL
};
static const char *const role_names[] = { "sender_type", "author.type", "is_bot", "role",
                                          NULL };
static const char *const channel_names[] = { "channel",   "source", "marketplace",
                                             "territory", "store",  "product_handle",
                                             "asin",      NULL };
static const char *const language_names[] = { "language", "lang", "review_language",
                                              "reviewer_language", NULL };

static const char *const *const lists[EF_COLUMN_FIELD_COUNT] = {
    [EF_COLUMN_TEXT] = text_names,
    [EF_COLUMN_TITLE] = title_names,
    [EF_COLUMN_RATING] = rating_names,
    [EF_COLUMN_TIME] = time_names,
    [EF_COLUMN_AUTHOR] = author_names,
    [EF_COLUMN_ID] = id_names,
    [EF_COLUMN_CONVERSATION] = conversation_names,
    [EF_COLUMN_ROLE] = role_names,
    [EF_COLUMN_CHANNEL] = channel_names,
    [EF_COLUMN_LANGUAGE] = language_names,
};

const char *const *ef_column_names(ef_column_field field)
{
    return lists[field];
}

static bool is_filler(uint8_t byte)
{
    return byte == ' ' || byte == '_' || byte == '-' || byte == '\t';
}

/* The next byte of a name's key, and -1 behind the last. */
static int key_byte(ef_slice name, size_t *at)
{
    while (*at < name.size && is_filler(name.data[*at]))
        ++*at;
    if (*at >= name.size)
        return -1;
    int byte = name.data[(*at)++];
    return byte >= 'A' && byte <= 'Z' ? byte | 32 : byte;
}

bool ef_column_name_equal(ef_slice a, ef_slice b)
{
    size_t i = 0, j = 0;
    for (;;) {
        int left = key_byte(a, &i), right = key_byte(b, &j);
        if (left != right)
            return false;
        if (left < 0)
            return true;
    }
}

bool ef_column_name_known(ef_slice name)
{
    for (int field = 0; field < EF_COLUMN_FIELD_COUNT; field++)
        for (const char *const *known = lists[field]; *known != NULL; known++)
            if (ef_column_name_equal(name, ef_slice_of(*known)))
                return true;
    return false;
}

static size_t key_of(ef_slice name, uint8_t key[KEY_SIZE])
{
    size_t size = 0, at = 0;
    for (int byte; size < KEY_SIZE && (byte = key_byte(name, &at)) >= 0;)
        key[size++] = (uint8_t)byte;
    return size;
}

static size_t least(size_t a, size_t b, size_t c)
{
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Levenshtein's distance, one row of the table at a time. */
size_t ef_column_name_distance(ef_slice a, ef_slice b)
{
    uint8_t left[KEY_SIZE], right[KEY_SIZE];
    size_t rows = key_of(a, left), columns = key_of(b, right);
    size_t row[KEY_SIZE + 1];
    for (size_t j = 0; j <= columns; j++)
        row[j] = j;
    for (size_t i = 1; i <= rows; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= columns; j++) {
            size_t above = row[j];
            size_t replaced = diagonal + (left[i - 1] != right[j - 1]);
            row[j] = least(above + 1, row[j - 1] + 1, replaced);
            diagonal = above;
        }
    }
    return row[columns];
}
