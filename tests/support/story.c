/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "story.h"

#include "messages.h"

#include <string.h>

/* --- Moments ------------------------------------------------------------- */

#define ANY (-1)

const Moment moments[] = {
  { "connecting", CLIENT, "notify::state", PUSHER_CONNECTION_STATE_CONNECTING },
  { "connecting-again", CLIENT, "notify::state", PUSHER_CONNECTION_STATE_CONNECTING, 1 },
  { "connected", CLIENT, "notify::state", PUSHER_CONNECTION_STATE_CONNECTED },
  { "connected-again", CLIENT, "notify::state", PUSHER_CONNECTION_STATE_CONNECTED, 1 },
  { "unavailable", CLIENT, "notify::state", PUSHER_CONNECTION_STATE_UNAVAILABLE },
  { "failed", CLIENT, "notify::state", PUSHER_CONNECTION_STATE_FAILED },
  { "disconnected", CLIENT, "notify::state", PUSHER_CONNECTION_STATE_DISCONNECTED },
  { "socket-id", CLIENT, "notify::socket-id", ANY },
  { "socket-id-lost", CLIENT, "notify::socket-id", ANY, 1 },
  { "last-error", CLIENT, "notify::last-error", ANY },
  { "last-error-cleared", CLIENT, "notify::last-error", PUSHER_CONNECTION_STATE_CONNECTED },
  { "last-error-failed", CLIENT, "notify::last-error", PUSHER_CONNECTION_STATE_FAILED },
  { "retry-at", CLIENT, "notify::retry-at", ANY },
  { "retry-at-over", CLIENT, "notify::retry-at", ANY, 1 },
  { "connecting-in", CLIENT, "connecting-in", ANY },
  { "error-of-server", CLIENT, "error", PUSHER_CONNECTION_STATE_CONNECTED },
  { "error-of-message", CLIENT, "error", PUSHER_CONNECTION_STATE_CONNECTED, 1 },
  { "error-of-frame", CLIENT, "error", PUSHER_CONNECTION_STATE_CONNECTED, 2 },
  { "error-of-loss", CLIENT, "error", PUSHER_CONNECTION_STATE_CONNECTING },
  { "error-of-attempt", CLIENT, "error", PUSHER_CONNECTION_STATE_UNAVAILABLE },
  { "error-of-refusal", CLIENT, "error", PUSHER_CONNECTION_STATE_FAILED },
  { "client-established", CLIENT, "event::pusher:connection_established", ANY },
  { "client-event", CLIENT, "event", ANY, 3 },
  { "client-event-detail", CLIENT, "event::tick", ANY },
  { "client-event-stray", CLIENT, "event::stray", ANY },

  { "subscribed", CHANNEL, "notify::state", PUSHER_CHANNEL_STATE_SUBSCRIBED },
  { "subscribed-again", CHANNEL, "notify::state", PUSHER_CHANNEL_STATE_SUBSCRIBED, 1 },
  { "subscription-lost", CHANNEL, "notify::state", PUSHER_CHANNEL_STATE_PENDING },
  { "subscription-failed", CHANNEL, "notify::state", PUSHER_CHANNEL_STATE_FAILED },
  { "subscription-resumed", CHANNEL, "notify::state", PUSHER_CHANNEL_STATE_PENDING, 2 },
  { "unsubscribed", CHANNEL, "notify::state", PUSHER_CHANNEL_STATE_UNSUBSCRIBED },
  { "subscription-succeeded", CHANNEL, "subscription-succeeded", ANY },
  { "subscription-error", CHANNEL, "subscription-error", ANY },
  { "succeeded-event", CHANNEL, "event::pusher:subscription_succeeded", ANY },
  { "error-event", CHANNEL, "event::pusher:subscription_error", ANY },
  { "event", CHANNEL, "event", ANY },
  { "event-detail", CHANNEL, "event::tick", ANY },
  { "cache-miss", CHANNEL, "cache-miss", ANY },
  { "cache-miss-event", CHANNEL, "event::pusher:cache_miss", ANY },
  { "count", CHANNEL, "notify::subscription-count", ANY },
  { "count-lost", CHANNEL, "notify::subscription-count", ANY, 1 },
  { "count-event", CHANNEL, "event::pusher:subscription_count", ANY },
  { "gap", CHANNEL, "gap", ANY },

  { "added", LIST, "items-changed", ANY },
  { "added-async", LIST, "items-changed", ANY, 1 },
  { "removed", LIST, "items-changed", ANY, 2 },
  { "added-connected", LIST, "items-changed", ANY, 3 },
  { "removed-this", LIST, "items-changed", ANY, 4 },
  { "added-this", LIST, "items-changed", ANY, 5 },

  { "open-async", OPEN },
  { "close-async", CLOSE },
  { "ping-async", PING },
  { "subscribe-async", SUBSCRIBE },
};

