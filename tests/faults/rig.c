/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "rig.h"

#include "auth/pusher-http-authorizer-private.h"
#include "tls-files.h"

#include <string.h>

static const char *const names[RIG_N_CHANNELS] = {
  [RIG_PUBLIC] = "prices",
  [RIG_PRIVATE] = "private-orders",
  [RIG_PRESENCE] = "presence-room",
  [RIG_ENCRYPTED] = "private-encrypted-notes",
};

#define USER_ID "u1"

/* Of the server: the client's own setting is the default one. */
#define ACTIVITY_TIMEOUT 30

/* --- What a server has seen ---------------------------------------------- */

static void
client_connected_cb (PusherTestServer *server,
                     const char       *socket_id,
                     Rig              *self)
{
  self->n_welcomed++;
}

static void
message_received_cb (PusherTestServer *server,
                     const char       *socket_id,
                     const char       *text,
                     Rig              *self)
{
  if (strstr (text, "\"pusher:subscribe\"") != NULL)
    self->n_asked++;
}

static char *
subscription_key (const char *socket_id,
                  const char *channel)
{
  return g_strdup_printf ("%s %s", socket_id, channel);
}

static void
subscribed_cb (PusherTestServer *server,
               const char       *socket_id,
               const char       *channel,
               Rig              *self)
{
  gboolean is_first =
    g_hash_table_add (self->subscriptions, subscription_key (socket_id, channel));

  g_assert_true (is_first);
}

/* Before the client asks a server again that has not answered. */
static void
unsubscribed_cb (PusherTestServer *server,
                 const char       *socket_id,
                 const char       *channel,
                 Rig              *self)
{
  g_autofree char *key = subscription_key (socket_id, channel);

  g_hash_table_remove (self->subscriptions, key);
}

/* --- What the client says ------------------------------------------------ */

static void
error_cb (PusherClient *client,
          const GError *error,
          Rig          *self)
{
  if (!self->refused)
    self->n_errors++;
  self->refused = FALSE;
}

static void
subscription_error_cb (PusherChannel *channel,
                       const GError  *error,
                       Rig           *self)
{
  g_assert_false (self->refused);
  self->refused = TRUE;
  self->n_refusals++;
}

static void
tick_cb (PusherChannel *channel,
         PusherEvent   *event,
         Rig           *self)
{
  guint64 number = g_ascii_strtoull (pusher_event_get_data (event), NULL, 10);

  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    if (self->channels[i] == channel)
      {
        g_assert_cmpuint (number, ==, self->n_published);
        self->n_heard[i]++;
        return;
      }

  g_assert_not_reached ();
}

/* --- The authorizer ------------------------------------------------------ */

static Rig *current; /* a timer is asked for without saying whose it is */

typedef struct
{
  GSource *source;
  gint64 due;
} Timer;

static void
timer_free (gpointer user_data)
{
  Timer *timer = user_data;

  g_source_unref (timer->source);
  g_free (timer);
}

static GSource *
new_timer (gint64 delay)
{
  GSource *source = g_timeout_source_new (0);
  Timer *timer = g_new0 (Timer, 1);

  g_source_set_ready_time (source, -1);
  timer->source = g_source_ref (source);
  timer->due = current->fixture.now + delay;
  g_ptr_array_add (current->timers, timer);

  return source;
}

static double
get_random (void)
{
  return current->fixture.random;
}

static void
release_timers (Rig *self)
{
  for (guint i = self->timers->len; i > 0; i--)
    {
      Timer *timer = g_ptr_array_index (self->timers, i - 1);

      if (timer->due > self->fixture.now)
        continue;

      g_source_set_ready_time (timer->source, 0);
      g_ptr_array_remove_index_fast (self->timers, i - 1);
    }
}

static void
use_secret (Rig *self)
{
  Fixture *fixture = &self->fixture;
  g_autofree char *key = pusher_test_server_dup_encryption_master_key (fixture->server);

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"" USER_ID "\"}");
  g_object_set (pusher_client_get_authorizer (fixture->client),
                "encryption-master-key", key,
                NULL);
}

static void
use_endpoint (Rig *self)
{
  Fixture *fixture = &self->fixture;
  const char *endpoint = pusher_test_backend_get_auth_endpoint (fixture->backend);
  g_autoptr (GUri) uri = g_uri_parse (endpoint, SOUP_HTTP_URI_FLAGS, NULL);
  g_autofree char *url = NULL;
  PusherHttpPolicy *policy;

  self->auth_proxy = fault_proxy_new (pusher_test_server_get_port (fixture->server));
  url = g_strdup_printf ("http://127.0.0.1:%u%s",
                         fault_proxy_get_port (self->auth_proxy), g_uri_get_path (uri));
  policy = &pusher_http_authorizer_get_settings (
    pusher_client_use_endpoint (fixture->client, url, NULL))->policy;
  policy->new_timer = new_timer;
  policy->random = get_random;
  pusher_test_backend_set_user (fixture->backend, USER_ID, NULL, NULL);
}

