/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-authorizer.h"

#include "pusher-authorization-request-private.h"
#include "pusher-http-question-private.h"

/**
 * PusherHttpAuthorizer:
 *
 * An authorizer that asks an endpoint of the application's own server.
 *
 * It posts a form with `socket_id`, `channel_name` and the parameters of the
 * application to the [property@Pusher.HttpAuthorizer:endpoint], and expects JSON
 * with HTTP status 200: `auth`, for presence channels also `channel_data`, for
 * encrypted channels `shared_secret`, and for signing in `user_data`. Every
 * server library of Pusher makes such answers.
 *
 * Network errors, time-outs, and the HTTP statuses 408, 429 and 5xx are tried
 * again, after a random delay that grows, or that the server asks for by
 * `Retry-After`. Any other status is final: the subscription fails with
 * %PUSHER_HTTP_ERROR, whose code is the status. A redirect is followed to the
 * same origin only, because the request carries credentials.
 *
 * Questions wait for each other, so that thousands of channels, which all need a
 * new authorization after a reconnect, do not overwhelm the endpoint: at most
 * [property@Pusher.HttpAuthorizer:max-concurrent] of them are under way. A user
 * that signs in is asked for first, the others in the order in which they came.
 * When the endpoint cannot be reached, or answers with 429, 502, 503 or 504, all
 * of them pause, and no others find that out too.
 *
 * Nothing is asked any more for a connection that is gone, or a channel that is
 * unsubscribed from. What is set on the authorizer counts for all that has not
 * been asked yet, and questions that wait keep the authorizer.
 *
 * Since: 0.1
 */
G_DEFINE_FINAL_TYPE (PusherHttpAuthorizer, pusher_http_authorizer, PUSHER_TYPE_AUTHORIZER)

enum
{
  PROP_0,
  PROP_ENDPOINT,
  PROP_SESSION,
  PROP_USERNAME,
  PROP_PASSWORD,
  PROP_BATCH,
  PROP_MAX_BATCH_SIZE,
  PROP_MAX_CONCURRENT,
  PROP_TIMEOUT,
  PROP_MAX_ATTEMPTS,
  N_PROPS
};

enum
{
  PREPARE,
  N_SIGNALS
};

#define DEFAULT_TIMEOUT 30
#define DEFAULT_MAX_ATTEMPTS 6
#define DEFAULT_MAX_BATCH_SIZE 100
#define DEFAULT_MAX_CONCURRENT 6 /* as web browsers do */

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
param_free (gpointer data)
{
  PusherHttpParam *param = data;

  g_free (param->name);
  g_free (param->value);
  g_free (param);
}

/* --- Bursts -------------------------------------------------------------- */

/* Adds a request to the batch of its connection that is not full yet. */
static void
add_to_batch (GPtrArray                  *batches,
              GHashTable                 *open_batches,
              guint                       max_size,
              PusherAuthorizationRequest *request)
{
  const char *socket_id = pusher_authorization_request_get_socket_id (request);
  GPtrArray *batch = g_hash_table_lookup (open_batches, socket_id);

  if (batch == NULL || batch->len >= max_size)
    {
      batch = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (batches, batch);
      g_hash_table_insert (open_batches, (char *) socket_id, batch);
    }
  g_ptr_array_add (batch, g_object_ref (request));
}

static gboolean
burst_over_cb (gpointer user_data)
{
  PusherHttpAuthorizer *self = user_data;
  g_autoptr (GPtrArray) burst = g_steal_pointer (&self->burst);
  g_autoptr (GPtrArray) batches =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) open_batches = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < burst->len; i++)
    if (pusher_authorization_request_is_open (burst->pdata[i]))
      add_to_batch (batches, open_batches, self->max_batch_size, burst->pdata[i]);
  for (guint i = 0; i < batches->len; i++)
    pusher_http_question_ask (self, batches->pdata[i]);

  return G_SOURCE_REMOVE;
}

/* Like a question that was asked, the burst keeps the authorizer. */
static void
add_to_burst (PusherHttpAuthorizer       *self,
              PusherAuthorizationRequest *request)
{
  if (self->burst == NULL)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      self->burst = g_ptr_array_new_with_free_func (g_object_unref);
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, burst_over_cb, g_object_ref (self), g_object_unref);
      g_source_attach (source, g_main_context_get_thread_default ());
    }
  g_ptr_array_add (self->burst, g_object_ref (request));
}

