/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Prints the events of channels as they arrive. Without options it brings its
 * own server, which publishes a few events, so that it works anywhere. */

#include "quickstart-demo.h"
#include "quickstart-options.h"
#include "quickstart-run.h"

#include <stdio.h>
#include <stdlib.h>

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event)
{
  const char *name = pusher_event_get_name (event);
  const char *data = pusher_event_get_data (event);

  /* The channel's own affairs, which other signals tell. */
  if (g_str_has_prefix (name, "pusher:"))
    return;

  printf ("%s  %s  %s\n", pusher_channel_get_name (channel), name, data != NULL ? data : "");
}

static PusherClient *
new_client (const Options *options,
            GError       **error)
{
  g_autoptr (PusherClient) client = pusher_client_new (options->key, options->cluster);

  pusher_client_set_host (client, options->host);
  pusher_client_set_port (client, options->port);
  pusher_client_set_path (client, options->path);
  pusher_client_set_use_tls (client, !options->no_tls);
  run_report_client (client);

  for (guint i = 0; options->channels[i] != NULL; i++)
    {
      PusherChannel *channel = pusher_client_subscribe (client, options->channels[i], error);

      if (channel == NULL)
        return NULL;

      run_report_channel (channel);
      for (guint j = 0; options->signals[j] != NULL; j++)
        g_signal_connect (channel, options->signals[j], G_CALLBACK (event_cb), NULL);
    }

  return g_steal_pointer (&client);
}

int
main (int   argc,
      char *argv[])
{
  g_auto (Options) options = { NULL };
  g_autoptr (PusherTestServer) server = NULL; /* of the demonstration */
  g_autoptr (PusherClient) client = NULL;
  g_autoptr (GError) error = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (!options_parse (&options, &argc, &argv, &error))
    return run_complain (error, 2);

  if (options.key == NULL)
    server = demo_start (&options, &error);
  if (error == NULL)
    client = new_client (&options, &error);
  if (error != NULL)
    return run_complain (error, EXIT_FAILURE);

  if (server != NULL)
    demo_watch (client);

  pusher_client_open (client);

  return run_until_end ();
}
