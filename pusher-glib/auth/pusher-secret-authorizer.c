/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-secret-authorizer.h"

#include "base/pusher-error.h"
#include "base/pusher-setters-private.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-secretbox-private.h"
#include "protocol/pusher-signature-private.h"
#include "pusher-authorization-request-private.h"

#include <glib/gi18n-lib.h>

/**
 * PusherSecretAuthorizer:
 *
 * An authorizer that knows the secret of the application, and signs by itself.
 *
 * This is for services and tools that run where the secret may be known. Never
 * put a secret into a program that others get: with it they can do anything in
 * the name of the application.
 *
 * Since: 1.0
 */
struct _PusherSecretAuthorizer
{
  PusherAuthorizer parent_instance;

  char *secret;
  char *channel_data;
  char *user_data;
  char *own_member; /* channel data; made when it is needed */
  PusherSecretboxKey master_key;
  gboolean has_master_key;
};

G_DEFINE_FINAL_TYPE (PusherSecretAuthorizer, pusher_secret_authorizer, PUSHER_TYPE_AUTHORIZER)

enum
{
  PROP_0,
  PROP_SECRET,
  PROP_CHANNEL_DATA,
  PROP_USER_DATA,
  PROP_ENCRYPTION_MASTER_KEY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* info: an object or NULL, of which a name counts only if there is no other. */
static char *
make_member (const char *id,
             const char *name,
             JsonNode   *info)
{
  JsonObject *object = pusher_json_node_get_object (info);
  GString *json = g_string_new (NULL);
  JsonObjectIter iter;
  const char *field;
  JsonNode *value;

  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "user_id", id);

  /* Reverb cannot do without a user_info. */
  pusher_json_begin_object (json, "user_info");
  pusher_json_add_string (json, "name", name);
  if (object != NULL)
    json_object_iter_init_ordered (&iter, object);
  while (object != NULL && json_object_iter_next_ordered (&iter, &field, &value))
    if (name == NULL || !g_str_equal (field, "name"))
      pusher_json_add_node (json, field, value);
  pusher_json_end_object (json);

  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

/* Who joins a presence channel. NULL if that is the user who signs in. */
static const char *
choose_member (PusherSecretAuthorizer     *self,
               PusherAuthorizationRequest *request)
{
  if (self->channel_data != NULL || pusher_authorization_request_get_has_user (request))
    return self->channel_data;

  if (self->own_member == NULL)
    {
      g_autofree char *id = g_uuid_string_random ();

      self->own_member = make_member (id, NULL, NULL);
    }

  return self->own_member;
}

static void
authorize_channel (PusherSecretAuthorizer     *self,
                   PusherAuthorizationRequest *request)
{
  const char *name = pusher_authorization_request_get_channel_name (request);
  gboolean presence = g_str_has_prefix (name, "presence-");
  const char *channel_data = presence ? choose_member (self, request) : NULL;
  g_autofree char *shared_secret = NULL;
  g_autofree char *auth =
    pusher_signature_for_channel (pusher_authorization_request_get_key (request), self->secret,
                                  pusher_authorization_request_get_socket_id (request),
                                  name, channel_data);

  if (self->has_master_key && g_str_has_prefix (name, "private-encrypted-"))
    {
      PusherSecretboxKey key;

      pusher_secretbox_key_derive (&key, name, &self->master_key);
      shared_secret = pusher_secretbox_key_encode (&key);
      pusher_secretbox_key_wipe (&key);
    }

  pusher_authorization_request_complete (request, auth, channel_data, shared_secret);
}

/* Returns: (nullable): who signs in: who joins presence channels, if nobody else is set */
static char *
dup_user_data (PusherSecretAuthorizer *self)
{
  g_autoptr (JsonNode) member = NULL;
  g_autofree char *id = NULL;
  JsonObject *object;
  JsonNode *info;
  GString *json;

  if (self->user_data != NULL || self->channel_data == NULL)
    return g_strdup (self->user_data);

  member = pusher_json_parse (self->channel_data, -1, NULL);
  object = pusher_json_node_get_object (member);
  id = pusher_json_node_dup_id (pusher_json_object_get_member (object, "user_id"));
  if (id == NULL)
    return NULL;

  json = g_string_new (NULL);
  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "id", id);
  info = pusher_json_object_get_member (object, "user_info");
  if (info != NULL)
    pusher_json_add_node (json, "user_info", info);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

static void
authenticate_user (PusherSecretAuthorizer     *self,
                   PusherAuthorizationRequest *request)
{
  g_autofree char *user_data = dup_user_data (self);
  g_autofree char *auth = NULL;

  if (user_data == NULL)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                     _("The authorizer has no user data to sign in with"));

