/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Servers that send anything. The client survives it, says that something was
 * wrong where something was, and hears the next good event. */

#include "fixture.h"
#include "messages.h"

#include <string.h>

#define ON_A(event, data) MESSAGE_ON ("a", event, data)

#define DEEP 80000 /* brackets: enough to crash a parser that recurses */

typedef struct
{
  Fixture fixture;
  char *expected; /* the data of the next good event */
  guint n_good;
  guint n_other; /* events of the client */
  guint n_errors;
} Victim;

/* --- A victim ------------------------------------------------------------ */

/* What an application might do with an event. */
static void
event_cb (PusherClient *client,
          PusherEvent  *event,
          Victim       *victim)
{
  pusher_event_get_json (event);
  pusher_event_get_variant (event);
  g_assert_true (g_utf8_validate (pusher_event_get_name (event), -1, NULL));
  if (pusher_event_get_data (event) != NULL)
    g_assert_true (g_utf8_validate (pusher_event_get_data (event), -1, NULL));

  if (g_strcmp0 (pusher_event_get_channel_name (event), "a") == 0 &&
      g_str_equal (pusher_event_get_name (event), "good") &&
      g_strcmp0 (pusher_event_get_data (event), victim->expected) == 0)
    victim->n_good++;
  else if (!g_str_equal (pusher_event_get_name (event), "pusher:subscription_succeeded"))
    victim->n_other++;
}

static void
error_cb (PusherClient *client,
          const GError *error,
          Victim       *victim)
{
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  victim->n_errors++;
}

static void
wait_for_subscription (Victim *victim)
{
  PusherChannel *channel = pusher_client_get_channel (victim->fixture.client, "a");

  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

/* With attempts that follow each other at once. */
static void
set_up (Victim       *victim,
        gconstpointer user_data)
{
  Fixture *fixture = &victim->fixture;

  fixture_set_up (fixture, NULL);
  fixture->random = 0;
  pusher_client_subscribe (fixture->client, "a", NULL);
  fixture_connect (fixture);
  wait_for_subscription (victim);
  g_signal_connect (fixture->client, "event", G_CALLBACK (event_cb), victim);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), victim);
}

static void
tear_down (Victim       *victim,
           gconstpointer user_data)
{
  fixture_tear_down (&victim->fixture, NULL);
  g_free (victim->expected);
}

static void
start_good_event (Victim *victim)
{
  static guint n;

  g_free (victim->expected);
  victim->expected = g_strdup_printf ("%u", n++);
  victim->n_good = 0;
  g_assert_cmpuint (pusher_test_server_publish (victim->fixture.server, "a", "good",
                                                victim->expected, NULL),
                    ==, 1);
}

static void
check_good_event (Victim *victim)
{
  start_good_event (victim);
  wait_until (victim->n_good > 0);
  g_assert_cmpuint (victim->n_good, ==, 1);
}

/* --- Frames -------------------------------------------------------------- */

typedef enum
{
  IGNORED,
  EVENT,
  ERROR, /* a signal, and no more */
  LOST,  /* the connection: a new one is made */
  REFUSED, /* an event, and the channel has failed */
} Outcome;

/* Asks again for the channel that was refused. */
static void
recover (Victim *victim)
{
  PusherClient *client = victim->fixture.client;
  guint n_other = victim->n_other;

  pusher_client_reconnect_now (client);
  pusher_channel_resubscribe (pusher_client_get_channel (client, "a"), NULL);
  wait_for_subscription (victim);
  victim->n_other = n_other;
}

static gboolean
is_refused (Victim *victim)
{
  PusherChannel *channel = pusher_client_get_channel (victim->fixture.client, "a");

  return pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED;
}

