/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-authorizer-private.h"

#include "base/pusher-setters-private.h"
#include "pusher-http-batch-private.h"

/**
 * PusherHttpAuthorizer:
 *
 * An authorizer that asks an endpoint of the application's own server.
 *
 * It posts a form with `socket_id`, `channel_name` and the parameters of the
 * application to the [property@Pusher.HttpAuthorizer:endpoint], and expects JSON
 * with HTTP status 200: `auth`, for presence channels also `channel_data`, for
 * encrypted channels `shared_secret`, and for signing in `user_data`. Every
 * server library of Pusher makes such responses.
 *
 * Network errors, time-outs, and the HTTP statuses 408, 429 and 5xx are tried
 * again, after a random delay that grows, or that the server asks for by
 * `Retry-After`. For 401 and 419 see [signal@Pusher.HttpAuthorizer::renew]. Any
 * other status is final: the subscription fails with
 * %PUSHER_HTTP_ERROR, whose code is the status. A redirect is followed to the
 * same origin only, because the request carries credentials.
 *
 * Requests wait in a queue, so that thousands of channels, which all need a new
 * authorization after a reconnect, do not overwhelm the endpoint: at most
 * [property@Pusher.HttpAuthorizer:max-concurrent] of them are under way. A user
 * that signs in comes first, the others in the order in which they came. When the
 * endpoint cannot be reached, or answers with 429, 502, 503 or 504, the whole
 * queue pauses: the other requests need not find that out as well. A request
 * whose attempts are used up fails for now.
 *
 * Nothing is sent any more for a connection that is gone, or a channel that is
 * unsubscribed from. What is set on the authorizer counts for all that has not
 * been sent yet, and requests that wait keep the authorizer.
 *
 * Since: 1.0
 */
struct _PusherHttpAuthorizer
{
  PusherAuthorizer parent_instance;

  PusherHttpSettings settings;
  PusherHttpBatcher batcher;
};

G_DEFINE_FINAL_TYPE (PusherHttpAuthorizer, pusher_http_authorizer, PUSHER_TYPE_AUTHORIZER)

enum
{
  PREPARE,
  RENEW,
  N_SIGNALS
};

static GParamSpec *properties[PUSHER_HTTP_N_PROPS];
static guint signals[N_SIGNALS];

static const gsize offsets[PUSHER_HTTP_N_PROPS] = {
  [PUSHER_HTTP_PROP_ENDPOINT] = G_STRUCT_OFFSET (PusherHttpAuthorizer, settings.endpoint),
  [PUSHER_HTTP_PROP_SESSION] = G_STRUCT_OFFSET (PusherHttpAuthorizer, settings.session),
  [PUSHER_HTTP_PROP_USERNAME] = G_STRUCT_OFFSET (PusherHttpAuthorizer, settings.username),
  [PUSHER_HTTP_PROP_PASSWORD] = G_STRUCT_OFFSET (PusherHttpAuthorizer, settings.password),
  [PUSHER_HTTP_PROP_BATCH] = G_STRUCT_OFFSET (PusherHttpAuthorizer, batcher.batch),
  [PUSHER_HTTP_PROP_MAX_BATCH_SIZE] =
    G_STRUCT_OFFSET (PusherHttpAuthorizer, batcher.max_batch_size),
  [PUSHER_HTTP_PROP_MAX_CONCURRENT] =
    G_STRUCT_OFFSET (PusherHttpAuthorizer, settings.max_concurrent),
  [PUSHER_HTTP_PROP_TIMEOUT] = G_STRUCT_OFFSET (PusherHttpAuthorizer, settings.policy.timeout),
  [PUSHER_HTTP_PROP_MAX_ATTEMPTS] =
    G_STRUCT_OFFSET (PusherHttpAuthorizer, settings.policy.max_attempts),
};

PusherHttpSettings *
pusher_http_authorizer_get_settings (PusherHttpAuthorizer *self)
{
  return &self->settings;
}

PusherHttpBatcher *
pusher_http_authorizer_get_batcher (PusherHttpAuthorizer *self)
{
  return &self->batcher;
}

