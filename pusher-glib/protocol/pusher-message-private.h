/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One message of the wire: {"event": …, "channel"?: …, "data"?: …, "user_id"?: …}
 * (protocol, "Connecting").
 *
 * Every string is NUL-terminated, valid UTF-8, and lies in @storage, one block that the
 * message owns. Only @data may have NULs before its end.
 */
typedef struct
{
  const char *event;   /* never NULL or empty */
  const char *channel; /* nullable */
  const char *user_id; /* nullable; a JSON number is given as its text */
  const char *data;    /* nullable; the decoded string, or the JSON text */
  gsize data_length;   /* bytes in @data, 0 if it is NULL */
  char *storage;
} PusherMessage;

gboolean  pusher_message_decode     (PusherMessage       *message,
                                     const char          *text,
                                     gsize                length,
                                     GError             **error);
void      pusher_message_init       (PusherMessage       *message,
                                     const char          *event,
                                     const char          *channel,
                                     const char          *data,
                                     gssize               data_length,
                                     const char          *user_id);
void      pusher_message_clear      (PusherMessage       *message);
JsonNode *pusher_message_parse_data (const PusherMessage *message);
char     *pusher_message_encode     (const char          *event,
                                     const char          *channel,
                                     const char          *data_json);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PusherMessage, pusher_message_clear)

G_END_DECLS