static void
check_frame (Victim  *victim,
             GBytes  *bytes,
             gboolean binary,
             Outcome  outcome)
{
  Fixture *fixture = &victim->fixture;
  guint n_attempts = pusher_test_server_get_n_attempts (fixture->server);

  victim->n_errors = 0;
  victim->n_other = 0;
  pusher_test_faults_send_bytes (fixture->faults, NULL, bytes, binary);
  if (outcome == LOST)
    {
      wait_until (pusher_test_server_get_n_attempts (fixture->server) == n_attempts + 1);
      wait_for_subscription (victim);
      victim->n_other = 0; /* the new connection's */
    }
  check_good_event (victim);
  g_assert_cmpint (is_refused (victim), ==, outcome == REFUSED);
  if (outcome == REFUSED)
    recover (victim);

  g_assert_cmpuint (victim->n_errors, ==, outcome == EVENT || outcome == IGNORED ? 0 : 1);
  g_assert_cmpuint (victim->n_other, ==, outcome == EVENT || outcome == REFUSED ? 1 : 0);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==,
                    outcome == LOST || outcome == REFUSED ? n_attempts + 1 : n_attempts);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_CONNECTED);
}

static const struct
{
  const char *text;
  Outcome outcome;
} texts[] = {
  /* Not messages */
  { "", ERROR },
  { " ", ERROR },
  { "null", ERROR },
  { "true", ERROR },
  { "17", ERROR },
  { "\"text\"", ERROR },
  { "[]", ERROR },
  { "[{\"event\":\"x\"}]", ERROR },
  { "{", ERROR },
  { "{}", ERROR },
  { "{\"event\"", ERROR },
  { "{\"event\":", ERROR },
  { "{\"event\":\"x\"", ERROR },
  { "{\"event\":\"x\",}", ERROR },
  { "{\"event\":\"x\"}}", ERROR },
  { "{\"event\":\"x\"} {\"event\":\"y\"}", ERROR },
  { "{'event':'x'}", ERROR },
  { "{event:\"x\"}", ERROR },
  { "/**/{\"event\":\"x\"}", ERROR },
  { "\xef\xbb\xbf{\"event\":\"x\"}", ERROR },
  { "{\"event\":\"x\n\"}", ERROR },
  { "{\"event\":\"\\x\"}", ERROR },
  { "{\"event\":\"\\u12\"}", ERROR },

  /* No event, or not one that is one */
  { "{\"data\":\"x\"}", ERROR },
  { "{\"event\":\"\"}", ERROR },
  { "{\"event\":1}", ERROR },
  { "{\"event\":null}", ERROR },
  { "{\"event\":true}", ERROR },
  { "{\"event\":[\"x\"]}", ERROR },
  { "{\"event\":{\"x\":\"y\"}}", ERROR },
  { "{\"event\":\"x\",\"channel\":1}", ERROR },
  { "{\"event\":\"x\",\"channel\":[]}", ERROR },
  { "{\"event\":\"x\",\"channel\":{}}", ERROR },
  { "{\"event\":\"x\",\"user_id\":[]}", ERROR },
  { "{\"Event\":\"x\"}", ERROR },

  /* Odd, but events */
  { "{\"event\":\"x\",\"channel\":null}", EVENT },
  { "{\"event\":\"x\",\"channel\":\"\"}", EVENT },
  { "{\"event\":\"x\",\"user_id\":1e999}", EVENT },
  { "{\"event\":\"x\",\"event\":\"y\"}", EVENT },
  { "{\"event\":\"x\",\"more\":{\"a\":[1,2,{}]}}", EVENT },
  { "\r\n\t {\"event\":\"x\"}\n", EVENT },
  { "{\"event\":\"client-x\",\"channel\":\"a\"}", EVENT },
  { "{\"event\":\"%s%n%99$d\",\"channel\":\"a\",\"data\":\"%s%n\"}", EVENT },
  { ON_A ("x", "\"\""), EVENT },
  { ON_A ("x", "null"), EVENT },
  { ON_A ("x", "false"), EVENT },
  { ON_A ("x", "[]"), EVENT },
  { ON_A ("x", "{}"), EVENT },
  { ON_A ("x", "0"), EVENT },
  { ON_A ("x", "-0.0e-0"), EVENT },
  { ON_A ("x", "1e999"), EVENT },
  { ON_A ("x", "-99999999999999999999999999999999999999"), EVENT },
  { ON_A ("x", "18446744073709551616"), EVENT },
  { ON_A ("x", "\"18446744073709551616\""), EVENT },
  { ON_A ("x", "\"{\\\"a\\\":1e999}\""), EVENT },
  { ON_A ("x", "\"{'a':1}\""), EVENT },
  { ON_A ("x", "\"\\u0001\\u001f\""), EVENT },
  { ON_A ("x", "{\"a\":\"b\",\"a\":{\"\":[]}}"), EVENT },
  { ON_A ("x", "+1"), ERROR },
  { ON_A ("x", "NaN"), ERROR },
  { ON_A ("x", "01"), ERROR },
  { ON_A ("x", "nul"), ERROR },

  /* The protocol's own, at the wrong time or of the wrong kind */
  { MESSAGE ("pusher:unheard_of", "{}"), EVENT },
  { MESSAGE ("pusher:connection_established", "{\"socket_id\":\"6.6\"}"), EVENT },
  { MESSAGE ("pusher:connection_established", "\"{\\\"socket_id\\\":17}\""), EVENT },
  { MESSAGE ("pusher_internal:unheard_of", "{}"), IGNORED },
  { MESSAGE ("pusher_internal:subscription_succeeded", "{}"), IGNORED },
  { "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"b\"}", IGNORED },
  { "{\"event\":\"pusher:subscription_error\",\"channel\":\"b\"}", EVENT },
  { "{\"event\":\"pusher:ping\",\"channel\":\"b\"}", EVENT },
  { "{\"event\":\"pusher:error\",\"channel\":\"a\",\"data\":{\"code\":4001}}", ERROR },
  { ON_A ("pusher_internal:unheard_of", "{}"), IGNORED },
  { ON_A ("pusher:unheard_of", "{}"), EVENT },
  { ON_A ("pusher_internal:subscription_succeeded", "{}"), IGNORED },
  { ON_A ("pusher:subscription_error", "{\"status\":\"\"}"), REFUSED },
  { ON_A ("pusher_internal:subscription_count", "{\"subscription_count\":-1}"), IGNORED },
  { ON_A ("pusher_internal:subscription_count", "{\"subscription_count\":1e300}"), IGNORED },
  { ON_A ("pusher_internal:subscription_count", "{\"subscription_count\":[]}"), IGNORED },
  { ON_A ("pusher_internal:member_added", "{\"user_id\":null}"), IGNORED },
  { ON_A ("pusher:cache_miss", "[1]"), EVENT },
  { MESSAGE ("pusher:ping", "[1]"), IGNORED },
  { MESSAGE ("pusher:pong", "\"\""), IGNORED },
  { MESSAGE ("pusher:error", "null"), ERROR },
  { MESSAGE ("pusher:error", "{\"code\":1e300,\"message\":[]}"), ERROR },
  { MESSAGE ("pusher:error", "{\"code\":-9223372036854775808}"), ERROR },
  { MESSAGE ("pusher:error", "\"\""), ERROR },
  { MESSAGE ("pusher:error", "\"%s%n%s\""), ERROR },
  { MESSAGE ("pusher:signin_success", "{}"), EVENT },
};

