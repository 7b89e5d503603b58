/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "quickstart-run.h"

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>

static PusherClient *running;
static GMainLoop *loop;
static int end_status;

/* --- The end ------------------------------------------------------------- */

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  pusher_client_close_finish (PUSHER_CLIENT (object), result, NULL);
  g_main_loop_quit (loop);
}

void
run_end (int status)
{
  end_status = status;
  pusher_client_close_async (running, NULL, closed_cb, NULL);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  run_end (EXIT_SUCCESS);

  return G_SOURCE_CONTINUE;
}

int
run_until_end (void)
{
  guint sigint = g_unix_signal_add (SIGINT, interrupted_cb, NULL);
  guint sigterm = g_unix_signal_add (SIGTERM, interrupted_cb, NULL);

  g_main_loop_run (loop);

  g_main_loop_unref (loop);
  g_source_remove (sigterm);
  g_source_remove (sigint);

  return end_status;
}

int
run_complain (const GError *error,
              int           status)
{
  fprintf (stderr, "%s: %s\n%s", g_get_prgname (), error->message,
           status == 2 ? "Try --help.\n" : "");

  return status;
}

/* --- What the client tells ----------------------------------------------- */

static void
state_changed_cb (PusherClient *client,
                  GParamSpec   *pspec)
{
  PusherConnectionState state = pusher_client_get_state (client);
  g_autoptr (GEnumClass) states = g_type_class_ref (PUSHER_TYPE_CONNECTION_STATE);

  printf ("* %s\n", g_enum_get_value (states, state)->value_nick);

  if (state == PUSHER_CONNECTION_STATE_FAILED)
    run_end (EXIT_FAILURE);
}

static void
error_cb (PusherClient *client,
          GError       *error)
{
  fprintf (stderr, "* error: %s (%s %d)\n",
           error->message, g_quark_to_string (error->domain), error->code);
}

static void
connecting_in_cb (PusherClient *client,
                  gint64        delay)
{
  printf ("* next attempt in %.1f s\n", delay / (double) G_USEC_PER_SEC);
}

void
run_report_client (PusherClient *client)
{
  running = client;
  loop = g_main_loop_new (NULL, FALSE);
  g_signal_connect (client, "notify::state", G_CALLBACK (state_changed_cb), NULL);
  g_signal_connect (client, "error", G_CALLBACK (error_cb), NULL);
  g_signal_connect (client, "connecting-in", G_CALLBACK (connecting_in_cb), NULL);
}

/* --- What a channel tells ------------------------------------------------ */

static void
subscribed_cb (PusherChannel *channel)
{
  printf ("* subscribed to %s\n", pusher_channel_get_name (channel));
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration)
{
  printf ("* %s may have missed events of the last %.1f s\n",
          pusher_channel_get_name (channel), duration / 1e6);
}

void
run_report_channel (PusherChannel *channel)
{
  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), NULL);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), NULL);
}
