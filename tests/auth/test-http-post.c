/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "http-fixture.h"

#include "http/pusher-http-response-private.h"
#include "json/pusher-json-parser-private.h"

#define MAX_BODY_SIZE (1024 * 1024)

/* --- Statuses ------------------------------------------------------------ */

static void
test_ok (Post         *self,
         gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 200, POST_BODY);
  post_start (self);
  post_assert_succeeds (self);
  endpoint_assert_asked (self->endpoint, POST_ASKED);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Authorization"), ==,
                   POST_CREDENTIALS);
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

static void
test_empty_body (Post         *self,
                 gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 200, NULL);
  post_start (self);
  post_assert_body (self, "");
}

/* What another try would not mend. */
static void
test_final_status (Post         *self,
                   gconstpointer user_data)
{
  static const guint statuses[] = { 201, 204, 300, 303, 304, 400, 401, 403, 404, 405, 422, 499 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *what = g_strdup_printf ("HTTP status %u", statuses[i]);

      endpoint_answer_with (self->endpoint, statuses[i], "Location", "/elsewhere",
                            statuses[i] != 204 && statuses[i] != 304 ? XYZZY : NULL);
      post_start (self);
      post_assert_fails (self, PUSHER_HTTP_ERROR, (int) statuses[i], what);
      endpoint_assert_asked (self->endpoint, POST_ASKED);
    }

  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

static void
test_passing_status (Post         *self,
                     gconstpointer user_data)
{
  static const guint statuses[] = { 408, 429, 500, 502, 503, 504, 599 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      endpoint_answer (self->endpoint, statuses[i], XYZZY);
      endpoint_answer (self->endpoint, 200, POST_BODY);
      post_start (self);
      post_assert_succeeds (self);
      endpoint_assert_asked (self->endpoint, POST_ASKED, POST_ASKED);
      g_assert_cmpint (self->n_prepared, ==, 2 * (i + 1));
    }

  /* The log tells why it takes its time */
  g_assert_cmpint (secrets_count_shown ("asked again"), ==, G_N_ELEMENTS (statuses));
  g_assert_cmpint (secrets_count_shown ("HTTP status 599"), ==, 1);
}

/* What the endpoint says of a refusal */
static const struct
{
  guint status;
  const char *body;
  const char *why; /* NULL: nothing is said */
} refusals[] = {
  { 403, "{\"message\":\"Not yours\"}", "Not yours" },
  { 419, "{\"message\":\"CSRF token mismatch.\",\"exception\":\"X\"}", "CSRF token mismatch." },
  { 401, "{\"error\":\"Log in\"}", "Log in" },
  { 400, "{\"error\":{\"code\":7,\"message\":\"No such room\"}}", "No such room" },
  { 422, "{\"errors\":{\"channel_name\":[\"Too long\",\"Too odd\"]}}", "Too long" },
  { 422, "{\"errors\":[{\"detail\":\"Too long\"}]}", "Too long" },
  { 422, "{\"message\":\"\",\"errors\":[\"a\",\"b\"]}", "a" },
  { 404, "{\"message\":\"one\\nline\"}", "one" },
  { 403, "{\"message\":null,\"error\":7,\"errors\":[]}", NULL },
  { 403, "{\"errors\":[[[[\"deep\"]]]]}", NULL },
  { 403, "[\"Not yours\"]", NULL },
  { 403, "<html>Forbidden</html>", NULL },
  { 403, "\xff", NULL },
  { 403, NULL, NULL },
};

static void
test_refusals (Post         *self,
               gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *what = g_strdup_printf ("HTTP status %u%s%s", refusals[i].status,
                                               refusals[i].why != NULL ? ": " : "",
                                               refusals[i].why != NULL ? refusals[i].why : "");

      g_autoptr (JsonNode) json = refusals[i].body != NULL ?
                                    pusher_json_parse (refusals[i].body, -1, NULL) : NULL;
      g_autofree char *why = pusher_http_explain_refusal (json);

      g_assert_cmpint (why != NULL, ==, refusals[i].why != NULL);
      endpoint_answer (self->endpoint, refusals[i].status, refusals[i].body);
      post_start (self);
      post_assert_fails (self, PUSHER_HTTP_ERROR, (int) refusals[i].status, what);
      endpoint_assert_asked (self->endpoint, POST_ASKED);
    }
}

/* The status stands, whatever becomes of its reason. */
static void
test_refusal_without_end (Post         *self,
                          gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (16 * 1024, 'x');
  g_autofree char *too_long = g_strdup_printf ("{\"message\":\"%s\"}", text);

  endpoint_answer (self->endpoint, 403, too_long);
  post_start (self);
  post_assert_fails (self, PUSHER_HTTP_ERROR, 403, "HTTP status 403");
  g_assert_cmpint (secrets_count_shown ("xxx"), ==, 0);
  endpoint_assert_asked (self->endpoint, POST_ASKED);
}

