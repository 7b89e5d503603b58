/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What one client says in the Pusher protocol, and which request it is. */

#include "config.h"

#include "pusher-test-connection-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "testing/app/pusher-test-names-private.h"

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
  { PUSHER_MESSAGE_SIGN_IN, pusher_test_connection_handle_sign_in },
  { PUSHER_MESSAGE_SUBSCRIBE, pusher_test_connection_handle_subscribe },
  { PUSHER_MESSAGE_UNSUBSCRIBE, pusher_test_connection_handle_unsubscribe },
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
  g_autoptr (JsonNode) node = pusher_json_parse_in_english (text, length, &error);
  JsonObject *message = pusher_json_node_get_object (node);
  const char *event = pusher_json_object_get_string (message, "event");

  if (node == NULL)
    pusher_test_connection_complain (self, "A message is not JSON: %s", error->message);
  else if (message == NULL)
    pusher_test_connection_complain (self, "A message is not a JSON object");
  else if (event == NULL || *event == '\0')
    pusher_test_connection_complain (self, "A message has no event name");
  else if (g_utf8_strlen (event, -1) > PUSHER_TEST_MAX_EVENT_NAME_LENGTH)
    pusher_test_connection_complain (self, "An event name is longer than %d characters",
                                     PUSHER_TEST_MAX_EVENT_NAME_LENGTH);
  else if (!pusher_test_connection_check_members (self, message, event, allowed))
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
  pusher_test_connection_report (self, PUSHER_TEST_REPORT_MESSAGE_RECEIVED, text);
  if (!pusher_test_peer_is_open (peer) || !pusher_test_connection_check_limits (self, length))
    return;

  if (self->greeted && self->settings->flavor == PUSHER_TEST_FLAVOR_REVERB)
    pusher_test_connection_handle_as_reverb (self, text, length);
  else if (self->greeted)
    handle_text (self, text, length);
  else
    pusher_test_connection_report (self, PUSHER_TEST_REPORT_VIOLATION,
                                   "A message before pusher:connection_established");
}

static void
fault_cb (PusherTestPeer       *peer,
          const char           *what,
          PusherTestConnection *self)
{
  pusher_test_connection_report (self, PUSHER_TEST_REPORT_VIOLATION, what);
}

PusherTestConnection *
pusher_test_connection_new (PusherTestPeer     *peer,
                            PusherTestSettings *settings)
{
  PusherTestConnection *self = g_object_new (PUSHER_TEST_TYPE_CONNECTION, NULL);

  self->peer = g_object_ref (peer);
  self->settings = pusher_test_settings_ref (settings);
  g_signal_connect (peer, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (peer, "fault", G_CALLBACK (fault_cb), self);
  g_signal_connect_swapped (peer, "ended", G_CALLBACK (pusher_test_connection_end), self);

  return self;
}
