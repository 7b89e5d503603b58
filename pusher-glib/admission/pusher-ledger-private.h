/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the server owes an answer to on the present connection, in the order in
 * which it was sent: at most one message of each name. An entry whose asker has
 * given up stays until the server has answered, or the connection is gone. */
typedef struct
{
  GQueue refusable;    /* of entries, like the next: with a name or without */
  GQueue not_refusable; /* the server needs no authorization for these */
  GHashTable *by_name;
  guint n_abandoned;
} PusherLedger;

void     pusher_ledger_init             (PusherLedger *self);
void     pusher_ledger_clear            (PusherLedger *self);
void     pusher_ledger_add              (PusherLedger *self,
                                         const char   *name,
                                         gboolean      refusable,
                                         gpointer      asker);
void     pusher_ledger_abandon          (PusherLedger *self,
                                         const char   *name);
gboolean pusher_ledger_settle           (PusherLedger *self,
                                         const char   *name);
void     pusher_ledger_forget_all       (PusherLedger *self);
gboolean pusher_ledger_owes             (PusherLedger *self,
                                         const char   *name);
gboolean pusher_ledger_is_abandoned     (PusherLedger *self,
                                         const char   *name);
gboolean pusher_ledger_oldest_refusable (PusherLedger *self,
                                         const char  **name,
                                         gpointer     *asker);

G_END_DECLS
