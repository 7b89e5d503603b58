/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "http-fixture.h"

#include <string.h>

/* --- Forms --------------------------------------------------------------- */

static void
test_channel (Http         *self,
              gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, requester);
  requester_assert_waiting (requester);
  requester_wait (requester);
  requester_assert_granted (requester, HTTP_AUTH, NULL, NULL);

  endpoint_assert_asked (self->endpoint, HTTP_FORM "&channel_name=private-a");
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Content-Type"), ==,
                   "application/x-www-form-urlencoded");
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Accept"), ==, "application/json");
  g_assert_true (g_str_has_prefix (endpoint_get_header (self->endpoint, "User-Agent"),
                                   "pusher-glib/"));
  g_assert_null (endpoint_get_header (self->endpoint, "Authorization"));
}

static void
test_params (Http         *self,
             gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a_b=c@d,e.f;g");
  g_autoptr (Requester) user = requester_new_for_user ();

  pusher_http_authorizer_set_param (self->authorizer, "z", "first");
  pusher_http_authorizer_set_param (self->authorizer, "token", XYZZY);
  pusher_http_authorizer_set_param (self->authorizer, "gone", "1");
  pusher_http_authorizer_set_param (self->authorizer, "empty", "");
  pusher_http_authorizer_set_param (self->authorizer, "a b&c=d[0]", "1 2+3&4=5%6\n\xc3\xa9");
  pusher_http_authorizer_set_param (self->authorizer, "bytes", "\xff\"'<>~-._");
  pusher_http_authorizer_set_param (self->authorizer, "gone", NULL);
  pusher_http_authorizer_set_param (self->authorizer, "never", NULL);
  pusher_http_authorizer_set_param (self->authorizer, "Z", "another");

  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, requester);
  requester_wait (requester);
  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM "&channel_name=private-a_b%3Dc%40d%2Ce.f%3Bg&z=first"
                         "&token=" XYZZY "&empty="
                         "&a%20b%26c%3Dd%5B0%5D=1%202%2B3%264%3D5%256%0A%C3%A9"
                         "&bytes=%FF%22%27%3C%3E~-._&Z=another");

  /* What is set again is set last */
  pusher_http_authorizer_set_param (self->authorizer, "a b&c=d[0]", NULL);
  pusher_http_authorizer_set_param (self->authorizer, "bytes", NULL);
  pusher_http_authorizer_set_param (self->authorizer, "z", "last");
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, user);
  requester_wait (user);
  endpoint_assert_asked (self->endpoint, HTTP_FORM "&token=" XYZZY "&empty=&Z=another&z=last");
}

/* The path and the query are the endpoint's own. */
static void
test_endpoint (Http         *self,
               gconstpointer user_data)
{
  g_autofree char *url = endpoint_get_url (self->endpoint, "/a%20b/%C3%A9?c=d&e=%2F#fragment");

  pusher_http_authorizer_set_endpoint (self->authorizer, url);
  g_assert_cmpstr (pusher_http_authorizer_get_endpoint (self->authorizer), ==, url);
  http_assert_granted (self);
  endpoint_assert_asked (self->endpoint, "/a b/\xc3\xa9 socket_id=" REQUESTER_SOCKET_ID
                                         "&channel_name=private-a");
}

/* An address may have secrets in it. */
static void
test_endpoint_with_secrets (Http         *self,
                            gconstpointer user_data)
{
  g_autofree char *url = endpoint_get_url (self->endpoint, "/auth?token=" XYZZY);
  g_autofree char *url_with_password =
    g_strconcat ("http://Al:" XYZZY "@", strstr (url, "//") + strlen ("//"), NULL);
  g_autoptr (Requester) requester = requester_new ("private-a");
  g_autoptr (Requester) refused = requester_new ("private-a");

  pusher_http_authorizer_set_endpoint (self->authorizer, url_with_password);
  endpoint_answer (self->endpoint, 500, NULL);
  endpoint_answer (self->endpoint, 403, NULL);
  http_ask (self, requester);
  requester_wait (requester);
  requester_assert_refused (requester, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_FORBIDDEN, "403");

  endpoint_stop (self->endpoint);
  http_ask (self, refused);
  requester_wait (refused);
  requester_assert_failed_for_now (refused, PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE, "Cannot ask");
  endpoint_start_again (self->endpoint);
}