      pusher_authorization_request_fail (request, error);
      return;
    }

  auth = pusher_signature_for_user (pusher_authorization_request_get_key (request), self->secret,
                                    pusher_authorization_request_get_socket_id (request),
                                    user_data);
  pusher_authorization_request_complete (request, auth, user_data, NULL);
}

static gboolean
pusher_secret_authorizer_authorize (PusherAuthorizer           *authorizer,
                                    PusherAuthorizationRequest *request)
{
  PusherSecretAuthorizer *self = PUSHER_SECRET_AUTHORIZER (authorizer);

  if (self->secret == NULL)
    return FALSE;

  if (pusher_authorization_request_get_kind (request) == PUSHER_AUTHORIZATION_KIND_USER)
    authenticate_user (self, request);
  else
    authorize_channel (self, request);

  return TRUE;
}

static void
pusher_secret_authorizer_finalize (GObject *object)
{
  PusherSecretAuthorizer *self = PUSHER_SECRET_AUTHORIZER (object);

  pusher_secretbox_key_wipe (&self->master_key);
  g_free (self->secret);
  g_free (self->channel_data);
  g_free (self->user_data);
  g_free (self->own_member);

  G_OBJECT_CLASS (pusher_secret_authorizer_parent_class)->finalize (object);
}

static void
pusher_secret_authorizer_get_property (GObject    *object,
                                       guint       prop_id,
                                       GValue     *value,
                                       GParamSpec *pspec)
{
  PusherSecretAuthorizer *self = PUSHER_SECRET_AUTHORIZER (object);

  g_value_set_string (value, prop_id == PROP_USER_DATA ? self->user_data : self->channel_data);
}

static gboolean (*const setters[N_PROPS]) (PusherSecretAuthorizer *, const char *, GError **) = {
  [PROP_CHANNEL_DATA] = pusher_secret_authorizer_set_channel_data,
  [PROP_USER_DATA] = pusher_secret_authorizer_set_user_data,
  [PROP_ENCRYPTION_MASTER_KEY] = pusher_secret_authorizer_set_encryption_master_key,
};

/* What a property cannot take is not set. */
static void
pusher_secret_authorizer_set_property (GObject      *object,
                                       guint         prop_id,
                                       const GValue *value,
                                       GParamSpec   *pspec)
{
  PusherSecretAuthorizer *self = PUSHER_SECRET_AUTHORIZER (object);
  const char *text = g_value_get_string (value);
  g_autoptr (GError) error = NULL;

  if (prop_id == PROP_SECRET)
    pusher_secret_authorizer_set_secret (self, text);
  else if (!setters[prop_id] (self, text, &error))
    g_warning ("PusherSecretAuthorizer: %s: %s", pspec->name, error->message);
}

