/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* catch-up NAME=VALUE…: a channel that has missed events, at a store-server.py.
 *
 * work=fetch  fetches so many, and looks at their data
 * work=hold   holds so many, while it waits for those before; tells the memory */

#include "measure.h"
#include "settings.h"

#include <pusher-glib/pusher.h>
#include <string.h>

#define POSITION "1" /* the event after which all are missed */

static Settings settings;
static GMainLoop *loop;
static guint64 n_received;
static volatile gsize used; /* so that nothing is optimised away */
static double heap_at_begin;

static void
catching_up_cb (PusherChannel *channel)
{
  if (!pusher_channel_get_catching_up (channel))
    return;

  heap_at_begin = measure_get_heap ();
  measure_begin ();
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event)
{
  used += strlen (pusher_event_get_data (event));
  n_received++;
}

static void
lost_cb (PusherChannel *channel,
         const GError  *error)
{
  g_error ("%s", error->message);
}

static void
done (void)
{
  measure_end (settings.count);
  measure_print ("held", measure_get_heap () - heap_at_begin);
  measure_done ();
  g_main_loop_quit (loop);
}

static void
caught_up_cb (PusherChannel *channel,
              guint64        n_events)
{
  if (n_events != settings.count || n_received != settings.count)
    g_error ("%" G_GUINT64_FORMAT " events arrived", n_received);

  done ();
}

/* It came after all that are held. */
static void
end_cb (PusherChannel *go)
{
  if (n_received > 0)
    g_error ("%" G_GUINT64_FORMAT " events were not held", n_received);

  done ();
}

/* Where PusherTest.Server has its store */
static PusherBackfill *
make_backfill (void)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%" G_GUINT64_FORMAT
                                          "/pusher/events{?channel,after,last}", settings.port);
  PusherBackfill *backfill = PUSHER_BACKFILL (pusher_http_backfill_new (url));

  pusher_backfill_set_max_held_events (backfill, (guint) settings.count);

  return backfill;
}

static void
add_channel (PusherClient *client)
{
  g_autofree char *name = settings_get_channel (&settings, 0);
  PusherChannel *channel = pusher_client_subscribe (client, name, NULL);
  g_autoptr (PusherBackfill) backfill = make_backfill ();

  pusher_channel_set_backfill (channel, backfill);
  pusher_channel_set_position (channel, POSITION);
  g_signal_connect (channel, "notify::catching-up", G_CALLBACK (catching_up_cb), NULL);
  g_signal_connect (channel, "event::price-changed-0", G_CALLBACK (event_cb), NULL);
  g_signal_connect (channel, "lost", G_CALLBACK (lost_cb), NULL);
  if (g_str_equal (settings.work, "fetch"))
    g_signal_connect (channel, "caught-up", G_CALLBACK (caught_up_cb), NULL);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PusherClient) client = pusher_client_new ("key", NULL);
  PusherChannel *go;

  settings_parse (&settings, argc, argv);
  pusher_client_set_host (client, "127.0.0.1");
  pusher_client_set_port (client, settings.port);
  pusher_client_set_use_tls (client, FALSE);

  go = pusher_client_subscribe (client, GO, NULL);
  if (g_str_equal (settings.work, "hold"))
    g_signal_connect (go, "event::end", G_CALLBACK (end_cb), NULL);
  add_channel (client);

  loop = g_main_loop_new (NULL, FALSE);
  pusher_client_open (client);
  g_main_loop_run (loop);
  g_main_loop_unref (loop);

  return 0;
}