/* --- Set up, tear down --------------------------------------------------- */

static void
free_result (gpointer user_data)
{
  GAsyncResult **result = user_data;

  g_clear_object (result);
  g_free (result);
}

static void
watch_server (Rig *self)
{
  PusherTestServer *server = self->fixture.server;

  g_signal_connect (server, "client-connected", G_CALLBACK (client_connected_cb), self);
  g_signal_connect (server, "message-received", G_CALLBACK (message_received_cb), self);
  g_signal_connect (server, "subscribed", G_CALLBACK (subscribed_cb), self);
  g_signal_connect (server, "unsubscribed", G_CALLBACK (unsubscribed_cb), self);
}

static GAsyncResult **
new_call (Rig *self)
{
  GAsyncResult **result = g_new0 (GAsyncResult *, 1);

  g_ptr_array_add (self->calls, result);

  return result;
}

static void
want_channel (Rig  *self,
              guint i)
{
  PusherClient *client = self->fixture.client;
  g_autoptr (GError) error = NULL;

  self->channels[i] = pusher_client_subscribe (client, names[i], &error);
  g_assert_no_error (error);
  g_object_add_weak_pointer (G_OBJECT (self->channels[i]), (gpointer *) &self->channels[i]);
  g_signal_connect (self->channels[i], "event::tick", G_CALLBACK (tick_cb), self);
  g_signal_connect (self->channels[i], "subscription-error",
                    G_CALLBACK (subscription_error_cb), self);
  pusher_client_subscribe_async (client, names[i], NULL, store_result_cb, new_call (self));
}

void
rig_set_up (Rig     *self,
            gboolean with_endpoint)
{
  Fixture *fixture = &self->fixture;

  fixture_set_up (fixture, NULL);
  fixture->random = 0.5;
  current = self;
  self->timers = g_ptr_array_new_with_free_func (timer_free);
  self->calls = g_ptr_array_new_with_free_func (free_result);
  self->subscriptions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  pusher_test_faults_set_activity_timeout (fixture->faults, ACTIVITY_TIMEOUT);
  watch_server (self);
  self->proxy = fault_proxy_new (pusher_test_server_get_port (fixture->server));
  pusher_client_set_port (fixture->client, fault_proxy_get_port (self->proxy));
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), self);
  if (with_endpoint)
    use_endpoint (self);
  else
    use_secret (self);

  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    want_channel (self, i);
}

/* Nothing of the client is left. */
void
rig_tear_down (Rig *self)
{
  fixture_drop_client (&self->fixture);
  g_ptr_array_unref (self->calls);
  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    g_assert_null (self->channels[i]);

  g_clear_pointer (&self->fault_data, self->fault_data_free);
  fault_proxy_free (self->proxy);
  g_clear_pointer (&self->auth_proxy, fault_proxy_free);
  fixture_tear_down (&self->fixture, NULL);
  g_ptr_array_unref (self->timers);
  g_hash_table_unref (self->subscriptions);
}

/* --- The client ---------------------------------------------------------- */

void
rig_open (Rig *self)
{
  pusher_client_open_async (self->fixture.client, NULL, store_result_cb, new_call (self));
}

void
rig_close (Rig *self)
{
  pusher_client_close_async (self->fixture.client, NULL, store_result_cb, new_call (self));
}

void
rig_ping (Rig *self)
{
  pusher_client_ping_async (self->fixture.client, NULL, store_result_cb, new_call (self));
}

/* Whether each channel is, as far as the client knows. */
gboolean
rig_is_subscribed (Rig *self)
{
  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    if (pusher_channel_get_state (self->channels[i]) != PUSHER_CHANNEL_STATE_SUBSCRIBED)
      return FALSE;

  return TRUE;
}

/* Whether the client waits for a later attempt. */
gboolean
rig_is_waiting (Rig *self)
{
  return pusher_client_get_retry_at (self->fixture.client) > self->fixture.now;
}

guint
rig_get_n_attempts (Rig *self)
{
  return pusher_test_server_get_n_attempts (self->fixture.server);
}

static gboolean
all_calls_have_ended (Rig *self)
{
  for (guint i = 0; i < self->calls->len; i++)
    if (*(GAsyncResult **) g_ptr_array_index (self->calls, i) == NULL)
      return FALSE;

  return TRUE;
}

/* All calls have ended, or do so without the help of time. */
void
rig_end_calls (Rig *self)
{
  wait_until (all_calls_have_ended (self));
  g_ptr_array_set_size (self->calls, 0);
}

/* --- Time ---------------------------------------------------------------- */

void
rig_advance (Rig   *self,
             gint64 duration)
{
  fixture_advance (&self->fixture, duration);
  release_timers (self);
}

