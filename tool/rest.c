/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "rest.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "complain.h"
#include "job.h"
#include "output.h"
#include "rest-answer.h"
#include "rest-error.h"
#include "signing.h"
#include "trust.h"

#define TIMEOUT 30

struct _ToolRest
{
  SoupSession *session;
  char *base; /* up to what is signed */
  char *app_id;
  char *key;
  char *secret;
};

/* --- Where ---------------------------------------------------------------- */

/* pusher.com has hosts of their own for it; others have all at one. */
static char *
get_host (const ToolSettings *settings)
{
  if (settings->host == NULL)
    return g_strdup_printf ("api-%s.pusher.com", settings->cluster);
  if (g_str_has_prefix (settings->host, "ws-") && g_str_has_suffix (settings->host, ".pusher.com"))
    return g_strconcat ("api-", settings->host + strlen ("ws-"), NULL);
  if (strchr (settings->host, ':') != NULL && settings->host[0] != '[')
    return g_strdup_printf ("[%s]", settings->host);

  return g_strdup (settings->host);
}

/* What a proxy puts before the path is not signed: it does not reach the server. */
static char *
get_base (const ToolSettings *settings)
{
  g_autofree char *host = get_host (settings);
  g_autofree char *port =
    settings->port != 0 ? g_strdup_printf (":%u", settings->port) : g_strdup ("");
  g_auto (GStrv) parts = g_strsplit (settings->path != NULL ? settings->path : "", "/", -1);
  g_autoptr (GString) base = g_string_new (NULL);

  g_string_append_printf (base, "%s://%s%s", settings->use_tls ? "https" : "http", host, port);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (parts[i][0] != '\0')
        g_string_append_printf (base, "/%s", parts[i]);
    }

  return g_string_free (g_steal_pointer (&base), FALSE);
}

ToolRest *
tool_rest_new (const ToolSettings *settings,
               GError            **error)
{
  g_autoptr (ToolRest) self = NULL;

  if (settings->host != NULL && strpbrk (settings->host, "/?#@ ") != NULL)
    {
      tool_set_usage_error (error, _("There is no such address: %s"), settings->host);
      return NULL;
    }

  self = g_new0 (ToolRest, 1);
  self->session = soup_session_new_with_options ("user-agent", "pusher-glib ", "timeout", TIMEOUT,
                                                 "idle-timeout", 2 * TIMEOUT, NULL);
  if (settings->ca_file != NULL &&
      !tool_trust_file (self->session, settings->ca_file, error))
    return NULL;

  self->base = get_base (settings);
  self->app_id = g_strdup (settings->app_id);
  self->key = g_strdup (settings->key);
  self->secret = g_strdup (settings->secret);

  return g_steal_pointer (&self);
}

void
tool_rest_free (ToolRest *self)
{
  g_clear_object (&self->session);
  g_free (self->base);
  g_free (self->app_id);
  g_free (self->key);
  g_free (self->secret);
  g_free (self);
}

/* --- Signed --------------------------------------------------------------- */

/* Values are signed as they are, and sent escaped. */
static char *
make_query (GList      *names,
            GHashTable *query,
            gboolean    escaped)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (const GList *l = names; l != NULL; l = l->next)
    {
      const char *value = g_hash_table_lookup (query, l->data);
      g_autofree char *written =
        escaped ? g_uri_escape_string (value, ",", FALSE) : g_strdup (value);

      g_string_append_printf (text, "%s%s=%s", text->len > 0 ? "&" : "", (char *) l->data, written);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static GHashTable *
add_parameters (ToolRest   *self,
                GHashTable *query,
                const char *body)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  GHashTableIter iter;
  gpointer name, value;

  if (query != NULL)
    {
      g_hash_table_iter_init (&iter, query);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_hash_table_insert (all, name, g_strdup (value));
    }
  g_hash_table_insert (all, (gpointer) "auth_key", g_strdup (self->key));
  g_hash_table_insert (all, (gpointer) "auth_timestamp",
                       g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time () / G_USEC_PER_SEC));
  g_hash_table_insert (all, (gpointer) "auth_version", g_strdup ("1.0"));
  if (body != NULL)
    g_hash_table_insert (all, (gpointer) "body_md5",
                         g_compute_checksum_for_string (G_CHECKSUM_MD5, body, -1));

  return all;
}

