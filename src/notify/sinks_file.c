/* SPDX-License-Identifier: MIT
 * notify/sinks_file.c - where alerts go: the sections [sink.NAME] of a file. */
#include "notify/sinks_file.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/ini.h"
#include "notify/body.h"

enum { LONGEST_SECRET = 4096, LONGEST_WAIT = 60, A_DAY = 86400 };

/* What those take that several alerts can reach together. */
enum { GROUP_WAIT = 30, GROUP_INTERVAL = 5 * 60, REPEAT_INTERVAL = 4 * 3600 };

typedef struct file {
    ef_sinks *sinks;
    ef_sink *sink; /* of the section; NULL in a bad one */
    uint64_t line;
    ef_sinks_trouble *trouble;
    void *user;
    bool has_trouble;
} file;

static void tell(file *f, uint64_t line, const char *message)
{
    f->trouble(f->user, line, message);
    f->has_trouble = true;
}

static bool is(ef_slice text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.data, word, text.size) == 0;
}

/* --- values ------------------------------------------------------------------------- */

static void set_text(file *f, char **place, ef_slice value)
{
    if (*place != NULL) {
        tell(f, f->line, "it is given twice");
        return;
    }
    *place = strndup((const char *)value.data, value.size);
    if (*place == NULL)
        tell(f, 0, "out of memory");
}

/* The first line of a file. */
static void set_from_file(file *f, char **place, ef_slice path)
{
    char name[4096], secret[LONGEST_SECRET] = "", message[256];
    snprintf(name, sizeof name, "%.*s", (int)path.size, (const char *)path.data);
    FILE *stream = fopen(name, "re");
    if (stream == NULL || fgets(secret, sizeof secret, stream) == NULL) {
        snprintf(message, sizeof message, "cannot read the file that it names: %s",
                 stream == NULL ? strerror(errno) : "it is empty");
        tell(f, f->line, message);
    } else {
        secret[strcspn(secret, "\r\n")] = '\0';
        set_text(f, place, ef_slice_of(secret));
    }
    if (stream != NULL)
        fclose(stream);
    explicit_bzero(secret, sizeof secret);
}

static void set_from_environment(file *f, char **place, ef_slice name)
{
    char variable[256];
    snprintf(variable, sizeof variable, "%.*s", (int)name.size, (const char *)name.data);
    const char *value = getenv(variable);
    if (value == NULL || *value == '\0')
        tell(f, f->line, "the variable that it names is not set");
    else
        set_text(f, place, ef_slice_of(value));
}

/* Words between blanks; there are no quotes, as there is no shell. */
static void set_command(file *f, ef_sink *sink, ef_slice value)
{
    size_t count = 0;
    set_text(f, &sink->command, value);
    if (sink->command == NULL)
        return;
    for (char *at = sink->command; *at != '\0' && count < EF_MOST_WORDS;) {
        at += strspn(at, " \t");
        if (*at == '\0')
            break;
        sink->words[count++] = at;
        at += strcspn(at, " \t");
        if (*at != '\0')
            *at++ = '\0';
    }
    if (count == 0 || count == EF_MOST_WORDS)
        tell(f, f->line, "a command has 1 to 31 words");
    else if (sink->words[0][0] != '/')
        tell(f, f->line, "a command begins with the whole path of a program");
    sink->words[count < EF_MOST_WORDS ? count : EF_MOST_WORDS - 1] = NULL;
}

/* "30s", "5m", "4h", or 0. False: it is none, or more than a day. */
static bool read_duration(ef_slice value, unsigned *seconds)
{
    size_t at = 0;
    unsigned unit = 0;
    *seconds = 0;
    for (; at < value.size && at < 5 && value.data[at] >= '0' && value.data[at] <= '9';
         at++)
        *seconds = *seconds * 10 + (unsigned)(value.data[at] - '0');
    if (at > 0 && at + 1 == value.size)
        unit = value.data[at] == 's'   ? 1
               : value.data[at] == 'm' ? 60
               : value.data[at] == 'h' ? 3600
                                       : 0;
    if (at > 0 && at == value.size && *seconds == 0)
        return true;
    *seconds = unit > 0 && *seconds <= A_DAY / unit ? *seconds * unit : 0;
    return unit > 0 && (*seconds > 0 || value.data[0] == '0');
}

static void set_timeout(file *f, ef_sink *sink, ef_slice value)
{
    unsigned seconds;
    if (!read_duration(value, &seconds) || seconds == 0 || seconds > LONGEST_WAIT)
        tell(f, f->line, "a timeout is 1s to 60s");
    else
        sink->timeout_seconds = seconds;
}

static void set_pace(file *f, bool *has, unsigned *place, ef_slice value)
{
    if (!read_duration(value, place))
        tell(f, f->line, "a time is 0, or such as 30s, 5m, 4h, at most a day");
    *has = true;
}

