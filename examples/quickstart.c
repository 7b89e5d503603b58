/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Prints the events of channels as they arrive. Without options it brings its
 * own server, which publishes a few events, so that it works anywhere. */

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

#include <glib-unix.h>
#include <stdio.h>
#include <stdlib.h>

#define DEMO_CHANNEL "ticker"
#define DEMO_EVENT "tick"
#define DEMO_INTERVAL_MS 200
#define DEMO_EVENTS 5
#define DEMO_DEADLINE_SECONDS 10

typedef struct
{
  char *key;
  char *cluster;
  char *host;
  int port;
  char *path;
  gboolean no_tls;
  char **channels;
  char **events;
} Options;

typedef struct
{
  GMainLoop *loop;
  PusherClient *client;
  PusherTestServer *server; /* only without options */
  double price;
  guint n_received;
  int status;
} Quickstart;

/* --- The end ------------------------------------------------------------- */

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Quickstart *app = user_data;

  pusher_client_close_finish (PUSHER_CLIENT (object), result, NULL);
  g_main_loop_quit (app->loop);
}

static void
finish (Quickstart *app,
        int         status)
{
  app->status = status;
  pusher_client_close_async (app->client, NULL, closed_cb, app);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  finish (user_data, EXIT_SUCCESS);

  return G_SOURCE_CONTINUE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  fprintf (stderr, "Only %u of %d events arrived within %d seconds\n",
           ((Quickstart *) user_data)->n_received, DEMO_EVENTS, DEMO_DEADLINE_SECONDS);
  finish (user_data, EXIT_FAILURE);

  return G_SOURCE_CONTINUE;
}

/* --- What the client reports --------------------------------------------- */

static void
state_changed_cb (PusherClient *client,
                  GParamSpec   *pspec,
                  Quickstart   *app)
{
  PusherConnectionState state = pusher_client_get_state (client);
  g_autoptr (GEnumClass) states = g_type_class_ref (PUSHER_TYPE_CONNECTION_STATE);

  printf ("* %s\n", g_enum_get_value (states, state)->value_nick);

  if (state == PUSHER_CONNECTION_STATE_FAILED)
    finish (app, EXIT_FAILURE);
}

static void
error_cb (PusherClient *client,
          GError       *error,
          Quickstart   *app)
{
  fprintf (stderr, "* error: %s (%s %d)\n",
           error->message, g_quark_to_string (error->domain), error->code);
}

static void
connecting_in_cb (PusherClient *client,
                  double        seconds,
                  Quickstart   *app)
{
  printf ("* next attempt in %.1f s\n", seconds);
}

/* --- What the channels report -------------------------------------------- */

static void
subscribed_cb (PusherChannel *channel,
               Quickstart    *app)
{
  printf ("* subscribed to %s\n", pusher_channel_get_name (channel));
}

static void
subscription_error_cb (PusherChannel *channel,
                       GError        *error,
                       Quickstart    *app)
{
  fprintf (stderr, "* cannot subscribe to %s: %s\n",
           pusher_channel_get_name (channel), error->message);
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        Quickstart    *app)
{
  printf ("* %s may have missed events of the last %.1f s\n",
          pusher_channel_get_name (channel), duration / 1e6);
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Quickstart    *app)
{
  const char *data = pusher_event_get_data (event);

  /* The channel's own affairs, which the signals above tell. */
  if (g_str_has_prefix (pusher_event_get_name (event), "pusher:"))
    return;

  printf ("%s  %s  %s\n", pusher_channel_get_name (channel), pusher_event_get_name (event),
          data != NULL ? data : "");

  app->n_received++;
  if (app->server != NULL && app->n_received == DEMO_EVENTS)
    finish (app, EXIT_SUCCESS);
}

static gboolean
listen_to (Quickstart *app,
           const char *channel_name,
           char      **events,
           GError    **error)
{
  PusherChannel *channel = pusher_client_subscribe (app->client, channel_name, error);

  if (channel == NULL)
    return FALSE;

  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), app);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (subscription_error_cb), app);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), app);
  if (events == NULL)
    g_signal_connect (channel, "event", G_CALLBACK (event_cb), app);

  for (guint i = 0; events != NULL && events[i] != NULL; i++)
    {
      g_autofree char *signal = g_strconcat ("event::", events[i], NULL);

      g_signal_connect (channel, signal, G_CALLBACK (event_cb), app);
    }

  return TRUE;
}

/* --- The demonstration --------------------------------------------------- */

static gboolean
publish_cb (gpointer user_data)
{
  Quickstart *app = user_data;
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;

  app->price += g_random_double_range (-1, 1);
  data = g_strdup_printf ("{\"symbol\":\"GLIB\",\"cents\":%d}", (int) (app->price * 100));
  if (!pusher_test_server_publish (app->server, DEMO_CHANNEL, DEMO_EVENT, data, &error) &&
      error != NULL)
    fprintf (stderr, "* cannot publish: %s\n", error->message);

  return G_SOURCE_CONTINUE;
}

