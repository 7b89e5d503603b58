/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-settings-private.h"

#include "base/pusher-error.h"

#include <glib/gi18n-lib.h>

static void
param_free (gpointer data)
{
  PusherHttpParam *param = data;

  g_free (param->name);
  g_free (param->value);
  g_free (param);
}

void
pusher_http_settings_init (PusherHttpSettings *self,
                           PusherHttpPurpose   purpose)
{
  *self = (PusherHttpSettings) {
    .max_concurrent = PUSHER_HTTP_DEFAULT_MAX_CONCURRENT,
    .policy.timeout = PUSHER_HTTP_DEFAULT_TIMEOUT,
    .policy.max_attempts = PUSHER_HTTP_DEFAULT_MAX_ATTEMPTS,
    .policy.purpose = purpose,
    .policy.max_body_size = purpose == PUSHER_HTTP_FOR_BACKFILL ? PUSHER_HTTP_MAX_BACKFILL_SIZE
                                                            : PUSHER_HTTP_MAX_AUTHORIZATION_SIZE,
    .policy.new_timer = pusher_http_timer_new,
    .policy.random = g_random_double,
    .queue = pusher_http_queue_new (PUSHER_HTTP_DEFAULT_MAX_CONCURRENT),
    .headers = g_ptr_array_new_with_free_func (param_free),
    .params = g_ptr_array_new_with_free_func (param_free),
  };
  self->policy.renewal = &self->renewal;
  self->renewal.queue = self->queue;
}

void
pusher_http_settings_clear (PusherHttpSettings *self)
{
  g_free (self->endpoint);
  g_clear_object (&self->session);
  g_free (self->username);
  g_free (self->password);
  pusher_http_queue_unref (self->queue);
  g_ptr_array_unref (self->headers);
  g_ptr_array_unref (self->params);
}

static void
set_param (GPtrArray  *params,
           const char *name,
           const char *value,
           int       (*compare) (const char *, const char *))
{
  PusherHttpParam *param;

  for (guint i = 0; i < params->len; i++)
    {
      param = params->pdata[i];
      if (compare (param->name, name) == 0)
        g_ptr_array_remove_index (params, i);
    }
  if (value == NULL)
    return;

  param = g_new (PusherHttpParam, 1);
  param->name = g_strdup (name);
  param->value = g_strdup (value);
  g_ptr_array_add (params, param);
}

void
pusher_http_settings_set_header (PusherHttpSettings *self,
                                 const char         *name,
                                 const char         *value)
{
  set_param (self->headers, name, value, g_ascii_strcasecmp);
}

void
pusher_http_settings_set_param (PusherHttpSettings *self,
                                const char         *name,
                                const char         *value)
{
  set_param (self->params, name, value, strcmp);
}

SoupSession *
pusher_http_settings_get_session (PusherHttpSettings *self)
{
  /* How many messages are under way is for max-concurrent to say. */
  if (self->session == NULL)
    self->session = soup_session_new_with_options ("user-agent", "pusher-glib/" PUSHER_VERSION,
                                                   "max-conns", G_MAXINT,
                                                   "max-conns-per-host", G_MAXINT, NULL);

  return self->session;
}

/* endpoint: nullable */
static GUri *
parse_endpoint (const char       *endpoint,
                PusherHttpPurpose purpose,
                GError          **error)
{
  g_autoptr (GUri) uri =
    endpoint != NULL ? g_uri_parse (endpoint, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (!g_str_equal (g_uri_get_scheme (uri), "http") &&
       !g_str_equal (g_uri_get_scheme (uri), "https")))
    {
      g_set_error_literal (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS,
                           purpose == PUSHER_HTTP_FOR_BACKFILL
                             ? _("The address of the store of events is not an HTTP URL")
                             : _("The authorization endpoint is not an HTTP URL"));
      return NULL;
    }

  return g_steal_pointer (&uri);
}

/* Whether messages may be sent there. */
gboolean
pusher_http_endpoint_check (const char       *endpoint,
                            PusherHttpPurpose purpose,
                            GError          **error)
{
  g_autoptr (GUri) uri = parse_endpoint (endpoint, purpose, error);

  return uri != NULL;
}

static void
append_basic_credentials (PusherHttpSettings *self,
                          SoupMessageHeaders *headers)
{
  g_autofree char *plain = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *value = NULL;

  if (self->username == NULL || self->password == NULL)
    return;

  plain = g_strconcat (self->username, ":", self->password, NULL);
  encoded = g_base64_encode ((const guchar *) plain, strlen (plain));
  value = g_strconcat ("Basic ", encoded, NULL);
  soup_message_headers_replace (headers, "Authorization", value);
}

/* Returns: (transfer full): a message for the endpoint, without its form */
SoupMessage *
pusher_http_settings_new_message (PusherHttpSettings *self,
                                  const char         *method,
                                  const char         *url,
                                  GError            **error)
{
  g_autoptr (GUri) uri = parse_endpoint (url, self->policy.purpose, error);
  SoupMessage *message;
  SoupMessageHeaders *headers;

  if (uri == NULL)
    return NULL;

  message = soup_message_new_from_uri (method, uri);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  append_basic_credentials (self, headers);
  for (guint i = 0; i < self->headers->len; i++)
    {
      PusherHttpParam *header = self->headers->pdata[i];

      soup_message_headers_replace (headers, header->name, header->value);
    }

  return message;
}