static void
test_texts (Victim       *victim,
            gconstpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (texts[i].text, strlen (texts[i].text));
      g_autofree char *escaped = g_strescape (texts[i].text, NULL);

      g_test_message ("%s", escaped);
      check_frame (victim, bytes, FALSE, texts[i].outcome);
    }

  /* Nobody believed them */
  g_assert_cmpstr (pusher_client_get_socket_id (victim->fixture.client), !=, "6.6");
  g_assert_null (pusher_client_get_channel (victim->fixture.client, "b"));
  g_assert_cmpint (pusher_channel_get_subscription_count (
                     pusher_client_get_channel (victim->fixture.client, "a")),
                   ==, -1);
}

static const struct
{
  const char *bytes;
  gsize length;
  gboolean binary;
  Outcome outcome;
} frames[] = {
  { "", 0, TRUE, ERROR },
  { "\0\1\2\3", 4, TRUE, ERROR },
  { "{\"event\":\"x\"}", 13, TRUE, ERROR },
  { "\0", 1, FALSE, ERROR },
  { "{\"event\":\"x\"}\0", 14, FALSE, ERROR },
  { "{\"event\":\"x\0y\"}", 15, FALSE, ERROR },
  { "{\"event\":\"\xff\"}", 13, FALSE, LOST },
  { "{\"event\":\"\xc3\"}", 13, FALSE, LOST },
  { "{\"event\":\"\xc0\xaf\"}", 14, FALSE, LOST },
  { "{\"event\":\"\xed\xa0\x80\"}", 15, FALSE, LOST },
  { "{\"event\":\"\xf4\x90\x80\x80\"}", 16, FALSE, LOST },
  { "\xff\xfe{\0\"\0", 6, FALSE, LOST },
};

