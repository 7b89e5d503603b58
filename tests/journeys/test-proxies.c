/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Through HTTP and SOCKS proxies, by the proxy-resolver of the client's session. */

#include "fixture.h"
#include "proxy-server.h"
#include "raw-peer.h"
#include "tls-files.h"

#include <string.h>

typedef struct
{
  Fixture fixture; /* whose peer is a server with TLS */
  PusherClient *client; /* the fixture's */
  RawPeer *peer;
  SoupSession *session; /* the client's */
  ProxyServer *proxy;
} Test;

static void
set_up (Test         *test,
        gconstpointer user_data)
{
  fixture_set_up (&test->fixture, NULL);
  test->fixture.random = 0.5;
  fixture_use_peer (&test->fixture);
  fixture_use_server (&test->fixture);
  test->client = test->fixture.client;
  test->peer = test->fixture.peer;
  test->session = soup_session_new ();
  test->proxy = proxy_server_new ();
  pusher_client_set_session (test->client, test->session);
}

static void
tear_down (Test         *test,
           gconstpointer user_data)
{
  fixture_tear_down (&test->fixture, NULL);
  g_object_unref (test->session);
  proxy_server_free (test->proxy);
}

/* Such as “socks5://name:password@”. */
static void
use_proxy (Test       *test,
           const char *start)
{
  g_autofree char *uri = g_strdup_printf ("%s127.0.0.1:%u", start, test->proxy->port);
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (uri, NULL);

  soup_session_set_proxy_resolver (test->session, resolver);
}

static void
ask_for_login (Test       *test,
               const char *user,
               const char *password)
{
  test->proxy->user = user;
  test->proxy->password = password;
}

static void
use_tls (Test *test)
{
  g_autoptr (GTlsDatabase) database = tls_load_authority ("authority");

  test->peer->certificate = tls_load_certificate ("good");
  soup_session_set_tls_database (test->session, database);
  g_object_set (test->client, "port", test->peer->port, "use-tls", TRUE, NULL);
}

static void
assert_target (Test *test,
               guint port)
{
  g_autofree char *target = g_strdup_printf ("127.0.0.1:%u", port);

  assert_words (test->proxy->requests, target);
}

static void
connect_client (Test *test)
{
  gboolean tls = test->peer->certificate != NULL;

  pusher_client_open (test->client);
  if (tls)
    raw_peer_welcome (test->peer);
  fixture_wait_for_state (&test->fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (&test->fixture, "connecting connected");
  g_assert_cmpuint (test->proxy->n_tunnels, ==, 1);
  assert_target (test, tls ? test->peer->port : pusher_test_server_get_port (test->fixture.server));
}

/* Where the most significant byte comes first, a SOCKS proxy is asked for port 0: GLib has
 * g_object_get() write the 32 bits of a port into 16. */
static gboolean
skip_socks (const char *uri)
{
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN || uri == NULL || !g_str_has_prefix (uri, "socks5:"))
    return FALSE;

  g_test_skip ("GLib asks a SOCKS proxy for port 0 on this machine");

  return TRUE;
}

/* --- Proxies that work --------------------------------------------------- */

static const struct
{
  const char *path;
  const char *uri;
  gboolean tls;
  const char *user;
  const char *password;
  gboolean hangs_up;
} working[] = {
  { "/proxies/socks", "socks5://", FALSE, NULL, NULL, FALSE },
  { "/proxies/socks/tls", "socks5://", TRUE, NULL, NULL, FALSE },
  { "/proxies/socks/login", "socks5://joe:s3cret@", FALSE, "joe", "s3cret", FALSE },
  { "/proxies/socks/encoded-login", "socks5://j%40e:s%3Acret@", FALSE, "j@e", "s:cret", FALSE },
  { "/proxies/http/tls", "http://", TRUE, NULL, NULL, FALSE },
  { "/proxies/http/login", "http://joe:s3cret@", TRUE, "joe", "s3cret", FALSE },
  { "/proxies/http/encoded-login", "http://j%40e:s%3Acret@", TRUE, "j@e", "s:cret", FALSE },
  { "/proxies/http/login-on-new-connection", "http://joe:s3cret@", TRUE, "joe", "s3cret", TRUE },
};

static void
test_working (Test         *test,
              gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);

  if (skip_socks (working[i].uri))
    return;

  use_proxy (test, working[i].uri);
  ask_for_login (test, working[i].user, working[i].password);
  test->proxy->hangs_up = working[i].hangs_up;
  if (working[i].tls)
    use_tls (test);

  connect_client (test);
  g_assert_cmpuint (test->proxy->n_logins, ==, working[i].user != NULL ? 1 : 0);

  /* Again, after the tunnel has broken down */
  proxy_server_cut (test->proxy);
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  fixture_advance (&test->fixture, fixture_get_delay (&test->fixture));
  if (working[i].tls)
    raw_peer_welcome (test->peer);
  fixture_wait_for_state (&test->fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  g_assert_cmpuint (test->proxy->n_tunnels, ==, 2);
}

