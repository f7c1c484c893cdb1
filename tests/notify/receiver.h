/* SPDX-License-Identifier: MIT
 * tests/notify/receiver.h - a small HTTP server on loopback, which does as it is told.
 *
 * It answers the n-th request as the n-th step of its plan says, the last step for all that
 * follow, and keeps what it was sent. One connection a request. */
#ifndef EARFUL_TESTS_NOTIFY_RECEIVER_H
#define EARFUL_TESTS_NOTIFY_RECEIVER_H

#include <arpa/inet.h>
#include <criterion/criterion.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { RECEIVER_REQUESTS = 16, RECEIVER_SIZE = 128 << 10 };

typedef struct receiver_step {
    const char *answer; /* all bytes of it; NULL: none, until the other side gives up */
    size_t rest;        /* so many more bytes of 'x' behind it */
} receiver_step;

typedef struct receiver {
    int listener;
    unsigned port;
    pthread_t thread;
    pthread_mutex_t mutex;
    const receiver_step *plan;
    size_t steps, count; /* count: requests that came whole */
    char *requests[RECEIVER_REQUESTS];
    long long came_ms[RECEIVER_REQUESTS];
} receiver;

#define ANSWER_OK  "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok"
#define ANSWER_500 "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

static long long receiver_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000ll + now.tv_nsec / 1000000;
}

/* Reads head and body; false when the other side went away before. */
static bool receiver_read(int connection, char *bytes)
{
    size_t size = 0;
    while (size < RECEIVER_SIZE - 1) {
        ssize_t more = read(connection, bytes + size, RECEIVER_SIZE - 1 - size);
        if (more <= 0)
            return false;
        size += (size_t)more;
        bytes[size] = '\0';
        const char *body = strstr(bytes, "\r\n\r\n");
        const char *length = strcasestr(bytes, "content-length:");
        if (body != NULL && length != NULL &&
            size - (size_t)(body + 4 - bytes) >= strtoul(length + 15, NULL, 10))
            return true;
    }
    return false;
}

static void receiver_answer(int connection, const receiver_step *step)
{
    char wait[1], block[4096];
    if (step->answer == NULL) {
        while (read(connection, wait, 1) > 0) /* until it is closed */
            continue;
        return;
    }
    if (send(connection, step->answer, strlen(step->answer), MSG_NOSIGNAL) < 0)
        return;
    memset(block, 'x', sizeof block);
    for (size_t sent = 0; sent < step->rest; sent += sizeof block) {
        if (send(connection, block, sizeof block, MSG_NOSIGNAL) < 0)
            return;
    }
}

static void *receiver_work(void *user)
{
    receiver *r = user;
    char *bytes = malloc(RECEIVER_SIZE);
    int connection;
    while ((connection = accept(r->listener, NULL, NULL)) >= 0) {
        if (receiver_read(connection, bytes)) {
            pthread_mutex_lock(&r->mutex);
            size_t step = r->count < r->steps ? r->count : r->steps - 1;
            if (r->count < RECEIVER_REQUESTS) {
                r->requests[r->count] = strdup(bytes);
                r->came_ms[r->count++] = receiver_now();
            }
            pthread_mutex_unlock(&r->mutex);
            receiver_answer(connection, &r->plan[step]);
        }
        close(connection);
    }
    free(bytes);
    return NULL;
}

static inline void receiver_start(receiver *r, const receiver_step *plan, size_t steps)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size = sizeof address;
    memset(r, 0, sizeof *r);
    r->plan = plan;
    r->steps = steps;
    pthread_mutex_init(&r->mutex, NULL);
    r->listener = socket(AF_INET, SOCK_STREAM, 0);
    cr_assert_geq(r->listener, 0);
    cr_assert_eq(bind(r->listener, (struct sockaddr *)&address, size), 0);
    cr_assert_eq(listen(r->listener, 16), 0);
    cr_assert_eq(getsockname(r->listener, (struct sockaddr *)&address, &size), 0);
    r->port = ntohs(address.sin_port);
    cr_assert_eq(pthread_create(&r->thread, NULL, receiver_work, r), 0);
}

/* The body of the n-th request. */
static inline const char *receiver_body(receiver *r, size_t index)
{
    cr_assert_lt(index, r->count);
    return strstr(r->requests[index], "\r\n\r\n") + 4;
}

static inline void receiver_stop(receiver *r)
{
    shutdown(r->listener, SHUT_RDWR);
    pthread_join(r->thread, NULL);
    close(r->listener);
    for (size_t i = 0; i < r->count; i++)
        free(r->requests[i]);
}

#endif