static void
test_frames (Victim       *victim,
             gconstpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (frames[i].bytes, frames[i].length);

      g_test_message ("%u", i);
      check_frame (victim, bytes, frames[i].binary, frames[i].outcome);
    }
}

/* --- Large and deep ones ------------------------------------------------- */

/* What is put between two texts, so many times. */
static const struct
{
  const char *before;
  const char *fill;
  guint n;
  const char *after;
  Outcome outcome;
} large_texts[] = {
  { "", "[", DEEP, "", ERROR },
  { "", "{\"a\":", DEEP, "", ERROR },
  { "", "{\"event\":", DEEP, "", ERROR },
  { "{\"event\":", "[", DEEP, "", ERROR },
  { "{\"event\":\"x\",\"data\":", "[", DEEP, "}", ERROR },
  { "{\"event\":\"x\",\"data\":", "{\"a\":", DEEP, "}", ERROR },
  { "{\"event\":\"x\",\"unknown\":", "[[],", DEEP, "}", ERROR },
  { "{\"event\":\"x\",\"channel\":\"a\",\"data\":\"", "[", DEEP, "\"}", EVENT },
  { "{\"event\":\"x\",\"channel\":\"a\",\"data\":\"", "{\\\"a\\\":", DEEP, "\"}", EVENT },
  { "{\"event\":\"pusher:error\",\"data\":\"", "[", DEEP, "\"}", ERROR },
  { "{\"event\":\"pusher:connection_established\",\"data\":\"", "[", DEEP, "\"}", EVENT },
  { "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"a\",\"data\":\"", "[",
    DEEP, "\"}", IGNORED },
  { "{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"a\",\"data\":\"", "[",
    DEEP, "\"}", IGNORED },
  { "{\"event\":\"pusher:subscription_error\",\"channel\":\"a\",\"data\":\"", "{\\\"a\\\":",
    DEEP, "\"}", REFUSED },

  { "{\"event\":\"", "x", 1000 * 1000, "\"}", EVENT },
  { "{\"event\":\"x\",\"channel\":\"", "x", 1000 * 1000, "\"}", EVENT },
  { "{\"event\":\"pusher:", "x", 1000 * 1000, "\",\"channel\":\"a\"}", EVENT },
  { "{\"event\":\"x\",\"channel\":\"a\",\"user_id\":\"", "x", 1000 * 1000, "\"}", EVENT },
  { "{\"event\":\"x\",\"channel\":\"a\",\"data\":", "9", 1000 * 1000, "}", EVENT },
  { "{\"event\":\"x\",\"channel\":\"a\",\"data\":\"", "\\u0000", 100 * 1000, "\"}", EVENT },
  { "{\"event\":\"x\",\"", "y", 1000 * 1000, "\":1}", EVENT },
  { "{\"event\":\"x\"", ",\"event\":\"y\"", 80 * 1000, "}", EVENT },
  { "{\"event\":\"x\"}", " ", 1000 * 1000, "", EVENT },
  { "", " ", 1000 * 1000, "", ERROR },

  /* More than max-message-size */
  { "{\"event\":\"", "x", 1024 * 1024, "\"}", LOST },
  { "", "[", 3 * 1024 * 1024, "", LOST },
};

