/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "complain.h"

#include <glib/gi18n.h>
#include <pusher-glib/pusher.h>
#include <stdarg.h>
#include <stdio.h>

#include "rest-error.h"

G_DEFINE_QUARK (tool-usage-error-quark, tool_usage_error)

void
tool_set_usage_error (GError    **error,
                      const char *format,
                      ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (TOOL_USAGE_ERROR, 0, format, arguments);
  va_end (arguments);
}

static const char *
get_server_hint (int code)
{
  switch (code)
    {
    case PUSHER_SERVER_ERROR_TLS_REQUIRED:
      return _("Try it with --tls.");
    case PUSHER_SERVER_ERROR_APP_NOT_FOUND:
      return _("Look at the key, and at the cluster or host: a key is good for one of them.");
    case PUSHER_SERVER_ERROR_PATH_NOT_FOUND:
      return _("Look at --path.");
    case PUSHER_SERVER_ERROR_UNAUTHORIZED:
    case PUSHER_HTTP_ERROR_UNAUTHORIZED: /* the type of a failed subscription has its status */
      return _("Look at the secret, or at what the endpoint signs; the server may also refuse "
               "the origin.");
    default:
      return NULL;
    }
}

static const char *
get_http_hint (int code)
{
  switch (code)
    {
    case PUSHER_HTTP_ERROR_UNAUTHORIZED:
    case PUSHER_HTTP_ERROR_FORBIDDEN:
      return _("Look at what the endpoint wants to know, such as a header in "
               "PUSHER_AUTH_HEADERS.");
    default:
      return NULL;
    }
}

static const char *
get_client_hint (int code)
{
  switch (code)
    {
    case PUSHER_ERROR_AUTHORIZATION:
    case PUSHER_ERROR_SUBSCRIPTION:
      return _("Look at the secret, or at what the endpoint signs.");
    case PUSHER_ERROR_CERTIFICATE:
      return _("A certificate of one's own is trusted with --ca-file.");
    case PUSHER_ERROR_UNREACHABLE:
    case PUSHER_ERROR_TIMEOUT:
      return _("“pusher-glib doctor” looks for the reason.");
    case PUSHER_ERROR_INVALID_SETTINGS:
      return _("“pusher-glib context show” says what is set.");
    default:
      return NULL;
    }
}

const char *
tool_get_hint (const GError *error)
{
  if (error->domain == TOOL_USAGE_ERROR || error->domain == G_OPTION_ERROR)
    return _("Try --help.");
  if (error->domain == PUSHER_SERVER_ERROR)
    return get_server_hint (error->code);
  if (error->domain == PUSHER_HTTP_ERROR)
    return get_http_hint (error->code);
  if (error->domain == PUSHER_ERROR)
    return get_client_hint (error->code);
  if (error->domain == TOOL_REST_ERROR)
    return tool_rest_error_get_hint (error->code);

  return NULL;
}

void
tool_complain (const GError *error)
{
  const char *hint = tool_get_hint (error);

  fprintf (stderr, "%s: %s\n", g_get_prgname (), error->message);
  if (hint != NULL)
    fprintf (stderr, "%s\n", hint);
}
