/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "protocol/pusher-message-private.h"

#include "base/pusher-error.h"
#include "json/pusher-json-members-private.h"
#include "message-with-data.h"

#include <string.h>

/* From a block of exactly its size, for valgrind and the address sanitizer to
 * see a read behind its end. */
static gboolean
decode (PusherMessage *message,
        const char    *text,
        gsize          length,
        GError       **error)
{
  g_autofree char *copy = g_malloc (MAX (length, 1));

  memcpy (copy, text, length);
  return pusher_message_decode (message, copy, length, error);
}

static void
assert_is_empty (const PusherMessage *message)
{
  g_assert_null (message->event);
  g_assert_null (message->channel);
  g_assert_null (message->user_id);
  g_assert_null (message->data);
  g_assert_cmpuint (message->data_length, ==, 0);
  g_assert_null (message->storage);
}

static void
assert_is_sound (const PusherMessage *message)
{
  const char *const texts[] = {
    message->event, message->channel, message->user_id, message->data,
  };

  g_assert_nonnull (message->event);
  g_assert_cmpstr (message->event, !=, "");
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i] != NULL)
      g_assert_true (g_utf8_validate (texts[i], -1, NULL));
  g_assert_cmpuint (message->data_length, ==, message->data != NULL ? strlen (message->data) : 0);
}

static const struct
{
  const char *text;
  const char *event;
  const char *channel;
  const char *data;
  const char *user_id;
} messages[] = {
  /* As servers send them */
  { "{\"event\":\"pusher:connection_established\","
    "\"data\":\"{\\\"socket_id\\\":\\\"5042.80766\\\",\\\"activity_timeout\\\":30}\"}",
    "pusher:connection_established", NULL,
    "{\"socket_id\":\"5042.80766\",\"activity_timeout\":30}" },
  { "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\","
    "\"data\":{\"type\":\"AuthError\",\"status\":401}}",
    "pusher:subscription_error", "private-a", "{\"type\":\"AuthError\",\"status\":401}" },
  { "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"pub\"}",
    "pusher_internal:subscription_succeeded", "pub" },
  { "{\"event\":\"client-hi\",\"channel\":\"presence-p\",\"data\":{\"t\":1},\"user_id\":\"u2\"}",
    "client-hi", "presence-p", "{\"t\":1}", "u2" },
  { "{\"channel\":\"c\",\"event\":\"e\",\"data\":\"not JSON\"}", "e", "c", "not JSON" },

  /* data of every type */
  { "{\"event\":\"e\",\"data\":[1, 2]}", "e", NULL, "[1, 2]" },
  { "{\"event\":\"e\",\"data\":{ \"a\" : \"\\u00e9\" }}", "e", NULL, "{ \"a\" : \"\\u00e9\" }" },
  { "{\"event\":\"e\",\"data\":-1.5e3}", "e", NULL, "-1.5e3" },
  { "{\"event\":\"e\",\"data\":true}", "e", NULL, "true" },
  { "{\"event\":\"e\",\"data\":false }", "e", NULL, "false" },
  { "{\"event\":\"e\",\"data\":null}", "e" },
  { "{\"event\":\"e\",\"data\":\"\"}", "e", NULL, "" },
  { "{\"event\":\"e\",\"data\":\"null\"}", "e", NULL, "null" },
  { "{\"event\":\"e\",\"data\":{\"a\":\"\\u0000\"}}", "e", NULL, "{\"a\":\"\\u0000\"}" },
  { "{\"event\":\"e\",\"data\":\"\\ud83d\"}", "e", NULL, "\xef\xbf\xbd" },

  /* Absent and null are the same; an id may be a number */
  { "{\"event\":\"e\",\"channel\":null,\"user_id\":null}", "e" },
  { "{\"event\":\"e\",\"channel\":\"\",\"user_id\":\"\"}", "e", "", NULL, "" },
  { "{\"event\":\"e\",\"user_id\":42}", "e", NULL, NULL, "42" },
  { "{\"event\":\"e\",\"user_id\":-1.5e3 }", "e", NULL, NULL, "-1.5e3" },
  { "{\"event\":\"e\",\"user_id\":99999999999999999999}", "e", NULL, NULL,
    "99999999999999999999" },

  /* White space, order, duplicates, escapes in names, unknown members */
  { " \r\n\t{ \"event\" : \"e\" , \"data\" : 1 } \n", "e", NULL, "1" },
  { "{\"data\":{},\"user_id\":\"u\",\"channel\":\"c\",\"event\":\"e\"}", "e", "c", "{}", "u" },
  { "{\"event\":\"first\",\"event\":\"last\"}", "last" },
  { "{\"data\":\"first\",\"event\":\"e\",\"data\":2}", "e", NULL, "2" },
  { "{\"data\":\"first\",\"event\":\"e\",\"data\":null}", "e" },
  { "{\"event\":\"\",\"event\":\"last\"}", "last" },
  { "{\"\\u0065vent\":\"e\",\"d\\u0061ta\":1}", "e", NULL, "1" },
  { "{\"x\":[{\"event\":1}],\"event\":\"e\",\"\":null,\"Event\":2,\"events\":3,\"even\":4}", "e" },
  { "{\"event\":\"\\\"\\n\xf0\x9f\x98\x80\"}", "\"\n\xf0\x9f\x98\x80" },
};

