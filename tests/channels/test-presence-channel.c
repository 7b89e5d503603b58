/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Presence channels: who is there. */

#include "channels/pusher-channel-receive-private.h"
#include "connection/pusher-connection-status-private.h"
#include "fixture.h"

#include <string.h>

#define CHANNEL "presence-p"
#define ME "{\"user_id\":\"1\",\"user_info\":{\"name\":\"Al\"}}"
#define MANY 10000

#define SNAPSHOT(presence)                                                              \
  "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"" CHANNEL "\"," \
  "\"data\":{\"presence\":" presence "}}"
#define MEMBER(event, data)                                            \
  "{\"event\":\"pusher_internal:member_" event "\",\"channel\":\"" CHANNEL "\"," \
  "\"data\":" data "}"

static PusherPresenceChannel *
subscribe (Fixture *fixture)
{
  PusherChannel *channel = fixture_ask_for (fixture, CHANNEL);

  g_assert_true (PUSHER_IS_PRESENCE_CHANNEL (channel));

  return PUSHER_PRESENCE_CHANNEL (channel);
}

/* Somebody else, until the client is freed. */
static PusherClient *
join (Fixture    *fixture,
      const char *channel_data)
{
  PusherClient *client = fixture_new_client (fixture);

  fixture_join (fixture, client, CHANNEL, channel_data);

  return client;
}

static guint
count_members (PusherPresenceChannel *channel)
{
  return g_list_model_get_n_items (pusher_presence_channel_get_members (channel));
}