const guint n_moments = G_N_ELEMENTS (moments);

static void
reach (App         *app,
       PusherClient *client)
{
  const Moment *moment = app->moment;

  if (app->done)
    return;

  if (moment->state != ANY && moment->signal != NULL)
    {
      int state = moment->source == CHANNEL ? (int) pusher_channel_get_state (app->channel)
                                            : (int) pusher_client_get_state (client);

      if (state != moment->state)
        return;
    }

  if (app->n_passed++ < moment->n_before)
    return;

  app->done = TRUE;
  app->act (app);
}

static void
reach_cb (App *app)
{
  reach (app, app->client);
}

static void
watch (App     *app,
       Source   source,
       gpointer object)
{
  if (app->moment->source == source)
    g_signal_connect_swapped (object, app->moment->signal, G_CALLBACK (reach_cb), app);
}

static void
ready (App    *app,
       Source  source)
{
  g_assert_cmpuint (app->n_pending, >, 0);
  app->n_pending--;
  if (app->moment->source == source)
    reach (app, app->client);
}

void
open_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  ready (user_data, OPEN);
}

void
close_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  ready (user_data, CLOSE);
}

void
ping_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  ready (user_data, PING);
}

void
subscribe_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  ready (user_data, SUBSCRIBE);
}

/* --- The story ----------------------------------------------------------- */

/* It ends with the action. */
#define play(statement)      \
  G_STMT_START               \
  {                          \
    if (app->done)           \
      return;                \
    statement;               \
  }                          \
  G_STMT_END
#define await(condition) wait_until (app->done || (condition))

#define ON_A(event, data) MESSAGE_ON ("a", event, data)

/* Rejects "a" behind the server's back. */
static void
message_received_cb (PusherTestServer *server,
                     const char       *socket_id,
                     const char       *text,
                     App              *app)
{
  if (app->rejecting && strstr (text, "pusher:subscribe") != NULL &&
      strstr (text, "\"a\"") != NULL)
    pusher_test_faults_send_text (pusher_test_server_get_faults (server),
                                  socket_id, ON_A ("pusher:subscription_error", "{}"));
}

static gboolean
is_in_state (App                  *app,
             PusherConnectionState state)
{
  return pusher_client_get_state (app->client) == state;
}

