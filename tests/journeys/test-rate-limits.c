/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Servers that take so many messages in a while, and more of them badly: as Laravel Reverb
 * does it. */

#include "fixture.h"
#include "messages.h"

#include <string.h>

#define N_CHANNELS 80
#define MAX_MESSAGES 60
#define PERIOD SECONDS (60)
#define TWO_MINUTES SECONDS (120)

#define RATE_LIMIT_EXCEEDED \
  MESSAGE ("pusher:error", "\"{\\\"code\\\":4301,\\\"message\\\":\\\"Rate limit exceeded\\\"}\"")

/* What one connection has used of its allowance. */
typedef struct
{
  Fixture *fixture;
  gboolean terminates;
  gboolean shared; /* by all connections */

  char *socket_id;
  gint64 since;
  guint n_taken;
  guint n_refused;
  guint n_connections;
  GSource *cut; /* which is about to happen */
} Limiter;

static gboolean
cut_cb (gpointer user_data)
{
  Limiter *self = user_data;

  g_clear_pointer (&self->cut, g_source_unref);
  pusher_test_faults_cut_connections (self->fixture->faults);

  return G_SOURCE_REMOVE;
}

/* What was said before the end arrives. */
static void
terminate (Limiter *self)
{
  if (self->cut != NULL)
    return;

  self->cut = g_idle_source_new ();
  g_source_set_priority (self->cut, G_PRIORITY_LOW);
  g_source_set_callback (self->cut, cut_cb, self, NULL);
  g_source_attach (self->cut, NULL);
}

/* Before the server looks at it */
static void
message_received_cb (PusherTestServer *server,
                     const char       *socket_id,
                     const char       *text,
                     Limiter          *self)
{
  PusherTestFaults *faults = pusher_test_server_get_faults (server);
  gboolean is_new = g_strcmp0 (self->socket_id, socket_id) != 0;

  if (is_new)
    self->n_connections++;
  if (self->fixture->now - self->since >= PERIOD || (is_new && !self->shared))
    {
      self->since = self->fixture->now;
      self->n_taken = 0;
    }
  if (is_new)
    {
      g_free (self->socket_id);
      self->socket_id = g_strdup (socket_id);
    }

  pusher_test_faults_set_never_answer (faults, self->n_taken >= MAX_MESSAGES);
  if (self->n_taken < MAX_MESSAGES)
    {
      self->n_taken++;
      return;
    }

  self->n_refused++;
  if (self->terminates)
    terminate (self);
  else
    pusher_test_faults_send_text (faults, socket_id, RATE_LIMIT_EXCEEDED);
}

static void
limiter_set_up (Limiter *self,
                Fixture *fixture,
                gboolean terminates)
{
  *self = (Limiter) { .fixture = fixture, .terminates = terminates };
  fixture->random = 0.5;
  g_signal_connect (fixture->server, "message-received", G_CALLBACK (message_received_cb), self);
}

static void
limiter_tear_down (Limiter *self)
{
  g_signal_handlers_disconnect_by_data (self->fixture->server, self);
  g_free (self->socket_id);
}

static guint
count (Fixture           *fixture,
       PusherChannelState state)
{
  GListModel *channels = pusher_client_get_channels (fixture->client);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      n += pusher_channel_get_state (channel) == state;
    }

  return n;
}

static void
ask_for_all (Fixture *fixture)
{
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);

      fixture_ask_for (fixture, name);
    }
}

/* Lets time pass until all channels are subscribed.
 *
 * Returns: how long that takes */
static gint64
await_all (Fixture *fixture)
{
  gint64 begin = fixture->now;

  while (count (fixture, PUSHER_CHANNEL_STATE_SUBSCRIBED) < N_CHANNELS)
    {
      g_assert_cmpint (fixture->now - begin, <=, 2 * TWO_MINUTES);
      g_assert_cmpuint (count (fixture, PUSHER_CHANNEL_STATE_FAILED), ==, 0);
      fixture_advance (fixture, SECONDS (0.5));
      fixture_settle (fixture);
    }

  return fixture->now - begin;
}

static void
assert_all (Fixture *fixture)
{
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);

      g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, name), ==, 1);
    }
}

/* Those for which there is no room come when there is, and none has failed meanwhile. The
 * next time the client knows. */
static void
test_refuses (Fixture      *fixture,
              gconstpointer user_data)
{
  Limiter limiter;

  limiter_set_up (&limiter, fixture, FALSE);
  ask_for_all (fixture);
  fixture_connect (fixture);
  fixture_settle (fixture);
  g_assert_cmpuint (count (fixture, PUSHER_CHANNEL_STATE_SUBSCRIBED), ==, MAX_MESSAGES);
  fixture_assert_log (fixture, "connecting connected error:4301");

  g_assert_cmpint (await_all (fixture), <=, TWO_MINUTES);
  assert_all (fixture);
  g_assert_cmpuint (limiter.n_refused, ==, N_CHANNELS - MAX_MESSAGES);
  fixture_assert_log (fixture, "");

  fixture_lose (fixture);
  fixture_retry (fixture);
  g_assert_cmpint (await_all (fixture), <=, TWO_MINUTES);
  assert_all (fixture);
  g_assert_cmpuint (limiter.n_refused, ==, N_CHANNELS - MAX_MESSAGES);
  limiter_tear_down (&limiter);
}

