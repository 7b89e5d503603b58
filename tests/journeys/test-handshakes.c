/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Servers and proxies that answer the handshake with something else than a
 * WebSocket. The client goes nowhere else, hears no more of it than it has to, and
 * says what it was. */

#include "fixture.h"
#include "raw-peer.h"
#include "tls-files.h"

#include <string.h>

/* What a socket and libsoup may hold of what the client has not asked for */
#define MAX_SENT (32 * 1024 * 1024)

typedef struct
{
  Fixture fixture;
  PusherClient *client; /* the fixture's */
  SoupSession *session; /* the client's */
  RawPeer *peer;
  RawPeer *elsewhere;
} Test;

static void
set_up (Test         *test,
        gconstpointer user_data)
{
  fixture_set_up (&test->fixture, NULL);
  test->fixture.random = 0.5;
  test->client = test->fixture.client;
  test->session = soup_session_new ();
  test->peer = raw_peer_new ();
  test->elsewhere = raw_peer_new ();
  g_object_set (test->client, "session", test->session, "port", test->peer->port, NULL);
}

static void
tear_down (Test         *test,
           gconstpointer user_data)
{
  fixture_tear_down (&test->fixture, NULL);
  g_object_unref (test->session);
  raw_peer_free (test->peer);
  raw_peer_free (test->elsewhere);
}

static void
use_tls (Test *test)
{
  g_autoptr (GTlsDatabase) database = tls_load_authority ("authority");

  test->peer->certificate = tls_load_certificate ("good");
  soup_session_set_tls_database (test->session, database);
  g_object_set (test->client, "use-tls", TRUE, NULL);
}

static void
say (RawPeer    *peer,
     const char *text)
{
  raw_peer_send (peer, text, strlen (text));
}

static void
wait_for_request (RawPeer *peer)
{
  wait_until (peer->connection != NULL && raw_peer_heard (peer, "\r\n\r\n"));
}

static void
assert_failure (Test       *test,
                const char *message)
{
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  fixture_assert_log (&test->fixture, "connecting error:connection-lost in:0.25");
  g_assert_cmpstr (pusher_client_get_last_error (test->client)->message, ==, message);
}

/* --- Redirects ----------------------------------------------------------- */

static const struct
{
  const char *path;
  const char *status; /* of the answer */
  const char *location; /* with the port of somebody else */
  const char *message; /* with the same, behind “HTTP status ” */
} redirects[] = {
  { "/handshakes/redirect/301-http", "301 Moved", "http://127.0.0.1:%u/app/k?a=b",
    "301 (Moved Permanently): The server redirects to http://127.0.0.1:%u/app/k" },
  { "/handshakes/redirect/302-http", "302 Found", "http://127.0.0.1:%u/",
    "302 (Found): The server redirects to http://127.0.0.1:%u/" },
  { "/handshakes/redirect/302-ws", "302 Found", "ws://127.0.0.1:%u/",
    "302 (Found): The server redirects to ws://127.0.0.1:%u/" },
  { "/handshakes/redirect/303-http", "303 See Other", "http://127.0.0.1:%u/",
    "303 (See Other): The server redirects to http://127.0.0.1:%u/" },
  { "/handshakes/redirect/307-https", "307 Temporary Redirect", "https://127.0.0.1:%u/",
    "307 (Temporary Redirect): The server redirects to https://127.0.0.1:%u/" },
  { "/handshakes/redirect/308-wss", "308 Permanent Redirect", "wss://127.0.0.1:%u/",
    "308 (Permanent Redirect): The server redirects to wss://127.0.0.1:%u/" },
  { "/handshakes/redirect/secrets", "302 Found", "ws://joe:s3cret@127.0.0.1:%u/a?token=t#f",
    "302 (Found): The server redirects to ws://127.0.0.1:%u/a" },
  { "/handshakes/redirect/no-address", "302 Found", "http://[%u/",
    "302 (Found): The server redirects to nowhere" },
};