static gboolean
start_demo (Quickstart *app,
            GError    **error)
{
  app->server = pusher_test_server_new ();
  if (!pusher_test_server_start (app->server, error))
    return FALSE;

  app->price = 100;
  app->client = pusher_client_new (pusher_test_server_get_key (app->server), NULL);
  pusher_client_set_host (app->client, "127.0.0.1");
  pusher_client_set_port (app->client, pusher_test_server_get_port (app->server));
  pusher_client_set_use_tls (app->client, FALSE);

  printf ("* no --key: listening to a server of my own, on port %u\n",
          pusher_test_server_get_port (app->server));
  g_timeout_add (DEMO_INTERVAL_MS, publish_cb, app);
  g_timeout_add_seconds (DEMO_DEADLINE_SECONDS, deadline_cb, app);

  return listen_to (app, DEMO_CHANNEL, NULL, error);
}

/* --- A real server ------------------------------------------------------- */

static gboolean
start_listening (Quickstart *app,
                 Options    *options,
                 GError    **error)
{
  app->client = pusher_client_new (options->key, options->cluster);
  pusher_client_set_host (app->client, options->host);
  pusher_client_set_port (app->client, options->port);
  pusher_client_set_path (app->client, options->path);
  pusher_client_set_use_tls (app->client, !options->no_tls);

  for (guint i = 0; options->channels[i] != NULL; i++)
    if (!listen_to (app, options->channels[i], options->events, error))
      return FALSE;

  return TRUE;
}

/* --- Options ------------------------------------------------------------- */

static void
options_clear (Options *self)
{
  g_free (self->key);
  g_free (self->cluster);
  g_free (self->host);
  g_free (self->path);
  g_strfreev (self->channels);
  g_strfreev (self->events);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static const char *
find_nonsense (Options *self,
               int      argc)
{
  gboolean any = self->cluster != NULL || self->host != NULL || self->port != 0 ||
                 self->path != NULL || self->no_tls || self->channels != NULL ||
                 self->events != NULL;

  if (argc > 1)
    return "there are options only, no arguments";
  if (self->key == NULL && any)
    return "these options need --key: without it there is only the demonstration";
  if (self->key == NULL)
    return NULL;
  if (*self->key == '\0')
    return "--key is empty";
  if (self->cluster == NULL && self->host == NULL)
    return "--key needs either --cluster or --host";
  if (self->cluster != NULL && self->host != NULL)
    return "--cluster and --host exclude each other";
  if (self->host == NULL && (self->port != 0 || self->path != NULL))
    return "--port and --path need --host";
  if (self->port < 0 || self->port > 65535)
    return "--port is a number from 1 to 65535";
  if (self->channels == NULL)
    return "--key needs at least one --channel";
  if (self->events != NULL && g_strv_contains ((const char *const *) self->events, ""))
    return "--event is empty";

  return NULL;
}

static gboolean
options_parse (Options *self,
               int     *argc,
               char  ***argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "key", 'k', 0, G_OPTION_ARG_STRING, &self->key,
      "Key of the application; without it, a demonstration", "KEY" },
    { "cluster", 'c', 0, G_OPTION_ARG_STRING, &self->cluster,
      "Cluster of the application at pusher.com, such as eu", "CLUSTER" },
    { "host", 'H', 0, G_OPTION_ARG_STRING, &self->host,
      "Host of another server", "HOST" },
    { "port", 'p', 0, G_OPTION_ARG_INT, &self->port,
      "Its port, if not 443, or 80 without TLS", "PORT" },
    { "path", 0, 0, G_OPTION_ARG_STRING, &self->path,
      "What its paths begin with", "PATH" },
    { "no-tls", 0, 0, G_OPTION_ARG_NONE, &self->no_tls,
      "Connect without TLS", NULL },
    { "channel", 'n', 0, G_OPTION_ARG_STRING_ARRAY, &self->channels,
      "Subscribe to a channel (several times for more)", "NAME" },
    { "event", 'e', 0, G_OPTION_ARG_STRING_ARRAY, &self->events,
      "Print only this event (several times for more)", "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- print events as they arrive");
  const char *nonsense;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  nonsense = find_nonsense (self, *argc);
  if (nonsense != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, nonsense);

  return nonsense == NULL;
}

static void
run (Quickstart *app)
{
  guint sigint = g_unix_signal_add (SIGINT, interrupted_cb, app);
  guint sigterm = g_unix_signal_add (SIGTERM, interrupted_cb, app);

  g_signal_connect (app->client, "notify::state", G_CALLBACK (state_changed_cb), app);
  g_signal_connect (app->client, "error", G_CALLBACK (error_cb), app);
  g_signal_connect (app->client, "connecting-in", G_CALLBACK (connecting_in_cb), app);

  pusher_client_open (app->client);
  g_main_loop_run (app->loop);

  g_source_remove (sigterm);
  g_source_remove (sigint);
}

int
main (int   argc,
      char *argv[])
{
  g_auto (Options) options = { NULL };
  Quickstart app = { NULL };
  g_autoptr (GError) error = NULL;
  gboolean started = FALSE;

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (!options_parse (&options, &argc, &argv, &error))
    {
      fprintf (stderr, "%s: %s\nTry --help.\n", g_get_prgname (), error->message);
      return 2;
    }

  app.loop = g_main_loop_new (NULL, FALSE);
  if (options.key == NULL)
    started = start_demo (&app, &error);
  else
    started = start_listening (&app, &options, &error);

  if (started)
    run (&app);
  else
    fprintf (stderr, "%s: %s\n", g_get_prgname (), error->message);

  g_clear_object (&app.client);
  g_clear_object (&app.server);
  g_main_loop_unref (app.loop);

  return started ? app.status : EXIT_FAILURE;
}
