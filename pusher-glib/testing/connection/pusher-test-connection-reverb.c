/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What one client says, as Laravel Reverb understands it. Whatever goes wrong is told by
 * a pusher:error that names no channel, and the connection goes on. */

#include "config.h"

#include "pusher-test-connection-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-writer-private.h"
#include "testing/app/pusher-test-auth-private.h"
#include "testing/app/pusher-test-php-private.h"

#define PREFIX "pusher:"

#define CODE_UNAUTHORIZED 4009
#define CODE_INVALID 4200
#define CODE_REJECTED 4301

static void
send_invalid (PusherTestConnection *self)
{
  pusher_test_connection_send_error (self, NULL, CODE_INVALID, "Invalid message format");
}

/* For what is the mistake of the client */
static void
reject (PusherTestConnection *self,
        const char           *what)
{
  send_invalid (self);
  pusher_test_connection_report (self, PUSHER_TEST_REPORT_VIOLATION, what);
}

/* --- Subscriptions --- */

/* The key before the signature does not matter to it. */
static gboolean
check_auth (PusherTestConnection *self,
            const char           *channel,
            const char           *channel_data,
            const char           *auth)
{
  const char *colon = auth != NULL ? strchr (auth, ':') : NULL;
  const char *signature = colon != NULL ? colon + 1 : auth;
  g_autofree char *text = NULL;

  if (signature == NULL)
    return FALSE;

  text = g_strjoin (":", pusher_test_peer_get_id (self->peer), channel, channel_data, NULL);

  return pusher_test_auth_check_text (self->app, text, signature);
}

static void
join (PusherTestConnection *self,
      const char           *channel,
      const char           *channel_data)
{
  PusherTestMember *member = NULL;

  if (channel_data != NULL && pusher_test_flavor_is_presence (PUSHER_TEST_FLAVOR_REVERB, channel))
    member = pusher_test_member_parse (channel_data, TRUE);

  g_hash_table_add (self->channels, g_strdup (channel));
  if (!pusher_test_app_join (self->app, channel, self->peer, member))
    send_invalid (self);

  pusher_test_connection_report (self, PUSHER_TEST_REPORT_SUBSCRIBED, channel);
}

/* A failure that the test wants is told as this server tells of refusals. */
static gboolean
take_failure (PusherTestConnection *self,
              const char           *channel)
{
  if (!g_hash_table_remove (self->settings->failures, channel))
    return FALSE;

  pusher_test_connection_send_error (self, NULL, CODE_UNAUTHORIZED, "Connection is unauthorized");
  return TRUE;
}

static void
subscribe (PusherTestConnection *self,
           JsonObject           *data)
{
  const char *channel = pusher_json_object_get_string (data, "channel");
  const char *channel_data = pusher_json_object_get_string (data, "channel_data");
  const char *auth = pusher_json_object_get_string (data, "auth");
  g_autoptr (JsonNode) parsed = NULL;

  if (channel_data != NULL && *channel_data == '\0')
    channel_data = NULL;
  if (channel_data != NULL)
    parsed = pusher_json_parse (channel_data, -1, NULL);

  if (channel_data != NULL && parsed == NULL)
    reject (self, "The channel_data is not JSON");
  else if (self->settings->never_answer || take_failure (self, channel))
    return;
  else if (pusher_test_flavor_needs_auth (PUSHER_TEST_FLAVOR_REVERB, channel) &&
           !check_auth (self, channel, channel_data, auth))
    pusher_test_connection_send_error (self, NULL, CODE_UNAUTHORIZED,
                                       "Connection is unauthorized");
  else
    join (self, channel, channel_data);
}

static void
unsubscribe (PusherTestConnection *self,
             JsonObject           *data)
{
  const char *channel = pusher_json_object_get_string (data, "channel");

  if (!g_hash_table_remove (self->channels, channel))
    return;

  pusher_test_app_leave (self->app, channel, self->peer);
  pusher_test_connection_report (self, PUSHER_TEST_REPORT_UNSUBSCRIBED, channel);
}

/* --- Client events --- */

