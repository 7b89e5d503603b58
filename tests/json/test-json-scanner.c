/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json/pusher-json-scanner-private.h"

#include "json/pusher-json-parser-private.h"

#include <string.h>

static const struct
{
  const char *json;
  const char *text;
} strings[] = {
  { "\"\"", "" },
  { "\"a\"", "a" },
  { "\"0123456789abcdefghijklmnopqrstuvwxyz\"", "0123456789abcdefghijklmnopqrstuvwxyz" },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
  { "\"{\\\"socket_id\\\":\\\"5042.80766\\\"}\"", "{\"socket_id\":\"5042.80766\"}" },
  { "\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\"", "\"\"\"\"\"\"\"\"\"" },
  { "\"\\u0041\\u00e9\\u20AC\\uFFFF\"", "A\xc3\xa9\xe2\x82\xac\xef\xbf\xbf" },
  { "\"\\ud83d\\ude00\\uDBFF\\uDFFF\"", "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf" },
  { "\"h\xc3\xa9llo \xf0\x9f\x98\x80 w\xc3\xb6rld\"",
    "h\xc3\xa9llo \xf0\x9f\x98\x80 w\xc3\xb6rld" },
  { "\"\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82\"",
    "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82" },
  { "\"\x7f\"", "\x7f" },
  /* Half an emoji shows as the replacement character, whatever follows it. */
  { "\"\\ud83d\"", "\xef\xbf\xbd" },
  { "\"\\ude00\"", "\xef\xbf\xbd" },
  { "\"\\ud83d.\"", "\xef\xbf\xbd." },
  { "\"\\ud83d\\n\"", "\xef\xbf\xbd\n" },
  { "\"\\ud83d\\u0041\"", "\xef\xbf\xbd" "A" },
  { "\"\\ud83d\\ue000\"", "\xef\xbf\xbd\xee\x80\x80" },
  { "\"\\ude00\\ud83d\"", "\xef\xbf\xbd\xef\xbf\xbd" },
  { "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80" },
};

static char *
copy_string (const char *json,
             gsize       length,
             char       *destination,
             GError    **error)
{
  PusherJsonScanner scanner;
  char *behind;

  pusher_json_scanner_init (&scanner, json, length, PUSHER_ERROR_PROTOCOL);
  behind = pusher_json_scanner_copy_string (&scanner, destination, error);
  if (behind != NULL)
    g_assert_true (scanner.cursor == scanner.end);
  return behind;
}

static void
test_strings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      gsize length = strlen (strings[i].json);
      g_autofree char *json = g_memdup2 (strings[i].json, length);
      g_autofree char *text = g_malloc (length);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = NULL;
      char *behind;

      behind = copy_string (json, length, text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, strings[i].text);
      g_assert_true (behind == text + strlen (text) + 1);

      node = pusher_json_parse (json, length, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_node_get_string (node), ==, strings[i].text);
    }
}

/* The scanner reads words: each kind of character must be seen in each place. */
static void
test_string_alignment (void)
{
  static const char *const specials[][2] = {
    { "\\\"", "\"" }, { "\\\\", "\\" }, { "\xc3\xa9", "\xc3\xa9" }, { "\\u00e9", "\xc3\xa9" },
    { "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" }, { " ", " " }, { "!", "!" }, { "#", "#" },
    { "[", "[" }, { "]", "]" }, { "~", "~" }, { "\x7f", "\x7f" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (specials); i++)
    for (int before = 0; before < 20; before++)
      for (int after = 0; after < 20; after++)
        {
          g_autofree char *head = g_strnfill (before, 'h');
          g_autofree char *tail = g_strnfill (after, 't');
          g_autofree char *json = g_strconcat ("\"", head, specials[i][0], tail, "\"", NULL);
          g_autofree char *expected = g_strconcat (head, specials[i][1], tail, NULL);
          gsize length = strlen (json);
          g_autofree char *copy = g_memdup2 (json, length);
          g_autofree char *text = g_malloc (length);

          g_assert_nonnull (copy_string (copy, length, text, NULL));
          g_assert_cmpstr (text, ==, expected);
          copy[1 + before] = '\x01';
          g_assert_null (copy_string (copy, length, text, NULL));
          copy[1 + before] = '\xff';
          g_assert_null (copy_string (copy, length, text, NULL));
        }
}

/* A C string cannot hold it, so it is an error rather than a shorter string. */
static void
test_nul_character (void)
{
  g_autoptr(GError) error = NULL;
  char text[16];

  g_assert_null (copy_string ("\"a\\u0000b\"", 10, text, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==,
                   "JSON text, byte 10: a string with a NUL character is not supported");
}

/* As it is, or as a character that stands for it: where it is, how often, and what else is
 * there. */
static void
test_nul_kept (void)
{
  static const struct
  {
    const char *json;
    const char *bytes;
    gsize length;
    const char *text;
  } strings_with_nul[] = {
    { "\"\\u0000\"", "\0", 1, "\xef\xbf\xbd" },
    { "\"a\\u0000b\"", "a\0b", 3, "a\xef\xbf\xbd" "b" },
    { "\"\\u0000\\u0000x\\u0000\"", "\0\0x\0", 4,
      "\xef\xbf\xbd\xef\xbf\xbdx\xef\xbf\xbd" },
    { "\"\\n\\u0000\\u00e9\\ud83d\"", "\n\0\xc3\xa9\xef\xbf\xbd", 7,
      "\n\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd" },
    { "\"none\"", "none", 4, "none" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings_with_nul); i++)
    {
      const char *json = strings_with_nul[i].json;
      g_autofree char *copy = g_malloc (strlen (json));
      PusherJsonScanner scanner;
      char *end;

      pusher_json_scanner_init (&scanner, json, strlen (json), PUSHER_ERROR_PROTOCOL);
      end = pusher_json_scanner_copy_bytes (&scanner, copy, NULL);
      g_assert_cmpmem (copy, (gsize) (end - copy), strings_with_nul[i].bytes,
                       strings_with_nul[i].length + 1);
      g_assert_true (scanner.cursor == scanner.end);

      pusher_json_scanner_init (&scanner, json, strlen (json), PUSHER_ERROR_PROTOCOL);
      end = pusher_json_scanner_copy_text (&scanner, copy, NULL);
      g_assert_cmpstr (copy, ==, strings_with_nul[i].text);
      g_assert_true (end == copy + strlen (copy) + 1);
      g_assert_true (scanner.cursor == scanner.end);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-scanner/strings", test_strings);
  g_test_add_func ("/json-scanner/string-alignment", test_string_alignment);
  g_test_add_func ("/json-scanner/nul-character", test_nul_character);
  g_test_add_func ("/json-scanner/nul-character/kept", test_nul_kept);

  return g_test_run ();
}
