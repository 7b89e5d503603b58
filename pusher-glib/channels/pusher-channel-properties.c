/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The properties of a PusherChannel. */

#include "config.h"

#include "pusher-channel-properties-private.h"

#include "base/pusher-enum-types.h"
#include "protocol/pusher-channel-name-private.h"

#define FLAGS (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static GParamSpec *properties[PUSHER_CHANNEL_N_PROPS];

/* --- Telling ------------------------------------------------------------- */

/* It has changed. Tells nothing. */
void
pusher_channel_note (PusherChannel    *self,
                     PusherChannelProp prop)
{
  self->untold |= 1u << prop;
}

/* Tells of all properties that have changed since they were told last, even if they
 * are what they were then: somebody may have looked at them meanwhile. */
void
pusher_channel_tell (PusherChannel *self)
{
  guint untold = self->untold;

  if (untold == 0)
    return;

  self->untold = 0;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PUSHER_CHANNEL_N_PROPS - 1; i > 0; i--)
    if (untold & (1u << i))
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* --- The outbox ---------------------------------------------------------- */

static PusherOutbox *
get_outbox (PusherChannel *self)
{
  if (self->outbox == NULL)
    self->outbox = pusher_outbox_new (self->host, self);

  return self->outbox;
}

static guint *
get_setting (PusherOutbox     *outbox,
             PusherChannelProp prop)
{
  return prop == PUSHER_CHANNEL_PROP_OUTBOX_SIZE ? &outbox->size : &outbox->expiry;
}

