/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A backfill and its requests, alone. */

#include "backfill/pusher-backfill-private.h"
#include "event/pusher-event-private.h"

#include <pusher-glib/pusher.h>

#include <gio/gio.h>
#include <string.h>

/* --- Settings ------------------------------------------------------------ */

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *count)
{
  ++*count;
}

static void
test_settings (void)
{
  g_autoptr (PusherBackfill) backfill = pusher_backfill_new ();
  guint n_notified = 0;

  g_assert_cmpstr (pusher_backfill_get_id_pointer (backfill), ==, "/id");
  g_assert_false (pusher_backfill_get_client_events (backfill));
  g_assert_cmpuint (pusher_backfill_get_initial_count (backfill), ==, 0);
  g_assert_cmpuint (pusher_backfill_get_max_held_events (backfill), ==, 10000);
  g_assert_cmpuint (pusher_backfill_get_max_held_bytes (backfill), ==, 16 * 1024 * 1024);
  g_assert_cmpuint (pusher_backfill_get_max_concurrent (backfill), ==, 4);
  g_assert_cmpuint (pusher_backfill_get_max_attempts (backfill), ==, 6);
  g_assert_cmpuint (pusher_backfill_get_timeout (backfill), ==, 30);

  g_signal_connect (backfill, "notify", G_CALLBACK (count_cb), &n_notified);
  for (guint i = 0; i < 2; i++)
    {
      pusher_backfill_set_id_pointer (backfill, "/a/b");
      pusher_backfill_set_client_events (backfill, TRUE);
      pusher_backfill_set_initial_count (backfill, 1);
      pusher_backfill_set_max_held_events (backfill, 2);
      pusher_backfill_set_max_held_bytes (backfill, 3);
      pusher_backfill_set_max_concurrent (backfill, 4 + 1);
      pusher_backfill_set_max_attempts (backfill, 0);
      pusher_backfill_set_timeout (backfill, 7);
      g_assert_cmpuint (n_notified, ==, 8);
    }

  g_assert_cmpstr (pusher_backfill_get_id_pointer (backfill), ==, "/a/b");
  g_assert_true (pusher_backfill_get_client_events (backfill));
  g_assert_cmpuint (pusher_backfill_get_initial_count (backfill), ==, 1);
  g_assert_cmpuint (pusher_backfill_get_max_held_events (backfill), ==, 2);
  g_assert_cmpuint (pusher_backfill_get_max_held_bytes (backfill), ==, 3);
  g_assert_cmpuint (pusher_backfill_get_max_concurrent (backfill), ==, 5);
  g_assert_cmpuint (pusher_backfill_get_max_attempts (backfill), ==, 0);
  g_assert_cmpuint (pusher_backfill_get_timeout (backfill), ==, 7);
}

static void
test_properties (void)
{
  g_autoptr (PusherBackfill) backfill =
    g_object_new (PUSHER_TYPE_BACKFILL, "id-pointer", NULL, "client-events", TRUE,
                  "initial-count", 10u, "max-held-events", 20u, "max-held-bytes", (guint64) 30, "max-concurrent", 40u,
                  "max-attempts", 50u, "timeout", 60u, NULL);
  g_autofree char *id_pointer = NULL;
  gboolean client_events;
  guint numbers[5];
  guint64 max_held_bytes;

  g_object_get (backfill, "id-pointer", &id_pointer, "client-events", &client_events,
                "initial-count", &numbers[0],
                "max-held-events", &numbers[1], "max-held-bytes", &max_held_bytes,
                "max-concurrent", &numbers[2], "max-attempts", &numbers[3], "timeout",
                &numbers[4], NULL);
  g_assert_null (id_pointer);
  g_assert_true (client_events);
  g_assert_cmpuint (numbers[0], ==, 10);
  g_assert_cmpuint (numbers[1], ==, 20);
  g_assert_cmpuint (max_held_bytes, ==, 30);
  g_assert_cmpuint (numbers[2], ==, 40);
  g_assert_cmpuint (numbers[3], ==, 50);
  g_assert_cmpuint (numbers[4], ==, 60);
}

/* --- Ids ----------------------------------------------------------------- */

static void
assert_id (PusherBackfill *backfill,
           const char     *data,
           const char     *expected)
{
  g_autoptr (PusherEvent) event = pusher_event_new ("e", "channel", data, NULL);
  g_autofree char *id = pusher_backfill_identify (backfill, event);

  g_assert_cmpstr (id, ==, expected);
}

