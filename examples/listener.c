/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <pusher-glib/pusher.h>

static void
price_changed_cb (PusherChannel *channel,
                  PusherEvent   *event)
{
  g_print ("%s\n", pusher_event_get_data (event));
}

int
main (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PusherClient) client = pusher_client_new ("app-key", "eu");
  PusherChannel *prices = pusher_client_subscribe (client, "prices", NULL);

  g_signal_connect (prices, "event::price-changed", G_CALLBACK (price_changed_cb), NULL);
  pusher_client_open (client);
  g_main_loop_run (loop);
}
