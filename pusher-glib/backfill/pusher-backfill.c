/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-backfill-private.h"

#include "base/pusher-error.h"
#include "base/pusher-setters-private.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-pointer-private.h"

#include <glib/gi18n-lib.h>

/**
 * PusherBackfill:
 *
 * Knows where the events of channels are kept, so that nothing is lost.
 *
 * The protocol has no memory: what is published while a client has no connection does not
 * reach it. An application whose server keeps its events gives a backfill to its channels,
 * by [property@Pusher.Channel:backfill], and hears every event once and in order: after a
 * gap a channel holds what arrives, fetches what is missing, and delivers all of it by
 * the same signal [signal@Pusher.Channel::event] as ever.
 *
 * Most applications use [class@Pusher.HttpBackfill], which asks a server. Others connect to
 * [signal@Pusher.Backfill::fetch], or derive from this class and override its function.
 * One backfill may serve many channels; those have to be of the same thread.
 *
 * Each event needs an id, a text that no other event of its channel has: a string or a
 * number in its data, where [property@Pusher.Backfill:id-pointer] says, or what
 * [signal@Pusher.Backfill::identify] returns. What the texts are does not matter: the
 * order is that in which the store gives the events. An event without an id is delivered
 * in its place, and cannot be missed. Those of the protocol, whose names begin with `pusher:`,
 * never have one, and never wait; nor do client events, unless the store has them too and
 * [property@Pusher.Backfill:client-events] says so.
 *
 * Since: 1.0
 */

typedef struct
{
  PusherBackfillSettings settings;
} PusherBackfillPrivate;

G_DEFINE_TYPE_WITH_PRIVATE (PusherBackfill, pusher_backfill, G_TYPE_OBJECT)

enum
{
  FETCH,
  IDENTIFY,
  N_SIGNALS
};

static GParamSpec *properties[PUSHER_BACKFILL_N_PROPS];
static guint signals[N_SIGNALS];

static const gsize offsets[PUSHER_BACKFILL_N_PROPS] = {
  [PUSHER_BACKFILL_PROP_ID_POINTER] = G_STRUCT_OFFSET (PusherBackfillSettings, id_pointer),
  [PUSHER_BACKFILL_PROP_CLIENT_EVENTS] = G_STRUCT_OFFSET (PusherBackfillSettings, client_events),
  [PUSHER_BACKFILL_PROP_INITIAL_COUNT] = G_STRUCT_OFFSET (PusherBackfillSettings, initial_count),
  [PUSHER_BACKFILL_PROP_MAX_HELD_EVENTS] =
    G_STRUCT_OFFSET (PusherBackfillSettings, max_held_events),
  [PUSHER_BACKFILL_PROP_MAX_HELD_BYTES] = G_STRUCT_OFFSET (PusherBackfillSettings, max_held_bytes),
  [PUSHER_BACKFILL_PROP_MAX_CONCURRENT] = G_STRUCT_OFFSET (PusherBackfillSettings, max_concurrent),
  [PUSHER_BACKFILL_PROP_MAX_ATTEMPTS] = G_STRUCT_OFFSET (PusherBackfillSettings, max_attempts),
  [PUSHER_BACKFILL_PROP_TIMEOUT] = G_STRUCT_OFFSET (PusherBackfillSettings, timeout),
};

PusherBackfillSettings *
pusher_backfill_get_settings (PusherBackfill *self)
{
  PusherBackfillPrivate *priv = pusher_backfill_get_instance_private (self);

  return &priv->settings;
}

/* A setting has changed: what has to follow it does, and it is told. */
void
pusher_backfill_changed (PusherBackfill         *self,
                         PusherBackfillProperty  property)
{
  PusherBackfillSettings *settings = pusher_backfill_get_settings (self);

  g_object_ref (self);

  if (property == PUSHER_BACKFILL_PROP_MAX_CONCURRENT)
    pusher_http_queue_set_max_concurrent (settings->queue, settings->max_concurrent);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);

  g_object_unref (self);
}

