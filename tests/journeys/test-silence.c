/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who has unsubscribed from a channel hears no more of it, and who has closed
 * the client no more of events and attempts. What was being told is told to the
 * end: so these handlers come before the one that acts. */

#include "story.h"

static gboolean silent; /* nothing is to be heard from now on */
static const char *heard;

static void
hear_cb (const char *signal)
{
  if (silent)
    heard = signal;
}

static void
listen (gpointer    object,
        const char *signal)
{
  g_signal_connect_swapped (object, signal, G_CALLBACK (hear_cb), (gpointer) signal);
}

static void
listen_to_channel (App *app)
{
  /* Not "notify", of which GObject starts an emission anew */
  static const char *const signals[] = {
    "event", "subscription-succeeded", "subscription-error", "cache-miss", "gap",
  };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    listen (app->channel, signals[i]);
}

static void
act_unsubscribe (App *app)
{
  pusher_channel_unsubscribe (app->channel);
  silent = TRUE;
}

static void
act_close (App *app)
{
  pusher_client_close (app->fixture.client);
  silent = TRUE;
}

static void
start_to_listen (App *app)
{
  if (app->act == act_unsubscribe)
    {
      listen_to_channel (app);
    }
  else if (app->act == act_close)
    {
      listen (app->channel, "subscription-succeeded");
      listen (app->channel, "gap");
      listen (app->client, "connecting-in");

      /* What the channel was told has more than one signal */
      if (app->moment->source != CHANNEL)
        {
          listen (app->channel, "event");
          listen (app->client, "event");
        }
    }
}

static void
run (const Moment *moment,
     void        (*act) (App *app))
{
  App app = { 0 };

  heard = NULL;
  story_begin (&app, moment, act);
  start_to_listen (&app);
  story_play (&app);
  g_assert_cmpstr (heard, ==, NULL);
  silent = FALSE;
  story_end (&app);
}

static void
test_silence (gconstpointer user_data)
{
  run (user_data, act_unsubscribe);
  run (user_data, act_close);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n_moments; i++)
    {
      g_autofree char *path = g_strdup_printf ("/silence/%s", moments[i].name);

      g_test_add_data_func (path, &moments[i], test_silence);
    }

  return g_test_run ();
}
