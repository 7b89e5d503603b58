/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Dropping the last reference to a client frees everything, whatever it was
 * doing, and leaves nothing behind at the server. */

#include "fixture.h"

#include <string.h>

/* --- States -------------------------------------------------------------- */

static void
enter_initialized (Fixture *fixture)
{
}

static void
enter_just_opened (Fixture *fixture)
{
  pusher_client_open (fixture->client);
}

static void
enter_attempting (Fixture *fixture)
{
  fixture_hang (fixture);
}

static void
enter_http_hanging (Fixture *fixture)
{
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_open (fixture->client);
  wait_until (pusher_test_server_get_n_attempts (fixture->server) == 1);
}

static void
enter_waiting (Fixture *fixture)
{
  fixture_connect (fixture);
  fixture_lose (fixture);
}

static void
enter_unavailable (Fixture *fixture)
{
  enter_waiting (fixture);
  pusher_test_faults_set_http_status (fixture->faults, 503);
  fixture_advance (fixture, SECONDS (10));
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_UNAVAILABLE);
}

static void
enter_connected (Fixture *fixture)
{
  fixture_connect (fixture);
}

static void
enter_subscribed (Fixture *fixture)
{
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
}

static void
enter_subscribing (Fixture *fixture)
{
  fixture_connect (fixture);
  pusher_client_subscribe (fixture->client, "a", NULL);
}

static void
enter_abandoned (Fixture *fixture)
{
  enter_subscribing (fixture);
  pusher_client_unsubscribe (fixture->client, "a");
}

static void
enter_reconnecting (Fixture *fixture)
{
  enter_subscribed (fixture);
  pusher_client_reconnect_now (fixture->client);
}

static void
enter_pinging (Fixture *fixture)
{
  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  fixture_advance (fixture, SECONDS (120));
  fixture_settle (fixture);
  g_assert_nonnull (strstr (fixture->sent->str, "ping"));
}

static void
enter_closing (Fixture *fixture)
{
  enter_subscribed (fixture);
  pusher_client_close (fixture->client);
}

static void
enter_closing_silently (Fixture *fixture)
{
  enter_subscribed (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_close (fixture->client);
}

static void
enter_closed (Fixture *fixture)
{
  enter_closing (fixture);
  fixture_settle (fixture);
}

static void
enter_failed (Fixture *fixture)
{
  pusher_test_faults_refuse (fixture->faults, 4001, "no");
  pusher_client_open (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);
}

static const struct
{
  const char *name;
  void (*enter) (Fixture *fixture);
  gboolean is_live; /* so that the server is told */
} states[] = {
  { "initialized", enter_initialized, FALSE },
  { "just-opened", enter_just_opened, FALSE },
  { "attempting", enter_attempting, FALSE },
  { "http-hanging", enter_http_hanging, FALSE },
  { "waiting", enter_waiting, FALSE },
  { "unavailable", enter_unavailable, FALSE },
  { "connected", enter_connected, TRUE },
  { "subscribed", enter_subscribed, TRUE },
  { "subscribing", enter_subscribing, TRUE },
  { "abandoned", enter_abandoned, TRUE },
  { "reconnecting", enter_reconnecting, FALSE },
  { "pinging", enter_pinging, TRUE },
  { "closing", enter_closing, TRUE },
  { "closing-silently", enter_closing_silently, TRUE },
  { "closed", enter_closed, FALSE },
  { "failed", enter_failed, FALSE },
};

static guint
get_n_references (gpointer object)
{
  return ((GObject *) object)->ref_count;
}

/* The application's own references are all that is left. */
static void
test_drop (Fixture      *fixture,
           gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  SoupSession *session = soup_session_new ();
  g_autoptr (GListModel) channels = NULL;
  PusherChannel *wanted, *channel;

  pusher_client_set_session (fixture->client, session);
  wanted = g_object_ref (pusher_client_subscribe (fixture->client, "wanted", NULL));
  channels = g_object_ref (pusher_client_get_channels (fixture->client));
  states[i].enter (fixture);
  channel = pusher_client_get_channel (fixture->client, "a");
  if (channel != NULL)
    g_object_ref (channel);
  fixture_record_channel (fixture, wanted);
  g_string_truncate (fixture->log, 0);
  fixture->close_code = 0;

  fixture_drop_client (fixture);

  /* Nobody is told: this may happen while a garbage collector runs */
  fixture_assert_log (fixture, "");
  g_clear_object (&channels);
  g_assert_finalize_object (wanted);
  if (channel != NULL)
    g_assert_finalize_object (channel);
  wait_until (get_n_references (session) == 1);
  g_assert_finalize_object (session);

  pusher_test_faults_set_silent (fixture->faults, FALSE);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);
  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 0);
  if (states[i].is_live)
    g_assert_cmpuint (fixture->close_code, ==, SOUP_WEBSOCKET_CLOSE_NORMAL);
}

