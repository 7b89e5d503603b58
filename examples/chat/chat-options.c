/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-options.h"

const GOptionEntry chat_option_entries[] = {
  { "name", 'n', 0, G_OPTION_ARG_STRING, NULL, "Your name", "NAME" },
  { "embedded", 'e', 0, G_OPTION_ARG_NONE, NULL, "Use the built-in server", NULL },
  { "key", 'k', 0, G_OPTION_ARG_STRING, NULL, "Key of the application at a server", "KEY" },
  { "cluster", 'c', 0, G_OPTION_ARG_STRING, NULL, "Its cluster at pusher.com", "CLUSTER" },
  { "host", 'H', 0, G_OPTION_ARG_STRING, NULL, "Host of another server", "HOST" },
  { "port", 'p', 0, G_OPTION_ARG_INT, NULL, "Its port, if not the usual one", "PORT" },
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, NULL, "Connect without TLS", NULL },
  { "endpoint", 0, 0, G_OPTION_ARG_STRING, NULL, "Address of the auth endpoint", "URL" },
  { "secret", 0, 0, G_OPTION_ARG_STRING, NULL, "Secret of the application", "SECRET" },
  G_OPTION_ENTRY_NULL,
};

void
chat_options_apply (GVariantDict *dict,
                    ChatSettings *settings)
{
  const char *const texts[] = { "name", "key", "cluster", "host", "endpoint", "secret" };
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
