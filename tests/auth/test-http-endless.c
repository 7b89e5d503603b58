/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Endpoints whose answer has no end: it is not heard out, and no time-out is needed for
 * that. */

#include "http-fixture.h"
#include "raw-peer.h"

#include <string.h>

/* What the kernel and the peer hold besides what is read */
#define MAX_SENT (32 * 1000 * 1000)

static const struct
{
  const char *path;
  const char *start;
  const char *again; /* repeated for ever; NULL: nothing but bytes */
  GQuark (*domain) (void);
  int code;
  const char *message;
  PusherHttpPurpose purpose;
} endless[] = {
  { "/http-endless/200", "HTTP/1.1 200 OK\r\n\r\n", NULL,
    pusher_error_quark, PUSHER_ERROR_AUTHORIZATION, "over 1 MB" },
  { "/http-endless/200-chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    CHUNK,
    pusher_error_quark, PUSHER_ERROR_AUTHORIZATION, "over 1 MB" },
  { "/http-endless/403", "HTTP/1.1 403 Forbidden\r\n\r\n", NULL,
    pusher_http_error_quark, PUSHER_HTTP_ERROR_FORBIDDEN, "HTTP status 403" },
  { "/http-endless/401",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\n\r\n", NULL,
    pusher_http_error_quark, PUSHER_HTTP_ERROR_UNAUTHORIZED, "HTTP status 401" },
  { "/http-endless/401-chunked",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\n"
    "Transfer-Encoding: chunked\r\n\r\n", CHUNK,
    pusher_http_error_quark, PUSHER_HTTP_ERROR_UNAUTHORIZED, "HTTP status 401" },
  { "/http-endless/401-length",
    "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"r\"\r\n"
    "Content-Length: 1000000000000\r\n\r\n", NULL,
    pusher_http_error_quark, PUSHER_HTTP_ERROR_UNAUTHORIZED, "HTTP status 401" },
  { "/http-endless/302",
    "HTTP/1.1 302 Found\r\nLocation: http://other.example/\r\n\r\n", NULL,
    pusher_http_error_quark, 302, "another origin" },
  { "/http-endless/headers", "HTTP/1.1 200 OK\r\n", "X: yyyyyyyyyyyyy\r\n",
    pusher_error_quark, PUSHER_ERROR_UNREACHABLE, "Cannot ask the authorization endpoint" },
  { "/http-endless/informational", "", "HTTP/1.1 100 Continue\r\n\r\n",
    pusher_error_quark, PUSHER_ERROR_UNREACHABLE,
    "Cannot ask the authorization endpoint: it did not come to an answer" },
  { "/http-endless/store", "", "HTTP/1.1 100 Continue\r\n\r\n",
    pusher_error_quark, PUSHER_ERROR_UNREACHABLE,
    "Cannot ask the store of events: it did not come to an answer", PUSHER_HTTP_FOR_BACKFILL },
};

static void
test_endless (Post         *self,
              gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  g_autoptr (RawPeer) peer = raw_peer_new ();
  g_autoptr (GBytes) flood = make_flood (endless[i].again);

  self->policy.max_attempts = 1;
  self->policy.purpose = endless[i].purpose;
  g_free (self->url);
  self->url = g_strdup_printf ("http://127.0.0.1:%u/auth", peer->port);

  post_start (self);
  wait_until (raw_peer_heard (peer, POST_FORM));
  raw_peer_send (peer, endless[i].start, strlen (endless[i].start));
  raw_peer_flood (peer, flood);
  post_assert_fails (self, endless[i].domain (), endless[i].code, endless[i].message);
  wait_until (peer->connection == NULL);
  g_assert_cmpuint (peer->n_sent, <, MAX_SENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  for (guint i = 0; i < G_N_ELEMENTS (endless); i++)
    g_test_add (endless[i].path, Post, GUINT_TO_POINTER (i), post_set_up, test_endless,
                post_tear_down);

  return g_test_run ();
}