static gboolean
pusher_backfill_real_fetch (PusherBackfill        *self,
                            PusherBackfillRequest *request)
{
  return FALSE;
}

/* A string, or a number as it is written */
static char *
pusher_backfill_real_identify (PusherBackfill *self,
                               PusherEvent    *event)
{
  PusherBackfillSettings *settings = pusher_backfill_get_settings (self);
  g_autofree char *text = NULL;

  if (settings->id_pointer == NULL)
    return NULL;

  text = pusher_event_lookup_json (event, settings->id_pointer);
  if (text == NULL)
    return NULL;
  if (*text == '"')
    return pusher_json_pointer_dup_string ("", text, strlen (text));

  return *text == '-' || g_ascii_isdigit (*text) ? g_steal_pointer (&text) : NULL;
}

/* The first handler that finds an id counts. */
static gboolean
accumulate_id (GSignalInvocationHint *hint,
               GValue                *accumulated,
               const GValue          *returned,
               gpointer               user_data)
{
  const char *id = g_value_get_string (returned);

  if (id == NULL)
    return TRUE;

  g_value_set_string (accumulated, id);

  return FALSE;
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_backfill_finalize (GObject *object)
{
  PusherBackfillSettings *settings = pusher_backfill_get_settings (PUSHER_BACKFILL (object));

  g_free (settings->id_pointer);
  pusher_http_queue_unref (settings->queue);

  G_OBJECT_CLASS (pusher_backfill_parent_class)->finalize (object);
}

static void
pusher_backfill_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  PusherBackfillSettings *settings = pusher_backfill_get_settings (PUSHER_BACKFILL (object));

  pusher_get_value (G_STRUCT_MEMBER_P (settings, offsets[prop_id]), value);
}

static void
pusher_backfill_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  PusherBackfill *self = PUSHER_BACKFILL (object);
  PusherBackfillSettings *settings = pusher_backfill_get_settings (self);

  if (pusher_set_value (G_STRUCT_MEMBER_P (settings, offsets[prop_id]), value))
    pusher_backfill_changed (self, prop_id);
}

static void
install_properties_of_events (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherBackfill:id-pointer:
   *
   * The JSON Pointer (RFC 6901) to the id of an event in its data, or %NULL if only
   * [signal@Pusher.Backfill::identify] finds it.
   *
   * An id is a string of 1 to 512 bytes, or a number, which counts as the text that it is
   * written as.
   *
   * Since: 1.0
   */
  properties[PUSHER_BACKFILL_PROP_ID_POINTER] =
    g_param_spec_string ("id-pointer", NULL, NULL, "/id", flags);

  /**
   * PusherBackfill:client-events:
   *
   * Whether client events that have an id are kept like other events: then they wait while
   * others are fetched, come once, and move the [property@Pusher.Channel:position]. Those
   * without an id never wait.
   *
   * Set this only if the store has them all, under the ids that their senders chose: else the
   * channel asks from an id which the store does not know. The server does not send a client
   * event back to who sent it, so that the channel may be given it by the store.
   *
   * Since: 1.0
   */
  properties[PUSHER_BACKFILL_PROP_CLIENT_EVENTS] =
    g_param_spec_boolean ("client-events", NULL, NULL, FALSE, flags);

  /**
   * PusherBackfill:initial-count:
   *
   * How many of the last events a channel delivers when it is subscribed for the first time,
   * and has no [property@Pusher.Channel:position] yet. With 0 it begins with the next one.
   *
   * In that case, too, it asks for the last event: not for the event, but for its id, so
   * that it knows where it has begun.
   *
   * Since: 1.0
   */
  properties[PUSHER_BACKFILL_PROP_INITIAL_COUNT] =
    g_param_spec_uint ("initial-count", NULL, NULL, 0, PUSHER_BACKFILL_MAX_INITIAL_COUNT, 0,
                       flags);

  /**
   * PusherBackfill:max-held-events:
   *
   * The most events of a channel that are held while others are fetched.
   *
   * When there are more, the oldest one is given up. If it has an id it is not lost: the
   * channel fetches it with the others. If it has none, the channel tells
   * [signal@Pusher.Channel::lost].
   *
   * Since: 1.0
   */
  properties[PUSHER_BACKFILL_PROP_MAX_HELD_EVENTS] =
    g_param_spec_uint ("max-held-events", NULL, NULL, 0, G_MAXUINT,
                       PUSHER_BACKFILL_DEFAULT_MAX_HELD_EVENTS, flags);

  /**
   * PusherBackfill:max-held-bytes:
   *
   * About the most memory, in bytes, that the events of a channel take which are held while
   * others are fetched. When that is not enough the oldest ones are given up, as for
   * [property@Pusher.Backfill:max-held-events].
   *
   * Since: 1.0
   */
  properties[PUSHER_BACKFILL_PROP_MAX_HELD_BYTES] =
    g_param_spec_uint64 ("max-held-bytes", NULL, NULL, 0, G_MAXUINT64,
                         PUSHER_BACKFILL_DEFAULT_MAX_HELD_BYTES, flags);
}