/* The last error counts. Waits grow: anything below 0.5 s, 1 s, 2 s. */
static void
test_attempts_used_up (Post         *self,
                       gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 500, NULL);
  endpoint_answer (self->endpoint, 502, NULL);
  endpoint_answer (self->endpoint, 429, NULL);
  endpoint_answer (self->endpoint, 503, NULL);
  post_start (self);
  post_assert_fails (self, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_SERVICE_UNAVAILABLE, "503");
  endpoint_assert_asked (self->endpoint,
                         POST_ASKED, POST_ASKED, POST_ASKED, POST_ASKED);

  g_assert_cmpint (fake_timers_get_n_waits (), ==, POST_MAX_ATTEMPTS - 1);
  for (guint i = 0; i < POST_MAX_ATTEMPTS - 1; i++)
    {
      g_assert_cmpint (fake_timers_get_wait (i), >=, 0);
      g_assert_cmpint (fake_timers_get_wait (i), <, SECONDS (0.5) * (1 << i));
    }
}

static void
test_one_attempt (Post         *self,
                  gconstpointer user_data)
{
  self->policy.max_attempts = 1;
  endpoint_answer (self->endpoint, 500, NULL);
  post_start (self);
  post_assert_fails (self, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_INTERNAL_SERVER_ERROR,
                     "500");
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

/* --- Retry-After --------------------------------------------------------- */

/* Waits are what the endpoint asks for, and less than 0.5 s on top. */
static void
assert_wait_after (Post       *self,
                   const char *retry_after,
                   gint64      at_least,
                   gint64      at_most)
{
  fake_timers_reset ();
  endpoint_answer_with (self->endpoint, 429, "Retry-After", retry_after, NULL);
  endpoint_answer (self->endpoint, 200, POST_BODY);
  post_start (self);
  post_assert_succeeds (self);

  g_test_message ("Retry-After: %s", retry_after);
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 1);
  g_assert_cmpint (fake_timers_get_wait (0), >=, at_least);
  g_assert_cmpint (fake_timers_get_wait (0), <, at_most + SECONDS (0.5));
}

static void
test_retry_after_seconds (Post         *self,
                          gconstpointer user_data)
{
  assert_wait_after (self, "7", SECONDS (7), SECONDS (7));
  assert_wait_after (self, "0", 0, 0);
  assert_wait_after (self, "3600", SECONDS (3600), SECONDS (3600));

  /* An hour at most */
  assert_wait_after (self, "3601", SECONDS (3600), SECONDS (3600));
  assert_wait_after (self, "18446744073709551615", SECONDS (3600), SECONDS (3600));

  /* Nonsense */
  assert_wait_after (self, "soon", 0, 0);
  assert_wait_after (self, "-5", 0, 0);
  assert_wait_after (self, "1.5", 0, 0);
  assert_wait_after (self, "99999999999999999999999", 0, 0);
}

static void
test_retry_after_date (Post         *self,
                       gconstpointer user_data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_seconds (now, 1000);
  g_autoptr (GDateTime) far_off = g_date_time_add_days (now, 2);
  g_autofree char *text = soup_date_time_to_string (soon, SOUP_DATE_HTTP);
  g_autofree char *far_off_text = soup_date_time_to_string (far_off, SOUP_DATE_HTTP);

  /* A slow machine may need a part of it before it looks */
  assert_wait_after (self, text, 1, SECONDS (1000));
  g_assert_cmpint (fake_timers_get_wait (0), >, SECONDS (1000 - 120));

  assert_wait_after (self, "Wed, 21 Oct 2015 07:28:00 GMT", 0, 0);
  assert_wait_after (self, far_off_text, SECONDS (3600), SECONDS (3600));
}

/* --- No answer ----------------------------------------------------------- */

static void
test_refused_then_up (Post         *self,
                      gconstpointer user_data)
{
  endpoint_stop (self->endpoint);
  fake_timers_hold ();
  post_start (self);
  wait_until (fake_timers_is_held ());

  endpoint_start_again (self->endpoint);
  endpoint_answer (self->endpoint, 200, POST_BODY);
  fake_timers_release ();
  post_assert_succeeds (self);
  g_assert_cmpint (self->n_prepared, ==, 2);
}

static void
test_refused (Post         *self,
              gconstpointer user_data)
{
  endpoint_stop (self->endpoint);
  post_start (self);
  post_assert_fails (self, PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE, "Cannot ask");
  g_assert_cmpint (self->n_prepared, ==, POST_MAX_ATTEMPTS);
  endpoint_start_again (self->endpoint);
}

static void
test_silent (Post         *self,
             gconstpointer user_data)
{
  self->policy.max_attempts = 2;
  endpoint_be_silent (self->endpoint);
  endpoint_be_silent (self->endpoint);
  post_start (self);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  fake_timers_time_out ();
  wait_until (endpoint_get_n_requests (self->endpoint) == 2);
  fake_timers_time_out ();
  post_assert_fails (self, PUSHER_ERROR, PUSHER_ERROR_TIMEOUT, "within 100000 seconds");
}

