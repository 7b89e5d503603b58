/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "endpoint.h"

#include "wait.h"

#include "auth/pusher-http-authorizer-private.h"
#include "testing/wire/pusher-test-listener-private.h"

#include <stdarg.h>
#include <string.h>

#define SETTLE_PATH "/settle"

/* A client may give up in the middle of a body; the next request is not to use
 * that connection. */
#define LARGE (64 * 1024)

typedef struct
{
  char *request; /* nullable: any */
  guint status;  /* 0: none */
  char *header; /* nullable */
  char *value;
  char *body;
  gboolean in_chunks;
  gboolean silent; /* once it has sent what there is */
} Answer;

struct _Endpoint
{
  SoupServer *server; /* this and the following: NULL while it is stopped */
  PusherTestListener *listener;
  guint port;
  GQueue answers;
  GPtrArray *asked;            /* of char * */
  guint n_requests;
  SoupMessageHeaders *headers; /* of the last request */

  gboolean hold;
  GPtrArray *held; /* of SoupServerMessage, the oldest first */
  guint peak;      /* the most that were held at a time */
};

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_free (answer->request);
  g_free (answer->header);
  g_free (answer->value);
  g_free (answer->body);
  g_free (answer);
}

static void
send_answer (SoupServerMessage *message,
             const Answer      *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  if (answer->status != 0)
    soup_server_message_set_status (message, answer->status, NULL);
  if (answer->header != NULL)
    soup_message_headers_append (headers, answer->header, answer->value);
  if (answer->body != NULL && strlen (answer->body) > LARGE)
    soup_message_headers_replace (headers, "Connection", "close");
  if (answer->in_chunks)
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_CHUNKED);
  if (answer->body != NULL)
    soup_message_body_append (body, SOUP_MEMORY_COPY, answer->body, strlen (answer->body));

  if (answer->silent && answer->status == 0)
    soup_server_message_pause (message);
  else if (!answer->silent)
    soup_message_body_complete (body);
}

/* Returns: (transfer full): what it was told to do with this request */
static Answer *
take_answer (Endpoint   *self,
             const char *request)
{
  for (GList *link = self->answers.head; link != NULL; link = link->next)
    {
      Answer *answer = link->data;

      if (answer->request != NULL && g_strcmp0 (answer->request, request) != 0)
        continue;

      g_queue_delete_link (&self->answers, link);
      return answer;
    }

  g_error ("The endpoint did not expect “%s”", request);
}

static void
held_disconnected_cb (SoupServerMessage *message,
                      Endpoint          *self)
{
  g_signal_handlers_disconnect_by_data (message, self);
  g_ptr_array_remove (self->held, message);
}

static void
hold_request (Endpoint          *self,
              SoupServerMessage *message)
{
  soup_server_message_pause (message);
  g_ptr_array_add (self->held, g_object_ref (message));
  g_signal_connect (message, "disconnected", G_CALLBACK (held_disconnected_cb), self);
  self->peak = MAX (self->peak, self->held->len);
}

/* Returns: (transfer full): the path and the form, or what a GET has instead: the query */
static char *
describe (SoupServerMessage *message,
          const char        *path)
{
  g_autoptr (GBytes) form =
    soup_message_body_flatten (soup_server_message_get_request_body (message));

  if (g_str_equal (soup_server_message_get_method (message), "GET"))
    return g_strdup_printf ("%s?%s", path,
                            g_uri_get_query (soup_server_message_get_uri (message)));

  g_assert_cmpstr (soup_server_message_get_method (message), ==, "POST");

  return g_strdup_printf ("%s %.*s", path, (int) g_bytes_get_size (form),
                          (const char *) g_bytes_get_data (form, NULL));
}

static void
requested_cb (SoupServer        *server,
              SoupServerMessage *message,
              const char        *path,
              GHashTable        *query,
              gpointer           user_data)
{
  Endpoint *self = user_data;
  char *request;
  Answer *answer;

  if (g_str_equal (path, SETTLE_PATH))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      return;
    }

  request = describe (message, path);
  self->n_requests++;
  g_ptr_array_add (self->asked, request);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  self->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));

  if (self->hold)
    {
      hold_request (self, message);
      return;
    }

  answer = take_answer (self, request);
  send_answer (message, answer);
  answer_free (answer);
}

