/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-loggable-private.h"

#include "pusher-enum-types.h"
#include "pusher-error.h"

#include <gio/gio.h>

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
