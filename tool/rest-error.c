/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "rest-error.h"

#include <glib/gi18n.h>

G_DEFINE_QUARK (tool-rest-error-quark, tool_rest_error)

const char *
tool_rest_error_get_hint (ToolRestError code)
{
  switch (code)
    {
    case TOOL_REST_ERROR_UNREACHABLE:
      return _("Look at --host, --port and --cluster; does the server run?");
    case TOOL_REST_ERROR_NO_TLS:
      return _("The server may do without TLS: try it with --no-tls.");
    case TOOL_REST_ERROR_CERTIFICATE:
      return _("A certificate of one's own is trusted with --ca-file.");
    case TOOL_REST_ERROR_CLOCK:
      return _("Set the clock of this machine: it may differ from the server's by ten minutes.");
    case TOOL_REST_ERROR_KEY:
      return _("Look at the key: it is not that of the application with this id.");
    case TOOL_REST_ERROR_SECRET:
      return _("Look at the secret: it is not that of the key.");
    case TOOL_REST_ERROR_SIGNATURE:
      return _("Look at the key and the secret: the server does not say which one is wrong.");
    case TOOL_REST_ERROR_FORBIDDEN:
      return _("The application is disabled, or over its quota.");
    case TOOL_REST_ERROR_NOT_FOUND:
      return _("Look at the id of the application, the host and the port; and not every server "
               "has all of the interface.");
    case TOOL_REST_ERROR_TOO_LARGE:
      return _("pusher.com takes 10 kB of data an event; other servers have a setting for it.");
    case TOOL_REST_ERROR_TOO_MANY:
      return _("Wait a while: the server takes only so many requests in a time.");
    default:
      return NULL;
    }
}
