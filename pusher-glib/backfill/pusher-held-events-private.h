/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "event/pusher-event.h"

G_BEGIN_DECLS

/* An event that is not delivered yet */
typedef struct
{
  GList link;
  PusherEvent *event;
  char *id;            /* nullable */
  gboolean behind_gap; /* what came before it, and is held, came before a gap */
} PusherHeldEvent;

/* Events in order, which are also found by their ids if they are indexed. */
typedef struct
{
  GQueue events; /* of PusherHeldEvent */
  GHashTable *ids; /* NULL until one with an id comes, and if they are not indexed */
  gboolean indexed;
  gsize n_bytes;
  guint n_nameless; /* have no id */
} PusherHeldEvents;

void             pusher_held_event_free         (PusherHeldEvent  *self);
void             pusher_held_events_clear       (PusherHeldEvents *self);
PusherHeldEvent *pusher_held_events_add         (PusherHeldEvents *self,
                                                 PusherEvent      *event,
                                                 const char       *id);
void             pusher_held_events_add_all     (PusherHeldEvents *self,
                                                 PusherHeldEvents *others);
gboolean         pusher_held_events_is_empty    (PusherHeldEvents *self);
gboolean         pusher_held_events_has_room    (PusherHeldEvents *self,
                                                 guint             max_events,
                                                 guint64           max_bytes);
PusherHeldEvent *pusher_held_events_find        (PusherHeldEvents *self,
                                                 const char       *id);
PusherHeldEvent *pusher_held_events_find_before (PusherHeldEvents *self,
                                                 PusherHeldEvent  *end);
PusherHeldEvent *pusher_held_events_peek        (PusherHeldEvents *self);
PusherHeldEvent *pusher_held_events_take        (PusherHeldEvents *self,
                                                 PusherHeldEvent  *event);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherHeldEvent, pusher_held_event_free)

G_END_DECLS
