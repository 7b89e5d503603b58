/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "rig.h"

G_BEGIN_DECLS

/* A server in a process of its own, in the place of the rig's, which takes over
 * its port when the process is gone. */

/* mode is nullable: see child-server.c. The client talks to it without the proxy. */
void child_start (Rig        *rig,
                  const char *mode);

void child_kill    (Rig *rig);
void child_replace (Rig *rig);

G_END_DECLS
