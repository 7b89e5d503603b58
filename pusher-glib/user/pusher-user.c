/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-user-private.h"

#include "auth/pusher-authorization-request-private.h"
#include "auth/pusher-authorizer-private.h"
#include "base/pusher-error.h"
#include "base/pusher-task-list-private.h"
#include "event/pusher-event-private.h"
#include "protocol/pusher-subscription-private.h"
#include "protocol/pusher-user-messages-private.h"

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
 * Since: 0.1
 */
struct _PusherUser
{
  GObject parent_instance;

  PusherConnection *connection;
  const PusherUserOwner *owner_funcs; /* NULL once it is abandoned */
  gpointer owner;

  gboolean wanted;
  PusherAuthorizationRequest *request; /* asked for, and owned by who answers */
  gboolean sent;                       /* the server has not answered yet */
  char *id;                            /* this and the following: once signed in */
  char *data;
  char *channel_name;
  GHashTable *online; /* set of char * */
  PusherTaskList waiting;
};

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
  SIGNIN_ERROR,
  ONLINE,
  OFFLINE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
set_identity (PusherUser *self,
              char       *id,
              char       *data)
{
  gboolean changed = g_strcmp0 (self->id, id) != 0;
  gboolean data_changed = g_strcmp0 (self->data, data) != 0;
  gboolean signed_in_changed = (self->id != NULL) != (id != NULL);

  g_free (self->id);
  g_free (self->data);
  g_free (self->channel_name);
  self->id = id;
  self->data = data;
  self->channel_name = id != NULL ? g_strconcat (PUSHER_USER_CHANNEL_PREFIX, id, NULL) : NULL;

  g_object_freeze_notify (G_OBJECT (self));
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ID]);
  if (data_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DATA]);
  if (signed_in_changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
  g_object_thaw_notify (G_OBJECT (self));
}

/* --- Signing in ---------------------------------------------------------- */

static GPtrArray *
steal_waiting (PusherUser *self)
{
  GPtrArray *tasks = pusher_tasks_new ();

  pusher_task_list_steal (&self->waiting, tasks);

  return tasks;
}

static void
fail (PusherUser   *self,
      const GError *error)
{
  g_autoptr (GPtrArray) tasks = steal_waiting (self);

  g_object_ref (self);

  self->sent = FALSE;
  if (self->owner_funcs != NULL)
    self->owner_funcs->changed (self->owner);
  g_signal_emit (self, signals[SIGNIN_ERROR], 0, error);
  pusher_tasks_return_error (tasks, error);

  g_object_unref (self);
}

static void
authenticated (gpointer                   user_data,
               const PusherAuthorization *authorization,
               const GError              *error,
               gboolean                   may_pass)
{
  PusherUser *self = user_data;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;

  self->request = NULL;
  if (authorization != NULL && authorization->data == NULL)
    local_error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                               "The authentication of the user has no “user_data”");
  if (authorization == NULL || local_error != NULL)
    {
      fail (self, local_error != NULL ? local_error : error);
      return;
    }

  text = pusher_signin_encode (authorization->auth, authorization->data);
  self->sent = pusher_connection_send (self->connection, text);
}

static void
start (PusherUser *self)
{
  g_autoptr (PusherAuthorizationRequest) request = NULL;

  if (self->owner_funcs == NULL || self->request != NULL || self->sent || self->id != NULL ||
      pusher_connection_get_socket_id (self->connection) == NULL)
    return;

  request = pusher_authorization_request_new (
    PUSHER_AUTHORIZATION_KIND_USER, pusher_connection_get_settings (self->connection)->key,
    pusher_connection_get_socket_id (self->connection), NULL, authenticated, self);
  self->request = request;
  pusher_authorizer_ask (self->owner_funcs->get_authenticator (self->owner), request);
}

void
pusher_user_connected (PusherUser *self)
{
  if (self->wanted)
    start (self);
}

static void
forget_progress (PusherUser *self)
{
  PusherAuthorizationRequest *request = g_steal_pointer (&self->request);

  if (request != NULL)
    pusher_authorization_request_cancel (request);
  self->sent = FALSE;
  g_hash_table_remove_all (self->online);
}

