/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include "connection/pusher-connection-private.h"
#include "connection/pusher-deadlines-private.h"
#include "connection/pusher-heartbeat-table-private.h"

/* Another time than the real one, so that a mix-up of the two would show. */
#define START SECONDS (1000)

static const char *
get_nick (GType type,
          int   value)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (type);

  return g_enum_get_value (klass, value)->value_nick;
}

static void
add_error (GString      *words,
           const GError *error)
{
  g_assert_nonnull (error->message);
  g_assert_cmpstr (error->message, !=, "");
  g_assert_true (g_utf8_validate (error->message, -1, NULL));

  if (error->domain == PUSHER_SERVER_ERROR)
    add_word (words, "error:%d", error->code);
  else if (error->domain == PUSHER_ERROR)
    add_word (words, "error:%s", get_nick (PUSHER_TYPE_ERROR, error->code));
  else if (error->domain == PUSHER_HTTP_ERROR)
    add_word (words, "error:http-%d", error->code);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_FAILED))
    add_word (words, "error:application");
  else
    g_assert_not_reached ();
}

/* --- What the client tells ----------------------------------------------- */

static void
client_state_cb (PusherClient *client,
                 GParamSpec   *pspec,
                 Fixture      *self)
{
  add_word (self->log, "%s",
            get_nick (PUSHER_TYPE_CONNECTION_STATE, pusher_client_get_state (client)));
}

static void
client_error_cb (PusherClient *client,
                 const GError *error,
                 Fixture      *self)
{
  add_error (self->log, error);
}

static void
client_connecting_in_cb (PusherClient *client,
                         gint64        delay,
                         Fixture      *self)
{
  add_word (self->log, "in:%g", delay / (double) G_USEC_PER_SEC);
}

static void
channel_state_cb (PusherChannel *channel,
                  GParamSpec    *pspec,
                  Fixture       *self)
{
  add_word (self->log, "%s:%s", pusher_channel_get_name (channel),
            get_nick (PUSHER_TYPE_CHANNEL_STATE, pusher_channel_get_state (channel)));
}

static void
channel_count_cb (PusherChannel *channel,
                  GParamSpec    *pspec,
                  Fixture       *self)
{
  add_word (self->log, "%s:count:%" G_GINT64_FORMAT, pusher_channel_get_name (channel),
            pusher_channel_get_subscription_count (channel));
}

static void
channel_succeeded_cb (PusherChannel *channel,
                      Fixture       *self)
{
  add_word (self->log, "%s:subscription-succeeded", pusher_channel_get_name (channel));
}

static void
channel_error_cb (PusherChannel *channel,
                  const GError  *error,
                  Fixture       *self)
{
  g_assert_error (error, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_OVER_CAPACITY);
  add_word (self->log, "%s:subscription-error", pusher_channel_get_name (channel));
}

static void
channel_cache_miss_cb (PusherChannel *channel,
                       Fixture       *self)
{
  add_word (self->log, "%s:cache-miss", pusher_channel_get_name (channel));
}

static void
channel_gap_cb (PusherChannel *channel,
                gint64         duration,
                Fixture       *self)
{
  add_word (self->log, "%s:gap:%g", pusher_channel_get_name (channel),
            (double) duration / G_USEC_PER_SEC);
}

/* What happened to the subscription has signals of its own. */
static void
channel_event_cb (PusherChannel *channel,
                  PusherEvent   *event,
                  Fixture       *self)
{
  g_assert_cmpstr (pusher_event_get_channel_name (event), ==, pusher_channel_get_name (channel));

  if (!g_str_has_prefix (pusher_event_get_name (event), "pusher:"))
    add_word (self->log, "%s:%s=%s", pusher_channel_get_name (channel),
              pusher_event_get_name (event), pusher_event_get_data (event));
}

