/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A client that tells what happens to it, until it is ended.
 *
 * netns-client ADDRESS PORT CHANNEL…
 *
 * Prints "state STATE" of the client, "error TEXT", "in SECONDS" until the next
 * attempt, "CHANNEL STATE" of a channel and "event CHANNEL DATA". */

#include <pusher-glib/pusher.h>
#include <stdio.h>

/* Seconds */
#define ACTIVITY_TIMEOUT 1
#define PONG_TIMEOUT 1
#define CONNECT_TIMEOUT 2

static void G_GNUC_PRINTF (1, 2)
tell (const char *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
  fflush (stdout);
}

static const char *
get_nick (GType type,
          int   value)
{
  GEnumClass *klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static void
state_cb (PusherClient *client)
{
  tell ("state %s",
        get_nick (PUSHER_TYPE_CONNECTION_STATE, pusher_client_get_state (client)));
}

static void
error_cb (PusherClient *client,
          const GError *error)
{
  tell ("error %s", error->message);
}

static void
connecting_in_cb (PusherClient *client,
                  gint64        delay)
{
  tell ("in %g", delay / (double) G_USEC_PER_SEC);
}

static void
channel_state_cb (PusherChannel *channel)
{
  tell ("%s %s", pusher_channel_get_name (channel),
        get_nick (PUSHER_TYPE_CHANNEL_STATE, pusher_channel_get_state (channel)));
}

static void
tick_cb (PusherChannel *channel,
         PusherEvent   *event)
{
  tell ("event %s %s", pusher_channel_get_name (channel), pusher_event_get_data (event));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PusherClient) client = pusher_client_new ("test-key", NULL);
  g_autoptr (GError) error = NULL;

  if (argc < 4)
    g_error ("usage: netns-client ADDRESS PORT CHANNEL…");

  g_object_set (client,
                "host", argv[1],
                "port", (guint) g_ascii_strtoull (argv[2], NULL, 10),
                "use-tls", FALSE,
                "activity-timeout", ACTIVITY_TIMEOUT,
                "pong-timeout", PONG_TIMEOUT,
                "connect-timeout", CONNECT_TIMEOUT,
                NULL);
  if (!pusher_client_use_secret (client, "test-secret", NULL, &error))
    g_error ("%s", error->message);
  g_signal_connect (client, "notify::state", G_CALLBACK (state_cb), NULL);
  g_signal_connect (client, "error", G_CALLBACK (error_cb), NULL);
  g_signal_connect (client, "connecting-in", G_CALLBACK (connecting_in_cb), NULL);

  for (int i = 3; i < argc; i++)
    {
      PusherChannel *channel = pusher_client_subscribe (client, argv[i], &error);

      if (channel == NULL)
        g_error ("%s", error->message);
      g_signal_connect (channel, "notify::state", G_CALLBACK (channel_state_cb), NULL);
      g_signal_connect (channel, "event::tick", G_CALLBACK (tick_cb), NULL);
    }

  pusher_client_open (client);
  g_main_loop_run (loop);

  return 0;
}
