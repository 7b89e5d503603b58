/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What an application's own server remembers of what was published, for those who ask later.
 * An event is found again by its id, which is the member “id” of its data. */
typedef struct _PusherTestEventStore PusherTestEventStore;

/* What is asked for. With neither of the first two it is all that there is. */
typedef struct
{
  const char *after; /* nullable: the id of the last event that is not */
  guint last;        /* so many of the last; 0 for any number */
  guint limit;       /* of events in one answer; 0 for none */
} PusherTestEventQuery;

typedef enum
{
  PUSHER_TEST_EVENTS_FOUND,
  PUSHER_TEST_EVENTS_UNKNOWN, /* it never had that channel or that id */
  PUSHER_TEST_EVENTS_GONE,    /* it has it no more */
} PusherTestEventsFound;

PusherTestEventStore *pusher_test_event_store_new      (void);
void                  pusher_test_event_store_free     (PusherTestEventStore       *self);
void                  pusher_test_event_store_keep     (PusherTestEventStore       *self,
                                                        const char                 *channel);
char                 *pusher_test_event_store_add      (PusherTestEventStore       *self,
                                                        const char                 *channel,
                                                        const char                 *event,
                                                        const char                 *data);
char                 *pusher_test_event_store_add_json (PusherTestEventStore       *self,
                                                        const char                 *channel,
                                                        const char                 *event,
                                                        const char                 *data_json);
void                  pusher_test_event_store_note     (PusherTestEventStore       *self,
                                                        const char                 *channel,
                                                        const char                 *event,
                                                        const char                 *data);
void                  pusher_test_event_store_skip_ids (PusherTestEventStore       *self,
                                                        guint                       n);
gboolean              pusher_test_event_store_lose     (PusherTestEventStore       *self,
                                                        const char                 *channel,
                                                        const char                 *id);
gboolean              pusher_test_event_store_forget   (PusherTestEventStore       *self,
                                                        const char                 *channel,
                                                        const char                 *id);
guint                 pusher_test_event_store_count    (PusherTestEventStore       *self,
                                                        const char                 *channel);
PusherTestEventsFound pusher_test_event_store_list     (PusherTestEventStore       *self,
                                                        const char                 *channel,
                                                        const PusherTestEventQuery *query,
                                                        char                      **json);

G_END_DECLS
