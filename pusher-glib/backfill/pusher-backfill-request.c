/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-backfill-request-private.h"

#include "base/pusher-error.h"
#include "event/pusher-event-private.h"
#include "json/pusher-json-members-private.h"

#include <glib/gi18n-lib.h>

/**
 * PusherBackfillRequest:
 *
 * What a channel wants of its [class@Pusher.Backfill]: the events that it has missed.
 *
 * Which ones these are is said by [property@Pusher.BackfillRequest:after] and
 * [property@Pusher.BackfillRequest:last]. The backfill gives each of them, in their order,
 * by [method@Pusher.BackfillRequest.add], and then answers once with
 * [method@Pusher.BackfillRequest.complete], [method@Pusher.BackfillRequest.fail] or
 * [method@Pusher.BackfillRequest.fail_for_now], at once or later, in the thread of the
 * client. It need not give all of them: if it says that there are more it is asked for
 * those after the last one that it gave.
 *
 * It keeps a reference until then: a request that goes away without an answer has failed
 * for now. An answer that comes too late, because the connection is gone again or the
 * application has unsubscribed, is ignored, as is a second one. Events are delivered from
 * the main loop, and never while one of these functions is called.
 *
 * Since: 1.0
 */
struct _PusherBackfillRequest
{
  GObject parent_instance;

  char *channel_name;
  char *after;
  guint last;
  GCancellable *cancellable;

  PusherHeldEvents events;
  gboolean cut;       /* there was no room for all that was given */
  gboolean malformed; /* something that was given is no event */

  PusherBackfillDone done; /* NULL once it is answered or cancelled */
  gpointer user_data;
  gboolean queued;
};

G_DEFINE_FINAL_TYPE (PusherBackfillRequest, pusher_backfill_request, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CHANNEL_NAME,
  PROP_AFTER,
  PROP_LAST,
  PROP_CANCELLABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
answer (PusherBackfillRequest *self,
        gboolean               more,
        const GError          *error,
        gboolean               may_pass)
{
  PusherBackfillDone done = g_steal_pointer (&self->done);

  if (error != NULL)
    pusher_held_events_clear (&self->events);
  if (done != NULL)
    done (self->user_data, &self->events, more, error, may_pass);
  pusher_held_events_clear (&self->events);
}

static void
pusher_backfill_request_dispose (GObject *object)
{
  PusherBackfillRequest *self = PUSHER_BACKFILL_REQUEST (object);

  if (self->done != NULL)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_BACKFILL,
                     _("The request for missed events was dropped without an answer"));

      answer (self, FALSE, error, TRUE);
    }

  G_OBJECT_CLASS (pusher_backfill_request_parent_class)->dispose (object);
}

static void
pusher_backfill_request_finalize (GObject *object)
{
  PusherBackfillRequest *self = PUSHER_BACKFILL_REQUEST (object);

  pusher_held_events_clear (&self->events);
  g_object_unref (self->cancellable);
  g_free (self->channel_name);
  g_free (self->after);

  G_OBJECT_CLASS (pusher_backfill_request_parent_class)->finalize (object);
}

