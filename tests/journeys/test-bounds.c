/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a server gives and the client keeps is bounded. */

#include "../protocol/message-with-data.h"
#include "fixture.h"
#include "json/pusher-json-members-private.h"
#include "protocol/pusher-control-messages-private.h"
#include "protocol/pusher-presence-messages-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "user/pusher-user-private.h"

#include <string.h>

#define LONG 1000000

/* What an error may say, in bytes */
#define MAX_ERROR 512

/* A format with one %s, filled with so many characters */
G_GNUC_PRINTF (1, 0)
static char *
fill (const char *format,
      gsize       length)
{
  g_autofree char *text = g_strnfill (length, 'x');

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (format, text);
#pragma GCC diagnostic pop
}

/* --- Messages ------------------------------------------------------------ */

static gboolean
accepts_socket_id (const char *id)
{
  g_autofree char *data = g_strdup_printf ("{\"socket_id\":\"%s\"}", id);
  PusherMessage message = message_with_data (data);
  g_autofree char *socket_id = NULL;
  gint64 activity_timeout;
  gboolean accepted = pusher_established_parse (&message, &socket_id, &activity_timeout, NULL);

  if (accepted)
    g_assert_cmpstr (socket_id, ==, id);

  return accepted;
}

static void
test_socket_id (void)
{
  g_autofree char *longest = g_strnfill (PUSHER_MAX_SOCKET_ID_SIZE, '1');
  g_autofree char *too_long = g_strnfill (PUSHER_MAX_SOCKET_ID_SIZE + 1, '1');
  g_autofree char *much_too_long = g_strnfill (LONG, '1');

  g_assert_true (accepts_socket_id ("1.2"));
  g_assert_true (accepts_socket_id ("8fd4a3b2-1c5e-4d5f-9f1a-0c2b7e6d9a10"));
  g_assert_true (accepts_socket_id ("!#$%&'()*+,-./;<=>?@[]^_`{|}~"));
  g_assert_true (accepts_socket_id (longest));
  g_assert_false (accepts_socket_id (too_long));
  g_assert_false (accepts_socket_id (much_too_long));
  g_assert_false (accepts_socket_id ("1:2"));
  g_assert_false (accepts_socket_id ("1\\n2"));
  g_assert_false (accepts_socket_id ("1\\u007f2"));
  g_assert_true (accepts_socket_id ("1\xc3\xa9 2"));
}

static void
test_ids (void)
{
  for (gsize length = PUSHER_MAX_ID_SIZE; length <= PUSHER_MAX_ID_SIZE + 1; length++)
    {
      gboolean accepted = length <= PUSHER_MAX_ID_SIZE;
      g_autofree char *member = fill ("{\"user_id\":\"%s\"}", length);
      g_autofree char *in_ids =
        fill ("{\"presence\":{\"ids\":[\"a\",\"%s\"],\"hash\":{}}}", length);
      g_autofree char *in_hash = fill ("{\"presence\":{\"hash\":{\"a\":1,\"%s\":2}}}", length);
      g_autofree char *user = fill ("{\"user_data\":{\"id\":\"%s\"}}", length);
      PusherMessage member_message = message_with_data (member);
      PusherMessage ids_message = message_with_data (in_ids);
      PusherMessage hash_message = message_with_data (in_hash);
      PusherMessage user_message = message_with_data (user);
      g_autoptr (PusherPresenceEntry) entry = pusher_presence_parse_member (&member_message);
      g_autoptr (GPtrArray) ids = pusher_presence_parse_snapshot (&ids_message);
      g_autoptr (GPtrArray) hash = pusher_presence_parse_snapshot (&hash_message);
      g_autofree char *user_id = NULL;
      g_autofree char *user_data = NULL;

      g_assert_cmpint (entry != NULL, ==, accepted);
      g_assert_cmpuint (ids->len, ==, accepted ? 2 : 1);
      g_assert_cmpuint (hash->len, ==, accepted ? 2 : 1);
      g_assert_cmpint (pusher_sign_in_parse (&user_message, &user_id, &user_data, NULL), ==,
                       accepted);
    }
}