/* A setting has changed: what has to follow it does, and it is told. */
void
pusher_http_authorizer_changed (PusherHttpAuthorizer *self,
                                PusherHttpProperty    property)
{
  PusherHttpSettings *settings = &self->settings;

  g_object_ref (self);

  if (property == PUSHER_HTTP_PROP_ENDPOINT)
    pusher_http_queue_reset (settings->queue);
  else if (property == PUSHER_HTTP_PROP_MAX_CONCURRENT)
    pusher_http_queue_set_max_concurrent (settings->queue, settings->max_concurrent);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);

  g_object_unref (self);
}

static gboolean
pusher_http_authorizer_authorize (PusherAuthorizer           *authorizer,
                                  PusherAuthorizationRequest *request)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (authorizer);
  gboolean for_channel =
    pusher_authorization_request_get_kind (request) == PUSHER_AUTHORIZATION_KIND_CHANNEL;

  if (self->batcher.batch && for_channel)
    pusher_http_batcher_add (&self->batcher, request);
  else
    pusher_http_batch_send_one (&self->settings, request);

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
pusher_http_authorizer_finalize (GObject *object)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (object);

  g_clear_pointer (&self->batcher.requests, g_ptr_array_unref);
  pusher_http_settings_clear (&self->settings);

  G_OBJECT_CLASS (pusher_http_authorizer_parent_class)->finalize (object);
}

static void
pusher_http_authorizer_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (object);

  /* It is made now, unless there is one. */
  if (prop_id == PUSHER_HTTP_PROP_SESSION)
    pusher_http_settings_get_session (&self->settings);
  pusher_get_value (G_STRUCT_MEMBER_P (self, offsets[prop_id]), value);
}

static void
pusher_http_authorizer_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (object);

  if (pusher_set_value (G_STRUCT_MEMBER_P (self, offsets[prop_id]), value))
    pusher_http_authorizer_changed (self, prop_id);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherHttpAuthorizer:endpoint:
   *
   * The `http` or `https` URL to post to.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_ENDPOINT] = g_param_spec_string ("endpoint", NULL, NULL, NULL, flags);

  /**
   * PusherHttpAuthorizer:session:
   *
   * The session that makes the requests. The authorizer makes one of its own
   * unless it is given one, the client's for example.
   *
   * A session has a limit of its own, [property@Soup.Session:max-conns-per-host],
   * by default 2. That of the authorizer's own session does not matter.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, flags);

  /**
   * PusherHttpAuthorizer:username:
   *
   * The name for HTTP Basic authentication, or %NULL. It counts if the password
   * is set too.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, NULL, flags);

  /**
   * PusherHttpAuthorizer:password:
   *
   * The password for HTTP Basic authentication, or %NULL. It cannot be read
   * back.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_PASSWORD] =
    g_param_spec_string ("password", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PusherHttpAuthorizer:batch:
   *
   * Whether channels that need an authorization at the same time, as after a
   * reconnect, are posted together: `channel_name[0]`, `channel_name[1]` and so
   * on. The response is an object with a member for each channel,
   * `{"NAME": {"status": 200, "data": {"auth": …}}}`.
   *
   * A channel that the response leaves out is posted alone.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_BATCH] = g_param_spec_boolean ("batch", NULL, NULL, FALSE, flags);

  /**
   * PusherHttpAuthorizer:max-batch-size:
   *
   * The most channels that are posted together, if
   * [property@Pusher.HttpAuthorizer:batch] is set. More of them make several
   * batches.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_MAX_BATCH_SIZE] =
    g_param_spec_uint ("max-batch-size", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_HTTP_DEFAULT_MAX_BATCH_SIZE, flags);

  /**
   * PusherHttpAuthorizer:max-concurrent:
   *
   * The most requests to the endpoint that are under way at the same time.
   * Others wait until one of these has its response.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_MAX_CONCURRENT] =
    g_param_spec_uint ("max-concurrent", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_HTTP_DEFAULT_MAX_CONCURRENT, flags);

  /**
   * PusherHttpAuthorizer:timeout:
   *
   * Seconds that the endpoint has for one response, before the next attempt. They
   * are counted from when the session sets to work on the request: while it waits
   * in the queue, or for a connection of the session to be free, it cannot time
   * out.
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_TIMEOUT] =
    g_param_spec_uint ("timeout", NULL, NULL, 1, G_MAXUINT, PUSHER_HTTP_DEFAULT_TIMEOUT, flags);

  /**
   * PusherHttpAuthorizer:max-attempts:
   *
   * How often the request is sent before it fails for now: see
   * [method@Pusher.AuthorizationRequest.fail_for_now].
   *
   * Since: 1.0
   */
  properties[PUSHER_HTTP_PROP_MAX_ATTEMPTS] =
    g_param_spec_uint ("max-attempts", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_HTTP_DEFAULT_MAX_ATTEMPTS, flags);

  g_object_class_install_properties (object_class, PUSHER_HTTP_N_PROPS, properties);
}