static gboolean
pusher_http_authorizer_authorize (PusherAuthorizer           *authorizer,
                                  PusherAuthorizationRequest *request)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (authorizer);
  gboolean for_channel =
    pusher_authorization_request_get_kind (request) == PUSHER_AUTHORIZATION_KIND_CHANNEL;

  if (self->batch && for_channel)
    add_to_burst (self, request);
  else
    pusher_http_question_ask_alone (self, request);

  return TRUE;
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_http_authorizer_dispose (GObject *object)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (pusher_http_authorizer_parent_class)->dispose (object);
}

static void
pusher_http_authorizer_finalize (GObject *object)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (object);

  g_free (self->endpoint);
  g_free (self->username);
  g_free (self->password);
  g_clear_pointer (&self->burst, g_ptr_array_unref);
  pusher_http_queue_unref (self->queue);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->params);

  G_OBJECT_CLASS (pusher_http_authorizer_parent_class)->finalize (object);
}

static void
pusher_http_authorizer_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (object);

  switch (prop_id)
    {
    case PROP_ENDPOINT:
      g_value_set_string (value, self->endpoint);
      break;
    case PROP_SESSION:
      g_value_set_object (value, pusher_http_authorizer_get_session (self));
      break;
    case PROP_USERNAME:
      g_value_set_string (value, self->username);
      break;
    case PROP_BATCH:
      g_value_set_boolean (value, self->batch);
      break;
    case PROP_MAX_BATCH_SIZE:
      g_value_set_uint (value, self->max_batch_size);
      break;
    case PROP_MAX_CONCURRENT:
      g_value_set_uint (value, pusher_http_authorizer_get_max_concurrent (self));
      break;
    case PROP_TIMEOUT:
      g_value_set_uint (value, self->policy.timeout);
      break;
    case PROP_MAX_ATTEMPTS:
      g_value_set_uint (value, self->policy.max_attempts);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pusher_http_authorizer_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  PusherHttpAuthorizer *self = PUSHER_HTTP_AUTHORIZER (object);

  switch (prop_id)
    {
    case PROP_ENDPOINT:
      pusher_http_authorizer_set_endpoint (self, g_value_get_string (value));
      break;
    case PROP_SESSION:
      pusher_http_authorizer_set_session (self, g_value_get_object (value));
      break;
    case PROP_USERNAME:
      pusher_http_authorizer_set_username (self, g_value_get_string (value));
      break;
    case PROP_PASSWORD:
      pusher_http_authorizer_set_password (self, g_value_get_string (value));
      break;
    case PROP_BATCH:
      pusher_http_authorizer_set_batch (self, g_value_get_boolean (value));
      break;
    case PROP_MAX_BATCH_SIZE:
      pusher_http_authorizer_set_max_batch_size (self, g_value_get_uint (value));
      break;
    case PROP_MAX_CONCURRENT:
      pusher_http_authorizer_set_max_concurrent (self, g_value_get_uint (value));
      break;
    case PROP_TIMEOUT:
      pusher_http_authorizer_set_timeout (self, g_value_get_uint (value));
      break;
    case PROP_MAX_ATTEMPTS:
      pusher_http_authorizer_set_max_attempts (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
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
   * Since: 0.1
   */
  properties[PROP_ENDPOINT] = g_param_spec_string ("endpoint", NULL, NULL, NULL, flags);

  /**
   * PusherHttpAuthorizer:session:
   *
   * The session that makes the requests. The authorizer makes one of its own
   * unless it is given one, the client's for example.
   *
   * A session has a limit of its own, [property@Soup.Session:max-conns-per-host],
   * by default 2. That of the authorizer's own session does not matter.
   *
   * Since: 0.1
   */
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, flags);

  /**
   * PusherHttpAuthorizer:username:
   *
   * The name for HTTP Basic authentication, or %NULL. It counts if the password
   * is set too.
   *
   * Since: 0.1
   */
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, NULL, flags);

  /**
   * PusherHttpAuthorizer:password:
   *
   * The password for HTTP Basic authentication, or %NULL. It cannot be read
   * back.
   *
   * Since: 0.1
   */
  properties[PROP_PASSWORD] =
    g_param_spec_string ("password", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);

  /**
   * PusherHttpAuthorizer:batch:
   *
   * Whether channels that need an authorization at the same time, as after a
   * reconnect, are asked for in one request: `channel_name[0]`,
   * `channel_name[1]` and so on, answered by an object with a member for each
   * channel, `{"NAME": {"status": 200, "data": {"auth": …}}}`.
   *
   * A channel that the answer leaves out is asked for alone.
   *
   * Since: 0.1
   */
  properties[PROP_BATCH] = g_param_spec_boolean ("batch", NULL, NULL, FALSE, flags);

  /**
   * PusherHttpAuthorizer:max-batch-size:
   *
   * The most channels that are asked for in one request, if
   * [property@Pusher.HttpAuthorizer:batch] is set. More of them make several
   * requests.
   *
   * Since: 0.1
   */
  properties[PROP_MAX_BATCH_SIZE] =
    g_param_spec_uint ("max-batch-size", NULL, NULL, 1, G_MAXUINT, DEFAULT_MAX_BATCH_SIZE, flags);

  /**
   * PusherHttpAuthorizer:max-concurrent:
   *
   * The most requests to the endpoint that are under way at the same time.
   * Others wait until one of these is answered.
   *
   * Since: 0.1
   */
  properties[PROP_MAX_CONCURRENT] =
    g_param_spec_uint ("max-concurrent", NULL, NULL, 1, G_MAXUINT, DEFAULT_MAX_CONCURRENT, flags);

  /**
   * PusherHttpAuthorizer:timeout:
   *
   * Seconds that the endpoint has for one answer, before it is asked again. They
   * are counted from when the session sets to work on the request: while it waits
   * for its turn, or for a connection of the session to be free, it cannot time
   * out.
   *
   * Since: 0.1
   */
  properties[PROP_TIMEOUT] =
    g_param_spec_uint ("timeout", NULL, NULL, 1, G_MAXUINT, DEFAULT_TIMEOUT, flags);

  /**
   * PusherHttpAuthorizer:max-attempts:
   *
   * How often the endpoint is asked before the request fails. The client asks
   * anew after the next reconnect.
   *
   * Since: 0.1
   */
  properties[PROP_MAX_ATTEMPTS] =
    g_param_spec_uint ("max-attempts", NULL, NULL, 1, G_MAXUINT, DEFAULT_MAX_ATTEMPTS, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pusher_http_authorizer_class_init (PusherHttpAuthorizerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pusher_http_authorizer_dispose;
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
   * Since: 0.1
   */
  signals[PREPARE] =
    g_signal_new ("prepare", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, PUSHER_TYPE_AUTHORIZATION_REQUEST, SOUP_TYPE_MESSAGE);
}

static void
pusher_http_authorizer_init (PusherHttpAuthorizer *self)
{
  self->policy = (PusherHttpPolicy) {
    .timeout = DEFAULT_TIMEOUT,
    .max_attempts = DEFAULT_MAX_ATTEMPTS,
    .new_timer = pusher_http_timer_new,
    .random = g_random_double,
  };
  self->max_batch_size = DEFAULT_MAX_BATCH_SIZE;
  self->queue = pusher_http_queue_new (DEFAULT_MAX_CONCURRENT);
  self->headers = g_ptr_array_new_with_free_func (param_free);
  self->params = g_ptr_array_new_with_free_func (param_free);
}

/**
 * pusher_http_authorizer_new:
 * @endpoint: the `http` or `https` URL to post to
 *
 * Makes an authorizer that asks an endpoint.
 *
 * Returns: (transfer full): a new authorizer
 *
 * Since: 0.1
 */
PusherHttpAuthorizer *
pusher_http_authorizer_new (const char *endpoint)
{
  g_return_val_if_fail (endpoint != NULL, NULL);

  return g_object_new (PUSHER_TYPE_HTTP_AUTHORIZER, "endpoint", endpoint, NULL);
}

static void
set_string (PusherHttpAuthorizer *self,
            char                **setting,
            const char           *value,
            GParamSpec           *pspec)
{
  if (g_strcmp0 (*setting, value) == 0)
    return;

  g_free (*setting);
  *setting = g_strdup (value);
  if (pspec->flags & G_PARAM_READABLE)
    g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_uint (PusherHttpAuthorizer *self,
          guint                *setting,
          guint                 value,
          GParamSpec           *pspec)
{
  if (*setting == value)
    return;

  *setting = value;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

/**
 * pusher_http_authorizer_get_endpoint:
 * @self: an authorizer
 *
 * Gets the URL to post to.
 *
 * Returns: (transfer none) (nullable): the URL
 *
 * Since: 0.1
 */
const char *
pusher_http_authorizer_get_endpoint (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), NULL);

  return self->endpoint;
}

/**
 * pusher_http_authorizer_set_endpoint:
 * @self: an authorizer
 * @endpoint: an `http` or `https` URL
 *
 * Sets the URL to post to, from the next request on. A pause because of trouble
 * with another URL ends.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_endpoint (PusherHttpAuthorizer *self,
                                     const char           *endpoint)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  if (g_strcmp0 (self->endpoint, endpoint) == 0)
    return;

  g_object_ref (self);

  set_string (self, &self->endpoint, endpoint, properties[PROP_ENDPOINT]);
  pusher_http_queue_forget_trouble (self->queue);

  g_object_unref (self);
}

/**
 * pusher_http_authorizer_get_session:
 * @self: an authorizer
 *
 * Gets the session that makes the requests. The authorizer makes one when it is
 * first needed, unless it was given one.
 *
 * Returns: (transfer none): the session
 *
 * Since: 0.1
 */
SoupSession *
pusher_http_authorizer_get_session (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), NULL);

  /* How many requests are under way is for max-concurrent to say. */
  if (self->session == NULL)
    self->session = soup_session_new_with_options ("user-agent", "pusher-glib/" PUSHER_VERSION,
                                                   "max-conns", G_MAXINT,
                                                   "max-conns-per-host", G_MAXINT, NULL);

  return self->session;
}