static void
test_terminates (Fixture      *fixture,
                 gconstpointer user_data)
{
  Limiter limiter;

  limiter_set_up (&limiter, fixture, TRUE);
  ask_for_all (fixture);
  fixture_connect (fixture);
  g_assert_cmpint (await_all (fixture), <=, TWO_MINUTES);
  assert_all (fixture);
  g_assert_cmpuint (limiter.n_connections, <=, 3);

  /* And then it stays so */
  fixture_lose (fixture);
  fixture_retry (fixture);
  g_assert_cmpint (await_all (fixture), <=, TWO_MINUTES);
  g_assert_cmpuint (limiter.n_connections, <=, 4);
  limiter_tear_down (&limiter);
}

/* A server that counts by the address of the client: it is slower, but gets there. */
static void
test_shared (Fixture      *fixture,
             gconstpointer user_data)
{
  Limiter limiter;

  limiter_set_up (&limiter, fixture, TRUE);
  limiter.shared = TRUE;
  ask_for_all (fixture);
  fixture_connect (fixture);
  await_all (fixture);
  assert_all (fixture);
  limiter_tear_down (&limiter);
}

static void
store_first_cb (PusherTestServer *server,
                const char       *socket_id,
                const char       *channel,
                GString          *names)
{
  add_word (names, "%s", channel);
}

/* The order is kept; those that somebody waits for come first, also if they begin to wait
 * only when the others are in the queue. */
static void
test_order (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr (GString) names = g_string_new (NULL);
  GAsyncResult *results[3] = { NULL };
  Limiter limiter;

  limiter_set_up (&limiter, fixture, FALSE);
  ask_for_all (fixture);
  fixture_connect (fixture);
  fixture_settle (fixture);
  pusher_client_subscribe_async (fixture->client, "late", NULL, store_result_cb, &results[0]);
  pusher_client_subscribe_async (fixture->client, "c75", NULL, store_result_cb, &results[1]);
  g_signal_connect (fixture->server, "subscribed", G_CALLBACK (store_first_cb), names);
  fixture_advance (fixture, SECONDS (3));
  pusher_client_subscribe_async (fixture->client, "c77", NULL, store_result_cb, &results[2]);
  await_all (fixture);
  fixture_settle (fixture);
  g_assert_true (g_str_has_prefix (names->str, "c75 late c77 c60 c61 c62") ||
                 g_str_has_prefix (names->str, "late c75 c77 c60 c61 c62"));
  g_assert_nonnull (strstr (names->str, "c74 c76 c78 c79"));
  wait_until (results[0] != NULL && results[1] != NULL && results[2] != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (PusherChannel) channel =
        pusher_client_subscribe_finish (fixture->client, results[i], NULL);

      g_assert_nonnull (channel);
      g_object_unref (results[i]);
    }
  limiter_tear_down (&limiter);
}

/* What waits for its turn may be unsubscribed from, and come late. */
static void
test_waiting (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel;
  Limiter limiter;

  limiter_set_up (&limiter, fixture, FALSE);
  ask_for_all (fixture);
  fixture_connect (fixture);
  fixture_settle (fixture);
  fixture_advance (fixture, SECONDS (3));
  channel = fixture_ask_for (fixture, "new");
  pusher_client_unsubscribe (fixture->client, "c70");
  fixture_settle (fixture);
  fixture_advance (fixture, SECONDS (40));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  await_all (fixture);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, "c70"), ==, 0);
  limiter_tear_down (&limiter);
}

/* It was about a subscription that nobody wants any more: a new one of that name, which has
 * waited for the answer, makes sure of what the server has. */
static void
test_abandoned (Fixture      *fixture,
                gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  fixture_ask_for (fixture, "a");
  raw_peer_expect (fixture->peer, "subscribe:a");
  pusher_client_unsubscribe (fixture->client, "a");
  channel = fixture_ask_for (fixture, "a");
  raw_peer_say (fixture->peer, RATE_LIMIT_EXCEEDED);
  fixture_settle (fixture);
  raw_peer_expect (fixture->peer, "");

  fixture_advance (fixture, SECONDS (3));
  fixture_advance (fixture, SECONDS (70));
  raw_peer_expect (fixture->peer, "unsubscribe:a subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

/* The same error is how servers refuse client events: then nothing becomes slower. */
static void
test_client_events (Fixture      *fixture,
                    gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, "a");
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, RATE_LIMIT_EXCEEDED);
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "connecting connected error:4301");

  fixture_ask_for (fixture, "b");
  fixture_advance (fixture, SECONDS (3));
  raw_peer_expect (fixture->peer, "subscribe:b");
  raw_peer_say (fixture->peer, SUBSCRIBED ("b"));
  fixture_settle (fixture);

  /* With nothing owed it cannot be about a subscription */
  raw_peer_say (fixture->peer, RATE_LIMIT_EXCEEDED);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "error:4301");
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);

      fixture_ask_for (fixture, name);
    }
  raw_peer_expect (fixture->peer,
                   "subscribe:c0 subscribe:c1 subscribe:c2 subscribe:c3 subscribe:c4");
}

/* A server that says which one came too early. */
static void
test_named (Fixture      *fixture,
            gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, "a");
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, MESSAGE_ON ("a", "pusher:error", "{\"code\":4301}"));
  fixture_settle (fixture);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  fixture_advance (fixture, SECONDS (3));
  fixture_advance (fixture, SECONDS (70));
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/rate-limits/refuses", NULL, test_refuses);
  fixture_add ("/rate-limits/terminates", NULL, test_terminates);
  fixture_add ("/rate-limits/shared", NULL, test_shared);
  fixture_add ("/rate-limits/order", NULL, test_order);
  fixture_add ("/rate-limits/waiting", NULL, test_waiting);
  fixture_add ("/rate-limits/abandoned", NULL, test_abandoned);
  fixture_add ("/rate-limits/client-events", NULL, test_client_events);
  fixture_add ("/rate-limits/named", NULL, test_named);

  return g_test_run ();
}
