/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "auth/pusher-http-authorizer.h"

G_BEGIN_DECLS

/* An authorization endpoint that does as it is told, in the thread-default main
 * context. */
typedef struct _Endpoint Endpoint;

Endpoint *endpoint_new         (void);
void      endpoint_free        (Endpoint   *self);
void      endpoint_stop        (Endpoint   *self);
void      endpoint_start_again (Endpoint   *self);
char     *endpoint_get_url     (Endpoint   *self,
                                const char *path);

/* Returns: (transfer full): one that asks "/auth", at most three times, with the
 * timer below. */
PusherHttpAuthorizer *endpoint_new_authorizer (Endpoint *self);

/* What it does with the following requests, each once. A request for which it
 * was told nothing fails the test. */
void endpoint_answer           (Endpoint   *self,
                                guint       status,
                                const char *body);
void endpoint_answer_with      (Endpoint   *self,
                                guint       status,
                                const char *header,
                                const char *value,
                                const char *body);
void endpoint_answer_to        (Endpoint   *self,
                                const char *request,
                                const char *body);
void endpoint_answer_in_chunks (Endpoint   *self,
                                const char *body);
void endpoint_be_silent        (Endpoint   *self);
void endpoint_begin_and_stop   (Endpoint   *self,
                                const char *body);

/* Requests that come from now on, or no more of them, wait until they are
 * released; then they are answered as above. */
void  endpoint_hold       (Endpoint *self,
                           gboolean  hold);
guint endpoint_get_n_held (Endpoint *self);
guint endpoint_get_peak   (Endpoint *self);
void  endpoint_release    (Endpoint *self,
                           guint     n_requests);

/* What it was asked, since the last time: "/path form" a request, or "/path?query" of a GET. Those that are
 * made at the same time arrive in any order, unless they are sorted. */
#define endpoint_assert_asked(self, ...) \
  endpoint_assert_asked_full (self, __FILE__, __LINE__, G_STRFUNC, __VA_ARGS__, NULL)
#define endpoint_assert_not_asked(self) \
  endpoint_assert_asked_full (self, __FILE__, __LINE__, G_STRFUNC, NULL)
void endpoint_assert_asked_full (Endpoint   *self,
                                 const char *file,
                                 int         line,
                                 const char *function,
                                 ...) G_GNUC_NULL_TERMINATED;

void        endpoint_sort_asked     (Endpoint   *self);
guint       endpoint_get_n_requests (Endpoint   *self);
const char *endpoint_get_header     (Endpoint   *self,
                                     const char *name);
void        endpoint_settle         (Endpoint   *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Endpoint, endpoint_free)

/* --- Time ---------------------------------------------------------------- */

/* A PusherHttpTimer. Waits between attempts are over at once, unless they are
 * held; what an endpoint has for its answer is over when the test says so. */
GSource *fake_timer_new          (gint64   delay);
void     fake_timers_reset       (void);
void     fake_timers_hold        (void);
void     fake_timers_release     (void);
void     fake_timers_time_out    (void);
gboolean fake_timers_is_held     (void);
guint    fake_timers_get_n_waits (void);
guint    fake_timers_get_n_attempts (void);
gint64   fake_timers_get_wait    (guint    index);

/* In seconds: more than any wait between attempts. */
#define FAKE_TIMEOUT 100000

G_END_DECLS