static void
install_properties_of_requests (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherBackfill:max-concurrent:
   *
   * The most requests that are under way at the same time, of all channels of the backfill.
   * Others wait until one of these is answered.
   *
   * Since: 1.0
   */
  properties[PUSHER_BACKFILL_PROP_MAX_CONCURRENT] =
    g_param_spec_uint ("max-concurrent", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_BACKFILL_DEFAULT_MAX_CONCURRENT, flags);

  /**
   * PusherBackfill:max-attempts:
   *
   * How often a channel asks for the same events before it goes on without them, and tells
   * that by [signal@Pusher.Channel::lost]; 0 for as often as it takes.
   *
   * Between two attempts it waits for a random time, of up to half a second at first and half
   * a minute at last.
   *
   * Since: 1.0
   */
  properties[PUSHER_BACKFILL_PROP_MAX_ATTEMPTS] =
    g_param_spec_uint ("max-attempts", NULL, NULL, 0, G_MAXUINT,
                       PUSHER_BACKFILL_DEFAULT_MAX_ATTEMPTS, flags);

  /**
   * PusherBackfill:timeout:
   *
   * Seconds within which a request has to be answered. After that it has failed for now.
   *
   * Since: 1.0
   */
  properties[PUSHER_BACKFILL_PROP_TIMEOUT] =
    g_param_spec_uint ("timeout", NULL, NULL, 1, G_MAXUINT, PUSHER_BACKFILL_DEFAULT_TIMEOUT,
                       flags);
}

static void
install_signals (GType type)
{
  /**
   * PusherBackfill::fetch:
   * @self: the backfill
   * @request: what is asked for
   *
   * Emitted when a channel needs events that it has missed. The first handler that returns
   * %TRUE answers the request, at once or later; to do it later it keeps a reference to the
   * request.
   *
   * Returns: whether the handler answers the request
   *
   * Since: 1.0
   */
  signals[FETCH] =
    g_signal_new ("fetch", type, G_SIGNAL_RUN_LAST, G_STRUCT_OFFSET (PusherBackfillClass, fetch),
                  g_signal_accumulator_true_handled, NULL, NULL,
                  G_TYPE_BOOLEAN, 1, PUSHER_TYPE_BACKFILL_REQUEST);

  /**
   * PusherBackfill::identify:
   * @self: the backfill
   * @event: an event
   *
   * Emitted to find the id of an event: of each one that arrives, and of each one that is
   * given without an id. The first handler that does not return %NULL counts; if none does,
   * [property@Pusher.Backfill:id-pointer] does.
   *
   * Returns: (transfer full) (nullable): the id, or %NULL if the handler knows none
   *
   * Since: 1.0
   */
  signals[IDENTIFY] =
    g_signal_new ("identify", type, G_SIGNAL_RUN_LAST,
                  G_STRUCT_OFFSET (PusherBackfillClass, identify), accumulate_id, NULL, NULL,
                  G_TYPE_STRING, 1, PUSHER_TYPE_EVENT);
}

