/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-event-private.h"

/**
 * PusherEvent:
 *
 * An event that a server sent.
 *
 * Handlers of [signal@Pusher.Channel::event] and [signal@Pusher.Client::event]
 * receive it. It does not change, and may be kept by taking a reference.
 *
 * The data of an event is text: most often, but not necessarily, JSON. It is
 * parsed only when [method@Pusher.Event.get_json] or
 * [method@Pusher.Event.get_variant] asks for it. Where only some of the fields
 * are needed, [method@Pusher.Event.lookup_string],
 * [method@Pusher.Event.lookup_int] and their like find them in a fraction of the time.
 * Python programs would rather use `json.loads(event.get_data())`, JavaScript
 * programs `JSON.parse(event.get_data())`.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (PusherEvent, pusher_event, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_NAME,
  PROP_CHANNEL_NAME,
  PROP_DATA,
  PROP_USER_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint notify_id;

static void
clear (PusherEvent *self)
{
  g_clear_pointer (&self->variant, g_variant_unref);
  g_clear_pointer (&self->json, json_node_unref);
  pusher_message_clear (&self->message);
  self->parsed = FALSE;
  self->validity = PUSHER_EVENT_UNKNOWN;
}

/* Takes over the contents of message, which is empty afterwards. */
PusherEvent *
pusher_event_new_take (PusherMessage *message)
{
  PusherEvent *spare = NULL;

  return pusher_event_new_from_spare (&spare, message);
}

/* --- A spare one --------------------------------------------------------- */

/* To make and finalize an object costs as much as all else that happens to an event
 * which the application does not keep. So such an object serves again. *spare is
 * nullable. */
PusherEvent *
pusher_event_new_from_spare (PusherEvent  **spare,
                             PusherMessage *message)
{
  PusherEvent *self = g_steal_pointer (spare);

  if (self == NULL)
    self = g_object_new (PUSHER_TYPE_EVENT, NULL);
  self->message = *message;
  *message = (PusherMessage) { 0 };

  return self;
}

/* Whether the object is as new but for its contents: there is no other reference, and
 * nothing is attached to it that has to go with it, such as data, a weak reference,
 * the wrapper of a language, or a handler.
 *
 * GObject has no call that tells whether anything is attached, so its own fields are read.
 * Should it keep some of that elsewhere one day, the test /event/release/attached fails. */
static gboolean
is_pristine (PusherEvent *self)
{
  GObject *object = &self->parent_instance;

  return g_atomic_int_get (&object->ref_count) == 1 && object->qdata == NULL &&
         g_signal_handler_find (self, G_SIGNAL_MATCH_ID, notify_id, 0, NULL, NULL, NULL) == 0;
}

/* Takes the reference to an event over, and makes it the spare one if it may be. */
void
pusher_event_release (PusherEvent  *self,
                      PusherEvent **spare)
{
  if (*spare == NULL && is_pristine (self))
    {
      clear (self);
      *spare = self;
    }
  else
    {
      g_object_unref (self);
    }
}

/* --- An event of the client's own ---------------------------------------- */

/* An event that did not come from the server as it is. */
PusherEvent *
pusher_event_new (const char *name,
                  const char *channel_name,
                  const char *data,
                  const char *user_id)
{
  PusherEvent *self = g_object_new (PUSHER_TYPE_EVENT, NULL);

  pusher_message_init (&self->message, name, channel_name, data, -1, user_id);

  return self;
}

/* One with the contents of a message, under another name. */
PusherEvent *
pusher_event_new_copy (const char          *name,
                       const PusherMessage *message)
{
  PusherEvent *self = g_object_new (PUSHER_TYPE_EVENT, NULL);

  pusher_message_init (&self->message, name, message->channel, message->data,
                       (gssize) message->data_length, message->user_id);

  return self;
}

static void
pusher_event_finalize (GObject *object)
{
  clear (PUSHER_EVENT (object));

  G_OBJECT_CLASS (pusher_event_parent_class)->finalize (object);
}

