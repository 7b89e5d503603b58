/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-authorization-request-private.h"

#include "base/pusher-enum-types.h"
#include "base/pusher-error.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-validator-private.h"
#include "protocol/pusher-secretbox-private.h"

#include <glib/gi18n-lib.h>

/**
 * PusherAuthorizationRequest:
 *
 * What the client wants of its [class@Pusher.Authorizer]: the right to subscribe
 * to a channel, or to sign in a user, on one connection.
 *
 * The authorizer answers it once, with
 * [method@Pusher.AuthorizationRequest.complete],
 * [method@Pusher.AuthorizationRequest.complete_json],
 * [method@Pusher.AuthorizationRequest.fail] or
 * [method@Pusher.AuthorizationRequest.fail_for_now], at once or later, in the
 * thread of the client. It keeps a reference until then: a request that goes away
 * without an answer has failed.
 *
 * An answer that comes too late, because the connection is gone or the
 * application has unsubscribed, is ignored, as is a second one.
 *
 * Since: 1.0
 */
struct _PusherAuthorizationRequest
{
  GObject parent_instance;

  PusherAuthorizationKind kind;
  char *key;
  char *socket_id;
  char *channel_name;
  gboolean has_user;
  GCancellable *cancellable;

  PusherAuthorizationDone done; /* NULL once it is answered or cancelled */
  gpointer user_data;
  gboolean queued;
};

G_DEFINE_FINAL_TYPE (PusherAuthorizationRequest, pusher_authorization_request, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KIND,
  PROP_KEY,
  PROP_SOCKET_ID,
  PROP_CHANNEL_NAME,
  PROP_CANCELLABLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
answer (PusherAuthorizationRequest *self,
        const PusherAuthorization  *authorization,
        const GError               *error,
        gboolean                    may_pass)
{
  PusherAuthorizationDone done = g_steal_pointer (&self->done);

  if (done != NULL)
    done (self->user_data, authorization, error, may_pass);
}

static void
pusher_authorization_request_dispose (GObject *object)
{
  PusherAuthorizationRequest *self = PUSHER_AUTHORIZATION_REQUEST (object);

  if (self->done != NULL)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                     _("The authorizer dropped the request without an answer"));

      answer (self, NULL, error, FALSE);
    }

  G_OBJECT_CLASS (pusher_authorization_request_parent_class)->dispose (object);
}

static void
pusher_authorization_request_finalize (GObject *object)
{
  PusherAuthorizationRequest *self = PUSHER_AUTHORIZATION_REQUEST (object);

  g_object_unref (self->cancellable);
  g_free (self->key);
  g_free (self->socket_id);
  g_free (self->channel_name);

  G_OBJECT_CLASS (pusher_authorization_request_parent_class)->finalize (object);
}

