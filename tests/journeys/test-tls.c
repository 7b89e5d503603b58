/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Servers with certificates of all kinds. Those that are not acceptable are
 * refused, with the reason. */

#include "connection/pusher-connection-private.h"
#include "fixture.h"
#include "http/pusher-certificate-private.h"
#include "tls-files.h"

#include <string.h>

#define REJECTED "unacceptable TLS certificate: "

/* Not the system's authorities, of which there may be none. */
static void
trust (Fixture    *fixture,
       const char *authority)
{
  g_autoptr (GTlsDatabase) database = tls_load_authority (authority);

  soup_session_set_tls_database (pusher_client_get_session (fixture->client), database);
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  g_autoptr (SoupSession) session = soup_session_new ();

  fixture_set_up (fixture, NULL);
  fixture->random = 0.5;
  fixture_use_peer (fixture);
  pusher_client_set_session (fixture->client, session);
  trust (fixture, "authority");
}

static void
use_tls (Fixture    *fixture,
         const char *certificate)
{
  fixture->peer->certificate = tls_load_certificate (certificate);
  pusher_client_set_use_tls (fixture->client, TRUE);
}

static void
connect_client (Fixture *fixture)
{
  fixture_connect_to_peer (fixture);
  fixture_assert_log (fixture, "connecting connected");
}

static const struct
{
  const char *path;
  const char *authority; /* that the application trusts */
  const char *certificate;
  const char *host;
  const char *reason;
} rejections[] = {
  { "/tls/rejected/self-signed", "authority", "self-signed", "127.0.0.1",
    "it is signed by an unknown authority" },
  { "/tls/rejected/other-authority", "self-signed", "good", "127.0.0.1",
    "it is signed by an unknown authority" },
  { "/tls/rejected/other-host", "authority", "elsewhere", "127.0.0.1", "it is for another host" },
  { "/tls/rejected/other-name", "authority", "elsewhere", "localhost", "it is for another host" },
  { "/tls/rejected/expired", "authority", "expired", "127.0.0.1", "it has expired" },
  { "/tls/rejected/early", "authority", "early", "127.0.0.1", "it is not valid yet" },
  { "/tls/rejected/twice", "self-signed", "elsewhere", "127.0.0.1",
    "it is signed by an unknown authority, and it is for another host" },
};

/* Not for good, since the server's certificate may be renewed. */
static void
test_rejected (Fixture      *fixture,
               gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  g_autofree char *message =
    g_strconcat ("Cannot connect: " REJECTED, rejections[i].reason, NULL);

  use_tls (fixture, rejections[i].certificate);
  trust (fixture, rejections[i].authority);
  g_object_set (fixture->client, "host", rejections[i].host, NULL);

  pusher_client_open (fixture->client);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "connecting error:certificate in:0.25");
  g_assert_cmpstr (pusher_client_get_last_error (fixture->client)->message, ==, message);
  g_assert_cmpuint (fixture->peer->received->len, ==, 0);

  fixture_advance (fixture, fixture_get_delay (fixture));
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "error:certificate in:0.5");
}

static void
test_private_authority (Fixture      *fixture,
                        gconstpointer user_data)
{
  use_tls (fixture, "good");
  connect_client (fixture);
}

static void
test_private_authority_by_name (Fixture      *fixture,
                                gconstpointer user_data)
{
  use_tls (fixture, "good");
  g_object_set (fixture->client, "host", "localhost", NULL);
  connect_client (fixture);
}

/* The one certificate is its own authority. */
static void
test_pinned (Fixture      *fixture,
             gconstpointer user_data)
{
  use_tls (fixture, "self-signed");
  trust (fixture, "self-signed");
  connect_client (fixture);
}

static gboolean
accept_certificate_cb (SoupMessage         *request,
                       GTlsCertificate     *certificate,
                       GTlsCertificateFlags flaws,
                       GTlsCertificate     *expected)
{
  g_assert_cmpuint (flaws, !=, 0);

  return g_tls_certificate_is_same (certificate, expected);
}

static void
request_queued_cb (SoupSession     *session,
                   SoupMessage     *request,
                   GTlsCertificate *expected)
{
  g_signal_connect (request, "accept-certificate", G_CALLBACK (accept_certificate_cb), expected);
}

static void
test_accepted (Fixture      *fixture,
               gconstpointer user_data)
{
  use_tls (fixture, "self-signed");
  g_signal_connect (pusher_client_get_session (fixture->client), "request-queued",
                    G_CALLBACK (request_queued_cb), fixture->peer->certificate);
  connect_client (fixture);
}

/* Something that is not TLS, instead of a certificate. */
static void
test_no_tls (Fixture      *fixture,
             gconstpointer user_data)
{
  const char *text = "HTTP/1.1 400 Bad Request\r\n\r\n";

  pusher_client_set_use_tls (fixture->client, TRUE);
  pusher_client_open (fixture->client);
  wait_until (fixture->peer->connection != NULL);
  raw_peer_send (fixture->peer, text, strlen (text));
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "connecting error:connection-lost in:0.25");
}