static char *
build_client_event (const char             *event,
                    const char             *channel,
                    JsonNode               *data,
                    const PusherTestMember *member)
{
  g_autofree char *data_json = data != NULL ? pusher_test_php_write (data) : g_strdup ("null");
  GString *text = g_string_new (NULL);

  pusher_json_begin_object (text, NULL);
  pusher_json_add_string (text, "event", event);
  pusher_json_add_string (text, "channel", channel);
  pusher_json_add_raw (text, "data", data_json);
  /* To PHP, a “0” is nobody. */
  if (member != NULL && !g_str_equal (member->id, "0"))
    pusher_json_add_raw (text, "user_id", member->id_json);
  pusher_json_end_object (text);

  return g_string_free (text, FALSE);
}

static void
relay (PusherTestConnection *self,
       const char           *event,
       const char           *channel,
       JsonNode             *data)
{
  PusherTestChannel *found = pusher_test_app_get_channel (self->app, channel);
  const PusherTestMember *member = pusher_test_channel_find_member (found, self->peer);
  g_autofree char *text = build_client_event (event, channel, data, member);

  pusher_test_app_remember (self->app, channel, text);
  pusher_test_channel_send (found, text, pusher_test_peer_get_id (self->peer));
}

static void
handle_client_event (PusherTestConnection *self,
                     const char           *event,
                     JsonObject           *message,
                     JsonNode             *data)
{
  const char *channel = pusher_json_object_get_string (message, "channel");
  gboolean has_data = data != NULL && !JSON_NODE_HOLDS_NULL (data);

  if (channel == NULL || *channel == '\0')
    reject (self, "A client event has no channel");
  else if (has_data && !JSON_NODE_HOLDS_OBJECT (data) && !JSON_NODE_HOLDS_ARRAY (data))
    reject (self, "The data of a client event is neither an object nor an array");
  else if (!g_str_has_prefix (event, "client-"))
    return;
  else if (!self->settings->client_events)
    pusher_test_connection_send_error (self, NULL, CODE_REJECTED,
                                       "The app does not have client messaging enabled.");
  else if (!g_hash_table_contains (self->channels, channel))
    pusher_test_connection_send_error (self, NULL, CODE_UNAUTHORIZED,
                                       "The client is not a member of the specified channel.");
  else
    relay (self, event, channel, data);
}

/* --- Messages --- */

static void
handle_housekeeping (PusherTestConnection *self,
                     const char           *name,
                     JsonNode             *data_node)
{
  JsonObject *data = pusher_json_node_get_object (data_node);
  gboolean has_channel = pusher_json_object_get_string (data, "channel") != NULL;

  if (g_str_equal (name, "ping"))
    pusher_test_peer_send_event (self->peer, "pusher:pong", NULL, NULL);
  else if (g_str_equal (name, "pong"))
    return;
  else if (g_str_equal (name, "subscribe") && has_channel)
    pusher_test_connection_answer (self, subscribe, data);
  else if (g_str_equal (name, "unsubscribe") && has_channel)
    pusher_test_connection_answer (self, unsubscribe, data);
  else if (g_str_equal (name, "signin") && self->settings->never_answer)
    return;
  else if (g_str_equal (name, "signin"))
    send_invalid (self); /* no mistake: it just has no users */
  else
    reject (self, "Reverb has no such message, or not in this form");
}

/* Returns: (nullable) (transfer full): the data, also if it is JSON in a string */
static JsonNode *
get_data (JsonObject *message)
{
  JsonNode *data = json_object_get_member (message, "data");
  const char *text = pusher_json_object_get_string (message, "data");
  JsonNode *inner = text != NULL ? pusher_json_parse (text, -1, NULL) : NULL;

  if (inner != NULL)
    return inner;

  return data != NULL ? json_node_ref (data) : NULL;
}

void
pusher_test_connection_handle_as_reverb (PusherTestConnection *self,
                                         const char           *text,
                                         gsize                 length)
{
  g_autoptr (JsonNode) node = pusher_json_parse (text, length, NULL);
  JsonObject *message = pusher_json_node_get_object (node);
  const char *event = pusher_json_object_get_string (message, "event");
  g_autoptr (JsonNode) data = message != NULL ? get_data (message) : NULL;

  if (event == NULL || *event == '\0')
    reject (self, "A message is not a JSON object with an event name");
  else if (g_str_has_prefix (event, PREFIX))
    handle_housekeeping (self, event + strlen (PREFIX), data);
  else
    handle_client_event (self, event, message, data);
}