/* "1 2", in the order of the list, which agrees with the look-up. */
static void
assert_members (PusherPresenceChannel *channel,
                const char            *expected)
{
  GListModel *members = pusher_presence_channel_get_members (channel);
  g_autoptr (GString) ids = g_string_new (NULL);

  g_assert_true (g_list_model_get_item_type (members) == PUSHER_TYPE_MEMBER);
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (PusherMember) member = g_list_model_get_item (members, i);
      const char *id = pusher_member_get_id (member);

      g_assert_true (pusher_presence_channel_get_member (channel, id) == member);
      add_word (ids, "%s", id);
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static const char *
get_info (PusherPresenceChannel *channel,
          const char            *id)
{
  return pusher_member_get_info (pusher_presence_channel_get_member (channel, id));
}

static const char *
get_name (PusherPresenceChannel *channel,
          const char            *id)
{
  return pusher_member_get_name (pusher_presence_channel_get_member (channel, id));
}

/* --- What the channel tells ---------------------------------------------- */

static void
member_added_cb (PusherPresenceChannel *channel,
                 PusherMember          *member,
                 Fixture               *fixture)
{
  const char *id = pusher_member_get_id (member);

  g_assert_true (pusher_presence_channel_get_member (channel, id) == member);
  add_word (fixture->log, "added:%s", id);
}

static void
member_removed_cb (PusherPresenceChannel *channel,
                   PusherMember          *member,
                   Fixture               *fixture)
{
  const char *id = pusher_member_get_id (member);

  g_assert_null (pusher_presence_channel_get_member (channel, id));
  add_word (fixture->log, "removed:%s", id);
}

static void
member_changed_cb (PusherPresenceChannel *channel,
                   PusherMember          *member,
                   Fixture               *fixture)
{
  add_word (fixture->log, "changed:%s=%s", pusher_member_get_id (member),
            pusher_member_get_info (member));
}

static void
items_changed_cb (GListModel *members,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Fixture    *fixture)
{
  add_word (fixture->log, "items:%u-%u+%u", position, removed, added);
}

static void
me_cb (PusherPresenceChannel *channel,
       GParamSpec            *pspec,
       Fixture               *fixture)
{
  PusherMember *me = pusher_presence_channel_get_me (channel);

  add_word (fixture->log, "me:%s", me != NULL ? pusher_member_get_id (me) : "-");
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Fixture       *fixture)
{
  add_word (fixture->log, "%s", pusher_event_get_name (event));
}

static void
record (Fixture               *fixture,
        PusherPresenceChannel *channel)
{
  GListModel *members = pusher_presence_channel_get_members (channel);

  g_signal_connect (channel, "member-added", G_CALLBACK (member_added_cb), fixture);
  g_signal_connect (channel, "member-removed", G_CALLBACK (member_removed_cb), fixture);
  g_signal_connect (channel, "member-changed", G_CALLBACK (member_changed_cb), fixture);
  g_signal_connect (channel, "notify::me", G_CALLBACK (me_cb), fixture);
  g_signal_connect (channel, "event", G_CALLBACK (event_cb), fixture);
  g_signal_connect (members, "items-changed", G_CALLBACK (items_changed_cb), fixture);
  g_string_truncate (fixture->log, 0);
}

/* The server holds back its answer, so that the test gives one. */
static void
answer (Fixture    *fixture,
        const char *text)
{
  PusherChannel *channel = pusher_client_get_channel (fixture->client, CHANNEL);

  wait_until (fixture->sent->len > 0);
  g_string_truncate (fixture->sent, 0);
  pusher_test_faults_send_text (fixture->faults, NULL, text);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

static PusherPresenceChannel *
subscribe_to_script (Fixture    *fixture,
                     const char *channel_data,
                     const char *snapshot)
{
  PusherPresenceChannel *channel;

  fixture_use_secret (fixture, fixture->client, channel_data);
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  fixture_connect (fixture);
  channel = subscribe (fixture);
  record (fixture, channel);
  answer (fixture, snapshot);

  return channel;
}

static void
tell (Fixture    *fixture,
      const char *text)
{
  pusher_test_faults_send_text (fixture->faults, NULL, text);
  fixture_sync (fixture);
}

/* --- Members ------------------------------------------------------------- */

static void
test_members (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autoptr (PusherClient) other G_GNUC_UNUSED =
    join (fixture, "{\"user_id\":\"2\",\"user_info\":{\"n\":2}}");
  g_autoptr (PusherMember) member = NULL;
  g_autoptr (GListModel) members = NULL;
  g_auto (GStrv) listed = NULL;
  PusherPresenceChannel *channel;
  PusherClient *third;

  fixture_use_secret (fixture, fixture->client, ME);
  channel = subscribe (fixture);
  assert_members (channel, "");
  g_assert_null (pusher_presence_channel_get_me (channel));
  fixture_connect (fixture);
  record (fixture, channel);
  fixture_subscribe (fixture, CHANNEL);

  /* Those who were there before did not join */
  fixture_assert_log (fixture, "items:0-0+2 me:1 pusher:subscription_succeeded");
  assert_members (channel, "2 1");
  g_assert_cmpstr (get_info (channel, "1"), ==, "{\"name\":\"Al\"}");
  g_assert_cmpstr (get_info (channel, "2"), ==, "{\"n\":2}");
  g_object_get (channel, "members", &members, "me", &member, NULL);
  g_assert_true (members == pusher_presence_channel_get_members (channel));
  g_assert_true (member == pusher_presence_channel_get_me (channel));
  g_assert_true (member == pusher_presence_channel_get_member (channel, "1"));
  g_assert_null (pusher_presence_channel_get_member (channel, "3"));
  g_assert_null (pusher_presence_channel_get_member (channel, ""));

  third = join (fixture, "{\"user_id\":\"3\"}");
  fixture_sync (fixture);
  fixture_assert_log (fixture, "items:2-0+1 added:3 pusher:member_added");
  assert_members (channel, "2 1 3");
  g_assert_null (get_info (channel, "3"));
  listed = pusher_test_server_list_members (fixture->server, CHANNEL);
  g_assert_cmpuint (g_strv_length (listed), ==, 3);

  g_set_object (&member, pusher_presence_channel_get_member (channel, "3"));
  g_object_unref (third);
  wait_until (count_members (channel) == 2);
  fixture_assert_log (fixture, "items:2-1+0 removed:3 pusher:member_removed");
  assert_members (channel, "2 1");
  g_assert_cmpstr (pusher_member_get_id (member), ==, "3");
}

static void
test_changes (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherPresenceChannel *channel = subscribe_to_script (
    fixture, ME,
    SNAPSHOT ("{\"ids\":[\"1\",\"2\"],\"hash\":{\"1\":{\"a\":1},\"2\":null},\"count\":2}"));
  PusherMember *second = pusher_presence_channel_get_member (channel, "2");

  g_string_truncate (fixture->log, 0);

  /* As text in a string, and as it is */
  tell (fixture, MEMBER ("added", "\"{\\\"user_id\\\":\\\"2\\\",\\\"user_info\\\":{\\\"b\\\":1}}\""));
  fixture_assert_log (fixture, "changed:2={\"b\":1}");
  tell (fixture, MEMBER ("added", "{\"user_id\":\"2\",\"user_info\":{\"b\":2}}"));
  fixture_assert_log (fixture, "changed:2={\"b\":2}");
  tell (fixture, MEMBER ("added", "{\"user_id\":\"2\",\"user_info\":{\"b\":2}}"));
  fixture_assert_log (fixture, "");
  g_assert_true (pusher_presence_channel_get_member (channel, "2") == second);
  tell (fixture, MEMBER ("added", "{\"user_id\":\"2\"}"));
  fixture_assert_log (fixture, "changed:2=(null)");

  /* Who is not there cannot leave, nor can the client itself while it is subscribed */
  tell (fixture, MEMBER ("removed", "{\"user_id\":\"3\"}"));
  tell (fixture, MEMBER ("removed", "{\"user_id\":\"1\"}"));
  fixture_assert_log (fixture, "");
  tell (fixture, MEMBER ("removed", "{\"user_id\":\"2\"}"));
  fixture_assert_log (fixture, "items:1-1+0 removed:2 pusher:member_removed");
  assert_members (channel, "1");
}

static void
hear (gpointer    channel,
      const char *text)
{
  g_auto (PusherMessage) message = { NULL };

  g_assert_true (pusher_message_decode (&message, text, strlen (text), NULL));
  pusher_channel_receive (channel, &message);
}

static void
tell_once_cb (PusherPresenceChannel *channel,
              PusherMember          *member,
              Fixture               *fixture)
{
  g_signal_handlers_disconnect_by_func (channel, tell_once_cb, fixture);
  hear (channel, SNAPSHOT ("{\"ids\":[\"1\",\"4\"]}"));
}

/* A second list comes while handlers are told of the first, one of which may run the main
 * loop. */
static void
test_list_while_telling (Fixture      *fixture,
                         gconstpointer user_data)
{
  PusherPresenceChannel *channel =
    subscribe_to_script (fixture, ME, SNAPSHOT ("{\"ids\":[\"1\",\"2\",\"3\"]}"));

  g_signal_connect (channel, "member-removed", G_CALLBACK (tell_once_cb), fixture);
  record (fixture, channel);
  tell (fixture,
        SNAPSHOT ("{\"ids\":[\"1\",\"3\",\"4\",\"5\"],\"hash\":{\"3\":{\"a\":1}}}"));
  assert_members (channel, "1 4");
  g_assert_nonnull (strstr (fixture->log->str, "removed:3 removed:5"));
  g_assert_nonnull (strstr (fixture->log->str, "added:4"));
  g_assert_null (strstr (fixture->log->str, "added:5"));
  g_assert_null (strstr (fixture->log->str, "changed:3"));
}

static void
hear_once_cb (GListModel *members,
              guint       position,
              guint       n_removed,
              guint       n_added,
              const char *text)
{
  g_signal_handlers_disconnect_by_func (members, hear_once_cb, (gpointer) text);
  hear (g_object_get_data (G_OBJECT (members), "channel"), text);
}

static const struct
{
  const char *path;
  const char *text;
  const char *log;
  const char *members;
} while_changing[] = {
  { "/presence-channel/while-changing/list", SNAPSHOT ("{\"ids\":[\"1\",\"3\",\"5\"]}"),
    "items:1-1+0 items:2-0+1 added:5 removed:2", "1 3 5" },
  { "/presence-channel/while-changing/comes-back", MEMBER ("added", "{\"user_id\":\"3\"}"),
    "items:1-1+0 items:2-0+1 removed:2 added:4", "1 3 4" },
  { "/presence-channel/while-changing/does-not-come", MEMBER ("removed", "{\"user_id\":\"4\"}"),
    "items:1-1+0 items:1-1+0 removed:2 removed:3", "1" },
};

/* More comes while the list still changes by a list of the server. */
static void
test_while_changing (Fixture      *fixture,
                     gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  PusherPresenceChannel *channel =
    subscribe_to_script (fixture, ME, SNAPSHOT ("{\"ids\":[\"1\",\"2\",\"3\"]}"));
  GListModel *members = pusher_presence_channel_get_members (channel);

  g_object_set_data (G_OBJECT (members), "channel", channel);
  g_signal_connect (members, "items-changed", G_CALLBACK (hear_once_cb),
                    (gpointer) while_changing[i].text);
  g_string_truncate (fixture->log, 0);
  tell (fixture, SNAPSHOT ("{\"ids\":[\"1\",\"4\"]}"));
  fixture_assert_log (fixture, while_changing[i].log);
  assert_members (channel, while_changing[i].members);
}

/* The server accepts who was sent while somebody else waits to be sent, as it has said that
 * there were too many messages. */
static void
test_late_answer (Fixture      *fixture,
                  gconstpointer user_data)
{
  PusherPresenceChannel *channel;

  fixture_use_secret (fixture, fixture->client, ME);
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  fixture_connect (fixture);
  channel = PUSHER_PRESENCE_CHANNEL (fixture_ask_for (fixture, CHANNEL));
  fixture_sync (fixture);
  fixture_advance (fixture, SECONDS (30));
  g_assert_cmpint (pusher_channel_get_state (PUSHER_CHANNEL (channel)), ==,
                   PUSHER_CHANNEL_STATE_FAILED);

  fixture_ask_for (fixture, "b");
  tell (fixture, "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,\"message\":\"so\"}}");
  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"2\"}");
  g_string_truncate (fixture->sent, 0);
  g_assert_true (pusher_channel_resubscribe (PUSHER_CHANNEL (channel), NULL));
  fixture_sync (fixture);
  g_assert_null (strstr (fixture->sent->str, CHANNEL));
  tell (fixture, SNAPSHOT ("{\"ids\":[\"1\"]}"));
  g_assert_cmpstr (pusher_member_get_id (pusher_presence_channel_get_me (channel)), ==, "1");
}

/* The list of the server need not have the client yet. */
static void
test_late_me (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherPresenceChannel *channel =
    subscribe_to_script (fixture, ME, SNAPSHOT ("{\"ids\":[\"2\"]}"));

  g_assert_null (pusher_presence_channel_get_me (channel));
  g_string_truncate (fixture->log, 0);
  tell (fixture, MEMBER ("added", "{\"user_id\":\"1\"}"));
  fixture_assert_log (fixture, "items:1-0+1 me:1 added:1 pusher:member_added");
  assert_members (channel, "2 1");
}

/* Reverb tells who left last, also if that is who has just come back. */
static void
test_cached_leaver (Fixture      *fixture,
                    gconstpointer user_data)
{
  const char *name = "presence-cache-p";
  g_autoptr (PusherClient) other G_GNUC_UNUSED = fixture_new_client (fixture);
  PusherPresenceChannel *channel;

  pusher_test_server_set_flavor (fixture->server, PUSHER_TEST_FLAVOR_REVERB);
  fixture_join (fixture, other, name, "{\"user_id\":\"2\",\"user_info\":{}}");
  fixture_use_secret (fixture, fixture->client, ME);
  fixture_connect (fixture);
  fixture_subscribe (fixture, name);
  pusher_client_unsubscribe (fixture->client, name);

  channel = PUSHER_PRESENCE_CHANNEL (fixture_ask_for (fixture, name));
  record (fixture, channel);
  fixture_subscribe (fixture, name);
  fixture_sync (fixture);
  fixture_assert_log (fixture, "items:0-0+2 me:1 pusher:subscription_succeeded");
  assert_members (channel, "2 1");
  g_assert_nonnull (pusher_presence_channel_get_me (channel));
}

/* Numbers become text, which is the same id as the text. */
static void
test_numeric_ids (Fixture      *fixture,
                  gconstpointer user_data)
{
  PusherPresenceChannel *channel = subscribe_to_script (
    fixture, "{\"user_id\":1}",
    SNAPSHOT ("{\"ids\":[1,2,\"2\"],\"hash\":{\"1\":{\"n\":1},\"2\":{\"n\":2}},\"count\":2}"));

  assert_members (channel, "1 2");
  g_assert_cmpstr (get_info (channel, "2"), ==, "{\"n\":2}");
  g_assert_cmpstr (pusher_member_get_id (pusher_presence_channel_get_me (channel)), ==, "1");

  g_string_truncate (fixture->log, 0);
  tell (fixture, MEMBER ("removed", "{\"user_id\":2}"));
  tell (fixture, MEMBER ("added", "{\"user_id\":9007199254740993}"));
  fixture_assert_log (fixture, "items:1-1+0 removed:2 pusher:member_removed "
                               "items:1-0+1 added:9007199254740993 pusher:member_added");
}

/* The same with the server's own numbers. */
static void
test_numeric_id_of_server (Fixture      *fixture,
                           gconstpointer user_data)
{
  PusherPresenceChannel *channel;

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":77}");
  fixture_connect (fixture);
  channel = PUSHER_PRESENCE_CHANNEL (fixture_subscribe (fixture, CHANNEL));
  assert_members (channel, "77");
  g_assert_nonnull (pusher_presence_channel_get_me (channel));
  g_assert_null (pusher_member_get_info (pusher_presence_channel_get_me (channel)));
}

