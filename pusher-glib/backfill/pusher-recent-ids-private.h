/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How many ids, and how many bytes of them, are remembered */
#define PUSHER_RECENT_IDS_MAX 4096
#define PUSHER_RECENT_IDS_MAX_BYTES (256 * 1024)

/* The ids of the events that came last: an event whose id is one of them has come
 * already. All zero at first. */
typedef struct
{
  GQueue order; /* of the texts that are the keys of the table */
  GHashTable *ids;
  gsize n_bytes;
} PusherRecentIds;

void     pusher_recent_ids_clear    (PusherRecentIds *self);
void     pusher_recent_ids_add      (PusherRecentIds *self,
                                     const char      *id);
gboolean pusher_recent_ids_contains (PusherRecentIds *self,
                                     const char      *id);

G_END_DECLS
