/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "event/pusher-event-private.h"
#include "protocol/pusher-message-private.h"

#include <string.h>

static PusherEvent *
event_with_data (const char *data)
{
  return pusher_event_new ("price-changed", "prices", data, NULL);
}

static void
assert_int (PusherEvent *event,
            const char  *pointer,
            gboolean     found,
            gint64       expected)
{
  gint64 value = -1;

  g_test_message ("%s", pointer);
  g_assert_cmpint (pusher_event_lookup_int (event, pointer, &value), ==, found);
  g_assert_cmpint (value, ==, expected);
}

static void
assert_double (PusherEvent *event,
               const char  *pointer,
               gboolean     found,
               double       expected)
{
  double value = -1;

  g_test_message ("%s", pointer);
  g_assert_cmpint (pusher_event_lookup_double (event, pointer, &value), ==, found);
  g_assert_cmpmem (&value, sizeof value, &expected, sizeof expected);
}

static void
assert_boolean (PusherEvent *event,
                const char  *pointer,
                gboolean     found,
                gboolean     expected)
{
  gboolean value = -1;

  g_assert_cmpint (pusher_event_lookup_boolean (event, pointer, &value), ==, found);
  g_assert_cmpint (value, ==, expected);
}

static void
assert_lookup (PusherEvent *event,
               const char  *pointer,
               const char  *expected_json,
               const char  *expected_string)
{
  g_autofree char *json = pusher_event_lookup_json (event, pointer);
  g_autofree char *string = pusher_event_lookup_string (event, pointer);

  g_assert_cmpstr (json, ==, expected_json);
  g_assert_cmpstr (string, ==, expected_string);
}

static void
test_lookup (void)
{
  g_autoptr (PusherEvent) event =
    event_with_data ("{\"symbol\":\"PSHR\",\"price\":187.42,\"size\":100,\"open\":true,"
                     "\"halted\":false,\"note\":null,\"bids\":[[187.4,5],[187.3,10]],"
                     "\"a/b\":{\"~\":\"caf\\u00e9\"}}");

  assert_lookup (event, "/symbol", "\"PSHR\"", "PSHR");
  assert_lookup (event, "/a~1b/~0", "\"caf\\u00e9\"", "caf\xc3\xa9");
  assert_lookup (event, "/price", "187.42", NULL);
  assert_lookup (event, "/note", "null", NULL);
  assert_lookup (event, "/bids/1", "[187.3,10]", NULL);
  assert_lookup (event, "/bids/2", NULL, NULL);
  assert_lookup (event, "symbol", NULL, NULL);
  assert_lookup (event, "", pusher_event_get_data (event), NULL);

  assert_int (event, "/size", TRUE, 100);
  assert_int (event, "/bids/0/1", TRUE, 5);
  assert_int (event, "/price", FALSE, 0);
  assert_int (event, "/symbol", FALSE, 0);
  assert_int (event, "/none", FALSE, 0);
  assert_double (event, "/price", TRUE, 187.42);
  assert_double (event, "/size", TRUE, 100);
  assert_double (event, "/open", FALSE, 0);
  assert_double (event, "/none", FALSE, 0);
  assert_boolean (event, "/open", TRUE, TRUE);
  assert_boolean (event, "/halted", TRUE, FALSE);
  assert_boolean (event, "/note", FALSE, FALSE);
  assert_boolean (event, "/symbol", FALSE, FALSE);
  assert_boolean (event, "/none", FALSE, FALSE);
}

static void
test_lookup_numbers (void)
{
  g_autoptr (PusherEvent) event =
    event_with_data ("[-0, 9223372036854775807, -9223372036854775808, 9223372036854775808, "
                     "120.0, 12e1, 1.5, -3.0, 1e400, 1e18, -9223372036854775808.0, 1e-400]");

  assert_int (event, "/0", TRUE, 0);
  assert_int (event, "/1", TRUE, G_MAXINT64);
  assert_int (event, "/2", TRUE, G_MININT64);
  assert_int (event, "/3", FALSE, 0);
  assert_int (event, "/4", TRUE, 120);
  assert_int (event, "/5", TRUE, 120);
  assert_int (event, "/6", FALSE, 0);
  assert_int (event, "/7", TRUE, -3);
  assert_int (event, "/8", FALSE, 0);
  assert_int (event, "/9", TRUE, 1000000000000000000);
  assert_int (event, "/10", TRUE, G_MININT64);

  assert_double (event, "/3", TRUE, 9223372036854775808.0);
  assert_double (event, "/5", TRUE, 120);
  assert_double (event, "/6", TRUE, 1.5);
  assert_double (event, "/8", FALSE, 0);
  assert_double (event, "/11", TRUE, 0);
}

/* Nothing is found in what is not JSON, even where it begins like JSON. */
static void
test_lookup_not_json (void)
{
  const char *texts[] = { "hello", "{\"a\":1", "{\"a\":1} 2", "{\"a\":1,}", "", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PusherEvent) event = event_with_data (texts[i]);

      assert_lookup (event, "/a", NULL, NULL);
      assert_lookup (event, "", NULL, NULL);
      assert_int (event, "/a", FALSE, 0);
      assert_double (event, "/a", FALSE, 0);
      assert_boolean (event, "/a", FALSE, FALSE);
    }
}

/* What was found of one event is not taken for that of another in its place. */
static void
test_lookup_in_spare (void)
{
  const char *const texts[] = { "{\"a\":1}", "no JSON", "{\"a\":3}" };
  PusherEvent *spare = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *json = "{\"event\":\"e\"}";
      PusherMessage message;
      PusherEvent *event;

      g_assert_true (pusher_message_decode (&message, json, strlen (json), NULL));
      message.data = texts[i];
      message.data_length = strlen (texts[i]);
      event = pusher_event_new_from_spare (&spare, &message);
      assert_int (event, "/a", i != 1, i != 1 ? (gint64) i + 1 : 0);
      pusher_event_release (event, &spare);
      g_assert_nonnull (spare);
    }
  g_object_unref (spare);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-lookup/fields", test_lookup);
  g_test_add_func ("/event-lookup/numbers", test_lookup_numbers);
  g_test_add_func ("/event-lookup/not-json", test_lookup_not_json);
  g_test_add_func ("/event-lookup/in-spare", test_lookup_in_spare);

  return g_test_run ();
}
