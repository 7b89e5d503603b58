/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What came of a request: the text of a good answer, or a TOOL_REST_ERROR. */
void    tool_rest_answer_read_async      (SoupMessage        *message,
                                          GInputStream       *stream,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
char   *tool_rest_answer_read_finish     (GAsyncResult       *result,
                                          GError            **error);

/* There was none, for this reason. */
GError *tool_rest_answer_explain_failure (SoupMessage        *message,
                                          const GError       *error);

G_END_DECLS