/* prop: one that can be written. Tells. */
void
pusher_channel_set (PusherChannel    *self,
                    PusherChannelProp prop,
                    guint             value)
{
  PusherOutbox *outbox = get_outbox (self);

  if (*get_setting (outbox, prop) == value)
    return;

  *get_setting (outbox, prop) = value;
  pusher_outbox_update (outbox);
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

/* --- Catching up --------------------------------------------------------- */

static PusherBackfill *
get_backfill (PusherChannel *self)
{
  return self->catch_up != NULL ? pusher_catch_up_get_backfill (self->catch_up) : NULL;
}

static const char *
get_position (PusherChannel *self)
{
  return self->catch_up != NULL ? pusher_catch_up_get_position (self->catch_up) : NULL;
}

static PusherChannelClass *
get_class (PusherChannel *self)
{
  return (gpointer) self->parent_instance.g_type_instance.g_class;
}

/* --- The table ----------------------------------------------------------- */

static void
get_property (GObject    *object,
              guint       prop_id,
              GValue     *value,
              GParamSpec *pspec)
{
  PusherChannel *self = (gpointer) object;

  switch (prop_id)
    {
    case PUSHER_CHANNEL_PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PUSHER_CHANNEL_PROP_KIND:
      g_value_set_enum (value, pusher_channel_name_get_kind (self->name));
      break;
    case PUSHER_CHANNEL_PROP_IS_CACHE:
      g_value_set_boolean (value, pusher_channel_name_is_cache (self->name));
      break;
    case PUSHER_CHANNEL_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PUSHER_CHANNEL_PROP_LAST_ERROR:
      g_value_set_boxed (value, self->last_error);
      break;
    case PUSHER_CHANNEL_PROP_SUBSCRIPTION_COUNT:
      g_value_set_int64 (value, self->subscription_count);
      break;
    case PUSHER_CHANNEL_PROP_OUTBOX_SIZE:
      g_value_set_uint (value, self->outbox != NULL ? self->outbox->size : 0);
      break;
    case PUSHER_CHANNEL_PROP_OUTBOX_EXPIRY:
      g_value_set_uint (value, self->outbox != NULL ? self->outbox->expiry
                                                    : PUSHER_OUTBOX_DEFAULT_EXPIRY);
      break;
    case PUSHER_CHANNEL_PROP_OUTBOX_LENGTH:
      g_value_set_uint (value, self->outbox != NULL ? self->outbox->events.length : 0);
      break;
    case PUSHER_CHANNEL_PROP_BACKFILL:
      g_value_set_object (value, get_backfill (self));
      break;
    case PUSHER_CHANNEL_PROP_POSITION:
      g_value_set_string (value, get_position (self));
      break;
    case PUSHER_CHANNEL_PROP_CATCHING_UP:
      g_value_set_boolean (value, self->catch_up != NULL &&
                                  pusher_catch_up_is_under_way (self->catch_up));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_property (GObject      *object,
              guint         prop_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PusherChannel *self = (gpointer) object;

  switch (prop_id)
    {
    case PUSHER_CHANNEL_PROP_OUTBOX_SIZE:
    case PUSHER_CHANNEL_PROP_OUTBOX_EXPIRY:
      pusher_channel_set (self, prop_id, g_value_get_uint (value));
      break;
    case PUSHER_CHANNEL_PROP_BACKFILL:
      get_class (self)->set_backfill (self, g_value_get_object (value));
      break;
    case PUSHER_CHANNEL_PROP_POSITION:
      get_class (self)->set_position (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Of channels whose events are kept somewhere */
static void
define_catch_up (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherChannel:backfill:
   *
   * Knows where the events of the channel are kept, or %NULL. With a backfill the channel
   * delivers every event once and in order: what was published while it had no connection
   * is fetched, and what arrives meanwhile waits. See “Nothing lost” in the documentation.
   *
   * Without it, events that are missed are missed.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_BACKFILL] =
    g_param_spec_object ("backfill", NULL, NULL, PUSHER_TYPE_BACKFILL, flags);

  /**
   * PusherChannel:position:
   *
   * The id of the last event that was delivered, or %NULL if there was none that has an id.
   *
   * A program that saves it, and sets it the next time before it subscribes, catches up with
   * what was published while it did not run. It has moved when the handlers of an event run,
   * and that is notified when they have returned.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_POSITION] = g_param_spec_string ("position", NULL, NULL, NULL, flags);

  /**
   * PusherChannel:catching-up:
   *
   * Whether events that were missed are being fetched and delivered. What arrives meanwhile
   * waits, until [signal@Pusher.Channel::caught-up].
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_CATCHING_UP] =
    g_param_spec_boolean ("catching-up", NULL, NULL, FALSE, flags & ~G_PARAM_WRITABLE);
}

void
pusher_channel_install_properties (GObjectClass *object_class)
{
  object_class->get_property = get_property;
  object_class->set_property = set_property;

  /**
   * PusherChannel:name:
   *
   * The name of the channel.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, FLAGS);

  /**
   * PusherChannel:kind:
   *
   * The kind of the channel, which its name tells.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, PUSHER_TYPE_CHANNEL_KIND,
                       PUSHER_CHANNEL_KIND_PUBLIC, FLAGS);

  /**
   * PusherChannel:is-cache:
   *
   * Whether this is a cache channel: the server keeps its last event and sends
   * it to new subscribers.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_IS_CACHE] = g_param_spec_boolean ("is-cache", NULL, NULL, FALSE, FLAGS);

  /**
   * PusherChannel:state:
   *
   * The state of the subscription.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, PUSHER_TYPE_CHANNEL_STATE,
                       PUSHER_CHANNEL_STATE_UNSUBSCRIBED, FLAGS);

  /**
   * PusherChannel:last-error:
   *
   * Why the channel is not subscribed: the error with which the subscription failed
   * last, while it is tried again as well. %NULL once it is subscribed, and once the
   * application has unsubscribed.
   *
   * The loss of the connection is not an error of the channel's: see
   * [property@Pusher.Client:last-error].
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_LAST_ERROR] =
    g_param_spec_boxed ("last-error", NULL, NULL, G_TYPE_ERROR, FLAGS);

  /**
   * PusherChannel:subscription-count:
   *
   * How many connections are subscribed to the channel, or -1 if the server has
   * not said so: servers tell it only where it is enabled.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_SUBSCRIPTION_COUNT] =
    g_param_spec_int64 ("subscription-count", NULL, NULL, -1, G_MAXINT64, -1, FLAGS);

  /**
   * PusherChannel:outbox-size:
   *
   * How many client events are kept until the channel is subscribed; 0, the default,
   * keeps none.
   *
   * Where this is not 0, [method@Pusher.Channel.trigger] keeps what cannot be sent at the
   * moment: before the channel is subscribed, and while there is no connection. What was
   * kept is sent once the channel is subscribed, in the order in which it was triggered,
   * and not faster than servers take it; what is triggered meanwhile comes after it. What
   * will not be sent is told by [signal@Pusher.Channel::trigger-error].
   *
   * If there is no room for another one, [method@Pusher.Channel.trigger] fails with
   * %PUSHER_ERROR_BUSY. So it does if all of them would take more than 1 MiB. With a lower
   * number, those that wait go on to do so; with 0 they are given up.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_OUTBOX_SIZE] =
    g_param_spec_uint ("outbox-size", NULL, NULL, 0, G_MAXUINT, 0, FLAGS | G_PARAM_WRITABLE);

  /**
   * PusherChannel:outbox-expiry:
   *
   * Seconds for which a client event is kept, at least; 60 unless it is set. 0 is for ever.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_OUTBOX_EXPIRY] =
    g_param_spec_uint ("outbox-expiry", NULL, NULL, 0, G_MAXUINT, PUSHER_OUTBOX_DEFAULT_EXPIRY,
                       FLAGS | G_PARAM_WRITABLE);

  /**
   * PusherChannel:outbox-length:
   *
   * How many client events are kept now.
   *
   * Since: 1.0
   */
  properties[PUSHER_CHANNEL_PROP_OUTBOX_LENGTH] =
    g_param_spec_uint ("outbox-length", NULL, NULL, 0, G_MAXUINT, 0, FLAGS);

  define_catch_up ();
  g_object_class_install_properties (object_class, PUSHER_CHANNEL_N_PROPS, properties);
}
