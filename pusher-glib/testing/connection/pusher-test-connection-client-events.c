/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Events that a client sends to the others of a channel. */

#include "config.h"

#include "pusher-test-connection-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-message-private.h"

#define CODE_REJECTED 4301

/* Bytes (protocol, "Limits") */
#define MAX_DATA_SIZE (10 * 1024)

static gboolean
can_have_client_events (PusherTestConnection *self,
                        const char           *channel)
{
  PusherChannelKind kind = pusher_channel_name_get_kind (channel);

  return kind == PUSHER_CHANNEL_KIND_PRIVATE || kind == PUSHER_CHANNEL_KIND_PRESENCE ||
         self->settings->flavor == PUSHER_TEST_FLAVOR_SOKETI;
}

/* Returns: (nullable) (transfer full): what rule the event breaks */
static char *
find_violation (PusherTestConnection *self,
                const char           *event,
                const char           *channel,
                JsonNode             *data,
                const char           *data_json)
{
  const char *text = pusher_json_node_get_string (data);
  gsize size = 0;

  if (!can_have_client_events (self, channel))
    return g_strdup_printf ("Client event rejected - only supported on private and presence "
                            "channels: %s on %s",
                            event, channel);

  if (!g_hash_table_contains (self->channels, channel))
    return g_strdup_printf ("Client event rejected - not subscribed to the channel: %s on %s",
                            event, channel);

  if (text == NULL)
    text = data_json;
  if (text != NULL)
    size = strlen (text);
  if (size <= MAX_DATA_SIZE)
    return NULL;

  return g_strdup_printf ("Client event rejected - the data of %s on %s is %" G_GSIZE_FORMAT
                          " bytes; %d are allowed",
                          event, channel, size, MAX_DATA_SIZE);
}

/* Counts an event. Returns: whether it is one too many in this second */
static gboolean
is_over_rate (PusherTestConnection *self)
{
  guint rate = self->app->settings->client_event_rate;
  gint64 now = g_get_monotonic_time ();

  if (self->n_client_events == 0 || now - self->second >= G_USEC_PER_SEC)
    {
      self->second = now;
      self->n_client_events = 0;
    }

  return ++self->n_client_events > rate && rate != 0;
}

static void
relay (PusherTestConnection *self,
       const char           *event,
       const char           *channel,
       const char           *data_json)
{
  PusherTestChannel *found = pusher_test_app_get_channel (self->app, channel);
  const PusherTestMember *member = pusher_test_channel_find_member (found, self->peer);
  g_autofree char *encoded = pusher_message_encode (event, channel, data_json);
  g_autoptr (GString) text = g_string_new (encoded);

  if (member != NULL)
    {
      g_string_truncate (text, text->len - 1);
      g_string_append_printf (text, ",\"user_id\":%s}", member->id_json);
    }

  if (data_json != NULL)
    pusher_test_event_store_note (self->app->store, channel, event, data_json);
  pusher_test_channel_send (found, text->str, pusher_test_peer_get_id (self->peer));
}

void
pusher_test_connection_handle_client_event (PusherTestConnection *self,
                                            const char           *event,
                                            JsonObject           *message)
{
  const char *channel = pusher_json_object_get_string (message, "channel");
  JsonNode *data = json_object_get_member (message, "data");
  g_autofree char *data_json = data != NULL ? pusher_json_write (data) : NULL;
  g_autofree char *violation = NULL;

  if (channel == NULL)
    {
      pusher_test_connection_complain (self, "%s has no channel", event);
      return;
    }

  /* soketi says nothing to who is not there. */
  if (self->settings->flavor == PUSHER_TEST_FLAVOR_SOKETI &&
      !g_hash_table_contains (self->channels, channel))
    {
      pusher_test_connection_report (self, PUSHER_TEST_REPORT_VIOLATION,
                                     "A client event on a channel that is not subscribed");
      return;
    }

  violation = find_violation (self, event, channel, data, data_json);
  if (violation != NULL)
    {
      pusher_test_peer_send_error (self->peer, channel, CODE_REJECTED, violation);
      pusher_test_connection_report (self, PUSHER_TEST_REPORT_VIOLATION, violation);
    }
  else if (!self->app->settings->client_events)
    {
      pusher_test_peer_send_error (self->peer, channel, CODE_REJECTED,
                                   "The app does not have client messaging enabled.");
    }
  else if (is_over_rate (self))
    {
      pusher_test_peer_send_error (self->peer, channel, CODE_REJECTED,
                                   "The rate limit for sending client events exceeded the quota.");
    }
  else
    {
      relay (self, event, channel, data_json);
    }
}
