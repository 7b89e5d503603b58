/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-outbox-private.h"

#include "base/pusher-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
pusher_kept_event_free (PusherKeptEvent *self)
{
  g_free (self->name);
  g_free (self->data_json);
  g_free (self);
}

PusherOutbox *
pusher_outbox_new (PusherHost *host,
                   gpointer    channel)
{
  PusherOutbox *self = g_new0 (PusherOutbox, 1);

  self->host = host;
  self->channel = channel;
  self->expiry = PUSHER_OUTBOX_DEFAULT_EXPIRY;
  self->link.data = channel;

  return self;
}

/* It is empty: what waited has gone with the subscription. */
void
pusher_outbox_free (PusherOutbox *self)
{
  g_free (self);
}

/* --- Time ---------------------------------------------------------------- */

/* The first, the size or the expiry has changed. Each is kept for as long as any other: the
 * first is the first that expires. */
void
pusher_outbox_update (PusherOutbox *self)
{
  PusherKeptEvent *first = g_queue_peek_head (&self->events);
  gint64 ends_at = 0;

  if (first == NULL && self->limit.ends_at == 0)
    return;

  if (first != NULL && self->size == 0)
    ends_at = pusher_connection_get_now (self->host->connection);
  else if (first != NULL && self->expiry > 0)
    ends_at = first->kept_at + self->expiry * (gint64) G_USEC_PER_SEC;

  if (ends_at != 0)
    pusher_time_limits_start (&self->host->kept, &self->limit, self->channel, ends_at);
  else
    pusher_time_limits_stop (&self->host->kept, &self->limit);
  pusher_host_set_timer (self->host);
}

/* --- Events -------------------------------------------------------------- */

/* Returns: whether there is room for it */
gboolean
pusher_outbox_add (PusherOutbox *self,
                   const char   *name,
                   const char   *data_json,
                   GError      **error)
{
  gsize n_bytes = sizeof (PusherKeptEvent) + strlen (name) +
                  (data_json != NULL ? strlen (data_json) : 0);
  PusherKeptEvent *event;

  if (self->events.length >= self->size || n_bytes > PUSHER_OUTBOX_MAX_BYTES - self->n_bytes)
    {
      g_set_error_literal (error, PUSHER_ERROR, PUSHER_ERROR_BUSY,
                           _("There is no room for another client event that waits"));
      return FALSE;
    }

  event = g_new0 (PusherKeptEvent, 1);
  event->name = g_strdup (name);
  event->data_json = g_strdup (data_json);
  event->kept_at = pusher_connection_get_now (self->host->connection);
  event->n_bytes = n_bytes;
  self->n_bytes += n_bytes;
  g_queue_push_tail (&self->events, event);
  if (self->events.length == 1)
    pusher_outbox_update (self);

  return TRUE;
}

/* Returns: (nullable) (transfer full): the first, which does not wait any more */
PusherKeptEvent *
pusher_outbox_take (PusherOutbox *self)
{
  PusherKeptEvent *event = g_queue_pop_head (&self->events);

  if (event == NULL)
    return NULL;

  self->n_bytes -= event->n_bytes;
  if (self->events.length == 0)
    pusher_outbox_stop (self);
  pusher_outbox_update (self);

  return event;
}

/* --- Turns --------------------------------------------------------------- */

/* What waits may be sent, as soon as it is the turn of the channel. */
void
pusher_outbox_start (PusherOutbox *self)
{
  if (self->sends || self->events.length == 0)
    return;

  self->sends = TRUE;
  g_queue_push_tail_link (&self->host->senders, &self->link);
  pusher_host_set_timer (self->host);
}

void
pusher_outbox_stop (PusherOutbox *self)
{
  if (!self->sends)
    return;

  self->sends = FALSE;
  g_queue_unlink (&self->host->senders, &self->link);
}

/* It has had its turn: others come before the next one. */
void
pusher_outbox_pass (PusherOutbox *self)
{
  if (!self->sends)
    return;

  g_queue_unlink (&self->host->senders, &self->link);
  g_queue_push_tail_link (&self->host->senders, &self->link);
}