void
fixture_record_channel (Fixture       *self,
                        PusherChannel *channel)
{
  g_signal_connect (channel, "notify::state", G_CALLBACK (channel_state_cb), self);
  g_signal_connect (channel, "notify::subscription-count", G_CALLBACK (channel_count_cb), self);
  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (channel_succeeded_cb), self);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (channel_error_cb), self);
  g_signal_connect (channel, "cache-miss", G_CALLBACK (channel_cache_miss_cb), self);
  g_signal_connect (channel, "gap", G_CALLBACK (channel_gap_cb), self);
  g_signal_connect (channel, "event", G_CALLBACK (channel_event_cb), self);
}

static void
plain_state_cb (PusherChannel *channel,
                GParamSpec    *pspec,
                Fixture       *self)
{
  add_word (self->log, "%s",
            get_nick (PUSHER_TYPE_CHANNEL_STATE, pusher_channel_get_state (channel)));
}

static void
failure_cb (gpointer      object,
            const GError *error,
            Fixture      *self)
{
  if (error->domain == PUSHER_SERVER_ERROR)
    add_word (self->log, "refused:%d", error->code);
  else if (error->domain == PUSHER_ERROR)
    add_word (self->log, "%s", get_nick (PUSHER_TYPE_ERROR, error->code));
  else
    g_assert_not_reached ();
}

/* Of a channel or of the user. What was logged until now is forgotten. */
void
fixture_record_failures (Fixture *self,
                         gpointer object)
{
  if (PUSHER_IS_CHANNEL (object))
    {
      g_signal_connect (object, "notify::state", G_CALLBACK (plain_state_cb), self);
      g_signal_connect (object, "subscription-error", G_CALLBACK (failure_cb), self);
    }
  else
    {
      g_signal_connect (object, "sign-in-error", G_CALLBACK (failure_cb), self);
    }
  g_string_truncate (self->log, 0);
}

/* --- What the server receives -------------------------------------------- */

static void
message_received_cb (PusherTestServer *server,
                     const char       *socket_id,
                     const char       *text,
                     Fixture          *self)
{
  add_request (self->sent, text);
}

static void
client_disconnected_cb (PusherTestServer *server,
                        const char       *socket_id,
                        guint             code,
                        Fixture          *self)
{
  self->close_code = code;
}

static void
violation_cb (PusherTestServer *server,
              const char       *socket_id,
              const char       *what,
              Fixture          *self)
{
  if (g_strcmp0 (what, self->tolerated_violation) != 0)
    add_word (self->violations, "“%s”", what);
}

/* --- The client ---------------------------------------------------------- */

static gint64
virtual_now (gpointer user_data)
{
  Fixture *self = user_data;
  gint64 now = self->now;

  self->now += self->tick;

  return now;
}

static double
virtual_random (gpointer user_data)
{
  Fixture *self = user_data;

  return self->rand != NULL ? g_rand_double (self->rand) : self->random;
}

void
fixture_set_clock (Fixture      *self,
                   PusherClient *client)
{
  const PusherClock clock = { virtual_now, virtual_random, self };

  pusher_connection_set_clock (pusher_client_get_connection (client), &clock);
}

/* Another client of the same server, with the same clock, that is not recorded. */
PusherClient *
fixture_new_client (Fixture *self)
{
  PusherClient *client = pusher_client_new (pusher_test_server_get_key (self->server), NULL);

  g_object_set (client,
                "host", "127.0.0.1",
                "port", pusher_test_server_get_port (self->server),
                "use-tls", FALSE,
                NULL);
  fixture_set_clock (self, client);

  return client;
}

/* @channel_data: (nullable): */
void
fixture_use_secret (Fixture      *self,
                    PusherClient *client,
                    const char   *channel_data)
{
  g_autoptr (GError) error = NULL;

  pusher_client_use_secret (client, pusher_test_server_get_secret (self->server), channel_data,
                            &error);
  g_assert_no_error (error);
}

/* Returns: (transfer none): a channel of a client that is one of its members */
PusherChannel *
fixture_join (Fixture      *self,
              PusherClient *client,
              const char   *name,
              const char   *channel_data)
{
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;

  fixture_use_secret (self, client, channel_data);
  pusher_client_open (client);
  channel = pusher_client_subscribe (client, name, &error);
  g_assert_no_error (error);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);

  return channel;
}

