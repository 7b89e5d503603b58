/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-time-limits-private.h"

G_BEGIN_DECLS

/* What the server owes an answer to on the present connection, in the order in
 * which it was sent: at most one message of each name. An entry whose asker has
 * given up stays until the server has answered, or the connection is gone. So does
 * one that is overdue, but nobody waits for it: the answer may come late. */
typedef struct
{
  GQueue refusable;    /* of entries, like the next: with a name or without */
  GQueue not_refusable; /* the server needs no authorization for these */
  PusherTimeLimits limits; /* of entries that are not overdue */
  GHashTable *by_name;
  guint n_abandoned;
} PusherLedger;

void     pusher_ledger_init             (PusherLedger *self);
void     pusher_ledger_clear            (PusherLedger *self);
void     pusher_ledger_add              (PusherLedger *self,
                                         const char   *name,
                                         gboolean      refusable,
                                         gpointer      asker,
                                         gint64        due_at);
void     pusher_ledger_abandon          (PusherLedger *self,
                                         const char   *name);
gboolean pusher_ledger_settle           (PusherLedger *self,
                                         const char   *name);
void     pusher_ledger_forget_all       (PusherLedger *self);
gboolean pusher_ledger_owes             (PusherLedger *self,
                                         const char   *name);
gboolean pusher_ledger_is_overdue       (PusherLedger *self,
                                         const char   *name);
gboolean pusher_ledger_is_abandoned     (PusherLedger *self,
                                         const char   *name);
gboolean pusher_ledger_oldest_refusable (PusherLedger *self,
                                         const char  **name,
                                         gpointer     *asker);
gboolean pusher_ledger_take_overdue     (PusherLedger *self,
                                         gint64        now,
                                         const char  **name,
                                         gpointer     *asker);

G_END_DECLS
