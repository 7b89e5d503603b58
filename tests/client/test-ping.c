/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* An application asks how long the way to the server and back takes. */

#include "fixture.h"

#define assert_ping_fails(client, result, domain, code)                         \
  G_STMT_START                                                                  \
  {                                                                             \
    g_autoptr (GError) error_ = NULL;                                           \
    g_assert_cmpint (pusher_client_ping_finish (client, result, &error_), ==, -1); \
    g_assert_error (error_, domain, code);                                      \
  }                                                                             \
  G_STMT_END

/* Several, answered at different times: each has its own round trip. */
static void
test_ping (Fixture      *fixture,
           gconstpointer user_data)
{
  static const char pong[] = "{\"event\":\"pusher:pong\",\"data\":{}}";
  GAsyncResult *results[3] = { NULL };
  gint64 trips[3];

  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[i]);
      fixture->now += 10;
    }
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "ping ping ping");

  pusher_test_faults_set_silent (fixture->faults, FALSE);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->now += 1000;
      g_assert_null (results[i]);
      pusher_test_faults_send_text (fixture->faults, NULL, pong);
      wait_until (results[i] != NULL);
      trips[i] = pusher_client_ping_finish (fixture->client, results[i], &error);
      g_assert_no_error (error);
      g_clear_object (&results[i]);
    }
  g_assert_cmpint (trips[0], ==, 1030);
  g_assert_cmpint (trips[1], ==, 2020);
  g_assert_cmpint (trips[2], ==, 3010);

  /* One that nobody asked for is nothing */
  pusher_test_faults_send_text (fixture->faults, NULL, pong);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting connected");
}

/* The time that sending takes counts. */
static void
test_ping_sending (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 start;

  fixture_connect (fixture);
  start = fixture->now;
  fixture->tick = 1000;
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  fixture->tick = 0;
  wait_until (result != NULL);

  g_assert_cmpint (fixture->now, >, start);
  g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, NULL), ==,
                   fixture->now - start);
}

/* The server owes the answers to so many that no more are sent. */
static void
test_ping_busy (Fixture      *fixture,
                gconstpointer user_data)
{
  GAsyncResult *results[64] = { NULL };
  g_autoptr (GAsyncResult) refused = NULL;

  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[i]);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &refused);
  wait_until (refused != NULL);
  assert_ping_fails (fixture->client, refused, PUSHER_ERROR, PUSHER_ERROR_BUSY);
  g_assert_null (results[0]);

  pusher_client_close (fixture->client);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      wait_until (results[i] != NULL);
      assert_ping_fails (fixture->client, results[i], PUSHER_ERROR, PUSHER_ERROR_CLOSED);
      g_clear_object (&results[i]);
    }
}

static void
test_ping_answered (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_connect (fixture);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_ping_without_connection (Fixture      *fixture,
                              gconstpointer user_data)
{
  GAsyncResult *results[3] = { NULL };

  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[0]);
  pusher_client_open (fixture->client);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[1]);
  pusher_client_close (fixture->client);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[2]);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      wait_until (results[i] != NULL);
      assert_ping_fails (fixture->client, results[i], PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE);
      g_clear_object (&results[i]);
    }
}

/* The server is there, but has lost the pong: that harms nobody but the one who
 * waits for it. */
static void
test_ping_times_out (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  fixture_settle (fixture);
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"hello\"}");
  fixture_settle (fixture);

  fixture_advance (fixture, SECONDS (29.9));
  fixture_settle (fixture);
  g_assert_null (result);
  fixture_advance (fixture, SECONDS (0.1));
  wait_until (result != NULL);
  assert_ping_fails (fixture->client, result, PUSHER_ERROR, PUSHER_ERROR_TIMEOUT);
  fixture_assert_log (fixture, "connecting connected");
}

typedef void (*LoseFunc) (Fixture *fixture);

static void
lose_by_cut (Fixture *fixture)
{
  pusher_test_faults_cut_connections (fixture->faults);
}

static void
lose_by_refusal (Fixture *fixture)
{
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  pusher_test_faults_close_connections (fixture->faults, 4009, "late");
}

static void
lose_by_close (Fixture *fixture)
{
  pusher_client_close (fixture->client);
}

static void
lose_by_reconnect (Fixture *fixture)
{
  pusher_client_reconnect_now (fixture->client);
}

static void
lose_by_silence (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (30));
}

static const struct
{
  const char *path;
  LoseFunc lose;
  const char *domain;
  int code;
} ping_losses[] = {
  { "/ping/lost", lose_by_cut, "pusher-error-quark", PUSHER_ERROR_CONNECTION_LOST },
  { "/ping/refused", lose_by_refusal, "pusher-server-error-quark",
    PUSHER_SERVER_ERROR_UNAUTHORIZED },
  { "/ping/closed", lose_by_close, "pusher-error-quark", PUSHER_ERROR_CLOSED },
  { "/ping/reconnect", lose_by_reconnect, "pusher-error-quark",
    PUSHER_ERROR_CONNECTION_LOST },
  { "/ping/dead", lose_by_silence, "pusher-error-quark", PUSHER_ERROR_TIMEOUT },
};

static void
test_ping_lost (Fixture      *fixture,
                gconstpointer user_data)
{
  guint loss = GPOINTER_TO_UINT (user_data);
  GAsyncResult *results[2] = { NULL };

  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  for (guint i = 0; i < 2; i++)
    pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[i]);
  fixture_settle (fixture);
  g_assert_null (results[0]);
  ping_losses[loss].lose (fixture);

  for (guint i = 0; i < 2; i++)
    {
      wait_until (results[i] != NULL);
      assert_ping_fails (fixture->client, results[i],
                         g_quark_from_string (ping_losses[loss].domain), ping_losses[loss].code);
      g_clear_object (&results[i]);
    }
}

static void
test_ping_cancelled (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect (fixture);
  pusher_client_ping_async (fixture->client, cancellable, store_result_cb, &cancelled);
  fixture->now += 1000;
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  fixture->now += 100;
  g_cancellable_cancel (cancellable);
  wait_until (cancelled != NULL && result != NULL);

  assert_ping_fails (fixture->client, cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Its pong is not mistaken for that of the other one */
  g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, NULL), ==, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/ping/round-trips", NULL, test_ping);
  fixture_add ("/ping/sending", NULL, test_ping_sending);
  fixture_add ("/ping/answered", NULL, test_ping_answered);
  fixture_add ("/ping/busy", NULL, test_ping_busy);
  fixture_add ("/ping/without-connection", NULL, test_ping_without_connection);
  fixture_add ("/ping/times-out", NULL, test_ping_times_out);
  fixture_add ("/ping/cancelled", NULL, test_ping_cancelled);
  for (guint i = 0; i < G_N_ELEMENTS (ping_losses); i++)
    fixture_add (ping_losses[i].path, GUINT_TO_POINTER (i), test_ping_lost);

  return g_test_run ();
}
