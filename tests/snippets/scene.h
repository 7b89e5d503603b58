/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/pusher-test.h>

G_BEGIN_DECLS

/* The scene in the environment variable SCENE, of which all may be missing: what
 * happens at the server, what it receives then, and what the snippet prints. */
void scene_watch (PusherTestServer *server);
void scene_play  (PusherTestServer *server);
void scene_check (void);

G_END_DECLS
