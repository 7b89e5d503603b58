/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Subscriptions and sign-ins that nobody answers, or that are answered late. */

#include "fixture.h"
#include "messages.h"

#define PRIVATE "private-a"
#define LIMIT SECONDS (30)
#define RETRY SECONDS (22.5) /* half of the way between 15 and 30 s */

static void
error_cb (gpointer      object,
          const GError *error,
          Fixture      *fixture)
{
  if (error->domain == PUSHER_ERROR)
    g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT);
  add_word (fixture->log, error->domain == PUSHER_ERROR ? "timed-out" : "refused:%d", error->code);
}

static void
state_cb (PusherChannel *channel,
          GParamSpec    *pspec,
          Fixture       *fixture)
{
  static const char *const words[] = { "unsubscribed", "pending", "subscribed", "failed" };

  add_word (fixture->log, "%s", words[pusher_channel_get_state (channel)]);
}

static void
record (Fixture *fixture,
        gpointer channel)
{
  g_signal_connect (channel, "notify::state", G_CALLBACK (state_cb), fixture);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (error_cb), fixture);
  g_string_truncate (fixture->log, 0);
}

/* Returns: (transfer none): a channel of a client that is connected to a peer */
static PusherChannel *
subscribe (Fixture    *fixture,
           const char *name)
{
  PusherChannel *channel;

  fixture->random = 0.5;
  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, name);
  record (fixture, channel);
  raw_peer_expect (fixture->peer, "subscribe:a");

  return channel;
}

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
  record (fixture, channel);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a ping");

  for (guint i = 0; i < 2; i++)
    {
      fixture_advance (fixture, LIMIT - 1);
      fixture_assert_log (fixture, "");
      fixture_advance (fixture, 1);
      fixture_assert_log (fixture, "failed timed-out");
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
  fixture_assert_log (fixture, "failed timed-out pending subscribed");
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
  record (fixture, fixture_ask_for (fixture, "b"));
  fixture_sync (fixture);
  fixture_advance (fixture, SECONDS (2));
  fixture_assert_log (fixture, "failed timed-out");

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

/* --- Late answers -------------------------------------------------------- */

/* After the limit, the server has accepted all the same: that counts, and nothing more
 * is sent. */
static void
test_accepted_late (Fixture      *fixture,
                    gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  fixture_advance (fixture, LIMIT);
  fixture_assert_log (fixture, "failed timed-out");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "subscribed");

  /* Nothing is left of the retry */
  fixture_advance (fixture, RETRY);
  fixture_assert_log (fixture, "");
  pusher_channel_unsubscribe (channel);
  raw_peer_expect (fixture->peer, "unsubscribe:a");
}

/* The retry is on its way: the server is told in an order that it cannot refuse, and
 * both of its answers fit. */
static void
test_accepted_twice (Fixture      *fixture,
                     gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  fixture_advance (fixture, LIMIT);
  fixture_advance (fixture, RETRY);
  raw_peer_expect (fixture->peer, "unsubscribe:a subscribe:a");
  fixture_assert_log (fixture, "failed timed-out pending");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "subscribed");
}

/* A server that answers everything late, and in order, sees no mistake of the client. */
static void
test_held (Fixture      *fixture,
           gconstpointer user_data)
{
  gboolean unsubscribe = GPOINTER_TO_INT (user_data);
  PusherChannel *channel;

  fixture->random = 0.5;
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  fixture_connect (fixture);
  channel = fixture_ask_for (fixture, "a");
  fixture_sync (fixture);
  fixture_advance (fixture, LIMIT);
  if (unsubscribe)
    pusher_channel_unsubscribe (channel);
  fixture_advance (fixture, RETRY);
  fixture_sync (fixture);

  pusher_test_faults_set_hold_answers (fixture->faults, FALSE);
  if (!unsubscribe)
    wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_sync (fixture);
  fixture_sync (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, "a"), ==,
                    unsubscribe ? 0 : 1);
}

/* While the authorizer is asked anew the server says that it had accepted: it need not
 * answer any more. */