static void
test_large_texts (Victim       *victim,
                  gconstpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (large_texts); i++)
    {
      g_autoptr (GBytes) bytes = NULL;
      GString *text = g_string_new (large_texts[i].before);

      g_test_message ("%s%s, %u times", large_texts[i].before, large_texts[i].fill, large_texts[i].n);
      for (guint n = 0; n < large_texts[i].n; n++)
        g_string_append (text, large_texts[i].fill);
      g_string_append (text, large_texts[i].after);
      bytes = g_string_free_to_bytes (text);
      check_frame (victim, bytes, FALSE, large_texts[i].outcome);
    }
}

/* --- Mutations ----------------------------------------------------------- */

static const char *const seeds[] = {
  ON_A ("x", "\"{\\\"price\\\":1.5,\\\"name\\\":\\\"\\u00fc\\ud834\\udd1e\\\"}\""),
  ON_A ("x", "{\"a\":[1,-2.5e3,true,null,\"\\n\"]}"),
  "{\"event\":\"client-x\",\"channel\":\"a\",\"data\":[],\"user_id\":\"ü\"}",
  ON_A ("pusher_internal:subscription_succeeded", "\"{}\""),
  ON_A ("pusher_internal:subscription_count", "\"{\\\"subscription_count\\\":3}\""),
  ON_A ("pusher:subscription_error",
        "{\"type\":\"AuthError\",\"error\":\"no\",\"status\":401}"),
  ON_A ("pusher:cache_miss", "\"\""),
  ON_A ("pusher_internal:member_added", "\"{\\\"user_id\\\":\\\"1\\\"}\""),
  MESSAGE ("pusher:error", "{\"code\":4301,\"message\":\"slow down\"}"),
  MESSAGE ("pusher:error", "\"{\\\"code\\\":null,\\\"message\\\":\\\"x\\\"}\""),
  MESSAGE ("pusher:ping", "{}"),
  MESSAGE ("pusher:pong", "\"{}\""),
  MESSAGE ("pusher:connection_established",
           "\"{\\\"socket_id\\\":\\\"5042.80766\\\",\\\"activity_timeout\\\":30}\""),
};

static guint8
random_byte (GRand *rand)
{
  static const char likely[] = "\"\\{}[]:,0123456789.eE+-untrfal \t\n\x7f";

  if (g_rand_int_range (rand, 0, 8) == 0)
    return (guint8) g_rand_int_range (rand, 0, 256);

  return (guint8) likely[g_rand_int_range (rand, 0, sizeof likely - 1)];
}

static GBytes *
mutate (GRand      *rand,
        const char *seed)
{
  GByteArray *bytes = g_byte_array_new ();
  int n = g_rand_int_range (rand, 1, 4);

  g_byte_array_append (bytes, (const guint8 *) seed, (guint) strlen (seed));
  for (int i = 0; i < n; i++)
    {
      guint position = (guint) g_rand_int_range (rand, 0, (int) bytes->len);
      guint length = (guint) g_rand_int_range (rand, 1, (int) MIN (bytes->len - position, 16) + 1);
      guint8 byte = random_byte (rand);

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          bytes->data[position] = byte;
          break;
        case 1:
          g_byte_array_append (bytes, &byte, 1);
          memmove (bytes->data + position + 1, bytes->data + position, bytes->len - position - 1);
          bytes->data[position] = byte;
          break;
        case 2:
          if (bytes->len > length)
            g_byte_array_remove_range (bytes, position, length);
          break;
        case 3:
          if (position > 0)
            g_byte_array_set_size (bytes, position);
          break;
        default:
          {
            g_autofree guint8 *copy = g_memdup2 (bytes->data + position, length);

            g_byte_array_append (bytes, copy, length);
          }
          break;
        }
    }

  return g_byte_array_free_to_bytes (bytes);
}

