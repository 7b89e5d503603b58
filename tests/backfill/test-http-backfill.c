/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A backfill that asks a server. */

#include "endpoint.h"
#include "wait.h"

#include "backfill/pusher-backfill-private.h"
#include "backfill/pusher-http-backfill-private.h"
#include "backfill/pusher-uri-template-private.h"

#include <pusher-glib/pusher.h>

#include <string.h>

typedef struct
{
  Endpoint *endpoint;
  PusherHttpBackfill *backfill;
  PusherBackfillRequest *request;
  guint n_answers;
  GString *events;
  gboolean more;
  gboolean may_pass;
  GError *error;
} Store;

static void
done (gpointer          user_data,
      PusherHeldEvents *events,
      gboolean          more,
      const GError     *error,
      gboolean          may_pass)
{
  Store *self = user_data;

  self->n_answers++;
  self->more = more;
  self->may_pass = may_pass;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
  for (GList *link = events->events.head; link != NULL; link = link->next)
    {
      PusherHeldEvent *held = link->data;

      g_string_append_printf (self->events, "%s%s=%s#%s", self->events->len > 0 ? " " : "",
                              pusher_event_get_name (held->event),
                              pusher_event_get_data (held->event), held->id);
    }
}

static void
set_up (Store        *self,
        gconstpointer user_data)
{
  g_autofree char *url = NULL;
  g_autofree char *template = NULL;
  PusherHttpSettings *settings;

  self->endpoint = endpoint_new ();
  url = endpoint_get_url (self->endpoint, "/events");
  template = g_strconcat (url, "{?channel,after,last}", NULL);
  self->backfill = pusher_http_backfill_new (template);
  self->events = g_string_new (NULL);
  fake_timers_reset ();
  settings = pusher_http_backfill_get_settings (self->backfill);
  settings->policy.new_timer = fake_timer_new;
  pusher_backfill_set_timeout (PUSHER_BACKFILL (self->backfill), FAKE_TIMEOUT);
}

static void
tear_down (Store        *self,
           gconstpointer user_data)
{
  g_clear_object (&self->request);
  endpoint_settle (self->endpoint);
  g_assert_finalize_object (self->backfill);
  endpoint_free (self->endpoint);
  g_string_free (self->events, TRUE);
  g_clear_error (&self->error);
}

#define store_add(path, data, test) \
  g_test_add (path, Store, data, set_up, test, tear_down)

static void
begin (Store      *self,
       const char *after,
       guint       last)
{
  g_clear_object (&self->request);
  self->request = pusher_backfill_request_new ("private-a b", after, last, done, self);
  g_assert_true (pusher_backfill_fetch (PUSHER_BACKFILL (self->backfill), self->request));
}

static void
ask (Store      *self,
     const char *after,
     guint       last)
{
  guint n_answers = self->n_answers;

  g_string_truncate (self->events, 0);
  begin (self, after, last);
  wait_until (self->n_answers > n_answers);
  g_assert_false (pusher_backfill_request_is_queued (self->request));
}

/* --- What is asked ------------------------------------------------------- */

static void
test_url (Store        *self,
          gconstpointer user_data)
{
  for (guint i = 0; i < 3; i++)
    endpoint_answer (self->endpoint, 200, "[]");
  ask (self, "4/ü?&=", 0);
  ask (self, NULL, 12);
  ask (self, NULL, 0);
  endpoint_assert_asked (self->endpoint,
                         "/events?channel=private-a%20b&after=4%2F%C3%BC%3F%26%3D",
                         "/events?channel=private-a%20b&last=12", "/events?channel=private-a%20b");
  g_assert_no_error (self->error);
}

static void
assert_expanded (const char *template,
                 const char *expected)
{
  const PusherUriVariable variables[] = { { "a", "1 /" }, { "none", NULL }, { "b", "2" } };
  g_autofree char *uri =
    pusher_uri_template_expand (template, variables, G_N_ELEMENTS (variables));

  g_assert_cmpstr (uri, ==, expected);
}

