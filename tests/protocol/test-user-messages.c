/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "base/pusher-error.h"
#include "protocol/pusher-message-private.h"
#include "protocol/pusher-user-messages-private.h"

#include <string.h>

/* What a server sends, whole. */
#define SUCCESS(data) "{\"event\":\"pusher:signin_success\",\"data\":" data "}"
#define WATCHLIST(data) "{\"event\":\"pusher_internal:watchlist_events\",\"data\":" data "}"

static const struct
{
  const char *text;
  const char *id;
  const char *user_data;
} signed_in[] = {
  /* user_data is text in an object; the object may be in a string as well */
  { SUCCESS ("{\"user_data\":\"{\\\"id\\\":\\\"42\\\"}\"}"), "42", "{\"id\":\"42\"}" },
  { SUCCESS ("\"{\\\"user_data\\\":\\\"{\\\\\\\"id\\\\\\\":\\\\\\\"42\\\\\\\"}\\\"}\""),
    "42", "{\"id\":\"42\"}" },
  { SUCCESS ("{\"auth\":\"k:s\",\"user_data\":\"{ \\\"id\\\": \\\"4 2\\\" , \\\"x\\\":[] }\"}"),
    "4 2", "{ \"id\": \"4 2\" , \"x\":[] }" },

  /* … or an object itself */
  { SUCCESS ("{\"user_data\":{\"id\":\"42\",\"user_info\":{\"name\":\"Al\"}}}"),
    "42", "{\"id\":\"42\",\"user_info\":{\"name\":\"Al\"}}" },
  { SUCCESS ("\"{\\\"user_data\\\":{\\\"id\\\":\\\"42\\\"}}\""), "42", "{\"id\":\"42\"}" },
  { SUCCESS ("{\"user_data\":{\"id\":\"42\",\"since\":1e20}}"),
    "42", "{\"id\":\"42\",\"since\":1e+20}" },
};

/* An id is a string that is not empty (protocol, "Users"). */
static const char *const no_user[] = {
  SUCCESS ("{\"user_data\":\"{\\\"id\\\":42}\"}"),
  SUCCESS ("{\"user_data\":{\"id\":42}}"),
  SUCCESS ("{\"user_data\":\"{\\\"id\\\":\\\"\\\"}\"}"),
  SUCCESS ("{\"user_data\":\"{\\\"id\\\":null}\"}"),
  SUCCESS ("{\"user_data\":\"{\\\"user_id\\\":\\\"42\\\"}\"}"),
  SUCCESS ("{\"user_data\":\"42\"}"),
  SUCCESS ("{\"user_data\":\"[]\"}"),
  SUCCESS ("{\"user_data\":\"{\\\"id\\\":\\\"42\\\"\"}"),
  SUCCESS ("{\"user_data\":\"\"}"),
  SUCCESS ("{\"user_data\":42}"),
  SUCCESS ("{\"user_data\":null}"),
  SUCCESS ("{\"user_data\":[{\"id\":\"42\"}]}"),
  SUCCESS ("{\"id\":\"42\"}"),
  SUCCESS ("{}"),
  SUCCESS ("[]"),
  SUCCESS ("\"42\""),
  SUCCESS ("\"\""),
  SUCCESS ("null"),
  "{\"event\":\"pusher:signin_success\"}",
};

