/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Names with several addresses, some of them dead, and what the server gets to
 * see of the address that it was called by. */

#include "fake-resolver.h"
#include "fixture.h"
#include "loopback.h"

#define NAME "server.test"

typedef struct
{
  Fixture fixture;
  PusherClient *client; /* the fixture's */
  FakeResolver *resolver;
  GSocket *dead; /* at the first address */
  GPtrArray *fillers; /* of its queue, if that is clogged */
} Test;

static void
set_up (Test         *test,
        gconstpointer user_data)
{
  fixture_set_up (&test->fixture, NULL);
  test->fixture.random = 0.5;
  test->client = test->fixture.client;
  test->resolver = fake_resolver_install ();
  test->resolver->name = NAME;
  test->resolver->ipv4 = "127.0.0.1";
  g_object_set (test->client, "host", NAME, NULL);
}

static void
tear_down (Test         *test,
           gconstpointer user_data)
{
  fixture_tear_down (&test->fixture, NULL);
  fake_resolver_remove (test->resolver);
  g_clear_pointer (&test->fillers, g_ptr_array_unref);
  g_clear_object (&test->dead);
}

static void
assert_connects (Test *test)
{
  gint64 start = g_get_monotonic_time ();

  pusher_client_open (test->client);
  fixture_wait_for_state (&test->fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (&test->fixture, "connecting connected");
  g_test_message ("connected after %.3f s",
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
}

/* --- Addresses ----------------------------------------------------------- */

/* With IPv6, or with another IPv4 address where there is none. */
static void
bind_dead_address (Test *test)
{
  static const char *const addresses[] = { "::1", "127.0.0.2" };
  guint port = pusher_test_server_get_port (test->fixture.server);

  for (guint i = 0; test->dead == NULL; i++)
    {
      g_assert_cmpuint (i, <, G_N_ELEMENTS (addresses));
      test->dead = loopback_bind (addresses[i], port);
      test->resolver->ipv6 = addresses[i];
    }
}

static void
test_refusing (Test         *test,
               gconstpointer user_data)
{
  bind_dead_address (test);
  assert_connects (test);
}

/* Takes no connection, nor refuses one. */
static void
clog_dead_address (Test *test)
{
  bind_dead_address (test);
  test->fillers = loopback_clog (test->dead);
}

static void
test_silent (Test         *test,
             gconstpointer user_data)
{
  clog_dead_address (test);
  assert_connects (test);
}

static void
test_slow_ipv6_name (Test         *test,
                     gconstpointer user_data)
{
  test->resolver->ipv6_hangs = TRUE;
  assert_connects (test);
}

static void
test_all_silent (Test         *test,
                 gconstpointer user_data)
{
  clog_dead_address (test);
  test->resolver->ipv4 = NULL;
  g_object_set (test->client, "unavailable-timeout", 60, NULL);

  pusher_client_open (test->client);
  wait_until (test->resolver->n_asked == 2);
  fixture_settle (&test->fixture);
  fixture_assert_connect_timeout (&test->fixture, 15);
}

static void
test_name_never_known (Test         *test,
                       gconstpointer user_data)
{
  test->resolver->ipv6_hangs = TRUE;
  test->resolver->ipv4_hangs = TRUE;
  g_object_set (test->client, "unavailable-timeout", 60, NULL);

  pusher_client_open (test->client);
  wait_until (test->resolver->n_asked == 2);
  fixture_assert_connect_timeout (&test->fixture, 15);
}

static void
test_unknown_name (Test         *test,
                   gconstpointer user_data)
{
  test->resolver->name = "another.test";
  pusher_client_open (test->client);
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  fixture_assert_log (&test->fixture, "connecting error:connection-lost in:0.25");
  g_assert_cmpstr (pusher_client_get_last_error (test->client)->message, ==,
                   "Cannot connect: Nobody knows “" NAME "”");
}

/* --- What the server sees ------------------------------------------------ */

static void
check_request (RawPeer    *peer,
               const char *line,
               const char *host)
{
  g_autofree char *header = g_strdup_printf ("\r\nHost: %s:%u\r\n", host, peer->port);

  raw_peer_await_request (peer);
  g_test_message ("%.*s", (int) peer->received->len, (const char *) peer->received->data);
  g_assert_true (g_str_has_prefix ((const char *) peer->received->data, line));
  g_assert_true (raw_peer_heard (peer, header));
  raw_peer_welcome (peer);
}

/* A key has no character that is its own in an address, and a prefix may be encoded
 * already. */
static void
test_seen (Test         *test,
           gconstpointer user_data)
{
  g_autoptr (RawPeer) peer = raw_peer_new ();
  g_autoptr (PusherClient) client = pusher_client_new ("k/e?y#ü %41", NULL);

  g_object_set (client,
                "host", "Bücher.test",
                "port", peer->port,
                "path", "a b/ü%2f/c/",
                "use-tls", FALSE,
                NULL);
  test->resolver->name = "xn--bcher-kva.test";

  pusher_client_open (client);
  check_request (peer,
                 "GET /a%20b/%C3%BC%2f/c/app/k%2Fe%3Fy%23%C3%BC%20%2541?protocol=7&",
                 "xn--bcher-kva.test");
  wait_until (pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_CONNECTED);
}

static void
test_ipv6_literal (Test         *test,
                   gconstpointer user_data)
{
  g_autoptr (RawPeer) peer = raw_peer_new_at ("::1");

  if (peer == NULL)
    {
      g_test_skip ("There is no IPv6 on this machine");
      return;
    }

  g_object_set (test->client, "host", user_data, "port", peer->port, NULL);
  pusher_client_open (test->client);
  check_request (peer, "GET /app/", "[::1]");
  fixture_wait_for_state (&test->fixture, PUSHER_CONNECTION_STATE_CONNECTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, data, test) g_test_add (path, Test, data, set_up, test, tear_down)
  add ("/server-address/address/refuses", NULL, test_refusing);
  add ("/server-address/address/silent", NULL, test_silent);
  add ("/server-address/address/all-silent", NULL, test_all_silent);
  add ("/server-address/name/slow-ipv6", NULL, test_slow_ipv6_name);
  add ("/server-address/name/never-known", NULL, test_name_never_known);
  add ("/server-address/name/unknown", NULL, test_unknown_name);
  add ("/server-address/seen", NULL, test_seen);
  add ("/server-address/ipv6-literal", "::1", test_ipv6_literal);
  add ("/server-address/ipv6-literal/brackets", "[::1]", test_ipv6_literal);

  return g_test_run ();
}
