/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What must not be left after an end, and what nothing has asked for. */

#include "fixture.h"

#include "protocol/pusher-secretbox-private.h"

#define PRIVATE "private-a"
#define PRESENCE "presence-p"
#define ENCRYPTED "private-encrypted-a"
#define OTHER_KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

static void
add_event_cb (PusherChannel *channel,
              PusherEvent   *event,
              GString       *heard)
{
  add_word (heard, "%s", pusher_event_get_data (event));
}

/* --- The end of a connection --------------------------------------------- */

static void
take_time_cb (PusherChannel *channel,
              PusherEvent   *event,
              Fixture       *fixture)
{
  fixture->now += SECONDS (0.1);
  add_word (fixture->log, "e");
}

/* What came before the end of a connection is delivered before it, however long its
 * handlers take. */
static void
test_before_end (Fixture      *fixture,
                 gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect (fixture);
  channel = fixture_subscribe (fixture, "a");
  g_string_truncate (fixture->log, 0);
  g_signal_connect (channel, "event::e", G_CALLBACK (take_time_cb), fixture);
  for (guint i = 0; i < 5; i++)
    pusher_test_server_publish (fixture->server, "a", "e", "1", NULL);
  pusher_test_faults_close_connections (fixture->faults, 4200, NULL);
  wait_until (strstr (fixture->log->str, "connecting") != NULL);
  g_assert_true (g_str_has_prefix (fixture->log->str, "e e e e e connecting"));
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  g_string_truncate (fixture->log, 0);
}

/* --- Refusals without a name --------------------------------------------- */

/* One for a subscription that was given up is not for the next one of that name, which
 * has waited for it. */
static void
test_abandoned_refused (Fixture      *fixture,
                        gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_use_secret (fixture, fixture->client, NULL);
  fixture_connect (fixture);
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  pusher_client_subscribe (fixture->client, PRIVATE, NULL);
  fixture_sync (fixture);
  pusher_client_unsubscribe (fixture->client, PRIVATE);
  channel = pusher_client_subscribe (fixture->client, PRIVATE, NULL);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:" PRIVATE " ping ping");

  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"pusher:error\",\"data\":{\"code\":4009}}");
  fixture_sync (fixture);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping unsubscribe:" PRIVATE " subscribe:" PRIVATE " ping");
  g_string_truncate (fixture->log, 0);
}

/* --- Events that wait for a key ------------------------------------------ */

/* Gives the key that it is told to, and may keep a request. */
typedef struct
{
  PusherSecretAuthorizer *authorizer;
  gboolean keeping;
  PusherAuthorizationRequest *kept;
} Keeper;

static gboolean
keep_cb (PusherAuthorizer           *authorizer,
         PusherAuthorizationRequest *request,
         Keeper                     *keeper)
{
  if (!keeper->keeping)
    return FALSE;

  g_assert_null (keeper->kept);
  keeper->kept = g_object_ref (request);

  return TRUE;
}

static void
answer_kept (Keeper *keeper)
{
  g_autoptr (PusherAuthorizationRequest) request = g_steal_pointer (&keeper->kept);

  keeper->keeping = FALSE;
  g_assert_true (pusher_authorizer_authorize (PUSHER_AUTHORIZER (keeper->authorizer), request));
}

static PusherChannel *
subscribe_encrypted (Fixture *fixture,
                     Keeper  *keeper)
{
  g_autofree char *key = pusher_test_server_dup_encryption_master_key (fixture->server);
  PusherChannel *channel;

  *keeper = (Keeper) {
    .authorizer = pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server)),
  };
  pusher_secret_authorizer_set_encryption_master_key (keeper->authorizer, key, NULL);
  g_signal_connect (keeper->authorizer, "authorize", G_CALLBACK (keep_cb), keeper);
  pusher_client_set_authorizer (fixture->client, PUSHER_AUTHORIZER (keeper->authorizer));
  fixture_connect (fixture);
  channel = fixture_subscribe (fixture, ENCRYPTED);

  return channel;
}

/* The server has a new key from now on, which the authorizer knows. */
static void
rotate (Fixture    *fixture,
        Keeper     *keeper,
        const char *key)
{
  pusher_test_server_set_encryption_master_key (fixture->server, key);
  pusher_secret_authorizer_set_encryption_master_key (keeper->authorizer, key, NULL);
}

static void
end (Fixture *fixture,
     Keeper  *keeper)
{
  g_signal_handlers_disconnect_by_data (keeper->authorizer, keeper);
  g_object_unref (keeper->authorizer);
  g_clear_object (&keeper->kept);
  g_string_truncate (fixture->log, 0);
}

