/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-store-private.h"

#include "pusher-test-properties-private.h"
#include "testing/backend/pusher-test-delays-private.h"
#include "testing/backend/pusher-test-http-private.h"

#define PATH "/pusher/events"

#define FIELD(name) G_STRUCT_OFFSET (PusherTestStore, name)

/**
 * PusherTestStore:
 *
 * What the server of the application that is tested remembers of the events that were
 * published, for clients that have missed some: see [property@PusherTest.Server:store].
 *
 * It keeps the events of the channels that [method@PusherTest.Store.keep] names, of the
 * default app. Each has an id, which is the member `id` of its data, a string or a number.
 * Where [method@PusherTest.Server.publish] or the REST interface publishes an object without
 * one, the store puts the next number there, and the clients get it like that. What is
 * no object, or what the sender has encrypted, is not kept; client events are if they have an
 * id.
 *
 * [property@PusherTest.Store:endpoint] answers to GET with the parameters of a query:
 * `channel`; `after`, the id of the last event that the client has; `last`, a number of events
 * from the end; `limit`, how many the answer may have. Without `after` and `last` it begins
 * with the first event. The answer is a JSON object:
 *
 * ```json
 * {"events": [{"id": 7, "name": "said", "data": "{\"id\":7,\"text\":\"Hi\"}"}], "more": false}
 * ```
 *
 * The HTTP status is 404 for a channel that is not kept and an id that there never was, and
 * 410 for one that the store has forgotten.
 *
 * It fails on demand: [method@PusherTest.Store.set_page_size],
 * [method@PusherTest.Store.skip_ids], [method@PusherTest.Store.lose],
 * [method@PusherTest.Store.forget], [method@PusherTest.Store.set_status],
 * [method@PusherTest.Store.set_delay_ms], [method@PusherTest.Store.set_body].
 *
 * Since: 1.0
 */
struct _PusherTestStore
{
  GObject parent_instance;

  PusherTestApp *app;            /* nullable: NULL if there is no server */
  PusherTestEventStore *nothing; /* in place of what the app has */
  char *endpoint;                /* nullable */
  guint n_requests;
  guint page_size; /* 0 for any number */
  guint status;    /* 0 for the right one */
  guint delay;     /* ms; %G_MAXUINT for ever */
  char *body;      /* nullable: NULL for the right one */
  PusherTestDelays *delays;
};

G_DEFINE_FINAL_TYPE (PusherTestStore, pusher_test_store, G_TYPE_OBJECT)

static const PusherTestProperty properties[] = {
  /**
   * PusherTestStore:endpoint: (getter get_endpoint)
   *
   * The URL where clients ask for events; %NULL while [property@PusherTest.Server:port] is 0.
   *
   * Since: 1.0
   */
  { "endpoint", G_TYPE_STRING, .field = FIELD (endpoint) },

  /**
   * PusherTestStore:n-requests: (getter get_n_requests)
   *
   * How often clients have asked, since the server was made.
   *
   * Since: 1.0
   */
  { "n-requests", G_TYPE_UINT, .field = FIELD (n_requests) },
};

static guint requested_signal;

static void
pusher_test_store_dispose (GObject *object)
{
  pusher_test_store_close (PUSHER_TEST_STORE (object));

  G_OBJECT_CLASS (pusher_test_store_parent_class)->dispose (object);
}

static void
pusher_test_store_finalize (GObject *object)
{
  PusherTestStore *self = PUSHER_TEST_STORE (object);

  pusher_test_delays_free (self->delays);
  pusher_test_event_store_free (self->nothing);
  g_clear_object (&self->app);
  g_free (self->endpoint);
  g_free (self->body);

  G_OBJECT_CLASS (pusher_test_store_parent_class)->finalize (object);
}

static void
pusher_test_store_class_init (PusherTestStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pusher_test_store_dispose;
  object_class->finalize = pusher_test_store_finalize;
  pusher_test_properties_install (object_class, 0, properties, G_N_ELEMENTS (properties));

  /**
   * PusherTestStore::requested:
   * @self: the store
   * @channel: the name of the channel
   * @after: (nullable): the id of the last event that the client has
   * @last: how many of the last events it asks for, or 0
   *
   * Emitted when a client has asked for events, before it is answered.
   *
   * Since: 1.0
   */
  requested_signal =
    g_signal_new ("requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_UINT);
}

static void
pusher_test_store_init (PusherTestStore *self)
{
  self->nothing = pusher_test_event_store_new ();
  self->delays = pusher_test_delays_new ();
}

PusherTestStore *
pusher_test_store_new (PusherTestApp *app)
{
  PusherTestStore *self = g_object_new (PUSHER_TEST_TYPE_STORE, NULL);

  self->app = g_object_ref (app);

  return self;
}

static PusherTestEventStore *
get_events (PusherTestStore *self)
{
  return self->app != NULL ? self->app->store : self->nothing;
}

/* --- The endpoint -------------------------------------------------------- */

static gboolean
read_number (GHashTable *form,
             const char *name,
             guint      *number,
             GError    **error)
{
  const char *text = g_hash_table_lookup (form, name);
  guint64 value = 0;

  if (text != NULL && !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, NULL))
    return pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST,
                                  "The parameter “%s” is not a number", name);

  *number = (guint) value;
  return TRUE;
}