static void
pusher_backfill_request_get_property (GObject    *object,
                                      guint       prop_id,
                                      GValue     *value,
                                      GParamSpec *pspec)
{
  PusherBackfillRequest *self = PUSHER_BACKFILL_REQUEST (object);

  switch (prop_id)
    {
    case PROP_CHANNEL_NAME:
      g_value_set_string (value, self->channel_name);
      break;
    case PROP_AFTER:
      g_value_set_string (value, self->after);
      break;
    case PROP_LAST:
      g_value_set_uint (value, self->last);
      break;
    case PROP_CANCELLABLE:
      g_value_set_object (value, self->cancellable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pusher_backfill_request_class_init (PusherBackfillRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = pusher_backfill_request_dispose;
  object_class->finalize = pusher_backfill_request_finalize;
  object_class->get_property = pusher_backfill_request_get_property;

  /**
   * PusherBackfillRequest:channel-name:
   *
   * The name of the channel.
   *
   * Since: 1.0
   */
  properties[PROP_CHANNEL_NAME] = g_param_spec_string ("channel-name", NULL, NULL, NULL, flags);

  /**
   * PusherBackfillRequest:after:
   *
   * The id of an event, or %NULL: all events of the channel after that one are wanted, in
   * the order in which the store has them.
   *
   * If it is %NULL, and [property@Pusher.BackfillRequest:last] is 0, all events are wanted:
   * the store had none when the channel began.
   *
   * Since: 1.0
   */
  properties[PROP_AFTER] = g_param_spec_string ("after", NULL, NULL, NULL, flags);

  /**
   * PusherBackfillRequest:last:
   *
   * If it is not 0, so many of the last events of the channel are wanted, in the order in
   * which the store has them: the oldest of these first.
   *
   * Whoever gives more than that, all for example, does no harm but to the time it takes.
   *
   * Since: 1.0
   */
  properties[PROP_LAST] = g_param_spec_uint ("last", NULL, NULL, 0, G_MAXUINT, 0, flags);

  /**
   * PusherBackfillRequest:cancellable:
   *
   * Is cancelled when the channel does not need the answer any more.
   *
   * Since: 1.0
   */
  properties[PROP_CANCELLABLE] =
    g_param_spec_object ("cancellable", NULL, NULL, G_TYPE_CANCELLABLE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pusher_backfill_request_init (PusherBackfillRequest *self)
{
  self->cancellable = g_cancellable_new ();
}

PusherBackfillRequest *
pusher_backfill_request_new (const char         *channel_name,
                             const char         *after,
                             guint               last,
                             PusherBackfillDone  done,
                             gpointer            user_data)
{
  PusherBackfillRequest *self = g_object_new (PUSHER_TYPE_BACKFILL_REQUEST, NULL);

  self->channel_name = g_strdup (channel_name);
  self->after = g_strdup (after);
  self->last = last;
  self->done = done;
  self->user_data = user_data;

  return self;
}

/* Whether the channel still waits for the answer. */
gboolean
pusher_backfill_request_is_open (PusherBackfillRequest *self)
{
  return self->done != NULL;
}

/* Whether nobody works on the answer because others come first. */
gboolean
pusher_backfill_request_is_queued (PusherBackfillRequest *self)
{
  return self->queued;
}

void
pusher_backfill_request_set_queued (PusherBackfillRequest *self,
                                    gboolean               queued)
{
  self->queued = queued;
}

/* The answer is not wanted any more. Whoever says so cancels the cancellable afterwards,
 * when handlers may run. */
void
pusher_backfill_request_close (PusherBackfillRequest *self)
{
  self->done = NULL;
  pusher_held_events_clear (&self->events);
}

/**
 * pusher_backfill_request_get_channel_name:
 * @self: a request
 *
 * Gets the name of the channel.
 *
 * Returns: (transfer none): the name
 *
 * Since: 1.0
 */
const char *
pusher_backfill_request_get_channel_name (PusherBackfillRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL_REQUEST (self), NULL);

  return self->channel_name;
}

/**
 * pusher_backfill_request_get_after:
 * @self: a request
 *
 * Gets the id of the event after which events are wanted: see
 * [property@Pusher.BackfillRequest:after].
 *
 * Returns: (transfer none) (nullable): the id, or %NULL
 *
 * Since: 1.0
 */
const char *
pusher_backfill_request_get_after (PusherBackfillRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL_REQUEST (self), NULL);

  return self->after;
}

/**
 * pusher_backfill_request_get_last:
 * @self: a request
 *
 * Gets how many of the last events are wanted: see
 * [property@Pusher.BackfillRequest:last].
 *
 * Returns: the number, or 0 if it is not the last ones that are wanted
 *
 * Since: 1.0
 */
guint
pusher_backfill_request_get_last (PusherBackfillRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL_REQUEST (self), 0);

  return self->last;
}

/**
 * pusher_backfill_request_get_cancellable:
 * @self: a request
 *
 * Gets what is cancelled when the channel does not need the answer any more: pass it to
 * the calls that find the events.
 *
 * Returns: (transfer none): a cancellable
 *
 * Since: 1.0
 */
GCancellable *
pusher_backfill_request_get_cancellable (PusherBackfillRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL_REQUEST (self), NULL);

  return self->cancellable;
}

/* name, data, id: what the store of the application has, which may be anything */
static gboolean
is_event (const char *name,
          const char *data,
          const char *id)
{
  return name != NULL && *name != '\0' && g_utf8_validate (name, -1, NULL) &&
         (data == NULL || g_utf8_validate (data, -1, NULL)) &&
         (id == NULL || g_utf8_validate (id, -1, NULL));
}

/**
 * pusher_backfill_request_add:
 * @self: a request
 * @name: the name of an event
 * @data: (nullable): its data, as [method@Pusher.Event.get_data] gives it
 * @id: (nullable): its id, or %NULL if [method@Pusher.Backfill.identify] finds it
 *
 * Gives the next event. It is delivered once the request is completed.
 *
 * An id has 1 to 512 bytes; what has not is none.
 *
 * There is room for 10,000 events, and for 16 MiB of them: what is given beyond that is
 * left out, and the channel asks for it again.
 *
 * Since: 1.0
 */
void
pusher_backfill_request_add (PusherBackfillRequest *self,
                             const char            *name,
                             const char            *data,
                             const char            *id)
{
  g_autoptr (PusherEvent) event = NULL;

  g_return_if_fail (PUSHER_IS_BACKFILL_REQUEST (self));

  if (self->done == NULL)
    return;
  if (!is_event (name, data, id))
    {
      self->malformed = TRUE;
      return;
    }

  self->cut = self->cut || !pusher_held_events_has_room (&self->events,
                                                         PUSHER_BACKFILL_MAX_PAGE_EVENTS - 1,
                                                         PUSHER_BACKFILL_MAX_PAGE_BYTES);
  if (self->cut)
    return;

  event = pusher_event_new (name, self->channel_name, data, NULL);
  pusher_held_events_add (&self->events, event,
                          id != NULL && pusher_json_is_id (id) ? id : NULL);
}

/**
 * pusher_backfill_request_complete:
 * @self: a request
 * @more: whether there are more events than were given
 *
 * Says that the events have been given. If there are more of them the channel asks for
 * those after the last one that has an id.
 *
 * The request fails if something that was given is not text, or if an event has no name.
 *
 * Since: 1.0
 */
void
pusher_backfill_request_complete (PusherBackfillRequest *self,
                                  gboolean               more)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PUSHER_IS_BACKFILL_REQUEST (self));

  if (self->malformed)
    error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_BACKFILL,
                         _("Among the missed events is one without a name, or one that is not "
                           "UTF-8 text"));
  answer (self, self->cut || more, error, FALSE);
}

/**
 * pusher_backfill_request_fail:
 * @self: a request
 * @error: why
 *
 * Says that the events cannot be had, for example because the store does not know
 * [property@Pusher.BackfillRequest:after] any more: the channel goes on without them, and
 * tells that by [signal@Pusher.Channel::lost].
 *
 * Since: 1.0
 */
void
pusher_backfill_request_fail (PusherBackfillRequest *self,
                              const GError          *error)
{
  g_return_if_fail (PUSHER_IS_BACKFILL_REQUEST (self));
  g_return_if_fail (error != NULL);

  answer (self, FALSE, error, FALSE);
}

/**
 * pusher_backfill_request_fail_for_now:
 * @self: a request
 * @error: why
 *
 * Says that the events cannot be had at present, for example because a server cannot be
 * reached. The channel asks again after a while, as often as
 * [property@Pusher.Backfill:max-attempts] says.
 *
 * Since: 1.0
 */
void
pusher_backfill_request_fail_for_now (PusherBackfillRequest *self,
                                      const GError          *error)
{
  g_return_if_fail (PUSHER_IS_BACKFILL_REQUEST (self));
  g_return_if_fail (error != NULL);

  answer (self, FALSE, error, TRUE);
}
