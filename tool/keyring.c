/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "keyring.h"

#include <glib/gi18n.h>

#include "complain.h"

#ifdef HAVE_LIBSECRET

#include <libsecret/secret.h>

static const SecretSchema schema = {
  "pusher-glib.Context",
  SECRET_SCHEMA_NONE,
  {
    { "context", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "setting", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

gboolean
tool_keyring_store (const char *context,
                    const char *setting,
                    const char *secret,
                    GError    **error)
{
  g_autofree char *label = g_strdup_printf ("pusher-glib: %s, %s", context, setting);

  return secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label, secret, NULL, error,
                                     "context", context, "setting", setting, NULL);
}

char *
tool_keyring_lookup (const char *context,
                     const char *setting,
                     GError    **error)
{
  return secret_password_lookup_sync (&schema, NULL, error, "context", context, "setting", setting,
                                      NULL);
}

gboolean
tool_keyring_clear (const char *context,
                    const char *setting,
                    GError    **error)
{
  GError *own_error = NULL;

  /* The result is whether there was one. */
  secret_password_clear_sync (&schema, NULL, &own_error, "context", context, "setting", setting,
                              NULL);
  if (own_error == NULL)
    return TRUE;

  g_propagate_error (error, own_error);

  return FALSE;
}

#else

static void
set_error (GError **error)
{
  tool_set_usage_error (error, _("This build of pusher-glib has no keyring."));
}

gboolean
tool_keyring_store (const char *context,
                    const char *setting,
                    const char *secret,
                    GError    **error)
{
  set_error (error);

  return FALSE;
}

char *
tool_keyring_lookup (const char *context,
                     const char *setting,
                     GError    **error)
{
  set_error (error);

  return NULL;
}

gboolean
tool_keyring_clear (const char *context,
                    const char *setting,
                    GError    **error)
{
  set_error (error);

  return FALSE;
}

#endif
