/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-backfill-private.h"

#include "base/pusher-error.h"
#include "base/pusher-setters-private.h"
#include "pusher-backfill-private.h"
#include "pusher-uri-template-private.h"

/**
 * PusherHttpBackfill:
 *
 * A backfill that asks a server of the application for its events.
 *
 * It sends a `GET` to [property@Pusher.HttpBackfill:url], a template for the address (RFC
 * 6570) with three variables:
 *
 * - `channel`: the name of the channel,
 * - `after`: the id after which events are wanted,
 * - `last`: how many of the last events are wanted.
 *
 * `https://example.com/events{?channel,after,last}` becomes
 * `https://example.com/events?channel=news&after=41`, and a channel that begins asks for
 * `…?channel=news&last=1`: a variable that is not there is left out. Without `after` and
 * `last` all events are wanted, because there were none when the channel began.
 *
 * The answer is JSON with HTTP status 200: an array of items, or an object that has it at
 * [property@Pusher.HttpBackfill:events-pointer].
 *
 * ```json
 * {"events": [{"id": 42, "name": "price", "data": "{\"id\":42,\"value\":1.5}"}], "more": false}
 * ```
 *
 * The channel goes on asking, after the last id of the answer, while
 * [property@Pusher.HttpBackfill:more-pointer] leads to `true`, to a number other than 0, or to
 * a text that is not empty, such as the address of the next page. If there is nothing at
 * that place, as in an array, it goes on until it is given no item.
 *
 * A server that does not know an id any more answers with status 404 or 410: then the channel
 * tells that events were lost. Any other status counts as for [class@Pusher.HttpAuthorizer]:
 * 408, 429, 5xx and failures of the network are tried again, as often as
 * [property@Pusher.Backfill:max-attempts] says, and after `Retry-After`; for 401 and 419 there
 * is [signal@Pusher.HttpBackfill::renew]; others are final. A redirect is followed to the same
 * origin only, because the request may carry credentials. An answer has at most 16 MiB.
 *
 * Since: 1.0
 */
struct _PusherHttpBackfill
{
  PusherBackfill parent_instance;

  PusherHttpSettings settings;
  PusherStoredEventsFormat format;
};

G_DEFINE_FINAL_TYPE (PusherHttpBackfill, pusher_http_backfill, PUSHER_TYPE_BACKFILL)

enum
{
  PREPARE,
  RENEW,
  N_SIGNALS
};

static GParamSpec *properties[PUSHER_HTTP_BACKFILL_N_PROPS];
static guint signals[N_SIGNALS];

static const gsize offsets[PUSHER_HTTP_BACKFILL_N_PROPS] = {
  [PUSHER_HTTP_BACKFILL_PROP_URL] = G_STRUCT_OFFSET (PusherHttpBackfill, settings.endpoint),
  [PUSHER_HTTP_BACKFILL_PROP_SESSION] = G_STRUCT_OFFSET (PusherHttpBackfill, settings.session),
  [PUSHER_HTTP_BACKFILL_PROP_USERNAME] = G_STRUCT_OFFSET (PusherHttpBackfill, settings.username),
  [PUSHER_HTTP_BACKFILL_PROP_PASSWORD] = G_STRUCT_OFFSET (PusherHttpBackfill, settings.password),
  [PUSHER_HTTP_BACKFILL_PROP_EVENTS_POINTER] = G_STRUCT_OFFSET (PusherHttpBackfill, format.events),
  [PUSHER_HTTP_BACKFILL_PROP_MORE_POINTER] = G_STRUCT_OFFSET (PusherHttpBackfill, format.more),
  [PUSHER_HTTP_BACKFILL_PROP_ITEM_ID_POINTER] =
    G_STRUCT_OFFSET (PusherHttpBackfill, format.item_id),
  [PUSHER_HTTP_BACKFILL_PROP_ITEM_NAME_POINTER] =
    G_STRUCT_OFFSET (PusherHttpBackfill, format.item_name),
  [PUSHER_HTTP_BACKFILL_PROP_ITEM_DATA_POINTER] =
    G_STRUCT_OFFSET (PusherHttpBackfill, format.item_data),
};

PusherHttpSettings *
pusher_http_backfill_get_settings (PusherHttpBackfill *self)
{
  return &self->settings;
}

PusherStoredEventsFormat *
pusher_http_backfill_get_format (PusherHttpBackfill *self)
{
  return &self->format;
}

/* A setting has changed: what has to follow it does, and it is told. */
void
pusher_http_backfill_changed (PusherHttpBackfill        *self,
                              PusherHttpBackfillProperty property)
{
  g_object_ref (self);

  if (property == PUSHER_HTTP_BACKFILL_PROP_URL)
    pusher_http_queue_reset (self->settings.queue);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);

  g_object_unref (self);
}

/* --- Requests ------------------------------------------------------------ */

/* What is under way keeps the backfill. */
typedef struct
{
  PusherHttpBackfill *backfill;
  PusherBackfillRequest *request;
} Fetch;