/**
 * pusher_http_authorizer_set_session:
 * @self: an authorizer
 * @session: (nullable): a session, or %NULL for one of the authorizer's own
 *
 * Sets the session that makes the requests.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_session (PusherHttpAuthorizer *self,
                                    SoupSession          *session)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (session == NULL || SOUP_IS_SESSION (session));

  if (g_set_object (&self->session, session))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/**
 * pusher_http_authorizer_get_username:
 * @self: an authorizer
 *
 * Gets the name for HTTP Basic authentication.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL
 *
 * Since: 0.1
 */
const char *
pusher_http_authorizer_get_username (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), NULL);

  return self->username;
}

/**
 * pusher_http_authorizer_set_username:
 * @self: an authorizer
 * @username: (nullable): the name, or %NULL for no authentication
 *
 * Sets the name for HTTP Basic authentication.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_username (PusherHttpAuthorizer *self,
                                     const char           *username)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  set_string (self, &self->username, username, properties[PROP_USERNAME]);
}

/**
 * pusher_http_authorizer_set_password:
 * @self: an authorizer
 * @password: (nullable): the password, or %NULL for no authentication
 *
 * Sets the password for HTTP Basic authentication.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_password (PusherHttpAuthorizer *self,
                                     const char           *password)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  set_string (self, &self->password, password, properties[PROP_PASSWORD]);
}

/**
 * pusher_http_authorizer_get_batch:
 * @self: an authorizer
 *
 * Gets whether several channels are asked for in one request.
 *
 * Returns: %TRUE if they are
 *
 * Since: 0.1
 */
