/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-control-messages-private.h"

#include "base/pusher-error.h"
#include "base/pusher-printable-private.h"
#include "json/pusher-json-members-private.h"
#include "pusher-close-policy-private.h"

#include <glib/gi18n-lib.h>

/* Any text, as far as it goes: most are of digits and a dot, some servers have UUIDs. But
 * in the texts that are signed a colon ends it: one with a colon could be used to get the
 * signature for another channel. Each request for an authorization has a copy of it. */
static gboolean
socket_id_is_sound (const char *socket_id)
{
  gsize length = 0;

  if (socket_id == NULL)
    return FALSE;

  while (socket_id[length] != '\0' && socket_id[length] != ':' &&
         !g_ascii_iscntrl (socket_id[length]) && length < PUSHER_MAX_SOCKET_ID_SIZE)
    length++;

  return length > 0 && socket_id[length] == '\0';
}

/* The timeout is in µs, and 0 if the server gives none. */
gboolean
pusher_established_parse (const PusherMessage *message,
                          char               **socket_id,
                          gint64              *activity_timeout,
                          GError             **error)
{
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  JsonObject *object = pusher_json_node_get_object (json);
  const char *id = pusher_json_object_get_string (object, "socket_id");
  gint64 seconds;

  if (!socket_id_is_sound (id))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                   _("The server established the connection without a valid socket id"));
      return FALSE;
    }

  *socket_id = g_strdup (id);
  *activity_timeout = 0;
  if (pusher_json_object_get_int (object, "activity_timeout", &seconds) && seconds > 0)
    *activity_timeout = MIN (seconds, G_MAXUINT) * G_USEC_PER_SEC;

  return TRUE;
}

/* An error in the domain of the servers. text is what the server said, if it
 * said something. */
GError *
pusher_server_error_new (guint       code,
                         const char *text)
{
  g_autofree char *printable = NULL;

  if (text == NULL || *text == '\0')
    text = _(pusher_close_policy_lookup (code)->meaning);
  printable = pusher_printable (text, PUSHER_PRINTABLE_MAX);

  return g_error_new_literal (PUSHER_SERVER_ERROR, (int) code, printable);
}

/* Reads {"code": int|null, "message": str} (protocol, "Errors and close codes"),
 * and makes do with less. */
GError *
pusher_server_error_parse (const PusherMessage *message)
{
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  JsonObject *object = pusher_json_node_get_object (json);
  const char *text = pusher_json_object_get_string (object, "message");
  gint64 code;

  if (!pusher_json_object_get_int (object, "code", &code) || code < 0 || code > G_MAXUINT16)
    code = 0;
  if (object == NULL)
    text = message->data;
  if ((text == NULL || *text == '\0') && code == 0)
    text = _("The server reported an error and did not say which");

  return pusher_server_error_new ((guint) code, text);
}