static void
fetch_free (Fetch *fetch)
{
  g_object_unref (fetch->request);
  g_object_unref (fetch->backfill);
  g_free (fetch);
}

/* Returns: (nullable): NULL if it is no template */
static char *
expand_url (PusherHttpBackfill    *self,
            PusherBackfillRequest *request)
{
  guint n_last = pusher_backfill_request_get_last (request);
  g_autofree char *last = n_last > 0 ? g_strdup_printf ("%u", n_last) : NULL;
  const PusherUriVariable variables[] = {
    { "channel", pusher_backfill_request_get_channel_name (request) },
    { "after", pusher_backfill_request_get_after (request) },
    { "last", last },
  };

  if (self->settings.endpoint == NULL)
    return NULL;

  return pusher_uri_template_expand (self->settings.endpoint, variables, G_N_ELEMENTS (variables));
}

static SoupMessage *
prepare_message (gpointer      user_data,
                 SoupSession **session,
                 GError      **error)
{
  Fetch *fetch = user_data;
  PusherHttpBackfill *self = fetch->backfill;
  g_autofree char *url = expand_url (self, fetch->request);
  SoupMessage *message;

  pusher_backfill_request_set_queued (fetch->request, FALSE);
  message = pusher_http_settings_new_message (&self->settings, SOUP_METHOD_GET, url, error);
  if (message == NULL)
    return NULL;

  self->settings.prepare (self, fetch->request, message);
  *session = pusher_http_settings_get_session (&self->settings);

  return message;
}

static void
posted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = pusher_http_post_finish (result, &error);
  gboolean more;

  if (body != NULL &&
      pusher_stored_events_read (&fetch->backfill->format, body, fetch->request, &more, &error))
    pusher_backfill_request_complete (fetch->request, more);
  else if (pusher_http_error_may_pass (error))
    pusher_backfill_request_fail_for_now (fetch->request, error);
  else
    pusher_backfill_request_fail (fetch->request, error);

  fetch_free (fetch);
}

/* How many there are at a time, and how often one is tried, is the channels' business. */
static gboolean
pusher_http_backfill_fetch (PusherBackfill        *backfill,
                            PusherBackfillRequest *request)
{
  PusherHttpBackfill *self = PUSHER_HTTP_BACKFILL (backfill);
  Fetch *fetch = g_new (Fetch, 1);

  fetch->backfill = g_object_ref (self);
  fetch->request = g_object_ref (request);
  pusher_backfill_request_set_queued (request, TRUE);
  self->settings.policy.timeout = pusher_backfill_get_timeout (backfill);
  pusher_http_post_async (self->settings.queue, FALSE, prepare_message, fetch,
                          &self->settings.policy,
                          pusher_backfill_request_get_cancellable (request), posted_cb, fetch);

  return TRUE;
}

static void
prepare (gpointer     owner,
         gpointer     request,
         SoupMessage *message)
{
  g_signal_emit (owner, signals[PREPARE], 0, request, message);
}

static gboolean
renew (gpointer owner,
       guint    status)
{
  gboolean handled = FALSE;

  g_signal_emit (owner, signals[RENEW], 0, status, &handled);

  return handled;
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_http_backfill_finalize (GObject *object)
{
  PusherHttpBackfill *self = PUSHER_HTTP_BACKFILL (object);

  pusher_http_settings_clear (&self->settings);
  g_free (self->format.events);
  g_free (self->format.more);
  g_free (self->format.item_id);
  g_free (self->format.item_name);
  g_free (self->format.item_data);

  G_OBJECT_CLASS (pusher_http_backfill_parent_class)->finalize (object);
}

static void
pusher_http_backfill_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  PusherHttpBackfill *self = PUSHER_HTTP_BACKFILL (object);

  /* It is made now, unless there is one. */
  if (prop_id == PUSHER_HTTP_BACKFILL_PROP_SESSION)
    pusher_http_settings_get_session (&self->settings);
  pusher_get_value (G_STRUCT_MEMBER_P (self, offsets[prop_id]), value);
}

static void
pusher_http_backfill_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  PusherHttpBackfill *self = PUSHER_HTTP_BACKFILL (object);

  if (pusher_set_value (G_STRUCT_MEMBER_P (self, offsets[prop_id]), value))
    pusher_http_backfill_changed (self, prop_id);
}