static void
test_redirect (Test         *test,
               gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  guint port = test->elsewhere->port;
  g_autofree char *location = NULL;
  g_autofree char *where = NULL;
  g_autofree char *answer = NULL;
  g_autofree char *message = NULL;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  location = g_strdup_printf (redirects[i].location, port);
  where = g_strdup_printf (redirects[i].message, port);
#pragma GCC diagnostic pop
  answer = g_strdup_printf ("HTTP/1.1 %s\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
                            redirects[i].status, location);
  message = g_strdup_printf ("Cannot connect: HTTP status %s, and a WebSocket does not follow",
                             where);

  use_tls (test);
  pusher_client_open (test->client);
  wait_for_request (test->peer);
  say (test->peer, answer);
  assert_failure (test, message);
  g_assert_cmpuint (test->elsewhere->n_connections, ==, 0);
  g_assert_cmpuint (test->peer->n_connections, ==, 1);
}

/* Not even to another path of the same server: it could say so for ever. */
static void
test_redirect_here (Test         *test,
                    gconstpointer user_data)
{
  g_autofree char *message =
    g_strdup_printf ("Cannot connect: HTTP status 302 (Found): The server redirects to "
                     "wss://127.0.0.1:%u/login, and a WebSocket does not follow",
                     test->peer->port);

  use_tls (test);
  pusher_client_open (test->client);
  wait_for_request (test->peer);
  say (test->peer, "HTTP/1.1 302 Found\r\nLocation: /login?next=s3cret\r\n"
                   "Content-Length: 0\r\n\r\n");
  assert_failure (test, message);
  g_assert_cmpuint (test->peer->n_connections, ==, 1);
}

/* What it points to goes into an error, but not as it is. */
static void
test_redirect_text (Test         *test,
                    gconstpointer user_data)
{
  g_autofree char *path = g_strnfill (10 * 1000, 'a');
  g_autofree char *answer =
    g_strdup_printf ("HTTP/1.1 302 \x1b[2J\r\nLocation: http://x/\x1b[2J%s\r\n\r\n", path);
  const char *message;

  pusher_client_open (test->client);
  wait_for_request (test->peer);
  say (test->peer, answer);
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  fixture_assert_log (&test->fixture, "connecting error:connection-lost in:0.25");
  message = pusher_client_get_last_error (test->client)->message;
  g_assert_nonnull (strstr (message, "HTTP status 302 (Found)"));
  g_assert_null (strchr (message, '\x1b'));
  g_assert_cmpuint (strlen (message), <, 1000);
}

/* --- Answers without end ------------------------------------------------- */

static const struct
{
  const char *path;
  const char *start;
  const char *again; /* repeated for ever; NULL: nothing but bytes */
  const char *message;
} endless[] = {
  { "/handshakes/endless/200", "HTTP/1.1 200 OK\r\n\r\n", NULL,
    "HTTP status 200 (OK): The server did not accept the WebSocket handshake" },
  { "/handshakes/endless/404",
    "HTTP/1.1 404 Not Found\r\nContent-Length: 1000000000000\r\n\r\n", NULL,
    "HTTP status 404 (Not Found): The server did not accept the WebSocket handshake" },
  { "/handshakes/endless/500", "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n",
    CHUNK,
    "HTTP status 500 (Internal Server Error): The server did not accept the WebSocket handshake" },
  { "/handshakes/endless/302", "HTTP/1.1 302 Found\r\nLocation: http://x/\r\n\r\n", NULL,
    "HTTP status 302 (Found): The server redirects to http://x/, and a WebSocket does not follow" },
  { "/handshakes/endless/401",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\n\r\n", NULL,
    "HTTP status 401 (Unauthorized): The server did not accept the WebSocket handshake" },
  { "/handshakes/endless/401-length",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\n"
    "Content-Length: 1000000000000\r\n\r\n", NULL,
    "HTTP status 401 (Unauthorized): The server did not accept the WebSocket handshake" },
  { "/handshakes/endless/informational", "", "HTTP/1.1 100 Continue\r\n\r\n",
    "The server did not come to an answer" },
};