static const struct
{
  const char *text;
  const char *events; /* "name:id name:id" */
} watchlists[] = {
  { WATCHLIST ("\"{\\\"events\\\":[{\\\"name\\\":\\\"online\\\","
               "\\\"user_ids\\\":[\\\"43\\\"]}]}\""),
    "online:43" },
  { WATCHLIST ("{\"events\":[{\"name\":\"online\",\"user_ids\":[\"43\",\"44\"]},"
               "{\"name\":\"offline\",\"user_ids\":[\"45\"]}]}"),
    "online:43,44 offline:45" },

  /* Numbers as ids, and what is no id */
  { WATCHLIST ("{\"events\":[{\"name\":\"online\",\"user_ids\":[43,\"44\",null,\"\",{},true]}]}"),
    "online:43,44" },

  /* Names that may come one day */
  { WATCHLIST ("{\"events\":[{\"name\":\"away\",\"user_ids\":[\"1\"]}]}"), "away:1" },

  /* Nothing, and garbage between what is sound */
  { WATCHLIST ("{\"events\":[]}"), "" },
  { WATCHLIST ("{\"events\":[{\"name\":\"online\",\"user_ids\":[]}]}"), "online:" },
  { WATCHLIST ("{\"events\":[null,1,\"online\",[],{},{\"name\":\"online\"},"
               "{\"user_ids\":[\"1\"]},{\"name\":5,\"user_ids\":[\"2\"]},"
               "{\"name\":\"online\",\"user_ids\":\"3\"},"
               "{\"name\":\"offline\",\"user_ids\":[\"4\"]}]}"),
    "offline:4" },
  { WATCHLIST ("{\"events\":{\"name\":\"online\",\"user_ids\":[\"1\"]}}"), "" },
  { WATCHLIST ("{}"), "" },
  { WATCHLIST ("[]"), "" },
  { WATCHLIST ("\"online\""), "" },
  { WATCHLIST ("null"), "" },
  { "{\"event\":\"pusher_internal:watchlist_events\"}", "" },
};

static void
decode (PusherMessage *message,
        const char    *text)
{
  g_autoptr (GError) error = NULL;

  pusher_message_decode (message, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
test_encode (void)
{
  g_autofree char *text = pusher_sign_in_encode ("k:s", "{\"id\":\"a \\\"b\\\"\"}");

  g_assert_cmpstr (text, ==,
                   "{\"event\":\"pusher:signin\",\"data\":{\"auth\":\"k:s\","
                   "\"user_data\":\"{\\\"id\\\":\\\"a \\\\\\\"b\\\\\\\"\\\"}\"}}");
}

static void
test_signed_in (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (signed_in); i++)
    {
      g_auto (PusherMessage) message = { 0 };
      g_autofree char *id = NULL;
      g_autofree char *user_data = NULL;
      g_autoptr (GError) error = NULL;

      decode (&message, signed_in[i].text);
      pusher_sign_in_parse (&message, &id, &user_data, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (id, ==, signed_in[i].id);
      g_assert_cmpstr (user_data, ==, signed_in[i].user_data);
    }
}

static void
test_no_user (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (no_user); i++)
    {
      g_auto (PusherMessage) message = { 0 };
      char *id = NULL, *user_data = NULL;
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", no_user[i]);
      decode (&message, no_user[i]);
      g_assert_false (pusher_sign_in_parse (&message, &id, &user_data, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL);
      g_assert_null (id);
      g_assert_null (user_data);
    }
}

static void
add_event (GString                    *events,
           const PusherWatchlistEvent *event)
{
  g_autofree char *ids = g_strjoinv (",", event->user_ids);

  if (events->len > 0)
    g_string_append_c (events, ' ');
  g_string_append_printf (events, "%s:%s", event->name, ids);
}

static void
test_watchlist (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (watchlists); i++)
    {
      g_auto (PusherMessage) message = { 0 };
      g_autoptr (GPtrArray) events = NULL;
      g_autoptr (GString) text = g_string_new (NULL);

      decode (&message, watchlists[i].text);
      events = pusher_watchlist_parse (&message);
      for (guint j = 0; j < events->len; j++)
        add_event (text, events->pdata[j]);
      g_assert_cmpstr (text->str, ==, watchlists[i].events);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/user-messages/encode", test_encode);
  g_test_add_func ("/user-messages/signed-in", test_signed_in);
  g_test_add_func ("/user-messages/no-user", test_no_user);
  g_test_add_func ("/user-messages/watchlist", test_watchlist);

  return g_test_run ();
}
