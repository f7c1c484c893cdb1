/* SPDX-License-Identifier: MIT
 * tests/notify/test_sinks_file.c - a file of sinks is read, or every mistake in it named.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "notify/sinks_file.h"

static char told[4096];

static void tell(void *user, uint64_t line, const char *message)
{
    size_t used = strlen(told);
    (void)user;
    snprintf(told + used, sizeof told - used, "%d: %.28s\n", (int)line, message);
}

static bool read_text(ef_sinks *sinks, const char *text)
{
    told[0] = '\0';
    return ef_sinks_read(sinks, ef_slice_of(text), tell, NULL);
}

static void expect_trouble(const char *text, const char *trouble)
{
    static ef_sinks sinks;
    cr_expect_not(read_text(&sinks, text));
    cr_expect_str_eq(told, trouble);
    ef_sinks_release(&sinks);
}

Test(sinks_file, reads_sinks_and_leaves_rules_to_others)
{
    static ef_sinks sinks;
    setenv("EARFUL_TEST_URL", "https://example.com/hook", 1);
    cr_assert(read_text(&sinks,
                        "[alert.x]\nkind = shift\n"
                        "[sink.a]\nkind = slack\nurl_env = EARFUL_TEST_URL\n"
                        "[sink.b]\nkind=exec\ncommand = /bin/page  --now\n"
                        "timeout = 30s\n"
                        "[sink.c]\nkind = alertmanager\nurl = http://localhost:9093\n"),
              "%s", told);
    cr_assert_eq(sinks.count, 3);
    cr_expect_str_eq(sinks.items[0].url, "https://example.com/hook");
    cr_expect_eq(sinks.items[0].timeout_seconds, 15);
    cr_expect_str_eq(sinks.items[1].words[1], "--now");
    cr_expect_null(sinks.items[1].words[2]);
    cr_expect_eq(sinks.items[1].timeout_seconds, 30);
    cr_expect_str_eq(sinks.items[2].url, "http://localhost:9093/api/v2/alerts");
    ef_sinks_release(&sinks);
}

Test(sinks_file, takes_secrets_from_files)
{
    static ef_sinks sinks;
    char path[] = "/tmp/earful-key-XXXXXX", text[256];
    int file = mkstemp(path);
    cr_assert_eq(write(file, "k3y\nrest\n", 9), 9);
    close(file);
    snprintf(text, sizeof text, "[sink.p]\nkind = pagerduty\nkey_file = %s\n", path);
    cr_assert(read_text(&sinks, text), "%s", told);
    cr_expect_str_eq(sinks.items[0].key, "k3y");
    cr_expect_str_eq(sinks.items[0].url, "https://events.pagerduty.com/v2/enqueue");
    ef_sinks_release(&sinks);
    unlink(path);
    expect_trouble(text,
                   "3: cannot read the file that it\n1: pagerduty needs a key: key_f\n");
}

Test(sinks_file, reads_how_long_alerts_wait_for_each_other)
{
    static ef_sinks sinks;
    cr_assert(read_text(&sinks, "[sink.a]\nkind = slack\nurl = https://x.example\n"
                                "[sink.b]\nkind = webhook\nurl = https://x.example\n"
                                "group_wait = 0\ngroup_interval = 2m\n"
                                "repeat_interval = 0s\n"
                                "[sink.c]\nkind = exec\ncommand = /bin/page\n"
                                "repeat_interval = 24h\n"),
              "%s", told);
    cr_expect_eq(sinks.items[0].group_wait, 30);
    cr_expect_eq(sinks.items[0].group_interval, 300);
    cr_expect_eq(sinks.items[0].repeat_interval, 14400);
    cr_expect_eq(sinks.items[1].group_wait, 0);
    cr_expect_eq(sinks.items[1].group_interval, 120);
    cr_expect_eq(sinks.items[1].repeat_interval, 0);
    cr_expect_eq(sinks.items[2].group_wait, 0);
    cr_expect_eq(sinks.items[2].repeat_interval, 86400);
    ef_sinks_release(&sinks);
    expect_trouble("[sink.a]\nkind = exec\ncommand = /bin/page\ngroup_wait = 1s\n"
                   "[sink.b]\nkind = alertmanager\nurl = https://x.example\n"
                   "repeat_interval = 4h\n",
                   "1: alerts travel alone to exec,\n5: an alertmanager is told ever\n");
    static const char *const bad[] = { "30", "5 m", "25h", "-1s", "1d", "999999s", "s" };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[128];
        snprintf(text, sizeof text,
                 "[sink.a]\nkind = slack\nurl = https://x.example\ngroup_wait = %s\n",
                 bad[i]);
        expect_trouble(text, "4: a time is 0, or such as 30s,\n");
    }
}

Test(sinks_file, names_every_mistake_with_its_line)
{
    expect_trouble("[sink.a]\nkind = mail\nurl = https://x.example\n[sink.a]\n[sink.]\n"
                   "words\n",
                   "2: a kind is webhook, alertmana\n4: there is a sink of this name\n"
                   "5: a sink is [sink.NAME], of le\n6: a line is 'key = value', a s\n"
                   "1: a sink needs a kind\n");
    expect_trouble("[sink.a]\nkind = webhook\ncolour = red\ntimeout = 5\nurl = ftp://x\n",
                   "3: a sink has no such setting: \n4: a timeout is 1s to 60s\n"
                   "1: an address begins with https\n");
    expect_trouble("[sink.a]\nkind = webhook\nurl = https://x.example\nbody = {{{a}}\n",
                   "1: the body is no JSON when its\n");
    expect_trouble("[sink.a]\nkind = exec\ncommand = page me\nurl = https://x.example\n",
                   "3: a command begins with the wh\n1: exec has a command and no ur\n");
}

/* A message must not go over the network in the clear because of a typing error. */
Test(sinks_file, takes_plain_http_for_this_machine_only)
{
    static ef_sinks sinks;
    expect_trouble("[sink.a]\nkind = webhook\nurl = http://example.com/\n",
                   "1: plain http is for this machi\n");
    expect_trouble("[sink.a]\nkind = webhook\nurl = http://localhost.example.com/\n",
                   "1: plain http is for this machi\n");
    expect_trouble("[sink.a]\nkind = webhook\nurl = http://127.0.0.1@example.com/\n",
                   "1: plain http is for this machi\n");
    cr_expect(read_text(&sinks, "[sink.a]\nkind = webhook\nurl = http://127.0.0.1:80/\n"));
    ef_sinks_release(&sinks);
    cr_expect(read_text(&sinks, "[sink.a]\nkind = webhook\nurl = http://example.com/\n"
                                "allow_http = yes\n"));
    ef_sinks_release(&sinks);
}

/* A secret that stands in the file in the wrong place must not be printed to say so. */
Test(sinks_file, never_repeats_a_value)
{
    static ef_sinks sinks;
    cr_expect_not(read_text(&sinks, "[sink.a]\nkind = s3cret\nurl = s3cret\n"
                                    "timeout = s3cret\ns3cret = s3cret\nkey_env = s3cret\n"
                                    "key_file = /s3cret\ncommand = s3cret\n"));
    cr_expect_null(strstr(told, "s3cret"), "%s", told);
    ef_sinks_release(&sinks);
}