static void
assert_fit (GError     *error,
            const char *beginning)
{
  g_autoptr (GError) owned = error;

  g_assert_true (g_str_has_prefix (owned->message, beginning));
  g_assert_cmpuint (strlen (owned->message), <=, MAX_ERROR);
  g_assert_true (g_utf8_validate (owned->message, -1, NULL));
  for (const char *p = owned->message; *p != '\0'; p++)
    g_assert_false (g_ascii_iscntrl (*p));
}

static void
test_errors (void)
{
  g_autofree char *message = fill ("{\"message\":\"\\u001b[2J\\n%s\"}", LONG);
  g_autofree char *error = fill ("{\"type\":\"\\n\",\"error\":\"%s\"}", LONG);
  g_autofree char *type = fill ("{\"type\":\"%s\",\"error\":\"\"}", LONG);
  g_autofree char *text = fill ("%s", LONG);
  PusherMessage with_message = message_with_data (message);
  PusherMessage with_error = message_with_data (error);
  PusherMessage with_type = message_with_data (type);
  PusherMessage with_text = message_with_data (text);

  assert_fit (pusher_server_error_parse (&with_message), "\\u{1b}[2J\\nxxx");
  assert_fit (pusher_server_error_parse (&with_text), "xxx");
  assert_fit (pusher_subscription_error_parse (&with_error), "\\n: xxx");
  assert_fit (pusher_subscription_error_parse (&with_type), "xxx");
  assert_fit (pusher_subscription_error_parse (&with_text), "SubscriptionError: xxx");
  assert_fit (pusher_server_error_new (4001, "Sorry\r\n"), "Sorry\\r\\n");
  assert_fit (pusher_server_error_new (4001, text), "xxx");
}

/* --- Friends ------------------------------------------------------------- */

static void
send_online (Fixture *fixture,
             guint    first,
             guint    n)
{
  g_autoptr (GString) ids = g_string_new ("0");
  g_autofree char *text = NULL;

  for (guint i = first; i < first + n; i++)
    g_string_append_printf (ids, ",\"u%u\"", i);
  text = g_strdup_printf ("{\"event\":\"pusher_internal:watchlist_events\","
                          "\"data\":{\"events\":[{\"name\":\"online\",\"user_ids\":[%s]}]}}",
                          ids->str);
  pusher_test_faults_send_text (fixture->faults, NULL, text);
}

static void
count_cb (PusherUser *user,
          const char *id,
          guint      *n)
{
  ++*n;
}

static void
test_watchlist (Fixture      *fixture,
                gconstpointer user_data)
{
  PusherUser *user = pusher_client_get_user (fixture->client);
  g_autoptr (PusherHttpAuthorizer) authenticator =
    pusher_http_authorizer_new (pusher_test_backend_get_user_auth_endpoint (fixture->backend));
  guint n_online = 0;

  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  pusher_test_backend_set_user (fixture->backend, "42", NULL, NULL);
  fixture_connect (fixture);
  pusher_user_sign_in (user);
  wait_until (pusher_user_get_signed_in (user));
  g_string_truncate (fixture->log, 0);
  g_signal_connect (user, "online", G_CALLBACK (count_cb), &n_online);

  /* With the user 0 these are all. */
  send_online (fixture, 0, PUSHER_MAX_ONLINE - 1);
  wait_until (n_online == PUSHER_MAX_ONLINE);
  send_online (fixture, 0, PUSHER_MAX_ONLINE - 1);
  fixture_sync (fixture);
  fixture_assert_log (fixture, "");

  send_online (fixture, PUSHER_MAX_ONLINE - 10, 20);
  fixture_sync (fixture);
  fixture_assert_log (fixture, "error:protocol");
  g_assert_cmpuint (n_online, ==, PUSHER_MAX_ONLINE);
  g_assert_false (pusher_user_is_online (user, "u10000"));

  /* Whoever goes makes room. */
  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"pusher_internal:watchlist_events\",\"data\":"
                                "{\"events\":[{\"name\":\"offline\",\"user_ids\":[0]},"
                                "{\"name\":\"online\",\"user_ids\":[\"u10000\"]}]}}");
  fixture_sync (fixture);
  g_assert_true (pusher_user_is_online (user, "u10000"));
  fixture_assert_log (fixture, "");
}

