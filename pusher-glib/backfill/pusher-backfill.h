/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/backfill/pusher-backfill-request.h>
#include <pusher-glib/event/pusher-event.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_BACKFILL (pusher_backfill_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (PusherBackfill, pusher_backfill, PUSHER, BACKFILL, GObject)

/**
 * PusherBackfillClass:
 * @parent_class: the class of the parent
 * @fetch: answers a request, or returns %FALSE to leave it to others
 * @identify: (nullable): finds the id of an event, or returns %NULL if it has none
 *
 * The class of [class@Pusher.Backfill].
 *
 * Since: 1.0
 */
struct _PusherBackfillClass
{
  GObjectClass parent_class;

  gboolean (*fetch)    (PusherBackfill        *self,
                        PusherBackfillRequest *request);
  char    *(*identify) (PusherBackfill        *self,
                        PusherEvent           *event);

  /*< private >*/
  gpointer padding[8];
};

PUSHER_AVAILABLE_IN_1_0
PusherBackfill *pusher_backfill_new                 (void);
PUSHER_AVAILABLE_IN_1_0
gboolean        pusher_backfill_fetch               (PusherBackfill        *self,
                                                     PusherBackfillRequest *request);
PUSHER_AVAILABLE_IN_1_0
char           *pusher_backfill_identify            (PusherBackfill        *self,
                                                     PusherEvent           *event);
PUSHER_AVAILABLE_IN_1_0
const char     *pusher_backfill_get_id_pointer      (PusherBackfill        *self);
PUSHER_AVAILABLE_IN_1_0
void            pusher_backfill_set_id_pointer      (PusherBackfill        *self,
                                                     const char            *id_pointer);
PUSHER_AVAILABLE_IN_1_0
gboolean        pusher_backfill_get_client_events   (PusherBackfill        *self);
PUSHER_AVAILABLE_IN_1_0
void            pusher_backfill_set_client_events   (PusherBackfill        *self,
                                                     gboolean               client_events);
PUSHER_AVAILABLE_IN_1_0
guint           pusher_backfill_get_initial_count   (PusherBackfill        *self);
PUSHER_AVAILABLE_IN_1_0
void            pusher_backfill_set_initial_count   (PusherBackfill        *self,
                                                     guint                  initial_count);
PUSHER_AVAILABLE_IN_1_0
guint           pusher_backfill_get_max_held_events (PusherBackfill        *self);
PUSHER_AVAILABLE_IN_1_0
void            pusher_backfill_set_max_held_events (PusherBackfill        *self,
                                                     guint                  max_held_events);
PUSHER_AVAILABLE_IN_1_0
guint64         pusher_backfill_get_max_held_bytes  (PusherBackfill        *self);
PUSHER_AVAILABLE_IN_1_0
void            pusher_backfill_set_max_held_bytes  (PusherBackfill        *self,
                                                     guint64                max_held_bytes);
PUSHER_AVAILABLE_IN_1_0
guint           pusher_backfill_get_max_concurrent  (PusherBackfill        *self);
PUSHER_AVAILABLE_IN_1_0
void            pusher_backfill_set_max_concurrent  (PusherBackfill        *self,
                                                     guint                  max_concurrent);
PUSHER_AVAILABLE_IN_1_0
guint           pusher_backfill_get_max_attempts    (PusherBackfill        *self);
PUSHER_AVAILABLE_IN_1_0
void            pusher_backfill_set_max_attempts    (PusherBackfill        *self,
                                                     guint                  max_attempts);
PUSHER_AVAILABLE_IN_1_0
guint           pusher_backfill_get_timeout         (PusherBackfill        *self);
PUSHER_AVAILABLE_IN_1_0
void            pusher_backfill_set_timeout         (PusherBackfill        *self,
                                                     guint                  seconds);

G_END_DECLS
