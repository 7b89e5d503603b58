/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What one client says in the Pusher protocol, and what it is answered.
 *
 * A client that breaks a rule is told so by a pusher:error, as Pusher does, and
 * the test by the signal "violation". The connection goes on.
 */

#include "config.h"

#include "pusher-test-connection-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-user-messages-private.h"

G_DEFINE_FINAL_TYPE (PusherTestConnection, pusher_test_connection, G_TYPE_OBJECT)

enum
{
  MESSAGE_RECEIVED,
  SUBSCRIBED,
  UNSUBSCRIBED,
  VIOLATION,
  CLOSING,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Tells the test and the client of a broken rule. */
void
pusher_test_connection_complain (PusherTestConnection *self,
                                 const char           *format,
                                 ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  pusher_test_peer_send_error (self->peer, 0, what);
  pusher_test_connection_violate (self, what);
}

static gboolean
check_members (PusherTestConnection *self,
               JsonObject           *object,
               const char           *where,
               const char *const    *allowed)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (allowed, name))
      {
        pusher_test_connection_complain (self, "%s has an unknown member “%s”", where, name);
        return FALSE;
      }

  return TRUE;
}

static gboolean
check_strings (PusherTestConnection *self,
               JsonObject           *object,
               const char           *where)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (pusher_json_object_get_string (object, name) == NULL)
      {
        pusher_test_connection_complain (self, "%s: “%s” is not a string", where, name);
        return FALSE;
      }

  return TRUE;
}

/* Whether the data of a request has what it may have, and strings only. */
gboolean
pusher_test_connection_check_data (PusherTestConnection *self,
                                   const char           *event,
                                   JsonObject           *data,
                                   const char *const    *allowed)
{
  if (data == NULL)
    {
      pusher_test_connection_complain (self, "%s has no data", event);
      return FALSE;
    }

  return check_members (self, data, event, allowed) && check_strings (self, data, event);
}

static void
handle_ping (PusherTestConnection *self,
             const char           *event,
             JsonObject           *data)
{
  pusher_test_peer_send_event (self->peer, "pusher:pong", NULL, "{}");
}

static void
handle_pong (PusherTestConnection *self,
             const char           *event,
             JsonObject           *data)
{
}

static const struct
{
  const char *event;
  void (*handle) (PusherTestConnection *self,
                  const char           *event,
                  JsonObject           *data);
} handlers[] = {
  { "pusher:ping", handle_ping },
  { "pusher:pong", handle_pong },
  { PUSHER_MESSAGE_SIGNIN, pusher_test_connection_handle_signin },
  { "pusher:subscribe", pusher_test_connection_handle_subscribe },
  { "pusher:unsubscribe", pusher_test_connection_handle_unsubscribe },
};

static void
handle_housekeeping (PusherTestConnection *self,
                     const char           *event,
                     JsonObject           *message)
{
  JsonNode *data = json_object_get_member (message, "data");

  if (json_object_has_member (message, "channel"))
    {
      pusher_test_connection_complain (self, "%s has a “channel” outside of its data", event);
      return;
    }

  if (data != NULL && !JSON_NODE_HOLDS_OBJECT (data))
    {
      pusher_test_connection_complain (self, "The data of %s is not an object", event);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    if (g_str_equal (event, handlers[i].event))
      {
        handlers[i].handle (self, event, pusher_json_node_get_object (data));
        return;
      }

  pusher_test_connection_complain (self, "Unsupported event received on socket: %s", event);
}

static void
handle_text (PusherTestConnection *self,
             const char           *text,
             gsize                 length)
{
  static const char *const allowed[] = { "event", "channel", "data", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = pusher_json_parse (text, length, &error);
  JsonObject *message = pusher_json_node_get_object (node);
  const char *event = pusher_json_object_get_string (message, "event");

  if (node == NULL)
    pusher_test_connection_complain (self, "A message is not JSON: %s", error->message);
  else if (message == NULL)
    pusher_test_connection_complain (self, "A message is not a JSON object");
  else if (event == NULL || *event == '\0')
    pusher_test_connection_complain (self, "A message has no event name");
  else if (g_utf8_strlen (event, -1) > PUSHER_EVENT_NAME_MAX_LENGTH)
    pusher_test_connection_complain (self, "An event name is longer than %d characters",
                                     PUSHER_EVENT_NAME_MAX_LENGTH);
  else if (!check_members (self, message, event, allowed))
    return;
  else if (g_str_has_prefix (event, "client-"))
    pusher_test_connection_handle_client_event (self, event, message);
  else
    handle_housekeeping (self, event, message);
}

static void
message_cb (PusherTestPeer       *peer,
            gboolean              binary,
            GBytes               *bytes,
            PusherTestConnection *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestConnection) hold = g_object_ref (self);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (binary)
    {
      pusher_test_connection_complain (self, "A binary frame");
      return;
    }

  /* libsoup puts a NUL after what it gives. */
  g_signal_emit (self, signals[MESSAGE_RECEIVED], 0, text);
  if (!pusher_test_peer_is_open (peer))
    return;

  if (self->greeted)
    handle_text (self, text, length);
  else
    pusher_test_connection_violate (self, "A message before pusher:connection_established");
}

static void
fault_cb (PusherTestPeer       *peer,
          const char           *what,
          PusherTestConnection *self)
{
  pusher_test_connection_violate (self, what);
}

static void
leave (PusherTestConnection *self)
{
  pusher_test_connection_leave_everything (self);

  if (self->welcome_source != NULL)
    g_source_destroy (self->welcome_source);
  g_clear_pointer (&self->welcome_source, g_source_unref);
}

static void
ended_cb (PusherTestPeer       *peer,
          guint                 code,
          PusherTestConnection *self)
{
  leave (self);
  g_signal_emit (self, signals[ENDED], 0, code);
}

static void
pusher_test_connection_dispose (GObject *object)
{
  PusherTestConnection *self = PUSHER_TEST_CONNECTION (object);

  if (self->peer != NULL)
    {
      leave (self);
      g_signal_handlers_disconnect_by_data (self->peer, self);
    }
  g_clear_object (&self->peer);
  g_clear_object (&self->app);

  G_OBJECT_CLASS (pusher_test_connection_parent_class)->dispose (object);
}

static void
pusher_test_connection_finalize (GObject *object)
{
  PusherTestConnection *self = PUSHER_TEST_CONNECTION (object);

  g_hash_table_unref (self->channels);
  g_queue_free (self->held);
  g_free (self->first_message);

  G_OBJECT_CLASS (pusher_test_connection_parent_class)->finalize (object);
}

static guint
add_signal (PusherTestConnectionClass *klass,
            const char                *name,
            GType                      argument)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                       NULL, NULL, NULL,
                       G_TYPE_NONE, 1, argument);
}