/* A channel that the application keeps for longer than its client. */
static void
test_channel_survives (Fixture      *fixture,
                       gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  PusherChannel *channel;
  GListModel *channels = g_object_ref (pusher_client_get_channels (fixture->client));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  channel = g_object_ref (pusher_client_subscribe (fixture->client, "cache-a", NULL));
  states[i].enter (fixture);
  fixture_drop_client (fixture);
  fixture_settle (fixture);

  g_assert_cmpstr (pusher_channel_get_name (channel), ==, "cache-a");
  g_assert_cmpint (pusher_channel_get_kind (channel), ==, PUSHER_CHANNEL_KIND_PUBLIC);
  g_assert_true (pusher_channel_get_is_cache (channel));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_UNSUBSCRIBED);
  g_assert_cmpint (pusher_channel_get_subscription_count (channel), ==, -1);
  g_object_get (channel, "name", &name, NULL);
  g_assert_cmpstr (name, ==, "cache-a");
  pusher_channel_unsubscribe (channel);
  g_assert_false (pusher_channel_resubscribe (channel, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE);
  g_assert_false (pusher_channel_resubscribe (channel, NULL));
  pusher_channel_unsubscribe (channel);
  fixture_settle (fixture);

  g_assert_cmpuint (g_list_model_get_n_items (channels), <=, 2);
  g_assert_finalize_object (channels);
  g_assert_finalize_object (channel);
}

/* --- Asynchronous calls -------------------------------------------------- */

static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  guint *n_calls = user_data;

  g_assert_true (PUSHER_IS_CLIENT (source));
  (*n_calls)++;
}

static void
start_open (Fixture      *fixture,
            GCancellable *cancellable,
            guint        *n_calls)
{
  pusher_test_faults_set_handshake_delay_ms (fixture->faults, HANG);
  pusher_client_open_async (fixture->client, cancellable, count_cb, n_calls);
}

static void
start_close (Fixture      *fixture,
             GCancellable *cancellable,
             guint        *n_calls)
{
  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_close_async (fixture->client, cancellable, count_cb, n_calls);
}

static void
start_ping (Fixture      *fixture,
            GCancellable *cancellable,
            guint        *n_calls)
{
  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_ping_async (fixture->client, cancellable, count_cb, n_calls);
}

static void
start_subscribe (Fixture      *fixture,
                 GCancellable *cancellable,
                 guint        *n_calls)
{
  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_subscribe_async (fixture->client, "a", cancellable, count_cb, n_calls);
}

static void
start_subscribe_offline (Fixture      *fixture,
                         GCancellable *cancellable,
                         guint        *n_calls)
{
  pusher_client_subscribe_async (fixture->client, "a", cancellable, count_cb, n_calls);
}

typedef void (*StartFunc) (Fixture      *fixture,
                           GCancellable *cancellable,
                           guint        *n_calls);

static const struct
{
  const char *name;
  StartFunc start;
} operations[] = {
  { "open", start_open },
  { "close", start_close },
  { "ping", start_ping },
  { "subscribe", start_subscribe },
  { "subscribe-offline", start_subscribe_offline },
};

/* An operation keeps the client until it ends, and not longer. */
static void
test_operation (Fixture      *fixture,
                gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PusherClient *client = NULL;
  guint n_calls = 0;

  g_set_weak_pointer (&client, fixture->client);
  operations[i].start (fixture, cancellable, &n_calls);
  g_clear_object (&fixture->client);
  fixture_settle (fixture);
  g_assert_nonnull (client);
  g_assert_cmpuint (n_calls, ==, 0);

  g_cancellable_cancel (cancellable);
  wait_until (client == NULL);
  g_assert_cmpuint (n_calls, ==, 1);
}

/* Cancelled after it has ended, which is when a GtkWidget's dispose comes. */
static void
test_cancel_late (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint n_calls = 0;

  pusher_client_open_async (fixture->client, cancellable, count_cb, &n_calls);
  pusher_client_subscribe_async (fixture->client, "a", cancellable, count_cb, &n_calls);
  wait_until (n_calls == 2);
  pusher_client_ping_async (fixture->client, cancellable, count_cb, &n_calls);
  wait_until (n_calls == 3);
  g_cancellable_cancel (cancellable);
  fixture_sync (fixture);
  pusher_client_close_async (fixture->client, NULL, count_cb, &n_calls);
  wait_until (n_calls == 4);
  fixture_drop_client (fixture);
}

/* --- Handlers ------------------------------------------------------------ */

/* g_object_run_dispose() is what bindings offer as run_dispose(): the client is
 * of no use then, but it does not harm. */
static void
test_run_dispose (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;

  enter_subscribed (fixture);
  channel = g_object_ref (pusher_client_get_channel (fixture->client, "a"));
  g_object_run_dispose (G_OBJECT (fixture->client));
  g_object_run_dispose (G_OBJECT (fixture->client));
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);

  pusher_client_open_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_false (pusher_client_open_finish (fixture->client, result, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED);
  g_clear_object (&result);

  pusher_client_open (fixture->client);
  pusher_client_reconnect_now (fixture->client);
  fixture_settle (fixture);
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"hello\"}");
  pusher_test_faults_send_text (fixture->faults, NULL, "nonsense");
  fixture_settle (fixture);
  pusher_client_unsubscribe (fixture->client, "a");
  pusher_client_close (fixture->client);
  fixture_drop_client (fixture);
  g_assert_finalize_object (channel);
}