static void
pusher_authorization_request_get_property (GObject    *object,
                                           guint       prop_id,
                                           GValue     *value,
                                           GParamSpec *pspec)
{
  PusherAuthorizationRequest *self = PUSHER_AUTHORIZATION_REQUEST (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_SOCKET_ID:
      g_value_set_string (value, self->socket_id);
      break;
    case PROP_CHANNEL_NAME:
      g_value_set_string (value, self->channel_name);
      break;
    case PROP_CANCELLABLE:
      g_value_set_object (value, self->cancellable);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pusher_authorization_request_class_init (PusherAuthorizationRequestClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = pusher_authorization_request_dispose;
  object_class->finalize = pusher_authorization_request_finalize;
  object_class->get_property = pusher_authorization_request_get_property;

  /**
   * PusherAuthorizationRequest:kind:
   *
   * What is asked for.
   *
   * Since: 1.0
   */
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, PUSHER_TYPE_AUTHORIZATION_KIND,
                       PUSHER_AUTHORIZATION_KIND_CHANNEL, flags);

  /**
   * PusherAuthorizationRequest:key:
   *
   * The key of the application at the server.
   *
   * Since: 1.0
   */
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);

  /**
   * PusherAuthorizationRequest:socket-id:
   *
   * The socket id of the connection that the answer is for.
   *
   * Since: 1.0
   */
  properties[PROP_SOCKET_ID] = g_param_spec_string ("socket-id", NULL, NULL, NULL, flags);

  /**
   * PusherAuthorizationRequest:channel-name:
   *
   * The name of the channel, or %NULL if a user is to sign in.
   *
   * Since: 1.0
   */
  properties[PROP_CHANNEL_NAME] = g_param_spec_string ("channel-name", NULL, NULL, NULL, flags);

  /**
   * PusherAuthorizationRequest:cancellable:
   *
   * Is cancelled when the client does not need the answer any more.
   *
   * Since: 1.0
   */
  properties[PROP_CANCELLABLE] =
    g_param_spec_object ("cancellable", NULL, NULL, G_TYPE_CANCELLABLE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pusher_authorization_request_init (PusherAuthorizationRequest *self)
{
  self->cancellable = g_cancellable_new ();
}

PusherAuthorizationRequest *
pusher_authorization_request_new (PusherAuthorizationKind kind,
                                  const char             *key,
                                  const char             *socket_id,
                                  const char             *channel_name,
                                  PusherAuthorizationDone done,
                                  gpointer                user_data)
{
  PusherAuthorizationRequest *self = g_object_new (PUSHER_TYPE_AUTHORIZATION_REQUEST, NULL);

  self->kind = kind;
  self->key = g_strdup (key);
  self->socket_id = g_strdup (socket_id);
  self->channel_name = g_strdup (channel_name);
  self->done = done;
  self->user_data = user_data;

  return self;
}

void
pusher_authorization_request_set_has_user (PusherAuthorizationRequest *self,
                                           gboolean                    has_user)
{
  self->has_user = has_user;
}

gboolean
pusher_authorization_request_get_has_user (PusherAuthorizationRequest *self)
{
  return self->has_user;
}

/* Whether the client still waits for the answer. */
gboolean
pusher_authorization_request_is_open (PusherAuthorizationRequest *self)
{
  return self->done != NULL;
}

/* Whether nobody works on the answer because others come first. */
gboolean
pusher_authorization_request_is_queued (PusherAuthorizationRequest *self)
{
  return self->queued;
}

void
pusher_authorization_request_set_queued (PusherAuthorizationRequest *self,
                                         gboolean                    queued)
{
  self->queued = queued;
}

/* The answer is not wanted any more. Whoever says so cancels the cancellable afterwards,
 * when handlers may run. */
void
pusher_authorization_request_close (PusherAuthorizationRequest *self)
{
  self->done = NULL;
}

/**
 * pusher_authorization_request_get_kind:
 * @self: a request
 *
 * Gets what is asked for.
 *
 * Returns: the kind
 *
 * Since: 1.0
 */
PusherAuthorizationKind
pusher_authorization_request_get_kind (PusherAuthorizationRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self),
                        PUSHER_AUTHORIZATION_KIND_CHANNEL);

  return self->kind;
}

/**
 * pusher_authorization_request_get_key:
 * @self: a request
 *
 * Gets the key of the application at the server, with which an `auth` begins.
 *
 * Returns: (transfer none): the key
 *
 * Since: 1.0
 */
const char *
pusher_authorization_request_get_key (PusherAuthorizationRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self), NULL);

  return self->key;
}

/**
 * pusher_authorization_request_get_socket_id:
 * @self: a request
 *
 * Gets the socket id of the connection that the answer is for.
 *
 * Returns: (transfer none): the socket id
 *
 * Since: 1.0
 */
const char *
pusher_authorization_request_get_socket_id (PusherAuthorizationRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self), NULL);

  return self->socket_id;
}

/**
 * pusher_authorization_request_get_channel_name:
 * @self: a request
 *
 * Gets the name of the channel.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL if a user is to sign
 *   in
 *
 * Since: 1.0
 */
const char *
pusher_authorization_request_get_channel_name (PusherAuthorizationRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self), NULL);

  return self->channel_name;
}

/**
 * pusher_authorization_request_get_cancellable:
 * @self: a request
 *
 * Gets what is cancelled when the client does not need the answer any more: pass
 * it to the calls that find the answer.
 *
 * Returns: (transfer none): a cancellable
 *
 * Since: 1.0
 */
GCancellable *
pusher_authorization_request_get_cancellable (PusherAuthorizationRequest *self)
{
  g_return_val_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self), NULL);

  return self->cancellable;
}

static gboolean
shared_secret_is_sound (const char *shared_secret)
{
  PusherSecretboxKey key;
  gboolean sound = pusher_secretbox_key_decode (&key, shared_secret);

  pusher_secretbox_key_wipe (&key);

  return sound;
}

static gboolean
check_answer (const PusherAuthorization *authorization,
              GError                   **error)
{
  const char *what = NULL;

  if (authorization->auth == NULL || *authorization->auth == '\0')
    what = _("The authorization has no “auth”");
  else if (!g_utf8_validate (authorization->auth, -1, NULL))
    what = _("The authorization has an “auth” that is not UTF-8");
  else if (authorization->data != NULL && !pusher_json_validate (authorization->data, -1, NULL))
    what = _("The authorization has data that is not JSON");
  else if (authorization->shared_secret != NULL &&
           !shared_secret_is_sound (authorization->shared_secret))
    what = _("The authorization has a “shared_secret” that is not the base64 form of 32 bytes");

  if (what == NULL)
    return TRUE;

  g_set_error_literal (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, what);
  return FALSE;
}

