/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Whatever goes wrong is told where people look: by the client's "error", whatever it is
 * about; by what it is about; and in the log, where it is a mistake of the program. */

#include "fixture.h"
#include "messages.h"

#include <string.h>

#define REFUSAL(channel)                                                                     \
  MESSAGE_ON (channel, "pusher:subscription_error",                                          \
              "{\"type\":\"AuthError\",\"error\":\"no\",\"status\":403}")

/* --- What is told -------------------------------------------------------- */

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           Fixture    *fixture)
{
  PusherChannel *channel = PUSHER_CHANNEL (object);

  /* First the whole change */
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
  g_assert_nonnull (pusher_channel_get_last_error (channel));
  add_word (fixture->log, "%s", pspec->name);
}

static void
subscription_error_cb (PusherChannel *channel,
                       const GError  *error,
                       Fixture       *fixture)
{
  g_assert_cmpstr (error->message, ==, pusher_channel_get_last_error (channel)->message);
  add_word (fixture->log, "subscription-error");
}

static void
error_cb (PusherClient *client,
          const GError *error,
          Fixture      *fixture)
{
  g_autofree char *words = g_strdelimit (g_strdup (error->message), " ", '_');

  add_word (fixture->log, "%s", words);
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Fixture       *fixture)
{
  add_word (fixture->log, "%s", pusher_event_get_name (event));
}

static void
answered_cb (GObject      *client,
             GAsyncResult *result,
             gpointer      user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (PusherChannel) channel = NULL;
  g_autoptr (GError) error = NULL;

  channel = pusher_client_subscribe_finish (PUSHER_CLIENT (client), result, &error);
  g_assert_null (channel);
  g_assert_nonnull (error);
  add_word (fixture->log, "answered");
}

/* Returns: (transfer none): a channel that somebody waits for, and that tells nothing yet */
static PusherChannel *
ask (Fixture *fixture)
{
  PusherChannel *channel = fixture_ask_for (fixture, "a");

  pusher_client_subscribe_async (fixture->client, "a", NULL, answered_cb, fixture);
  g_signal_connect (channel, "notify::state", G_CALLBACK (notify_cb), fixture);
  g_signal_connect (channel, "notify::last-error", G_CALLBACK (notify_cb), fixture);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (subscription_error_cb), fixture);
  g_signal_connect (channel, "event::pusher:subscription_error", G_CALLBACK (event_cb), fixture);
  g_signal_handlers_disconnect_by_data (fixture->client, fixture);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), fixture);
  raw_peer_expect (fixture->peer, "subscribe:a");
  g_string_truncate (fixture->log, 0);

  return channel;
}

static void
test_refused (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel;
  g_autoptr (GError) last_error = NULL;

  fixture_connect_to_peer (fixture);
  channel = ask (fixture);
  g_assert_null (pusher_channel_get_last_error (channel));
  raw_peer_say (fixture->peer, REFUSAL ("a"));
  wait_until (strstr (fixture->log->str, "answered") != NULL);
  fixture_assert_log (fixture, "state last-error subscription-error "
                               "Cannot_subscribe_to_“a”:_AuthError:_no "
                               "pusher:subscription_error answered");
  g_object_get (channel, "last-error", &last_error, NULL);
  g_assert_error (last_error, PUSHER_SERVER_ERROR, 403);
}

static void
test_timed_out (Fixture      *fixture,
                gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = ask (fixture);
  fixture_advance (fixture, SECONDS (30));
  wait_until (strstr (fixture->log->str, "answered") != NULL);
  fixture_assert_log (fixture, "state last-error subscription-error "
                               "Cannot_subscribe_to_“a”:_The_server_did_not_answer_"
                               "the_subscription_to_“a”_in_time "
                               "pusher:subscription_error answered");
  g_assert_error (pusher_channel_get_last_error (channel), PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT);
}

/* The error stays while the subscription is tried again, and goes with its success, or with
 * the wish. */