/* A server that disagrees with itself hides nobody. */
static void
test_odd_snapshots (Fixture      *fixture,
                    gconstpointer user_data)
{
  static const struct
  {
    const char *text;
    const char *members;
  } snapshots[] = {
    { SNAPSHOT ("{\"ids\":[\"1\",null,\"\",\"2\"],\"hash\":{\"3\":{},\"1\":{}},\"count\":9}"), "1 2 3" },
    { SNAPSHOT ("{\"ids\":[\"1\",\"1\"]}"), "1" },
    { SNAPSHOT ("{\"hash\":{\"2\":{},\"1\":{}}}"), "1 2" },

    /* No list is not an empty one: who was there stays */
    { SNAPSHOT ("{\"ids\":{},\"hash\":0}"), "1 2" },
    { SNAPSHOT ("null"), "1 2" },
    { "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"" CHANNEL "\"}", "1 2" },
  };
  PusherPresenceChannel *channel = subscribe_to_script (fixture, ME, SNAPSHOT ("{\"ids\":[]}"));

  for (guint i = 0; i < G_N_ELEMENTS (snapshots); i++)
    {
      g_auto (GStrv) expected = g_strsplit (snapshots[i].members, " ", -1);

      fixture_lose (fixture);
      g_string_truncate (fixture->sent, 0);
      fixture_retry (fixture);
      answer (fixture, snapshots[i].text);
      g_test_message ("%u", i);
      g_assert_cmpuint (count_members (channel), ==, g_strv_length (expected));
      for (guint j = 0; expected[j] != NULL; j++)
        g_assert_nonnull (pusher_presence_channel_get_member (channel, expected[j]));
      g_assert_true (pusher_presence_channel_get_me (channel) ==
                     pusher_presence_channel_get_member (channel, "1"));
    }
}