/* Frees the client, and fails if somebody else has a reference. */
void
fixture_drop_client (Fixture *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->client));
}

void
fixture_wait_for_state (Fixture              *self,
                        PusherConnectionState state)
{
  wait_until (pusher_client_get_state (self->client) == state);
}

void
fixture_connect (Fixture *self)
{
  pusher_client_open (self->client);
  fixture_wait_for_state (self, PUSHER_CONNECTION_STATE_CONNECTED);
}

/* Returns: (transfer none): a channel that the server has accepted. What happens to
 * it from now on is logged, and nothing is yet. */
PusherChannel *
fixture_connect_channel (Fixture    *self,
                         const char *name)
{
  PusherChannel *channel;

  fixture_connect (self);
  channel = fixture_subscribe (self, name);
  fixture_assert_log (self, "connecting connected");
  fixture_record_channel (self, channel);

  return channel;
}

/* Cuts the connection, so that the client waits for the time of its next
 * attempt: half of the ceiling of its delay. */
void
fixture_lose (Fixture *self)
{
  self->random = 0.5;
  pusher_test_faults_cut_connections (self->faults);
  wait_until (pusher_client_get_retry_at (self->client) != 0);
}

/* Moves the clock to the time of the next attempt, if it is not there yet. */
void
fixture_retry (Fixture *self)
{
  g_assert_cmpint (pusher_client_get_retry_at (self->client), !=, 0);
  fixture_advance (self, MAX (fixture_get_delay (self), 0));
  fixture_wait_for_state (self, PUSHER_CONNECTION_STATE_CONNECTED);
}

/* How long the client still waits for its next attempt, in µs. */
gint64
fixture_get_delay (Fixture *self)
{
  return pusher_client_get_retry_at (self->client) - self->now;
}

/* Returns: (transfer none): a channel, at once */
PusherChannel *
fixture_ask_for (Fixture    *self,
                 const char *name)
{
  g_autoptr (GError) error = NULL;
  PusherChannel *channel = pusher_client_subscribe (self->client, name, &error);

  g_assert_no_error (error);
  g_assert_true (PUSHER_IS_CHANNEL (channel));

  return channel;
}

/* Returns: (transfer none): a channel that the server has accepted */
PusherChannel *
fixture_subscribe (Fixture    *self,
                   const char *name)
{
  PusherChannel *channel = fixture_ask_for (self, name);

  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);

  return channel;
}

/* --- The server ---------------------------------------------------------- */

void
fixture_start_server (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  pusher_test_server_start (self->server, &error);
  g_assert_no_error (error);
}

/* From the next attempt on, the client comes to a peer that says only what the test
 * has it say. */
void
fixture_use_peer (Fixture *self)
{
  if (self->peer == NULL)
    self->peer = raw_peer_new ();
  pusher_client_set_port (self->client, self->peer->port);
}

/* And then to the server, as in the beginning. */
void
fixture_use_server (Fixture *self)
{
  pusher_client_set_port (self->client, pusher_test_server_get_port (self->server));
}

void
fixture_connect_to_peer (Fixture *self)
{
  fixture_use_peer (self);
  pusher_client_open (self->client);
  raw_peer_welcome (self->peer);
  fixture_wait_for_state (self, PUSHER_CONNECTION_STATE_CONNECTED);
}

/* Opens the client, and leaves it with a WebSocket of which nothing comes. */
void
fixture_hang (Fixture *self)
{
  pusher_test_faults_set_handshake_delay_ms (self->faults, HANG);
  pusher_client_open (self->client);
  wait_until (pusher_test_server_get_n_connections (self->server) == 1);
  fixture_settle (self);
}

/* --- Set up, tear down --------------------------------------------------- */