/* The clock stands still, so that no time-out helps. */
static void
test_endless (Test         *test,
              gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  g_autofree char *message = g_strconcat ("Cannot connect: ", endless[i].message, NULL);
  g_autoptr (GBytes) bytes = make_flood (endless[i].again);

  pusher_client_open (test->client);
  wait_for_request (test->peer);
  say (test->peer, endless[i].start);
  raw_peer_flood (test->peer, bytes);
  assert_failure (test, message);
  wait_until (test->peer->connection == NULL);
  g_assert_cmpuint (test->peer->n_sent, <, MAX_SENT);
}

static const struct
{
  const char *start;
  const char *again; /* as above */
} tunnel_answers[] = {
  { "HTTP/1.1 403 Forbidden\r\n\r\n", NULL },
  { "HTTP/1.1 302 Found\r\nLocation: http://x/\r\nContent-Length: 1000000000000\r\n\r\n", NULL },
  { "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 1000000000000\r\n"
    "Proxy-Authenticate: Basic realm=\"proxy\"\r\n\r\n", NULL },
  { "", "HTTP/1.1 100 Continue\r\n\r\n" },
};

/* The peer is a proxy. */
static void
test_endless_tunnel (Test         *test,
                     gconstpointer user_data)
{
  g_autofree char *proxy = g_strdup_printf ("http://127.0.0.1:%u", test->peer->port);
  g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (proxy, NULL);
  guint i = GPOINTER_TO_UINT (user_data);
  g_autoptr (GBytes) bytes = make_flood (tunnel_answers[i].again);

  soup_session_set_proxy_resolver (test->session, resolver);
  g_object_set (test->client, "use-tls", TRUE, "port", test->elsewhere->port, NULL);
  pusher_client_open (test->client);
  wait_for_request (test->peer);
  say (test->peer, tunnel_answers[i].start);
  raw_peer_flood (test->peer, bytes);
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  fixture_assert_log (&test->fixture, "connecting error:connection-lost in:0.25");
  g_assert_nonnull (strstr (pusher_client_get_last_error (test->client)->message, "the proxy "));
  wait_until (test->peer->connection == NULL);
  g_assert_cmpuint (test->peer->n_sent, <, MAX_SENT);
  g_assert_cmpuint (test->elsewhere->n_connections, ==, 0);
}

/* --- What others say ----------------------------------------------------- */

#define TYPE_LOUD_RESOLVER (loud_resolver_get_type ())
G_DECLARE_FINAL_TYPE (LoudResolver, loud_resolver, LOUD, RESOLVER, GObject)

struct _LoudResolver
{
  GObject parent_instance;
};

static void
lookup_async (GProxyResolver     *resolver,
              const char         *uri,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  g_autofree char *much = g_strnfill (100 * 1000, 'm');

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "no\nforged: line\x1b[2J %s",
                           much);
}

static char **
lookup_finish (GProxyResolver *resolver,
               GAsyncResult   *result,
               GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
resolver_init (GProxyResolverInterface *iface)
{
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LoudResolver, loud_resolver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, resolver_init))

static void
loud_resolver_class_init (LoudResolverClass *klass)
{
}

static void
loud_resolver_init (LoudResolver *self)
{
}

/* What comes from elsewhere, here from a resolver of proxies, is one line of a bounded
 * length when the application gets it. */
static void
test_words (Test         *test,
            gconstpointer user_data)
{
  g_autoptr (LoudResolver) resolver = g_object_new (TYPE_LOUD_RESOLVER, NULL);
  const char *message;

  be_quiet (); /* GIO and libsoup print it as it is. */
  soup_session_set_proxy_resolver (test->session, G_PROXY_RESOLVER (resolver));
  pusher_client_open (test->client);
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  fixture_assert_log (&test->fixture, "connecting error:connection-lost in:0.25");
  message = pusher_client_get_last_error (test->client)->message;
  g_assert_nonnull (strstr (message, "no\\nforged: line\\u{1b}[2J mmm"));
  g_assert_cmpuint (strlen (message), <, 1000);
}