static void
fail_cb (PusherChannel *channel,
         const GError  *error)
{
  g_test_message ("%s", error->message);
  g_test_fail ();
}

/* The room for waiting events is there again when they have been delivered. */
static void
test_room_again (Fixture      *fixture,
                 gconstpointer user_data)
{
  static const char *const keys[] = {
    OTHER_KEY, "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
    "AgECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
  };
  g_autofree char *text = g_strnfill (512 * 1024, 'x');
  g_autofree char *json = g_strdup_printf ("\"%s\"", text);
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherChannel *channel;
  Keeper keeper;

  channel = subscribe_encrypted (fixture, &keeper);
  g_signal_connect (channel, "error", G_CALLBACK (fail_cb), NULL);
  pusher_test_server_set_max_event_size (fixture->server, 2 * strlen (json));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      rotate (fixture, &keeper, keys[i]);
      keeper.keeping = TRUE;
      for (guint j = 0; j < 10; j++)
        {
          pusher_test_server_publish_json (fixture->server, ENCRYPTED, "big", json, NULL);
          fixture_sync (fixture);
        }
      answer_kept (&keeper);
    }
  g_signal_connect (channel, "event", G_CALLBACK (add_event_cb), heard);
  pusher_test_server_publish (fixture->server, ENCRYPTED, "e", "1", NULL);
  fixture_sync (fixture);
  g_assert_cmpstr (heard->str, ==, "1");
  end (fixture, &keeper);
}

typedef struct
{
  Fixture *fixture;
  Keeper keeper;
  GString *heard;
  gboolean done;
} Nested;

/* While this runs an event comes that needs yet another key. */
static void
run_loop_cb (PusherChannel *channel,
             PusherEvent   *event,
             Nested        *nested)
{
  add_word (nested->heard, "%s", pusher_event_get_data (event));
  if (nested->done)
    return;

  nested->done = TRUE;
  rotate (nested->fixture, &nested->keeper, "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
  nested->keeper.keeping = TRUE;
  pusher_test_server_publish (nested->fixture->server, ENCRYPTED, "e", "2", NULL);
  wait_until (nested->keeper.kept != NULL);
}

static void
test_key_while_delivering (Fixture      *fixture,
                           gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  Nested nested = { .fixture = fixture, .heard = heard };
  PusherChannel *channel = subscribe_encrypted (fixture, &nested.keeper);

  g_signal_connect (channel, "error", G_CALLBACK (fail_cb), NULL);
  g_signal_connect (channel, "event", G_CALLBACK (run_loop_cb), &nested);
  rotate (fixture, &nested.keeper, OTHER_KEY);
  nested.keeper.keeping = TRUE;
  pusher_test_server_publish (fixture->server, ENCRYPTED, "e", "1", NULL);
  wait_until (nested.keeper.kept != NULL);
  answer_kept (&nested.keeper);
  g_assert_cmpstr (heard->str, ==, "1");
  answer_kept (&nested.keeper);
  g_assert_cmpstr (heard->str, ==, "1 2");
  end (fixture, &nested.keeper);
}

/* What waited is not delivered to a later subscription, which was not there. */
static void
test_waiting_unsubscribed (Fixture      *fixture,
                           gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherChannel *channel;
  Keeper keeper;

  channel = subscribe_encrypted (fixture, &keeper);
  g_object_ref (channel);
  g_signal_connect (channel, "event::e", G_CALLBACK (add_event_cb), heard);
  rotate (fixture, &keeper, OTHER_KEY);
  keeper.keeping = TRUE;
  pusher_test_server_publish (fixture->server, ENCRYPTED, "e", "1", NULL);
  wait_until (keeper.kept != NULL);
  pusher_channel_unsubscribe (channel);
  g_clear_object (&keeper.kept);
  keeper.keeping = FALSE;
  g_assert_true (pusher_channel_resubscribe (channel, NULL));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  pusher_test_server_publish (fixture->server, ENCRYPTED, "e", "2", NULL);
  fixture_sync (fixture);
  g_assert_cmpstr (heard->str, ==, "2");
  g_object_unref (channel);
  end (fixture, &keeper);
}

static void
count_cb (PusherChannel *channel,
          const GError  *error,
          guint         *n_errors)
{
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_DECRYPTION);
  (*n_errors)++;
}

/* An event that the server has sent for the earlier subscription. */
static void
send_late (Fixture    *fixture,
           const char *master_key)
{
  g_autofree char *data = NULL;
  g_autofree char *text = NULL;
  PusherSecretboxKey master, key;

  g_assert_true (pusher_secretbox_key_decode (&master, master_key));
  pusher_secretbox_key_derive (&key, ENCRYPTED, &master);
  data = pusher_secretbox_seal (&key, "0");
  text = g_strdup_printf ("{\"event\":\"e\",\"channel\":\"" ENCRYPTED "\",\"data\":%s}", data);
  pusher_test_faults_send_text (fixture->faults, NULL, text);
  fixture_sync (fixture);
}

