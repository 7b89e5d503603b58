/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-user-private.h"

#include "admission/pusher-event-log-private.h"
#include "base/pusher-hash-private.h"
#include "protocol/pusher-user-messages-private.h"

#include <glib/gi18n-lib.h>

/**
 * PusherUser:
 *
 * The user of a client, who may sign in.
 *
 * Who is signed in receives the events that the application's server sends to
 * this user, on whatever connections, as [signal@Pusher.User::event], and hears
 * which users of their watchlist come online and go offline, if the server tells
 * that.
 *
 * [property@Pusher.Client:user-authenticator] vouches for the user. Once asked to
 * sign in, the client does so again after each reconnect.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (PusherUser, pusher_user, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_DATA,
  PROP_SIGNED_IN,
  N_PROPS
};

enum
{
  EVENT,
  SIGN_IN_ERROR,
  WATCHLIST_EVENT,
  ONLINE,
  OFFLINE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

void
pusher_user_set_identity (PusherUser *self,
                          char       *id,
                          char       *data)
{
  if (g_strcmp0 (self->id, id) != 0)
    self->untold |= 1u << PROP_ID;
  if (g_strcmp0 (self->data, data) != 0)
    self->untold |= 1u << PROP_DATA;
  if ((self->id != NULL) != (id != NULL))
    self->untold |= 1u << PROP_SIGNED_IN;

  g_free (self->id);
  g_free (self->data);
  g_free (self->channel_name);
  self->id = id;
  self->data = data;
  self->channel_name = id != NULL ? g_strconcat (PUSHER_USER_CHANNEL_PREFIX, id, NULL) : NULL;
}

/* Tells of all properties that have changed since they were told last. */
void
pusher_user_tell (PusherUser *self)
{
  guint untold = self->untold;

  if (untold == 0)
    return;

  self->untold = 0;
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    if (untold & (1u << i))
      g_object_notify_by_pspec (G_OBJECT (self), properties[i]);
  g_object_thaw_notify (G_OBJECT (self));
}

void
pusher_user_emit_event (PusherUser  *self,
                        PusherEvent *event)
{
  GQuark detail = g_quark_try_string (pusher_event_get_name (event));
  PusherHost *host = self->host;

  if (host->logs)
    pusher_event_log (host, self, "User", pusher_event_get_name (event));

  g_signal_emit (self, signals[EVENT], detail, event);
  if (host->client != NULL)
    host->funcs->event (host->client, event, detail);
}

void
pusher_user_emit_sign_in_error (PusherUser   *self,
                                const GError *error)
{
  g_autoptr (GError) named_error =
    g_error_new (error->domain, error->code, _("Cannot sign in: %s"), error->message);
  PusherHost *host = self->host;

  g_signal_emit (self, signals[SIGN_IN_ERROR], 0, error);
  if (host->client != NULL)
    host->funcs->error (host->client, named_error);
}

void
pusher_user_emit_watchlist_event (PusherUser        *self,
                                  const char        *name,
                                  const char *const *ids)
{
  g_signal_emit (self, signals[WATCHLIST_EVENT], 0, name, ids);
}

void
pusher_user_emit_online (PusherUser *self,
                         const char *id)
{
  g_signal_emit (self, signals[ONLINE], 0, id);
}

