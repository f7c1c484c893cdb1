/* SPDX-License-Identifier: MIT
 * tests/notify/test_notify.c - earful-notify against a receiver that does what receivers do
 * on bad days. */
#include "notified.h"

#define EVENT                                                                              \
    "{\"schema\":1,\"event\":\"alert\",\"status\":\"firing\",\"rule\":\"r\","              \
    "\"summary\":\"9 of 20 \\\"bad\\\"\",\"value\":0.45,\"labels\":{\"channel\":\"web\"}," \
    "\"startsAt\":\"2024-11-03T11:40:00Z\",\"endsAt\":null,\"fingerprint\":\"00ab\"}"
#define PLAN(...)                                                                          \
    (const receiver_step[]){ __VA_ARGS__ },                                                \
        sizeof((const receiver_step[]){ __VA_ARGS__ }) / sizeof(receiver_step)

#define HOOK "[sink.hook]\nkind = webhook\nurl = http://127.0.0.1:%u/secret-path\n"

static void expect_ready(notified *n)
{
    cr_expect(strncmp(notified_answer(n), "ready ", 6) == 0);
}

Test(notify, delivers_the_event_byte_for_byte, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    notified_start(&n, HOOK "authorization = Bearer s3cret\n", r.port);
    expect_ready(&n);
    notified_give(&n, "17 hook " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "17 ok");
    cr_expect_str_eq(receiver_body(&r, 0), EVENT);
    cr_expect(strncmp(r.requests[0], "POST /secret-path HTTP/1.1\r\n", 28) == 0);
    cr_expect_not_null(strstr(r.requests[0], "\r\nAuthorization: Bearer s3cret\r\n"));
    cr_expect_not_null(strstr(r.requests[0], "\r\nContent-Type: application/json\r\n"));
    char *said = notified_end(&n);
    cr_expect_str_eq(said, "");
    free(said);
    receiver_stop(&r);
}

Test(notify, names_its_sinks_at_the_start, .timeout = 60)
{
    notified n;
    notified_start(&n, "[sink.am]\nkind = alertmanager\nurl = http://localhost:1\n"
                       "[alert.x]\nkind = shift\n"
                       "[sink.page]\nkind = exec\ncommand = /bin/true\n");
    cr_expect_str_eq(notified_answer(&n), "ready am+,0,0,0,16 page,0,0,0,1");
    free(notified_end(&n));
}

Test(notify, asks_to_try_again_after_a_failure_and_works_again, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ ANSWER_500, 0 }, { ANSWER_500, 0 }, { ANSWER_OK, 0 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    for (int i = 0; i < 3; i++) {
        notified_give(&n, "1 hook " EVENT "\n");
        cr_expect_str_eq(notified_answer(&n), i < 2 ? "1 retry 0" : "1 ok");
    }
    char *said = notified_end(&n);
    cr_expect_str_eq(said,
                     "earful-notify: sink 'hook': the answer is 500; it will be tried "
                     "again\nearful-notify: sink 'hook': works again\n");
    free(said);
    receiver_stop(&r);
}

