/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* receive-soup NAME=VALUE…: what libsoup costs alone. Its handler counts, and does
 * nothing else.
 *
 * work=text     receives a flood
 * work=tick     the same, with a timer, and a handler that takes its time
 * work=respond  sends a client event for each message
 * work=trigger  sends client events
 */

#include "measure.h"
#include "settings.h"

#include <libsoup/soup.h>
#include <stdio.h>

#define CLIENT_EVENT \
  "{\"event\":\"client-answer\",\"channel\":\"private-channel-10000\",\"data\":{\"price\":187.42,\"size\":100}}"

/* pusher:connection_established, and an answer for each channel, come before. */
#define N_PRELUDE(settings) (1 + (settings)->channels)

static Settings settings;
static GMainLoop *loop;
static guint64 n_received;

static void
trigger (SoupWebsocketConnection *websocket,
         guint64                  n)
{
  for (guint64 i = 0; i < n; i++)
    soup_websocket_connection_send_text (websocket, CLIENT_EVENT);
}

static void
subscribe (SoupWebsocketConnection *websocket,
           const char              *channel)
{
  g_autofree char *text =
    g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\"}}", channel);

  soup_websocket_connection_send_text (websocket, text);
}

static void
end (GBytes *bytes)
{
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (g_strstr_len (text, length, "\"end\"") == NULL)
    g_error ("A message too many: %.*s", (int) length, text);
  measure_end (settings.count);
  measure_done ();
  g_main_loop_quit (loop);
}

static void
message_cb (SoupWebsocketConnection *websocket,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  guint64 begin = N_PRELUDE (&settings) + settings.warm_up;

  n_received++;
  measure_spend (settings.cost);
  if (n_received == begin)
    {
      measure_begin ();
      subscribe (websocket, GO);
      if (g_str_equal (settings.work, "tick"))
        measure_watch_timer (settings.pause, (int) settings.priority);
    }
  if (n_received == begin + 1 + settings.count + 1)
    end (bytes);
}

static void
respond_cb (SoupWebsocketConnection *websocket,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  guint64 n;

  n_received++;
  if (n_received <= N_PRELUDE (&settings))
    return;

  n = n_received - N_PRELUDE (&settings);
  if (n == settings.warm_up)
    measure_begin ();
  if (n <= settings.warm_up + settings.count)
    trigger (websocket, 1);
  else
    end (bytes);
}

static void
trigger_cb (SoupWebsocketConnection *websocket,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            gpointer                 user_data)
{
  n_received++;
  if (n_received == N_PRELUDE (&settings))
    {
      trigger (websocket, settings.warm_up);
      measure_begin ();
      trigger (websocket, settings.count);
    }
  else if (n_received > N_PRELUDE (&settings))
    {
      end (bytes);
    }
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  SoupWebsocketConnection *websocket =
    soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);
  GCallback callback = G_CALLBACK (message_cb);

  g_assert_no_error (error);
  if (g_str_equal (settings.work, "respond"))
    callback = G_CALLBACK (respond_cb);
  else if (g_str_equal (settings.work, "trigger"))
    callback = G_CALLBACK (trigger_cb);

  soup_websocket_connection_set_max_incoming_payload_size (websocket, 16 * 1024 * 1024);
  g_signal_connect (websocket, "message", callback, NULL);
  for (guint64 i = 0; i < settings.channels; i++)
    {
      g_autofree char *channel = settings_get_channel (&settings, i);

      subscribe (websocket, channel);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char *uri = NULL;

  settings_parse (&settings, argc, argv);
  uri = g_strdup_printf ("ws://127.0.0.1:%d/app/key?protocol=7", (int) settings.port);
  message = soup_message_new (SOUP_METHOD_GET, uri);
  loop = g_main_loop_new (NULL, FALSE);
  soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        connected_cb, NULL);
  g_main_loop_run (loop);
  g_main_loop_unref (loop);

  return 0;
}