static void set_kind(file *f, ef_sink *sink, ef_slice value)
{
    static const char *const kinds[] = { [EF_SINK_WEBHOOK] = "webhook",
                                         [EF_SINK_ALERTMANAGER] = "alertmanager",
                                         [EF_SINK_PAGERDUTY] = "pagerduty",
                                         [EF_SINK_SLACK] = "slack",
                                         [EF_SINK_EXEC] = "exec" };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (is(value, kinds[i])) {
            sink->kind = (ef_sink_kind)i;
            sink->has_kind = true;
            return;
        }
    }
    tell(f, f->line, "a kind is webhook, alertmanager, pagerduty, slack or exec");
}

static void set_allows_http(file *f, ef_sink *sink, ef_slice value)
{
    if (!is(value, "yes") && !is(value, "no"))
        tell(f, f->line, "allow_http is yes or no");
    sink->allows_http = is(value, "yes");
}

/* url, url_file, url_env and the like. */
static bool set_secret(file *f, ef_slice key, ef_slice value)
{
    static const struct {
        const char *name;
        size_t offset;
    } secrets[] = { { "url", offsetof(ef_sink, url) },
                    { "key", offsetof(ef_sink, key) },
                    { "authorization", offsetof(ef_sink, authorization) } };
    for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++) {
        size_t size = strlen(secrets[i].name);
        if (key.size < size || memcmp(key.data, secrets[i].name, size) != 0)
            continue;
        ef_slice rest = { key.data + size, key.size - size };
        char **place = (char **)(void *)((char *)f->sink + secrets[i].offset);
        if (rest.size == 0)
            set_text(f, place, value);
        else if (is(rest, "_file"))
            set_from_file(f, place, value);
        else if (is(rest, "_env"))
            set_from_environment(f, place, value);
        else
            continue;
        return true;
    }
    return false;
}

static void take_setting(file *f, ef_slice key, ef_slice value)
{
    ef_sink *sink = f->sink;
    if (value.size == 0)
        tell(f, f->line, "a setting has no value");
    else if (is(key, "kind"))
        set_kind(f, sink, value);
    else if (is(key, "body"))
        set_text(f, &sink->body, value);
    else if (is(key, "ca_file"))
        set_text(f, &sink->ca_file, value);
    else if (is(key, "proxy"))
        set_text(f, &sink->proxy, value);
    else if (is(key, "command"))
        set_command(f, sink, value);
    else if (is(key, "timeout"))
        set_timeout(f, sink, value);
    else if (is(key, "group_wait"))
        set_pace(f, &sink->has_wait, &sink->group_wait, value);
    else if (is(key, "group_interval"))
        set_pace(f, &sink->has_interval, &sink->group_interval, value);
    else if (is(key, "repeat_interval"))
        set_pace(f, &sink->has_repeat, &sink->repeat_interval, value);
    else if (is(key, "allow_http"))
        set_allows_http(f, sink, value);
    else if (!set_secret(f, key, value))
        tell(f, f->line,
             "a sink has no such setting: choose kind, url, key, authorization (also with "
             "_file or _env behind), body, command, timeout, ca_file, proxy, allow_http, "
             "group_wait, group_interval, repeat_interval");
}

/* --- sections ----------------------------------------------------------------------- */

static bool is_name(ef_slice name)
{
    for (size_t i = 0; i < name.size; i++) {
        uint8_t byte = name.data[i];
        bool is_letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
        if (!is_letter && !(byte >= '0' && byte <= '9') && byte != '_' && byte != '-')
            return false;
    }
    return name.size > 0 && name.size < EF_SINK_NAME_SIZE;
}

static bool is_taken(const ef_sinks *sinks, ef_slice name)
{
    for (size_t i = 0; i < sinks->count; i++) {
        if (is(name, sinks->items[i].name))
            return true;
    }
    return false;
}

/* Sections of other kinds are for others: rules may stand in the same file. */
static void take_section(file *f, ef_slice section)
{
    ef_slice name = { section.data + 5, section.size - 5 };
    f->sink = NULL;
    if (section.size < 5 || memcmp(section.data, "sink.", 5) != 0)
        return;
    if (!is_name(name)) {
        tell(f, f->line, "a sink is [sink.NAME], of letters, digits, _ and -");
    } else if (is_taken(f->sinks, name)) {
        tell(f, f->line, "there is a sink of this name already");
    } else if (f->sinks->count == EF_MOST_SINKS) {
        tell(f, f->line, "there are more than 32 sinks");
    } else {
        f->sink = &f->sinks->items[f->sinks->count++];
        *f->sink = (ef_sink){ .line = f->line, .timeout_seconds = 0 };
        memcpy(f->sink->name, name.data, name.size);
    }
}

static bool is_loopback(const char *host)
{
    static const char *const hosts[] = { "127.0.0.1", "localhost", "[::1]" };
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        size_t size = strlen(hosts[i]);
        if (strncmp(host, hosts[i], size) == 0 && strchr(":/", host[size]) != NULL)
            return true; /* the end of the string is among what strchr finds */
    }
    return false;
}

