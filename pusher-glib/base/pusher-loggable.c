/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-loggable-private.h"

#include "pusher-enum-types.h"
#include "pusher-error.h"
#include "pusher-printable-private.h"

#include <gio/gio.h>
#include <string.h>

/* Bytes of a name of an event that somebody gave one */
#define MAX_NAME 100

/* Keys of servers have 20 characters, signatures and secrets more. */
#define MIN_SECRET 20
#define MIN_SECRET_DIGITS 2

static char *
describe_code (const char *what,
               GType       type,
               int         code)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);
  GEnumValue *value = g_enum_get_value (klass, code);

  return value != NULL ? g_strdup_printf ("%s %s", what, value->value_nick)
                       : g_strdup_printf ("%s %d", what, code);
}

/*
 * pusher_loggable:
 *
 * What of an error may go into a log: its kind. Its text may be that of a server, and
 * servers repeat what they were sent when they complain: a key, a signature. The text is
 * for the application.
 *
 * Returns: (transfer full): such as `server error 4001`
 */
char *
pusher_loggable (const GError *error)
{
  if (error->domain == PUSHER_SERVER_ERROR)
    return g_strdup_printf ("server error %d", error->code);
  if (error->domain == PUSHER_HTTP_ERROR)
    return g_strdup_printf ("HTTP status %d", error->code);
  if (error->domain == PUSHER_ERROR)
    return describe_code ("error", PUSHER_TYPE_ERROR, error->code);
  if (error->domain == G_IO_ERROR)
    return describe_code ("I/O error", G_TYPE_IO_ERROR_ENUM, error->code);
  if (error->domain == G_RESOLVER_ERROR)
    return describe_code ("resolver error", G_TYPE_RESOLVER_ERROR, error->code);
  if (error->domain == G_TLS_ERROR)
    return describe_code ("TLS error", G_TYPE_TLS_ERROR, error->code);

  return g_strdup_printf ("%s %d", g_quark_to_string (error->domain), error->code);
}

static gboolean
may_hold_secret (const char *name)
{
  guint length = 0;
  guint n_digits = 0;

  for (const char *p = name; *p != '\0'; p++)
    {
      gboolean goes_on = g_ascii_isalnum (*p) || strchr ("+/=", *p) != NULL;

      length = goes_on ? length + 1 : 0;
      n_digits = goes_on ? n_digits + (g_ascii_isdigit (*p) ? 1 : 0) : 0;
      if (length >= MIN_SECRET && n_digits >= MIN_SECRET_DIGITS)
        return TRUE;
    }

  return FALSE;
}

/*
 * pusher_loggable_name:
 * @name: of an event or a channel, as a server may have made it up
 *
 * What of a name may go into a log: all of it, in quotes, if it is what people call
 * things; else only how long it is. A program whose handler has a misspelt name finds that
 * in no other way.
 *
 * Returns: (transfer full): such as `“price-changed”`
 */
char *
pusher_loggable_name (const char *name)
{
  gsize length = strlen (name);
  g_autofree char *printable = pusher_printable (name, MAX_NAME);

  if (strcmp (printable, name) != 0 || may_hold_secret (name))
    return g_strdup_printf ("a name of %" G_GSIZE_FORMAT " bytes that is not shown", length);

  return g_strdup_printf ("“%s”", name);
}