static void
test_template (void)
{
  assert_expanded ("http://x/", "http://x/");
  assert_expanded ("http://x/{a}/{none}/{b}", "http://x/1%20%2F//2");
  assert_expanded ("{a,none,b}", "1%20%2F,2");
  assert_expanded ("x{?a,none,b}", "x?a=1%20%2F&b=2");
  assert_expanded ("x?y=1{&none,b}#z", "x?y=1&b=2#z");
  assert_expanded ("x{?none}", "x");
  assert_expanded ("x{unknown}{?unknown}{}", "x");
  assert_expanded ("x{a", NULL);
  assert_expanded ("x}{a}", "x}1%20%2F");
}

static void
test_bad_url (Store        *self,
              gconstpointer user_data)
{
  pusher_http_backfill_set_url (self->backfill, user_data);
  ask (self, "1", 0);
  g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS);
  g_assert_false (self->may_pass);
}

static void
prepare_cb (PusherHttpBackfill    *backfill,
            PusherBackfillRequest *request,
            SoupMessage           *message,
            Store                 *self)
{
  g_assert_true (request == self->request);
  soup_message_headers_replace (soup_message_get_request_headers (message), "X-Prepared", "yes");
}

static void
test_headers (Store        *self,
              gconstpointer user_data)
{
  pusher_http_backfill_set_header (self->backfill, "X-A", "1");
  pusher_http_backfill_set_header (self->backfill, "X-B", "2");
  pusher_http_backfill_set_header (self->backfill, "X-B", NULL);
  pusher_http_backfill_set_username (self->backfill, "user");
  pusher_http_backfill_set_password (self->backfill, "pass");
  g_signal_connect (self->backfill, "prepare", G_CALLBACK (prepare_cb), self);
  endpoint_answer (self->endpoint, 200, "[]");
  ask (self, "1", 0);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "X-A"), ==, "1");
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "X-B"), ==, NULL);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "X-Prepared"), ==, "yes");
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Accept"), ==, "application/json");
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Authorization"), ==,
                   "Basic dXNlcjpwYXNz");
}

/* --- What is answered ---------------------------------------------------- */

static void
test_answers (Store        *self,
              gconstpointer user_data)
{
  static const struct
  {
    const char *body;
    const char *events;
    gboolean more;
  } answers[] = {
    { "[]", "", FALSE },
    { " [ {\"id\": 1, \"name\": \"e\", \"data\": {\"a\" : 1}} ] ", "e={\"a\" : 1}#1", TRUE },
    { "{\"events\": [{\"id\": \"x\\\"y\", \"name\": \"\\u00fc\", \"data\": \"{\\\"a\\\":1}\"},"
      "{\"name\": \"f\"}], \"more\": false}", "ü={\"a\":1}#x\"y f=(null)#(null)", FALSE },
    { "{\"events\": [], \"more\": true}", "", TRUE },
    { "{\"events\": [{\"name\": \"e\", \"data\": null}]}", "e=(null)#(null)", TRUE },
    { "{\"events\": [{\"name\": \"e\", \"data\": 1.50}], \"more\": null}",
      "e=1.50#(null)", FALSE },
    { "{\"events\": [{\"id\": true, \"name\": \"e\", \"data\": false}], \"more\": 1}",
      "e=false#(null)", TRUE },
    { "{\"events\": [], \"more\": \"http://next\"}", "", TRUE },
    { "{\"events\": [], \"more\": \"\"}", "", FALSE },
    { "{\"events\": [], \"more\": 0.0}", "", FALSE },
    { "{\"events\": [], \"more\": -0.5}", "", TRUE },
    { "{\"events\": [], \"more\": {}}", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_test_message ("%s", answers[i].body);
      endpoint_answer (self->endpoint, 200, answers[i].body);
      ask (self, "0", 0);
      g_assert_no_error (self->error);
      g_assert_cmpstr (self->events->str, ==, answers[i].events);
      g_assert_cmpint (self->more, ==, answers[i].more);
    }
}

static void
test_last_ones_are_all (Store        *self,
                        gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 200, "[{\"id\": 1, \"name\": \"e\"}]");
  ask (self, NULL, 1);
  g_assert_false (self->more);
  endpoint_answer (self->endpoint, 200, "{\"events\":[{\"id\": 1, \"name\": \"e\"}],\"more\":1}");
  ask (self, NULL, 1);
  g_assert_true (self->more);
}