static void
start (Endpoint *self)
{
  g_autoptr (GError) error = NULL;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, requested_cb, self, NULL);
  self->listener = pusher_test_listener_new (self->server, self->port, &error);
  g_assert_no_error (error);
  self->port = pusher_test_listener_get_port (self->listener);
}

Endpoint *
endpoint_new (void)
{
  Endpoint *self = g_new0 (Endpoint, 1);

  g_queue_init (&self->answers);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  start (self);

  return self;
}

void
endpoint_free (Endpoint *self)
{
  if (self->server != NULL)
    endpoint_stop (self);
  g_assert_true (g_queue_is_empty (&self->answers));
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_ptr_array_unref (self->asked);
  g_ptr_array_unref (self->held);
  g_free (self);
}

/* From now on it refuses connections. */
void
endpoint_stop (Endpoint *self)
{
  g_clear_pointer (&self->listener, pusher_test_listener_free);
  soup_server_disconnect (self->server);
  g_assert_finalize_object (g_steal_pointer (&self->server));
}

void
endpoint_start_again (Endpoint *self)
{
  start (self);
}

char *
endpoint_get_url (Endpoint   *self,
                  const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", self->port, path);
}

PusherHttpAuthorizer *
endpoint_new_authorizer (Endpoint *self)
{
  g_autofree char *url = endpoint_get_url (self, "/auth");
  PusherHttpAuthorizer *authorizer = pusher_http_authorizer_new (url);

  pusher_http_authorizer_set_timeout (authorizer, FAKE_TIMEOUT);
  pusher_http_authorizer_set_max_attempts (authorizer, 3);
  pusher_http_authorizer_get_settings (authorizer)->policy.new_timer = fake_timer_new;

  return authorizer;
}

/* --- What it does -------------------------------------------------------- */

static Answer *
add_answer (Endpoint   *self,
            guint       status,
            const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->body = g_strdup (body);
  g_queue_push_tail (&self->answers, answer);

  return answer;
}

void
endpoint_answer (Endpoint   *self,
                 guint       status,
                 const char *body)
{
  add_answer (self, status, body);
}

void
endpoint_answer_with (Endpoint   *self,
                      guint       status,
                      const char *header,
                      const char *value,
                      const char *body)
{
  Answer *answer = add_answer (self, status, body);

  answer->header = g_strdup (header);
  answer->value = g_strdup (value);
}

/* Only to this request, with status 200. */
void
endpoint_answer_to (Endpoint   *self,
                    const char *request,
                    const char *body)
{
  add_answer (self, SOUP_STATUS_OK, body)->request = g_strdup (request);
}

/* Without telling before how long it will be. */
void
endpoint_answer_in_chunks (Endpoint   *self,
                           const char *body)
{
  add_answer (self, SOUP_STATUS_OK, body)->in_chunks = TRUE;
}

void
endpoint_be_silent (Endpoint *self)
{
  add_answer (self, 0, NULL)->silent = TRUE;
}

/* Begins to answer and then sends nothing more. */
void
endpoint_begin_and_stop (Endpoint   *self,
                         const char *body)
{
  Answer *answer = add_answer (self, SOUP_STATUS_OK, body);

  answer->in_chunks = TRUE;
  answer->silent = TRUE;
}

void
endpoint_hold (Endpoint *self,
               gboolean  hold)
{
  self->hold = hold;
}

guint
endpoint_get_n_held (Endpoint *self)
{
  return self->held->len;
}

guint
endpoint_get_peak (Endpoint *self)
{
  return self->peak;
}

/* The oldest ones. */
void
endpoint_release (Endpoint *self,
                  guint     n_requests)
{
  g_assert_cmpint (n_requests, <=, self->held->len);

  while (n_requests-- > 0)
    {
      g_autoptr (SoupServerMessage) message = g_ptr_array_steal_index (self->held, 0);
      Answer *answer = take_answer (self, NULL);

      g_signal_handlers_disconnect_by_data (message, self);
      send_answer (message, answer);
      answer_free (answer);
      soup_server_message_unpause (message);
    }
}