gboolean
pusher_http_authorizer_get_batch (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), FALSE);

  return self->batch;
}

/**
 * pusher_http_authorizer_set_batch:
 * @self: an authorizer
 * @batch: %TRUE to ask for them in one request
 *
 * Sets whether several channels are asked for in one request: see
 * [property@Pusher.HttpAuthorizer:batch].
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_batch (PusherHttpAuthorizer *self,
                                  gboolean              batch)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  if (self->batch == !!batch)
    return;

  self->batch = !!batch;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BATCH]);
}

/**
 * pusher_http_authorizer_get_max_batch_size:
 * @self: an authorizer
 *
 * Gets how many channels are asked for in one request.
 *
 * Returns: the most channels
 *
 * Since: 0.1
 */
guint
pusher_http_authorizer_get_max_batch_size (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return self->max_batch_size;
}

/**
 * pusher_http_authorizer_set_max_batch_size:
 * @self: an authorizer
 * @max_batch_size: the most channels, at least 1
 *
 * Sets how many channels are asked for in one request: see
 * [property@Pusher.HttpAuthorizer:max-batch-size]. Channels that wait already are
 * not distributed anew.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_max_batch_size (PusherHttpAuthorizer *self,
                                           guint                 max_batch_size)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (max_batch_size > 0);

  set_uint (self, &self->max_batch_size, max_batch_size, properties[PROP_MAX_BATCH_SIZE]);
}

/**
 * pusher_http_authorizer_get_max_concurrent:
 * @self: an authorizer
 *
 * Gets how many requests to the endpoint are under way at the same time.
 *
 * Returns: the most requests
 *
 * Since: 0.1
 */
