/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the server sends on a channel. */

#include "config.h"

#include "pusher-channel-receive-private.h"

#include "admission/pusher-admissions-private.h"
#include "base/pusher-error.h"
#include "protocol/pusher-control-messages-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "pusher-channel-subscription-private.h"

static void
handle_subscription_error (PusherChannel *self,
                           PusherMessage *message)
{
  gboolean is_news = self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED ||
                     self->admission.stage == PUSHER_ADMISSION_SENT || self->admission.may_pass;
  g_autoptr (GError) error = NULL;

  if (!pusher_admission_reject (&self->admission) || !is_news)
    return;

  error = pusher_subscription_error_parse (message);
  pusher_channel_fail (self, message->event, message->data, error);
}

/* What a server says of a channel that is subscribed already is news of its contents: it
 * may have been asked twice, because it took its time. */
static void
handle_succeeded (PusherChannel *self,
                  PusherMessage *message)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  gboolean accepted = pusher_admission_accept (&self->admission, cancellations);

  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    PUSHER_CHANNEL_GET_CLASS (self)->succeeding (self, message, self->epoch);
  else if (accepted)
    pusher_channel_succeed (self, message);
}

static void
handle_subscription_count (PusherChannel *self,
                           PusherMessage *message)
{
  gint64 count = pusher_subscription_count_parse (message);

  if (count < 0)
    return;

  pusher_channel_set_count (self, count);
  pusher_channel_tell (self);
  pusher_channel_emit_message (self, "pusher:subscription_count", message);
}

static void
handle_cache_miss (PusherChannel *self,
                   PusherMessage *message)
{
  pusher_channel_emit_cache_miss (self);
  pusher_channel_emit_message (self, message->event, message);
}

/* A server that fails at a subscription may say so in this way. */
static void
handle_error (PusherChannel *self,
              PusherMessage *message)
{
  g_autoptr (GError) error = pusher_server_error_parse (message);
  gboolean is_objection =
    g_error_matches (error, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_CLIENT_EVENT_RATE);

  if (is_objection && self->admission.stage != PUSHER_ADMISSION_SENT)
    pusher_event_pace_object (&self->host->event_pace,
                              pusher_connection_get_now (self->host->connection));

  if (is_objection && self->admission.stage == PUSHER_ADMISSION_SENT)
    pusher_admissions_hear_objection (self->host);
  else if (self->admission.stage == PUSHER_ADMISSION_SENT)
    pusher_admission_refuse (&self->admission, error);
  else
    pusher_channel_emit_error (self, error);
}

static const struct
{
  const char *event;
  void (*handle) (PusherChannel *self,
                  PusherMessage *message);
} internal_events[] = {
  { PUSHER_MESSAGE_SUBSCRIBED, handle_succeeded },
  { PUSHER_MESSAGE_SUBSCRIPTION_ERROR, handle_subscription_error },
  { "pusher_internal:subscription_count", handle_subscription_count },
  { "pusher:cache_miss", handle_cache_miss },
  { PUSHER_MESSAGE_ERROR, handle_error },
};

static gboolean
handle_internal (PusherChannel *self,
                 PusherMessage *message)
{
  for (guint i = 0; i < G_N_ELEMENTS (internal_events); i++)
    if (g_str_equal (message->event, internal_events[i].event))
      {
        internal_events[i].handle (self, message);
        return TRUE;
      }

  return PUSHER_CHANNEL_GET_CLASS (self)->handle_internal (self, message) ||
         g_str_has_prefix (message->event, "pusher_internal:");
}

/* May take over the contents of message. */
void
pusher_channel_receive (PusherChannel *self,
                        PusherMessage *message)
{
  g_object_ref (self);

  if (strncmp (message->event, "pusher", 6) != 0 || !handle_internal (self, message))
    PUSHER_CHANNEL_GET_CLASS (self)->deliver (self, message);

  g_object_unref (self);
}