static void
pusher_backfill_class_init (PusherBackfillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pusher_backfill_finalize;
  object_class->get_property = pusher_backfill_get_property;
  object_class->set_property = pusher_backfill_set_property;
  klass->fetch = pusher_backfill_real_fetch;
  klass->identify = pusher_backfill_real_identify;

  install_properties_of_events ();
  install_properties_of_requests ();
  g_object_class_install_properties (object_class, PUSHER_BACKFILL_N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
pusher_backfill_init (PusherBackfill *self)
{
  *pusher_backfill_get_settings (self) = (PusherBackfillSettings) {
    .id_pointer = g_strdup ("/id"),
    .max_held_events = PUSHER_BACKFILL_DEFAULT_MAX_HELD_EVENTS,
    .max_held_bytes = PUSHER_BACKFILL_DEFAULT_MAX_HELD_BYTES,
    .max_concurrent = PUSHER_BACKFILL_DEFAULT_MAX_CONCURRENT,
    .max_attempts = PUSHER_BACKFILL_DEFAULT_MAX_ATTEMPTS,
    .timeout = PUSHER_BACKFILL_DEFAULT_TIMEOUT,
    .queue = pusher_http_queue_new (PUSHER_BACKFILL_DEFAULT_MAX_CONCURRENT),
  };
}

/**
 * pusher_backfill_new:
 *
 * Makes a backfill that fetches nothing by itself, for handlers of
 * [signal@Pusher.Backfill::fetch].
 *
 * Returns: (transfer full): a new backfill
 *
 * Since: 1.0
 */
PusherBackfill *
pusher_backfill_new (void)
{
  return g_object_new (PUSHER_TYPE_BACKFILL, NULL);
}

/**
 * pusher_backfill_fetch:
 * @self: a backfill
 * @request: what is asked for
 *
 * Passes on a request. Channels call this; a backfill that combines others may call it too.
 *
 * Returns: whether the backfill answers the request, at once or later
 *
 * Since: 1.0
 */
gboolean
pusher_backfill_fetch (PusherBackfill        *self,
                       PusherBackfillRequest *request)
{
  gboolean handled = FALSE;

  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), FALSE);
  g_return_val_if_fail (PUSHER_IS_BACKFILL_REQUEST (request), FALSE);

  g_signal_emit (self, signals[FETCH], 0, request, &handled);

  return handled;
}

/* Each event that arrives is identified, and an emission takes half as many instructions
 * again. A type of the application may override what this one does. */
static gboolean
is_identified_by_pointer (PusherBackfill *self)
{
  return (G_OBJECT_TYPE (self) == PUSHER_TYPE_BACKFILL ||
          pusher_backfill_get_settings (self)->is_final) &&
         !g_signal_has_handler_pending (self, signals[IDENTIFY], 0, FALSE);
}

/**
 * pusher_backfill_identify:
 * @self: a backfill
 * @event: an event
 *
 * Finds the id of an event. Channels call this; it is of use to applications that keep
 * events themselves.
 *
 * Returns: (transfer full) (nullable): the id, or %NULL if the event has none
 *
 * Since: 1.0
 */
char *
pusher_backfill_identify (PusherBackfill *self,
                          PusherEvent    *event)
{
  char *id = NULL;

  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), NULL);
  g_return_val_if_fail (PUSHER_IS_EVENT (event), NULL);

  if (is_identified_by_pointer (self))
    id = pusher_backfill_real_identify (self, event);
  else
    g_signal_emit (self, signals[IDENTIFY], 0, event, &id);
  if (id != NULL && (!pusher_json_is_id (id) || !g_utf8_validate (id, -1, NULL)))
    g_clear_pointer (&id, g_free);

  return id;
}

/* Sees to it that the request is answered, or at least that somebody has it. */
void
pusher_backfill_ask (PusherBackfill        *self,
                     PusherBackfillRequest *request)
{
  g_autoptr (GError) error = NULL;

  if (pusher_backfill_fetch (self, request))
    return;

  error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_BACKFILL,
                       _("There is nobody to ask for missed events of channel “%s”"),
                       pusher_backfill_request_get_channel_name (request));
  pusher_backfill_request_fail (request, error);
}
