/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the REST interface says of channels: "GET channels" and what follows it in
 * https://pusher.com/docs/channels/library_auth_reference/rest-api/
 */

#include "config.h"

#include "pusher-test-rest-queries-private.h"

#include "json/pusher-json-writer-private.h"
#include "pusher-test-http-private.h"

#define bad_request(error, ...) \
  pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST, __VA_ARGS__)

/* What a backend wants to know of each channel. */
typedef struct
{
  gboolean user_count;
  gboolean subscription_count;
} Wishes;

/* Returns: (nullable): the value of a parameter */
static char *
get_parameter (const char *query,
               const char *name)
{
  g_autoptr (GHashTable) params =
    g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL);

  return params != NULL ? g_strdup (g_hash_table_lookup (params, name)) : NULL;
}

static gboolean
read_wishes (Wishes     *wishes,
             const char *query,
             GError    **error)
{
  g_autofree char *info = get_parameter (query, "info");
  g_auto (GStrv) names = g_strsplit (info != NULL ? info : "", ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "user_count"))
        wishes->user_count = TRUE;
      else if (g_str_equal (names[i], "subscription_count"))
        wishes->subscription_count = TRUE;
      else
        return bad_request (error, "The “info” has an unknown attribute: %s", names[i]);
    }

  return TRUE;
}

static gboolean
is_presence (PusherTestApp *app,
             const char    *name)
{
  return pusher_test_flavor_is_presence (app->settings->flavor, name);
}

static guint
count_users (PusherTestChannel *channel)
{
  g_auto (GStrv) members =
    channel != NULL ? pusher_test_channel_list_members (channel) : g_new0 (char *, 1);

  return g_strv_length (members);
}

static void
add_counts (GString           *json,
            const Wishes      *wishes,
            PusherTestChannel *channel)
{
  if (wishes->user_count)
    pusher_json_add_int (json, "user_count", count_users (channel));
  if (wishes->subscription_count)
    pusher_json_add_int (json, "subscription_count",
                         channel != NULL ? pusher_test_channel_get_n_subscribers (channel) : 0);
}

/* Returns: (transfer full): JSON text */
char *
pusher_test_rest_list_channels (PusherTestApp *app,
                                const char    *query,
                                GError       **error)
{
  g_autofree char *prefix = get_parameter (query, "filter_by_prefix");
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (app->channels),
                                         (GCompareFunc) strcmp);
  GString *json;
  Wishes wishes = { FALSE };

  if (!read_wishes (&wishes, query, error))
    return NULL;
  if (wishes.user_count && (prefix == NULL || !is_presence (app, prefix)))
    {
      bad_request (error, "Only presence channels have a user_count: “filter_by_prefix” has to "
                          "say so");
      return NULL;
    }

  json = g_string_new (NULL);
  pusher_json_begin_object (json, NULL);
  pusher_json_begin_object (json, "channels");
  for (const GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (prefix != NULL && !g_str_has_prefix (name, prefix))
        continue;
      pusher_json_begin_object (json, name);
      add_counts (json, &wishes, pusher_test_app_get_channel (app, name));
      pusher_json_end_object (json);
    }
  pusher_json_end_object (json);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

/* Returns: (transfer full): JSON text */
char *
pusher_test_rest_describe_channel (PusherTestApp *app,
                                   const char    *name,
                                   const char    *query,
                                   GError       **error)
{
  PusherTestChannel *channel = pusher_test_app_get_channel (app, name);
  GString *json;
  Wishes wishes = { FALSE };

  if (!read_wishes (&wishes, query, error))
    return NULL;
  if (wishes.user_count && !is_presence (app, name))
    {
      bad_request (error, "Only presence channels have a user_count; %s is none", name);
      return NULL;
    }

  json = g_string_new (NULL);
  pusher_json_begin_object (json, NULL);
  pusher_json_add_raw (json, "occupied", channel != NULL ? "true" : "false");
  add_counts (json, &wishes, channel);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

/* Returns: (transfer full): JSON text */
char *
pusher_test_rest_list_users (PusherTestApp *app,
                             const char    *name,
                             GError       **error)
{
  PusherTestChannel *channel = pusher_test_app_get_channel (app, name);
  g_auto (GStrv) members = NULL;
  GString *json;

  if (!is_presence (app, name))
    {
      bad_request (error, "Only presence channels have users; %s is none", name);
      return NULL;
    }

  members = channel != NULL ? pusher_test_channel_list_members (channel) : g_new0 (char *, 1);
  json = g_string_new (NULL);
  pusher_json_begin_object (json, NULL);
  pusher_json_begin_array (json, "users");
  for (guint i = 0; members[i] != NULL; i++)
    {
      pusher_json_begin_object (json, NULL);
      pusher_json_add_string (json, "id", members[i]);
      pusher_json_end_object (json);
    }
  pusher_json_end_array (json);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}