static void
test_not_a_url (Http         *self,
                gconstpointer user_data)
{
  static const char *const endpoints[] = {
    NULL, "", "auth", "/auth", "127.0.0.1/auth", "localhost:80/auth", "http:", "http://",
    "http:///auth", "https://:80", "ftp://127.0.0.1/auth", "ws://127.0.0.1/auth",
    "file:///etc/passwd", "http://127.0.0.1:port/", "http://[::1/", "\xff",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (endpoints); i++)
    {
      g_autoptr (Requester) requester = requester_new ("private-a");

      g_test_message ("%" G_GSIZE_FORMAT, i);
      pusher_http_authorizer_set_endpoint (self->authorizer, endpoints[i]);
      http_ask (self, requester);
      requester_wait (requester);
      requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS,
                                "not an HTTP URL");
    }

  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

/* --- Headers ------------------------------------------------------------- */

static void
test_headers (Http         *self,
              gconstpointer user_data)
{
  pusher_http_authorizer_set_header (self->authorizer, "X-One", "1");
  pusher_http_authorizer_set_header (self->authorizer, "X-Gone", "1");
  pusher_http_authorizer_set_header (self->authorizer, "X-CSRF-Token", XYZZY " old");
  pusher_http_authorizer_set_header (self->authorizer, "x-csrf-token", XYZZY " new");
  pusher_http_authorizer_set_header (self->authorizer, "x-GONE", NULL);
  pusher_http_authorizer_set_header (self->authorizer, "X-Never", NULL);
  pusher_http_authorizer_set_header (self->authorizer, "Accept", "text/plain");
  pusher_http_authorizer_set_header (self->authorizer, "Content-Type", "text/plain");

  for (int i = 0; i < 2; i++)
    {
      http_assert_granted (self);
      g_assert_cmpstr (endpoint_get_header (self->endpoint, "X-One"), ==, "1");
      g_assert_cmpstr (endpoint_get_header (self->endpoint, "X-CSRF-Token"), ==, XYZZY " new");
      g_assert_null (endpoint_get_header (self->endpoint, "X-Gone"));
      g_assert_null (endpoint_get_header (self->endpoint, "X-Never"));
      g_assert_cmpstr (endpoint_get_header (self->endpoint, "Accept"), ==, "text/plain");

      /* What is sent is a form all the same */
      g_assert_cmpstr (endpoint_get_header (self->endpoint, "Content-Type"), ==,
                       "application/x-www-form-urlencoded");
    }

  pusher_http_authorizer_set_header (self->authorizer, "X-CSRF-TOKEN", NULL);
  http_assert_granted (self);
  g_assert_null (endpoint_get_header (self->endpoint, "X-CSRF-Token"));
}

static void
test_basic (Http         *self,
            gconstpointer user_data)
{
  static const char basic[] = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZSB4eXp6eQ==";

  secrets_add (basic + strlen ("Basic "));

  pusher_http_authorizer_set_username (self->authorizer, "Aladdin");
  http_assert_granted (self);
  g_assert_null (endpoint_get_header (self->endpoint, "Authorization"));

  pusher_http_authorizer_set_password (self->authorizer, "open sesame " XYZZY);
  http_assert_granted (self);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Authorization"), ==, basic);

  pusher_http_authorizer_set_username (self->authorizer, NULL);
  http_assert_granted (self);
  g_assert_null (endpoint_get_header (self->endpoint, "Authorization"));

  /* A password may be empty, and not ASCII */
  pusher_http_authorizer_set_username (self->authorizer, "\xc3\xa9");
  pusher_http_authorizer_set_password (self->authorizer, "");
  http_assert_granted (self);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Authorization"), ==, "Basic w6k6");

  /* A header of the application's own counts more */
  pusher_http_authorizer_set_header (self->authorizer, "authorization", "Bearer " XYZZY);
  http_assert_granted (self);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Authorization"), ==, "Bearer " XYZZY);
}

