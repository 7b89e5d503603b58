/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scene.h"

#include <json-glib/json-glib.h>

#include <string.h>

static JsonObject *scene;
static GHashTable *received; /* the names of events that the client has sent */
static GPtrArray *printed;

/* Returns: (transfer full): never %NULL */
static JsonArray *
get_list (const char *name)
{
  return json_object_has_member (scene, name)
           ? json_array_ref (json_object_get_array_member (scene, name))
           : json_array_new ();
}

static void
received_cb (PusherTestServer *server,
             const char       *socket_id,
             const char       *text)
{
  g_autoptr (JsonNode) message = json_from_string (text, NULL);

  g_hash_table_add (received, g_strdup (json_object_get_string_member (
                                json_node_get_object (message), "event")));
}

static void
print_cb (const char *text)
{
  g_ptr_array_add (printed, g_strndup (text, strcspn (text, "\n")));
}

void
scene_watch (PusherTestServer *server)
{
  g_autoptr (JsonNode) node = json_from_string (g_getenv ("SCENE"), NULL);

  scene = json_node_dup_object (node);
  received = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  printed = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (server, "message-received", G_CALLBACK (received_cb), NULL);
  if (json_object_has_member (scene, "prints"))
    g_set_print_handler (print_cb);
}

static void
send_message (PusherTestServer *server,
              const char       *channel,
              const char       *event,
              const char       *data)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *message = json_object_new ();
  g_autofree char *text = NULL;

  json_object_set_string_member (message, "event", event);
  json_object_set_string_member (message, "channel", channel);
  json_object_set_string_member (message, "data", data);
  json_node_take_object (node, message);
  text = json_to_string (node, FALSE);
  pusher_test_faults_send_text (pusher_test_server_get_faults (server), NULL, text);
}

void
scene_play (PusherTestServer *server)
{
  g_autoptr (JsonArray) steps = get_list ("steps");

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonArray *step = json_array_get_array_element (steps, i);
      const char *how = json_array_get_string_element (step, 0);
      const char *channel = json_array_get_string_element (step, 1);
      const char *event = json_array_get_string_element (step, 2);
      g_autofree char *data = json_to_string (json_array_get_element (step, 3), FALSE);

      if (g_str_equal (how, "publish"))
        pusher_test_server_publish (server, channel, event, data, NULL);
      else
        send_message (server, channel, event, data);
    }
}

void
scene_check (void)
{
  g_autoptr (JsonArray) receives = get_list ("receives");
  g_autoptr (JsonArray) prints = get_list ("prints");

  for (guint i = 0; i < json_array_get_length (receives); i++)
    while (!g_hash_table_contains (received, json_array_get_string_element (receives, i)))
      g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (printed->len, ==, json_array_get_length (prints));
  for (guint i = 0; i < printed->len; i++)
    g_assert_cmpstr (printed->pdata[i], ==, json_array_get_string_element (prints, i));
}