/* It is not known what comes of it, but the next good event does. */
static void
test_mutations (Victim       *victim,
                gconstpointer user_data)
{
  Fixture *fixture = &victim->fixture;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  guint n_lost = 0;

  for (guint i = 0; i < 2000; i++)
    {
      const char *seed = seeds[g_rand_int_range (rand, 0, G_N_ELEMENTS (seeds))];
      g_autoptr (GBytes) bytes = mutate (rand, seed);
      guint n_attempts = pusher_test_server_get_n_attempts (fixture->server);

      victim->n_errors = 0;
      pusher_test_faults_send_bytes (fixture->faults, NULL, bytes, i % 50 == 0);
      start_good_event (victim);
      wait_until (victim->n_good > 0 ||
                  pusher_test_server_get_n_attempts (fixture->server) > n_attempts);
      if (victim->n_good == 0)
        {
          n_lost++;
          g_assert_cmpuint (victim->n_errors, ==, 1);
          wait_for_subscription (victim);
          check_good_event (victim);
        }
      g_assert_cmpuint (victim->n_errors, <=, 1);
      g_assert_cmpuint (victim->n_good, ==, 1);
      if (is_refused (victim))
        recover (victim);
    }

  g_test_message ("%u connections lost", n_lost);
  g_assert_cmpuint (n_lost, >, 0);
}

/* The same as the beginning of a connection. */
static void
test_mutated_first_message (Victim       *victim,
                            gconstpointer user_data)
{
  Fixture *fixture = &victim->fixture;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  guint n_refused = 0;

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GBytes) bytes = mutate (rand, seeds[G_N_ELEMENTS (seeds) - 1 - i % 5]);
      gsize length = g_bytes_get_size (bytes);
      g_autofree char *text = g_utf8_make_valid (g_bytes_get_data (bytes, NULL), (gssize) length);

      pusher_test_faults_set_first_message (fixture->faults, text);
      victim->n_errors = 0;
      pusher_client_reconnect_now (fixture->client);
      wait_until (victim->n_errors > 0 ||
                  pusher_client_get_state (fixture->client) == PUSHER_CONNECTION_STATE_CONNECTED);
      n_refused += victim->n_errors;

      pusher_test_faults_set_first_message (fixture->faults, NULL);
      pusher_client_open (fixture->client);
      pusher_client_reconnect_now (fixture->client);
      wait_for_subscription (victim);
      check_good_event (victim);
    }

  g_assert_cmpuint (n_refused, >, 100);
}

/* --- Below the messages -------------------------------------------------- */

#define RAW(bytes) { bytes, sizeof bytes - 1 }

static const struct
{
  const char *bytes;
  gsize length;
} raw_frames[] = {
  RAW ("\xf1\x01x"),                         /* reserved bits */
  RAW ("\x83\x01x"),                         /* opcodes that do not exist */
  RAW ("\x8f\x00"),
  RAW ("\x81\x81\x01\x02\x03\x04x"),         /* masked */
  RAW ("\x80\x01x"),                         /* the end of what did not begin */
  RAW ("\x01\x01x\x81\x01x"),                /* a beginning within */
  RAW ("\x09\x00"),                          /* a ping in fragments */
  RAW ("\x89\x7e\x00\x7e"),                  /* a large one */
  RAW ("\x88\x01x"),                         /* a close code of one byte */
  RAW ("\x88\x02\x00\x00"),                  /* a close code of 0 */
  RAW ("\x88\x04\x0f\xa0\xff\xff"),          /* a reason that is not UTF-8 */
  RAW ("\x81\x7f\x80\x00\x00\x00\x00\x00\x00\x00"), /* a length of 2^63 */
  RAW ("\x81\x7f\x7f\xff\xff\xff\xff\xff\xff\xff"),
  RAW ("\x81\x7f\x00\x00\x00\x00\x00\x00\x00\x01x"), /* in more bytes than needed */
  RAW ("\x01\x02\xc3\xa9\x80\x01\xff"),      /* UTF-8 that ends badly */
  RAW ("HTTP/1.1 400 Bad Request\r\n\r\n"),
};

