/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "quickstart-options.h"

static const char *
find_nonsense (Options *self,
               char   **events,
               int      argc)
{
  gboolean any = self->cluster != NULL || self->host != NULL || self->port != 0 ||
                 self->path != NULL || self->no_tls || self->channels != NULL || events != NULL;

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
  if (events != NULL && g_strv_contains ((const char *const *) events, ""))
    return "--event is empty";

  return NULL;
}

static char **
name_signals (char **events)
{
  g_autoptr (GStrvBuilder) signals = g_strv_builder_new ();

  if (events == NULL)
    g_strv_builder_add (signals, "event");

  for (guint i = 0; events != NULL && events[i] != NULL; i++)
    {
      g_autofree char *name = g_strconcat ("event::", events[i], NULL);

      g_strv_builder_add (signals, name);
    }

  return g_strv_builder_end (signals);
}

gboolean
options_parse (Options *self,
               int     *argc,
               char  ***argv,
               GError **error)
{
  g_auto (GStrv) events = NULL;
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
    { "event", 'e', 0, G_OPTION_ARG_STRING_ARRAY, &events,
      "Print only this event (several times for more)", "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- print events as they arrive");
  const char *nonsense;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  nonsense = find_nonsense (self, events, *argc);
  if (nonsense != NULL)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED, nonsense);
  self->signals = name_signals (events);

  return nonsense == NULL;
}

void
options_clear (Options *self)
{
  g_free (self->key);
  g_free (self->cluster);
  g_free (self->host);
  g_free (self->path);
  g_strfreev (self->channels);
  g_strfreev (self->signals);
}
