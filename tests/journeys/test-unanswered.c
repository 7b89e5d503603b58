/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Subscriptions and sign-ins that nobody answers. */

#include "fixture.h"
#include "messages.h"

#define PRIVATE "private-a"
#define LIMIT SECONDS (30)
#define RETRY SECONDS (22.5) /* half of the way between 15 and 30 s */

static void
wait_for (PusherChannel     *channel,
          PusherChannelState state)
{
  wait_until (pusher_channel_get_state (channel) == state);
}

/* Told when the limit has passed, not before, and tried again for as long as it takes. */
static void
test_subscription (Fixture      *fixture,
                   gconstpointer user_data)
{
  PusherChannel *channel;

  fixture->random = 0.5;
  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  fixture_connect (fixture);
  channel = fixture_ask_for (fixture, "a");
  fixture_record_failures (fixture, channel);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a ping");

  for (guint i = 0; i < 2; i++)
    {
      fixture_advance (fixture, LIMIT - 1);
      fixture_assert_log (fixture, "");
      fixture_advance (fixture, 1);
      fixture_assert_log (fixture, "failed timed-out error:timed-out");
      fixture_sync (fixture);
      fixture_assert_sent (fixture, "ping");

      fixture_advance (fixture, RETRY);
      fixture_assert_log (fixture, "pending");
      fixture_sync (fixture);
      fixture_assert_sent (fixture, "unsubscribe:a subscribe:a ping");
    }

  pusher_test_faults_set_never_answer (fixture->faults, FALSE);
  fixture_advance (fixture, LIMIT);
  fixture_advance (fixture, RETRY);
  wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "failed timed-out error:timed-out pending subscribed");
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, "a"), ==, 1);
}

static void
test_async (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  fixture_connect (fixture);
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  fixture_sync (fixture);
  fixture_advance (fixture, LIMIT - SECONDS (1));
  settle ();
  g_assert_null (result);
  fixture_advance (fixture, SECONDS (1));
  wait_until (result != NULL);
  g_assert_null (pusher_client_subscribe_finish (fixture->client, result, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT);
}

/* The limit is a setting, and 0 is none. */
static void
test_setting (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel;

  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  pusher_client_set_subscription_timeout (fixture->client, 0);
  fixture_connect (fixture);
  channel = fixture_ask_for (fixture, "a");
  fixture_sync (fixture);
  pusher_client_set_subscription_timeout (fixture->client, 2);
  fixture_record_failures (fixture, fixture_ask_for (fixture, "b"));
  fixture_sync (fixture);
  fixture_advance (fixture, SECONDS (2));
  fixture_assert_log (fixture, "failed timed-out error:timed-out");

  fixture_advance (fixture, SECONDS (10));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
}

/* Many, with different limits: each is told when its own has passed. */
static void
test_each (Fixture      *fixture,
           gconstpointer user_data)
{
  PusherChannel *channels[3];

  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  fixture_connect (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);

      channels[i] = fixture_ask_for (fixture, name);
      fixture_advance (fixture, SECONDS (1));
    }
  fixture_sync (fixture);

  fixture_advance (fixture, LIMIT - SECONDS (4));
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      g_assert_cmpint (pusher_channel_get_state (channels[i]), ==, PUSHER_CHANNEL_STATE_PENDING);
      fixture_advance (fixture, SECONDS (1));
      g_assert_cmpint (pusher_channel_get_state (channels[i]), ==, PUSHER_CHANNEL_STATE_FAILED);
    }
}

/* --- Names that are used again ------------------------------------------- */

/* A channel that waits for the answer to an earlier one of its name does not wait for
 * ever. */
static void
test_released (Fixture      *fixture,
               gconstpointer user_data)
{
  PusherChannel *channel;

  fixture->random = 0.5;
  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  fixture_connect (fixture);
  fixture_ask_for (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  channel = fixture_ask_for (fixture, "a");
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a ping");

  pusher_test_faults_set_never_answer (fixture->faults, FALSE);
  fixture_advance (fixture, LIMIT);
  wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "unsubscribe:a subscribe:a ping");
}

/* --- Authorizers that do not answer -------------------------------------- */