static const struct
{
  const char *text;
  const char *what; /* is wrong, for the log of a server's developer */
} faults[] = {
  { "", "byte 0: the message is not an object" },
  { "  ", "byte 2: the message is not an object" },
  { "null", "byte 0: the message is not an object" },
  { "[]", "byte 0: the message is not an object" },
  { "[{\"event\":\"e\"}]", "byte 0: the message is not an object" },
  { "\"event\"", "byte 0: the message is not an object" },
  { "42", "byte 0: the message is not an object" },
  { "\xef\xbb\xbf{\"event\":\"e\"}", "byte 0: the message is not an object" },
  { "{}", "byte 2: the message has no “event”" },
  { "{} x", "byte 3: more text after the value" },
  { "{\"data\":1}", "the message has no “event”" },
  { "{\"event\":\"\"}", "the message has no “event”" },
  { "{\"event\":1}", "byte 9: “event” is not a string" },
  { "{\"event\":null}", "byte 9: “event” is not a string" },
  { "{\"event\":[\"e\"]}", "byte 9: “event” is not a string" },
  { "{\"event\":{}}", "byte 9: “event” is not a string" },
  { "{\"event\":true}", "byte 9: “event” is not a string" },
  { "{\"event\":\"e\",\"channel\":1}", "byte 23: “channel” is not a string" },
  { "{\"event\":\"e\",\"channel\":{}}", "byte 23: “channel” is not a string" },
  { "{\"event\":\"e\",\"channel\":false}", "byte 23: “channel” is not a string" },
  { "{\"event\":\"e\",\"channel\":nope}", "byte 23: an unknown word" },
  { "{\"event\":\"e\",\"user_id\":true}", "“user_id” is neither a string nor a number" },
  { "{\"event\":\"e\",\"user_id\":{}}", "“user_id” is neither a string nor a number" },
  { "{\"event\":\"e\",\"user_id\":[]}", "“user_id” is neither a string nor a number" },
  { "{\"event\":\"e\",\"user_id\":01}", "a comma or a closing bracket was expected" },
  { "{\"event\":1,\"event\":\"e\"}", "byte 9: “event” is not a string" },
  { "{\"event\":\"e\\u0000\"}", "a string with a NUL character is not supported" },
  { "{\"event\":\"e\",\"channel\":\"\\u0000\"}", "a string with a NUL character is not supported" },
  { "{\"event\":\"e\",\"user_id\":\"\\u0000\"}", "a string with a NUL character is not supported" },
  { "{\"event\":\"e\",\"data\":}", "a value was expected" },
  { "{\"event\":\"e\",\"data\":", "a value was expected" },
  { "{\"event\":\"e\",\"data\"", "a colon was expected" },
  { "{\"event\":\"e\",\"data\":x}", "a value was expected" },
  { "{\"event\":\"e\",\"data\":\"a\xff\"}", "invalid UTF-8" },
  { "{\"event\":\"e\",\"data\":[\"a\xff\"]}", "invalid UTF-8" },
  { "{\"event\":\"e\",\"data\":[}", "a value was expected" },
  { "{\"event\":\"e\",\"x\":[}", "a value was expected" },
  { "{\"event\":\"e\",}", "byte 13: a string was expected" },
  { "{,\"event\":\"e\"}", "byte 1: a string was expected" },
  { "{\"event\":\"e\" \"data\":1}", "a comma or a closing bracket was expected" },
  { "{\"event\":\"e\"", "byte 12: a comma or a closing bracket was expected" },
  { "{\"event\":\"e\"}}", "byte 13: more text after the value" },
  { "{\"event\":\"e\"}{\"event\":\"e\"}", "byte 13: more text after the value" },
  { "{\"event\":\"e\"} // comment", "more text after the value" },
  { "{'event':'e'}", "byte 1: a string was expected" },
  { "{event:\"e\"}", "byte 1: a string was expected" },
  { "{\"event\":\"e\",\"data\":\"secret", "byte 27: the string has no end" },
};

