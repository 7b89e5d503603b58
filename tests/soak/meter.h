/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a process has at the moment */
typedef struct
{
  gsize heap;        /* bytes that were allocated and not freed; 0 if that is not known */
  guint descriptors;
  guint sources;     /* of the thread-default main context */
  guint quarks;      /* that were made, ever */
} Meter;

void   meter_read    (Meter *self);
gsize  meter_heap    (void);
double meter_cpu     (void);

G_END_DECLS