void
fixture_set_up (Fixture      *self,
                gconstpointer user_data)
{
  pusher_heartbeat_table_clear ();
  self->now = START;
  self->log = g_string_new (NULL);
  self->sent = g_string_new (NULL);
  self->violations = g_string_new (NULL);
  self->server = pusher_test_server_new ();
  self->backend = pusher_test_server_get_backend (self->server);
  self->faults = pusher_test_server_get_faults (self->server);
  fixture_start_server (self);
  g_signal_connect (self->server, "message-received", G_CALLBACK (message_received_cb), self);
  g_signal_connect (self->server, "client-disconnected", G_CALLBACK (client_disconnected_cb), self);
  g_signal_connect (self->server, "violation", G_CALLBACK (violation_cb), self);

  self->client = fixture_new_client (self);
  g_signal_connect (self->client, "notify::state", G_CALLBACK (client_state_cb), self);
  g_signal_connect (self->client, "error", G_CALLBACK (client_error_cb), self);
  g_signal_connect (self->client, "connecting-in", G_CALLBACK (client_connecting_in_cb), self);
}

/* Whatever the test did, the client kept to the protocol and nothing of it is
 * left over. */
void
fixture_tear_down (Fixture      *self,
                   gconstpointer user_data)
{
  if (self->client != NULL)
    fixture_drop_client (self);
  fixture_settle (self);

  g_assert_cmpstr (self->violations->str, ==, "");

  g_assert_finalize_object (self->server);
  g_clear_pointer (&self->peer, raw_peer_free);
  g_clear_pointer (&self->rand, g_rand_free);
  g_string_free (self->violations, TRUE);
  g_string_free (self->log, TRUE);
  g_string_free (self->sent, TRUE);
}

/* --- Time ---------------------------------------------------------------- */

/* Moves the clock by so many µs. */
void
fixture_advance (Fixture *self,
                 gint64   duration)
{
  self->now += duration;
  pusher_connection_check_timers (pusher_client_get_connection (self->client));
}

/* Lets happen what is on its way: a client that connects, something that was sent. */
void
fixture_settle (Fixture *self)
{
  g_autofree char *uri =
    g_strdup_printf ("http://127.0.0.1:%u/", pusher_test_server_get_port (self->server));

  settle_by (uri);
}

/* The same for a client that is connected: what it sent to the server has arrived
 * there, and what the server said has come back. */
void
fixture_sync (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  pusher_client_ping_async (self->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (pusher_client_ping_finish (self->client, result, NULL), >=, 0);
}

/* So long nothing is sent, and then it is a ping. */
void
fixture_assert_ping_after (Fixture *self,
                           gint64   duration)
{
  fixture_advance (self, duration - SECONDS (0.1));
  fixture_settle (self);
  fixture_assert_sent (self, "");
  fixture_advance (self, SECONDS (0.1));
  fixture_settle (self);
  fixture_assert_sent (self, "ping");
}

/* The client has just been opened, and its first attempt takes too long. */
void
fixture_assert_connect_timeout (Fixture *self,
                                guint    seconds)
{
  self->random = 0.5;
  fixture_assert_log (self, "connecting");
  fixture_advance (self, SECONDS (seconds - 0.1));
  fixture_assert_log (self, "");
  fixture_advance (self, SECONDS (0.1));
  fixture_assert_log (self, "error:timeout in:0.25");
  g_assert_error (pusher_client_get_last_error (self->client),
                  PUSHER_ERROR, PUSHER_ERROR_TIMEOUT);
}

static void
count_cb (guint *count)
{
  (*count)++;
}

/* Of any type. */
void
count_signals (gpointer    object,
               const char *signal,
               guint      *count)
{
  g_signal_connect_swapped (object, signal, G_CALLBACK (count_cb), count);
}

guint
scale_number (guint number)
{
  const char *scale = g_getenv ("PUSHER_TESTS_SCALE");

  return scale != NULL ? MAX ((guint) (number * g_ascii_strtod (scale, NULL)), MIN (number, 20))
                       : number;
}

static void
drop_log (const char    *domain,
          GLogLevelFlags level,
          const char    *message,
          gpointer       user_data)
{
}

void
be_quiet (void)
{
  g_log_set_handler ("Pusher", G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO, drop_log, NULL);
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO, drop_log, NULL);
  g_log_set_handler ("libsoup", G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_INFO, drop_log, NULL);
}