static gboolean
is_subscribed (App *app)
{
  return pusher_channel_get_state (app->channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED;
}

static void
play_beginning (App *app)
{
  PusherClient *client = app->client;

  play (pusher_client_subscribe (client, "b", NULL));
  play (app->n_pending++);
  play (pusher_client_subscribe_async (client, "c", app->cancellable, subscribe_cb, app));
  play (app->n_pending++);
  play (pusher_client_open_async (client, app->cancellable, open_cb, app));
  await (is_in_state (app, PUSHER_CONNECTION_STATE_CONNECTED) && is_subscribed (app));
  await (app->n_pending == 0);
}

static void
play_messages (App *app)
{
  static const char *const messages[] = {
    ON_A ("tick", "1"),
    ON_A ("pusher:cache_miss", "null"),
    ON_A ("pusher_internal:subscription_count", "{\"subscription_count\":3}"),
    "{\"event\":\"stray\"}",
    "{\"event\":\"pusher:error\",\"data\":{\"code\":4301}}",
    "nonsense",
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\1\2\3", 3);

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    play (pusher_test_faults_send_text (app->fixture.faults, NULL, messages[i]));
  play (pusher_test_faults_send_bytes (app->fixture.faults, NULL, bytes, TRUE));

  play (app->n_pending++);
  play (pusher_client_ping_async (app->client, app->cancellable, ping_cb, app));
  await (app->n_pending == 0);
  play (pusher_client_unsubscribe (app->client, "b"));
  play (pusher_client_subscribe (app->client, "b", NULL));
}

static void
play_loss (App *app)
{
  play (pusher_test_faults_cut_connections (app->fixture.faults));
  await (pusher_client_get_retry_at (app->client) != 0);
  play (pusher_test_faults_set_http_status (app->fixture.faults, 503));
  play (fixture_advance (&app->fixture, SECONDS (10)));
  await (is_in_state (app, PUSHER_CONNECTION_STATE_UNAVAILABLE) &&
         pusher_client_get_retry_at (app->client) > app->fixture.now);
  play (pusher_test_faults_set_http_status (app->fixture.faults, 0));
  play (fixture_advance (&app->fixture, SECONDS (60)));
  await (is_in_state (app, PUSHER_CONNECTION_STATE_CONNECTED) && is_subscribed (app));
}

static void
play_rejection (App *app)
{
  play (app->rejecting = TRUE);
  play (pusher_client_reconnect_now (app->client));
  await (pusher_channel_get_state (app->channel) == PUSHER_CHANNEL_STATE_FAILED);

  /* To the server, this is a channel that the client has already */
  play (app->rejecting = FALSE);
  play (pusher_channel_resubscribe (app->channel, NULL));
}

static void
play_end (App *app)
{
  play (pusher_test_faults_close_connections (app->fixture.faults, 4001, "refused"));
  await (is_in_state (app, PUSHER_CONNECTION_STATE_FAILED));
  play (pusher_client_open (app->client));
  await (is_in_state (app, PUSHER_CONNECTION_STATE_CONNECTED) && is_subscribed (app));
  play (pusher_channel_unsubscribe (app->channel));
  play (pusher_channel_resubscribe (app->channel, NULL));
  await (is_subscribed (app));
  play (app->n_pending++);
  play (pusher_client_close_async (app->client, app->cancellable, close_cb, app));
  await (app->n_pending == 0);
}

static void
play_all (App *app)
{
  play_beginning (app);
  play_messages (app);
  play_loss (app);
  play_rejection (app);
  play_end (app);
}

/* --- Afterwards ---------------------------------------------------------- */

static void
count_event_cb (App *app)
{
  app->n_passed++;
}

/* Whatever happened to it: opened again, the client has all its channels, once
 * each, and their events. */
static void
check_client (App *app)
{
  Fixture *fixture = &app->fixture;
  PusherChannel *channel;
  guint n_channels;

  pusher_client_close (fixture->client);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);

  channel = pusher_client_subscribe (fixture->client, "a", NULL);
  n_channels = g_list_model_get_n_items (app->list);
  fixture_connect (fixture);
  for (guint i = 0; i < n_channels; i++)
    {
      g_autoptr (PusherChannel) item = g_list_model_get_item (app->list, i);

      wait_until (pusher_channel_get_state (item) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
      g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server,
                                                              pusher_channel_get_name (item)),
                        ==, 1);
    }

  app->n_passed = 0;
  g_signal_connect_swapped (channel, "event::tick", G_CALLBACK (count_event_cb), app);
  pusher_test_server_publish (fixture->server, "a", "tick", "2", NULL);
  fixture_sync (fixture);
  g_assert_cmpuint (app->n_passed, ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (app->list), ==, n_channels);
}

/* --- One run ------------------------------------------------------------- */

void
story_begin (App          *app,
             const Moment *moment,
             void        (*act) (App *app))
{
  Fixture *fixture = &app->fixture;

  app->moment = moment;
  app->act = act;
  fixture_set_up (fixture, NULL);
  fixture->random = 0.5;
  fixture->tolerated_violation = "Existing subscription to channel a"; /* play_rejection() */
  g_signal_connect (fixture->server, "message-received", G_CALLBACK (message_received_cb), app);
  app->cancellable = g_cancellable_new ();
  app->list = g_object_ref (pusher_client_get_channels (fixture->client));
  g_set_weak_pointer (&app->client, fixture->client);
  app->channel = g_object_ref (pusher_client_subscribe (fixture->client, "a", NULL));
}

void
story_play (App *app)
{
  watch (app, CLIENT, app->client);
  watch (app, CHANNEL, app->channel);
  watch (app, LIST, app->list);

  play_all (app);
  g_assert_true (app->done);
  fixture_settle (&app->fixture);
}

void
story_end (App *app)
{
  Fixture *fixture = &app->fixture;

  /* Every call is answered */
  app->rejecting = FALSE;
  pusher_test_faults_set_http_status (fixture->faults, 0);
  g_cancellable_cancel (app->cancellable);
  wait_until (app->n_pending == 0);

  if (fixture->client != NULL && !app->disposed)
    check_client (app);

  g_clear_object (&app->list);
  g_clear_object (&app->cancellable);
  if (fixture->client != NULL)
    fixture_drop_client (fixture);
  wait_until (app->client == NULL);
  if (app->channel != NULL)
    g_assert_finalize_object (app->channel);

  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);
  fixture_tear_down (fixture, NULL);
}