static void
protocol_error_cb (PusherChannel *channel,
                   const GError  *error,
                   guint         *n_errors)
{
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL);
  (*n_errors)++;
}

static void
test_member_without_id (Fixture      *fixture,
                        gconstpointer user_data)
{
  static const char *const texts[] = {
    MEMBER ("added", "{}"),
    MEMBER ("added", "{\"user_id\":null}"),
    MEMBER ("added", "{\"user_id\":\"\"}"),
    MEMBER ("added", "{\"user_id\":[1]}"),
    MEMBER ("removed", "\"text\""),
    MEMBER ("removed", "null"),
  };
  PusherPresenceChannel *channel = subscribe_to_script (fixture, ME, SNAPSHOT ("{\"ids\":[\"1\"]}"));
  guint n_errors = 0;

  g_signal_connect (channel, "error", G_CALLBACK (protocol_error_cb), &n_errors);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      tell (fixture, texts[i]);
      g_assert_cmpuint (n_errors, ==, i + 1);
    }
  assert_members (channel, "1");
}

/* The name is notified when it changes, and only then. */
static void
test_name (Fixture      *fixture,
           gconstpointer user_data)
{
  static const struct
  {
    const char *info, *name;
    guint n_names;
  } infos[] = {
    { "{\"name\":\"Bo\",\"age\":1}", "Bo", 0 },
    { "{\"name\":\"Cy\"}", "Cy", 1 },
    { "{\"name\":\"\"}", "2", 2 },
    { "{\"name\":7}", "2", 2 },
    { "[\"name\"]", "2", 2 },
    { "{\"name\":\"2\"}", "2", 2 },
    { "{\"name\":\"Di\"}", "Di", 3 },
  };
  PusherPresenceChannel *channel = subscribe_to_script (
    fixture, ME, SNAPSHOT ("{\"ids\":[\"2\"],\"hash\":{\"2\":{\"name\":\"Bo\"}}}"));
  PusherMember *member = pusher_presence_channel_get_member (channel, "2");
  guint n_infos = 0;
  guint n_names = 0;

  count_signals (member, "notify::info", &n_infos);
  count_signals (member, "notify::name", &n_names);
  for (guint i = 0; i < G_N_ELEMENTS (infos); i++)
    {
      g_autofree char *name = NULL;
      g_autofree char *text =
        g_strdup_printf (MEMBER ("added", "{\"user_id\":\"2\",\"user_info\":%s}"), infos[i].info);

      pusher_test_faults_send_text (fixture->faults, NULL, text);
      wait_until (n_infos == i + 1);
      g_assert_cmpuint (n_names, ==, infos[i].n_names);
      g_assert_cmpstr (get_name (channel, "2"), ==, infos[i].name);
      g_object_get (member, "name", &name, NULL);
      g_assert_cmpstr (name, ==, infos[i].name);
    }
}