static gboolean
keep_cb (PusherAuthorizer           *authorizer,
         PusherAuthorizationRequest *request,
         GPtrArray                  *requests)
{
  g_ptr_array_add (requests, g_object_ref (request));

  return TRUE;
}

/* Returns: (transfer full): what the authorizer was asked for */
static GPtrArray *
use_silent_authorizer (Fixture *fixture)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  fixture->random = 0.5;
  g_object_set_data_full (G_OBJECT (authorizer), "requests", g_ptr_array_ref (requests),
                          (GDestroyNotify) g_ptr_array_unref);
  g_signal_connect (authorizer, "authorize", G_CALLBACK (keep_cb), requests);
  pusher_client_set_authorizer (fixture->client, authorizer);
  pusher_client_set_user_authenticator (fixture->client, authorizer);

  return requests;
}

static void
complete (Fixture                    *fixture,
          PusherAuthorizationRequest *request)
{
  g_autoptr (PusherSecretAuthorizer) authorizer =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));
  gboolean handled;

  g_signal_emit_by_name (authorizer, "authorize", request, &handled);
  g_assert_true (handled);
}

static void
test_authorizer (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autoptr (GPtrArray) requests = use_silent_authorizer (fixture);
  PusherChannel *channel;

  fixture_connect (fixture);
  channel = fixture_ask_for (fixture, PRIVATE);
  fixture_record_failures (fixture, channel);
  fixture_advance (fixture, LIMIT - 1);
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, 1);
  fixture_assert_log (fixture, "failed timed-out error:timed-out");
  g_assert_true (g_cancellable_is_cancelled (
    pusher_authorization_request_get_cancellable (requests->pdata[0])));

  /* What comes too late is not used */
  complete (fixture, requests->pdata[0]);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping");
  fixture_advance (fixture, RETRY);
  g_assert_cmpuint (requests->len, ==, 2);

  /* The server has its own time */
  fixture_advance (fixture, LIMIT - 1);
  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  complete (fixture, requests->pdata[1]);
  fixture_sync (fixture);
  fixture_assert_log (fixture, "pending");
  fixture_advance (fixture, LIMIT - 1);
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, 1);
  fixture_assert_log (fixture, "failed timed-out error:timed-out");
}

/* An endpoint that lets one channel wait for the other: what waits has not begun. */
static void
test_queued (Fixture      *fixture,
             gconstpointer user_data)
{
  PusherHttpAuthorizer *authorizer = pusher_client_use_endpoint (
    fixture->client, pusher_test_backend_get_auth_endpoint (fixture->backend), NULL);
  guint n_second_errors = 0;

  pusher_http_authorizer_set_max_concurrent (authorizer, 1);
  pusher_test_backend_set_delay_ms (fixture->backend, G_MAXUINT);
  fixture_connect (fixture);
  fixture_record_failures (fixture, fixture_ask_for (fixture, PRIVATE));
  count_signals (fixture_ask_for (fixture, "private-b"), "subscription-error", &n_second_errors);
  wait_until (pusher_test_backend_get_n_auth_requests (fixture->backend) == 1);
  fixture_advance (fixture, LIMIT);
  fixture_assert_log (fixture, "failed timed-out error:timed-out");
  g_assert_cmpuint (n_second_errors, ==, 0);

  /* The first one has made way */
  wait_until (pusher_test_backend_get_n_auth_requests (fixture->backend) == 2);
  fixture_advance (fixture, LIMIT);
  g_assert_cmpuint (n_second_errors, ==, 1);
}

/* --- The user ------------------------------------------------------------ */

