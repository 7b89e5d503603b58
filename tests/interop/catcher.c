/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* An application whose channels catch up with what they missed, for the topic
 * `nothing-lost`. README.md beside it has the language of its lines; catcher.py
 * does the same. */

#include "tell.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  GMainLoop *loop;
  PusherClient *client;
} Catcher;

static char *option_host;
static int option_port;
static char *option_key;
static char *option_store;
static char **option_positions;
static char **option_channels;

static GOptionEntry option_entries[] = {
  { "host", 0, 0, G_OPTION_ARG_STRING, &option_host, "Address of the server", "HOST" },
  { "port", 0, 0, G_OPTION_ARG_INT, &option_port, "Port of the server", "PORT" },
  { "key", 0, 0, G_OPTION_ARG_STRING, &option_key, "Key of the application", "KEY" },
  { "store", 0, 0, G_OPTION_ARG_STRING, &option_store, "Where events are kept", "TEMPLATE" },
  { "position", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_positions,
    "Go on from there", "CHANNEL=POSITION" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_channels, NULL,
    "[CHANNEL…]" },
  { NULL }
};

/* --- What happens -------------------------------------------------------- */

static void
state_cb (PusherClient *client)
{
  JsonBuilder *builder = begin ("state");

  add_enum (builder, "state", PUSHER_TYPE_CONNECTION_STATE, pusher_client_get_state (client));
  tell (builder);
}

static void
subscribed_cb (PusherChannel *channel)
{
  tell (begin_of_channel ("subscribed", channel));
}

/* The event and the position are one line, as they would be one transaction. */
static void
event_cb (PusherChannel *channel,
          PusherEvent   *event)
{
  JsonBuilder *builder = begin_of_channel ("event", channel);

  add_string (builder, "name", pusher_event_get_name (event));
  add_string (builder, "data", pusher_event_get_data (event));
  add_string (builder, "position", pusher_channel_get_position (channel));
  tell (builder);
}

static void
caught_up_cb (PusherChannel *channel,
              guint64        n_events)
{
  JsonBuilder *builder = begin_of_channel ("caught-up", channel);

  add_int (builder, "events", (gint64) n_events);
  tell (builder);
}

static void
lost_cb (PusherChannel *channel,
         const GError  *error)
{
  JsonBuilder *builder = begin_of_channel ("lost", channel);

  add_error (builder, error);
  tell (builder);
}

static void
pinged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (pusher_client_ping_finish (PUSHER_CLIENT (source), result, &error) < 0)
    tell_call_failed ("ping", error);
  else
    tell (begin ("pong"));
}

/* --- Commands ------------------------------------------------------------ */

static void
run_command (Catcher    *self,
             const char *command)
{
  if (g_str_equal (command, "reconnect"))
    pusher_client_reconnect_now (self->client);
  else if (g_str_equal (command, "ping"))
    pusher_client_ping_async (self->client, NULL, pinged_cb, NULL);
  else if (g_str_equal (command, "quit"))
    g_main_loop_quit (self->loop);
  else
    g_error ("Not a command: %s", command);
}

static gboolean
input_cb (GIOChannel  *input,
          GIOCondition condition,
          gpointer     user_data)
{
  Catcher *self = user_data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }

  run_command (self, g_strchomp (line));

  return G_SOURCE_CONTINUE;
}

/* --- The program --------------------------------------------------------- */

static void
restore_position (PusherChannel *channel)
{
  const char *name = pusher_channel_get_name (channel);
  size_t length = strlen (name);

  for (char **saved = option_positions; saved != NULL && *saved != NULL; saved++)
    if (g_str_has_prefix (*saved, name) && (*saved)[length] == '=')
      pusher_channel_set_position (channel, *saved + length + 1);
}

/* The client is not open yet. */
static void
add_channel (PusherClient   *client,
             PusherBackfill *backfill,
             const char     *name)
{
  g_autoptr (GError) error = NULL;
  PusherChannel *channel = pusher_client_subscribe (client, name, &error);

  g_assert_no_error (error);
  pusher_channel_set_backfill (channel, backfill);
  restore_position (channel);

  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), NULL);
  g_signal_connect (channel, "event", G_CALLBACK (event_cb), NULL);
  g_signal_connect (channel, "caught-up", G_CALLBACK (caught_up_cb), NULL);
  g_signal_connect (channel, "lost", G_CALLBACK (lost_cb), NULL);
}

static PusherClient *
make_client (void)
{
  PusherClient *client = pusher_client_new (option_key, NULL);
  g_autoptr (PusherHttpBackfill) backfill = pusher_http_backfill_new (option_store);

  pusher_client_set_host (client, option_host);
  pusher_client_set_port (client, option_port);
  pusher_client_set_use_tls (client, FALSE);
  pusher_client_set_unavailable_timeout (client, 600);
  pusher_backfill_set_max_attempts (PUSHER_BACKFILL (backfill), 0);

  g_signal_connect (client, "notify::state", G_CALLBACK (state_cb), NULL);
  for (char **name = option_channels; name != NULL && *name != NULL; name++)
    add_channel (client, PUSHER_BACKFILL (backfill), *name);

  return client;
}

/* Whether nothing else holds a reference to the client. */
static void
say_goodbye (Catcher *self)
{
  JsonBuilder *builder = begin ("bye");
  gpointer client = self->client;

  g_object_add_weak_pointer (G_OBJECT (client), &client);
  g_object_unref (self->client);
  add_boolean (builder, "finalized", client == NULL);
  tell (builder);
}

static void
parse_options (int    argc,
               char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, option_entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (EXIT_FAILURE);
    }
  if (option_key == NULL || option_store == NULL)
    {
      g_printerr ("--key or --store is missing\n");
      exit (EXIT_FAILURE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  Catcher catcher = { loop, NULL };

  setlocale (LC_ALL, "");
  parse_options (argc, argv);

  catcher.client = make_client ();
  pusher_client_open (catcher.client);

  g_io_add_watch (input, G_IO_IN | G_IO_HUP, input_cb, &catcher);
  g_main_loop_run (loop);
  say_goodbye (&catcher);

  return EXIT_SUCCESS;
}
