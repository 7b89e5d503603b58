/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "words.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"

#include <string.h>

void
add_word (GString    *words,
          const char *format,
          ...)
{
  va_list arguments;

  if (words->len > 0)
    g_string_append_c (words, ' ');

  va_start (arguments, format);
  g_string_append_vprintf (words, format, arguments);
  va_end (arguments);
}

void
assert_words_full (GString    *words,
                   const char *expected,
                   const char *file,
                   int         line,
                   const char *function)
{
  g_autofree char *taken = g_strdup (words->str);

  g_string_truncate (words, 0);
  if (strcmp (taken, expected) != 0)
    g_assertion_message_cmpstr (G_LOG_DOMAIN, file, line, function, "words == expected",
                                taken, "==", expected);
}

/* Of a client of the protocol: "subscribe:a" or "ping". */
void
add_request (GString    *words,
             const char *text)
{
  g_autoptr (JsonNode) node = pusher_json_parse (text, -1, NULL);
  JsonObject *message = pusher_json_node_get_object (node);
  const char *event = pusher_json_object_get_string (message, "event");
  JsonObject *data = pusher_json_node_get_object (json_object_get_member (message, "data"));
  const char *channel = pusher_json_object_get_string (data, "channel");

  if (g_str_has_prefix (event, "client-"))
    {
      add_word (words, "%s:%s", event, pusher_json_object_get_string (message, "channel"));
      return;
    }

  g_assert_true (g_str_has_prefix (event, "pusher:"));
  event += strlen ("pusher:");

  if (channel != NULL)
    add_word (words, "%s:%s", event, channel);
  else
    add_word (words, "%s", event);
}