static void
test_get_field (Fixture      *fixture,
                gconstpointer user_data)
{
  static const struct
  {
    const char *name;
    const char *field;
  } fields[] = {
    { "name", "Ä\"l" }, { "age", "42" }, { "on", "true" }, { "none", NULL }, { "absent", NULL },
    { "list", "[1,\"a\"]" }, { "object", "{\"x\":{}}" }, { "", "empty" },
  };
  PusherPresenceChannel *channel = subscribe_to_script (
    fixture, ME,
    SNAPSHOT ("{\"ids\":[\"1\",\"2\",\"3\"],\"hash\":{\"2\":\"text\",\"1\":"
              "{\"name\":\"\\u00c4\\\"l\",\"age\":42,\"on\":true,\"none\":null,\"list\":[1,\"a\"],"
              "\"object\":{\"x\":{}},\"\":\"empty\"}}}"));
  PusherMember *me = pusher_presence_channel_get_me (channel);
  g_autofree char *id = NULL;
  g_autofree char *info = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *field = pusher_member_get_field (me, fields[i].name);

      g_assert_cmpstr (field, ==, fields[i].field);
    }

  g_object_get (me, "id", &id, "info", &info, NULL);
  g_assert_cmpstr (id, ==, "1");
  g_assert_cmpstr (info, ==, pusher_member_get_info (me));
  g_assert_true (JSON_NODE_HOLDS_OBJECT (pusher_member_get_info_node (me)));

  /* There is always a name */
  g_assert_cmpstr (pusher_member_get_name (me), ==, "Ä\"l");
  g_assert_cmpstr (get_name (channel, "2"), ==, "2");
  g_assert_cmpstr (get_name (channel, "3"), ==, "3");

  /* There are no fields in a text, and none in nothing */
  g_assert_cmpstr (get_info (channel, "2"), ==, "\"text\"");
  g_assert_null (pusher_member_get_field (pusher_presence_channel_get_member (channel, "2"), "x"));
  g_assert_null (get_info (channel, "3"));
  g_assert_null (pusher_member_get_info_node (pusher_presence_channel_get_member (channel, "3")));
  g_assert_null (pusher_member_get_field (pusher_presence_channel_get_member (channel, "3"), "x"));
}

/* --- Many members -------------------------------------------------------- */

/* Of ids from first on. */
static char *
build_snapshot (guint first)
{
  g_autoptr (GString) ids = g_string_new (NULL);
  g_autoptr (GString) hash = g_string_new (NULL);

  for (guint i = first; i < first + MANY; i++)
    {
      g_string_append_printf (ids, "%s\"%u\"", ids->len > 0 ? "," : "", i);
      g_string_append_printf (hash, "%s\"%u\":{\"n\":%u}", hash->len > 0 ? "," : "", i, i);
    }

  return g_strdup_printf (SNAPSHOT ("{\"ids\":[%s],\"hash\":{%s},\"count\":%u}"), ids->str,
                          hash->str, MANY);
}

