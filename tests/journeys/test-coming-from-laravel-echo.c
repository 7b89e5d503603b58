/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an application that listens to Laravel relies on, where no other test shows it:
 * doc/coming-from-laravel-echo.md. */

#include "http-fixture.h"
#include "messages.h"

#include <string.h>

/* --- Names --------------------------------------------------------------- */

static void
heard_cb (GObject     *object,
          PusherEvent *event,
          GString     *log)
{
  add_word (log, "%s:%s=%s", PUSHER_IS_CLIENT (object) ? "client" : "channel",
            pusher_event_get_name (event), pusher_event_get_data (event));
}

/* A backslash is a character of a detail like any other. */
static void
test_backslashes (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, "orders.1");
  g_signal_connect (channel, "event::App\\Events\\OrderShipped", G_CALLBACK (heard_cb), heard);
  g_signal_connect (fixture->client, "event::App\\Events\\OrderShipped", G_CALLBACK (heard_cb),
                    heard);
  g_signal_connect (channel, "event::App\\Events\\Orders\\Shipped", G_CALLBACK (heard_cb), heard);
  g_signal_connect (channel, "event::order.shipped", G_CALLBACK (heard_cb), heard);
  g_signal_connect (channel, "event::last", G_CALLBACK (heard_cb), heard);

  raw_peer_say (fixture->peer, SUBSCRIBED ("orders.1"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("orders.1", "App\\\\Events\\\\OrderShipped", "1"));
  raw_peer_say (fixture->peer,
                MESSAGE_ON ("orders.1", "App\\u005cEvents\\u005cOrders\\u005cShipped", "2"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("orders.1", "order.shipped", "3"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("orders.1", "App.Events.OrderShipped", "4"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("orders.1", "AppEventsOrderShipped", "5"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("orders.1", "OrderShipped", "6"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("orders.1", "last", "7"));
  wait_until (strstr (heard->str, "last") != NULL);
  assert_words (heard,
                "channel:App\\Events\\OrderShipped=1 client:App\\Events\\OrderShipped=1 "
                "channel:App\\Events\\Orders\\Shipped=2 channel:order.shipped=3 channel:last=7");
}

/* --- /broadcasting/auth -------------------------------------------------- */

static void
set_csrf_token_cb (PusherHttpAuthorizer       *authorizer,
                   PusherAuthorizationRequest *request,
                   SoupMessage                *message,
                   SoupCookieJar              *jar)
{
  GSList *cookies = soup_cookie_jar_get_cookie_list (jar, soup_message_get_uri (message), TRUE);

  for (GSList *link = cookies; link != NULL; link = link->next)
    {
      g_autofree char *token = g_uri_unescape_string (soup_cookie_get_value (link->data), NULL);

      if (g_str_equal (soup_cookie_get_name (link->data), "XSRF-TOKEN"))
        soup_message_headers_replace (soup_message_get_request_headers (message),
                                      "X-XSRF-TOKEN", token);
    }

  g_slist_free_full (cookies, (GDestroyNotify) soup_cookie_free);
}

/* Where it logged in, the program was given cookies. */
static SoupSession *
log_in (Http *self)
{
  SoupSession *session = soup_session_new ();
  g_autoptr (SoupCookieJar) jar = soup_cookie_jar_new ();
  g_autofree char *url = endpoint_get_url (self->endpoint, "/login");
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  soup_session_add_feature (session, SOUP_SESSION_FEATURE (jar));
  soup_cookie_jar_set_cookie (jar, uri, "laravel_session=al%3D; path=/; httponly");
  soup_cookie_jar_set_cookie (jar, uri, "XSRF-TOKEN=old%2B%3D; path=/");
  pusher_http_authorizer_set_session (self->authorizer, session);
  g_signal_connect_object (self->authorizer, "prepare", G_CALLBACK (set_csrf_token_cb), jar, 0);

  return session;
}

static void
assert_token (Http       *self,
              const char *cookie,
              const char *header)
{
  const char *cookies = endpoint_get_header (self->endpoint, "Cookie");

  g_assert_nonnull (strstr (cookies, "laravel_session=al%3D"));
  g_assert_nonnull (strstr (cookies, cookie));
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "X-XSRF-TOKEN"), ==, header);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Accept"), ==, "application/json");
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Content-Type"), ==,
                   "application/x-www-form-urlencoded");
}

/* Each answer may have another token. */
static void
test_session (Http         *self,
              gconstpointer user_data)
{
  g_autoptr (SoupSession) session G_GNUC_UNUSED = log_in (self);
  g_autoptr (Requester) requester = requester_new ("private-orders.1");

  endpoint_answer_with (self->endpoint, 200, "Set-Cookie", "XSRF-TOKEN=new%3D; path=/", HTTP_BODY);
  http_ask (self, requester);
  requester_wait (requester);
  requester_assert_granted (requester, HTTP_AUTH, NULL, NULL);
  endpoint_assert_asked (self->endpoint, HTTP_FORM "&channel_name=private-orders.1");
  assert_token (self, "XSRF-TOKEN=old%2B%3D", "old+=");

  http_assert_granted (self);
  assert_token (self, "XSRF-TOKEN=new%3D", "new=");
}

static gboolean
renew_cb (PusherHttpAuthorizer *authorizer,
          guint                 status,
          guint                *n_renewals)
{
  g_assert_cmpuint (status, ==, 419);
  (*n_renewals)++;
  pusher_http_authorizer_renewed (authorizer);

  return TRUE;
}

/* The refusal of a token that has expired brings another. */
static void
test_expired (Http         *self,
              gconstpointer user_data)
{
  g_autoptr (SoupSession) session G_GNUC_UNUSED = log_in (self);
  g_autoptr (Requester) requester = requester_new ("private-orders.1");
  guint n_renewals = 0;

  g_signal_connect (self->authorizer, "renew", G_CALLBACK (renew_cb), &n_renewals);
  endpoint_answer_with (self->endpoint, 419, "Set-Cookie", "XSRF-TOKEN=new%3D; path=/",
                        "{\"message\":\"CSRF token mismatch.\"}");
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, requester);
  requester_wait (requester);
  requester_assert_granted (requester, HTTP_AUTH, NULL, NULL);
  g_assert_cmpuint (n_renewals, ==, 1);
  assert_token (self, "XSRF-TOKEN=new%3D", "new=");
}

/* Nobody renews anything; and what Laravel says stands in the error. */
static void
test_refused (Http         *self,
              gconstpointer user_data)
{
  static const struct
  {
    int status;
    const char *body;
    const char *what;
  } refusals[] = {
    { 401, "{\"message\":\"Unauthenticated.\"}", "Unauthenticated." },
    { 403, "{\"message\":\"\",\"exception\":\"AccessDeniedHttpException\"}", "403" },
    { 419, "{\"message\":\"CSRF token mismatch.\"}", "CSRF token mismatch." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autoptr (Requester) requester = requester_new ("private-orders.1");

      endpoint_answer (self->endpoint, (guint) refusals[i].status, refusals[i].body);
      http_ask (self, requester);
      requester_wait (requester);
      requester_assert_refused (requester, PUSHER_HTTP_ERROR, refusals[i].status,
                                refusals[i].what);
    }
}

/* --- X-Socket-ID --------------------------------------------------------- */

static void
queued_cb (SoupSession  *session,
           SoupMessage  *message,
           PusherClient *client)
{
  const char *socket_id = pusher_client_get_socket_id (client);

  if (socket_id != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message),
                                  "X-Socket-ID", socket_id);
}

static void
post (SoupSession *session,
      Endpoint    *endpoint)
{
  g_autofree char *url = endpoint_get_url (endpoint, "/orders");
  g_autoptr (SoupMessage) message = soup_message_new ("POST", url);
  guint n_requests = endpoint_get_n_requests (endpoint);

  endpoint_answer (endpoint, 200, "{}");
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  wait_until (endpoint_get_n_requests (endpoint) > n_requests);
}

/* For toOthers(): what the application itself requests says which connection it has. */
static void
test_socket_id (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autoptr (Endpoint) endpoint = endpoint_new ();
  g_autoptr (SoupSession) session = soup_session_new ();

  g_signal_connect_object (session, "request-queued", G_CALLBACK (queued_cb), fixture->client, 0);
  post (session, endpoint);
  g_assert_null (endpoint_get_header (endpoint, "X-Socket-ID"));

  fixture_connect (fixture);
  post (session, endpoint);
  g_assert_nonnull (pusher_client_get_socket_id (fixture->client));
  g_assert_cmpstr (endpoint_get_header (endpoint, "X-Socket-ID"), ==,
                   pusher_client_get_socket_id (fixture->client));
  soup_session_abort (session);
  endpoint_settle (endpoint);
}

#define add(name, test) fixture_add ("/coming-from-laravel-echo/" name, NULL, test)
#define add_http(name, test) http_add ("/coming-from-laravel-echo/" name, test)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  add ("backslashes", test_backslashes);
  add_http ("session", test_session);
  add_http ("expired", test_expired);
  add_http ("refused", test_refused);
  add ("socket-id", test_socket_id);

  return g_test_run ();
}