static void
test_accepted_while_authorizing (Fixture      *fixture,
                                 gconstpointer user_data)
{
  g_autoptr (PusherAuthorizationRequest) request = NULL;
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  PusherChannel *channel;
  GCancellable *cancellable;

  fixture->random = 0.5;
  fixture_use_secret (fixture, fixture->client, NULL);
  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, PRIVATE);
  record (fixture, channel);
  fixture_settle (fixture);
  fixture_advance (fixture, LIMIT);

  g_signal_connect_swapped (authorizer, "authorize", G_CALLBACK (g_set_object), &request);
  pusher_client_set_authorizer (fixture->client, authorizer);
  fixture_advance (fixture, RETRY);
  g_assert_nonnull (request);
  cancellable = pusher_authorization_request_get_cancellable (request);
  g_assert_false (g_cancellable_is_cancelled (cancellable));

  raw_peer_say (fixture->peer, SUBSCRIBED (PRIVATE));
  wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  fixture_assert_log (fixture, "failed timed-out pending subscribed");
  pusher_client_set_authorizer (fixture->client, NULL);
}

/* It is no answer if nothing was asked. */
static void
test_accepted_unasked (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autoptr (PusherAuthorizationRequest) request = NULL;
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  PusherChannel *channel;

  g_signal_connect_swapped (authorizer, "authorize", G_CALLBACK (g_set_object), &request);
  pusher_client_set_authorizer (fixture->client, authorizer);
  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, PRIVATE);
  record (fixture, channel);
  g_assert_nonnull (request);
  raw_peer_say (fixture->peer, SUBSCRIBED (PRIVATE));
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR (PRIVATE));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "");
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  pusher_channel_unsubscribe (channel);
}

/* A late refusal is final: what was to be tried again is not. */
static void
test_refused_late (Fixture      *fixture,
                   gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  fixture_advance (fixture, LIMIT);
  fixture_assert_log (fixture, "failed timed-out");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (fixture->log->len > 0);
  fixture_assert_log (fixture, "refused:4100");
  fixture_advance (fixture, 2 * RETRY);
  fixture_assert_log (fixture, "");
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
}

/* An error need not have been about the subscription. */
static void
test_accepted_after_error (Fixture      *fixture,
                           gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  raw_peer_say (fixture->peer, MESSAGE_ON ("a", "pusher:error", "{\"code\":4009}"));
  wait_for (channel, PUSHER_CHANNEL_STATE_FAILED);
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "failed refused:4009 subscribed");
}

/* Asked twice, a server has two answers: the last one counts. */
static void
test_refused_and_accepted (Fixture      *fixture,
                           gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  fixture_advance (fixture, LIMIT);
  fixture_advance (fixture, RETRY);
  raw_peer_expect (fixture->peer, "unsubscribe:a subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "failed timed-out pending failed refused:4100 subscribed");
}

/* What was accepted is refused after all. */
static void
test_refused_afterwards (Fixture      *fixture,
                         gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_for (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  raw_peer_say (fixture->peer,
                MESSAGE_ON ("a", "pusher_internal:subscription_count",
                            "{\"subscription_count\":3}"));
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_for (channel, PUSHER_CHANNEL_STATE_FAILED);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "subscribed failed refused:4100");
  g_assert_cmpint (pusher_channel_get_subscription_count (channel), ==, -1);

  /* The application may insist */
  pusher_channel_resubscribe (channel, NULL);
  raw_peer_expect (fixture->peer, "subscribe:a");
}

/* The members are those that the server told last. */
static void
test_members (Fixture      *fixture,
              gconstpointer user_data)
{
#define MEMBERS(hash) \
  MESSAGE_ON ("presence-p", "pusher_internal:subscription_succeeded", \
              "{\"presence\":{\"hash\":" hash "}}")
  PusherPresenceChannel *channel;
  GListModel *members;

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"1\"}");
  fixture_connect_to_peer (fixture);
  channel = PUSHER_PRESENCE_CHANNEL (fixture_ask_for (fixture, "presence-p"));
  members = pusher_presence_channel_get_members (channel);
  raw_peer_say (fixture->peer, MEMBERS ("{\"1\":{},\"2\":{}}"));
  wait_until (g_list_model_get_n_items (members) == 2);
  record (fixture, channel);
  raw_peer_say (fixture->peer, MEMBERS ("{\"1\":{},\"3\":{}}"));
  wait_until (pusher_presence_channel_get_member (channel, "3") != NULL);
  g_assert_null (pusher_presence_channel_get_member (channel, "2"));
  fixture_assert_log (fixture, "");
#undef MEMBERS
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
  record (fixture, channel);
  fixture_advance (fixture, LIMIT - 1);
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, 1);
  fixture_assert_log (fixture, "failed timed-out");
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
  fixture_assert_log (fixture, "failed timed-out");
}

