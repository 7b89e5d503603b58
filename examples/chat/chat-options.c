/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-options.h"

#include <glib/gi18n.h>

static const struct
{
  const char *name;
  char short_name;
  GOptionArg arg;
  const char *description;
  const char *arg_description;
} options[] = {
  { "name", 'n', G_OPTION_ARG_STRING, N_("Your name"), N_("NAME") },
  { "embedded", 'e', G_OPTION_ARG_NONE, N_("Use the built-in server"), NULL },
  { "key", 'k', G_OPTION_ARG_STRING, N_("Key of the application at a server"), N_("KEY") },
  { "cluster", 'c', G_OPTION_ARG_STRING, N_("Its cluster at pusher.com"), N_("CLUSTER") },
  { "host", 'H', G_OPTION_ARG_STRING, N_("Host of another server"), N_("HOST") },
  { "port", 'p', G_OPTION_ARG_INT, N_("Its port, if not the usual one"), N_("PORT") },
  { "no-tls", 0, G_OPTION_ARG_NONE, N_("Connect without TLS"), NULL },
  { "endpoint", 0, G_OPTION_ARG_STRING, N_("Address of the auth endpoint"), N_("URL") },
  { "secret", 0, G_OPTION_ARG_STRING, N_("Secret of the application"), N_("SECRET") },
  { "history", 0, G_OPTION_ARG_STRING, N_("Address of what was said before"), N_("URL") },
};

void
chat_options_add_to (GApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    g_application_add_main_option (application, options[i].name, options[i].short_name,
                                   G_OPTION_FLAG_NONE, options[i].arg, _(options[i].description),
                                   options[i].arg_description != NULL
                                     ? _(options[i].arg_description)
                                     : NULL);
}

void
chat_options_apply (GVariantDict *dict,
                    ChatSettings *settings)
{
  const char *const texts[] = {
    "name", "key", "cluster", "host", "endpoint", "secret", "history",
  };
  int port;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text;

      if (g_variant_dict_lookup (dict, texts[i], "&s", &text))
        g_object_set (settings, texts[i], text, NULL);
    }

  if (g_variant_dict_lookup (dict, "port", "i", &port))
    g_object_set (settings, "port", (guint) CLAMP (port, 0, G_MAXUINT16), NULL);
  if (g_variant_dict_contains (dict, "no-tls"))
    g_object_set (settings, "use-tls", FALSE, NULL);
  if (g_variant_dict_contains (dict, "embedded"))
    g_object_set (settings, "embedded", TRUE, NULL);
  else if (g_variant_dict_contains (dict, "key"))
    g_object_set (settings, "embedded", FALSE, NULL);
}