static void
test_many (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autofree char *snapshot = build_snapshot (0);
  PusherPresenceChannel *channel = subscribe_to_script (fixture, ME, snapshot);

  fixture_assert_log (fixture, "items:0-0+10000 me:1 pusher:subscription_succeeded");
  g_assert_cmpuint (count_members (channel), ==, MANY);
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (PusherMember) member =
        g_list_model_get_item (pusher_presence_channel_get_members (channel), i);
      g_autofree char *id = g_strdup_printf ("%u", i);

      g_assert_cmpstr (pusher_member_get_id (member), ==, id);
      g_assert_true (pusher_presence_channel_get_member (channel, id) == member);
    }

  /* The same list again is no change */
  fixture_lose (fixture);
  g_string_truncate (fixture->sent, 0);
  fixture_retry (fixture);
  g_string_truncate (fixture->log, 0);
  answer (fixture, snapshot);
  fixture_assert_log (fixture, "pusher:subscription_succeeded");
}

/* --- Reconnecting -------------------------------------------------------- */

static void
test_reconnect (Fixture      *fixture,
                gconstpointer user_data)
{
  PusherPresenceChannel *channel = subscribe_to_script (
    fixture, ME, SNAPSHOT ("{\"ids\":[\"1\",\"2\",\"3\",\"4\"],\"hash\":{\"3\":{\"a\":1}}}"));
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (before,
                     g_list_model_get_item (pusher_presence_channel_get_members (channel), i));

  fixture_lose (fixture);
  assert_members (channel, "1 2 3 4");
  g_assert_true (pusher_presence_channel_get_me (channel) == before->pdata[0]);
  g_string_truncate (fixture->sent, 0);
  fixture_retry (fixture);
  g_string_truncate (fixture->log, 0);
  answer (fixture, SNAPSHOT ("{\"ids\":[\"5\",\"4\",\"3\",\"1\"],\"hash\":{\"3\":{\"a\":2}}}"));

  fixture_assert_log (fixture, "items:1-1+0 items:3-0+1 removed:2 added:5 changed:3={\"a\":2} "
                               "pusher:subscription_succeeded");
  assert_members (channel, "1 3 4 5");
  g_assert_true (pusher_presence_channel_get_member (channel, "1") == before->pdata[0]);
  g_assert_true (pusher_presence_channel_get_member (channel, "3") == before->pdata[2]);
  g_assert_true (pusher_presence_channel_get_member (channel, "4") == before->pdata[3]);
  g_assert_true (pusher_presence_channel_get_me (channel) == before->pdata[0]);
}

/* In a handler that runs the main loop the next members come and go: each of them is told
 * once. */
static void
let_members_move_cb (GListModel *members,
                     guint       position,
                     guint       removed,
                     guint       added,
                     Fixture    *fixture)
{
  g_signal_handlers_disconnect_by_func (members, let_members_move_cb, fixture);
  pusher_test_faults_send_text (fixture->faults, NULL, MEMBER ("removed", "{\"user_id\":\"3\"}"));
  pusher_test_faults_send_text (fixture->faults, NULL, MEMBER ("added", "{\"user_id\":\"4\"}"));
  wait_until (strstr (fixture->log->str, "added:4") != NULL);
}

static void
unsubscribe_cb (GListModel *members,
                guint       position,
                guint       removed,
                guint       added,
                Fixture    *fixture)
{
  g_signal_handlers_disconnect_by_func (members, unsubscribe_cb, fixture);
  pusher_client_unsubscribe (fixture->client, CHANNEL);
}

/* Two members have gone meanwhile, and two have come: what a handler does when the first
 * of them goes from the list. That is told when there was no time for it before, so that
 * there is more to read while the handler runs. */
static void
change_on_reconnect (Fixture               *fixture,
                     PusherPresenceChannel *channel,
                     gpointer               items_changed)
{
  const char *snapshot = SNAPSHOT ("{\"ids\":[\"1\",\"4\",\"5\"]}");
  g_autoptr (GBytes) message = g_bytes_new_static (snapshot, strlen (snapshot));

  fixture_lose (fixture);
  g_string_truncate (fixture->sent, 0);
  fixture_retry (fixture);
  wait_until (fixture->sent->len > 0);
  g_string_truncate (fixture->sent, 0);
  g_string_truncate (fixture->log, 0);
  g_signal_connect (pusher_presence_channel_get_members (channel), "items-changed",
                    G_CALLBACK (items_changed), fixture);
  pusher_inbox_keep (&fixture->client->connection->inbox, message);
  fixture_sync (fixture);
}

static void
test_move_while_changing (Fixture      *fixture,
                          gconstpointer user_data)
{
  PusherPresenceChannel *channel =
    subscribe_to_script (fixture, ME, SNAPSHOT ("{\"ids\":[\"1\",\"2\",\"3\"]}"));

  change_on_reconnect (fixture, channel, let_members_move_cb);
  fixture_assert_log (fixture, "items:1-1+0 "
                               "items:1-1+0 removed:3 pusher:member_removed "
                               "items:1-0+1 added:4 pusher:member_added "
                               "items:2-0+1 removed:2 added:5 pusher:subscription_succeeded");
  assert_members (channel, "1 4 5");
}

