/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A pusher:error that does not say what it is about: the answer to a subscription, to a
 * sign-in, to a client event, or to nothing that the client knows of. */

#include "fixture.h"
#include "messages.h"

#define ERROR(code) MESSAGE ("pusher:error", "\"{\\\"code\\\":" #code ",\\\"message\\\":\\\"no\\\"}\"")

static void
subscription_error_cb (PusherChannel *channel,
                       const GError  *error,
                       Fixture       *fixture)
{
  add_word (fixture->log, "%s:%s:%d", pusher_channel_get_name (channel),
            error->domain == PUSHER_SERVER_ERROR ? "refused" : "failed", error->code);
}

/* Returns: (transfer none): a channel that has been asked for. What it tells is logged, and
 * nothing is yet. */
static PusherChannel *
ask (Fixture    *fixture,
     const char *name)
{
  PusherChannel *channel = fixture_ask_for (fixture, name);

  g_signal_connect (channel, "subscription-error", G_CALLBACK (subscription_error_cb), fixture);
  fixture_settle (fixture);
  g_string_truncate (fixture->log, 0);

  return channel;
}

static void
connect_with_secret (Fixture *fixture)
{
  fixture->random = 0.5;
  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"1\"}");
  fixture_connect_to_peer (fixture);
}

/* What the peer says is heard. */
static void
say (Fixture    *fixture,
     const char *text)
{
  raw_peer_say (fixture->peer, text);
  fixture_settle (fixture);
}

static void
assert_state (PusherChannel     *channel,
              PusherChannelState state)
{
  g_assert_cmpint (pusher_channel_get_state (channel), ==, state);
}

/* The only one that it can be about. The client takes it back if the server does, and makes
 * sure of what the server has before it asks again. */