static gboolean
check_and_answer (PusherAuthorizationRequest *self,
                  const PusherAuthorization  *authorization,
                  GError                    **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean sound = check_answer (authorization, &local_error);

  answer (self, sound ? authorization : NULL, local_error, FALSE);
  if (!sound)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return sound;
}

/**
 * pusher_authorization_request_complete:
 * @self: a request
 * @auth: the authorization, `KEY:SIGNATURE`
 * @data: (nullable): the `channel_data` of a presence channel or the `user_data`
 *   of a user, exactly the JSON text that was signed
 * @shared_secret: (nullable): the key of an encrypted channel, in base64
 *
 * Grants what was asked for. The request fails if what is given is malformed.
 *
 * Since: 1.0
 */
void
pusher_authorization_request_complete (PusherAuthorizationRequest *self,
                                       const char                 *auth,
                                       const char                 *data,
                                       const char                 *shared_secret)
{
  PusherAuthorization authorization = { auth, data, shared_secret };

  g_return_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self));

  check_and_answer (self, &authorization, NULL);
}

/* FALSE if the member is there and is not a string; null is as good as nothing. */
static gboolean
get_text (JsonObject  *object,
          const char  *name,
          const char **text,
          GError     **error)
{
  JsonNode *member = json_object_get_member (object, name);

  *text = pusher_json_object_get_string (object, name);
  if (member == NULL || JSON_NODE_HOLDS_NULL (member) || *text != NULL)
    return TRUE;

  g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
               _("The authorization has a “%s” that is not a string"), name);
  return FALSE;
}

static gboolean
read_answer (PusherAuthorizationRequest *self,
             JsonNode                   *json,
             PusherAuthorization        *authorization,
             GError                    **error)
{
  JsonObject *object = pusher_json_node_get_object (json);
  gboolean for_user = self->kind == PUSHER_AUTHORIZATION_KIND_USER;

  if (object == NULL)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                   _("The answer to the authorization request is not a JSON object"));
      return FALSE;
    }

  return get_text (object, "auth", &authorization->auth, error) &&
         get_text (object, for_user ? "user_data" : "channel_data", &authorization->data, error) &&
         get_text (object, "shared_secret", &authorization->shared_secret, error);
}

/* The same as the next one, of a text that has been parsed.
 *
 * @json: (nullable): */
gboolean
pusher_authorization_request_complete_node (PusherAuthorizationRequest *self,
                                            JsonNode                   *json,
                                            GError                    **error)
{
  g_autoptr (GError) local_error = NULL;
  PusherAuthorization authorization;

  if (!read_answer (self, json, &authorization, &local_error))
    {
      pusher_authorization_request_fail (self, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return check_and_answer (self, &authorization, error);
}

/**
 * pusher_authorization_request_complete_json:
 * @self: a request
 * @body: the body of the response of an endpoint
 * @error: return location for an error
 *
 * Grants what was asked for with the response of an authorization endpoint:
 * `{"auth": …, "channel_data": …, "user_data": …, "shared_secret": …}`, where
 * only `auth` is always needed.
 *
 * If the body is not of this form the request fails with the same error that is
 * returned here, %PUSHER_ERROR_AUTHORIZATION.
 *
 * Returns: whether the body is of the form
 *
 * Since: 1.0
 */
gboolean
pusher_authorization_request_complete_json (PusherAuthorizationRequest *self,
                                            const char                 *body,
                                            GError                    **error)
{
  g_autoptr (JsonNode) json = NULL;

  g_return_val_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self), FALSE);
  g_return_val_if_fail (body != NULL, FALSE);

  json = pusher_json_parse (body, -1, NULL);

  return pusher_authorization_request_complete_node (self, json, error);
}

/**
 * pusher_authorization_request_fail:
 * @self: a request
 * @error: why
 *
 * Refuses what was asked for. The error, whatever it is, is that of the
 * subscription, or of the sign-in. The client does not ask again before its next
 * connection, unless the application tells it to.
 *
 * Since: 1.0
 */
void
pusher_authorization_request_fail (PusherAuthorizationRequest *self,
                                   const GError               *error)
{
  g_return_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self));
  g_return_if_fail (error != NULL);

  answer (self, NULL, error, FALSE);
}

/**
 * pusher_authorization_request_fail_for_now:
 * @self: a request
 * @error: why
 *
 * Says that what was asked for can be neither granted nor refused at present, for
 * example because a server cannot be reached.
 *
 * The subscription, or the sign-in, fails with the error, and the client asks
 * again by itself after 15 to 30 seconds.
 *
 * Since: 1.0
 */
void
pusher_authorization_request_fail_for_now (PusherAuthorizationRequest *self,
                                           const GError               *error)
{
  g_return_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (self));
  g_return_if_fail (error != NULL);

  answer (self, NULL, error, TRUE);
}
