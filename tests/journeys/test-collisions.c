/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Names and ids that a server has chosen so that g_str_hash() has one value for all of
 * them. What counts is how often two are compared. */

#include "admission/pusher-ledger-private.h"
#include "base/pusher-keyed-list-private.h"
#include "colliding-names.h"
#include "fixture.h"
#include "../protocol/message-with-data.h"
#include "protocol/pusher-presence-messages-private.h"

#include <string.h>

#undef g_str_equal

#define N_NAMES 8192

/* With a table in which they do not collide it is one for each that is found. */
#define FEW(n) (4 * (guint64) (n))

static guint64 n_comparisons;

/* In place of GLib's, for the library and json-glib too */
gboolean
g_str_equal (gconstpointer a,
             gconstpointer b)
{
  n_comparisons++;

  return strcmp (a, b) == 0;
}

#define assert_few_comparisons(n)                                 \
  G_STMT_START                                                    \
  {                                                               \
    g_assert_cmpuint (n_comparisons, <, FEW (n));                 \
    n_comparisons = 0;                                            \
  }                                                               \
  G_STMT_END

static void
test_counted (void)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  n_comparisons = 0;
  for (guint i = 0; i < 100; i++)
    g_hash_table_add (table, colliding_name (i));
  g_assert_cmpuint (n_comparisons, ==, 99 * 100 / 2);
  n_comparisons = 0;
}

static void
test_keyed_list (void)
{
  g_autoptr (PusherKeyedList) list = pusher_keyed_list_new (G_TYPE_OBJECT);
  g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);

  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *name = colliding_name (i);

      pusher_keyed_list_add (list, name, item);
      g_assert_true (pusher_keyed_list_lookup (list, name) == item);
    }
  assert_few_comparisons (N_NAMES);

  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *name = colliding_name (i);

      g_assert_true (pusher_keyed_list_remove (list, name));
    }
  assert_few_comparisons (N_NAMES);
}

static void
test_ledger (void)
{
  PusherLedger ledger;
  int asker;

  pusher_ledger_init (&ledger);
  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *name = colliding_name (i);

      pusher_ledger_add (&ledger, name, PUSHER_LEDGER_PUBLIC, &asker, 0);
      g_assert_true (pusher_ledger_owes (&ledger, name));
    }
  assert_few_comparisons (N_NAMES);
  pusher_ledger_clear (&ledger);
}

/* --- Members ------------------------------------------------------------- */

/* "NAME","NAME",… */
static char *
list_names (guint       first,
            guint       n,
            const char *format)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = colliding_name (first + i);

      g_string_append_printf (list, "%s\"%s\"%s", i > 0 ? "," : "", name, format);
    }

  return g_string_free (list, FALSE);
}

static void
test_ids (void)
{
  g_autofree char *ids = list_names (0, N_NAMES, "");
  g_autofree char *data = g_strdup_printf ("{\"presence\":{\"ids\":[%s],\"hash\":{}}}", ids);
  PusherMessage message = message_with_data (data);
  g_autoptr (GPtrArray) entries = pusher_presence_parse_snapshot (&message);

  g_assert_cmpuint (entries->len, ==, N_NAMES);
  assert_few_comparisons (N_NAMES);
}

/* json-glib makes a table of a thousand infos; none of the ids is looked up in it. */
static void
test_ids_and_infos (void)
{
  const guint n_infos = 1000;
  g_autofree char *ids = list_names (0, N_NAMES, "");
  g_autofree char *infos = list_names (0, n_infos, ":1");
  g_autofree char *data =
    g_strdup_printf ("{\"presence\":{\"ids\":[%s],\"hash\":{%s}}}", ids, infos);
  PusherMessage message = message_with_data (data);
  g_autoptr (GPtrArray) entries = pusher_presence_parse_snapshot (&message);

  g_assert_cmpuint (entries->len, ==, N_NAMES);
  for (guint i = 0; i < N_NAMES; i++)
    g_assert_true ((((PusherPresenceEntry *) entries->pdata[i])->info != NULL) == (i < n_infos));
  g_assert_cmpuint (n_comparisons, <, 3 * n_infos * n_infos);
  n_comparisons = 0;
}

static void
send_members (Fixture *fixture,
              guint    first,
              guint    n)
{
  g_autofree char *ids = list_names (first, n, "");
  g_autofree char *text =
    g_strdup_printf ("{\"event\":\"pusher_internal:subscription_succeeded\","
                     "\"channel\":\"presence-p\","
                     "\"data\":{\"presence\":{\"ids\":[%s],\"hash\":{}}}}", ids);

  raw_peer_say (fixture->peer, text);
}

/* The lists before and after a reconnect are compared. */
static void
test_members (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel;
  GListModel *members;

  fixture->random = 0;
  pusher_client_use_secret (fixture->client, "secret", "{\"user_id\":\"me\"}", NULL);
  fixture_connect_to_peer (fixture);
  channel = pusher_client_subscribe (fixture->client, "presence-p", NULL);
  members = pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel));
  wait_until (fixture->peer->received->len > 0);
  n_comparisons = 0;
  send_members (fixture, 0, N_NAMES);
  wait_until (g_list_model_get_n_items (members) == N_NAMES);
  assert_few_comparisons (N_NAMES);

  raw_peer_reset (fixture->peer);
  wait_until (pusher_client_get_state (fixture->client) != PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_advance (fixture, fixture_get_delay (fixture));
  raw_peer_welcome (fixture->peer);
  wait_until (fixture->peer->received->len > 0);
  n_comparisons = 0;
  send_members (fixture, 1, N_NAMES);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpuint (g_list_model_get_n_items (members), ==, N_NAMES);
  assert_few_comparisons (2 * N_NAMES);
}

/* --- Friends ------------------------------------------------------------- */

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
  g_autofree char *ids = list_names (0, N_NAMES, "");
  g_autofree char *text =
    g_strdup_printf ("{\"event\":\"pusher_internal:watchlist_events\","
                     "\"data\":{\"events\":[{\"name\":\"online\",\"user_ids\":[%s]}]}}", ids);
  guint n_online = 0;

  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  pusher_test_backend_set_user (fixture->backend, "42", NULL, NULL);
  fixture_connect (fixture);
  pusher_user_sign_in (user);
  wait_until (pusher_user_get_signed_in (user));

  g_signal_connect (user, "online", G_CALLBACK (count_cb), &n_online);
  n_comparisons = 0;
  pusher_test_faults_send_text (fixture->faults, NULL, text);
  wait_until (n_online == N_NAMES);
  assert_few_comparisons (N_NAMES);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  be_quiet ();

  g_test_add_func ("/collisions/counted", test_counted);
  g_test_add_func ("/collisions/keyed-list", test_keyed_list);
  g_test_add_func ("/collisions/ledger", test_ledger);
  g_test_add_func ("/collisions/ids", test_ids);
  g_test_add_func ("/collisions/ids-and-infos", test_ids_and_infos);
  fixture_add ("/collisions/members", NULL, test_members);
  fixture_add ("/collisions/watchlist", NULL, test_watchlist);

  return g_test_run ();
}