static gboolean
read_query (PusherTestStore      *self,
            GHashTable           *form,
            PusherTestEventQuery *query,
            GError              **error)
{
  if (g_hash_table_lookup (form, "channel") == NULL)
    return pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST,
                                  "There is no parameter “channel”");

  query->after = g_hash_table_lookup (form, "after");
  if (!read_number (form, "last", &query->last, error) ||
      !read_number (form, "limit", &query->limit, error))
    return FALSE;

  if (self->page_size != 0 && (query->limit == 0 || query->limit > self->page_size))
    query->limit = self->page_size;

  return TRUE;
}

static void
report_request (PusherTestStore            *self,
                const char                 *channel,
                const PusherTestEventQuery *query)
{
  self->n_requests++;
  pusher_test_properties_notify (self, &self->n_requests);
  g_signal_emit (self, requested_signal, 0, channel, query->after, query->last);
}

static char *
look_up (PusherTestStore            *self,
         const char                 *channel,
         const PusherTestEventQuery *query,
         GError                    **error)
{
  char *json = NULL;

  if (self->status != 0)
    {
      pusher_test_http_fail (error, self->status, "The test wants this status");
      return NULL;
    }

  switch (pusher_test_event_store_list (get_events (self), channel, query, &json))
    {
    case PUSHER_TEST_EVENTS_FOUND:
      break;
    case PUSHER_TEST_EVENTS_GONE:
      pusher_test_http_fail (error, SOUP_STATUS_GONE, "The event %s is not kept any more",
                             query->after);
      break;
    case PUSHER_TEST_EVENTS_UNKNOWN:
    default:
      pusher_test_http_fail (error, SOUP_STATUS_NOT_FOUND, "There is no such channel or event");
    }

  return json;
}

static char *
build_answer (PusherTestStore   *self,
              SoupServerMessage *message,
              GError           **error)
{
  const char *text = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GHashTable) form = soup_form_decode (text != NULL ? text : "");
  PusherTestEventQuery query = { NULL };
  const char *channel;

  if (!g_str_equal (soup_server_message_get_method (message), "GET"))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Allow", "GET");
      pusher_test_http_fail (error, SOUP_STATUS_METHOD_NOT_ALLOWED, "The store takes GET only");
      return NULL;
    }

  if (!pusher_test_http_check_text (form, error) || !read_query (self, form, &query, error))
    return NULL;

  channel = g_hash_table_lookup (form, "channel");
  report_request (self, channel, &query);

  return look_up (self, channel, &query, error);
}

/* Returns: whether the request is one to the store */
gboolean
pusher_test_store_handle (PusherTestStore   *self,
                          SoupServerMessage *message)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  if (!g_str_equal (g_uri_get_path (soup_server_message_get_uri (message)), PATH))
    return FALSE;

  answer = build_answer (self, message, &error);
  if (self->body != NULL)
    pusher_test_http_answer (message, error, self->body);
  else
    pusher_test_http_answer (message, error, error != NULL ? error->message : answer);

  if (self->delay != 0)
    pusher_test_delays_add (self->delays, message, self->delay);

  return TRUE;
}

/* port: of the server; 0 if it has none */
void
pusher_test_store_set_port (PusherTestStore *self,
                            guint            port)
{
  g_free (self->endpoint);
  self->endpoint = port != 0 ? g_strdup_printf ("http://127.0.0.1:%u%s", port, PATH) : NULL;
  pusher_test_properties_notify (self, &self->endpoint);
}

/* The server has gone: answers that were not given yet never are. */
void
pusher_test_store_close (PusherTestStore *self)
{
  pusher_test_delays_end (self->delays);
  if (self->endpoint != NULL)
    pusher_test_store_set_port (self, 0);
}

/* --- What the test asks and sets ----------------------------------------- */

/**
 * pusher_test_store_get_endpoint: (get-property endpoint)
 * @self: the store of a server
 *
 * Gets the URL where clients ask for events.
 *
 * Returns: (transfer none) (nullable): the URL; %NULL while the port is not
 *   known
 *
 * Since: 1.0
 */
const char *
pusher_test_store_get_endpoint (PusherTestStore *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_STORE (self), NULL);

  return self->endpoint;
}

/**
 * pusher_test_store_get_n_requests: (get-property n-requests)
 * @self: the store of a server
 *
 * Gets how often clients have asked for events.
 *
 * Returns: the number of requests
 *
 * Since: 1.0
 */
guint
pusher_test_store_get_n_requests (PusherTestStore *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_STORE (self), 0);

  return self->n_requests;
}