static void
test_ids (void)
{
  g_autoptr (PusherBackfill) backfill = pusher_backfill_new ();
  g_autofree char *longest = g_strnfill (512, 'a');
  g_autofree char *data = g_strdup_printf ("{\"id\": \"%s\"}", longest);
  g_autofree char *too_long = g_strdup_printf ("{\"id\": \"%sa\"}", longest);

  assert_id (backfill, "{\"id\": \"a\\\"b\"}", "a\"b");
  assert_id (backfill, "{\"id\": 12345678901234567890}", "12345678901234567890");
  assert_id (backfill, "{\"id\": -1.50}", "-1.50");
  assert_id (backfill, data, longest);

  assert_id (backfill, too_long, NULL);
  assert_id (backfill, "{\"id\": \"\"}", NULL);
  assert_id (backfill, "{\"id\": null}", NULL);
  assert_id (backfill, "{\"id\": true}", NULL);
  assert_id (backfill, "{\"id\": {\"id\": 1}}", NULL);
  assert_id (backfill, "{\"no\": 1}", NULL);
  assert_id (backfill, "[]", NULL);
  assert_id (backfill, "{", NULL);
  assert_id (backfill, NULL, NULL);

  pusher_backfill_set_id_pointer (backfill, "/meta/0/key");
  assert_id (backfill, "{\"meta\": [{\"key\": \"k\"}]}", "k");
  pusher_backfill_set_id_pointer (backfill, NULL);
  assert_id (backfill, "{\"id\": 1}", NULL);
}

static char *
identify_cb (PusherBackfill *backfill,
             PusherEvent    *event,
             const char     *id)
{
  return g_strdup (id);
}

static void
test_ids_of_handlers (void)
{
  g_autoptr (PusherBackfill) backfill = pusher_backfill_new ();
  gulong first;

  first = g_signal_connect (backfill, "identify", G_CALLBACK (identify_cb), NULL);
  assert_id (backfill, "{\"id\": 1}", "1");

  g_signal_connect (backfill, "identify", G_CALLBACK (identify_cb), (char *) "second");
  g_signal_connect (backfill, "identify", G_CALLBACK (identify_cb), (char *) "third");
  assert_id (backfill, "{\"id\": 1}", "second");

  /* What is no id is none, whoever says so. */
  g_signal_handler_disconnect (backfill, first);
  g_signal_connect (backfill, "identify", G_CALLBACK (identify_cb), NULL);
  g_signal_handlers_disconnect_by_data (backfill, (char *) "second");
  g_signal_handlers_disconnect_by_data (backfill, (char *) "third");
  g_signal_connect (backfill, "identify", G_CALLBACK (identify_cb), (char *) "\xff");
  assert_id (backfill, "{\"id\": 1}", NULL);
}

static char *
identify_as_class (PusherBackfill *backfill,
                   PusherEvent    *event)
{
  return g_strdup ("class");
}

static void
override_identify (gpointer klass,
                   gpointer class_data)
{
  PUSHER_BACKFILL_CLASS (klass)->identify = identify_as_class;
}

static void
override_handler (gpointer klass,
                  gpointer class_data)
{
  g_signal_override_class_handler ("identify", G_TYPE_FROM_CLASS (klass),
                                   G_CALLBACK (identify_as_class));
}

static PusherBackfill *
make_derived (const char     *name,
              GClassInitFunc  class_init)
{
  GType type = g_type_register_static_simple (PUSHER_TYPE_BACKFILL, name,
                                              sizeof (PusherBackfillClass), class_init,
                                              sizeof (PusherBackfill), NULL, 0);

  return g_object_new (type, NULL);
}

/* In either of the ways that GObject has. */
static void
test_ids_of_classes (void)
{
  g_autoptr (PusherBackfill) by_member = make_derived ("ByMember", override_identify);
  g_autoptr (PusherBackfill) by_handler = make_derived ("ByHandler", override_handler);

  assert_id (by_member, "{\"id\": 1}", "class");
  assert_id (by_handler, "{\"id\": 1}", "class");
  g_signal_connect (by_handler, "identify", G_CALLBACK (identify_cb), (char *) "handler");
  assert_id (by_handler, "{\"id\": 1}", "handler");
}

/* --- Requests ------------------------------------------------------------ */