static void
test_certain (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *public, *private;

  connect_with_secret (fixture);
  public = ask (fixture, "a");
  private = ask (fixture, "private-b");
  say (fixture, ERROR (4009));
  fixture_assert_log (fixture, "private-b:refused:4009 error:4009");
  assert_state (public, PUSHER_CHANNEL_STATE_PENDING);
  assert_state (private, PUSHER_CHANNEL_STATE_FAILED);

  say (fixture, SUBSCRIBED ("private-b"));
  assert_state (private, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  say (fixture, SUBSCRIBED ("a"));
  assert_state (public, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "");
}

static void
test_asked_again (Fixture      *fixture,
                  gconstpointer user_data)
{
  PusherChannel *channel;

  connect_with_secret (fixture);
  channel = ask (fixture, "a");
  raw_peer_expect (fixture->peer, "subscribe:a");
  say (fixture, ERROR (4200));
  fixture_assert_log (fixture, "a:refused:4200 error:4200");

  /* Not by itself */
  fixture_advance (fixture, SECONDS (100));
  fixture_settle (fixture);
  assert_state (channel, PUSHER_CHANNEL_STATE_FAILED);
  pusher_channel_resubscribe (channel, NULL);
  raw_peer_expect (fixture->peer, "unsubscribe:a subscribe:a");
}

/* The answers to others tell which one it was: one that was passed over. */
static void
test_uncertain (Fixture      *fixture,
                gconstpointer user_data)
{
  PusherChannel *channels[3];

  connect_with_secret (fixture);
  channels[0] = ask (fixture, "private-a");
  channels[1] = ask (fixture, "private-b");
  channels[2] = ask (fixture, "presence-c");
  say (fixture, ERROR (4009));
  fixture_assert_log (fixture, "error:4009");
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    assert_state (channels[i], PUSHER_CHANNEL_STATE_PENDING);

  say (fixture, SUBSCRIBED ("private-b"));
  assert_state (channels[1], PUSHER_CHANNEL_STATE_SUBSCRIBED);
  assert_state (channels[2], PUSHER_CHANNEL_STATE_PENDING);
  fixture_assert_log (fixture, "private-a:refused:4009 error:4009");
}

/* It was none of them. */
static void
test_innocent (Fixture      *fixture,
               gconstpointer user_data)
{
  PusherChannel *channels[2];

  connect_with_secret (fixture);
  channels[0] = ask (fixture, "private-a");
  channels[1] = ask (fixture, "private-b");
  say (fixture, ERROR (4200));
  say (fixture, SUBSCRIBED ("private-a"));
  assert_state (channels[1], PUSHER_CHANNEL_STATE_PENDING);
  say (fixture, SUBSCRIBED ("private-b"));
  assert_state (channels[1], PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "error:4200");
}

/* All are refused. */
static void
test_all (Fixture      *fixture,
          gconstpointer user_data)
{
  connect_with_secret (fixture);
  ask (fixture, "private-a");
  ask (fixture, "private-b");
  say (fixture, ERROR (4009));
  fixture_assert_log (fixture, "error:4009");
  say (fixture, ERROR (4009));
  fixture_assert_log (fixture, "private-a:refused:4009 error:4009 private-b:refused:4009 error:4009");
}

/* It may as well be the answer to a client event: then nobody fails, but by the time
 * limit. */
static void
test_client_event (Fixture      *fixture,
                   gconstpointer user_data)
{
  PusherChannel *channel;

  connect_with_secret (fixture);
  channel = ask (fixture, "private-a");
  say (fixture, SUBSCRIBED ("private-a"));
  g_assert_true (pusher_channel_trigger (channel, "client-x", "{}", NULL));
  channel = ask (fixture, "private-b");
  say (fixture, ERROR (4009));
  fixture_assert_log (fixture, "error:4009");
  assert_state (channel, PUSHER_CHANNEL_STATE_PENDING);
  fixture_advance (fixture, SECONDS (30));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
  g_string_truncate (fixture->log, 0);

  /* That one was sent long ago now */
  channel = ask (fixture, "private-c");
  say (fixture, ERROR (4009));
  fixture_assert_log (fixture, "private-c:refused:4009 error:4009");
}

/* Servers that do not know users say so. */
static void
test_sign_in (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherUser *user = pusher_client_get_user (fixture->client);
  g_autoptr (PusherSecretAuthorizer) authenticator = pusher_secret_authorizer_new ("secret");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  pusher_secret_authorizer_set_user_data (authenticator, "{\"id\":\"42\"}", NULL);
  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  fixture_connect_to_peer (fixture);
  g_string_truncate (fixture->log, 0);
  pusher_user_sign_in_async (user, NULL, store_result_cb, &result);
  say (fixture, ERROR (4200));
  wait_until (result != NULL);
  g_assert_false (pusher_user_sign_in_finish (user, result, &error));
  g_assert_error (error, PUSHER_SERVER_ERROR, 4200);
  fixture_assert_log (fixture, "error:4200");
}

/* Codes that refuse nothing, and nothing that they could refuse. */
static void
test_unrelated (Fixture      *fixture,
                gconstpointer user_data)
{
  PusherChannel *channel;

  connect_with_secret (fixture);
  say (fixture, ERROR (4009));
  fixture_assert_log (fixture, "connecting connected error:4009");
  channel = ask (fixture, "private-a");
  say (fixture, ERROR (4004));
  say (fixture, ERROR (4302));
  say (fixture, ERROR (null));
  fixture_assert_log (fixture, "error:4004 error:4302 error:0");
  assert_state (channel, PUSHER_CHANNEL_STATE_PENDING);
}

/* It was about a subscription that nobody wants any more: a new one of that name has waited
 * for it. */
static void
test_abandoned (Fixture      *fixture,
                gconstpointer user_data)
{
  connect_with_secret (fixture);
  ask (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  ask (fixture, "a");
  raw_peer_expect (fixture->peer, "subscribe:a");
  say (fixture, ERROR (4200));
  raw_peer_expect (fixture->peer, "unsubscribe:a subscribe:a");
  fixture_assert_log (fixture, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/nameless-errors/certain", NULL, test_certain);
  fixture_add ("/nameless-errors/asked-again", NULL, test_asked_again);
  fixture_add ("/nameless-errors/uncertain", NULL, test_uncertain);
  fixture_add ("/nameless-errors/innocent", NULL, test_innocent);
  fixture_add ("/nameless-errors/all", NULL, test_all);
  fixture_add ("/nameless-errors/client-event", NULL, test_client_event);
  fixture_add ("/nameless-errors/sign-in", NULL, test_sign_in);
  fixture_add ("/nameless-errors/unrelated", NULL, test_unrelated);
  fixture_add ("/nameless-errors/abandoned", NULL, test_abandoned);

  return g_test_run ();
}