/* The server has stopped reading, so that not even the end of TLS gets to it. */
static void
test_close_deaf (Fixture      *fixture,
                 gconstpointer user_data)
{
  PusherConnection *connection = pusher_client_get_connection (fixture->client);
  g_autofree char *event = g_strnfill (1000 * 1000, ' ');
  g_autoptr (GAsyncResult) result = NULL;

  use_tls (fixture, "good");
  connect_client (fixture);
  fixture->peer->deaf = TRUE;
  for (guint i = 0; i < 20; i++)
    g_assert_true (pusher_connection_send (connection, event));

  pusher_client_close_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_true (pusher_client_close_finish (fixture->client, result, NULL));
}

/* The authorization endpoint: whoever asks hears why, and is not kept waiting. */
static void
test_endpoint (Fixture      *fixture,
               gconstpointer user_data)
{
  g_autofree char *endpoint = g_strdup_printf ("https://127.0.0.1:%u/auth", fixture->peer->port);
  g_autoptr (PusherHttpAuthorizer) authorizer = pusher_http_authorizer_new (endpoint);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture->peer->certificate = tls_load_certificate ("expired");
  fixture_use_server (fixture);
  pusher_http_authorizer_set_session (authorizer, pusher_client_get_session (fixture->client));
  pusher_client_set_authorizer (fixture->client, PUSHER_AUTHORIZER (authorizer));
  fixture_connect (fixture);

  pusher_client_subscribe_async (fixture->client, "private-a", NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_null (pusher_client_subscribe_finish (fixture->client, result, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CERTIFICATE);
  g_assert_cmpstr (error->message, ==,
                   "Cannot ask the authorization endpoint: " REJECTED "it has expired");
  g_assert_cmpuint (fixture->peer->n_connections, ==, 1);
}

static void
test_words (void)
{
  static const struct
  {
    GTlsCertificateFlags flaws;
    const char *words;
  } cases[] = {
    { 0, REJECTED "it could not be verified" },
    { G_TLS_CERTIFICATE_GENERIC_ERROR, REJECTED "it could not be verified" },
    { 1 << 20, REJECTED "it could not be verified" },
    { G_TLS_CERTIFICATE_REVOKED, REJECTED "it was revoked" },
    { G_TLS_CERTIFICATE_INSECURE, REJECTED "its algorithm is insecure" },
    { G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_GENERIC_ERROR, REJECTED "it has expired" },
    { G_TLS_CERTIFICATE_NOT_ACTIVATED | G_TLS_CERTIFICATE_BAD_IDENTITY,
      REJECTED "it is for another host, and it is not valid yet" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = pusher_certificate_describe_flaws (cases[i].flaws);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

#define N_LOADS 1000

/* From one byte to some records of TLS */
static gsize
get_load_size (guint i)
{
  return i % 100 == 99 ? 50000 : 1 + i * 37 % 3000;
}

static void
load_cb (PusherClient *client,
         PusherEvent  *event,
         guint        *n_loads)
{
  const char *data = pusher_event_get_data (event);

  g_assert_cmpuint (strlen (data), ==, get_load_size (*n_loads));
  g_assert_cmpint (data[0], ==, 'a' + (char) (*n_loads % 26));
  ++*n_loads;
}

/* However records and messages lie, all arrive. */
static void
test_load (Fixture      *fixture,
           gconstpointer user_data)
{
  guint n_loads = 0;

  use_tls (fixture, "good");
  connect_client (fixture);
  g_signal_connect (fixture->client, "event::load", G_CALLBACK (load_cb), &n_loads);
  for (guint i = 0; i < N_LOADS; i++)
    {
      g_autofree char *data = g_strnfill (get_load_size (i), 'a' + (char) (i % 26));
      g_autofree char *text = g_strdup_printf ("{\"event\":\"load\",\"data\":\"%s\"}", data);

      raw_peer_say (fixture->peer, text);
    }
  wait_until (n_loads == N_LOADS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tls/words", test_words);
  g_assert_true (g_tls_backend_supports_tls (g_tls_backend_get_default ()));

#define add(path, data, test) g_test_add (path, Fixture, data, set_up, test, fixture_tear_down)
  for (guint i = 0; i < G_N_ELEMENTS (rejections); i++)
    add (rejections[i].path, GUINT_TO_POINTER (i), test_rejected);
  add ("/tls/private-authority", NULL, test_private_authority);
  add ("/tls/private-authority/by-name", NULL, test_private_authority_by_name);
  add ("/tls/pinned", NULL, test_pinned);
  add ("/tls/accepted", NULL, test_accepted);
  add ("/tls/no-tls", NULL, test_no_tls);
  add ("/tls/load", NULL, test_load);
  add ("/tls/close/deaf", NULL, test_close_deaf);
  add ("/tls/endpoint", NULL, test_endpoint);

  return g_test_run ();
}