/* --- Members ------------------------------------------------------------- */

static void
send_member (Fixture    *fixture,
             const char *event,
             guint       number)
{
  g_autofree char *name = g_strnfill (1000, 'n');
  g_autofree char *text =
    g_strdup_printf ("{\"event\":\"pusher_internal:%s\",\"channel\":\"presence-p\","
                     "\"data\":{\"user_id\":%u,\"user_info\":{\"name\":\"%s\"}}}",
                     event, number, name);

  pusher_test_faults_send_text (fixture->faults, NULL, text);
}

/* However many join one by one: there is room for four lists that fit into a message. */
static void
test_members (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel;
  GListModel *members;
  guint n_members;

  pusher_client_set_max_message_size (fixture->client, 4000);
  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"me\"}");
  fixture_connect (fixture);
  channel = pusher_client_subscribe (fixture->client, "presence-p", NULL);
  members = pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_string_truncate (fixture->log, 0);

  for (guint i = 0; i < 15; i++)
    send_member (fixture, "member_added", i);
  fixture_sync (fixture);
  n_members = g_list_model_get_n_items (members);
  g_assert_cmpuint (n_members, ==, 16);
  fixture_assert_log (fixture, "");

  for (guint i = 15; i < 17; i++)
    send_member (fixture, "member_added", i);
  fixture_sync (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, n_members);

  /* Whoever was there stays, also if told of again; whoever goes makes room. */
  send_member (fixture, "member_added", 3);
  send_member (fixture, "member_removed", 3);
  send_member (fixture, "member_added", 15);
  fixture_sync (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, n_members);
  g_assert_nonnull (pusher_presence_channel_get_member (PUSHER_PRESENCE_CHANNEL (channel), "15"));
  g_assert_null (pusher_presence_channel_get_member (PUSHER_PRESENCE_CHANNEL (channel), "3"));

  /* It is not for ever. */
  for (guint i = 0; i < 100; i++)
    {
      send_member (fixture, "member_removed", i % 16 != 3 ? i % 16 : 0);
      send_member (fixture, "member_added", i % 16 != 3 ? i % 16 : 0);
    }
  fixture_sync (fixture);
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, n_members);
}

/* A later subscription has the same room. */
static void
test_members_again (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = NULL;
  GListModel *members;

  pusher_client_set_max_message_size (fixture->client, 4000);
  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"me\"}");
  fixture_connect (fixture);
  channel = g_object_ref (pusher_client_subscribe (fixture->client, "presence-p", NULL));
  members = pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel));

  for (guint i = 0; i < 2; i++)
    {
      wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
      for (guint j = 0; j < 15; j++)
        send_member (fixture, "member_added", j);
      fixture_sync (fixture);
      g_assert_cmpuint (g_list_model_get_n_items (members), ==, 16);

      pusher_channel_unsubscribe (channel);
      g_assert_cmpuint (g_list_model_get_n_items (members), ==, 0);
      g_assert_true (pusher_channel_resubscribe (channel, NULL));
    }
  g_string_truncate (fixture->log, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  be_quiet ();

  g_test_add_func ("/bounds/socket-id", test_socket_id);
  g_test_add_func ("/bounds/ids", test_ids);
  g_test_add_func ("/bounds/errors", test_errors);
  fixture_add ("/bounds/watchlist", NULL, test_watchlist);
  fixture_add ("/bounds/members", NULL, test_members);
  fixture_add ("/bounds/members/again", NULL, test_members_again);

  return g_test_run ();
}