static void
pusher_secret_authorizer_class_init (PusherSecretAuthorizerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags write_flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = pusher_secret_authorizer_finalize;
  object_class->get_property = pusher_secret_authorizer_get_property;
  object_class->set_property = pusher_secret_authorizer_set_property;
  PUSHER_AUTHORIZER_CLASS (klass)->authorize = pusher_secret_authorizer_authorize;

  /**
   * PusherSecretAuthorizer:secret:
   *
   * The secret of the application at the server. It cannot be read back.
   *
   * Since: 1.0
   */
  properties[PROP_SECRET] = g_param_spec_string ("secret", NULL, NULL, NULL, write_flags);

  /**
   * PusherSecretAuthorizer:channel-data:
   *
   * Who the client is on presence channels: JSON text like
   * `{"user_id": "42", "user_info": {"name": "Al"}}`, or %NULL.
   *
   * If it is %NULL, the client is the user who signs in, or if none does, a member
   * with an id of its own, a random one that stays the same.
   *
   * Since: 1.0
   */
  properties[PROP_CHANNEL_DATA] = g_param_spec_string ("channel-data", NULL, NULL, NULL, flags);

  /**
   * PusherSecretAuthorizer:user-data:
   *
   * Who signs in: JSON text like `{"id": "42", "user_info": {"name": "Al"}}`, or
   * %NULL for the one of [property@Pusher.SecretAuthorizer:channel-data].
   *
   * Since: 1.0
   */
  properties[PROP_USER_DATA] = g_param_spec_string ("user-data", NULL, NULL, NULL, flags);

  /**
   * PusherSecretAuthorizer:encryption-master-key:
   *
   * The master key of encrypted channels: 32 bytes in base64, as the server
   * libraries take it. It cannot be read back.
   *
   * Since: 1.0
   */
  properties[PROP_ENCRYPTION_MASTER_KEY] =
    g_param_spec_string ("encryption-master-key", NULL, NULL, NULL, write_flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pusher_secret_authorizer_init (PusherSecretAuthorizer *self)
{
}

/**
 * pusher_secret_authorizer_new:
 * @secret: the secret of the application
 *
 * Makes an authorizer that signs with a secret.
 *
 * Returns: (transfer full): a new authorizer
 *
 * Since: 1.0
 */
PusherSecretAuthorizer *
pusher_secret_authorizer_new (const char *secret)
{
  g_return_val_if_fail (secret != NULL, NULL);

  return g_object_new (PUSHER_TYPE_SECRET_AUTHORIZER, "secret", secret, NULL);
}

/**
 * pusher_secret_authorizer_set_secret:
 * @self: an authorizer
 * @secret: (nullable): the secret of the application, or %NULL to answer nothing
 *
 * Sets the secret of the application.
 *
 * Since: 1.0
 */
void
pusher_secret_authorizer_set_secret (PusherSecretAuthorizer *self,
                                     const char             *secret)
{
  g_return_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self));

  pusher_set_string (&self->secret, secret);
}

static gboolean
set_json (PusherSecretAuthorizer *self,
          char                  **setting,
          const char             *json,
          GParamSpec             *pspec,
          GError                **error)
{
  if (json != NULL && !pusher_json_validate (json, -1, error))
    return FALSE;
  if (pusher_set_string (setting, json))
    g_object_notify_by_pspec (G_OBJECT (self), pspec);

  return TRUE;
}

/* What the caller has made may not be JSON: a number that is not finite, a string that is
 * not valid UTF-8. */
static void
set_made_json (PusherSecretAuthorizer *self,
               char                  **setting,
               const char             *json,
               GParamSpec             *pspec)
{
  g_autoptr (GError) error = NULL;

  if (!set_json (self, setting, json, pspec, &error))
    g_critical ("PusherSecretAuthorizer: %s: %s", pspec->name, error->message);
}

static void
set_node (PusherSecretAuthorizer *self,
          char                  **setting,
          JsonNode               *node,
          GParamSpec             *pspec)
{
  g_autofree char *json = node != NULL ? pusher_json_write (node) : NULL;

  set_made_json (self, setting, json, pspec);
}

/**
 * pusher_secret_authorizer_get_channel_data:
 * @self: an authorizer
 *
 * Gets who the client is on presence channels.
 *
 * Returns: (transfer none) (nullable): JSON text, or %NULL
 *
 * Since: 1.0
 */
const char *
pusher_secret_authorizer_get_channel_data (PusherSecretAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self), NULL);

  return self->channel_data;
}

/**
 * pusher_secret_authorizer_set_channel_data:
 * @self: an authorizer
 * @json: (nullable): JSON text like
 *   `{"user_id": "42", "user_info": {"name": "Al"}}`, or %NULL
 * @error: return location for an error
 *
 * Sets who the client is on presence channels. The server gets the text as it
 * is given.
 *
 * The error is %PUSHER_ERROR_INVALID_DATA if this is not JSON.
 *
 * Returns: whether it is set
 *
 * Since: 1.0
 */
gboolean
pusher_secret_authorizer_set_channel_data (PusherSecretAuthorizer *self,
                                           const char             *json,
                                           GError                **error)
{
  g_return_val_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self), FALSE);

  return set_json (self, &self->channel_data, json, properties[PROP_CHANNEL_DATA], error);
}

/**
 * pusher_secret_authorizer_set_channel_data_node:
 * @self: an authorizer
 * @node: (nullable): an object with `user_id` and, optionally, `user_info`
 *
 * Sets who the client is on presence channels, as
 * [method@Pusher.SecretAuthorizer.set_channel_data] does.
 *
 * Since: 1.0
 */