/* Credentials that are wrong are not tried twice. */
static void
test_wrong_credentials (Http         *self,
                        gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  pusher_http_authorizer_set_username (self->authorizer, "Aladdin");
  pusher_http_authorizer_set_password (self->authorizer, XYZZY);
  endpoint_answer_with (self->endpoint, 401, "WWW-Authenticate", "Basic realm=\"cave\"", NULL);
  http_ask (self, requester);
  requester_wait (requester);
  requester_assert_refused (requester, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_UNAUTHORIZED, "401");
}

/* --- Prepare ------------------------------------------------------------- */

typedef struct
{
  Requester *requester;
  guint n_emissions;
  gboolean cancels;
} Preparation;

static void
prepare_cb (PusherHttpAuthorizer       *authorizer,
            PusherAuthorizationRequest *request,
            SoupMessage                *message,
            gpointer                    user_data)
{
  Preparation *self = user_data;
  g_autofree char *token = g_strdup_printf (XYZZY "-%u", ++self->n_emissions);

  g_assert_true (request == self->requester->request);
  g_assert_true (SOUP_IS_MESSAGE (message));
  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Token", token);
  pusher_http_authorizer_set_param (authorizer, "token", token);
  if (self->cancels)
    cancel_request (request);
}

/* Values that change are those of each attempt, not of the first. */
static void
test_prepare (Http         *self,
              gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");
  Preparation preparation = { requester };

  g_signal_connect (self->authorizer, "prepare", G_CALLBACK (prepare_cb), &preparation);
  pusher_http_authorizer_set_header (self->authorizer, "X-Token", "none");
  endpoint_answer (self->endpoint, 500, NULL);
  endpoint_answer (self->endpoint, 503, NULL);
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, requester);
  requester_wait (requester);
  requester_assert_granted (requester, HTTP_AUTH, NULL, NULL);

  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM "&channel_name=private-a&token=" XYZZY "-1",
                         HTTP_FORM "&channel_name=private-a&token=" XYZZY "-2",
                         HTTP_FORM "&channel_name=private-a&token=" XYZZY "-3");
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "X-Token"), ==, XYZZY "-3");
}

/* A handler may find out that there is nothing to ask for. */
static void
test_prepare_cancels (Http         *self,
                      gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");
  Preparation preparation = { requester, .cancels = TRUE };

  g_signal_connect (self->authorizer, "prepare", G_CALLBACK (prepare_cb), &preparation);
  http_ask (self, requester);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (preparation.n_emissions, ==, 1);
  g_assert_cmpint (requester->n_answers, ==, 0);
  endpoint_assert_not_asked (self->endpoint);
}

static void
change_endpoint_cb (PusherHttpAuthorizer       *authorizer,
                    PusherAuthorizationRequest *request,
                    SoupMessage                *message,
                    gpointer                    user_data)
{
  pusher_http_authorizer_set_endpoint (authorizer, user_data);
}

/* Settings count from the next attempt on. */
static void
test_change_between_attempts (Http         *self,
                              gconstpointer user_data)
{
  g_autofree char *url = endpoint_get_url (self->endpoint, "/elsewhere");
  g_autoptr (Requester) requester = requester_new ("private-a");

  g_signal_connect (self->authorizer, "prepare", G_CALLBACK (change_endpoint_cb), url);
  endpoint_answer (self->endpoint, 500, NULL);
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, requester);
  requester_wait (requester);
  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM "&channel_name=private-a",
                         "/elsewhere socket_id=" REQUESTER_SOCKET_ID "&channel_name=private-a");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  http_add ("/http-message/channel", test_channel);
  http_add ("/http-message/params", test_params);
  http_add ("/http-message/endpoint", test_endpoint);
  http_add ("/http-message/endpoint-with-secrets", test_endpoint_with_secrets);
  http_add ("/http-message/not-a-url", test_not_a_url);
  http_add ("/http-message/headers", test_headers);
  http_add ("/http-message/basic", test_basic);
  http_add ("/http-message/wrong-credentials", test_wrong_credentials);
  http_add ("/http-message/prepare", test_prepare);
  http_add ("/http-message/prepare-cancels", test_prepare_cancels);
  http_add ("/http-message/change-between-attempts", test_change_between_attempts);

  return g_test_run ();
}