/* --- What it was asked --------------------------------------------------- */

void
endpoint_assert_asked_full (Endpoint   *self,
                            const char *file,
                            int         line,
                            const char *function,
                            ...)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autofree char *expected_text = NULL;
  g_autofree char *text = NULL;
  const char *request;
  va_list requests;

  va_start (requests, function);
  while ((request = va_arg (requests, const char *)) != NULL)
    g_ptr_array_add (expected, (char *) request);
  va_end (requests);

  g_ptr_array_add (expected, NULL);
  expected_text = g_strjoinv ("\n", (char **) expected->pdata);
  g_ptr_array_add (self->asked, NULL);
  text = g_strjoinv ("\n", (char **) self->asked->pdata);
  g_ptr_array_set_size (self->asked, 0);

  if (strcmp (text, expected_text) != 0)
    g_assertion_message_cmpstr (G_LOG_DOMAIN, file, line, function, "asked == expected",
                                text, "==", expected_text);
}

static int
compare_requests (gconstpointer one,
                  gconstpointer other)
{
  return strcmp (*(const char *const *) one, *(const char *const *) other);
}

void
endpoint_sort_asked (Endpoint *self)
{
  g_ptr_array_sort (self->asked, compare_requests);
}

guint
endpoint_get_n_requests (Endpoint *self)
{
  return self->n_requests;
}

/* Returns: (nullable): a header of the last request */
const char *
endpoint_get_header (Endpoint   *self,
                     const char *name)
{
  g_assert_nonnull (self->headers);

  return soup_message_headers_get_list (self->headers, name);
}

/* Lets happen what is on its way, before the test looks at what did not. */
void
endpoint_settle (Endpoint *self)
{
  g_autofree char *url = endpoint_get_url (self, SETTLE_PATH);

  settle_by (url);
}

/* --- Time ---------------------------------------------------------------- */

static GArray *waits; /* of gint64 */
static gboolean hold;
static GSource *held;
static GSource *timeout;
static guint n_attempts;

static void
clear_source (GSource **source)
{
  g_clear_pointer (source, g_source_unref);
}

GSource *
fake_timer_new (gint64 delay)
{
  GSource *source = g_timeout_source_new (0);

  g_source_set_ready_time (source, -1);
  if (delay == SECONDS (FAKE_TIMEOUT))
    {
      clear_source (&timeout);
      timeout = g_source_ref (source);
      n_attempts++;
      return source;
    }

  g_array_append_val (waits, delay);
  if (hold)
    {
      clear_source (&held);
      held = g_source_ref (source);
    }
  else
    {
      g_source_set_ready_time (source, 0);
    }

  return source;
}

void
fake_timers_reset (void)
{
  hold = FALSE;
  n_attempts = 0;
  clear_source (&held);
  clear_source (&timeout);
  g_clear_pointer (&waits, g_array_unref);
  waits = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/* Waits that begin from now on do not end by themselves. */
void
fake_timers_hold (void)
{
  hold = TRUE;
}

/* Whether there is such a wait, and it has not been given up. */
gboolean
fake_timers_is_held (void)
{
  return held != NULL && !g_source_is_destroyed (held);
}

/* Ends the wait that is held, and holds no more. */
void
fake_timers_release (void)
{
  g_assert_true (fake_timers_is_held ());
  g_source_set_ready_time (held, 0);
  clear_source (&held);
  hold = FALSE;
}

/* The endpoint has had its time. */
void
fake_timers_time_out (void)
{
  g_assert_nonnull (timeout);
  g_assert_false (g_source_is_destroyed (timeout));
  g_source_set_ready_time (timeout, 0);
  clear_source (&timeout);
}

guint
fake_timers_get_n_waits (void)
{
  return waits->len;
}

/* How many attempts have begun to take the time of the endpoint. */
guint
fake_timers_get_n_attempts (void)
{
  return n_attempts;
}

/* In µs. */
gint64
fake_timers_get_wait (guint index)
{
  g_assert_cmpint (index, <, waits->len);

  return g_array_index (waits, gint64, index);
}