static void
test_pointers (Store        *self,
               gconstpointer user_data)
{
  g_object_set (self->backfill, "events-pointer", "/page/0", "more-pointer", "/next",
                "item-id-pointer", "/meta/key", "item-name-pointer", "/type", "item-data-pointer",
                "", NULL);
  endpoint_answer (self->endpoint, 200,
                   "{\"page\": [[{\"meta\": {\"key\": 7}, \"type\": \"t\"}]], \"next\": \"/2\"}");
  ask (self, "0", 0);
  g_assert_cmpstr (self->events->str, ==, "t={\"meta\": {\"key\": 7}, \"type\": \"t\"}#7");
  g_assert_true (self->more);

  pusher_http_backfill_set_more_pointer (self->backfill, NULL);
  pusher_http_backfill_set_item_id_pointer (self->backfill, NULL);
  pusher_http_backfill_set_item_data_pointer (self->backfill, NULL);
  endpoint_answer (self->endpoint, 200, "{\"page\": [[{\"type\": \"t\"}]], \"next\": false}");
  ask (self, "0", 0);
  g_assert_cmpstr (self->events->str, ==, "t=(null)#(null)");
  g_assert_true (self->more);

  pusher_http_backfill_set_item_name_pointer (self->backfill, NULL);
  endpoint_answer (self->endpoint, 200, "{\"page\": [[{\"type\": \"t\"}]]}");
  ask (self, "0", 0);
  g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_BACKFILL);
  pusher_http_backfill_set_events_pointer (self->backfill, NULL);
  endpoint_answer (self->endpoint, 200, "{\"page\": []}");
  ask (self, "0", 0);
  g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_BACKFILL);
}

static void
test_no_list (Store        *self,
              gconstpointer user_data)
{
  static const char *const bodies[] = {
    "", "[", "1", "null", "\"[]\"", "{}", "{\"events\": {}}", "{\"events\": null}", "[1]", "[[]]",
    "[{\"id\": 1}]", "[{\"name\": \"\"}]", "[{\"name\": 1}]", "[{\"name\": \"e\"}] x",
    "[{\"name\": \"e\"}, {}]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_test_message ("%s", bodies[i]);
      endpoint_answer (self->endpoint, 200, bodies[i]);
      ask (self, "0", 0);
      g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_BACKFILL);
      g_assert_false (self->may_pass);
      g_assert_cmpstr (self->events->str, ==, "");
    }
}

/* --- Trouble ------------------------------------------------------------- */

static void
test_statuses (Store        *self,
               gconstpointer user_data)
{
  static const struct
  {
    guint status;
    gboolean may_pass;
  } statuses[] = {
    { 400, FALSE }, { 401, FALSE }, { 403, FALSE }, { 404, FALSE }, { 408, TRUE }, { 410, FALSE },
    { 429, TRUE }, { 500, TRUE }, { 503, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      endpoint_answer (self->endpoint, statuses[i].status, "{\"message\": \"Why\"}");
      ask (self, "0", 0);
      g_assert_error (self->error, PUSHER_HTTP_ERROR, (int) statuses[i].status);
      g_assert_nonnull (strstr (self->error->message, "The store of events"));
      g_assert_nonnull (strstr (self->error->message, "Why"));
      g_assert_cmpint (self->may_pass, ==, statuses[i].may_pass);
    }
  g_assert_cmpuint (endpoint_get_n_requests (self->endpoint), ==, G_N_ELEMENTS (statuses));
}

/* Until then nothing is asked, and the time of a request has not begun. */
static void
test_retry_after (Store        *self,
                  gconstpointer user_data)
{
  fake_timers_hold ();
  endpoint_answer_with (self->endpoint, 503, "Retry-After", "60", "");
  ask (self, "0", 0);
  g_assert_true (self->may_pass);
  begin (self, "0", 0);
  endpoint_settle (self->endpoint);
  g_assert_true (pusher_backfill_request_is_queued (self->request));
  g_assert_cmpuint (self->n_answers, ==, 1);
  endpoint_answer (self->endpoint, 200, "[]");
  fake_timers_release ();
  wait_until (self->n_answers == 2);
  g_assert_no_error (self->error);
}

static void
test_unreachable (Store        *self,
                  gconstpointer user_data)
{
  endpoint_stop (self->endpoint);
  ask (self, "0", 0);
  g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (self->error->message, "the store of events"));
  g_assert_true (self->may_pass);
  endpoint_start_again (self->endpoint);
}

