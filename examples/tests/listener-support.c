/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Runs listener.c and what valac makes of listener.vala: they are compiled once
 * more, with listener_client_open for pusher_client_open, which connects them to
 * a server in the same process and looks at what they print. */

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

#include <stdlib.h>

#define EXPECTED "{\"price\":1}\n{\"price\":2}\n"

static PusherTestServer *server;
static GString *printed;

void listener_client_open (PusherClient *client);

static void
print_cb (const char *text)
{
  g_string_append (printed, text);
  if (printed->len < strlen (EXPECTED))
    return;

  g_assert_cmpstr (printed->str, ==, EXPECTED);
  exit (EXIT_SUCCESS);
}

static void
subscribed_cb (PusherClient *client,
               PusherEvent  *event)
{
  static const char *const messages[] = {
    "{\"event\":\"price-changed\",\"channel\":\"prices\",\"data\":\"{\\\"price\\\":1}\"}",
    "{\"event\":\"name-changed\",\"channel\":\"prices\",\"data\":\"not asked for\"}",
    "{\"event\":\"price-changed\",\"channel\":\"prices\",\"data\":\"{\\\"price\\\":2}\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    pusher_test_server_send_text (server, NULL, messages[i]);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_error ("Printed only “%s”", printed->str);

  return G_SOURCE_REMOVE;
}

void
listener_client_open (PusherClient *client)
{
  g_autoptr (GError) error = NULL;

  server = pusher_test_server_new ();
  pusher_test_server_add_app (server, "2", pusher_client_get_key (client), "secret");
  pusher_test_server_start (server, &error);
  g_assert_no_error (error);

  printed = g_string_new (NULL);
  g_set_print_handler (print_cb);
  g_timeout_add_seconds (10, deadline_cb, NULL);

  pusher_client_set_host (client, "127.0.0.1");
  pusher_client_set_port (client, pusher_test_server_get_port (server));
  pusher_client_set_use_tls (client, FALSE);
  g_signal_connect (client, "event::pusher:subscription_succeeded",
                    G_CALLBACK (subscribed_cb), NULL);
  pusher_client_open (client);
}