static SoupMessage *
make_message (ToolRest   *self,
              const char *path,
              GHashTable *query,
              const char *body)
{
  const char *method = body != NULL ? "POST" : "GET";
  g_autoptr (GHashTable) all = add_parameters (self, query, body);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (all), (GCompareFunc) strcmp);
  g_autofree char *id = g_uri_escape_string (self->app_id, NULL, FALSE);
  g_autofree char *full_path = g_strdup_printf ("/apps/%s/%s", id, path);
  g_autofree char *plain = make_query (names, all, FALSE);
  g_autofree char *escaped = make_query (names, all, TRUE);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n%s", method, full_path, plain);
  g_autofree char *signature = tool_sign (self->secret, text);
  g_autofree char *uri =
    g_strdup_printf ("%s%s?%s&auth_signature=%s", self->base, full_path, escaped, signature);
  SoupMessage *message = soup_message_new (method, uri);

  if (tool_is_verbose ())
    tool_say ("* %s %s%s", method, self->base, full_path);
  if (message != NULL && body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  return message;
}

/* --- Sent ----------------------------------------------------------------- */

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *answer = tool_rest_answer_read_finish (result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, g_free);
  else
    g_task_return_error (task, error);
}

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  SoupMessage *message = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
    soup_session_send_finish (SOUP_SESSION (object), result, &error);

  if (stream == NULL)
    g_task_return_error (task, tool_rest_answer_explain_failure (message, error));
  else
    tool_rest_answer_read_async (message, stream, cancellable, answered_cb,
                                 g_steal_pointer (&task));
}

void
tool_rest_send_async (ToolRest           *self,
                      const char         *path,
                      GHashTable         *query,
                      const char         *body,
                      GCancellable       *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SoupMessage *message = make_message (self, path, query, body);

  g_task_set_source_tag (task, tool_rest_send_async);
  if (message == NULL)
    {
      g_task_return_new_error (task, TOOL_REST_ERROR, TOOL_REST_ERROR_UNREACHABLE,
                               _("There is no such address: %s"), self->base);
      return;
    }

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  g_task_set_task_data (task, message, g_object_unref);
  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, cancellable, sent_cb,
                           g_steal_pointer (&task));
}

char *
tool_rest_send_finish (GAsyncResult *result,
                       GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- What is sent --------------------------------------------------------- */

char *
tool_rest_make_event (const char *const *channels,
                      const char        *event,
                      const char        *data_json,
                      const char        *socket_id)
{
  g_autoptr (GString) json = g_string_new ("{");
  g_autofree char *name = tool_output_quote (event);
  gboolean many = channels[1] != NULL;

  g_string_append (json, many ? "\"channels\":[" : "\"channel\":");
  for (guint i = 0; channels[i] != NULL; i++)
    {
      g_autofree char *channel = tool_output_quote (channels[i]);

      g_string_append_printf (json, "%s%s", i > 0 ? "," : "", channel);
    }
  g_string_append_printf (json, "%s,\"name\":%s,\"data\":%s", many ? "]" : "", name, data_json);
  if (socket_id != NULL)
    {
      g_autofree char *id = tool_output_quote (socket_id);

      g_string_append_printf (json, ",\"socket_id\":%s", id);
    }
  g_string_append_c (json, '}');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

char *
tool_rest_make_batch (GPtrArray *events)
{
  GString *body = g_string_new ("{\"batch\":[");

  for (guint i = 0; i < events->len; i++)
    g_string_append_printf (body, "%s%s", i > 0 ? "," : "",
                            (const char *) g_ptr_array_index (events, i));
  g_string_append (body, "]}");

  return g_string_free (body, FALSE);
}
