/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-settings.h"

#define GROUP "chat"

/* All properties are kept in a key file, under their own names. */
enum
{
  PROP_0,
  PROP_NAME,
  PROP_EMBEDDED,
  PROP_KEY,
  PROP_CLUSTER,
  PROP_HOST,
  PROP_PORT,
  PROP_USE_TLS,
  PROP_ENDPOINT,
  PROP_SECRET,
  PROP_HISTORY,
  N_PROPS
};

struct _ChatSettings
{
  GObject parent_instance;

  GValue values[N_PROPS];
};

G_DEFINE_FINAL_TYPE (ChatSettings, chat_settings, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_settings_finalize (GObject *object)
{
  ChatSettings *self = CHAT_SETTINGS (object);

  for (guint i = 1; i < N_PROPS; i++)
    g_value_unset (&self->values[i]);

  G_OBJECT_CLASS (chat_settings_parent_class)->finalize (object);
}

static void
chat_settings_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  g_value_copy (&CHAT_SETTINGS (object)->values[prop_id], value);
}

static void
chat_settings_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  ChatSettings *self = CHAT_SETTINGS (object);

  if (g_param_values_cmp (pspec, &self->values[prop_id], value) == 0)
    return;

  g_value_copy (value, &self->values[prop_id]);
  g_object_notify_by_pspec (object, pspec);
}

static void
chat_settings_class_init (ChatSettingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = chat_settings_finalize;
  object_class->get_property = chat_settings_get_property;
  object_class->set_property = chat_settings_set_property;

  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, g_get_user_name (), flags);
  properties[PROP_EMBEDDED] = g_param_spec_boolean ("embedded", NULL, NULL, TRUE, flags);
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, "", flags);
  properties[PROP_CLUSTER] = g_param_spec_string ("cluster", NULL, NULL, "", flags);
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, "", flags);
  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags);
  properties[PROP_USE_TLS] = g_param_spec_boolean ("use-tls", NULL, NULL, TRUE, flags);
  properties[PROP_ENDPOINT] = g_param_spec_string ("endpoint", NULL, NULL, "", flags);
  properties[PROP_SECRET] = g_param_spec_string ("secret", NULL, NULL, "", flags);
  properties[PROP_HISTORY] = g_param_spec_string ("history", NULL, NULL, "", flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_settings_init (ChatSettings *self)
{
  for (guint i = 1; i < N_PROPS; i++)
    {
      g_value_init (&self->values[i], properties[i]->value_type);
      g_param_value_set_default (properties[i], &self->values[i]);
    }
}

ChatSettings *
chat_settings_new (void)
{
  return g_object_new (CHAT_TYPE_SETTINGS, NULL);
}

/* --- The key file -------------------------------------------------------- */

static char *
get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "pusher-chat", "settings.ini", NULL);
}

static void
load_value (ChatSettings *self,
            GKeyFile     *file,
            GParamSpec   *pspec)
{
  g_autofree char *text = g_key_file_get_string (file, GROUP, pspec->name, NULL);

  if (text == NULL)
    return;

  if (pspec->value_type == G_TYPE_BOOLEAN)
    g_object_set (self, pspec->name, g_str_equal (text, "true"), NULL);
  else if (pspec->value_type == G_TYPE_UINT)
    g_object_set (self, pspec->name, (guint) MIN (g_ascii_strtoull (text, NULL, 10), G_MAXUINT16),
                  NULL);
  else
    g_object_set (self, pspec->name, text, NULL);
}

void
chat_settings_load (ChatSettings *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path ();
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
    {
      if (!g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        g_message ("Cannot read %s: %s", path, error->message);
      return;
    }

  for (guint i = 1; i < N_PROPS; i++)
    load_value (self, file, properties[i]);
}

gboolean
chat_settings_save (ChatSettings *self,
                    GError      **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path ();
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *data = NULL;
  gsize length;

  for (guint i = 1; i < N_PROPS; i++)
    {
      const GValue *value = &self->values[i];

      if (G_VALUE_HOLDS_BOOLEAN (value))
        g_key_file_set_boolean (file, GROUP, properties[i]->name, g_value_get_boolean (value));
      else if (G_VALUE_HOLDS_UINT (value))
        g_key_file_set_uint64 (file, GROUP, properties[i]->name, g_value_get_uint (value));
      else
        g_key_file_set_string (file, GROUP, properties[i]->name, g_value_get_string (value));
    }

  data = g_key_file_to_data (file, &length, NULL);
  g_mkdir_with_parents (directory, 0700);

  /* The secret is nobody else's business. */
  return g_file_set_contents_full (path, data, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

/* --- The client ---------------------------------------------------------- */

static const char *
get_text (ChatSettings *self,
          guint         prop_id)
{
  const char *text = g_value_get_string (&self->values[prop_id]);

  return text != NULL && *text != '\0' ? text : NULL;
}

static gboolean
set_authorizer (ChatSettings *self,
                PusherClient *client,
                const char   *user_id,
                const char   *user_name,
                GError      **error)
{
  const char *endpoint = get_text (self, PROP_ENDPOINT);
  const char *secret = get_text (self, PROP_SECRET);

  if (endpoint != NULL)
    {
      PusherHttpAuthorizer *authorizer = pusher_client_use_endpoint (client, endpoint, error);

      if (authorizer == NULL)
        return FALSE;

      /* Who the user is the endpoint decides; it may look at these. */
      pusher_http_authorizer_set_param (authorizer, "user_id", user_id);
      pusher_http_authorizer_set_param (authorizer, "user_name", user_name);
    }
  else if (secret != NULL)
    {
      g_autoptr (PusherSecretAuthorizer) authorizer = pusher_secret_authorizer_new (secret);

      pusher_secret_authorizer_set_member (authorizer, user_id, user_name, NULL);
      pusher_client_set_authorizer (client, PUSHER_AUTHORIZER (authorizer));
    }
  else
    {
      pusher_client_set_authorizer (client, NULL);
    }

  return TRUE;
}

/* Brings the client to the server of the settings. Its channels stay. */
gboolean
chat_settings_apply (ChatSettings *self,
                     PusherClient *client,
                     const char   *user_id,
                     const char   *user_name,
                     GError      **error)
{
  if (!set_authorizer (self, client, user_id, user_name, error))
    return FALSE;

  pusher_client_set_host (client, get_text (self, PROP_HOST));
  pusher_client_set_port (client, g_value_get_uint (&self->values[PROP_PORT]));
  pusher_client_set_use_tls (client, g_value_get_boolean (&self->values[PROP_USE_TLS]));
  pusher_client_switch_cluster (client, g_value_get_string (&self->values[PROP_KEY]),
                                get_text (self, PROP_CLUSTER));
  pusher_client_open (client);

  return TRUE;
}