/* If there is a final error, nobody tries to get another connection. */
void
pusher_user_disconnected (PusherUser   *self,
                          const GError *final_error)
{
  g_object_ref (self);

  forget_progress (self);
  set_identity (self, NULL, NULL);
  if (final_error != NULL)
    {
      g_autoptr (GPtrArray) tasks = steal_waiting (self);

      pusher_tasks_return_error (tasks, final_error);
    }

  g_object_unref (self);
}

/* The client is gone. No signal is emitted, as for its channels. */
void
pusher_user_abandon (PusherUser *self)
{
  g_autoptr (GPtrArray) tasks = steal_waiting (self);
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, "The client is gone");

  self->owner_funcs = NULL;
  self->owner = NULL;
  forget_progress (self);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->data, g_free);
  g_clear_pointer (&self->channel_name, g_free);
  pusher_tasks_return_error (tasks, error);
}

/* Whether somebody may be signed in soon. */
gboolean
pusher_user_is_pending (PusherUser *self)
{
  return self->request != NULL || self->sent;
}

/* --- What the server sends ----------------------------------------------- */

static void
handle_signin_success (PusherUser    *self,
                       PusherMessage *message)
{
  g_autoptr (GPtrArray) tasks = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char *id, *data;

  if (!self->sent)
    return;

  if (!pusher_signin_parse (message, &id, &data, &error))
    {
      fail (self, error);
      return;
    }

  self->sent = FALSE;
  tasks = steal_waiting (self);
  set_identity (self, id, data);
  if (self->channel_name != NULL)
    {
      text = pusher_subscription_encode (PUSHER_MESSAGE_SUBSCRIBE, self->channel_name, "", NULL);
      pusher_connection_send_soon (self->connection, text);
    }
  if (self->owner_funcs != NULL)
    self->owner_funcs->changed (self->owner);
  pusher_tasks_return_boolean (tasks, TRUE);
}

static void
handle_signin_error (PusherUser    *self,
                     PusherMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (!self->sent)
    return;

  error = pusher_subscription_error_parse (message);
  fail (self, error);
}

static void
handle_watchlist_event (const char *name,
                        const char *user_id,
                        gpointer    user_data)
{
  PusherUser *self = user_data;

  /* A handler may have closed the client. */
  if (self->id == NULL && !self->sent)
    return;

  if (g_str_equal (name, "online"))
    {
      if (g_hash_table_add (self->online, g_strdup (user_id)))
        g_signal_emit (self, signals[ONLINE], 0, user_id);
    }
  else if (g_str_equal (name, "offline"))
    {
      if (g_hash_table_remove (self->online, user_id))
        g_signal_emit (self, signals[OFFLINE], 0, user_id);
    }
}

/* An event of the user's own channel. */
static void
handle_event (PusherUser    *self,
              PusherMessage *message)
{
  g_autoptr (PusherEvent) event = NULL;
  GQuark detail;

  if (g_str_has_prefix (message->event, "pusher_internal:") ||
      g_str_has_prefix (message->event, "pusher:"))
    return;

  event = pusher_event_new_take (message);
  detail = g_quark_try_string (pusher_event_get_name (event));
  g_signal_emit (self, signals[EVENT], detail, event);
  if (self->owner_funcs != NULL)
    self->owner_funcs->event (self->owner, event, detail);
}

/* Whether the message was for the user only; then its contents may be taken
 * over. */