static void
test_silent (Store        *self,
             gconstpointer user_data)
{
  endpoint_be_silent (self->endpoint);
  begin (self, "0", 0);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  fake_timers_time_out ();
  wait_until (self->n_answers == 1);
  g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_TIMEOUT);
  g_assert_nonnull (strstr (self->error->message, "The store of events"));
  g_assert_true (self->may_pass);
}

static void
test_redirects (Store        *self,
                gconstpointer user_data)
{
  endpoint_answer_with (self->endpoint, 302, "Location", "/there?q", "");
  endpoint_answer (self->endpoint, 200, "[]");
  ask (self, "0", 0);
  g_assert_no_error (self->error);
  endpoint_assert_asked (self->endpoint, "/events?channel=private-a%20b&after=0", "/there?q");

  endpoint_answer_with (self->endpoint, 302, "Location", "http://example.com/", "");
  ask (self, "0", 0);
  g_assert_error (self->error, PUSHER_HTTP_ERROR, 302);
  g_assert_nonnull (strstr (self->error->message, "The store of events redirects to another"));
  endpoint_answer_with (self->endpoint, 302, "Location", "http://", "");
  ask (self, "0", 0);
  g_assert_nonnull (strstr (self->error->message, "The store of events redirects to nowhere"));
  for (guint i = 0; i < 6; i++)
    endpoint_answer_with (self->endpoint, 302, "Location", "/events", "");
  ask (self, "0", 0);
  g_assert_nonnull (strstr (self->error->message, "The store of events redirects more than 5"));
}

static void
test_size (Store        *self,
           gconstpointer user_data)
{
  g_autofree char *space = g_strnfill (PUSHER_HTTP_MAX_BACKFILL_SIZE - 2, ' ');
  g_autofree char *most = g_strconcat ("[", space, "]", NULL);
  g_autofree char *too_much = g_strconcat ("[", space, " ]", NULL);

  endpoint_answer (self->endpoint, 200, most);
  ask (self, "0", 0);
  g_assert_no_error (self->error);
  endpoint_answer (self->endpoint, 200, too_much);
  ask (self, "0", 0);
  g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_BACKFILL);
  g_assert_false (self->may_pass);
}

static gboolean
renew_cb (PusherHttpBackfill *backfill,
          guint               status,
          guint              *n_renewed)
{
  ++*n_renewed;
  pusher_http_backfill_set_header (backfill, "Authorization", "Bearer new");
  pusher_http_backfill_renewed (backfill);

  return TRUE;
}

static void
test_renewal (Store        *self,
              gconstpointer user_data)
{
  guint n_renewed = 0;

  g_signal_connect (self->backfill, "renew", G_CALLBACK (renew_cb), &n_renewed);
  endpoint_answer (self->endpoint, 401, "");
  endpoint_answer (self->endpoint, 200, "[]");
  ask (self, "0", 0);
  g_assert_no_error (self->error);
  g_assert_cmpuint (n_renewed, ==, 1);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "Authorization"), ==, "Bearer new");

  pusher_http_backfill_set_expires_at (self->backfill, 1);
  g_assert_cmpint (pusher_http_backfill_get_expires_at (self->backfill), ==, 1);
  endpoint_answer (self->endpoint, 200, "[]");
  ask (self, "0", 0);
  g_assert_cmpuint (n_renewed, ==, 2);
}

