/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All goes well from now on: in the end the client has what the server has. */
void peace_make (void);

G_END_DECLS