void
pusher_user_emit_offline (PusherUser *self,
                          const char *id)
{
  g_signal_emit (self, signals[OFFLINE], 0, id);
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_user_finalize (GObject *object)
{
  PusherUser *self = PUSHER_USER (object);

  pusher_admission_clear (&self->admission);
  pusher_host_unref (self->host);
  g_hash_table_unref (self->online);
  g_free (self->id);
  g_free (self->data);
  g_free (self->channel_name);

  G_OBJECT_CLASS (pusher_user_parent_class)->finalize (object);
}

static void
pusher_user_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PusherUser *self = PUSHER_USER (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_DATA:
      g_value_set_string (value, self->data);
      break;
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->id != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherUser:id:
   *
   * The id of the user who is signed in, or %NULL.
   *
   * Since: 1.0
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);

  /**
   * PusherUser:data:
   *
   * What the application's server says about the user who is signed in, as JSON
   * text, or %NULL.
   *
   * Since: 1.0
   */
  properties[PROP_DATA] = g_param_spec_string ("data", NULL, NULL, NULL, flags);

  /**
   * PusherUser:signed-in:
   *
   * Whether somebody is signed in, on the present connection.
   *
   * Since: 1.0
   */
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static guint
new_watchlist_signal (const char *name,
                      GType       type)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pusher_user_class_init (PusherUserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->finalize = pusher_user_finalize;
  object_class->get_property = pusher_user_get_property;

  install_properties (object_class);

  /**
   * PusherUser::event:
   * @self: the user
   * @event: the event
   *
   * Emitted for each event that was sent to the user, with the name of the event
   * as the detail.
   *
   * Since: 1.0
   */
  signals[EVENT] =
    g_signal_new ("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                  g_cclosure_marshal_VOID__OBJECT, G_TYPE_NONE, 1, PUSHER_TYPE_EVENT);
  g_signal_set_va_marshaller (signals[EVENT], type, g_cclosure_marshal_VOID__OBJECTv);

  /**
   * PusherUser::sign-in-error:
   * @self: the user
   * @error: why
   *
   * Emitted when a sign-in has failed. The client tries again after the next
   * reconnect, when [method@Pusher.User.sign_in] is called, and after 15 to 30 seconds
   * by itself if the reason may pass. [signal@Pusher.Client::error] tells of it as well,
   * after this.
   *
   * Since: 1.0
   */
  signals[SIGN_IN_ERROR] =
    g_signal_new ("sign-in-error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * PusherUser::watchlist-event:
   * @self: the user
   * @name: what has happened, such as `online` and `offline`
   * @ids: the ids of the users of the watchlist to whom it has happened
   *
   * Emitted when the server tells something of users of the watchlist, as it tells it:
   * also what is not news, and what this library does not know.
   *
   * Since: 1.0
   */
  signals[WATCHLIST_EVENT] =
    g_signal_new ("watchlist-event", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRV);

  /**
   * PusherUser::online:
   * @self: the user
   * @id: the id of another user
   *
   * Emitted when a user of the watchlist has come online, and after signing in
   * for those who are.
   *
   * Since: 1.0
   */
  signals[ONLINE] = new_watchlist_signal ("online", type);

  /**
   * PusherUser::offline:
   * @self: the user
   * @id: the id of another user
   *
   * Emitted when a user of the watchlist has gone offline. It is not emitted when
   * the connection is lost: then nobody counts as online until the server has told
   * it again.
   *
   * Since: 1.0
   */
  signals[OFFLINE] = new_watchlist_signal ("offline", type);
}

static void
pusher_user_init (PusherUser *self)
{
  self->online = g_hash_table_new_full (pusher_str_hash, g_str_equal, g_free, NULL);
}

/**
 * pusher_user_get_id:
 * @self: a user
 *
 * Gets the id of the user who is signed in.
 *
 * Returns: (transfer none) (nullable): the id, or %NULL if nobody is signed in
 *
 * Since: 1.0
 */
const char *
pusher_user_get_id (PusherUser *self)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), NULL);
  pusher_host_check_thread (self->host);

  return self->id;
}

/**
 * pusher_user_get_data:
 * @self: a user
 *
 * Gets what the application's server says about the user who is signed in.
 *
 * Returns: (transfer none) (nullable): JSON text with an `id` and, maybe, a
 *   `user_info`; or %NULL if nobody is signed in
 *
 * Since: 1.0
 */
const char *
pusher_user_get_data (PusherUser *self)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), NULL);
  pusher_host_check_thread (self->host);

  return self->data;
}

/**
 * pusher_user_get_signed_in:
 * @self: a user
 *
 * Gets whether somebody is signed in, on the present connection.
 *
 * Returns: %TRUE if somebody is
 *
 * Since: 1.0
 */
gboolean
pusher_user_get_signed_in (PusherUser *self)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), FALSE);
  pusher_host_check_thread (self->host);

  return self->id != NULL;
}

/**
 * pusher_user_is_online:
 * @self: a user
 * @id: the id of a user of the watchlist
 *
 * Gets whether another user is online, as far as the server has told.
 *
 * Returns: %TRUE if they are
 *
 * Since: 1.0
 */
gboolean
pusher_user_is_online (PusherUser *self,
                       const char *id)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  pusher_host_check_thread (self->host);

  return g_hash_table_contains (self->online, id);
}
