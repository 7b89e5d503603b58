/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* An application of the library, for the interop suite: it does what its
 * standard input says, and tells what happens as lines of JSON. README.md beside
 * it has the language; listener.py and listener.js do the same. */

#include "authorizers.h"
#include "handlers.h"
#include "members.h"
#include "tell.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  GMainLoop *loop;
  PusherClient *client;
  GHashTable *channels; /* name → channel that has our handlers */
} Listener;

static char *option_host;
static int option_port;
static char *option_path;
static char *option_key;
static gboolean option_tls;
static char *option_ca;
static gboolean option_any_certificate;
static char *option_origin;
static int option_unavailable_timeout;
static char **option_channels;

static GOptionEntry option_entries[] = {
  { "host", 0, 0, G_OPTION_ARG_STRING, &option_host, "Address of the server", "HOST" },
  { "port", 0, 0, G_OPTION_ARG_INT, &option_port, "Port of the server", "PORT" },
  { "path", 0, 0, G_OPTION_ARG_STRING, &option_path, "Prefix of the path", "PATH" },
  { "key", 0, 0, G_OPTION_ARG_STRING, &option_key, "Key of the application", "KEY" },
  { "tls", 0, 0, G_OPTION_ARG_NONE, &option_tls, "Connect with TLS", NULL },
  { "ca", 0, 0, G_OPTION_ARG_FILENAME, &option_ca, "Trust these authorities only", "FILE" },
  { "any-certificate", 0, 0, G_OPTION_ARG_NONE, &option_any_certificate,
    "Accept every certificate", NULL },
  { "origin", 0, 0, G_OPTION_ARG_STRING, &option_origin, "Come from this page", "URL" },
  { "unavailable-timeout", 0, 0, G_OPTION_ARG_INT, &option_unavailable_timeout,
    "Seconds until the server is unavailable", "SECONDS" },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_channels, NULL,
    "[CHANNEL…]" },
  { NULL }
};

/* --- Commands ------------------------------------------------------------ */

static void
keep_channel (Listener      *self,
              PusherChannel *channel)
{
  const char *name = pusher_channel_get_name (channel);

  if (g_hash_table_lookup (self->channels, name) == channel)
    return;

  g_hash_table_insert (self->channels, g_strdup (name), g_object_ref (channel));
  listen_to_channel (channel);
}

static void
do_open (Listener    *self,
         const char **args)
{
  pusher_client_open (self->client);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (pusher_client_open_finish (PUSHER_CLIENT (source), result, &error))
    tell (begin ("opened"));
  else
    tell_call_failed ("open-async", error);
}

static void
do_open_async (Listener    *self,
               const char **args)
{
  pusher_client_open_async (self->client, NULL, opened_cb, NULL);
}

static void
do_close (Listener    *self,
          const char **args)
{
  pusher_client_close (self->client);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (pusher_client_close_finish (PUSHER_CLIENT (source), result, &error))
    tell (begin ("closed"));
  else
    tell_call_failed ("close-async", error);
}

static void
do_close_async (Listener    *self,
                const char **args)
{
  pusher_client_close_async (self->client, NULL, closed_cb, NULL);
}

static void
do_reconnect (Listener    *self,
              const char **args)
{
  pusher_client_reconnect_now (self->client);
}

static void
do_subscribe (Listener    *self,
              const char **args)
{
  g_autoptr (GError) error = NULL;
  PusherChannel *channel = pusher_client_subscribe (self->client, args[0], &error);

  if (channel != NULL)
    keep_channel (self, channel);
  else
    tell_call_failed ("subscribe", error);
}

static void
subscribed_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  Listener *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherChannel) channel =
    pusher_client_subscribe_finish (PUSHER_CLIENT (source), result, &error);

  if (channel == NULL)
    {
      tell_call_failed ("subscribe-async", error);
      return;
    }

  keep_channel (self, channel);
  tell (begin_of_channel ("subscribe-finished", channel));
}

static void
do_subscribe_async (Listener    *self,
                    const char **args)
{
  pusher_client_subscribe_async (self->client, args[0], NULL, subscribed_cb, self);
}

static void
do_unsubscribe (Listener    *self,
                const char **args)
{
  pusher_client_unsubscribe (self->client, args[0]);
}

static void
do_channels (Listener    *self,
             const char **args)
{
  GListModel *channels = pusher_client_get_channels (self->client);
  JsonBuilder *builder = begin ("channels");

  json_builder_set_member_name (builder, "names");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      json_builder_add_string_value (builder, pusher_channel_get_name (channel));
    }
  json_builder_end_array (builder);
  tell (builder);
}

