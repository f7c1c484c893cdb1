/* SPDX-License-Identifier: MIT
 * notify/post.c - one request of HTTP.
 *
 * Nothing of an event becomes a part of the address or of a header. Messages never hold an
 * address: it may be a secret. */
#include "notify/outcome.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>

#include "earful/earful.h"

enum { LONGEST_ANSWER = 4 << 10, CONNECT_SECONDS = 5, LONGEST_PAUSE = 3600 };

struct ef_postman {
    CURL *curl;
    struct curl_slist *headers;
    size_t answered; /* bytes of the answer at hand */
};

static size_t read_answer(char *bytes, size_t one, size_t size, void *user)
{
    ef_postman *postman = user;
    (void)bytes;
    (void)one;
    postman->answered += size;
    return postman->answered > LONGEST_ANSWER ? 0 : size;
}

static bool add_header(ef_postman *postman, const char *header)
{
    struct curl_slist *grown = curl_slist_append(postman->headers, header);
    if (grown == NULL)
        return false;
    postman->headers = grown;
    return true;
}

static bool add_authorization(ef_postman *postman, const ef_sink *sink)
{
    char *header = NULL;
    if (sink->authorization == NULL)
        return true;
    bool is_added = asprintf(&header, "Authorization: %s", sink->authorization) > 0 &&
                    add_header(postman, header);
    if (header != NULL)
        explicit_bzero(header, strlen(header));
    free(header);
    return is_added;
}

static void set_up(ef_postman *postman, const ef_sink *sink)
{
    CURL *curl = postman->curl;
    curl_easy_setopt(curl, CURLOPT_URL, sink->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)sink->timeout_seconds);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "earful/" EF_VERSION);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, postman->headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, read_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, postman);
    /* "" switches off what the environment says. */
    curl_easy_setopt(curl, CURLOPT_PROXY, sink->proxy == NULL ? "" : sink->proxy);
    if (sink->ca_file != NULL)
        curl_easy_setopt(curl, CURLOPT_CAINFO, sink->ca_file);
}

ef_postman *ef_postman_new(const ef_sink *sink)
{
    ef_postman *postman = calloc(1, sizeof *postman);
    if (postman == NULL)
        return NULL;
    postman->curl = curl_easy_init();
    bool is_made = postman->curl != NULL &&
                   add_header(postman, "Content-Type: application/json") &&
                   add_header(postman, "Expect:") && add_authorization(postman, sink);
    if (!is_made) {
        ef_postman_free(postman);
        return NULL;
    }
    set_up(postman, sink);
    return postman;
}

void ef_postman_free(ef_postman *postman)
{
    if (postman == NULL)
        return;
    curl_easy_cleanup(postman->curl);
    curl_slist_free_all(postman->headers);
    free(postman);
}

/* A body that is not understood will not be understood later. All else may be the fault of
 * the day: a wrong key can be put right. */
static bool is_refusal(long status)
{
    return status == 400 || status == 413 || status == 422;
}

static ef_outcome judge(ef_postman *postman, CURLcode code)
{
    ef_outcome outcome = { .kind = EF_OUTCOME_AGAIN };
    long status = 0;
    curl_off_t pause = 0;
    curl_easy_getinfo(postman->curl, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(postman->curl, CURLINFO_RETRY_AFTER, &pause);
    if (status >= 200 && status < 300) {
        outcome.kind = EF_OUTCOME_DELIVERED;
        return outcome;
    }
    if (status == 0 && code != CURLE_OK) {
        snprintf(outcome.why, sizeof outcome.why, "%s", curl_easy_strerror(code));
        return outcome;
    }
    outcome.kind = is_refusal(status) ? EF_OUTCOME_REFUSED : EF_OUTCOME_AGAIN;
    if (pause > 0)
        outcome.wait_seconds = pause > LONGEST_PAUSE ? LONGEST_PAUSE : (unsigned)pause;
    snprintf(outcome.why, sizeof outcome.why, "the answer is %ld%s", status,
             status >= 300 && status < 400 ? ", and redirects are not followed" : "");
    return outcome;
}

ef_outcome ef_post(ef_postman *postman, ef_slice body)
{
    postman->answered = 0;
    curl_easy_setopt(postman->curl, CURLOPT_POSTFIELDSIZE, (long)body.size);
    curl_easy_setopt(postman->curl, CURLOPT_POSTFIELDS, (const char *)body.data);
    return judge(postman, curl_easy_perform(postman->curl));
}