Test(notify, passes_on_how_long_the_receiver_wants_to_rest, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ "HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\n"
                              "Content-Length: 0\r\nConnection: close\r\n\r\n",
                              0 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    notified_give(&n, "1 hook " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 retry 7");
    free(notified_end(&n));
    receiver_stop(&r);
}

Test(notify, gives_up_a_body_that_is_not_understood, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n"
                              "Connection: close\r\n\r\n",
                              0 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    notified_give(&n, "1 hook " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 refused");
    notified_give(&n, "2 hook {\"a\":[[[[[[[[[[1]]]]]]]]]]}\n");
    cr_expect_str_eq(notified_answer(&n), "2 refused");
    notified_give(&n, "3 nobody " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "3 refused");
    free(notified_end(&n));
    cr_expect_eq(r.count, 1);
    receiver_stop(&r);
}

/* The second receiver would get the event, and with it the first one's authorization. */
Test(notify, follows_no_redirect, .timeout = 60)
{
    receiver r, other;
    notified n;
    char answer[256];
    receiver_start(&other, PLAN({ ANSWER_OK, 0 }));
    snprintf(answer, sizeof answer,
             "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%u/\r\n"
             "Content-Length: 0\r\nConnection: close\r\n\r\n",
             other.port);
    receiver_start(&r, PLAN({ answer, 0 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    notified_give(&n, "1 hook " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 retry 0");
    free(notified_end(&n));
    cr_expect_eq(other.count, 0);
    receiver_stop(&r);
    receiver_stop(&other);
}

/* A receiver that never answers holds up nobody but itself, and not for ever. */
Test(notify, goes_on_with_others_while_one_hangs, .timeout = 60)
{
    receiver slow, quick;
    notified n;
    receiver_start(&slow, PLAN({ NULL, 0 }));
    receiver_start(&quick, PLAN({ ANSWER_OK, 0 }));
    notified_start(
        &n,
        "[sink.slow]\nkind = webhook\nurl = http://127.0.0.1:%u/token\n"
        "timeout = 3s\n[sink.quick]\nkind = webhook\nurl = http://localhost:%u/\n",
        slow.port, quick.port);
    expect_ready(&n);
    notified_give(&n, "1 slow " EVENT "\n2 quick " EVENT "\n3 quick " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "2 ok");
    cr_expect_str_eq(notified_answer(&n), "3 ok");
    cr_expect_str_eq(notified_answer(&n), "1 retry 0");
    char *said = notified_end(&n);
    cr_expect_null(strstr(said, "token"), "%s", said);
    free(said);
    receiver_stop(&slow);
    receiver_stop(&quick);
}

Test(notify, reads_four_kibibytes_of_a_huge_answer, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", 1u << 30 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    notified_give(&n, "1 hook " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    free(notified_end(&n));
    receiver_stop(&r);
}

Test(notify, tells_slack_no_more_than_a_message_a_second, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    notified_start(&n, "[sink.team]\nkind = slack\nurl = http://127.0.0.1:%u/hook\n",
                   r.port);
    expect_ready(&n);
    notified_give(&n, "1 team " EVENT "\n2 team " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    cr_expect_str_eq(notified_answer(&n), "2 ok");
    cr_expect_geq(r.came_ms[1] - r.came_ms[0], 990);
    free(notified_end(&n));
    receiver_stop(&r);
}

#define OTHER "{\"status\":\"resolved\",\"rule\":\"q\",\"fingerprint\":\"00cd\"}"

Test(notify, events_of_a_group_are_one_array, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ ANSWER_500, 0 }, { ANSWER_OK, 0 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    notified_give(&n, "1 hook+ " EVENT "\n2 hook " OTHER "\n");
    cr_expect_str_eq(notified_answer(&n), "1 retry 0");
    cr_expect_str_eq(notified_answer(&n), "2 retry 0");
    notified_give(&n, "1 hook+ " EVENT "\n2 hook " OTHER "\n3 hook " OTHER "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    cr_expect_str_eq(notified_answer(&n), "2 ok");
    cr_expect_str_eq(notified_answer(&n), "3 ok");
    cr_expect_str_eq(receiver_body(&r, 1), "[" EVENT "," OTHER "]");
    cr_expect_str_eq(receiver_body(&r, 2), OTHER);
    free(notified_end(&n));
    receiver_stop(&r);
}

Test(notify, slack_and_an_alertmanager_get_a_group_in_one_message, .timeout = 60)
{
    receiver slack, am;
    notified n;
    receiver_start(&slack, PLAN({ ANSWER_OK, 0 }));
    receiver_start(&am, PLAN({ ANSWER_OK, 0 }));
    notified_start(&n,
                   "[sink.team]\nkind = slack\nurl = http://127.0.0.1:%u/\n"
                   "[sink.am]\nkind = alertmanager\nurl = http://127.0.0.1:%u\n",
                   slack.port, am.port);
    expect_ready(&n);
    notified_give(&n, "1 team+ " EVENT "\n2 team " OTHER "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    cr_expect_str_eq(notified_answer(&n), "2 ok");
    notified_give(&n, "3 am+ " EVENT "\n4 am " OTHER "\n");
    cr_expect_str_eq(notified_answer(&n), "3 ok");
    cr_expect_str_eq(notified_answer(&n), "4 ok");
    const char *body = receiver_body(&slack, 0);
    cr_expect(strncmp(body, "{\"text\":\"[firing] r (", 21) == 0, "%s", body);
    cr_expect_not_null(strstr(body, "id 00ab\\n\\n[resolved] q ("), "%s", body);
    cr_expect_not_null(strstr(body, "id 00cd\"}"), "%s", body);
    body = receiver_body(&am, 0);
    cr_expect(strncmp(body, "[{\"labels\":", 11) == 0, "%s", body);
    cr_expect_not_null(strstr(body, "},{\"labels\":"), "%s", body);
    cr_expect_eq(slack.count + am.count, 2);
    free(notified_end(&n));
    receiver_stop(&slack);
    receiver_stop(&am);
}

/* What one event does wrong must not cost those that travel with it. */
Test(notify, a_group_that_is_refused_goes_one_by_one, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ "HTTP/1.1 400 Bad\r\nContent-Length: 0\r\n"
                              "Connection: close\r\n\r\n",
                              0 },
                            { ANSWER_OK, 0 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    notified_give(&n, "1 hook+ " EVENT "\n2 hook " OTHER "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    cr_expect_str_eq(notified_answer(&n), "2 ok");
    notified_give(&n, "3 hook+ {\"a\":\n4 hook " OTHER "\n");
    cr_expect_str_eq(notified_answer(&n), "3 refused");
    cr_expect_str_eq(notified_answer(&n), "4 ok");
    cr_expect_str_eq(receiver_body(&r, 1), EVENT);
    free(notified_end(&n));
    cr_expect_eq(r.count, 4);
    receiver_stop(&r);
}

Test(notify, pagerduty_gets_each_of_a_group_by_its_own_key, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    notified_start(&n, "[sink.p]\nkind = pagerduty\nkey = k\nurl = http://127.0.0.1:%u/\n",
                   r.port);
    expect_ready(&n);
    notified_give(&n, "1 p+ " EVENT "\n2 p " OTHER "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    cr_expect_str_eq(notified_answer(&n), "2 ok");
    cr_expect_not_null(strstr(receiver_body(&r, 0), "\"dedup_key\":\"00ab\""));
    cr_expect_not_null(strstr(receiver_body(&r, 1), "\"dedup_key\":\"00cd\""));
    free(notified_end(&n));
    receiver_stop(&r);
}

Test(notify, tells_an_alertmanager_when_it_is_over, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    notified_start(&n, "[sink.am]\nkind = alertmanager\nurl = http://127.0.0.1:%u\n",
                   r.port);
    expect_ready(&n);
    notified_give(&n, "1 am " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    notified_give(&n, "2 am {\"status\":\"resolved\",\"rule\":\"r\",\"endsAt\":"
                      "\"2024-11-03T12:00:00Z\"}\n");
    cr_expect_str_eq(notified_answer(&n), "2 ok");
    cr_expect(strncmp(r.requests[0], "POST /api/v2/alerts HTTP", 24) == 0);
    cr_expect_null(strstr(receiver_body(&r, 0), "endsAt"));
    cr_expect_not_null(strstr(receiver_body(&r, 1), "\"endsAt\":\"2024-11-03T12:00:00Z\""));
    free(notified_end(&n));
    receiver_stop(&r);
}

/* --- programs ------------------------------------------------------------------------- */

/* A program of the test's own: what it was given goes into a file. */
static void write_program(char path[64], const char *script)
{
    strcpy(path, "/tmp/earful-exec-XXXXXX");
    FILE *file = fdopen(mkstemp(path), "w");
    fputs(script, file);
    fclose(file);
    cr_assert_eq(chmod(path, 0700), 0);
}

Test(notify, gives_a_program_the_event_on_its_input_and_nowhere_else, .timeout = 60)
{
    char path[64], script[256], seen[64], text[4096] = "";
    notified n;
    strcpy(seen, "/tmp/earful-seen-XXXXXX");
    close(mkstemp(seen));
    snprintf(script, sizeof script, "#!/bin/sh\n{ cat; echo \"|$*|\"; env; } >%s\n", seen);
    write_program(path, script);
    setenv("PAGER_KEY", "s3cret", 1);
    notified_start(&n, "[sink.page]\nkind = exec\ncommand = %s --now  'x\n", path);
    expect_ready(&n);
    notified_give(&n, "1 page " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    FILE *file = fopen(seen, "r");
    cr_assert_not_null(file);
    cr_assert_gt(fread(text, 1, sizeof text - 1, file), 0);
    fclose(file);
    cr_expect(strncmp(text, EVENT "|--now 'x|\n", sizeof EVENT "|--now 'x|\n" - 1) == 0,
              "%s", text);
    cr_expect_null(strstr(text, "s3cret"));
    free(notified_end(&n));
    unlink(path);
    unlink(seen);
}

Test(notify, counts_the_exit_status_of_a_program, .timeout = 60)
{
    char path[64];
    notified n;
    write_program(path, "#!/bin/sh\nexit 3\n");
    notified_start(&n,
                   "[sink.page]\nkind = exec\ncommand = %s\n[sink.gone]\nkind = exec\n"
                   "command = /no/such/program\n",
                   path);
    expect_ready(&n);
    notified_give(&n, "1 page " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 retry 0");
    notified_give(&n, "2 gone " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "2 retry 0");
    char *said = notified_end(&n);
    cr_expect_not_null(strstr(said, "sink 'page': its exit status is 3;"), "%s", said);
    free(said);
    unlink(path);
}

Test(notify, kills_a_program_that_does_not_end_and_what_it_started, .timeout = 60)
{
    char path[64], mark[64], script[256];
    notified n;
    snprintf(mark, sizeof mark, "/tmp/earful-late-%d", (int)getpid());
    snprintf(script, sizeof script, "#!/bin/sh\n( sleep 3; touch %s ) &\nsleep 300\n",
             mark);
    write_program(path, script);
    notified_start(&n, "[sink.page]\nkind = exec\ntimeout = 1s\ncommand = %s\n", path);
    expect_ready(&n);
    notified_give(&n, "1 page " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 retry 0");
    sleep(3);
    cr_expect_neq(access(mark, F_OK), 0);
    free(notified_end(&n));
    unlink(path);
}

/* --- its own bad days ----------------------------------------------------------------- */

static pid_t worker_of(pid_t pid)
{
    char path[64];
    int worker = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL || fscanf(file, "%d", &worker) != 1)
        worker = 0;
    if (file != NULL)
        fclose(file);
    return worker;
}

Test(notify, begins_again_when_its_worker_dies, .timeout = 60)
{
    receiver r;
    notified n;
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    pid_t worker = worker_of(n.pid);
    if (worker == 0)
        cr_skip_test("this system does not tell the children of a process");
    cr_assert_eq(kill(worker, SIGKILL), 0);
    expect_ready(&n);
    notified_give(&n, "1 hook " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    free(notified_end(&n));
    receiver_stop(&r);
}

Test(notify, passes_lines_by_that_are_none, .timeout = 60)
{
    receiver r;
    notified n;
    char *huge = malloc(200 << 10);
    receiver_start(&r, PLAN({ ANSWER_OK, 0 }));
    notified_start(&n, HOOK, r.port);
    expect_ready(&n);
    memset(huge, '1', 200 << 10);
    huge[(200 << 10) - 1] = '\0';
    notified_give(&n, "rest of a line\n\n");
    notified_give(&n, huge);
    notified_give(&n, "\n1 hook " EVENT "\n");
    cr_expect_str_eq(notified_answer(&n), "1 ok");
    free(notified_end(&n));
    free(huge);
    receiver_stop(&r);
}