gboolean
pusher_user_receive (PusherUser    *self,
                     PusherMessage *message)
{
  gboolean mine = FALSE;

  g_object_ref (self);

  if (message->channel != NULL)
    {
      mine = g_strcmp0 (message->channel, self->channel_name) == 0;
      if (mine)
        handle_event (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_SIGNIN_SUCCESS))
    {
      handle_signin_success (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_SIGNIN_ERROR))
    {
      handle_signin_error (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_WATCHLIST))
    {
      pusher_watchlist_foreach (message, handle_watchlist_event, self);
    }

  g_object_unref (self);

  return mine;
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_user_finalize (GObject *object)
{
  PusherUser *self = PUSHER_USER (object);

  g_object_unref (self->connection);
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
   * Since: 0.1
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);

  /**
   * PusherUser:data:
   *
   * What the application's server says about the user who is signed in, as JSON
   * text, or %NULL.
   *
   * Since: 0.1
   */
  properties[PROP_DATA] = g_param_spec_string ("data", NULL, NULL, NULL, flags);

  /**
   * PusherUser:signed-in:
   *
   * Whether somebody is signed in, on the present connection.
   *
   * Since: 0.1
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
   * Since: 0.1
   */
  signals[EVENT] =
    g_signal_new ("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                  g_cclosure_marshal_VOID__OBJECT, G_TYPE_NONE, 1, PUSHER_TYPE_EVENT);
  g_signal_set_va_marshaller (signals[EVENT], type, g_cclosure_marshal_VOID__OBJECTv);

  /**
   * PusherUser::signin-error:
   * @self: the user
   * @error: why
   *
   * Emitted when a sign-in has failed. The client tries again after the next
   * reconnect, and when [method@Pusher.User.signin] is called.
   *
   * Since: 0.1
   */
  signals[SIGNIN_ERROR] =
    g_signal_new ("signin-error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * PusherUser::online:
   * @self: the user
   * @id: the id of another user
   *
   * Emitted when a user of the watchlist has come online, and after signing in
   * for those who are.
   *
   * Since: 0.1
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
   * Since: 0.1
   */
  signals[OFFLINE] = new_watchlist_signal ("offline", type);
}

static void
pusher_user_init (PusherUser *self)
{
  self->online = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

PusherUser *
pusher_user_new (PusherConnection      *connection,
                 const PusherUserOwner *owner_funcs,
                 gpointer               owner)
{
  PusherUser *self = g_object_new (PUSHER_TYPE_USER, NULL);

  self->connection = g_object_ref (connection);
  self->owner_funcs = owner_funcs;
  self->owner = owner;

  return self;
}

/**
 * pusher_user_get_id:
 * @self: a user
 *
 * Gets the id of the user who is signed in.
 *
 * Returns: (transfer none) (nullable): the id, or %NULL if nobody is signed in
 *
 * Since: 0.1
 */
const char *
pusher_user_get_id (PusherUser *self)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), NULL);

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
 * Since: 0.1
 */
const char *
pusher_user_get_data (PusherUser *self)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), NULL);

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
 * Since: 0.1
 */
gboolean
pusher_user_get_signed_in (PusherUser *self)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), FALSE);

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
 * Since: 0.1
 */
gboolean
pusher_user_is_online (PusherUser *self,
                       const char *id)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return g_hash_table_contains (self->online, id);
}

/**
 * pusher_user_signin:
 * @self: a user
 *
 * Signs in, now if the client is connected, else as soon as it is, and again
 * after each reconnect. Does nothing if somebody is signed in or about to be.
 *
 * Since: 0.1
 */
void
pusher_user_signin (PusherUser *self)
{
  g_return_if_fail (PUSHER_IS_USER (self));

  g_object_ref (self);
  self->wanted = TRUE;
  start (self);
  g_object_unref (self);
}

/**
 * pusher_user_signin_async:
 * @self: a user
 * @cancellable: (nullable): ends the wait, but not the sign-in
 * @callback: (scope async) (closure user_data): called when the server has
 *   answered
 * @user_data: data for @callback
 *
 * Signs in like [method@Pusher.User.signin], and waits until it has succeeded or
 * failed, or the client is closed or refused. A server that does not know users
 * does not answer at all: pass a cancellable to bound the wait.
 *
 * Since: 0.1
 */
void
pusher_user_signin_async (PusherUser         *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (PUSHER_IS_USER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pusher_user_signin_async);

  if (self->id != NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else if (self->owner_funcs == NULL)
    {
      g_task_return_new_error (task, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                               "The client is gone");
      g_object_unref (task);
    }
  else
    {
      pusher_task_list_add (&self->waiting, task);
      pusher_user_signin (self);
    }
}

/**
 * pusher_user_signin_finish:
 * @self: a user
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Pusher.User.signin_async].
 *
 * Errors are %PUSHER_ERROR_AUTHORIZATION, %PUSHER_ERROR_TIMEOUT, the HTTP status
 * in the domain %PUSHER_HTTP_ERROR, %PUSHER_ERROR_PROTOCOL, %PUSHER_ERROR_CLOSED,
 * and %G_IO_ERROR_CANCELLED; or the error with which the server refused the
 * client.
 *
 * Returns: %TRUE if the user is signed in
 *
 * Since: 0.1
 */
gboolean
pusher_user_signin_finish (PusherUser   *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
