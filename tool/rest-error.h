/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TOOL_REST_ERROR (tool_rest_error_quark ())

/* Why the REST interface did not do what it was asked for. */
typedef enum
{
  TOOL_REST_ERROR_FAILED,
  TOOL_REST_ERROR_UNREACHABLE,
  TOOL_REST_ERROR_NO_TLS,      /* where it was to be */
  TOOL_REST_ERROR_CERTIFICATE,
  TOOL_REST_ERROR_CLOCK,       /* it is wrong, here or there */
  TOOL_REST_ERROR_KEY,
  TOOL_REST_ERROR_SECRET,
  TOOL_REST_ERROR_SIGNATURE,   /* the key or the secret */
  TOOL_REST_ERROR_FORBIDDEN,
  TOOL_REST_ERROR_NOT_FOUND,
  TOOL_REST_ERROR_TOO_LARGE,
  TOOL_REST_ERROR_TOO_MANY,
} ToolRestError;

GQuark      tool_rest_error_quark    (void);

/* What to try; NULL if there is nothing to say. */
const char *tool_rest_error_get_hint (ToolRestError code);

G_END_DECLS
