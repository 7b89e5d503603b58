/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Subscriptions that failed for a reason that may pass. */

#include "fixture.h"

#define CHANNEL "private-a"

/* Answers in the place of the secret as long as there is an error. */
typedef struct
{
  GError *error; /* nullable */
  gboolean for_now;
  guint n_asked;
} Trouble;

static gboolean
authorize_cb (PusherAuthorizer           *authorizer,
              PusherAuthorizationRequest *request,
              Trouble                    *trouble)
{
  trouble->n_asked++;
  if (trouble->error == NULL)
    return FALSE;

  if (trouble->for_now)
    pusher_authorization_request_fail_for_now (request, trouble->error);
  else
    pusher_authorization_request_fail (request, trouble->error);

  return TRUE;
}

static PusherChannel *
subscribe_in_trouble (Fixture *fixture,
                      Trouble *trouble,
                      GQuark   domain,
                      int      code,
                      gboolean for_now)
{
  PusherChannel *channel;

  *trouble = (Trouble) { g_error_new_literal (domain, code, "Trouble"), for_now, 0 };
  fixture_use_secret (fixture, fixture->client, NULL);
  g_signal_connect (pusher_client_get_authorizer (fixture->client), "authorize",
                    G_CALLBACK (authorize_cb), trouble);
  fixture_connect (fixture);
  channel = pusher_client_subscribe (fixture->client, CHANNEL, NULL);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
  g_assert_cmpuint (trouble->n_asked, ==, 1);

  return channel;
}

static void
finish (Fixture *fixture,
        Trouble *trouble)
{
  g_clear_error (&trouble->error);
  g_string_truncate (fixture->log, 0);
}

/* Between 15 and 30 seconds after it failed, again and again. */
static void
test_recovers (Fixture      *fixture,
               gconstpointer user_data)
{
  Trouble trouble;
  PusherChannel *channel;

  fixture->random = 0.5;
  channel = subscribe_in_trouble (fixture, &trouble, PUSHER_ERROR,
                                  PUSHER_ERROR_AUTHORIZATION, TRUE);
  for (guint i = 2; i < 5; i++)
    {
      fixture_advance (fixture, SECONDS (22.5) - 1);
      g_assert_cmpuint (trouble.n_asked, ==, i - 1);
      fixture_advance (fixture, 1);
      g_assert_cmpuint (trouble.n_asked, ==, i);
      g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
      fixture_sync (fixture);
    }

  g_clear_error (&trouble.error);
  fixture_advance (fixture, SECONDS (22.5));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_sync (fixture);
  fixture_advance (fixture, SECONDS (60));
  g_assert_cmpuint (trouble.n_asked, ==, 5);
  finish (fixture, &trouble);
}

static void
test_final (Fixture      *fixture,
            gconstpointer user_data)
{
  Trouble trouble;
  PusherChannel *channel = subscribe_in_trouble (fixture, &trouble, PUSHER_HTTP_ERROR,
                                                 PUSHER_HTTP_ERROR_SERVICE_UNAVAILABLE, FALSE);

  fixture_advance (fixture, SECONDS (100));
  g_assert_cmpuint (trouble.n_asked, ==, 1);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
  finish (fixture, &trouble);
}

/* What a reconnect has tried again does not wait for its time as well. */
static void
test_reconnected (Fixture      *fixture,
                  gconstpointer user_data)
{
  Trouble trouble;
  PusherChannel *channel = subscribe_in_trouble (fixture, &trouble, PUSHER_ERROR,
                                                 PUSHER_ERROR_UNREACHABLE, TRUE);

  g_clear_error (&trouble.error);
  fixture_lose (fixture);
  fixture_retry (fixture);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_sync (fixture);
  fixture_advance (fixture, SECONDS (30));
  g_assert_cmpuint (trouble.n_asked, ==, 2);
  finish (fixture, &trouble);
}

static void
test_unsubscribed (Fixture      *fixture,
                   gconstpointer user_data)
{
  Trouble trouble;

  subscribe_in_trouble (fixture, &trouble, PUSHER_ERROR, PUSHER_ERROR_TIMEOUT, TRUE);
  pusher_client_unsubscribe (fixture->client, CHANNEL);
  fixture_advance (fixture, SECONDS (30));
  g_assert_cmpuint (trouble.n_asked, ==, 1);
  finish (fixture, &trouble);
}

/* A handler may unsubscribe from the channels that come next. */
static void
unsubscribe_all_cb (PusherChannel *channel,
                    GParamSpec    *pspec,
                    Fixture       *fixture)
{
  if (pusher_channel_get_state (channel) != PUSHER_CHANNEL_STATE_PENDING)
    return;

  pusher_client_unsubscribe (fixture->client, CHANNEL "1");
  pusher_client_unsubscribe (fixture->client, CHANNEL);
}

static void
test_unsubscribed_meanwhile (Fixture      *fixture,
                             gconstpointer user_data)
{
  Trouble trouble;
  PusherChannel *channel = subscribe_in_trouble (fixture, &trouble, PUSHER_ERROR,
                                                 PUSHER_ERROR_TIMEOUT, TRUE);

  pusher_client_subscribe (fixture->client, CHANNEL "1", NULL);
  g_signal_connect (channel, "notify::state", G_CALLBACK (unsubscribe_all_cb), fixture);
  fixture_advance (fixture, SECONDS (30));
  g_assert_cmpuint (trouble.n_asked, ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (pusher_client_get_channels (fixture->client)), ==, 0);
  finish (fixture, &trouble);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/subscription-retry/recovers", NULL, test_recovers);
  fixture_add ("/subscription-retry/final", NULL, test_final);
  fixture_add ("/subscription-retry/reconnected", NULL, test_reconnected);
  fixture_add ("/subscription-retry/unsubscribed", NULL, test_unsubscribed);
  fixture_add ("/subscription-retry/unsubscribed/meanwhile", NULL, test_unsubscribed_meanwhile);

  return g_test_run ();
}