static void
do_channel (Listener    *self,
            const char **args)
{
  PusherChannel *channel = pusher_client_get_channel (self->client, args[0]);
  JsonBuilder *builder = begin ("channel");

  add_string (builder, "channel", args[0]);
  add_boolean (builder, "found", channel != NULL);
  if (channel != NULL)
    {
      add_boolean (builder, "known", g_hash_table_lookup (self->channels, args[0]) == channel);
      add_enum (builder, "state", PUSHER_TYPE_CHANNEL_STATE, pusher_channel_get_state (channel));
      add_enum (builder, "kind", PUSHER_TYPE_CHANNEL_KIND, pusher_channel_get_kind (channel));
    }
  tell (builder);
}

static void
disconnect_data (gpointer  data,
                 GClosure *closure)
{
  g_free (data);
}

/* "watch-channel CHANNEL EVENT" */
static void
do_watch_channel (Listener    *self,
                  const char **args)
{
  g_autofree char *signal = g_strconcat ("event::", args[1], NULL);
  PusherChannel *channel = pusher_client_get_channel (self->client, args[0]);

  g_signal_connect_data (channel, signal, G_CALLBACK (channel_event_cb),
                         g_strconcat ("channel::", args[1], NULL), disconnect_data, 0);
}

/* "watch-client [EVENT]" */
static void
do_watch_client (Listener    *self,
                 const char **args)
{
  gboolean all = args[0] == NULL;
  g_autofree char *signal = all ? g_strdup ("event") : g_strconcat ("event::", args[0], NULL);
  char *via = all ? g_strdup ("client") : g_strconcat ("client::", args[0], NULL);

  g_signal_connect_data (self->client, signal, G_CALLBACK (client_event_cb), via,
                         disconnect_data, 0);
}

static void
pinged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gint64 round_trip = pusher_client_ping_finish (PUSHER_CLIENT (source), result, &error);
  JsonBuilder *builder;

  if (round_trip < 0)
    {
      tell_call_failed ("ping", error);
      return;
    }

  builder = begin ("pong");
  add_int (builder, "microseconds", round_trip);
  tell (builder);
}

static void
do_ping (Listener    *self,
         const char **args)
{
  pusher_client_ping_async (self->client, NULL, pinged_cb, NULL);
}

/* "trigger CHANNEL EVENT [JSON]" */
static void
do_trigger (Listener    *self,
            const char **args)
{
  g_autoptr (GError) error = NULL;

  if (!pusher_channel_trigger (g_hash_table_lookup (self->channels, args[0]), args[1], args[2],
                               &error))
    tell_call_failed ("trigger", error);
}

static void
do_trigger_node (Listener    *self,
                 const char **args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (args[2], &error);

  if (node == NULL ||
      !pusher_channel_trigger_node (g_hash_table_lookup (self->channels, args[0]), args[1], node,
                                    &error))
    tell_call_failed ("trigger-node", error);
}

/* "trigger-variant CHANNEL EVENT VARIANT", in the text format of GVariant */
static void
do_trigger_variant (Listener    *self,
                    const char **args)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) variant = g_variant_parse (NULL, args[2], NULL, NULL, &error);

  if (variant == NULL ||
      !pusher_channel_trigger_variant (g_hash_table_lookup (self->channels, args[0]), args[1],
                                       variant, &error))
    tell_call_failed ("trigger-variant", error);
}

static void
do_outbox (Listener    *self,
           const char **args)
{
  pusher_channel_set_outbox_size (g_hash_table_lookup (self->channels, args[0]),
                                  (guint) g_ascii_strtoull (args[1], NULL, 10));
}

static void
do_resubscribe (Listener    *self,
                const char **args)
{
  g_autoptr (GError) error = NULL;

  if (!pusher_channel_resubscribe (g_hash_table_lookup (self->channels, args[0]), &error))
    tell_call_failed ("resubscribe", error);
}

static void
do_remember (Listener    *self,
             const char **args)
{
  remember_members (PUSHER_PRESENCE_CHANNEL (g_hash_table_lookup (self->channels, args[0])));
}

static void
do_members (Listener    *self,
            const char **args)
{
  tell_members (PUSHER_PRESENCE_CHANNEL (g_hash_table_lookup (self->channels, args[0])));
}

static void
do_member (Listener    *self,
           const char **args)
{
  tell_member (PUSHER_PRESENCE_CHANNEL (g_hash_table_lookup (self->channels, args[0])), args[1]);
}

static void
do_answer (Listener    *self,
           const char **args)
{
  answer_authorization (args[0], args[1]);
}

static void
do_sign_in (Listener    *self,
            const char **args)
{
  pusher_user_sign_in (pusher_client_get_user (self->client));
}

static void
signed_in_finished_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (pusher_user_sign_in_finish (PUSHER_USER (source), result, &error))
    tell (begin ("sign-in-finished"));
  else
    tell_call_failed ("sign-in-async", error);
}