/* Whoever waits for something hears that it will not come. */
static void
test_subscribe_disposed (Fixture      *fixture,
                         gconstpointer user_data)
{
  const char *names[] = { "a", "b" };

  enter_subscribed (fixture);
  g_object_run_dispose (G_OBJECT (fixture->client));

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) async_error = NULL;

      g_assert_null (pusher_client_subscribe (fixture->client, names[i], &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED);

      pusher_client_subscribe_async (fixture->client, names[i], NULL, store_result_cb, &result);
      wait_until (result != NULL);
      g_assert_null (pusher_client_subscribe_finish (fixture->client, result, &async_error));
      g_assert_error (async_error, PUSHER_ERROR, PUSHER_ERROR_CLOSED);
    }

  g_assert_null (pusher_client_get_channel (fixture->client, "b"));
  fixture_drop_client (fixture);
}

static gboolean
keep_cb (PusherAuthorizer            *authorizer,
         PusherAuthorizationRequest  *request,
         PusherAuthorizationRequest **kept)
{
  *kept = g_object_ref (request);

  return TRUE;
}

static void
answer_cb (GObject      *client,
           GAsyncResult *result,
           gpointer      request)
{
  pusher_authorization_request_complete (request, "KEY:auth", NULL, NULL);
  g_object_set_data (request, "answered", request);
}

/* A call that ends with the client answers what the client has asked. */
static void
test_answered_while_disposed (Fixture      *fixture,
                              gconstpointer user_data)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();
  g_autoptr (PusherAuthorizationRequest) request = NULL;

  g_signal_connect (authorizer, "authorize", G_CALLBACK (keep_cb), &request);
  pusher_client_set_authorizer (fixture->client, authorizer);
  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  fixture_ask_for (fixture, "presence-a");
  wait_until (request != NULL);
  pusher_client_ping_async (fixture->client, NULL, answer_cb, request);
  fixture_settle (fixture);
  g_assert_null (g_object_get_data (G_OBJECT (request), "answered"));

  /* In a handler: only there do calls end at once. */
  g_idle_add_once ((GSourceOnceFunc) g_object_run_dispose, fixture->client);
  wait_until (g_object_get_data (G_OBJECT (request), "answered") != NULL);
  fixture_drop_client (fixture);
}

/* --- Main contexts ------------------------------------------------------- */

static void
check_context_cb (GObject     *object,
                  PusherEvent *event,
                  GMainContext *context)
{
  g_assert_true (g_main_context_is_owner (context));
  g_assert_true (g_main_context_get_thread_default () == context);
}

static gpointer
live_in_context (gpointer user_data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Fixture fixture = { NULL };
  PusherChannel *channel;

  g_main_context_push_thread_default (context);
  fixture_set_up (&fixture, NULL);

  channel = fixture_connect_channel (&fixture, "a");
  g_signal_connect (channel, "event", G_CALLBACK (check_context_cb), context);
  g_signal_connect (fixture.client, "event", G_CALLBACK (check_context_cb), context);
  fixture_lose (&fixture);
  fixture_retry (&fixture);
  fixture_subscribe (&fixture, "a");
  g_string_truncate (fixture.log, 0);
  pusher_test_server_publish (fixture.server, "a", "tick", "1", NULL);
  fixture_sync (&fixture);
  fixture_assert_log (&fixture, "a:tick=1");
  pusher_client_close_async (fixture.client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_true (pusher_client_close_finish (fixture.client, result, NULL));
  g_clear_object (&result);

  fixture_tear_down (&fixture, NULL);
  g_main_context_pop_thread_default (context);

  return NULL;
}

static void
test_other_context (void)
{
  live_in_context (NULL);
  g_assert_false (g_main_context_pending (NULL));
}

/* Nobody runs the default context meanwhile. */
static void
test_other_threads (void)
{
  GThread *threads[3];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("client", live_in_context, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_false (g_main_context_pending (NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *drop = g_strdup_printf ("/lifetime/drop/%s", states[i].name);
      g_autofree char *channel = g_strdup_printf ("/lifetime/channel/%s", states[i].name);

      fixture_add (drop, GUINT_TO_POINTER (i), test_drop);
      fixture_add (channel, GUINT_TO_POINTER (i), test_channel_survives);
    }
  for (guint i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lifetime/operation/%s", operations[i].name);

      fixture_add (path, GUINT_TO_POINTER (i), test_operation);
    }
  fixture_add ("/lifetime/cancel-late", NULL, test_cancel_late);
  fixture_add ("/lifetime/run-dispose", NULL, test_run_dispose);
  fixture_add ("/lifetime/subscribe-disposed", NULL, test_subscribe_disposed);
  fixture_add ("/lifetime/answered-while-disposed", NULL, test_answered_while_disposed);
  g_test_add_func ("/lifetime/other-context", test_other_context);
  g_test_add_func ("/lifetime/other-threads", test_other_threads);

  return g_test_run ();
}