static void
assert_sign_in_times_out (Fixture       *fixture,
                          GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  fixture_advance (fixture, LIMIT - SECONDS (1));
  settle ();
  g_assert_null (*result);
  fixture_advance (fixture, SECONDS (1));
  wait_until (*result != NULL);
  g_assert_false (pusher_user_sign_in_finish (pusher_client_get_user (fixture->client), *result,
                                              &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT);
  g_clear_object (result);
}

static void
test_sign_in (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherUser *user = pusher_client_get_user (fixture->client);
  g_autoptr (PusherSecretAuthorizer) authenticator =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));
  g_autoptr (GAsyncResult) result = NULL;
  guint n_errors = 0;

  fixture->random = 0.5;
  pusher_secret_authorizer_set_user_data (authenticator, "{\"id\":\"42\"}", NULL);
  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  count_signals (user, "sign-in-error", &n_errors);
  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  fixture_connect (fixture);
  pusher_user_sign_in_async (user, NULL, store_result_cb, &result);
  fixture_sync (fixture);
  assert_sign_in_times_out (fixture, &result);
  g_assert_cmpuint (n_errors, ==, 1);

  pusher_test_faults_set_never_answer (fixture->faults, FALSE);
  fixture_advance (fixture, RETRY);
  wait_until (pusher_user_get_signed_in (user));
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "signin ping signin subscribe:#server-to-user-42 ping");
  g_assert_cmpuint (n_errors, ==, 1);
}

static void
test_sign_in_late (Fixture      *fixture,
                   gconstpointer user_data)
{
  gboolean accept = GPOINTER_TO_INT (user_data);
  PusherUser *user = pusher_client_get_user (fixture->client);
  g_autoptr (PusherSecretAuthorizer) authenticator = pusher_secret_authorizer_new ("secret");
  g_autoptr (GAsyncResult) result = NULL;

  fixture->random = 0.5;
  pusher_secret_authorizer_set_user_data (authenticator, "{\"id\":\"42\"}", NULL);
  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  fixture_connect_to_peer (fixture);
  fixture_record_failures (fixture, user);
  pusher_user_sign_in_async (user, NULL, store_result_cb, &result);
  assert_sign_in_times_out (fixture, &result);
  fixture_assert_log (fixture, "timed-out error:timed-out");

  if (accept)
    {
      raw_peer_say (fixture->peer, MESSAGE ("pusher:signin_success",
                                            "{\"user_data\":\"{\\\"id\\\":\\\"42\\\"}\"}"));
      wait_until (pusher_user_get_signed_in (user));

      /* No sign-in is left that this could be about. */
      raw_peer_say (fixture->peer, MESSAGE ("pusher:signin_error", "{\"status\":401}"));
      settle ();
      fixture_assert_log (fixture, "");
      g_assert_true (pusher_user_get_signed_in (user));
    }
  else
    {
      raw_peer_say (fixture->peer, MESSAGE ("pusher:signin_error", "{\"status\":401}"));
      wait_until (fixture->log->len > 0);
      fixture_assert_log (fixture, "refused:401 error:401");
    }

  /* Nothing is left of the retry */
  fixture_advance (fixture, LIMIT + RETRY);
  fixture_assert_log (fixture, "");
}

/* Somebody asks for the user's password, and nobody types it. */
static void
test_held_for_user (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autoptr (GPtrArray) requests G_GNUC_UNUSED = use_silent_authorizer (fixture);
  PusherChannel *channel;

  fixture_connect (fixture);
  fixture_use_secret (fixture, fixture->client, NULL);
  pusher_user_sign_in (pusher_client_get_user (fixture->client));
  fixture_advance (fixture, SECONDS (1));
  channel = fixture_ask_for (fixture, "presence-p");
  fixture_record_failures (fixture, channel);
  fixture_advance (fixture, LIMIT - 1);
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, 1);
  fixture_assert_log (fixture, "failed timed-out error:timed-out");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/unanswered/subscription", NULL, test_subscription);
  fixture_add ("/unanswered/async", NULL, test_async);
  fixture_add ("/unanswered/setting", NULL, test_setting);
  fixture_add ("/unanswered/each", NULL, test_each);
  fixture_add ("/unanswered/released", NULL, test_released);
  fixture_add ("/unanswered/authorizer", NULL, test_authorizer);
  fixture_add ("/unanswered/authorizer/queued", NULL, test_queued);
  fixture_add ("/unanswered/sign-in", NULL, test_sign_in);
  fixture_add ("/unanswered/sign-in/accepted-late", GINT_TO_POINTER (TRUE), test_sign_in_late);
  fixture_add ("/unanswered/sign-in/refused-late", GINT_TO_POINTER (FALSE), test_sign_in_late);
  fixture_add ("/unanswered/held-for-user", NULL, test_held_for_user);

  return g_test_run ();
}