/* Nobody on this machine has to know the server's name. */
static void
test_remote_name (Test         *test,
                  gconstpointer user_data)
{
  use_proxy (test, "socks5://");
  g_object_set (test->client, "host", "server.invalid", NULL);
  pusher_client_open (test->client);
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  g_assert_true (g_str_has_prefix (test->proxy->requests->str, "server.invalid:"));
}

/* A server that plays the proxy: it gets no password, and harms nobody. */
static void
test_no_proxy (Test         *test,
               gconstpointer user_data)
{
  const char *demand = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n"
                       "Proxy-Authenticate: Basic realm=\"proxy\"\r\n\r\n";

  if (skip_socks (user_data))
    return;

  if (user_data != NULL)
    {
      use_proxy (test, user_data);
      ask_for_login (test, "joe", "s3cret");
      use_tls (test);
    }
  g_object_set (test->client, "port", test->peer->port, NULL);

  pusher_client_open (test->client);
  wait_until (test->peer->connection != NULL && raw_peer_heard (test->peer, "\r\n\r\n"));
  g_assert_false (raw_peer_heard (test->peer, "uthorization"));
  raw_peer_send (test->peer, demand, strlen (demand));
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  fixture_assert_log (&test->fixture, "connecting error:connection-lost in:0.25");
  g_assert_cmpstr (pusher_client_get_last_error (test->client)->message, ==,
                   "Cannot connect: "
                   "HTTP status 407 (Proxy Authentication Required): the server is no proxy");
}

/* --- Proxies that do not ------------------------------------------------- */

static const struct
{
  const char *path;
  const char *uri;
  gboolean tls;
  ProxyMood mood;
  const char *user; /* the proxy's; the password is s3cret */
  guint n_logins;
  const char *message; /* a part of it */
} failing[] = {
  { "/proxies/socks/wrong-password", "socks5://joe:wrong@", FALSE, PROXY_WORKS, "joe", 1,
    "authentication failed due to wrong username or password" },
  { "/proxies/socks/no-password", "socks5://", FALSE, PROXY_WORKS, "joe", 0,
    "requires authentication" },
  { "/proxies/socks/refuses", "socks5://", FALSE, PROXY_REFUSES, NULL, 0,
    "not allowed by ruleset" },
  { "/proxies/socks/dies", "socks5://", FALSE, PROXY_DIES, NULL, 0, "Cannot connect: " },
  { "/proxies/http/wrong-password", "http://joe:wrong@", TRUE, PROXY_WORKS, "joe", 1,
    "Cannot connect: the proxy does not accept the user name and password of its address" },
  { "/proxies/http/no-password", "http://", TRUE, PROXY_WORKS, "joe", 0,
    "Cannot connect: the proxy wants a user name and a password, which its address does not have" },
  { "/proxies/http/refuses", "http://", TRUE, PROXY_REFUSES, NULL, 0,
    "Cannot connect: the proxy refused with HTTP status 403 (Forbidden)" },
  { "/proxies/http/denies", "http://joe:s3cret@", TRUE, PROXY_DENIES, "joe", 1,
    "Cannot connect: the proxy does not accept the user name and password of its address" },
  { "/proxies/http/denies/unasked", "http://", TRUE, PROXY_DENIES, NULL, 0,
    "Cannot connect: the proxy refused with HTTP status 401 (Unauthorized)" },
  { "/proxies/http/dies", "http://", TRUE, PROXY_DIES, NULL, 0, "Cannot connect: " },
  { "/proxies/http/without-tls", "http://", FALSE, PROXY_WORKS, NULL, 0,
    "Cannot connect: the proxy refused with HTTP status 400 (Bad Request); "
    "most HTTP proxies carry WebSockets only with TLS" },
};

static void
test_failing (Test         *test,
              gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);

  use_proxy (test, failing[i].uri);
  ask_for_login (test, failing[i].user, "s3cret");
  test->proxy->mood = failing[i].mood;
  if (failing[i].tls)
    use_tls (test);

  pusher_client_open (test->client);
  for (guint attempt = 1; attempt <= 2; attempt++)
    {
      const GError *error;

      wait_until (pusher_client_get_retry_at (test->client) != 0);
      fixture_assert_log (&test->fixture, attempt == 1
                                            ? "connecting error:connection-lost in:0.25"
                                            : "error:connection-lost in:0.5");
      error = pusher_client_get_last_error (test->client);
      if (strstr (error->message, failing[i].message) == NULL)
        g_assert_cmpstr (error->message, ==, failing[i].message);
      g_assert_null (strstr (error->message, "s3cret"));
      g_assert_cmpuint (test->proxy->n_tunnels, ==, 0);
      g_assert_cmpuint (test->proxy->n_logins, <=, 2 * attempt * failing[i].n_logins);
      fixture_advance (&test->fixture, fixture_get_delay (&test->fixture));
    }
}