/**
 * pusher_test_store_keep:
 * @self: the store of a server
 * @channel: the name of a channel
 *
 * Keeps the events of a channel from now on.
 *
 * Since: 1.0
 */
void
pusher_test_store_keep (PusherTestStore *self,
                        const char      *channel)
{
  g_return_if_fail (PUSHER_TEST_IS_STORE (self));
  g_return_if_fail (channel != NULL);

  pusher_test_event_store_keep (get_events (self), channel);
}

/**
 * pusher_test_store_get_n_events:
 * @self: the store of a server
 * @channel: the name of a channel
 *
 * Gets how many events of a channel there are.
 *
 * Returns: the number of events; 0 for a channel that is not kept
 *
 * Since: 1.0
 */
guint
pusher_test_store_get_n_events (PusherTestStore *self,
                                const char      *channel)
{
  g_return_val_if_fail (PUSHER_TEST_IS_STORE (self), 0);
  g_return_val_if_fail (channel != NULL, 0);

  return pusher_test_event_store_count (get_events (self), channel);
}

/**
 * pusher_test_store_skip_ids:
 * @self: the store of a server
 * @n: a number of ids
 *
 * Leaves a gap in the ids: the next one is so much higher.
 *
 * Since: 1.0
 */
void
pusher_test_store_skip_ids (PusherTestStore *self,
                            guint            n)
{
  g_return_if_fail (PUSHER_TEST_IS_STORE (self));

  pusher_test_event_store_skip_ids (get_events (self), n);
}

/**
 * pusher_test_store_lose:
 * @self: the store of a server
 * @channel: the name of a channel
 * @id: the id of one of its events
 *
 * Loses an event: answers lack it from now on, and nothing tells of that. Clients may still
 * ask for what came after it.
 *
 * Returns: whether there was such an event
 *
 * Since: 1.0
 */
gboolean
pusher_test_store_lose (PusherTestStore *self,
                        const char      *channel,
                        const char      *id)
{
  g_return_val_if_fail (PUSHER_TEST_IS_STORE (self), FALSE);
  g_return_val_if_fail (channel != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return pusher_test_event_store_lose (get_events (self), channel, id);
}

/**
 * pusher_test_store_forget:
 * @self: the store of a server
 * @channel: the name of a channel
 * @id: the id of one of its events
 *
 * Forgets an event and all that came before it, as a store does with what is old. The answer
 * to who asks for what came after one of these has the HTTP status 410.
 *
 * Returns: whether there was such an event
 *
 * Since: 1.0
 */
gboolean
pusher_test_store_forget (PusherTestStore *self,
                          const char      *channel,
                          const char      *id)
{
  g_return_val_if_fail (PUSHER_TEST_IS_STORE (self), FALSE);
  g_return_val_if_fail (channel != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return pusher_test_event_store_forget (get_events (self), channel, id);
}

/**
 * pusher_test_store_set_page_size:
 * @self: the store of a server
 * @page_size: a number of events; 0 for any number
 *
 * Sets how many events an answer has at most, whatever the client asks for. Where there are
 * more, `more` is true.
 *
 * Since: 1.0
 */
void
pusher_test_store_set_page_size (PusherTestStore *self,
                                 guint            page_size)
{
  g_return_if_fail (PUSHER_TEST_IS_STORE (self));

  self->page_size = page_size;
}

/**
 * pusher_test_store_set_status:
 * @self: the store of a server
 * @status: an HTTP status from 200 to 599; 0 to work again
 *
 * Sets the HTTP status that the store answers with instead of doing its work.
 *
 * Since: 1.0
 */
void
pusher_test_store_set_status (PusherTestStore *self,
                              guint            status)
{
  g_return_if_fail (PUSHER_TEST_IS_STORE (self));
  g_return_if_fail (status == 0 || (status >= 200 && status <= 599));

  self->status = status;
}

/**
 * pusher_test_store_set_delay_ms:
 * @self: the store of a server
 * @delay: the delay in milliseconds; %G_MAXUINT for ever
 *
 * Sets how long the store waits before it answers requests to come.
 *
 * Since: 1.0
 */
void
pusher_test_store_set_delay_ms (PusherTestStore *self,
                                guint            delay)
{
  g_return_if_fail (PUSHER_TEST_IS_STORE (self));

  self->delay = delay;
}

/**
 * pusher_test_store_set_body:
 * @self: the store of a server
 * @text: (nullable): any text; %NULL for the right answer
 *
 * Sets what the store says instead of the answer. The HTTP status stays that of the answer.
 *
 * Since: 1.0
 */
void
pusher_test_store_set_body (PusherTestStore *self,
                            const char      *text)
{
  g_autofree char *previous = NULL;

  g_return_if_fail (PUSHER_TEST_IS_STORE (self));

  previous = g_steal_pointer (&self->body);
  self->body = g_strdup (text);
}