/* --- What goes on -------------------------------------------------------- */

static gboolean
authenticate_cb (SoupMessage *request,
                 SoupAuth    *auth,
                 gboolean     again,
                 gpointer     user_data)
{
  if (again)
    return FALSE;

  soup_auth_authenticate (auth, "joe", "s3cret");

  return TRUE;
}

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *request,
                   gpointer     user_data)
{
  g_signal_connect (request, "authenticate", G_CALLBACK (authenticate_cb), NULL);
}

/* The application's session has a login for the server. */
static void
test_login (Test         *test,
            gconstpointer user_data)
{
  gboolean chunked = GPOINTER_TO_INT (user_data);
  g_autofree char *body = g_strnfill (50 * 1000, 'b');
  g_autofree char *answer =
    g_strdup_printf ("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\n"
                     "Set-Cookie: id=7\r\n%s%s%s",
                     chunked ? "Transfer-Encoding: chunked\r\n\r\nC350\r\n"
                             : "Content-Length: 50000\r\n\r\n",
                     body, chunked ? "\r\n0\r\n\r\n" : "");

  if (chunked && !soup_check_version (3, 4, 0))
    {
      g_test_skip ("This libsoup does not tell how much of a body has come");
      return;
    }

  soup_session_add_feature_by_type (test->session, SOUP_TYPE_COOKIE_JAR);
  g_signal_connect (test->session, "request-queued", G_CALLBACK (request_queued_cb), NULL);
  pusher_client_open (test->client);
  wait_for_request (test->peer);
  g_byte_array_set_size (test->peer->received, 0);
  say (test->peer, answer);
  wait_for_request (test->peer);
  g_assert_true (raw_peer_heard (test->peer, "Authorization: Basic am9lOnMzY3JldA=="));
  g_assert_true (raw_peer_heard (test->peer, "Cookie: id=7"));
  raw_peer_welcome (test->peer);
  fixture_wait_for_state (&test->fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (&test->fixture, "connecting connected");
}

static void
test_informational (Test         *test,
                    gconstpointer user_data)
{
  pusher_client_open (test->client);
  wait_for_request (test->peer);
  for (guint i = 0; i < 16; i++)
    say (test->peer, "HTTP/1.1 103 Early Hints\r\n\r\n");
  raw_peer_welcome (test->peer);
  fixture_wait_for_state (&test->fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (&test->fixture, "connecting connected");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LC_ALL", "C", TRUE);
  g_test_init (&argc, &argv, NULL);

#define add(path, data, test) g_test_add (path, Test, data, set_up, test, tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (redirects); i++)
    add (redirects[i].path, GUINT_TO_POINTER (i), test_redirect);
  add ("/handshakes/redirect/here", NULL, test_redirect_here);
  add ("/handshakes/redirect/text", NULL, test_redirect_text);
  for (guint i = 0; i < G_N_ELEMENTS (endless); i++)
    add (endless[i].path, GUINT_TO_POINTER (i), test_endless);
  for (guint i = 0; i < G_N_ELEMENTS (tunnel_answers); i++)
    {
      g_autofree char *path = g_strdup_printf ("/handshakes/endless/tunnel/%u", i);

      add (path, GUINT_TO_POINTER (i), test_endless_tunnel);
    }
  add ("/handshakes/login", GINT_TO_POINTER (FALSE), test_login);
  add ("/handshakes/login/chunked", GINT_TO_POINTER (TRUE), test_login);
  add ("/handshakes/informational", NULL, test_informational);
  add ("/handshakes/words", NULL, test_words);

  return g_test_run ();
}
