/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "protocol/pusher-presence-messages-private.h"

#include "message-with-data.h"

#include <string.h>

/* The data of a message, as the server sends it, and the members of the channel by
 * it: "id=info id=info", without "=info" where there is none. */
static const struct
{
  const char *data;
  const char *members;
} snapshots[] = {
  { "{\"presence\":{\"ids\":[\"u1\",\"u2\"],"
    "\"hash\":{\"u1\":{\"name\":\"Al\"},\"u2\":{\"name\":\"Bo\"}},\"count\":2}}",
    "u1={\"name\":\"Al\"} u2={\"name\":\"Bo\"}" },

  /* The order is that of the ids */
  { "{\"presence\":{\"ids\":[\"b\",\"a\"],\"hash\":{\"a\":1,\"b\":2}}}", "b=2 a=1" },

  /* No member; some servers write an empty object as an array */
  { "{\"presence\":{\"ids\":[],\"hash\":{},\"count\":0}}", "" },
  { "{\"presence\":{\"ids\":[],\"hash\":[],\"count\":0}}", "" },

  /* No user_info */
  { "{\"presence\":{\"ids\":[\"a\",\"b\"],\"hash\":{\"a\":null,\"b\":{}}}}", "a=null b={}" },
  { "{\"presence\":{\"ids\":[\"a\"],\"hash\":{}}}", "a" },

  /* Numbers as ids */
  { "{\"presence\":{\"ids\":[7,-8,9223372036854775807,1.5],"
    "\"hash\":{\"7\":{\"n\":1},\"-8\":2,\"9223372036854775807\":3,\"1.5\":4}}}",
    "7={\"n\":1} -8=2 9223372036854775807=3 1.5=4" },
  { "{\"presence\":{\"ids\":[7,0.5],\"hash\":{}}}", "7 0.5" },
  { "{\"presence\":{\"ids\":[7,\"7\"],\"hash\":{\"7\":1}}}", "7=1" },

  /* What is no id */
  { "{\"presence\":{\"ids\":[null,true,[],{},\"\",\"a\"],\"hash\":{\"a\":1,\"\":2}}}", "a=1" },
  { "{\"presence\":{\"ids\":[null],\"hash\":{}}}", "" },

  /* The two disagree: no member is hidden, and none is there twice */
  { "{\"presence\":{\"ids\":[\"a\",\"b\"],\"hash\":{\"b\":2,\"c\":3}}}", "a b=2 c=3" },
  { "{\"presence\":{\"ids\":[\"a\",\"a\"],\"hash\":{\"a\":1,\"a\":2}}}", "a=2" },
  { "{\"presence\":{\"hash\":{\"z\":1,\"y\":2}}}", "z=1 y=2" },
  { "{\"presence\":{\"ids\":[\"a\"]}}", "a" },
  { "{\"presence\":{\"ids\":\"a\",\"hash\":{\"b\":1}}}", "b=1" },

  /* An array for an object: the ids are 0 and what follows */
  { "{\"presence\":{\"ids\":[0,1],\"hash\":[{\"name\":\"Al\"},null],\"count\":2}}",
    "0={\"name\":\"Al\"} 1=null" },
  { "{\"presence\":{\"ids\":[\"1\",\"0\"],\"hash\":[2,3]}}", "1=3 0=2" },
  { "{\"presence\":{\"hash\":[2,3]}}", "0=2 1=3" },
  { "{\"presence\":{\"ids\":[\"a\"],\"hash\":[{\"name\":\"Al\"}]}}", "a 0={\"name\":\"Al\"}" },

  /* Names that look like others */
  { "{\"presence\":{\"ids\":[\"a b\",\"\xc3\xa9\",\"__proto__\"],\"hash\":{\"\xc3\xa9\":0}}}",
    "a b \xc3\xa9=0 __proto__" },

  /* No list at all, which is not the same as an empty one */
  { "{\"presence\":{}}", NULL },
  { "{\"presence\":null}", NULL },
  { "{\"presence\":[\"a\"]}", NULL },
  { "{\"ids\":[\"a\"]}", NULL },
  { "{}", NULL },
  { "[]", NULL },
  { "null", NULL },
  { "{\"presence\":{\"ids\":[\"a\"]}", NULL },
  { "hello", NULL },
  { "", NULL },
  { NULL, NULL },
};