/* Lets happen what is on its way, if there is anything. */
void
rig_drain (Rig *self)
{
  GMainContext *context = g_main_context_get_thread_default ();

  if (!g_main_context_iteration (context, FALSE))
    return;

  rig_settle (self);
}

static guint
get_n_moves (Rig *self)
{
  guint n_moves = fault_proxy_get_n_moves (self->proxy);

  if (self->auth_proxy != NULL)
    n_moves += fault_proxy_get_n_moves (self->auth_proxy);

  return n_moves;
}

/* All that the client says and hears comes through a proxy, which is one more hop
 * each way; one thing leads to another. */
void
rig_settle (Rig *self)
{
  guint n_moves;

  do
    {
      n_moves = get_n_moves (self);
      for (guint i = 0; i < 2; i++)
        fixture_settle (&self->fixture);
    }
  while (get_n_moves (self) != n_moves);
}

/* --- Faults -------------------------------------------------------------- */

/* The proxy speaks TLS, and the client does from the next attempt on. */
void
rig_set_use_tls (Rig *self)
{
  g_autoptr (GTlsCertificate) certificate = tls_load_certificate ("self-signed");

  fault_proxy_set_certificate (self->proxy, certificate);
  pusher_client_set_use_tls (self->fixture.client, TRUE);
}

void
rig_trust_server (Rig *self)
{
  g_autoptr (GTlsCertificate) certificate = tls_load_certificate ("self-signed");
  g_autoptr (GTlsDatabase) database = tls_load_authority ("self-signed");

  fault_proxy_set_certificate (self->proxy, certificate);
  pusher_client_set_tls_port (self->fixture.client, fault_proxy_get_port (self->proxy));
  soup_session_set_tls_database (pusher_client_get_session (self->fixture.client), database);
}

/* Everything works as in the beginning. */
void
rig_lift (Rig *self)
{
  PusherTestFaults *faults = self->fixture.faults;

  pusher_test_faults_set_handshake_delay_ms (faults, 0);
  pusher_test_faults_set_hold_answers (faults, FALSE);
  pusher_test_faults_set_http_status (faults, 0);
  pusher_test_faults_set_first_message (faults, NULL);
  pusher_test_backend_set_status (self->fixture.backend, 0);
  pusher_test_backend_set_body (self->fixture.backend, NULL);
  fault_proxy_serve (self->proxy);
  if (self->auth_proxy != NULL)
    fault_proxy_serve (self->auth_proxy);
}

/* --- Afterwards ---------------------------------------------------------- */

/* The server has the client and nobody else, and each channel exactly once. */
static void
assert_server_agrees (Rig *self)
{
  PusherTestServer *server = self->fixture.server;
  const char *socket_id = pusher_client_get_socket_id (self->fixture.client);
  g_auto (GStrv) socket_ids = NULL;

  wait_until (pusher_test_server_get_n_connections (server) == 1);
  socket_ids = pusher_test_server_list_socket_ids (server);
  g_assert_cmpstr (socket_ids[0], ==, socket_id);

  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    {
      g_autofree char *key = subscription_key (socket_id, names[i]);

      g_assert_cmpuint (pusher_test_server_get_n_subscribers (server, names[i]), ==, 1);
      g_assert_true (g_hash_table_contains (self->subscriptions, key));
    }
}

static gboolean
has_heard (Rig *self)
{
  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    if (self->n_heard[i] < self->n_published)
      return FALSE;

  return TRUE;
}

static void
assert_events_arrive_once (Rig *self)
{
  g_autofree char *data = g_strdup_printf ("%u", ++self->n_published);

  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    pusher_test_server_publish (self->fixture.server, names[i], "tick", data, NULL);
  wait_until (has_heard (self));
  fixture_sync (&self->fixture);

  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    g_assert_cmpuint (self->n_heard[i], ==, self->n_published);
}

static void
assert_members (Rig *self)
{
  g_auto (GStrv) ids =
    pusher_test_server_list_members (self->fixture.server, names[RIG_PRESENCE]);
  PusherPresenceChannel *channel = PUSHER_PRESENCE_CHANNEL (self->channels[RIG_PRESENCE]);

  g_assert_cmpuint (g_strv_length (ids), ==, 1);
  g_assert_cmpstr (ids[0], ==, USER_ID);
  g_assert_cmpuint (g_list_model_get_n_items (pusher_presence_channel_get_members (channel)),
                    ==, 1);
  g_assert_nonnull (pusher_presence_channel_get_member (channel, USER_ID));
}

void
rig_assert_all_is_well (Rig *self)
{
  PusherClient *client = self->fixture.client;

  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_CONNECTED);
  g_assert_null (pusher_client_get_last_error (client));
  g_assert_cmpint (pusher_client_get_retry_at (client), ==, 0);
  wait_until (rig_is_subscribed (self));

  assert_server_agrees (self);
  assert_events_arrive_once (self);
  assert_members (self);
  rig_settle (self);
  assert_server_agrees (self);
  rig_end_calls (self);
}
