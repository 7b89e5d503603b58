/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-http-queue-private.h"

G_BEGIN_DECLS

/* Laravel's, for a CSRF token that has expired */
#define PUSHER_HTTP_STATUS_PAGE_EXPIRED 419

/* Credentials that an endpoint takes for some time only, such as tokens. Each renewal
 * begins a generation of them. */
typedef struct
{
  /* FALSE if nobody renews them. status: why the endpoint refused, or 0 if they are
   * about to expire. May run handlers of the application. */
  gboolean (*ask) (gpointer owner,
                   guint    status);
  gpointer owner;
  PusherHttpQueue *queue; /* unowned; nothing is sent meanwhile */

  guint64 generation;
  gboolean under_way;
  gint64 expires_at; /* in µs; 0: is not known */
} PusherHttpRenewal;

/* Of what is posted: the generations when it was made, and when it was last sent. */
typedef struct
{
  guint64 born;
  guint64 sent;
} PusherHttpCredentials;

guint64  pusher_http_renewal_get_generation
                                     (PusherHttpRenewal           *self);
gboolean pusher_http_renewal_is_due  (PusherHttpRenewal           *self,
                                      const PusherHttpCredentials *credentials);
gboolean pusher_http_renewal_refused (PusherHttpRenewal           *self,
                                      const PusherHttpCredentials *credentials,
                                      guint                        status);
void     pusher_http_renewal_end     (PusherHttpRenewal           *self);

G_END_DECLS
