/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "settings.h"

G_BEGIN_DECLS

/* Signed requests to the REST interface of an application. */
typedef struct _ToolRest ToolRest;

/* The most events that a server takes at once. */
#define TOOL_REST_MAX_BATCH 10
/* And the most channels for one of them. */
#define TOOL_REST_MAX_CHANNELS 100

ToolRest *tool_rest_new         (const ToolSettings *settings,
                                 GError            **error);
void      tool_rest_free        (ToolRest           *self);

/* @path is what follows “/apps/ID/”, escaped; @query has texts, and may be NULL; without @body
 * it is a GET, with one a POST. Errors are of TOOL_REST_ERROR. */
void      tool_rest_send_async  (ToolRest           *self,
                                 const char         *path,
                                 GHashTable         *query,
                                 const char         *body,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
/* What the server answered: JSON, for all that is known of it. */
char     *tool_rest_send_finish (GAsyncResult       *result,
                                 GError            **error);

/* The object for one event of a request. @data_json is a JSON string, and @socket_id may be
 * NULL. */
char     *tool_rest_make_event  (const char *const  *channels,
                                 const char         *event,
                                 const char         *data_json,
                                 const char         *socket_id);

/* The body for several of them. */
char     *tool_rest_make_batch  (GPtrArray          *events);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolRest, tool_rest_free)

G_END_DECLS