static void
test_cancelled (Store        *self,
                gconstpointer user_data)
{
  endpoint_hold (self->endpoint, TRUE);
  begin (self, "0", 0);
  wait_until (endpoint_get_n_held (self->endpoint) == 1);
  pusher_backfill_request_close (self->request);
  g_cancellable_cancel (pusher_backfill_request_get_cancellable (self->request));
  endpoint_answer (self->endpoint, 200, "[]");
  endpoint_release (self->endpoint, 1);
  endpoint_settle (self->endpoint);
  g_assert_cmpuint (self->n_answers, ==, 0);
}

/* --- Settings ------------------------------------------------------------ */

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  ++*count;
}

static void
test_settings (Store        *self,
               gconstpointer user_data)
{
  static const char *const names[] = {
    "url", "username", "events-pointer", "more-pointer", "item-id-pointer", "item-name-pointer",
    "item-data-pointer",
  };
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupSession) got = NULL;
  guint n_notified = 0;

  g_assert_cmpstr (pusher_http_backfill_get_events_pointer (self->backfill), ==, "/events");
  g_assert_cmpstr (pusher_http_backfill_get_more_pointer (self->backfill), ==, "/more");
  g_assert_cmpstr (pusher_http_backfill_get_item_id_pointer (self->backfill), ==, "/id");
  g_assert_cmpstr (pusher_http_backfill_get_item_name_pointer (self->backfill), ==, "/name");
  g_assert_cmpstr (pusher_http_backfill_get_item_data_pointer (self->backfill), ==, "/data");
  g_assert_null (pusher_http_backfill_get_username (self->backfill));
  g_assert_true (SOUP_IS_SESSION (pusher_http_backfill_get_session (self->backfill)));

  g_signal_connect (self->backfill, "notify", G_CALLBACK (count_cb), &n_notified);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = NULL;

      g_object_set (self->backfill, names[i], "/new", NULL);
      g_object_set (self->backfill, names[i], "/new", NULL);
      g_assert_cmpuint (n_notified, ==, i + 1);
      g_object_get (self->backfill, names[i], &value, NULL);
      g_assert_cmpstr (value, ==, "/new");
    }
  g_assert_cmpstr (pusher_http_backfill_get_url (self->backfill), ==, "/new");
  g_assert_cmpstr (pusher_http_backfill_get_username (self->backfill), ==, "/new");

  n_notified = 0;
  pusher_http_backfill_set_session (self->backfill, session);
  pusher_http_backfill_set_session (self->backfill, session);
  g_object_set (self->backfill, "password", "secret", NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_get (self->backfill, "session", &got, NULL);
  g_assert_true (got == session);
  pusher_http_backfill_set_session (self->backfill, NULL);
  g_assert_true (pusher_http_backfill_get_session (self->backfill) != session);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  store_add ("/http-backfill/url", NULL, test_url);
  g_test_add_func ("/http-backfill/url/template", test_template);
  store_add ("/http-backfill/url/none", NULL, test_bad_url);
  store_add ("/http-backfill/url/no-http", "ftp://example.com/", test_bad_url);
  store_add ("/http-backfill/url/unclosed", "http://example.com/{after", test_bad_url);
  store_add ("/http-backfill/headers", NULL, test_headers);
  store_add ("/http-backfill/answers", NULL, test_answers);
  store_add ("/http-backfill/answers/last-ones", NULL, test_last_ones_are_all);
  store_add ("/http-backfill/answers/pointers", NULL, test_pointers);
  store_add ("/http-backfill/answers/no-list", NULL, test_no_list);
  store_add ("/http-backfill/statuses", NULL, test_statuses);
  store_add ("/http-backfill/retry-after", NULL, test_retry_after);
  store_add ("/http-backfill/unreachable", NULL, test_unreachable);
  store_add ("/http-backfill/silent", NULL, test_silent);
  store_add ("/http-backfill/redirects", NULL, test_redirects);
  store_add ("/http-backfill/size", NULL, test_size);
  store_add ("/http-backfill/renewal", NULL, test_renewal);
  store_add ("/http-backfill/cancelled", NULL, test_cancelled);
  store_add ("/http-backfill/settings", NULL, test_settings);

  return g_test_run ();
}