/* An endpoint that lets one channel wait for the other: what waits has not begun. */
static void
test_queued (Fixture      *fixture,
             gconstpointer user_data)
{
  PusherHttpAuthorizer *authorizer = pusher_client_use_endpoint (
    fixture->client, pusher_test_backend_get_auth_endpoint (fixture->backend));
  guint n_second_errors = 0;

  pusher_http_authorizer_set_max_concurrent (authorizer, 1);
  pusher_test_backend_set_delay (fixture->backend, G_MAXUINT);
  fixture_connect (fixture);
  record (fixture, fixture_ask_for (fixture, PRIVATE));
  count_signals (fixture_ask_for (fixture, "private-b"), "subscription-error", &n_second_errors);
  wait_until (pusher_test_backend_get_n_auth_requests (fixture->backend) == 1);
  fixture_advance (fixture, LIMIT);
  fixture_assert_log (fixture, "failed timed-out");
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
  g_assert_false (pusher_user_signin_finish (pusher_client_get_user (fixture->client), *result,
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
  count_signals (user, "signin-error", &n_errors);
  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  fixture_connect (fixture);
  pusher_user_signin_async (user, NULL, store_result_cb, &result);
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
  g_signal_connect (user, "signin-error", G_CALLBACK (error_cb), fixture);
  fixture_connect_to_peer (fixture);
  g_string_truncate (fixture->log, 0);
  pusher_user_signin_async (user, NULL, store_result_cb, &result);
  assert_sign_in_times_out (fixture, &result);
  fixture_assert_log (fixture, "timed-out");

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
      fixture_assert_log (fixture, "refused:401");
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
  pusher_user_signin (pusher_client_get_user (fixture->client));
  fixture_advance (fixture, SECONDS (1));
  channel = fixture_ask_for (fixture, "presence-p");
  record (fixture, channel);
  fixture_advance (fixture, LIMIT - 1);
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, 1);
  fixture_assert_log (fixture, "failed timed-out");
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
  fixture_add ("/unanswered/accepted-late", NULL, test_accepted_late);
  fixture_add ("/unanswered/accepted-late/twice", NULL, test_accepted_twice);
  fixture_add ("/unanswered/accepted-late/while-authorizing", NULL,
               test_accepted_while_authorizing);
  fixture_add ("/unanswered/accepted-late/held", GINT_TO_POINTER (FALSE), test_held);
  fixture_add ("/unanswered/accepted-late/unsubscribed", GINT_TO_POINTER (TRUE), test_held);
  fixture_add ("/unanswered/accepted-unasked", NULL, test_accepted_unasked);
  fixture_add ("/unanswered/accepted-after-error", NULL, test_accepted_after_error);
  fixture_add ("/unanswered/refused-late", NULL, test_refused_late);
  fixture_add ("/unanswered/refused-late/accepted", NULL, test_refused_and_accepted);
  fixture_add ("/unanswered/refused-late/afterwards", NULL, test_refused_afterwards);
  fixture_add ("/unanswered/members", NULL, test_members);
  fixture_add ("/unanswered/released", NULL, test_released);
  fixture_add ("/unanswered/authorizer", NULL, test_authorizer);
  fixture_add ("/unanswered/authorizer/queued", NULL, test_queued);
  fixture_add ("/unanswered/sign-in", NULL, test_sign_in);
  fixture_add ("/unanswered/sign-in/accepted-late", GINT_TO_POINTER (TRUE), test_sign_in_late);
  fixture_add ("/unanswered/sign-in/refused-late", GINT_TO_POINTER (FALSE), test_sign_in_late);
  fixture_add ("/unanswered/held-for-user", NULL, test_held_for_user);

  return g_test_run ();
}