static void check_url(file *f, const ef_sink *sink)
{
    bool is_plain = strncmp(sink->url, "http://", 7) == 0;
    if (!is_plain && strncmp(sink->url, "https://", 8) != 0)
        tell(f, sink->line, "an address begins with https:// or http://");
    else if (is_plain && !sink->allows_http && !is_loopback(sink->url + 7))
        tell(f, sink->line,
             "plain http is for this machine only, or with allow_http = yes");
}

/* An Alertmanager is named by its address alone. */
static void add_path(file *f, ef_sink *sink)
{
    char *whole;
    size_t size = strlen(sink->url);
    if (strstr(sink->url, "/api/") != NULL)
        return;
    if (asprintf(&whole, "%s%sapi/v2/alerts", sink->url,
                 sink->url[size - 1] == '/' ? "" : "/") < 0) {
        tell(f, 0, "out of memory");
        return;
    }
    free(sink->url);
    sink->url = whole;
}

size_t ef_sink_most_together(const ef_sink *sink)
{
    bool is_alone =
        sink->body != NULL || sink->kind == EF_SINK_PAGERDUTY || sink->kind == EF_SINK_EXEC;
    return is_alone ? 1 : EF_MOST_TOGETHER;
}

/* Where each alert travels alone nothing waits; PagerDuty and Alertmanager group and remind
 * by themselves. */
static void finish_pace(file *f, ef_sink *sink)
{
    bool is_alertmanager = sink->kind == EF_SINK_ALERTMANAGER;
    bool is_alone = ef_sink_most_together(sink) == 1;
    if (is_alone && (sink->has_wait || sink->has_interval))
        tell(f, sink->line,
             "alerts travel alone to exec, pagerduty and where there is a body: no "
             "group_wait, no group_interval");
    if (is_alertmanager && sink->has_repeat)
        tell(f, sink->line, "an alertmanager is told every minute: no repeat_interval");
    if (is_alone || is_alertmanager)
        return;
    if (!sink->has_wait)
        sink->group_wait = GROUP_WAIT;
    if (!sink->has_interval)
        sink->group_interval = GROUP_INTERVAL;
    if (!sink->has_repeat)
        sink->repeat_interval = REPEAT_INTERVAL;
}

/* What the kind needs, and what it knows by itself. */
static void finish_sink(file *f, ef_sink *sink)
{
    bool is_exec = sink->kind == EF_SINK_EXEC;
    if (!sink->has_kind) {
        tell(f, sink->line, "a sink needs a kind");
        return;
    }
    if (sink->timeout_seconds == 0)
        sink->timeout_seconds = is_exec ? 10 : 15;
    finish_pace(f, sink);
    if (is_exec != (sink->command != NULL) || (is_exec && sink->url != NULL)) {
        tell(f, sink->line,
             "exec has a command and no url, all others the other way round");
        return;
    }
    if (is_exec)
        return;
    if (sink->url == NULL && sink->kind == EF_SINK_PAGERDUTY)
        set_text(f, &sink->url, ef_slice_of("https://events.pagerduty.com/v2/enqueue"));
    if (sink->kind == EF_SINK_PAGERDUTY && sink->key == NULL && sink->body == NULL)
        tell(f, sink->line, "pagerduty needs a key: key_file or key_env");
    if (sink->url == NULL)
        tell(f, sink->line, "a sink needs a url: url_file, url_env or url");
    else
        check_url(f, sink);
    if (sink->url != NULL && sink->kind == EF_SINK_ALERTMANAGER)
        add_path(f, sink);
    if (sink->body != NULL && !ef_body_is_template(sink->body))
        tell(f, sink->line, "the body is no JSON when its places are filled");
}

bool ef_sinks_read(ef_sinks *sinks, ef_slice bytes, ef_sinks_trouble *trouble, void *user)
{
    file f = { .sinks = sinks, .trouble = trouble, .user = user };
    ef_ini ini = { .rest = bytes };
    ef_ini_entry entry = { 0 };
    ef_status status;
    ef_error error = { 0 };
    sinks->count = 0;
    while ((status = ef_ini_next(&ini, &entry, &error)) != EF_END) {
        f.line = ini.line;
        if (status != EF_OK)
            tell(&f, ini.line, error.message);
        else if (entry.key.size == 0)
            take_section(&f, entry.section);
        else if (f.sink != NULL)
            take_setting(&f, entry.key, entry.value);
    }
    for (size_t i = 0; i < sinks->count; i++)
        finish_sink(&f, &sinks->items[i]);
    return !f.has_trouble;
}

static void free_secret(char *secret)
{
    if (secret != NULL)
        explicit_bzero(secret, strlen(secret));
    free(secret);
}

void ef_sinks_release(ef_sinks *sinks)
{
    for (size_t i = 0; i < sinks->count; i++) {
        ef_sink *sink = &sinks->items[i];
        free_secret(sink->url);
        free_secret(sink->key);
        free_secret(sink->authorization);
        free(sink->body);
        free(sink->command);
        free(sink->ca_file);
        free(sink->proxy);
    }
    sinks->count = 0;
}
