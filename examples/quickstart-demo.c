/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "quickstart-demo.h"

#include "quickstart-run.h"

#include <stdio.h>
#include <stdlib.h>

#define DEMO_CHANNEL "ticker"
#define DEMO_EVENT "tick"
#define DEMO_INTERVAL_MS 200
#define DEMO_EVENTS 5
#define DEMO_DEADLINE_SECONDS 10

static double price = 100;
static guint n_received;

static gboolean
publish_cb (gpointer user_data)
{
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;

  price += g_random_double_range (-1, 1);
  data = g_strdup_printf ("{\"symbol\":\"GLIB\",\"cents\":%d}", (int) (price * 100));
  if (!pusher_test_server_publish (user_data, DEMO_CHANNEL, DEMO_EVENT, data, &error) &&
      error != NULL)
    fprintf (stderr, "* cannot publish: %s\n", error->message);

  return G_SOURCE_CONTINUE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  fprintf (stderr, "Only %u of %d events arrived within %d seconds\n",
           n_received, DEMO_EVENTS, DEMO_DEADLINE_SECONDS);
  run_end (EXIT_FAILURE);

  return G_SOURCE_CONTINUE;
}

static void
event_cb (PusherClient *client,
          PusherEvent  *event)
{
  n_received++;
  if (n_received == DEMO_EVENTS)
    run_end (EXIT_SUCCESS);
}

PusherTestServer *
demo_start (Options *options,
            GError **error)
{
  static const char *const channels[] = { DEMO_CHANNEL, NULL };
  g_autoptr (PusherTestServer) server = pusher_test_server_new ();

  if (!pusher_test_server_start (server, error))
    return NULL;

  options->key = g_strdup (pusher_test_server_get_key (server));
  options->host = g_strdup ("127.0.0.1");
  options->port = pusher_test_server_get_port (server);
  options->no_tls = TRUE;
  options->channels = g_strdupv ((char **) channels);

  printf ("* no --key: listening to a server of my own, on port %d\n", options->port);
  g_timeout_add (DEMO_INTERVAL_MS, publish_cb, server);

  return g_steal_pointer (&server);
}

void
demo_watch (PusherClient *client)
{
  g_signal_connect (client, "event::" DEMO_EVENT, G_CALLBACK (event_cb), NULL);
  g_timeout_add_seconds (DEMO_DEADLINE_SECONDS, deadline_cb, NULL);
}
