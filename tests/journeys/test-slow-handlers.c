/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Bursts of events with handlers that take their time: the virtual clock moves
 * while they run. */

#include "fixture.h"

#include <string.h>

#define N_FLOOD 20000
#define N_TRICKLE 1000
#define MS(n) (n * 1000)
#define KIB 1024

/* Of the first byte of a frame, which ends the connection. */
#define RESERVED_BITS 0x70

typedef struct
{
  Fixture *fixture;
  gint64 cost; /* µs of a handler */
  guint n_events;
  guint n_since_redraw; /* events since a window could be drawn again */
  guint longest;
  gboolean shown; /* in a window */
  guint redraw;   /* the source that draws it again */
} Slow;

static gboolean
redraw_cb (gpointer user_data)
{
  Slow *slow = user_data;

  slow->redraw = 0;
  slow->n_since_redraw = 0;

  return G_SOURCE_REMOVE;
}

/* A window is drawn again with the priority that GTK has for it. */
static void
slow_event_cb (PusherChannel *channel,
               PusherEvent   *event,
               Slow          *slow)
{
  g_assert_cmpint (g_ascii_strtoll (pusher_event_get_data (event), NULL, 10), ==, slow->n_events);

  slow->fixture->now += slow->cost;
  slow->n_events++;
  slow->n_since_redraw++;
  slow->longest = MAX (slow->longest, slow->n_since_redraw);
  if (slow->shown && slow->redraw == 0)
    slow->redraw = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, redraw_cb, slow, NULL);
}

static void
publish (Fixture *fixture,
         guint    first,
         guint    n_events)
{
  for (guint i = first; i < first + n_events; i++)
    {
      g_autofree char *data = g_strdup_printf ("%u", i);

      pusher_test_server_publish (fixture->server, "a", "tick", data, NULL);
    }
}

static PusherChannel *
subscribe_slowly (Fixture *fixture,
                  Slow    *slow,
                  gint64   cost)
{
  PusherChannel *channel;

  *slow = (Slow) { .fixture = fixture, .cost = cost };
  channel = fixture_connect_channel (fixture, "a");
  g_signal_connect (channel, "event::tick", G_CALLBACK (slow_event_cb), slow);

  return channel;
}

static PusherMetrics *
get_metrics (Fixture *fixture)
{
  return pusher_client_get_metrics (fixture->client);
}

/* What the server sent before it closed arrives before the client knows. */
static void
test_end_comes_last (Fixture      *fixture,
                     gconstpointer user_data)
{
  Slow slow;

  subscribe_slowly (fixture, &slow, MS (3));
  publish (fixture, 0, 4);
  pusher_test_faults_close_connections (fixture->faults, 4200, "restart");
  wait_until (pusher_client_get_state (fixture->client) == PUSHER_CONNECTION_STATE_CONNECTING);

  fixture_assert_log (fixture, "a:tick=0 a:tick=1 a:tick=2 a:tick=3 a:pending connecting error:4200");
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
}

static void
append_frame (GByteArray *frames,
              guint8      first_byte,
              const char *payload)
{
  g_autoptr (GBytes) frame = make_frame (first_byte, payload, strlen (payload));
  gsize size;
  const guint8 *bytes = g_bytes_get_data (frame, &size);

  g_byte_array_append (frames, bytes, (guint) size);
}

/* The same if the end has been read together with what was sent before. */
static void
test_end_read_at_once (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  PusherChannel *channel;
  Slow slow = { .fixture = fixture, .cost = MS (3) };

  channel = pusher_client_subscribe (fixture->client, "a", NULL);
  fixture_connect_to_peer (fixture);
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer,
                "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"a\"}");
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "connecting connected");
  fixture_record_channel (fixture, channel);
  g_signal_connect (channel, "event::tick", G_CALLBACK (slow_event_cb), &slow);

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"event\":\"tick\",\"channel\":\"a\",\"data\":%u}", i);

      append_frame (frames, FRAME_TEXT, text);
    }
  append_frame (frames, FRAME_TEXT | RESERVED_BITS, "");
  raw_peer_send (fixture->peer, frames->data, frames->len);
  wait_until (pusher_client_get_state (fixture->client) == PUSHER_CONNECTION_STATE_CONNECTING);

  fixture_assert_log (fixture, "a:tick=0 a:tick=1 a:tick=2 a:tick=3 a:pending connecting "
                               "error:connection-lost");
}

static void
close_cb (PusherChannel *channel,
          PusherEvent   *event,
          Fixture       *fixture)
{
  pusher_client_close (fixture->client);
}

static void
test_close_discards (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autoptr (PusherMetrics) metrics = NULL;
  PusherChannel *channel;
  Slow slow;

  channel = subscribe_slowly (fixture, &slow, MS (10));
  publish (fixture, 0, 5);
  wait_until (slow.n_events == 1);
  g_signal_connect (channel, "event::tick", G_CALLBACK (close_cb), fixture);
  wait_until (pusher_client_get_state (fixture->client) == PUSHER_CONNECTION_STATE_DISCONNECTED);
  fixture_settle (fixture);

  g_assert_cmpuint (slow.n_events, ==, 2);
  metrics = get_metrics (fixture);
  g_assert_cmpuint (metrics->messages_dropped, ==, 3);
  fixture_assert_log (fixture, "a:tick=0 a:tick=1 a:pending disconnected");
}

static void
drop_cb (PusherChannel *channel,
         PusherEvent   *event,
         Fixture       *fixture)
{
  g_clear_object (&fixture->client);
}

