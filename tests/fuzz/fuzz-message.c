/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Feeds any bytes to the decoder of messages. */

#define _GNU_SOURCE /* memmem () */

#include "base/pusher-error.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-pointer-private.h"
#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-message-private.h"

#include "json/json-glib.h"

#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         length);

static JsonNode *
parse_with_json_glib (const char *text,
                      gsize       length)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;

  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);

  return json_parser_steal_root (parser);
}

static void
check_text (const char *text)
{
  if (text != NULL)
    g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* Data is text with NULs in it, as many at most as were escaped. */
static void
check_data (const PusherMessage *message,
            const char          *text,
            gsize                length)
{
  static const char nul[] = "\\u0000";
  const char *at = message->data;
  const char *end;

  if (message->data == NULL)
    {
      g_assert_cmpuint (message->data_length, ==, 0);
      return;
    }

  end = at + message->data_length;
  g_assert_cmpint (*end, ==, '\0');
  for (; strlen (at) < (gsize) (end - at); at += strlen (at) + 1)
    {
      const char *escaped = memmem (text, length, nul, strlen (nul));

      check_text (at);
      g_assert_nonnull (escaped);
      length -= escaped + strlen (nul) - text;
      text = escaped + strlen (nul);
    }
  check_text (at);
}

/* A string of the message is the one that json-glib reads. Anything else there
 * was null, a number (of the user), or has been kept as its text. */
static void
check_member (JsonObject *object,
              const char *name,
              const char *text)
{
  const char *theirs = pusher_json_object_get_string (object, name);

  if (theirs != NULL)
    g_assert_cmpstr (text, ==, theirs);
  else if (text != NULL)
    g_assert_true (pusher_json_validate (text, -1, NULL));
}

static void
check_against_json_glib (const PusherMessage *message,
                         const char          *text,
                         gsize                length)
{
  g_autoptr(JsonNode) node = NULL;
  JsonObject *object;

  if (!json_glib_can_judge (text, length))
    return;

  node = parse_with_json_glib (text, length);
  object = pusher_json_node_get_object (node);
  g_assert_nonnull (object);
  check_member (object, "event", message->event);
  check_member (object, "channel", message->channel);
  check_member (object, "user_id", message->user_id);
  check_member (object, "data", message->data);
}

/* But for a NUL, which no application can send. */
static void
check_round_trip (const PusherMessage *message)
{
  g_autofree char *data = message->data != NULL ? pusher_json_quote (message->data) : NULL;
  g_autofree char *text = pusher_message_encode (message->event, message->channel, data);
  g_auto(PusherMessage) again = { NULL };
  g_autoptr(GError) error = NULL;

  pusher_message_decode (&again, text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again.event, ==, message->event);
  g_assert_cmpstr (again.channel, ==, message->channel);
  g_assert_cmpstr (again.data, ==, message->data);
  g_assert_cmpuint (again.data_length, ==,
                    message->data != NULL ? strlen (message->data) : 0);
  g_assert_cmpuint (again.data_length, <=, message->data_length);
  g_assert_null (again.user_id);
}

/* As application data: what is valid can be parsed, but for numbers that a JsonNode cannot
 * hold, and is what json-glib reads. */
static void
check_parse (const char *text,
             gsize       length)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) node = pusher_json_parse (text, length, &error);
  g_autoptr(JsonNode) theirs = NULL;

  if (node == NULL)
    {
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      g_assert_true (!pusher_json_validate (text, length, NULL) ||
                     strstr (error->message, "too large") != NULL);
      return;
    }

  g_assert_true (pusher_json_validate (text, length, NULL));
  if (json_glib_can_judge (text, length))
    {
      theirs = parse_with_json_glib (text, length);
      g_assert_true (json_node_equal (node, theirs));
    }
}

/* A pointer leads to a part of the text, and to the one that a tree has there. */
static void
check_pointers (const char *text,
                gsize       length)
{
  static const char *const pointers[] = {
    "", "/event", "/data", "/0", "/data/1", "/1/event", "/data/a~1b/0",
  };
  gboolean valid = pusher_json_validate (text, length, NULL);
  g_autoptr(JsonNode) node = pusher_json_parse (text, length, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (pointers); i++)
    {
      const char *value = NULL;
      gsize value_length = 0;
      gboolean found =
        pusher_json_pointer_resolve (pointers[i], text, length, &value, &value_length);

      g_assert_true (!found || (value >= text && value + value_length <= text + length));
      g_assert_true (!valid || !found || pusher_json_validate (value, value_length, NULL));
      g_assert_true (found || !valid || i > 0);
    }

  if (node != NULL)
    {
      g_autofree char *event = pusher_json_pointer_dup_string ("/event", text, length);

      g_assert_cmpstr (event, ==,
                       pusher_json_object_get_string (pusher_json_node_get_object (node), "event"));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  const char *text = (const char *) bytes;
  g_auto(PusherMessage) message = { NULL };
  g_autoptr(GError) error = NULL;

  check_parse (text, length);
  check_pointers (text, length);

  if (!pusher_message_decode (&message, text, length, &error))
    {
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL);
      g_assert_null (message.storage);
      return 0;
    }

  g_assert_nonnull (message.event);
  g_assert_cmpstr (message.event, !=, "");
  check_text (message.event);
  check_text (message.channel);
  check_text (message.user_id);
  check_data (&message, text, length);

  check_against_json_glib (&message, text, length);
  check_round_trip (&message);
  return 0;
}