static void
test_last_error_goes (Fixture      *fixture,
                      gconstpointer user_data)
{
  gboolean unsubscribes = GPOINTER_TO_INT (user_data);
  g_autoptr (PusherChannel) channel = NULL;
  guint n_notifications = 0;

  fixture_connect_to_peer (fixture);
  channel = g_object_ref (fixture_ask_for (fixture, "a"));
  raw_peer_say (fixture->peer, REFUSAL ("a"));
  wait_until (pusher_channel_get_last_error (channel) != NULL);
  pusher_channel_resubscribe (channel, NULL);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_nonnull (pusher_channel_get_last_error (channel));

  count_signals (channel, "notify::last-error", &n_notifications);
  if (unsubscribes)
    pusher_channel_unsubscribe (channel);
  else
    raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_until (n_notifications == 1);
  g_assert_null (pusher_channel_get_last_error (channel));
}

/* A handler that gives the channel up is told no more of it, but the client is told of what
 * happened. */
static void
test_given_up (Fixture      *fixture,
               gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = ask (fixture);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (pusher_channel_unsubscribe), NULL);
  g_signal_handlers_disconnect_by_func (channel, notify_cb, fixture);
  raw_peer_say (fixture->peer, REFUSAL ("a"));
  wait_until (strstr (fixture->log->str, "answered") != NULL);
  fixture_assert_log (fixture, "subscription-error Cannot_subscribe_to_“a”:_AuthError:_no answered");
}

static void
sign_in_error_cb (PusherUser   *user,
                  const GError *error,
                  Fixture      *fixture)
{
  add_word (fixture->log, "sign-in-error");
}

static void
test_sign_in (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherUser *user = pusher_client_get_user (fixture->client);

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"1\"}");
  fixture_connect_to_peer (fixture);
  g_signal_handlers_disconnect_by_data (fixture->client, fixture);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), fixture);
  g_signal_connect (user, "sign-in-error", G_CALLBACK (sign_in_error_cb), fixture);
  g_string_truncate (fixture->log, 0);
  pusher_user_sign_in (user);
  raw_peer_say (fixture->peer,
                MESSAGE ("pusher:error", "{\"code\":4200,\"message\":\"no\"}"));
  wait_until (strstr (fixture->log->str, "Cannot") != NULL);
  fixture_assert_log (fixture, "sign-in-error Cannot_sign_in:_no");
}

/* --- Mistakes ------------------------------------------------------------ */

static void
test_name (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_test_expect_message ("Pusher", G_LOG_LEVEL_MESSAGE,
                         "Nothing was subscribed to: *“#a”*reserved*");
  g_assert_null (pusher_client_subscribe (fixture->client, "#a", NULL));
  g_test_assert_expected_messages ();

  /* Who asks for the error is told by that. */
  g_assert_null (pusher_client_subscribe (fixture->client, "#a", &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME);
}

/* Other names are for the server to judge. */
static void
test_refused_name (Fixture      *fixture,
                   gconstpointer user_data)
{
  fixture->tolerated_violation = "The channel name “my prices” is not of 1 to 164 ASCII letters, "
                                 "digits, and “-_=@,.;”";
  fixture_connect (fixture);
  g_signal_handlers_disconnect_by_data (fixture->client, fixture);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), fixture);
  g_string_truncate (fixture->log, 0);
  pusher_client_subscribe (fixture->client, "my prices", NULL);
  wait_until (strstr (fixture->log->str, "Cannot_subscribe_to_“my_prices”:_") != NULL);
}

static void
test_not_open (Fixture      *fixture,
               gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_test_expect_message ("Pusher", G_LOG_LEVEL_DEBUG, "Channel “a”: waits until*opened*");
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  g_test_assert_expected_messages ();
  pusher_client_unsubscribe (fixture->client, "a");
  wait_until (result != NULL);
}

