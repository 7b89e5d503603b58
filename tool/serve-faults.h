/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/pusher-test.h>

G_BEGIN_DECLS

/* What a server does wrong: “NAME” or “NAME=VALUE”. */
gboolean tool_serve_faults_apply (PusherTestServer *server,
                                  const char       *fault,
                                  GError          **error);

/* A line for each, for --help. */
char    *tool_serve_faults_list  (void);

/* Ends what happens again and again. */
void     tool_serve_faults_end   (void);

G_END_DECLS
