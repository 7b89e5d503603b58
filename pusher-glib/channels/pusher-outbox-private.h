/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "admission/pusher-host-private.h"

G_BEGIN_DECLS

/* Bytes that the client events of one channel may take while they are kept, whatever their
 * number */
#define PUSHER_OUTBOX_MAX_BYTES (1024 * 1024)

/* Seconds */
#define PUSHER_OUTBOX_DEFAULT_EXPIRY 60

/* A client event that waits until it can be sent */
typedef struct
{
  char *name;
  char *data_json; /* nullable */
  gint64 kept_at;
  gsize n_bytes;
} PusherKeptEvent;

/* The client events of one channel that wait, in the order in which they were triggered.
 * Tells nothing; the client is woken when there is something to do. */
typedef struct
{
  PusherHost *host; /* that of the channel */
  gpointer channel;
  guint size;       /* so many there may be; 0: those that wait are given up */
  guint expiry;     /* seconds; 0: never */
  GQueue events;
  gsize n_bytes;
  PusherTimeLimit limit; /* of the first */
  GList link;            /* in the host's senders */
  gboolean sends;
} PusherOutbox;

void             pusher_kept_event_free (PusherKeptEvent *self);

PusherOutbox    *pusher_outbox_new      (PusherHost      *host,
                                         gpointer         channel);
void             pusher_outbox_free     (PusherOutbox    *self);
void             pusher_outbox_update   (PusherOutbox    *self);
gboolean         pusher_outbox_add      (PusherOutbox    *self,
                                         const char      *name,
                                         const char      *data_json,
                                         GError         **error);
PusherKeptEvent *pusher_outbox_take     (PusherOutbox    *self);
void             pusher_outbox_start    (PusherOutbox    *self);
void             pusher_outbox_stop     (PusherOutbox    *self);
void             pusher_outbox_pass     (PusherOutbox    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherKeptEvent, pusher_kept_event_free)

G_END_DECLS