/* Nor does the key of an earlier subscription open anything. */
static void
test_key_unsubscribed (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autofree char *old_key = NULL;
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherChannel *channel;
  guint n_errors = 0;
  Keeper keeper;

  old_key = pusher_test_server_dup_encryption_master_key (fixture->server);
  channel = subscribe_encrypted (fixture, &keeper);
  g_object_ref (channel);
  g_signal_connect (channel, "event::e", G_CALLBACK (add_event_cb), heard);
  g_signal_connect (channel, "error", G_CALLBACK (count_cb), &n_errors);
  pusher_channel_unsubscribe (channel);
  rotate (fixture, &keeper, OTHER_KEY);
  keeper.keeping = TRUE;
  g_assert_true (pusher_channel_resubscribe (channel, NULL));
  send_late (fixture, old_key);
  g_assert_cmpuint (n_errors, ==, 1);
  answer_kept (&keeper);
  send_late (fixture, old_key);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpuint (n_errors, ==, 2);
  g_assert_cmpstr (heard->str, ==, "");
  g_object_unref (channel);
  end (fixture, &keeper);
}

/* --- The user ------------------------------------------------------------ */

static PusherUser *
sign_in (Fixture *fixture)
{
  g_autoptr (PusherSecretAuthorizer) authenticator =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));
  PusherUser *user = pusher_client_get_user (fixture->client);

  pusher_secret_authorizer_set_user_data (authenticator, "{\"id\":\"42\",\"watchlist\":[\"43\"]}",
                                          NULL);
  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  pusher_user_sign_in (user);
  wait_until (pusher_user_get_signed_in (user));

  return user;
}

static void
add_id_cb (PusherUser *user,
           const char *id,
           GString    *heard)
{
  add_word (heard, "%s", id);
}

#define WATCHLIST                                                                      \
  "{\"event\":\"pusher_internal:watchlist_events\","                                   \
  "\"data\":{\"events\":[{\"name\":\"online\",\"user_ids\":[\"43\"]}]}}"

/* Who was online is not known any more without a connection. */
static void
test_online_lost (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherUser *user;

  fixture_connect (fixture);
  user = sign_in (fixture);
  g_signal_connect (user, "online", G_CALLBACK (add_id_cb), heard);
  pusher_test_faults_send_text (fixture->faults, NULL, WATCHLIST);
  wait_until (pusher_user_is_online (user, "43"));
  fixture_lose (fixture);
  g_assert_false (pusher_user_is_online (user, "43"));
  fixture_retry (fixture);
  wait_until (pusher_user_get_signed_in (user));
  pusher_test_faults_send_text (fixture->faults, NULL, WATCHLIST);
  fixture_sync (fixture);
  g_assert_cmpstr (heard->str, ==, "43 43");
  g_string_truncate (fixture->log, 0);
}

static void
test_unasked (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherUser *user = pusher_client_get_user (fixture->client);
  g_autoptr (GString) heard = g_string_new (NULL);

  fixture_connect (fixture);
  g_signal_connect (user, "online", G_CALLBACK (add_id_cb), heard);
  pusher_test_faults_send_text (fixture->faults, NULL, WATCHLIST);
  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"pusher:signin_success\","
                                "\"data\":{\"user_data\":{\"id\":\"42\"}}}");
  fixture_sync (fixture);
  g_assert_cmpstr (heard->str, ==, "");
  g_assert_false (pusher_user_is_online (user, "43"));
  g_assert_false (pusher_user_get_signed_in (user));
  fixture_assert_sent (fixture, "ping");
  g_string_truncate (fixture->log, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/leftovers/before-end", NULL, test_before_end);
  fixture_add ("/leftovers/abandoned-refused", NULL, test_abandoned_refused);
  fixture_add ("/leftovers/key/room-again", NULL, test_room_again);
  fixture_add ("/leftovers/key/while-delivering", NULL, test_key_while_delivering);
  fixture_add ("/leftovers/key/waiting-unsubscribed", NULL, test_waiting_unsubscribed);
  fixture_add ("/leftovers/key/unsubscribed", NULL, test_key_unsubscribed);
  fixture_add ("/leftovers/user/online-lost", NULL, test_online_lost);
  fixture_add ("/leftovers/user/unasked", NULL, test_unasked);

  return g_test_run ();
}
