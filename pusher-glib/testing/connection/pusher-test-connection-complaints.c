/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A client that breaks a rule is told so by a pusher:error, as Pusher does, and
 * the test by a report. The connection goes on. soketi says nothing.
 */

#include "config.h"

#include "pusher-test-connection-private.h"

#include "json/pusher-json-members-private.h"

void
pusher_test_connection_complain (PusherTestConnection *self,
                                 const char           *format,
                                 ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (self->settings->flavor != PUSHER_TEST_FLAVOR_SOKETI)
    pusher_test_peer_send_error (self->peer, NULL, 0, what);
  pusher_test_connection_report (self, PUSHER_TEST_REPORT_VIOLATION, what);
}

gboolean
pusher_test_connection_check_members (PusherTestConnection *self,
                                      JsonObject           *object,
                                      const char           *where,
                                      const char *const    *allowed)
{
  JsonObjectIter iter;
  const char *name;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, NULL))
    if (!g_strv_contains (allowed, name))
      {
        pusher_test_connection_complain (self, "%s has an unknown member “%s”", where, name);
        return FALSE;
      }

  return TRUE;
}

/* Whether the data of a request has what it may have, and strings only. */
gboolean
pusher_test_connection_check_data (PusherTestConnection *self,
                                   const char           *event,
                                   JsonObject           *data,
                                   const char *const    *allowed)
{
  JsonObjectIter iter;
  const char *name;

  if (data == NULL)
    {
      pusher_test_connection_complain (self, "%s has no data", event);
      return FALSE;
    }

  if (!pusher_test_connection_check_members (self, data, event, allowed))
    return FALSE;

  json_object_iter_init (&iter, data);
  while (json_object_iter_next (&iter, &name, NULL))
    if (pusher_json_object_get_string (data, name) == NULL)
      {
        pusher_test_connection_complain (self, "%s: “%s” is not a string", event, name);
        return FALSE;
      }

  return TRUE;
}