static void
pusher_http_authorizer_class_init (PusherHttpAuthorizerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pusher_http_authorizer_finalize;
  object_class->get_property = pusher_http_authorizer_get_property;
  object_class->set_property = pusher_http_authorizer_set_property;
  PUSHER_AUTHORIZER_CLASS (klass)->authorize = pusher_http_authorizer_authorize;

  install_properties (object_class);

  /**
   * PusherHttpAuthorizer::prepare:
   * @self: the authorizer
   * @request: what is asked for
   * @message: what is about to be sent
   *
   * Emitted before each attempt, for values that change: a handler sets headers
   * of the message, such as a token that expires, or calls
   * [method@Pusher.HttpAuthorizer.set_param].
   *
   * With several channels in one message it is emitted once for each of them.
   *
   * Since: 1.0
   */
  signals[PREPARE] =
    g_signal_new ("prepare", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, PUSHER_TYPE_AUTHORIZATION_REQUEST, SOUP_TYPE_MESSAGE);

  /**
   * PusherHttpAuthorizer::renew:
   * @self: the authorizer
   * @status: the HTTP status with which the endpoint refused the credentials, 401
   *   or 419, or 0 if they are about to expire
   *
   * Emitted when new credentials are needed: a handler gets them, sets them by
   * [method@Pusher.HttpAuthorizer.set_header] or
   * [method@Pusher.HttpAuthorizer.set_param], and calls
   * [method@Pusher.HttpAuthorizer.renewed], at once or later. Until then nothing is
   * sent; then everything that waited is, also what was refused. If that is refused
   * again it fails, and the endpoint's answer is the error.
   *
   * It is emitted once for all that was asked for until then, however many channels
   * these are.
   *
   * Returns: %TRUE if [method@Pusher.HttpAuthorizer.renewed] has been or will be
   *   called
   *
   * Since: 1.0
   */
  signals[RENEW] =
    g_signal_new ("renew", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  g_signal_accumulator_true_handled, NULL, NULL,
                  G_TYPE_BOOLEAN, 1, G_TYPE_UINT);
}

static void
pusher_http_authorizer_init (PusherHttpAuthorizer *self)
{
  pusher_http_settings_init (&self->settings, PUSHER_HTTP_FOR_AUTHORIZATION);
  self->settings.owner = G_OBJECT (self);
  self->settings.prepare = prepare;
  self->settings.renewal.owner = self;
  self->settings.renewal.ask = renew;
  self->batcher.settings = &self->settings;
  self->batcher.max_batch_size = PUSHER_HTTP_DEFAULT_MAX_BATCH_SIZE;
}

/**
 * pusher_http_authorizer_new:
 * @endpoint: the `http` or `https` URL to post to
 *
 * Makes an authorizer that asks an endpoint.
 *
 * Returns: (transfer full): a new authorizer
 *
 * Since: 1.0
 */
PusherHttpAuthorizer *
pusher_http_authorizer_new (const char *endpoint)
{
  g_return_val_if_fail (endpoint != NULL, NULL);

  return g_object_new (PUSHER_TYPE_HTTP_AUTHORIZER, "endpoint", endpoint, NULL);
}