typedef struct
{
  PusherBackfillRequest *request;
  guint n_answers;
  GString *events; /* "name=data#id" */
  gboolean more;
  GError *error;
  gboolean may_pass;
} Asker;

static void
done (gpointer          user_data,
      PusherHeldEvents *events,
      gboolean          more,
      const GError     *error,
      gboolean          may_pass)
{
  Asker *self = user_data;

  self->n_answers++;
  self->more = more;
  self->may_pass = may_pass;
  self->error = error != NULL ? g_error_copy (error) : NULL;
  for (GList *link = events->events.head; link != NULL; link = link->next)
    {
      PusherHeldEvent *held = link->data;

      g_assert_cmpstr (pusher_event_get_channel_name (held->event), ==, "channel");
      g_string_append_printf (self->events, "%s%s=%s#%s", self->events->len > 0 ? " " : "",
                              pusher_event_get_name (held->event),
                              pusher_event_get_data (held->event), held->id);
    }
}

static void
asker_set_up (Asker        *self,
              gconstpointer user_data)
{
  self->events = g_string_new (NULL);
  self->request = pusher_backfill_request_new ("channel", "7", 3, done, self);
}

static void
asker_tear_down (Asker        *self,
                 gconstpointer user_data)
{
  g_clear_object (&self->request);
  g_clear_error (&self->error);
  g_string_free (self->events, TRUE);
}

static void
test_answer (Asker        *self,
             gconstpointer user_data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No");
  g_autofree char *too_long = g_strnfill (513, 'a');

  pusher_backfill_request_add (self->request, "a", "1", "one");
  pusher_backfill_request_add (self->request, "b", NULL, NULL);
  pusher_backfill_request_add (self->request, "c", "", "");
  pusher_backfill_request_add (self->request, "d", "{}", too_long);
  g_assert_cmpuint (self->n_answers, ==, 0);
  pusher_backfill_request_complete (self->request, TRUE);
  g_assert_cmpuint (self->n_answers, ==, 1);
  g_assert_cmpstr (self->events->str, ==, "a=1#one b=(null)#(null) c=#(null) d={}#(null)");
  g_assert_true (self->more);
  g_assert_no_error (self->error);

  /* Once */
  pusher_backfill_request_add (self->request, "e", "1", "one");
  pusher_backfill_request_complete (self->request, FALSE);
  pusher_backfill_request_fail (self->request, error);
  pusher_backfill_request_fail_for_now (self->request, error);
  g_assert_cmpuint (self->n_answers, ==, 1);
}

static void
test_failure (Asker        *self,
              gconstpointer user_data)
{
  gboolean for_now = GPOINTER_TO_INT (user_data);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No");

  pusher_backfill_request_add (self->request, "a", "1", "one");
  if (for_now)
    pusher_backfill_request_fail_for_now (self->request, error);
  else
    pusher_backfill_request_fail (self->request, error);
  g_assert_cmpuint (self->n_answers, ==, 1);
  g_assert_error (self->error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (self->may_pass, ==, for_now);
  g_assert_cmpstr (self->events->str, ==, "");
  pusher_backfill_request_complete (self->request, FALSE);
  g_assert_cmpuint (self->n_answers, ==, 1);
}

static void
test_malformed (Asker        *self,
                gconstpointer user_data)
{
  const char *const *event = user_data;

  pusher_backfill_request_add (self->request, "a", "1", "one");
  pusher_backfill_request_add (self->request, event[0], event[1], event[2]);
  pusher_backfill_request_complete (self->request, FALSE);
  g_assert_cmpuint (self->n_answers, ==, 1);
  g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_BACKFILL);
  g_assert_false (self->may_pass);
  g_assert_cmpstr (self->events->str, ==, "");
}

static void
test_dropped (Asker        *self,
              gconstpointer user_data)
{
  pusher_backfill_request_add (self->request, "a", "1", "one");
  g_clear_object (&self->request);
  g_assert_cmpuint (self->n_answers, ==, 1);
  g_assert_error (self->error, PUSHER_ERROR, PUSHER_ERROR_BACKFILL);
  g_assert_true (self->may_pass);
  g_assert_cmpstr (self->events->str, ==, "");
}

static void
test_closed (Asker        *self,
             gconstpointer user_data)
{
  pusher_backfill_request_add (self->request, "a", "1", "one");
  g_assert_true (pusher_backfill_request_is_open (self->request));
  pusher_backfill_request_close (self->request);
  g_assert_false (pusher_backfill_request_is_open (self->request));
  pusher_backfill_request_complete (self->request, FALSE);
  g_clear_object (&self->request);
  g_assert_cmpuint (self->n_answers, ==, 0);
}