static void
test_drop_in_slice (Fixture      *fixture,
                    gconstpointer user_data)
{
  PusherChannel *channel;
  Slow slow;

  channel = subscribe_slowly (fixture, &slow, MS (10));
  publish (fixture, 0, 5);
  wait_until (slow.n_events == 1);
  g_signal_connect (channel, "event::tick", G_CALLBACK (drop_cb), fixture);
  wait_until (fixture->client == NULL);
  fixture_settle (fixture);
  g_assert_cmpuint (slow.n_events, ==, 2);
}

/* In their turn: what was sent before a ping is handled before it is answered. */
static void
test_pings_are_answered (Fixture      *fixture,
                         gconstpointer user_data)
{
  Slow slow;

  subscribe_slowly (fixture, &slow, MS (10));
  fixture_assert_sent (fixture, "subscribe:a");
  publish (fixture, 0, 50);
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"pusher:ping\",\"data\":{}}");
  publish (fixture, 50, 1);
  wait_until (strstr (fixture->sent->str, "pong") != NULL);
  g_assert_cmpuint (slow.n_events, >=, 50);

  wait_until (slow.n_events == 51);
  fixture_assert_sent (fixture, "pong");
}

static void
test_ping_flood (Fixture      *fixture,
                 gconstpointer user_data)
{
  fixture_connect (fixture);
  for (guint second = 0; second < 2; second++)
    {
      for (guint i = 0; i < 1000; i++)
        pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"pusher:ping\"}");
      fixture_sync (fixture);
      fixture_sync (fixture);
      fixture_assert_sent (fixture, "ping pong pong pong pong pong pong pong pong pong pong ping");
      fixture_advance (fixture, SECONDS (1));
    }
}

static void
assert_redraws (Slow *slow,
                guint n_events)
{
  g_autoptr (PusherMetrics) metrics = NULL;

  wait_until (slow->n_events == n_events);
  wait_until (slow->redraw == 0);

  g_test_message ("At most %u events in a row", slow->longest);
  g_assert_cmpuint (slow->longest, <=, MS (5) / slow->cost);
  metrics = get_metrics (slow->fixture);
  g_assert_cmpuint (metrics->messages_dropped, ==, 0);
  g_string_truncate (slow->fixture->log, 0);
}

/* All in the socket at once, and handlers of 20 µs: 0.4 s of work. */
static void
test_main_loop_lives (Fixture      *fixture,
                      gconstpointer user_data)
{
  guint n_flood = scale_number (N_FLOOD);
  Slow slow;

  subscribe_slowly (fixture, &slow, 20);
  slow.shown = TRUE;
  publish (fixture, 0, n_flood);
  assert_redraws (&slow, n_flood);
}

static void
publish_next_cb (PusherChannel *channel,
                 PusherEvent   *event,
                 Slow          *slow)
{
  if (slow->n_events < N_TRICKLE)
    publish (slow->fixture, slow->n_events, 1);
}

/* Just as fast as they are handled, one after the other */
static void
test_main_loop_lives_in_trickle (Fixture      *fixture,
                                 gconstpointer user_data)
{
  PusherChannel *channel;
  Slow slow;

  channel = subscribe_slowly (fixture, &slow, 100);
  slow.shown = TRUE;
  g_signal_connect (channel, "event::tick", G_CALLBACK (publish_next_cb), &slow);
  publish (fixture, 0, 1);
  assert_redraws (&slow, N_TRICKLE);
}

typedef struct
{
  Slow slow;
  char *data;
  guint n_published;
  guint64 most; /* bytes that waited */
} Backlog;

/* At a priority that keeps what waits from being delivered */
static gboolean
publish_cb (gpointer user_data)
{
  Backlog *backlog = user_data;
  g_autoptr (PusherMetrics) metrics = get_metrics (backlog->slow.fixture);

  backlog->most = MAX (backlog->most, metrics->bytes_received);
  pusher_test_server_publish (backlog->slow.fixture->server, "a", "load", backlog->data, NULL);
  backlog->n_published++;

  return backlog->n_published < 4 * KIB ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
load_cb (PusherChannel *channel,
         PusherEvent   *event,
         Backlog       *backlog)
{
  backlog->slow.fixture->now += backlog->slow.cost;
  backlog->slow.n_events++;
}

/* What slow handlers have no time for stays with the server. */
static void
test_reading_waits (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (KIB, 'x');
  g_autofree char *data = g_strdup_printf ("\"%s\"", text);
  Backlog backlog = { .data = data };
  PusherChannel *channel;

  channel = subscribe_slowly (fixture, &backlog.slow, MS (10));
  g_signal_connect (channel, "event::load", G_CALLBACK (load_cb), &backlog);
  g_timeout_add_full (G_PRIORITY_DEFAULT, 0, publish_cb, &backlog, NULL);
  wait_until (backlog.slow.n_events == 4 * KIB);

  g_test_message ("At most %" G_GUINT64_FORMAT " bytes waited", backlog.most);
  g_assert_cmpuint (backlog.most, <, 64 * KIB);
  g_string_truncate (fixture->log, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/slow-handlers/end-comes-last", NULL, test_end_comes_last);
  fixture_add ("/slow-handlers/end-read-at-once", NULL, test_end_read_at_once);
  fixture_add ("/slow-handlers/close-discards", NULL, test_close_discards);
  fixture_add ("/slow-handlers/drop-in-slice", NULL, test_drop_in_slice);
  fixture_add ("/slow-handlers/pings-are-answered", NULL, test_pings_are_answered);
  fixture_add ("/slow-handlers/ping-flood", NULL, test_ping_flood);
  fixture_add ("/slow-handlers/main-loop-lives", NULL, test_main_loop_lives);
  fixture_add ("/slow-handlers/main-loop-lives-in-trickle", NULL, test_main_loop_lives_in_trickle);
  fixture_add ("/slow-handlers/reading-waits", NULL, test_reading_waits);

  return g_test_run ();
}