static void
test_unsubscribe_while_changing (Fixture      *fixture,
                                 gconstpointer user_data)
{
  g_autoptr (PusherPresenceChannel) channel = g_object_ref (
    subscribe_to_script (fixture, ME, SNAPSHOT ("{\"ids\":[\"1\",\"2\",\"3\"]}")));

  change_on_reconnect (fixture, channel, unsubscribe_cb);
  fixture_assert_log (fixture, "items:1-1+0 items:0-2+0 me:-");
  assert_members (channel, "");
}

/* With a server and members who come and go meanwhile. */
static void
test_reopen (Fixture      *fixture,
             gconstpointer user_data)
{
  PusherClient *leaver = join (fixture, "{\"user_id\":\"2\"}");
  g_autoptr (PusherClient) stayer G_GNUC_UNUSED = join (fixture, "{\"user_id\":\"3\"}");
  g_autoptr (PusherClient) comer = NULL;
  PusherPresenceChannel *channel;
  PusherMember *stays;

  fixture_use_secret (fixture, fixture->client, ME);
  fixture_connect (fixture);
  channel = PUSHER_PRESENCE_CHANNEL (fixture_subscribe (fixture, CHANNEL));
  assert_members (channel, "2 3 1");
  stays = pusher_presence_channel_get_member (channel, "3");

  pusher_client_close (fixture->client);
  g_object_unref (leaver);
  comer = join (fixture, "{\"user_id\":\"4\"}");
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 2);
  record (fixture, channel);
  fixture_connect (fixture);
  fixture_subscribe (fixture, CHANNEL);
  fixture_assert_log (fixture, "connecting connected items:0-1+0 items:2-0+1 removed:2 added:4 "
                               "pusher:subscription_succeeded");
  g_assert_true (pusher_presence_channel_get_member (channel, "3") == stays);
}

static void
test_unsubscribe (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (PusherPresenceChannel) channel =
    g_object_ref (subscribe_to_script (fixture, ME, SNAPSHOT ("{\"ids\":[\"1\",\"2\"]}")));
  PusherMember *me = pusher_presence_channel_get_me (channel);

  g_assert_nonnull (me);
  g_object_add_weak_pointer (G_OBJECT (me), (gpointer *) &me);
  g_string_truncate (fixture->log, 0);
  pusher_channel_unsubscribe (PUSHER_CHANNEL (channel));
  fixture_assert_log (fixture, "items:0-2+0 me:-");
  assert_members (channel, "");
  g_assert_null (pusher_presence_channel_get_me (channel));
  g_assert_null (pusher_presence_channel_get_member (channel, "1"));
  g_assert_null (me);

  /* A new start: nobody joins */
  g_string_truncate (fixture->sent, 0);
  g_assert_true (pusher_channel_resubscribe (PUSHER_CHANNEL (channel), NULL));
  wait_until (strstr (fixture->sent->str, " subscribe:" CHANNEL) != NULL);
  answer (fixture, SNAPSHOT ("{\"ids\":[\"1\",\"3\"]}"));
  fixture_assert_log (fixture, "items:0-0+2 me:1 pusher:subscription_succeeded");
  pusher_test_faults_set_hold_answers (fixture->faults, FALSE);
}

/* --- Who the client is --------------------------------------------------- */

static PusherHttpAuthorizer *
use_endpoints (Fixture *fixture)
{
  g_autoptr (PusherHttpAuthorizer) authenticator =
    pusher_http_authorizer_new (pusher_test_backend_get_user_auth_endpoint (fixture->backend));

  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));

  return pusher_client_use_endpoint (fixture->client,
                                     pusher_test_backend_get_auth_endpoint (fixture->backend), NULL);
}

static void
store_error_cb (PusherChannel *channel,
                const GError  *error,
                GError       **stored)
{
  g_assert_null (*stored);
  *stored = g_error_copy (error);
}

static gboolean
keep_request_cb (PusherAuthorizer            *authorizer,
                 PusherAuthorizationRequest  *request,
                 PusherAuthorizationRequest **stored)
{
  g_set_object (stored, request);

  return TRUE;
}

