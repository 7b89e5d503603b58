/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "http-fixture.h"

#include <string.h>

#define ASKED_B "/b " POST_FORM
#define ASKED_C "/c " POST_FORM
#define ASKED_D "/d " POST_FORM

/* To another place of the same server, with the form and the credentials. */
static void
test_followed (Post         *self,
               gconstpointer user_data)
{
  static const guint statuses[] = { 301, 302, 307, 308 };
  g_autofree char *elsewhere = endpoint_get_url (self->endpoint, "/b?c=d");
  const char *locations[] = { "/b?c=d", "b?c=d", elsewhere };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (locations); j++)
      {
        endpoint_answer_with (self->endpoint, statuses[i], "Location", locations[j], XYZZY);
        endpoint_answer (self->endpoint, 200, POST_BODY);
        post_start (self);
        post_assert_succeeds (self);
        endpoint_assert_asked (self->endpoint, POST_ASKED, ASKED_B);
        g_assert_cmpstr (endpoint_get_header (self->endpoint, "Authorization"), ==,
                         POST_CREDENTIALS);
        g_assert_cmpstr (endpoint_get_header (self->endpoint, "Content-Type"), ==,
                         "application/x-www-form-urlencoded");
      }

  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

/* Nothing goes to a server that the application did not name, or that is named
 * in another way. */
static void
test_elsewhere (Post         *self,
                gconstpointer user_data)
{
  g_autoptr (Endpoint) other = endpoint_new ();
  g_autofree char *other_origin = endpoint_get_url (other, "");
  g_autofree char *other_url = endpoint_get_url (other, "/auth?token=" XYZZY);
  g_autofree char *with_tls = g_strconcat ("https", strstr (self->url, "://"), NULL);
  g_autofree char *other_host = g_strconcat ("http://localhost", strrchr (self->url, ':'), NULL);
  const struct
  {
    const char *url;
    const char *origin;
  } locations[] = {
    { other_url, other_origin },
    { strstr (other_url, "//"), other_origin },
    { with_tls, "https://127.0.0.1:" },
    { other_host, "http://localhost:" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      guint status = i % 2 == 0 ? 307 : 302;

      endpoint_answer_with (self->endpoint, status, "Location", locations[i].url, NULL);
      post_start (self);
      post_assert_fails (self, PUSHER_HTTP_ERROR, (int) status, locations[i].origin);
      endpoint_assert_asked (self->endpoint, POST_ASKED);
    }

  endpoint_settle (other);
  g_assert_cmpint (endpoint_get_n_requests (other), ==, 0);
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

static void
test_to_nowhere (Post         *self,
                 gconstpointer user_data)
{
  static const char *const locations[] = { "http://", "http://[", "mailto:a@example.com" };

  for (gsize i = 0; i < G_N_ELEMENTS (locations); i++)
    {
      endpoint_answer_with (self->endpoint, 307, "Location", locations[i], NULL);
      post_start (self);
      post_assert_fails (self, PUSHER_HTTP_ERROR, 307, "nowhere");
    }

  endpoint_answer (self->endpoint, 307, NULL);
  post_start (self);
  post_assert_fails (self, PUSHER_HTTP_ERROR, 307, "nowhere");
}

static void
test_loop (Post         *self,
           gconstpointer user_data)
{
  for (int i = 0; i < 6; i++)
    endpoint_answer_with (self->endpoint, 308, "Location", i % 2 == 0 ? "/b" : "/auth", NULL);
  post_start (self);
  post_assert_fails (self, PUSHER_HTTP_ERROR, 308, "more than 5 times");
  endpoint_assert_asked (self->endpoint, POST_ASKED, ASKED_B, POST_ASKED, ASKED_B,
                         POST_ASKED, ASKED_B);
}

/* A place that one answer named is not the endpoint for ever. */
static void
test_then_fails (Post         *self,
                 gconstpointer user_data)
{
  static const char *const ways[] = { "/b", "/c", "/d" };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    endpoint_answer_with (self->endpoint, 307, "Location", ways[i], NULL);
  endpoint_answer (self->endpoint, 503, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    endpoint_answer_with (self->endpoint, 307, "Location", ways[i], NULL);
  endpoint_answer (self->endpoint, 200, POST_BODY);

  /* Going on is no attempt of its own */
  self->policy.max_attempts = 2;
  post_start (self);
  post_assert_succeeds (self);
  endpoint_assert_asked (self->endpoint,
                         POST_ASKED, ASKED_B, ASKED_C, ASKED_D,
                         POST_ASKED, ASKED_B, ASKED_C, ASKED_D);
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  post_add ("/http-redirect/followed", test_followed);
  post_add ("/http-redirect/elsewhere", test_elsewhere);
  post_add ("/http-redirect/to-nowhere", test_to_nowhere);
  post_add ("/http-redirect/loop", test_loop);
  post_add ("/http-redirect/then-fails", test_then_fails);

  return g_test_run ();
}
