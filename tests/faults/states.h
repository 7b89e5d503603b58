/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "faults.h"

G_BEGIN_DECLS

typedef struct
{
  States id;
  const char *path;
  const char *title;
  void (*enter) (Rig *rig);

  /* Nullable; what the client does once the fault is there */
  void (*proceed) (Rig *rig);
} State;

/* With and without an authorization endpoint, up to one that has no title. */
extern const State states_with_secret[];
extern const State states_with_endpoint[];

G_END_DECLS