/* Frames that no library would send. Some are harmless; none of them hurts. */
static void
test_raw_frames (Victim       *victim,
                 gconstpointer user_data)
{
  Fixture *fixture = &victim->fixture;

  for (guint i = 0; i < G_N_ELEMENTS (raw_frames); i++)
    {
      g_test_message ("%u", i);
      fixture_use_peer (fixture);
      pusher_client_open (fixture->client);
      pusher_client_reconnect_now (fixture->client);
      raw_peer_welcome (fixture->peer);
      fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
      fixture_use_server (fixture);

      /* And the end, which is what half a frame waits for */
      raw_peer_send (fixture->peer, raw_frames[i].bytes, raw_frames[i].length);
      fixture_settle (fixture);
      if (fixture->peer->connection != NULL)
        raw_peer_reset (fixture->peer);
      if (pusher_client_get_state (fixture->client) == PUSHER_CONNECTION_STATE_FAILED)
        pusher_client_open (fixture->client);

      wait_for_subscription (victim);
      check_good_event (victim);
    }
}

static const struct
{
  const char *bytes;
  gsize length;
} raw_answers[] = {
  RAW (""),
  RAW ("\r\n\r\n"),
  RAW ("garbage\r\n\r\n"),
  RAW ("\0\1\2\3\r\n\r\n"),
  RAW ("\x16\x03\x01\x00\x05hello"),
  RAW ("HTTP/1.1 "),
  RAW ("HTTP/1.1 101"),
  RAW ("HTTP/1.1 101 Switching Protocols\r\n\r\n"),
  RAW ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"),
  RAW ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
       "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n\x81\x02{}"),
  RAW ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n"),
  RAW ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"),
  RAW ("HTTP/1.1 999999999999 What\r\n\r\n"),
  RAW ("HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
  RAW ("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"\xff\"\r\n"
       "Content-Length: 0\r\n\r\n"),
};

static void
test_raw_answers (Victim       *victim,
                  gconstpointer user_data)
{
  Fixture *fixture = &victim->fixture;

  fixture->random = 0.5;
  for (guint i = 0; i < G_N_ELEMENTS (raw_answers); i++)
    {
      g_autofree char *escaped = g_strescape (raw_answers[i].bytes, NULL);

      g_test_message ("%s", escaped);
      victim->n_errors = 0;
      fixture_use_peer (fixture);
      pusher_client_reconnect_now (fixture->client);
      wait_until (fixture->peer->connection != NULL);
      raw_peer_send (fixture->peer, raw_answers[i].bytes, raw_answers[i].length);
      wait_until (fixture->peer->n_sent == raw_answers[i].length ||
                  fixture->peer->connection == NULL);
      raw_peer_hang_up (fixture->peer);
      wait_until (victim->n_errors > 0);
      g_assert_cmpint (fixture_get_delay (fixture), ==, SECONDS (0.25));
      g_assert_error (pusher_client_get_last_error (fixture->client),
                      PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);

      fixture_use_server (fixture);
      fixture_retry (fixture);
      wait_for_subscription (victim);
      check_good_event (victim);
    }
}

#define add(path, test) g_test_add (path, Victim, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  be_quiet (); /* libsoup says what was not UTF-8, in a line that is not */

  add ("/malformed-messages/texts", test_texts);
  add ("/malformed-messages/frames", test_frames);
  add ("/malformed-messages/large-texts", test_large_texts);
  add ("/malformed-messages/mutations", test_mutations);
  add ("/malformed-messages/mutated-first-message", test_mutated_first_message);
  add ("/malformed-messages/raw-frames", test_raw_frames);
  add ("/malformed-messages/raw-answers", test_raw_answers);

  return g_test_run ();
}