void
pusher_secret_authorizer_set_channel_data_node (PusherSecretAuthorizer *self,
                                                JsonNode               *node)
{
  g_return_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self));

  set_node (self, &self->channel_data, node, properties[PROP_CHANNEL_DATA]);
}

/**
 * pusher_secret_authorizer_set_member:
 * @self: an authorizer
 * @id: the id of the user
 * @name: (nullable): a name to show, or %NULL
 * @info: (nullable): an object with what else others may know of the user, or %NULL
 *
 * Sets who the client is on presence channels, and who signs in unless
 * [property@Pusher.SecretAuthorizer:user-data] says otherwise. Others get this as
 * [property@Pusher.Member:id], [property@Pusher.Member:name] and
 * [property@Pusher.Member:info], of which the name is a field.
 *
 * This sets [property@Pusher.SecretAuthorizer:channel-data].
 *
 * Since: 1.0
 */
void
pusher_secret_authorizer_set_member (PusherSecretAuthorizer *self,
                                     const char             *id,
                                     const char             *name,
                                     JsonNode               *info)
{
  g_autofree char *member = NULL;

  g_return_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self));
  g_return_if_fail (id != NULL && pusher_json_is_id (id));
  g_return_if_fail (info == NULL || JSON_NODE_HOLDS_OBJECT (info));

  member = make_member (id, name, info);
  set_made_json (self, &self->channel_data, member, properties[PROP_CHANNEL_DATA]);
}

/**
 * pusher_secret_authorizer_get_user_data:
 * @self: an authorizer
 *
 * Gets who signs in.
 *
 * Returns: (transfer none) (nullable): JSON text, or %NULL
 *
 * Since: 1.0
 */
const char *
pusher_secret_authorizer_get_user_data (PusherSecretAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self), NULL);

  return self->user_data;
}

/**
 * pusher_secret_authorizer_set_user_data:
 * @self: an authorizer
 * @json: (nullable): JSON text like
 *   `{"id": "42", "user_info": {"name": "Al"}, "watchlist": ["43"]}`, or %NULL
 * @error: return location for an error
 *
 * Sets who signs in. The server gets the text as it is given.
 *
 * The error is %PUSHER_ERROR_INVALID_DATA if this is not JSON.
 *
 * Returns: whether it is set
 *
 * Since: 1.0
 */
gboolean
pusher_secret_authorizer_set_user_data (PusherSecretAuthorizer *self,
                                        const char             *json,
                                        GError                **error)
{
  g_return_val_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self), FALSE);

  return set_json (self, &self->user_data, json, properties[PROP_USER_DATA], error);
}

/**
 * pusher_secret_authorizer_set_user_data_node:
 * @self: an authorizer
 * @node: (nullable): an object with `id` and, optionally, `user_info` and
 *   `watchlist`
 *
 * Sets who signs in, as [method@Pusher.SecretAuthorizer.set_user_data] does.
 *
 * Since: 1.0
 */
void
pusher_secret_authorizer_set_user_data_node (PusherSecretAuthorizer *self,
                                             JsonNode               *node)
{
  g_return_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self));

  set_node (self, &self->user_data, node, properties[PROP_USER_DATA]);
}

/**
 * pusher_secret_authorizer_set_encryption_master_key:
 * @self: an authorizer
 * @base64: (nullable): 32 bytes in base64, or %NULL
 * @error: return location for an error
 *
 * Sets the master key, from which the keys of encrypted channels are made.
 *
 * The error is %PUSHER_ERROR_INVALID_DATA if this is not such a key.
 *
 * Returns: whether it is set
 *
 * Since: 1.0
 */
gboolean
pusher_secret_authorizer_set_encryption_master_key (PusherSecretAuthorizer *self,
                                                    const char             *base64,
                                                    GError                **error)
{
  PusherSecretboxKey key = { 0 };

  g_return_val_if_fail (PUSHER_IS_SECRET_AUTHORIZER (self), FALSE);

  if (base64 != NULL && !pusher_secretbox_key_decode (&key, base64))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA,
                   _("The encryption master key is not the base64 form of 32 bytes"));
      return FALSE;
    }

  self->master_key = key;
  self->has_master_key = base64 != NULL;
  pusher_secretbox_key_wipe (&key);

  return TRUE;
}