static void
do_sign_in_async (Listener    *self,
                  const char **args)
{
  pusher_user_sign_in_async (pusher_client_get_user (self->client), NULL, signed_in_finished_cb,
                             NULL);
}

static void
do_quit (Listener    *self,
         const char **args)
{
  g_main_loop_quit (self->loop);
}

static const struct
{
  const char *name;
  guint min_args;
  guint max_args; /* the last one may have spaces */
  void (*run) (Listener    *self,
               const char **args);
} commands[] = {
  { "open", 0, 0, do_open },
  { "open-async", 0, 0, do_open_async },
  { "close", 0, 0, do_close },
  { "close-async", 0, 0, do_close_async },
  { "reconnect", 0, 0, do_reconnect },
  { "subscribe", 1, 1, do_subscribe },
  { "subscribe-async", 1, 1, do_subscribe_async },
  { "unsubscribe", 1, 1, do_unsubscribe },
  { "channels", 0, 0, do_channels },
  { "channel", 1, 1, do_channel },
  { "watch-channel", 2, 2, do_watch_channel },
  { "watch-client", 0, 1, do_watch_client },
  { "ping", 0, 0, do_ping },
  { "trigger", 2, 3, do_trigger },
  { "trigger-node", 3, 3, do_trigger_node },
  { "trigger-variant", 3, 3, do_trigger_variant },
  { "outbox", 2, 2, do_outbox },
  { "resubscribe", 1, 1, do_resubscribe },
  { "remember", 1, 1, do_remember },
  { "members", 1, 1, do_members },
  { "member", 2, 2, do_member },
  { "answer", 1, 2, do_answer },
  { "sign-in", 0, 0, do_sign_in },
  { "sign-in-async", 0, 0, do_sign_in_async },
  { "quit", 0, 0, do_quit },
};

static void
run_command (Listener *self,
             char     *line)
{
  g_auto (GStrv) halves = g_strsplit (g_strchomp (line), " ", 2);
  const char *rest = halves[1] != NULL ? halves[1] : "";

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (halves[0], commands[i].name))
      {
        g_auto (GStrv) args = g_strsplit (rest, " ", (int) MAX (commands[i].max_args, 1));

        g_assert_cmpuint (g_strv_length (args), >=, commands[i].min_args);
        commands[i].run (self, (const char **) args);
        return;
      }

  g_error ("Not a command: %s", line);
}

static gboolean
input_cb (GIOChannel  *input,
          GIOCondition condition,
          gpointer     user_data)
{
  Listener *self = user_data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }

  run_command (self, line);

  return G_SOURCE_CONTINUE;
}

/* --- The program --------------------------------------------------------- */

static gboolean
accept_certificate_cb (void)
{
  return TRUE;
}

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message)
{
  g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
}

static void
set_up_session (PusherClient *client)
{
  g_autoptr (SoupSession) session = soup_session_new ();

  if (option_ca != NULL)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GTlsDatabase) database = g_tls_file_database_new (option_ca, &error);

      g_assert_no_error (error);
      soup_session_set_tls_database (session, database);
    }
  if (option_any_certificate)
    g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), NULL);

  pusher_client_set_session (client, session);
}

static PusherClient *
make_client (void)
{
  PusherClient *client = pusher_client_new (option_key, NULL);

  pusher_client_set_host (client, option_host);
  pusher_client_set_port (client, option_port);
  pusher_client_set_path (client, option_path);
  pusher_client_set_use_tls (client, option_tls);
  pusher_client_set_origin (client, option_origin);
  if (option_unavailable_timeout > 0)
    pusher_client_set_unavailable_timeout (client, option_unavailable_timeout);
  if (option_ca != NULL || option_any_certificate)
    set_up_session (client);
  set_up_authorizers (client);

  listen_to_client (client);

  return client;
}

/* Whether nothing else holds a reference to the client. */
static void
say_goodbye (Listener *self)
{
  JsonBuilder *builder = begin ("bye");
  gpointer client = self->client;

  forget_members ();
  forget_authorizations ();
  g_hash_table_unref (self->channels);
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
  g_option_context_add_main_entries (context, authorizer_option_entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      exit (EXIT_FAILURE);
    }
  if (option_key == NULL)
    {
      g_printerr ("--key is missing\n");
      exit (EXIT_FAILURE);
    }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  Listener listener = { loop, NULL, NULL };

  setlocale (LC_ALL, "");
  parse_options (argc, argv);

  listener.client = make_client ();
  listener.channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (char **name = option_channels; name != NULL && *name != NULL; name++)
    do_subscribe (&listener, (const char **) name);
  pusher_client_open (listener.client);

  g_io_add_watch (input, G_IO_IN | G_IO_HUP, input_cb, &listener);
  g_main_loop_run (loop);
  say_goodbye (&listener);

  return EXIT_SUCCESS;
}
