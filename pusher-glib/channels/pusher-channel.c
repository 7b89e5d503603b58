/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-channel-private.h"

#include "admission/pusher-event-log-private.h"
#include "base/pusher-enum-types.h"
#include "base/pusher-loggable-private.h"
#include "event/pusher-event-private.h"
#include "pusher-channel-catch-up-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/**
 * PusherChannel:
 *
 * A channel that the application subscribed to.
 *
 * [method@Pusher.Client.subscribe] makes it. The client keeps it, and subscribes
 * to it again after each reconnect, until the application unsubscribes.
 *
 * The events of the channel arrive as the signal [signal@Pusher.Channel::event],
 * whose detail is the name of the event: connect to `event::price-changed` for
 * one kind of event, to `event` for all of them.
 *
 * A channel may be used only in the thread of its client.
 *
 * Since: 1.0
 */
G_DEFINE_TYPE (PusherChannel, pusher_channel, G_TYPE_OBJECT)

enum
{
  EVENT,
  SUBSCRIPTION_SUCCEEDED,
  SUBSCRIPTION_ERROR,
  ERROR,
  TRIGGER_ERROR,
  CACHE_MISS,
  GAP,
  CAUGHT_UP,
  LOST,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- The state ----------------------------------------------------------- */

/* Changes the state without telling that. Returns the epoch that begins. */
guint
pusher_channel_enter (PusherChannel     *self,
                      PusherChannelState state)
{
  if (self->state != state)
    pusher_channel_note (self, PUSHER_CHANNEL_PROP_STATE);
  self->state = state;

  return ++self->epoch;
}

/* Tells nothing. */
void
pusher_channel_set_count (PusherChannel *self,
                          gint64         count)
{
  if (self->subscription_count != count)
    pusher_channel_note (self, PUSHER_CHANNEL_PROP_SUBSCRIPTION_COUNT);
  self->subscription_count = count;
}

/* error: NULL if all is well. Tells nothing. */
void
pusher_channel_set_last_error (PusherChannel *self,
                               const GError  *error)
{
  if (self->last_error == NULL && error == NULL)
    return;

  g_clear_error (&self->last_error);
  self->last_error = error != NULL ? g_error_copy (error) : NULL;
  pusher_channel_note (self, PUSHER_CHANNEL_PROP_LAST_ERROR);
}

/* Whether the state has not changed since the epoch began. A handler may have changed
 * it, and even back: what is still to be told of the old one would be wrong. */
gboolean
pusher_channel_is_current (PusherChannel *self,
                           guint          epoch)
{
  return self->epoch == epoch;
}

/* --- What the application is told ---------------------------------------- */

/* A channel often gets the same event again. No quark is made of a name that the
 * server has chosen: they are never freed. */
static GQuark
find_detail (PusherChannel *self,
             const char    *name)
{
  if (self->last_detail == 0 || strcmp (g_quark_to_string (self->last_detail), name) != 0)
    self->last_detail = g_quark_try_string (name);

  return self->last_detail;
}

static void
emit_event (PusherChannel *self,
            PusherEvent   *event)
{
  GQuark detail = find_detail (self, pusher_event_get_name (event));
  PusherHost *host = self->host;

  g_signal_emit (self, signals[EVENT], detail, event);
  if (host->client != NULL)
    host->funcs->event (host->client, event, detail);
}

static void
log_event (PusherChannel *self,
           const char    *event)
{
  g_autofree char *where = g_strdup_printf ("Channel “%s”", self->name);

  pusher_event_log (self->host, self, where, event);
}

void
pusher_channel_emit_event (PusherChannel *self,
                           PusherEvent   *event)
{
  if (G_UNLIKELY (self->host->logs))
    log_event (self, pusher_event_get_name (event));
  if (G_UNLIKELY (self->catch_up != NULL))
    pusher_catch_up_receive (self->catch_up, event);
  else
    emit_event (self, event);
}

/* An event with the data of a message, under a name that the protocol has for it. Lines of
 * their own tell of the subscription. */
void
pusher_channel_emit_message (PusherChannel       *self,
                             const char          *name,
                             const PusherMessage *message)
{
  g_autoptr (PusherEvent) event = NULL;

  /* By a handler that was told before this one. */
  if (self->state == PUSHER_CHANNEL_STATE_UNSUBSCRIBED)
    return;

  if (self->host->logs && self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED &&
      !g_str_equal (name, "pusher:subscription_succeeded"))
    g_debug ("Channel “%s”: %s", self->name, name);

  event = pusher_event_new_copy (name, message);
  emit_event (self, event);
}

static void
tell_client (PusherChannel *self,
             const GError  *error)
{
  PusherHost *host = self->host;

  if (host->client != NULL)
    host->funcs->error (host->client, error);
}

void
pusher_channel_emit_error (PusherChannel *self,
                           const GError  *error)
{
  if (self->host->logs)
    {
      g_autofree char *kind = pusher_loggable (error);

      g_debug ("Channel “%s”: %s", self->name, kind);
    }

  g_signal_emit (self, signals[ERROR], 0, error);
  tell_client (self, error);
}

void
pusher_channel_emit_trigger_error (PusherChannel *self,
                                   const char    *event,
                                   const char    *data_json,
                                   const GError  *error)
{
  g_autoptr (GError) named_error =
    g_error_new (error->domain, error->code, _("“%s” was not sent on “%s”: %s"),
                 event, self->name, error->message);

  g_signal_emit (self, signals[TRIGGER_ERROR], 0, event, data_json, error);
  tell_client (self, named_error);
}

void
pusher_channel_emit_subscription_succeeded (PusherChannel *self)
{
  g_signal_emit (self, signals[SUBSCRIPTION_SUCCEEDED], 0);
}

void
pusher_channel_emit_subscription_error (PusherChannel *self,
                                        const GError  *error)
{
  /* The client has many channels. */
  g_autoptr (GError) named_error =
    g_error_new (error->domain, error->code, _("Cannot subscribe to “%s”: %s"),
                 self->name, error->message);

  g_signal_emit (self, signals[SUBSCRIPTION_ERROR], 0, error);
  tell_client (self, named_error);
}

void
pusher_channel_emit_cache_miss (PusherChannel *self)
{
  g_signal_emit (self, signals[CACHE_MISS], 0);
}

void
pusher_channel_emit_gap (PusherChannel *self,
                         gint64         duration)
{
  g_signal_emit (self, signals[GAP], 0, duration);
}

/* --- Catching up --------------------------------------------------------- */

static void
wake_at (gpointer owner,
         gint64   time)
{
  PusherChannel *self = owner;
  PusherHost *host = self->host;

  if (time != 0)
    pusher_time_limits_start (&host->wakes, &self->wake, self, time);
  else
    pusher_time_limits_stop (&host->wakes, &self->wake);
  pusher_host_set_timer (host);
}

static void
deliver_in_turn (gpointer     owner,
                 PusherEvent *event)
{
  emit_event (owner, event);
}

static void
position_moved (gpointer owner)
{
  pusher_channel_note (owner, PUSHER_CHANNEL_PROP_POSITION);
  pusher_channel_tell (owner);
}

static void
events_lost (gpointer      owner,
             const GError *error)
{
  PusherChannel *self = owner;

  /* The client has many channels. */
  g_autoptr (GError) named_error =
    g_error_new (error->domain, error->code, _("Events of “%s” were lost: %s"), self->name,
                 error->message);

  g_signal_emit (self, signals[LOST], 0, error);
  tell_client (self, named_error);
}

static void
caught_up (gpointer owner,
           guint64  n_events)
{
  PusherChannel *self = owner;
  guint epoch = self->epoch;

  pusher_channel_note (self, PUSHER_CHANNEL_PROP_CATCHING_UP);
  pusher_channel_tell (self);
  if (pusher_channel_is_current (self, epoch))
    g_signal_emit (self, signals[CAUGHT_UP], 0, n_events);
}

static const PusherCatchUpFuncs catch_up_funcs = {
  wake_at, deliver_in_turn, position_moved, events_lost, caught_up,
};

/* --- What kinds of channels do in their own way -------------------------- */

static PusherAdmissionVerdict
pusher_channel_real_authorized (PusherChannel             *self,
                                const PusherAuthorization *authorization,
                                GError                   **error)
{
  return PUSHER_ADMISSION_SEND;
}

static void
pusher_channel_real_sent (PusherChannel *self)
{
}

static void
pusher_channel_real_succeeding (PusherChannel       *self,
                                const PusherMessage *message,
                                guint                epoch)
{
}

static void
pusher_channel_real_succeeded (PusherChannel *self)
{
}

static void
pusher_channel_real_ended (PusherChannel *self,
                           gboolean       for_good,
                           GPtrArray     *cancellations)
{
}

static void
pusher_channel_real_tell_ended (PusherChannel *self)
{
}

static gboolean
pusher_channel_real_handle_internal (PusherChannel *self,
                                     PusherMessage *message)
{
  return FALSE;
}

static void
pusher_channel_real_deliver (PusherChannel *self,
                             PusherMessage *message)
{
  PusherEvent **spare = pusher_connection_get_spare_event (self->host->connection);
  PusherEvent *event = pusher_event_new_from_spare (spare, message);

  pusher_channel_emit_event (self, event);
  pusher_event_release (event, spare);
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_channel_finalize (GObject *object)
{
  PusherChannel *self = PUSHER_CHANNEL (object);

  g_clear_pointer (&self->outbox, pusher_outbox_free);
  g_clear_pointer (&self->catch_up, pusher_catch_up_free);
  pusher_admission_clear (&self->admission);
  g_clear_pointer (&self->host, pusher_host_unref);
  g_clear_error (&self->last_error);
  g_free (self->name);

  G_OBJECT_CLASS (pusher_channel_parent_class)->finalize (object);
}

static void
install_signals_of_catch_up (GType type)
{
  /**
   * PusherChannel::caught-up:
   * @self: the channel
   * @n_events: how many events it had missed
   *
   * Emitted on a channel with a [property@Pusher.Channel:backfill] when all that it had missed
   * has been delivered, and what arrived meanwhile. From here on events are delivered as they
   * arrive.
   *
   * Since: 1.0
   */
  signals[CAUGHT_UP] =
    g_signal_new ("caught-up", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT64);

  /**
   * PusherChannel::lost:
   * @self: the channel
   * @error: why
   *
   * Emitted on a channel with a [property@Pusher.Channel:backfill] when events were missed that
   * cannot be had: the store does not have them any more, or it has not answered, as often
   * as it was asked. They are missing here, between the event that was delivered last and the
   * next one; how many they are is not known. [signal@Pusher.Client::error] tells of it as
   * well.
   *
   * Since: 1.0
   */
  signals[LOST] =
    g_signal_new ("lost", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
install_signals (GType type)
{
  /**
   * PusherChannel::event:
   * @self: the channel
   * @event: the event
   *
   * Emitted for each event of the channel, with the name of the event as the
   * detail: `event::price-changed` is emitted for `price-changed` only.
   *
   * What happens to the subscription itself comes under the names that the
   * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
   *
   * Since: 1.0
   */
  signals[EVENT] =
    g_signal_new ("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                  g_cclosure_marshal_VOID__OBJECT, G_TYPE_NONE, 1, PUSHER_TYPE_EVENT);
  g_signal_set_va_marshaller (signals[EVENT], type, g_cclosure_marshal_VOID__OBJECTv);

  /**
   * PusherChannel::subscription-succeeded:
   * @self: the channel
   *
   * Emitted when the server has accepted the subscription: the first one, and
   * the one after each reconnect.
   *
   * Since: 1.0
   */
  signals[SUBSCRIPTION_SUCCEEDED] =
    g_signal_new ("subscription-succeeded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  /**
   * PusherChannel::subscription-error:
   * @self: the channel
   * @error: why
   *
   * Emitted when the subscription has failed: the server refused it, the authorizer
   * did, or one of them did not answer in time. The client tries it again after the next
   * reconnect, when [method@Pusher.Channel.resubscribe] is called, and after 15 to 30
   * seconds by itself if the reason may pass.
   *
   * The application is told once all has changed, in this order: notifications of
   * [property@Pusher.Channel:state] and [property@Pusher.Channel:last-error], this signal,
   * [signal@Pusher.Client::error] with the name of the channel before the same words, the
   * event `pusher:subscription_error`, and who waits for
   * [method@Pusher.Client.subscribe_async].
   *
   * Since: 1.0
   */
  signals[SUBSCRIPTION_ERROR] =
    g_signal_new ("subscription-error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * PusherChannel::error:
   * @self: the channel
   * @error: what went wrong
   *
   * Emitted when the server reports an error about the channel, such as a client
   * event that it refused, and when an encrypted event cannot be decrypted. The
   * subscription goes on. [signal@Pusher.Client::error] tells of it as well.
   *
   * Since: 1.0
   */
  signals[ERROR] =
    g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * PusherChannel::trigger-error:
   * @self: the channel
   * @event: the name of the client event
   * @data_json: (nullable): its data, as JSON text
   * @error: why
   *
   * Emitted when a client event that was kept will not be sent: it has waited for
   * longer than [property@Pusher.Channel:outbox-expiry] says (%PUSHER_ERROR_TIMED_OUT),
   * the application has unsubscribed from the channel or keeps none any more
   * (%PUSHER_ERROR_CLOSED), or the subscription has failed, and the error says why.
   * [signal@Pusher.Client::error] tells of it as well.
   *
   * When the client goes, what waits goes with it, and nothing is emitted.
   *
   * Since: 1.0
   */
  signals[TRIGGER_ERROR] =
    g_signal_new ("trigger-error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_ERROR);

  /**
   * PusherChannel::cache-miss:
   * @self: the channel
   *
   * Emitted on a cache channel, after the subscription, when the server has no
   * event to send.
   *
   * Since: 1.0
   */
  signals[CACHE_MISS] =
    g_signal_new ("cache-miss", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /**
   * PusherChannel::gap:
   * @self: the channel
   * @duration: microseconds for which events may have been missed
   *
   * Emitted when the channel is subscribed again after a time without a
   * connection: the application may have missed the events of that time, and
   * would fetch what it needs to know from elsewhere. A channel that has a
   * [property@Pusher.Channel:backfill] does that by itself, right after this signal.
   *
   * The time begins when the server closed the connection, or, where it went
   * silent or the network failed, with the last message that arrived.
   *
   * Since: 1.0
   */
  signals[GAP] =
    g_signal_new ("gap", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT64);

  install_signals_of_catch_up (type);
}

static void
pusher_channel_class_init (PusherChannelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pusher_channel_finalize;

  klass->authorized = pusher_channel_real_authorized;
  klass->sent = pusher_channel_real_sent;
  klass->succeeding = pusher_channel_real_succeeding;
  klass->succeeded = pusher_channel_real_succeeded;
  klass->ended = pusher_channel_real_ended;
  klass->tell_ended = pusher_channel_real_tell_ended;
  klass->handle_internal = pusher_channel_real_handle_internal;
  klass->deliver = pusher_channel_real_deliver;
  klass->catch_up_funcs = &catch_up_funcs;
  klass->set_backfill = pusher_channel_change_backfill;
  klass->set_position = pusher_channel_change_position;

  pusher_channel_install_properties (object_class);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
pusher_channel_init (PusherChannel *self)
{
  self->subscription_count = -1;
}