static void
test_decode (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_auto(PusherMessage) message = { NULL };
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", messages[i].text);
      g_assert_true (decode (&message, messages[i].text, strlen (messages[i].text), &error));
      g_assert_no_error (error);
      g_assert_cmpstr (message.event, ==, messages[i].event);
      g_assert_cmpstr (message.channel, ==, messages[i].channel);
      g_assert_cmpstr (message.data, ==, messages[i].data);
      g_assert_cmpstr (message.user_id, ==, messages[i].user_id);
      assert_is_sound (&message);

      pusher_message_clear (&message);
      assert_is_empty (&message);
    }
}

static void
test_faults (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      PusherMessage message;
      g_autoptr(GError) error = NULL;

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, faults[i].what);
      g_assert_false (decode (&message, faults[i].text, strlen (faults[i].text), &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL);
      g_assert_true (g_str_has_prefix (error->message, "JSON text, byte "));
      g_assert_true (g_str_has_suffix (error->message, faults[i].what));
      g_assert_null (strstr (error->message, "secret"));
      assert_is_empty (&message);
      pusher_message_clear (&message);
    }
}

static const char sample[] =
  " {\"event\":\"client-h\\u00e9\",\"x\":[1,{\"y\":[true,null,-0.5e+7]}],"
  "\"channel\":\"presence-p\",\"user_id\":42,"
  "\"data\":\"{\\\"a\\\":\\\"h\xc3\xa9llo \xf0\x9f\x98\x80 \\ud83d\\ude00\\\"}\"}";

/* A connection may break anywhere. */
static void
test_truncated (void)
{
  g_auto(PusherMessage) message = { NULL };

  g_assert_true (decode (&message, sample, strlen (sample), NULL));
  for (gsize length = 0; length < strlen (sample); length++)
    {
      PusherMessage truncated;

      g_assert_false (decode (&truncated, sample, length, NULL));
      assert_is_empty (&truncated);
    }
}

static void
test_mutated (void)
{
  guint n_decoded = 0, n_refused = 0;

  for (gsize i = 0; i < strlen (sample); i++)
    {
      g_autofree char *text = g_strdup (sample);

      for (int byte = 0; byte <= 0xff; byte++)
        {
          PusherMessage message;
          g_autoptr(GError) error = NULL;

          text[i] = byte;
          if (decode (&message, text, strlen (sample), &error))
            {
              assert_is_sound (&message);
              n_decoded++;
            }
          else
            {
              g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL);
              assert_is_empty (&message);
              n_refused++;
            }
          pusher_message_clear (&message);
        }
    }

  g_assert_cmpuint (n_decoded, >, strlen (sample));
  g_assert_cmpuint (n_refused, >, strlen (sample) * 32);
}

/* Neither crashes nor takes long. */
static void
test_hostile (void)
{
  const gsize length = 1024 * 1024;
  static const char *const heads[] = {
    "[", "{\"event\":\"e\",\"data\":[", "{\"event\":\"e\",\"x\":{\"a\":[", "{\"event\":\"e",
    "{\"event\":\"e\",\"data\":\"\\\"", "{\"event\":\"e\",\"user_id\":1", "{\"a",
  };
  static const char fillers[] = "[{\"\\ 0a\xff";

  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    for (const char *filler = fillers; *filler != '\0'; filler++)
      {
        g_autofree char *text = g_strnfill (length, *filler);
        PusherMessage message;

        memcpy (text, heads[i], strlen (heads[i]));
        g_assert_false (decode (&message, text, length, NULL));
        assert_is_empty (&message);
      }
}

/* The limits of the protocol are not the decoder's business. */
static void
test_long_strings (void)
{
  g_autofree char *name = g_strnfill (1024 * 1024, 'e');
  g_autofree char *text =
    g_strdup_printf ("{\"%s\":\"%s\",\"event\":\"%s\",\"channel\":\"%s\",\"data\":\"%s\"}",
                     name, name, name, name, name);
  g_auto(PusherMessage) message = { NULL };

  g_assert_true (decode (&message, text, strlen (text), NULL));
  g_assert_cmpstr (message.event, ==, name);
  g_assert_cmpstr (message.channel, ==, name);
  g_assert_cmpstr (message.data, ==, name);
  g_assert_cmpuint (message.data_length, ==, 1024 * 1024);
}

static void
test_many_members (void)
{
  GString *text = g_string_new ("{\"event\":\"e\"");
  g_auto(PusherMessage) message = { NULL };

  for (int i = 0; i < 10000; i++)
    g_string_append (text, ",\"data\":\"x\",\"channel\":\"\",\"user_id\":1,\"\":[]");
  g_string_append (text, "}");

  g_assert_true (decode (&message, text->str, text->len, NULL));
  g_assert_cmpstr (message.event, ==, "e");
  g_assert_cmpstr (message.data, ==, "x");
  g_assert_cmpstr (message.channel, ==, "");
  g_assert_cmpstr (message.user_id, ==, "1");
  g_string_free (text, TRUE);
}