guint
pusher_http_authorizer_get_max_concurrent (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return pusher_http_queue_get_max_under_way (self->queue);
}

/**
 * pusher_http_authorizer_set_max_concurrent:
 * @self: an authorizer
 * @max_concurrent: the most requests, at least 1
 *
 * Sets how many requests to the endpoint are under way at the same time: see
 * [property@Pusher.HttpAuthorizer:max-concurrent]. If there are more at present,
 * they go on.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_max_concurrent (PusherHttpAuthorizer *self,
                                           guint                 max_concurrent)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (max_concurrent > 0);

  if (pusher_http_queue_get_max_under_way (self->queue) == max_concurrent)
    return;

  g_object_ref (self);

  pusher_http_queue_set_max_under_way (self->queue, max_concurrent);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MAX_CONCURRENT]);

  g_object_unref (self);
}

/**
 * pusher_http_authorizer_get_timeout:
 * @self: an authorizer
 *
 * Gets how long the endpoint has for one answer.
 *
 * Returns: seconds
 *
 * Since: 0.1
 */
guint
pusher_http_authorizer_get_timeout (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return self->policy.timeout;
}

/**
 * pusher_http_authorizer_set_timeout:
 * @self: an authorizer
 * @seconds: seconds, at least 1
 *
 * Sets how long the endpoint has for one answer.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_timeout (PusherHttpAuthorizer *self,
                                    guint                 seconds)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (seconds > 0);

  set_uint (self, &self->policy.timeout, seconds, properties[PROP_TIMEOUT]);
}

/**
 * pusher_http_authorizer_get_max_attempts:
 * @self: an authorizer
 *
 * Gets how often the endpoint is asked before the request fails.
 *
 * Returns: the number of attempts
 *
 * Since: 0.1
 */
guint
pusher_http_authorizer_get_max_attempts (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return self->policy.max_attempts;
}

/**
 * pusher_http_authorizer_set_max_attempts:
 * @self: an authorizer
 * @max_attempts: the number of attempts, at least 1
 *
 * Sets how often the endpoint is asked before the request fails.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_max_attempts (PusherHttpAuthorizer *self,
                                         guint                 max_attempts)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (max_attempts > 0);

  set_uint (self, &self->policy.max_attempts, max_attempts, properties[PROP_MAX_ATTEMPTS]);
}

static gboolean
param_has_name (gconstpointer param,
                gconstpointer name)
{
  return g_str_equal (((const PusherHttpParam *) param)->name, name);
}

static gboolean
header_has_name (gconstpointer header,
                 gconstpointer name)
{
  return g_ascii_strcasecmp (((const PusherHttpParam *) header)->name, name) == 0;
}

static void
set_param (GPtrArray  *params,
           const char *name,
           const char *value,
           GEqualFunc  has_name)
{
  PusherHttpParam *param;
  guint index;

  if (g_ptr_array_find_with_equal_func (params, name, has_name, &index))
    g_ptr_array_remove_index (params, index);
  if (value == NULL)
    return;

  param = g_new (PusherHttpParam, 1);
  param->name = g_strdup (name);
  param->value = g_strdup (value);
  g_ptr_array_add (params, param);
}

/**
 * pusher_http_authorizer_set_header:
 * @self: an authorizer
 * @name: the name of a header
 * @value: (nullable): its value, or %NULL to leave the header out
 *
 * Sets a header of the requests, from the next one on.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_header (PusherHttpAuthorizer *self,
                                   const char           *name,
                                   const char           *value)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (name != NULL && *name != '\0' && strpbrk (name, " \t\r\n:") == NULL);
  g_return_if_fail (value == NULL || strpbrk (value, "\r\n") == NULL);

  set_param (self->headers, name, value, header_has_name);
}

/**
 * pusher_http_authorizer_set_param:
 * @self: an authorizer
 * @name: the name of a field of the form
 * @value: (nullable): its value, or %NULL to leave the field out
 *
 * Sets a field of the form that is posted, from the next request on.
 *
 * Since: 0.1
 */
void
pusher_http_authorizer_set_param (PusherHttpAuthorizer *self,
                                  const char           *name,
                                  const char           *value)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (name != NULL);

  set_param (self->params, name, value, param_has_name);
}