/* The channel has no channel_data, and the sign-in is not over: it waits. */
static void
test_wait_for_sign_in (Fixture      *fixture,
                       gconstpointer user_data)
{
  gboolean succeeds = GPOINTER_TO_INT (user_data);
  g_autoptr (PusherAuthorizer) authenticator = pusher_authorizer_new ();
  g_autoptr (PusherSecretAuthorizer) secret =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));
  g_autoptr (PusherAuthorizationRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  PusherPresenceChannel *channel;

  g_assert_true (pusher_secret_authorizer_set_user_data (
    secret, "{\"id\":\"u\",\"user_info\":{\"name\":\"Bo\"}}", NULL));
  g_signal_connect (authenticator, "authorize", G_CALLBACK (keep_request_cb), &request);
  pusher_client_set_user_authenticator (fixture->client, authenticator);
  fixture_use_secret (fixture, fixture->client, NULL);
  pusher_user_sign_in (pusher_client_get_user (fixture->client));
  channel = subscribe (fixture);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (store_error_cb), &error);
  fixture_connect (fixture);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping");
  g_assert_nonnull (request);
  g_assert_cmpint (pusher_authorization_request_get_kind (request), ==,
                   PUSHER_AUTHORIZATION_KIND_USER);

  if (succeeds)
    {
      g_assert_true (pusher_authorizer_authorize (PUSHER_AUTHORIZER (secret), request));
      fixture_subscribe (fixture, CHANNEL);
      assert_members (channel, "u");
      g_assert_cmpstr (get_info (channel, "u"), ==, "{\"name\":\"Bo\"}");
      g_assert_true (pusher_presence_channel_get_me (channel) ==
                     pusher_presence_channel_get_member (channel, "u"));
      fixture_assert_sent (fixture,
                           "signin subscribe:#server-to-user-u subscribe:" CHANNEL);
    }
  else
    {
      g_autoptr (GError) refusal = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "No");

      pusher_authorization_request_fail (request, refusal);
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION);
      g_assert_cmpint (pusher_channel_get_state (PUSHER_CHANNEL (channel)), ==,
                       PUSHER_CHANNEL_STATE_FAILED);
    }
}

static void
test_user_of_endpoint (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  PusherPresenceChannel *channel;

  use_endpoints (fixture);
  fixture_connect (fixture);
  pusher_test_backend_set_user (fixture->backend, "42", NULL, NULL);
  pusher_user_sign_in_async (pusher_client_get_user (fixture->client), NULL, store_result_cb,
                             &result);
  wait_until (result != NULL);
  pusher_test_backend_set_user (fixture->backend, NULL, NULL, NULL);
  channel = PUSHER_PRESENCE_CHANNEL (fixture_subscribe (fixture, CHANNEL));
  assert_members (channel, "42");
  g_assert_nonnull (pusher_presence_channel_get_me (channel));
}

static gboolean
authorize_nobody_cb (PusherAuthorizer           *authorizer,
                     PusherAuthorizationRequest *request,
                     gpointer                    user_data)
{
  pusher_authorization_request_complete (request, "key:signature", NULL, NULL);

  return TRUE;
}

static void
test_nobody (Fixture      *fixture,
             gconstpointer user_data)
{
  gboolean invalid = GPOINTER_TO_INT (user_data);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) told = NULL;
  PusherChannel *channel;

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":null}");
  if (!invalid)
    g_signal_connect (pusher_client_get_authorizer (fixture->client), "authorize",
                      G_CALLBACK (authorize_nobody_cb), NULL);
  fixture_connect (fixture);
  channel = PUSHER_CHANNEL (subscribe (fixture));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (store_error_cb), &told);

  pusher_client_subscribe_async (fixture->client, CHANNEL, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_null (pusher_client_subscribe_finish (fixture->client, result, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION);
  g_assert_error (told, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/presence-channel/members", NULL, test_members);
  fixture_add ("/presence-channel/changes", NULL, test_changes);
  fixture_add ("/presence-channel/list-while-telling", NULL, test_list_while_telling);
  for (guint i = 0; i < G_N_ELEMENTS (while_changing); i++)
    fixture_add (while_changing[i].path, GUINT_TO_POINTER (i), test_while_changing);
  fixture_add ("/presence-channel/late-answer", NULL, test_late_answer);
  fixture_add ("/presence-channel/late-me", NULL, test_late_me);
  fixture_add ("/presence-channel/cached-leaver", NULL, test_cached_leaver);
  fixture_add ("/presence-channel/numeric-ids", NULL, test_numeric_ids);
  fixture_add ("/presence-channel/numeric-ids/server", NULL, test_numeric_id_of_server);
  fixture_add ("/presence-channel/odd-snapshots", NULL, test_odd_snapshots);
  fixture_add ("/presence-channel/member-without-id", NULL, test_member_without_id);
  fixture_add ("/presence-channel/name", NULL, test_name);
  fixture_add ("/presence-channel/get-field", NULL, test_get_field);
  fixture_add ("/presence-channel/many", NULL, test_many);
  fixture_add ("/presence-channel/reconnect", NULL, test_reconnect);
  fixture_add ("/presence-channel/reconnect/move", NULL, test_move_while_changing);
  fixture_add ("/presence-channel/reconnect/unsubscribe", NULL, test_unsubscribe_while_changing);
  fixture_add ("/presence-channel/reopen", NULL, test_reopen);
  fixture_add ("/presence-channel/unsubscribe", NULL, test_unsubscribe);
  fixture_add ("/presence-channel/wait-for-sign-in", GINT_TO_POINTER (TRUE), test_wait_for_sign_in);
  fixture_add ("/presence-channel/wait-for-sign-in/failed", GINT_TO_POINTER (FALSE),
               test_wait_for_sign_in);
  fixture_add ("/presence-channel/user-of-endpoint", NULL, test_user_of_endpoint);
  fixture_add ("/presence-channel/nobody", GINT_TO_POINTER (FALSE), test_nobody);
  fixture_add ("/presence-channel/nobody/invalid", GINT_TO_POINTER (TRUE), test_nobody);

  return g_test_run ();
}
