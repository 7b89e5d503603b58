/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-renewal-private.h"

#include <libsoup/soup.h>

/* What is sent now may take a while to arrive. */
#define MARGIN (5 * (gint64) G_USEC_PER_SEC)

/* Returns: whether somebody renews them, maybe by now */
static gboolean
begin (PusherHttpRenewal *self,
       guint              status)
{
  gboolean asked;

  self->under_way = TRUE;
  self->expires_at = 0;
  pusher_http_queue_hold (self->queue, TRUE);
  asked = self->ask (self->owner, status);
  if (!asked)
    {
      self->under_way = FALSE;
      pusher_http_queue_hold (self->queue, FALSE);
    }

  return asked;
}

/* What was made before the last renewal does not ask for another one: an endpoint that
 * refuses everything is asked twice, and the application once. */
static gboolean
may_begin (PusherHttpRenewal           *self,
           const PusherHttpCredentials *credentials)
{
  return credentials->born == self->generation;
}

/* self: (nullable), as in what follows: NULL if there is nothing to renew */
guint64
pusher_http_renewal_get_generation (PusherHttpRenewal *self)
{
  return self != NULL ? self->generation : 0;
}

/* Whether to wait before it is sent. */
gboolean
pusher_http_renewal_is_due (PusherHttpRenewal           *self,
                            const PusherHttpCredentials *credentials)
{
  if (self == NULL || self->expires_at == 0 ||
      g_get_monotonic_time () < self->expires_at - MARGIN)
    return FALSE;

  return may_begin (self, credentials) && begin (self, 0);
}

/* Whether to send it again, when the queue lets it. */
gboolean
pusher_http_renewal_refused (PusherHttpRenewal           *self,
                             const PusherHttpCredentials *credentials,
                             guint                        status)
{
  gboolean for_credentials = status == SOUP_STATUS_UNAUTHORIZED ||
                             status == PUSHER_HTTP_STATUS_PAGE_EXPIRED;

  if (self == NULL || !for_credentials)
    return FALSE;
  if (self->under_way || credentials->sent != self->generation)
    return TRUE;

  return may_begin (self, credentials) && begin (self, status);
}

void
pusher_http_renewal_end (PusherHttpRenewal *self)
{
  if (!self->under_way)
    return;

  self->under_way = FALSE;
  self->generation++;
  pusher_http_queue_hold (self->queue, FALSE);
}
