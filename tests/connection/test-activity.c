/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How a client sees that the server is there, and shows that it is itself. */

#include "fixture.h"

/* Server, client, and when the first ping comes. */
static const struct
{
  const char *path;
  guint server;
  guint client;
  guint ping;
} activity_timeouts[] = {
  { "/activity/server", 30, 120, 30 },
  { "/activity/client", 120, 40, 40 },
  { "/activity/server-has-none", 0, 50, 50 },
  { "/activity/hours", 20000, 10000, 10000 },
};

static void
test_activity (Fixture      *fixture,
               gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  gint64 period = SECONDS (activity_timeouts[i].ping);

  pusher_test_faults_set_activity_timeout (fixture->faults, activity_timeouts[i].server);
  pusher_client_set_activity_timeout (fixture->client, activity_timeouts[i].client);
  pusher_client_set_pong_timeout (fixture->client, 10);
  fixture_connect (fixture);

  /* The pong is what starts the time anew */
  for (guint n = 0; n < 3; n++)
    {
      fixture_assert_ping_after (fixture, period);
    }

  /* A pong timeout later nothing has happened: it came in time */
  fixture_advance (fixture, SECONDS (10));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "");
  fixture_assert_log (fixture, "connecting connected");
}

static void
test_activity_by_messages (Fixture      *fixture,
                           gconstpointer user_data)
{
  static const char *const messages[] = {
    "{\"event\":\"hello\"}",
    "{\"event\":\"pusher:pong\"}",
    "{\"event\":\"hello\",\"channel\":\"unknown\",\"data\":\"\"}",
    "{\"event\":\"pusher_internal:what\"}",
    "nonsense is a sign of life",
  };

  fixture_connect (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      fixture_advance (fixture, SECONDS (119.9));
      pusher_test_faults_send_text (fixture->faults, NULL, messages[i]);
      fixture_settle (fixture);
    }
  fixture_assert_sent (fixture, "");

  fixture_assert_ping_after (fixture, SECONDS (120));
}

/* What the client sends says nothing about the server. */
static void
test_activity_by_sending (Fixture      *fixture,
                          gconstpointer user_data)
{
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_sent (fixture, "subscribe:a");
  fixture_advance (fixture, SECONDS (60));
  pusher_client_unsubscribe (fixture->client, "a");
  fixture_advance (fixture, SECONDS (60));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "unsubscribe:a ping");
}

static void
test_dead_peer (Fixture      *fixture,
                gconstpointer user_data)
{
  fixture->random = 0.5;
  pusher_client_set_pong_timeout (fixture->client, 20);
  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);

  fixture_advance (fixture, SECONDS (120));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "ping");
  fixture_advance (fixture, SECONDS (19.9));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting connected");

  /* Another connection, and at once; it has the connect timeout */
  fixture_advance (fixture, SECONDS (0.1));
  wait_until (pusher_test_server_get_n_attempts (fixture->server) == 2);
  g_assert_error (pusher_client_get_last_error (fixture->client),
                  PUSHER_ERROR, PUSHER_ERROR_TIMEOUT);
  fixture_assert_log (fixture, "connecting error:timeout");

  pusher_test_faults_set_silent (fixture->faults, FALSE);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connected");
  fixture_assert_sent (fixture, "");
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
}

/* Anything that comes after the ping proves that the server is there. */
static void
test_alive_without_pong (Fixture      *fixture,
                         gconstpointer user_data)
{
  fixture_connect (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  fixture_advance (fixture, SECONDS (120));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "ping");
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"hello\"}");
  fixture_settle (fixture);

  fixture_advance (fixture, SECONDS (30));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting connected");
  fixture_assert_sent (fixture, "");

  /* The next silence is another matter */
  fixture_advance (fixture, SECONDS (90));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "ping");
  fixture_assert_log (fixture, "");
}

static void
test_answers_ping (Fixture      *fixture,
                   gconstpointer user_data)
{
  fixture_connect (fixture);
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"pusher:ping\",\"data\":{}}");
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"pusher:ping\"}");
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "pong pong");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (activity_timeouts); i++)
    fixture_add (activity_timeouts[i].path, GUINT_TO_POINTER (i), test_activity);
  fixture_add ("/activity/by-messages", NULL, test_activity_by_messages);
  fixture_add ("/activity/by-sending", NULL, test_activity_by_sending);
  fixture_add ("/activity/dead-peer", NULL, test_dead_peer);
  fixture_add ("/activity/alive-without-pong", NULL, test_alive_without_pong);
  fixture_add ("/activity/answers-ping", NULL, test_answers_ping);

  return g_test_run ();
}