static void
pusher_test_connection_class_init (PusherTestConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pusher_test_connection_dispose;
  object_class->finalize = pusher_test_connection_finalize;

  signals[MESSAGE_RECEIVED] = add_signal (klass, "message-received", G_TYPE_STRING);
  signals[SUBSCRIBED] = add_signal (klass, "subscribed", G_TYPE_STRING);
  signals[UNSUBSCRIBED] = add_signal (klass, "unsubscribed", G_TYPE_STRING);
  signals[VIOLATION] = add_signal (klass, "violation", G_TYPE_STRING);
  signals[CLOSING] = g_signal_new ("closing", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = add_signal (klass, "ended", G_TYPE_UINT);
}

static void
pusher_test_connection_init (PusherTestConnection *self)
{
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->held = g_queue_new ();
}

PusherTestConnection *
pusher_test_connection_new (PusherTestPeer *peer)
{
  PusherTestConnection *self = g_object_new (PUSHER_TEST_TYPE_CONNECTION, NULL);

  self->peer = g_object_ref (peer);
  g_signal_connect (peer, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (peer, "fault", G_CALLBACK (fault_cb), self);
  g_signal_connect (peer, "ended", G_CALLBACK (ended_cb), self);

  return self;
}

PusherTestPeer *
pusher_test_connection_get_peer (PusherTestConnection *self)
{
  return self->peer;
}

const char *
pusher_test_connection_get_socket_id (PusherTestConnection *self)
{
  return pusher_test_peer_get_id (self->peer);
}

/* Returns: whether it was let in, rather than refused */
gboolean
pusher_test_connection_was_welcome (PusherTestConnection *self)
{
  return self->app != NULL;
}

static gboolean
welcome_cb (gpointer user_data)
{
  PusherTestConnection *self = user_data;

  self->greeted = TRUE;
  pusher_test_peer_send_text (self->peer, self->first_message);

  return G_SOURCE_REMOVE;
}

/*
 * pusher_test_connection_welcome:
 * @first_message: any text
 * @delay: ms until @first_message is sent; %G_MAXUINT for never
 */
void
pusher_test_connection_welcome (PusherTestConnection *self,
                                PusherTestApp        *app,
                                const char           *first_message,
                                guint                 delay)
{
  self->app = g_object_ref (app);
  self->first_message = g_strdup (first_message);

  if (delay == 0)
    {
      welcome_cb (self);
      return;
    }

  if (delay == G_MAXUINT)
    return;

  self->welcome_source = g_timeout_source_new (delay);
  g_source_set_static_name (self->welcome_source, "pusher-test welcome");
  g_source_set_callback (self->welcome_source, welcome_cb, self, NULL);
  g_source_attach (self->welcome_source, g_main_context_get_thread_default ());
}

/* Says why, and closes. */
void
pusher_test_connection_refuse (PusherTestConnection *self,
                               guint                 code,
                               const char           *message)
{
  pusher_test_peer_send_error (self->peer, code, message);
  pusher_test_connection_close (self, code, message);
}

void
pusher_test_connection_close (PusherTestConnection *self,
                              guint                 code,
                              const char           *reason)
{
  G_GNUC_UNUSED g_autoptr (PusherTestConnection) hold = g_object_ref (self);

  leave (self);
  pusher_test_peer_close (self->peer, code, reason);
  g_signal_emit (self, signals[CLOSING], 0);
}

void
pusher_test_connection_violate (PusherTestConnection *self,
                                const char           *what)
{
  g_signal_emit (self, signals[VIOLATION], 0, what);
}