/* Data is data: what comes behind a NUL is there. */
static void
test_nul_in_data (void)
{
  static const char text[] =
    "{\"user_id\":\"u\",\"data\":\"a\\u0000b\",\"event\":\"e\",\"channel\":\"c\"}";
  g_auto(PusherMessage) message = { NULL };
  g_auto(PusherMessage) copy = { NULL };

  g_assert_true (decode (&message, text, strlen (text), NULL));
  g_assert_cmpmem (message.data, message.data_length, "a\0b", 3);
  g_assert_cmpint (message.data[3], ==, '\0');
  g_assert_cmpstr (message.event, ==, "e");
  g_assert_cmpstr (message.channel, ==, "c");
  g_assert_cmpstr (message.user_id, ==, "u");

  pusher_message_init (&copy, "f", message.channel, message.data, (gssize) message.data_length,
                       message.user_id);
  g_assert_cmpmem (copy.data, copy.data_length, "a\0b", 3);
  g_assert_cmpstr (copy.event, ==, "f");
  g_assert_cmpstr (copy.user_id, ==, "u");
}

static void
test_no_text (void)
{
  PusherMessage message;

  g_assert_false (pusher_message_decode (&message, NULL, 0, NULL));
  assert_is_empty (&message);
}

/* The strings are those that json-glib finds, wherever json-glib is right. */
static void
test_like_json_glib (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      g_auto(PusherMessage) message = { NULL };
      JsonObject *object;

      if (strstr (messages[i].text, "\\ud83d\"") != NULL)
        continue;

      g_assert_true (decode (&message, messages[i].text, strlen (messages[i].text), NULL));
      g_assert_true (json_parser_load_from_data (parser, messages[i].text, -1, NULL));
      object = json_node_get_object (json_parser_get_root (parser));
      g_assert_cmpstr (message.event, ==, json_object_get_string_member (object, "event"));
      g_assert_cmpstr (message.channel, ==, pusher_json_object_get_string (object, "channel"));
      if (pusher_json_object_get_string (object, "data") != NULL)
        g_assert_cmpstr (message.data, ==, pusher_json_object_get_string (object, "data"));
      if (pusher_json_object_get_string (object, "user_id") != NULL)
        g_assert_cmpstr (message.user_id, ==, pusher_json_object_get_string (object, "user_id"));
    }
}

static void
test_parse_data (void)
{
  static const char *const no_json[] = { "{\"a\":1", "", NULL };
  PusherMessage message = message_with_data ("{\"a\":1}");
  g_autoptr(JsonNode) json = pusher_message_parse_data (&message);

  g_assert_true (JSON_NODE_HOLDS_OBJECT (json));

  for (gsize i = 0; i < G_N_ELEMENTS (no_json); i++)
    {
      message = message_with_data (no_json[i]);
      g_assert_null (pusher_message_parse_data (&message));
    }
}

static void
test_encode (void)
{
  static const struct
  {
    const char *event;
    const char *channel;
    const char *data_json;
    const char *text;
  } texts[] = {
    { "pusher:ping", NULL, "{}", "{\"event\":\"pusher:ping\",\"data\":{}}" },
    { "e", NULL, NULL, "{\"event\":\"e\"}" },
    { "client-hi", "private-a", "{\"t\":1}",
      "{\"event\":\"client-hi\",\"channel\":\"private-a\",\"data\":{\"t\":1}}" },
    { "client-\"\\\n\xc3\xa9", "a", "\"text\"",
      "{\"event\":\"client-\\\"\\\\\\n\xc3\xa9\",\"channel\":\"a\",\"data\":\"text\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text =
        pusher_message_encode (texts[i].event, texts[i].channel, texts[i].data_json);
      g_auto(PusherMessage) message = { NULL };

      g_assert_cmpstr (text, ==, texts[i].text);
      g_assert_true (decode (&message, text, strlen (text), NULL));
      g_assert_cmpstr (message.event, ==, texts[i].event);
      g_assert_cmpstr (message.channel, ==, texts[i].channel);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message/decode", test_decode);
  g_test_add_func ("/message/faults", test_faults);
  g_test_add_func ("/message/truncated", test_truncated);
  g_test_add_func ("/message/mutated", test_mutated);
  g_test_add_func ("/message/hostile", test_hostile);
  g_test_add_func ("/message/long-strings", test_long_strings);
  g_test_add_func ("/message/many-members", test_many_members);
  g_test_add_func ("/message/nul-in-data", test_nul_in_data);
  g_test_add_func ("/message/no-text", test_no_text);
  g_test_add_func ("/message/like-json-glib", test_like_json_glib);
  g_test_add_func ("/message/parse-data", test_parse_data);
  g_test_add_func ("/message/encode", test_encode);

  return g_test_run ();
}
