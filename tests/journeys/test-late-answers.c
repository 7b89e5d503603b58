/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Answers to subscriptions that come late, or twice, or unasked. */

#include "fixture.h"
#include "messages.h"

#define PRIVATE "private-a"
#define LIMIT SECONDS (30)
#define RETRY SECONDS (22.5) /* half of the way between 15 and 30 s */

/* Returns: (transfer none): a channel of a client that is connected to a peer */
static PusherChannel *
subscribe (Fixture    *fixture,
           const char *name)
{
  PusherChannel *channel;

  fixture->random = 0.5;
  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, name);
  fixture_record_failures (fixture, channel);
  raw_peer_expect (fixture->peer, "subscribe:a");

  return channel;
}

static void
wait_for (PusherChannel     *channel,
          PusherChannelState state)
{
  wait_until (pusher_channel_get_state (channel) == state);
}

/* After the limit, the server has accepted all the same: that counts, and nothing more
 * is sent. */
static void
test_accepted_late (Fixture      *fixture,
                    gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  fixture_advance (fixture, LIMIT);
  fixture_assert_log (fixture, "failed timed-out error:timed-out");
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
  fixture_assert_log (fixture, "failed timed-out error:timed-out pending");
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
  fixture_record_failures (fixture, channel);
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
  fixture_assert_log (fixture, "failed timed-out error:timed-out pending subscribed");
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
  fixture_record_failures (fixture, channel);
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
  fixture_assert_log (fixture, "failed timed-out error:timed-out");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (fixture->log->len > 0);
  fixture_assert_log (fixture, "refused:4100 error:4100");
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
  fixture_assert_log (fixture, "failed refused:4009 error:4009 subscribed");
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
  fixture_assert_log (fixture, "failed timed-out error:timed-out pending failed refused:4100 error:4100 subscribed");
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
  fixture_assert_log (fixture, "subscribed failed refused:4100 error:4100");
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
  fixture_record_failures (fixture, channel);
  raw_peer_say (fixture->peer, MEMBERS ("{\"1\":{},\"3\":{}}"));
  wait_until (pusher_presence_channel_get_member (channel, "3") != NULL);
  g_assert_null (pusher_presence_channel_get_member (channel, "2"));
  fixture_assert_log (fixture, "");
#undef MEMBERS
}

static gboolean
complete_badly_cb (PusherAuthorizer           *authorizer,
                   PusherAuthorizationRequest *request,
                   gpointer                    user_data)
{
  pusher_authorization_request_complete (request, "KEY:auth", "{}", NULL);

  return TRUE;
}

/* An authorization that was of no use does not hide who was accepted. */
static void
test_me (Fixture      *fixture,
         gconstpointer user_data)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  PusherPresenceChannel *channel;

  fixture->random = 0.5;
  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"1\"}");
  fixture_connect_to_peer (fixture);
  channel = PUSHER_PRESENCE_CHANNEL (fixture_ask_for (fixture, "presence-p"));
  fixture_settle (fixture);
  fixture_advance (fixture, LIMIT);
  g_signal_connect (authorizer, "authorize", G_CALLBACK (complete_badly_cb), NULL);
  pusher_client_set_authorizer (fixture->client, authorizer);
  fixture_advance (fixture, RETRY);
  g_assert_cmpint (pusher_channel_get_state (PUSHER_CHANNEL (channel)), ==,
                   PUSHER_CHANNEL_STATE_FAILED);
  raw_peer_say (fixture->peer,
                MESSAGE_ON ("presence-p", "pusher_internal:subscription_succeeded",
                            "{\"presence\":{\"hash\":{\"1\":{}}}}"));
  wait_for (PUSHER_CHANNEL (channel), PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_nonnull (pusher_presence_channel_get_me (channel));
  g_assert_cmpstr (pusher_member_get_id (pusher_presence_channel_get_me (channel)), ==, "1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/late-answers/accepted", NULL, test_accepted_late);
  fixture_add ("/late-answers/accepted/twice", NULL, test_accepted_twice);
  fixture_add ("/late-answers/accepted/while-authorizing", NULL,
               test_accepted_while_authorizing);
  fixture_add ("/late-answers/accepted/held", GINT_TO_POINTER (FALSE), test_held);
  fixture_add ("/late-answers/accepted/unsubscribed", GINT_TO_POINTER (TRUE), test_held);
  fixture_add ("/late-answers/accepted-unasked", NULL, test_accepted_unasked);
  fixture_add ("/late-answers/accepted-after-error", NULL, test_accepted_after_error);
  fixture_add ("/late-answers/refused", NULL, test_refused_late);
  fixture_add ("/late-answers/refused/accepted", NULL, test_refused_and_accepted);
  fixture_add ("/late-answers/refused/afterwards", NULL, test_refused_afterwards);
  fixture_add ("/late-answers/members", NULL, test_members);
  fixture_add ("/late-answers/members/me", NULL, test_me);

  return g_test_run ();
}
