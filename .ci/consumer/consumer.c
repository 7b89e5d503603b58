/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A program outside the tree: receives one event, with nothing but what is
 * installed. Also compiles as C++. */

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

#if !PUSHER_CHECK_VERSION(1, 0, 0)
#error "The version macros are wrong."
#endif

typedef struct
{
  GMainLoop *loop;
  PusherTestServer *server;
  gboolean received;
} Consumer;

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Consumer      *consumer)
{
  consumer->received = g_str_equal (pusher_event_get_data (event), "hello");
  g_main_loop_quit (consumer->loop);
}

static void
subscribed_cb (PusherChannel *channel,
               Consumer      *consumer)
{
  pusher_test_server_publish (consumer->server, "greetings", "greet", "hello", NULL);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_main_loop_quit ((GMainLoop *) user_data);

  return G_SOURCE_REMOVE;
}

int
main (void)
{
  Consumer consumer = { g_main_loop_new (NULL, FALSE), pusher_test_server_new (), FALSE };
  PusherClient *client = pusher_client_new (pusher_test_server_get_key (consumer.server), NULL);
  PusherChannel *channel = pusher_client_subscribe (client, "greetings", NULL);
  GError *error = NULL;

  if (!pusher_test_server_start (consumer.server, &error))
    g_error ("%s", error->message);

  g_object_set (client,
                "host", "127.0.0.1",
                "port", pusher_test_server_get_port (consumer.server),
                "use-tls", FALSE,
                NULL);
  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), &consumer);
  g_signal_connect (channel, "event::greet", G_CALLBACK (event_cb), &consumer);
  g_timeout_add_seconds (10, deadline_cb, consumer.loop);
  pusher_client_open (client);
  g_main_loop_run (consumer.loop);

  g_object_unref (client);
  g_object_unref (consumer.server);
  g_main_loop_unref (consumer.loop);

  return consumer.received ? 0 : 1;
}