static void
pusher_event_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PusherEvent *self = PUSHER_EVENT (object);

  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, pusher_event_get_name (self));
      break;
    case PROP_CHANNEL_NAME:
      g_value_set_string (value, pusher_event_get_channel_name (self));
      break;
    case PROP_DATA:
      g_value_set_string (value, pusher_event_get_data (self));
      break;
    case PROP_USER_ID:
      g_value_set_string (value, pusher_event_get_user_id (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pusher_event_class_init (PusherEventClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pusher_event_finalize;
  object_class->get_property = pusher_event_get_property;
  notify_id = g_signal_lookup ("notify", G_TYPE_OBJECT);

  /**
   * PusherEvent:name:
   *
   * The name of the event.
   *
   * Since: 1.0
   */
  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PusherEvent:channel-name:
   *
   * The name of the channel that the event came on, or %NULL if it came on
   * none.
   *
   * Since: 1.0
   */
  properties[PROP_CHANNEL_NAME] =
    g_param_spec_string ("channel-name", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PusherEvent:data:
   *
   * The data of the event as text, or %NULL if it has none. See
   * [method@Pusher.Event.get_data].
   *
   * Since: 1.0
   */
  properties[PROP_DATA] =
    g_param_spec_string ("data", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PusherEvent:user-id:
   *
   * The user who sent a client event on a presence channel, or %NULL.
   *
   * Since: 1.0
   */
  properties[PROP_USER_ID] =
    g_param_spec_string ("user-id", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pusher_event_init (PusherEvent *self)
{
}

/**
 * pusher_event_get_name:
 * @self: an event
 *
 * Gets the name of the event.
 *
 * Returns: (transfer none): the name, never empty
 *
 * Since: 1.0
 */
const char *
pusher_event_get_name (PusherEvent *self)
{
  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);

  return self->message.event;
}

/**
 * pusher_event_get_channel_name:
 * @self: an event
 *
 * Gets the name of the channel that the event came on.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL if the event came on
 *   no channel
 *
 * Since: 1.0
 */
const char *
pusher_event_get_channel_name (PusherEvent *self)
{
  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);

  return self->message.channel;
}

/**
 * pusher_event_get_data:
 * @self: an event
 *
 * Gets the data of the event as text.
 *
 * Servers send data either as a JSON string, which most often holds JSON once
 * more, or as any other JSON value. This is the decoded string in the first
 * case and the text of the JSON value in the second: where a publisher sent
 * JSON, it is that JSON either way.
 *
 * A text with the character U+0000 in it seems to end there:
 * [method@Pusher.Event.get_bytes] has all of it.
 *
 * Returns: (transfer none) (nullable): the data, or %NULL if the event has
 *   none or its data is `null`
 *
 * Since: 1.0
 */
const char *
pusher_event_get_data (PusherEvent *self)
{
  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);

  return self->message.data;
}

/**
 * pusher_event_get_bytes:
 * @self: an event
 *
 * Gets the data of the event as bytes: the same text as that of
 * [method@Pusher.Event.get_data], in UTF-8, also where the character U+0000 is in it.
 *
 * Returns: (transfer full) (nullable): the data, or %NULL if the event has none or its
 *   data is `null`
 *
 * Since: 1.0
 */
GBytes *
pusher_event_get_bytes (PusherEvent *self)
{
  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);

  if (self->message.data == NULL)
    return NULL;

  return g_bytes_new (self->message.data, self->message.data_length);
}

/**
 * pusher_event_get_user_id:
 * @self: an event
 *
 * Gets the user who sent a client event on a presence channel. The server
 * vouches for it.
 *
 * Returns: (transfer none) (nullable): the id of the user, or %NULL if this is
 *   no client event on a presence channel
 *
 * Since: 1.0
 */
const char *
pusher_event_get_user_id (PusherEvent *self)
{
  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);

  return self->message.user_id;
}