static void
log_cb (const char     *domain,
        GLogLevelFlags  level,
        const char     *message,
        gpointer        user_data)
{
  GString *log = user_data;

  g_string_append_printf (log, "%s\n", message);
}

/* A client that nothing holds goes while channels are wanted. */
static void
test_dropped (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (PusherClient) closed = pusher_client_new ("key", NULL);
  PusherClient *client = pusher_client_new ("key", NULL);
  /* Not a writer: in tests, GLib 2.84 writes for itself. */
  guint handler = g_log_set_handler ("Pusher", G_LOG_LEVEL_DEBUG, log_cb, log);

  pusher_client_subscribe (client, "a", NULL);
  pusher_client_subscribe (client, "b", NULL);
  g_assert_finalize_object (client);
  g_assert_nonnull (strstr (log->str, "nothing refers to it"));
  g_assert_nonnull (strstr (log->str, "2 channels"));

  /* One that was closed is done with. */
  g_string_truncate (log, 0);
  pusher_client_subscribe (closed, "a", NULL);
  pusher_client_open (closed);
  pusher_client_close (closed);
  g_clear_object (&closed);
  g_assert_null (strstr (log->str, "nothing refers to it"));
  g_log_remove_handler ("Pusher", handler);
}

/* --- Threads ------------------------------------------------------------- */

static gpointer
use_elsewhere (gpointer data)
{
  PusherClient *client = data;

  for (guint i = 0; i < 2; i++)
    {
      pusher_client_get_state (client);
      pusher_client_unsubscribe (client, "b");
      pusher_channel_get_state (pusher_client_get_channel (client, "a"));
      pusher_user_get_id (pusher_client_get_user (client));
    }

  return NULL;
}

static void
test_other_thread (Fixture      *fixture,
                   gconstpointer user_data)
{
  static const char *const functions[] = {
    "pusher_client_get_state", "pusher_client_unsubscribe", "pusher_client_get_channel",
    "pusher_channel_get_state", "pusher_client_get_user", "pusher_user_get_id",
  };

  pusher_client_subscribe (fixture->client, "a", NULL);

  /* Once for each, while this thread runs the main context */
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      g_autofree char *pattern = g_strconcat (functions[i], "() was called from a thread*", NULL);

      g_test_expect_message ("Pusher", G_LOG_LEVEL_CRITICAL, pattern);
    }
  g_assert_true (g_main_context_acquire (NULL));
  g_thread_join (g_thread_new ("elsewhere", use_elsewhere, fixture->client));
  g_main_context_release (NULL);
  g_test_assert_expected_messages ();
}

/* Nobody runs the main context yet, or it is somebody else's turn. */
static void
test_moved_thread (Fixture      *fixture,
                   gconstpointer user_data)
{
  pusher_client_subscribe (fixture->client, "a", NULL);
  g_thread_join (g_thread_new ("elsewhere", use_elsewhere, fixture->client));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/errors/refused", NULL, test_refused);
  fixture_add ("/errors/timed-out", NULL, test_timed_out);
  fixture_add ("/errors/last-error-goes/subscribed", GINT_TO_POINTER (FALSE), test_last_error_goes);
  fixture_add ("/errors/last-error-goes/unsubscribed", GINT_TO_POINTER (TRUE),
               test_last_error_goes);
  fixture_add ("/errors/given-up", NULL, test_given_up);
  fixture_add ("/errors/sign-in", NULL, test_sign_in);
  fixture_add ("/errors/name", NULL, test_name);
  fixture_add ("/errors/refused-name", NULL, test_refused_name);
  fixture_add ("/errors/not-open", NULL, test_not_open);
  fixture_add ("/errors/other-thread", NULL, test_other_thread);
  fixture_add ("/errors/moved-thread", NULL, test_moved_thread);
  g_test_add_func ("/errors/dropped", test_dropped); /* the last, as it takes the log */

  return g_test_run ();
}
