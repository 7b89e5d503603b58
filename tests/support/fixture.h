/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "client/pusher-client-types-private.h"
#include "raw-peer.h"
#include "wait.h"
#include "words.h"

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

G_BEGIN_DECLS

#define HANG G_MAXUINT /* a handshake delay */

/* A client and a server that listens, both in the thread-default main context.
 * The client has not been opened yet. Its clock stands still until the test
 * moves it, and its delays are those of the given "random" number. */
typedef struct
{
  PusherTestServer *server;
  PusherTestBackend *backend; /* the server's, as the next */
  PusherTestFaults *faults;
  PusherClient *client; /* NULL once the test has dropped it */
  RawPeer *peer;        /* in the place of the server, or NULL */
  gint64 now;
  gint64 tick; /* passes whenever somebody looks at the clock */
  double random;
  GRand *rand; /* where the numbers come from instead, or NULL */

  /* What the client tells, word by word:
   *
   * connected                 its state
   * error:4001                an error of the server's
   * error:connection-lost     an error of its own
   * error:http-403            an endpoint's
   * error:application         of an authorizer in the test
   * in:0.25                   connecting-in, in seconds
   *
   * and of the channels that were recorded:
   *
   * a:subscribed              the state of the channel "a"
   * a:subscription-succeeded  a signal, also subscription-error and cache-miss
   * a:gap:2.5                 in seconds
   * a:count:3
   * a:price=1.5               an event and its data
   *
   * and of a channel, or the user, whose failures were recorded:
   *
   * pending                   the state of the channel
   * timed-out                 a failure of the client's own
   * refused:4009              one of the server's
   */
  GString *log;

  /* What the server received, such as "subscribe:a ping" */
  GString *sent;

  guint close_code; /* of the last connection that the server has lost */

  /* Rules that the client broke, and one that it may break */
  GString *violations;
  const char *tolerated_violation;
} Fixture;

void fixture_set_up    (Fixture      *self,
                        gconstpointer user_data);
void fixture_tear_down (Fixture      *self,
                        gconstpointer user_data);

#define fixture_add(path, data, test) \
  g_test_add (path, Fixture, data, fixture_set_up, test, fixture_tear_down)

/* --- The client ---------------------------------------------------------- */

PusherClient  *fixture_new_client      (Fixture              *self);
void           fixture_set_clock       (Fixture              *self,
                                        PusherClient         *client);
void           fixture_use_secret      (Fixture              *self,
                                        PusherClient         *client,
                                        const char           *channel_data);
PusherChannel *fixture_join            (Fixture              *self,
                                        PusherClient         *client,
                                        const char           *name,
                                        const char           *channel_data);
void           fixture_drop_client     (Fixture              *self);
void           fixture_wait_for_state  (Fixture              *self,
                                        PusherConnectionState state);
void           fixture_connect         (Fixture              *self);
PusherChannel *fixture_connect_channel (Fixture              *self,
                                        const char           *name);
PusherChannel *fixture_ask_for         (Fixture              *self,
                                        const char           *name);
PusherChannel *fixture_subscribe       (Fixture              *self,
                                        const char           *name);
void           fixture_record_channel  (Fixture              *self,
                                        PusherChannel        *channel);
void           fixture_record_failures (Fixture              *self,
                                        gpointer              object);
void           fixture_lose            (Fixture              *self);
void           fixture_retry           (Fixture              *self);
gint64         fixture_get_delay       (Fixture              *self);

/* --- The server ---------------------------------------------------------- */

void fixture_start_server    (Fixture *self);
void fixture_use_server      (Fixture *self);
void fixture_use_peer        (Fixture *self);
void fixture_connect_to_peer (Fixture *self);
void fixture_hang            (Fixture *self);

/* --- What happened ------------------------------------------------------- */

/* Compare all that was logged or sent since the last time. */
#define fixture_assert_log(self, expected) \
  assert_words ((self)->log, expected)
#define fixture_assert_sent(self, expected) \
  assert_words ((self)->sent, expected)

void fixture_assert_ping_after      (Fixture    *self,
                                     gint64      duration);
void fixture_assert_connect_timeout (Fixture    *self,
                                     guint       seconds);
void count_signals                  (gpointer    object,
                                     const char *signal,
                                     guint      *count);

/* --- Time ---------------------------------------------------------------- */

void fixture_advance (Fixture *self,
                      gint64   duration);
void fixture_settle  (Fixture *self);
void fixture_sync    (Fixture *self);

/* How many of something a test of numbers has: less where the environment says
 * so by PUSHER_TESTS_SCALE, a factor, but some. */
guint scale_number (guint number);

/* Drops what is logged for debugging: such a test would print little else. */
void be_quiet (void);

G_END_DECLS