static void
test_silent (Test         *test,
             gconstpointer user_data)
{
  use_proxy (test, user_data);
  test->proxy->mood = PROXY_IS_SILENT;
  use_tls (test);
  g_object_set (test->client, "unavailable-timeout", 60, NULL);

  pusher_client_open (test->client);
  wait_until (test->proxy->requests->len > 0);
  fixture_assert_connect_timeout (&test->fixture, 15);
}

/* Of two clients with one session, the one that was refused hears of it. */
static void
test_other_tunnel (Test         *test,
                   gconstpointer user_data)
{
  g_autoptr (PusherClient) other = NULL;

  use_proxy (test, "http://");
  use_tls (test);
  other = fixture_new_client (&test->fixture);
  g_object_set (other, "port", test->peer->port, "use-tls", TRUE, "session", test->session, NULL);

  test->proxy->mood = PROXY_IS_SILENT;
  pusher_client_open (test->client);
  wait_until (test->proxy->requests->len > 0);
  test->proxy->mood = PROXY_REFUSES;
  pusher_client_open (other);
  wait_until (pusher_client_get_retry_at (other) != 0);
  settle ();
  g_assert_cmpint (pusher_client_get_retry_at (test->client), ==, 0);
  fixture_assert_log (&test->fixture, "connecting");
}

/* Nobody listens there. */
static void
test_absent (Test         *test,
             gconstpointer user_data)
{
  use_proxy (test, "socks5://");
  g_socket_service_stop (test->proxy->service);
  g_socket_listener_close (G_SOCKET_LISTENER (test->proxy->service));
  pusher_client_open (test->client);
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  fixture_assert_log (&test->fixture, "connecting error:connection-lost in:0.25");
  g_assert_nonnull (strstr (pusher_client_get_last_error (test->client)->message, "proxy"));
}

/* --- The authorization endpoint ------------------------------------------ */

static void
authorize_by_peer (Test *test)
{
  g_autofree char *endpoint = g_strdup_printf ("https://127.0.0.1:%u/auth", test->peer->port);
  g_autoptr (PusherHttpAuthorizer) authorizer = pusher_http_authorizer_new (endpoint);
  g_autoptr (GTlsDatabase) database = tls_load_authority ("authority");

  test->peer->certificate = tls_load_certificate ("good");
  soup_session_set_tls_database (test->session, database);
  pusher_http_authorizer_set_session (authorizer, test->session);
  pusher_client_set_authorizer (test->client, PUSHER_AUTHORIZER (authorizer));
  g_object_set (test->client, "session", NULL, NULL);
  fixture_connect (&test->fixture);
}

static void
test_endpoint (Test         *test,
               gconstpointer user_data)
{
  const char *refusal = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  use_proxy (test, "http://joe:s3cret@");
  ask_for_login (test, "joe", "s3cret");
  authorize_by_peer (test);
  pusher_client_subscribe_async (test->client, "private-a", NULL, store_result_cb, &result);
  wait_until (test->peer->connection != NULL && raw_peer_heard (test->peer, "private-a"));
  assert_target (test, test->peer->port);
  g_assert_false (raw_peer_heard (test->peer, "uthorization"));

  raw_peer_send (test->peer, refusal, strlen (refusal));
  wait_until (result != NULL);
  g_assert_null (pusher_client_subscribe_finish (test->client, result, &error));
  g_assert_error (error, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_FORBIDDEN);
}

/* It is asked again, as after any failure of the network. */
static void
test_endpoint_demands (Test         *test,
                       gconstpointer user_data)
{
  const char *demand = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n"
                       "Proxy-Authenticate: Basic realm=\"proxy\"\r\n\r\n";

  authorize_by_peer (test);
  pusher_client_subscribe (test->client, "private-a", NULL);
  wait_until (test->peer->connection != NULL && raw_peer_heard (test->peer, "private-a"));
  raw_peer_send (test->peer, demand, strlen (demand));
  wait_until (test->peer->n_connections == 2);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

#define add(path, data, test) g_test_add (path, Test, data, set_up, test, tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (working); i++)
    add (working[i].path, GUINT_TO_POINTER (i), test_working);
  add ("/proxies/socks/remote-name", NULL, test_remote_name);
  add ("/proxies/none", NULL, test_no_proxy);
  add ("/proxies/socks/server-demands", "socks5://joe:s3cret@", test_no_proxy);
  add ("/proxies/http/server-demands", "http://joe:s3cret@", test_no_proxy);
  for (guint i = 0; i < G_N_ELEMENTS (failing); i++)
    add (failing[i].path, GUINT_TO_POINTER (i), test_failing);
  add ("/proxies/socks/silent", "socks5://", test_silent);
  add ("/proxies/http/silent", "http://", test_silent);
  add ("/proxies/http/other-tunnel", NULL, test_other_tunnel);
  add ("/proxies/absent", NULL, test_absent);
  add ("/proxies/endpoint", NULL, test_endpoint);
  add ("/proxies/endpoint/demands", NULL, test_endpoint_demands);

  return g_test_run ();
}