static void
test_request_properties (Asker        *self,
                         gconstpointer user_data)
{
  g_autofree char *channel_name = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  guint last;

  g_object_get (self->request, "channel-name", &channel_name, "after", &after, "last", &last,
                "cancellable", &cancellable, NULL);
  g_assert_cmpstr (channel_name, ==, "channel");
  g_assert_cmpstr (after, ==, "7");
  g_assert_cmpuint (last, ==, 3);
  g_assert_true (cancellable == pusher_backfill_request_get_cancellable (self->request));
  g_assert_cmpstr (pusher_backfill_request_get_channel_name (self->request), ==, "channel");
  g_assert_cmpstr (pusher_backfill_request_get_after (self->request), ==, "7");
  g_assert_cmpuint (pusher_backfill_request_get_last (self->request), ==, 3);
}

/* What is too much is asked for again. */
static void
test_page_bound (Asker        *self,
                 gconstpointer user_data)
{
  for (guint i = 0; i < PUSHER_BACKFILL_MAX_PAGE_EVENTS; i++)
    pusher_backfill_request_add (self->request, "a", "1", "2");
  pusher_backfill_request_add (self->request, "too-much", NULL, NULL);
  pusher_backfill_request_complete (self->request, FALSE);
  g_assert_true (self->more);
  g_assert_null (strstr (self->events->str, "too-much"));
  g_assert_cmpuint (self->events->len, ==, 6 * PUSHER_BACKFILL_MAX_PAGE_EVENTS - 1);
}

static void
test_page_bound_of_bytes (Asker        *self,
                          gconstpointer user_data)
{
  g_autofree char *data = g_strnfill (PUSHER_BACKFILL_MAX_PAGE_BYTES / 2, '1');

  /* The one that goes over it is taken: there has to be progress. */
  for (guint i = 0; i < 4; i++)
    pusher_backfill_request_add (self->request, "a", data, "2");
  pusher_backfill_request_complete (self->request, FALSE);
  g_assert_true (self->more);
  g_assert_cmpuint (self->events->len, <=, PUSHER_BACKFILL_MAX_PAGE_BYTES + 100);
  g_assert_cmpuint (self->events->len, >=, PUSHER_BACKFILL_MAX_PAGE_BYTES);
}

#define asker_add(path, data, test) \
  g_test_add (path, Asker, data, asker_set_up, test, asker_tear_down)

int
main (int   argc,
      char *argv[])
{
  static const char *const no_name[] = { "", "{}", "1" };
  static const char *const null_name[] = { NULL, "{}", "1" };
  static const char *const bad_name[] = { "\xff", "{}", "1" };
  static const char *const bad_data[] = { "a", "\xff", "1" };
  static const char *const bad_id[] = { "a", "{}", "\xff" };

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/backfill/settings", test_settings);
  g_test_add_func ("/backfill/properties", test_properties);
  g_test_add_func ("/backfill/ids", test_ids);
  g_test_add_func ("/backfill/ids/of-handlers", test_ids_of_handlers);
  g_test_add_func ("/backfill/ids/of-classes", test_ids_of_classes);

  asker_add ("/backfill-request/answer", NULL, test_answer);
  asker_add ("/backfill-request/fail", GINT_TO_POINTER (FALSE), test_failure);
  asker_add ("/backfill-request/fail-for-now", GINT_TO_POINTER (TRUE), test_failure);
  asker_add ("/backfill-request/malformed/no-name", no_name, test_malformed);
  asker_add ("/backfill-request/malformed/null-name", null_name, test_malformed);
  asker_add ("/backfill-request/malformed/name", bad_name, test_malformed);
  asker_add ("/backfill-request/malformed/data", bad_data, test_malformed);
  asker_add ("/backfill-request/malformed/id", bad_id, test_malformed);
  asker_add ("/backfill-request/dropped", NULL, test_dropped);
  asker_add ("/backfill-request/closed", NULL, test_closed);
  asker_add ("/backfill-request/properties", NULL, test_request_properties);
  asker_add ("/backfill-request/bound", NULL, test_page_bound);
  asker_add ("/backfill-request/bound/bytes", NULL, test_page_bound_of_bytes);

  return g_test_run ();
}
