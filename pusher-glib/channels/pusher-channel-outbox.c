/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Client events that are kept while a channel is not subscribed. */

#include "config.h"

#include "pusher-channel-outbox-private.h"

#include "base/pusher-error.h"
#include "base/pusher-loggable-private.h"

#include <glib/gi18n-lib.h>

/* So long a server that does not read has to begin. */
#define CONGESTION_PERIOD ((gint64) G_USEC_PER_SEC)

static void
log_step (PusherChannel *self,
          const char    *event,
          const char    *step)
{
  g_autofree char *name = NULL;

  if (!self->host->logs)
    return;

  name = pusher_loggable_name (event);
  g_debug ("Channel “%s”: %s %s", self->name, name, step);
}

/* --- Keeping ------------------------------------------------------------- */

/* Whether an event that cannot be sent now is kept. */
gboolean
pusher_channel_keeps_events (PusherChannel *self)
{
  return self->outbox != NULL && self->outbox->size > 0;
}

/* Whether some wait: then what is triggered now comes after them. */
gboolean
pusher_channel_has_kept_events (PusherChannel *self)
{
  return pusher_channel_keeps_events (self) && self->outbox->events.length > 0;
}

/* Tells nothing. */
gboolean
pusher_channel_keep_event (PusherChannel *self,
                           const char    *name,
                           const char    *data_json,
                           GError       **error)
{
  if (!pusher_outbox_add (self->outbox, name, data_json, error))
    return FALSE;

  log_step (self, name, "is kept");
  pusher_channel_note (self, PUSHER_CHANNEL_PROP_OUTBOX_LENGTH);
  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    pusher_outbox_start (self->outbox);

  return TRUE;
}

/* --- Giving up ----------------------------------------------------------- */

/* Returns: (nullable): what will not be sent, for pusher_channel_tell_given_up (). Tells
 * nothing. */
GPtrArray *
pusher_channel_empty_outbox (PusherChannel *self)
{
  GPtrArray *events;
  PusherKeptEvent *event;

  if (self->outbox == NULL || self->outbox->events.length == 0)
    return NULL;

  events = g_ptr_array_new_with_free_func ((GDestroyNotify) pusher_kept_event_free);
  while ((event = pusher_outbox_take (self->outbox)) != NULL)
    g_ptr_array_add (events, event);
  pusher_channel_note (self, PUSHER_CHANNEL_PROP_OUTBOX_LENGTH);

  return events;
}

static void
tell_given_up (PusherChannel         *self,
               const PusherKeptEvent *event,
               const GError          *error)
{
  log_step (self, event->name, "is given up");
  pusher_channel_emit_trigger_error (self, event->name, event->data_json, error);
}

/* Takes over events, which may be NULL. */
void
pusher_channel_tell_given_up (PusherChannel *self,
                              GPtrArray     *events,
                              const GError  *error)
{
  g_autoptr (GPtrArray) held_events G_GNUC_UNUSED = events;

  for (guint i = 0; events != NULL && i < events->len; i++)
    tell_given_up (self, events->pdata[i], error);
}

static void
expire_first (PusherChannel *self,
              gint64         now)
{
  g_autoptr (PusherKeptEvent) event = pusher_outbox_take (self->outbox);
  guint seconds = (guint) ((now - event->kept_at) / G_USEC_PER_SEC);
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT,
                 g_dngettext (GETTEXT_PACKAGE,
                              "The client event could not be sent for %u second",
                              "The client event could not be sent for %u seconds", seconds),
                 seconds);

  pusher_channel_note (self, PUSHER_CHANNEL_PROP_OUTBOX_LENGTH);
  pusher_channel_tell (self);
  tell_given_up (self, event, error);
}

/* The time of the first is over, or that of the outbox. */
static void
expire (PusherChannel *self,
        gint64         now)
{
  g_autoptr (PusherChannel) held_self G_GNUC_UNUSED = g_object_ref (self);
  g_autoptr (GError) error = NULL;
  GPtrArray *events;

  if (self->outbox->size > 0)
    {
      expire_first (self, now);
      return;
    }

  error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, _("Client events are not kept any more"));
  events = pusher_channel_empty_outbox (self);
  pusher_channel_tell (self);
  pusher_channel_tell_given_up (self, events, error);
}

/* --- Sending ------------------------------------------------------------- */

/* The channel is subscribed. Tells nothing. */
void
pusher_channel_start_outbox (PusherChannel *self)
{
  if (self->outbox != NULL)
    pusher_outbox_start (self->outbox);
}

/* It is not any more. Tells nothing. */
void
pusher_channel_stop_outbox (PusherChannel *self)
{
  if (self->outbox != NULL)
    pusher_outbox_stop (self->outbox);
}

/* text: the whole message */
gboolean
pusher_channel_send_event (PusherChannel *self,
                           const char    *text,
                           gboolean       was_kept,
                           GError       **error)
{
  PusherHost *host = self->host;

  if (pusher_connection_is_congested (host->connection))
    {
      g_set_error_literal (error, PUSHER_ERROR, PUSHER_ERROR_BUSY,
                           _("The server does not read what it was sent before"));
      return FALSE;
    }

  if (!pusher_host_send_unowed (host, text, FALSE))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                   _("The connection is being closed"));
      return FALSE;
    }

  pusher_event_pace_note (&host->event_pace, was_kept,
                          pusher_connection_get_now (host->connection));

  return TRUE;
}

/* It is the turn of the channel. What cannot be sent stays: it goes when the server reads
 * again, or on the next connection. */
static void
send_first (PusherChannel *self,
            gint64         now)
{
  g_autoptr (PusherChannel) held_self G_GNUC_UNUSED = g_object_ref (self);
  PusherOutbox *outbox = self->outbox;
  const PusherKeptEvent *first = g_queue_peek_head (&outbox->events);
  g_autofree char *text = pusher_message_encode (first->name, self->name, first->data_json);
  g_autoptr (PusherKeptEvent) event = NULL;
  g_autoptr (GError) error = NULL;

  if (!pusher_channel_send_event (self, text, TRUE, &error))
    {
      if (g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_BUSY))
        pusher_event_pace_pause (&self->host->event_pace, now + CONGESTION_PERIOD);
      else
        pusher_outbox_stop (outbox);
      return;
    }

  event = pusher_outbox_take (outbox);
  pusher_outbox_pass (outbox);
  pusher_host_count_sent (self->host);
  log_step (self, event->name, "was sent, after it was kept");
  pusher_channel_note (self, PUSHER_CHANNEL_PROP_OUTBOX_LENGTH);
  pusher_channel_tell (self);
}

/* It may be time for something. The caller keeps the host; handlers may do anything. */
void
pusher_channels_send_kept (PusherHost *host)
{
  gint64 now = pusher_connection_get_now (host->connection);
  PusherChannel *channel;

  while ((channel = pusher_time_limits_take_over (&host->kept, now)) != NULL)
    expire (channel, now);
  while (host->senders.head != NULL && pusher_host_get_next_event (host, now) <= now)
    send_first (host->senders.head->data, now);
  pusher_host_set_timer (host);
}