static const struct
{
  const char *data;
  const char *member; /* NULL: none */
} members[] = {
  { "{\"user_id\":\"u2\",\"user_info\":{\"name\":\"Bo\"}}", "u2={\"name\":\"Bo\"}" },
  { "{\"user_id\":\"u2\"}", "u2" },
  { "{\"user_id\":\"u2\",\"user_info\":null}", "u2=null" },
  { "{\"user_id\":2,\"user_info\":\"text\"}", "2=\"text\"" },
  { "{\"user_id\":null}", NULL },
  { "{\"user_id\":\"\"}", NULL },
  { "{\"user_id\":{}}", NULL },
  { "{\"user_id\":false}", NULL },
  { "{\"user_info\":{}}", NULL },
  { "[\"u2\"]", NULL },
  { "\"u2\"", NULL },
  { "u2", NULL },
  { "", NULL },
  { NULL, NULL },
};

static void
append_entry (GString                   *text,
              const PusherPresenceEntry *entry)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, entry->id);

  if (entry->info != NULL)
    {
      g_autofree char *info = json_to_string (entry->info, FALSE);

      g_string_append_printf (text, "=%s", info);
    }
}

static char *
describe (const PusherMessage *message)
{
  g_autoptr (GPtrArray) entries = pusher_presence_parse_snapshot (message);
  GString *text;

  if (entries == NULL)
    return NULL;

  text = g_string_new (NULL);
  for (guint i = 0; i < entries->len; i++)
    append_entry (text, entries->pdata[i]);

  return g_string_free (text, FALSE);
}

static void
test_snapshot (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (snapshots); i++)
    {
      PusherMessage message = message_with_data (snapshots[i].data);
      g_autofree char *text = describe (&message);

      g_assert_cmpstr (text, ==, snapshots[i].members);
    }
}

/* Most servers put the JSON into a string, not all of them do. */
static void
test_encodings (void)
{
  static const char *const texts[] = {
    "{\"event\":\"e\",\"channel\":\"presence-a\","
    "\"data\":\"{\\\"presence\\\":{\\\"ids\\\":[\\\"a\\\",2],\\\"hash\\\":{\\\"a\\\":1}}}\"}",
    "{\"event\":\"e\",\"channel\":\"presence-a\","
    "\"data\":{\"presence\":{\"ids\":[\"a\",2],\"hash\":{\"a\":1}}}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (PusherMessage) message = { 0 };
      g_autofree char *text = NULL;

      g_assert_true (pusher_message_decode (&message, texts[i], strlen (texts[i]), NULL));
      text = describe (&message);
      g_assert_cmpstr (text, ==, "a=1 2");
    }
}

/* Each with an info of its own, half of them with numbers as their ids. */
static void
test_large_snapshot (void)
{
  const guint n_members = 10000;
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) hash = g_string_new (NULL);
  g_autofree char *data = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  PusherMessage message;

  for (guint i = 0; i < n_members; i++)
    {
      const char *comma = i > 0 ? "," : "";

      if (i % 2 == 0)
        g_string_append_printf (ids, "%s%u", comma, i);
      else
        g_string_append_printf (ids, "%s\"%u\"", comma, i);
      g_string_append_printf (hash, "%s\"%u\":{\"name\":\"User %u\"}", comma, i, i);
    }
  data = g_strdup_printf ("{\"presence\":{\"ids\":[%s],\"hash\":{%s},\"count\":%u}}",
                          ids->str, hash->str, n_members);

  message = message_with_data (data);
  entries = pusher_presence_parse_snapshot (&message);
  g_assert_cmpint (entries->len, ==, n_members);
  for (guint i = 0; i < n_members; i++)
    {
      const PusherPresenceEntry *entry = entries->pdata[i];
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autofree char *name = g_strdup_printf ("User %u", i);

      g_assert_cmpstr (entry->id, ==, id);
      g_assert_cmpstr (json_object_get_string_member (json_node_get_object (entry->info), "name"),
                       ==, name);
    }
}

static void
test_member (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      PusherMessage message = message_with_data (members[i].data);
      g_autoptr (PusherPresenceEntry) entry = pusher_presence_parse_member (&message);
      g_autoptr (GString) text = g_string_new (NULL);

      if (entry != NULL)
        append_entry (text, entry);
      g_assert_cmpstr (entry != NULL ? text->str : NULL, ==, members[i].member);
    }
}

/* What an authorizer gives as channel_data. */
static void
test_user_id (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *id =
        members[i].data != NULL ? pusher_presence_parse_user_id (members[i].data) : NULL;
      g_autofree char *expected =
        members[i].member != NULL
          ? g_strndup (members[i].member, strcspn (members[i].member, "="))
          : NULL;

      g_assert_cmpstr (id, ==, expected);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/presence-messages/snapshot", test_snapshot);
  g_test_add_func ("/presence-messages/encodings", test_encodings);
  g_test_add_func ("/presence-messages/large-snapshot", test_large_snapshot);
  g_test_add_func ("/presence-messages/member", test_member);
  g_test_add_func ("/presence-messages/user-id", test_user_id);

  return g_test_run ();
}