static void
install_properties_of_requests (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherHttpBackfill:url:
   *
   * The `http` or `https` URL to ask, a template with the variables `channel`, `after` and
   * `last`: `{channel}` in a path, `{?after,last}` or `{&after,last}` in a query. Values are
   * percent-encoded.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_URL] =
    g_param_spec_string ("url", NULL, NULL, NULL, flags);

  /**
   * PusherHttpBackfill:session:
   *
   * The session that makes the requests. The backfill makes one of its own unless it is given
   * one, the client's for example.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, flags);

  /**
   * PusherHttpBackfill:username:
   *
   * The name for HTTP Basic authentication, or %NULL. It counts if the password is set too.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_USERNAME] =
    g_param_spec_string ("username", NULL, NULL, NULL, flags);

  /**
   * PusherHttpBackfill:password:
   *
   * The password for HTTP Basic authentication, or %NULL. It cannot be read back.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_PASSWORD] =
    g_param_spec_string ("password", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
}

static void
install_properties_of_answers (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherHttpBackfill:events-pointer:
   *
   * The JSON Pointer to the array of items in an answer that is an object.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_EVENTS_POINTER] =
    g_param_spec_string ("events-pointer", NULL, NULL, "/events", flags);

  /**
   * PusherHttpBackfill:more-pointer:
   *
   * The JSON Pointer to what says, in an answer that is an object, that there is more: `true`,
   * a number other than 0, or a text that is not empty. %NULL if answers do not say it.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_MORE_POINTER] =
    g_param_spec_string ("more-pointer", NULL, NULL, "/more", flags);

  /**
   * PusherHttpBackfill:item-id-pointer:
   *
   * The JSON Pointer to the id in an item: a string or a number. If there is none the id is
   * looked for in the data, by [method@Pusher.Backfill.identify].
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_ITEM_ID_POINTER] =
    g_param_spec_string ("item-id-pointer", NULL, NULL, "/id", flags);

  /**
   * PusherHttpBackfill:item-name-pointer:
   *
   * The JSON Pointer to the name of the event in an item. An item without a name is an error.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_ITEM_NAME_POINTER] =
    g_param_spec_string ("item-name-pointer", NULL, NULL, "/name", flags);

  /**
   * PusherHttpBackfill:item-data-pointer:
   *
   * The JSON Pointer to the data of the event in an item. A string is the data itself, as it
   * is in messages of the protocol; of anything else the data is the JSON text.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_BACKFILL_PROP_ITEM_DATA_POINTER] =
    g_param_spec_string ("item-data-pointer", NULL, NULL, "/data", flags);
}

static void
install_signals (GType type)
{
  /**
   * PusherHttpBackfill::prepare:
   * @self: the backfill
   * @request: what is asked for
   * @message: what is about to be sent
   *
   * Emitted before each attempt, for values that change: a handler sets headers of the
   * message, such as a token that expires.
   *
   * Since: 1.0
   */
  signals[PREPARE] =
    g_signal_new ("prepare", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, PUSHER_TYPE_BACKFILL_REQUEST, SOUP_TYPE_MESSAGE);

  /**
   * PusherHttpBackfill::renew:
   * @self: the backfill
   * @status: the HTTP status with which the server refused the credentials, 401 or 419, or 0
   *   if they are about to expire
   *
   * Emitted when new credentials are needed: a handler gets them, sets them by
   * [method@Pusher.HttpBackfill.set_header], and calls [method@Pusher.HttpBackfill.renewed],
   * at once or later. Until then nothing is sent; then everything that waited is, also what
   * was refused. If that is refused again it fails.
   *
   * Returns: %TRUE if [method@Pusher.HttpBackfill.renewed] has been or will be called
   *
   * Since: 1.0
   */
  signals[RENEW] =
    g_signal_new ("renew", type, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                  NULL, G_TYPE_BOOLEAN, 1, G_TYPE_UINT);
}

static void
pusher_http_backfill_class_init (PusherHttpBackfillClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pusher_http_backfill_finalize;
  object_class->get_property = pusher_http_backfill_get_property;
  object_class->set_property = pusher_http_backfill_set_property;
  PUSHER_BACKFILL_CLASS (klass)->fetch = pusher_http_backfill_fetch;

  install_properties_of_requests ();
  install_properties_of_answers ();
  g_object_class_install_properties (object_class, PUSHER_HTTP_BACKFILL_N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
pusher_http_backfill_init (PusherHttpBackfill *self)
{
  PusherHttpSettings *settings = &self->settings;

  pusher_backfill_get_settings (PUSHER_BACKFILL (self))->is_final = TRUE;
  pusher_http_settings_init (settings, PUSHER_HTTP_FOR_BACKFILL);
  settings->owner = G_OBJECT (self);
  settings->prepare = prepare;
  settings->renewal.owner = self;
  settings->renewal.ask = renew;
  settings->policy.max_attempts = 1;
  pusher_http_queue_set_max_concurrent (settings->queue, G_MAXUINT);
  self->format = (PusherStoredEventsFormat) {
    .events = g_strdup ("/events"),
    .more = g_strdup ("/more"),
    .item_id = g_strdup ("/id"),
    .item_name = g_strdup ("/name"),
    .item_data = g_strdup ("/data"),
  };
}

/**
 * pusher_http_backfill_new:
 * @url: the `http` or `https` URL to ask, a template
 *
 * Makes a backfill that asks a server: see [property@Pusher.HttpBackfill:url].
 *
 * Returns: (transfer full): a new backfill
 *
 * Since: 1.0
 */
PusherHttpBackfill *
pusher_http_backfill_new (const char *url)
{
  g_return_val_if_fail (url != NULL, NULL);

  return g_object_new (PUSHER_TYPE_HTTP_BACKFILL, "url", url, NULL);
}