/* The last error counts here as well. */
static void
test_silent_then_refused (Post         *self,
                          gconstpointer user_data)
{
  self->policy.max_attempts = 2;
  fake_timers_hold ();
  endpoint_be_silent (self->endpoint);
  post_start (self);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  fake_timers_time_out ();
  wait_until (fake_timers_is_held ());

  endpoint_stop (self->endpoint);
  fake_timers_release ();
  post_assert_fails (self, PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE, "Cannot ask");
  endpoint_start_again (self->endpoint);
}

static void
test_silent_then_ok (Post         *self,
                     gconstpointer user_data)
{
  endpoint_be_silent (self->endpoint);
  endpoint_answer (self->endpoint, 200, POST_BODY);
  post_start (self);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  fake_timers_time_out ();
  post_assert_succeeds (self);
}

/* The time is for the whole answer. */
static void
test_stops_midway (Post         *self,
                   gconstpointer user_data)
{
  endpoint_begin_and_stop (self->endpoint, "{\"auth\":");
  endpoint_answer (self->endpoint, 200, POST_BODY);
  post_start (self);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  endpoint_settle (self->endpoint);
  g_assert_null (self->result);
  fake_timers_time_out ();
  post_assert_succeeds (self);
}

static gboolean
set_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* The library's own timer, with a time that a test has. */
static void
test_timer (Post         *self,
            gconstpointer user_data)
{
  g_autoptr (GSource) timer = pusher_http_timer_new (1000);
  gboolean over = FALSE;

  g_source_set_callback (timer, set_cb, &over, NULL);
  g_source_attach (timer, NULL);
  wait_until (over);
  g_assert_true (g_source_is_destroyed (timer));
}

/* The longest time there is, which would be none at all if it overflowed. */
static void
test_long_timer (Post         *self,
                 gconstpointer user_data)
{
  static const guint timeouts[] = { G_MAXUINT, G_MAXUINT / 1000 + 1 };

  for (gsize i = 0; i < G_N_ELEMENTS (timeouts); i++)
    {
      gint64 delay = (gint64) timeouts[i] * G_USEC_PER_SEC;
      gint64 earliest = g_get_monotonic_time () + delay;
      g_autoptr (GSource) timer = pusher_http_timer_new (delay);

      g_assert_cmpint (g_source_get_ready_time (timer), >=, earliest);
    }
}

/* --- Large answers ------------------------------------------------------- */

static void
assert_size (Post    *self,
             gsize    size,
             gboolean in_chunks)
{
  g_autofree char *body = g_strnfill (size, 'x');

  if (in_chunks)
    endpoint_answer_in_chunks (self->endpoint, body);
  else
    endpoint_answer (self->endpoint, 200, body);

  post_start (self);
  if (size <= MAX_BODY_SIZE)
    post_assert_body (self, body);
  else
    post_assert_fails (self, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "over 1 MB");
}

static void
test_size (Post         *self,
           gconstpointer user_data)
{
  for (int in_chunks = 0; in_chunks < 2; in_chunks++)
    {
      assert_size (self, MAX_BODY_SIZE, in_chunks);
      assert_size (self, MAX_BODY_SIZE + 1, in_chunks);
      assert_size (self, 4 * MAX_BODY_SIZE, in_chunks);
    }

  /* Each was final */
  g_assert_cmpint (self->n_prepared, ==, 6);
}

/* --- Preparation --------------------------------------------------------- */

static void
test_cannot_prepare (Post         *self,
                     gconstpointer user_data)
{
  g_free (self->url);
  self->url = g_strdup ("nonsense");
  post_start (self);
  g_assert_null (self->result);
  post_assert_fails (self, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No URL");
  g_assert_cmpint (self->n_prepared, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  post_add ("/http-post/ok", test_ok);
  post_add ("/http-post/empty-body", test_empty_body);
  post_add ("/http-post/final-status", test_final_status);
  post_add ("/http-post/passing-status", test_passing_status);
  post_add ("/http-post/refusals", test_refusals);
  post_add ("/http-post/refusal-without-end", test_refusal_without_end);
  post_add ("/http-post/attempts-used-up", test_attempts_used_up);
  post_add ("/http-post/one-attempt", test_one_attempt);
  post_add ("/http-post/retry-after-seconds", test_retry_after_seconds);
  post_add ("/http-post/retry-after-date", test_retry_after_date);
  post_add ("/http-post/refused-then-up", test_refused_then_up);
  post_add ("/http-post/refused", test_refused);
  post_add ("/http-post/silent", test_silent);
  post_add ("/http-post/silent-then-refused", test_silent_then_refused);
  post_add ("/http-post/silent-then-ok", test_silent_then_ok);
  post_add ("/http-post/stops-midway", test_stops_midway);
  post_add ("/http-post/timer", test_timer);
  post_add ("/http-post/long-timer", test_long_timer);
  post_add ("/http-post/size", test_size);
  post_add ("/http-post/cannot-prepare", test_cannot_prepare);

  return g_test_run ();
}
