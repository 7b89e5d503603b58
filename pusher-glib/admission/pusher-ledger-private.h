/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-time-limits-private.h"

G_BEGIN_DECLS

/* What a server may refuse in different ways */
typedef enum
{
  PUSHER_LEDGER_PUBLIC = 1 << 0,  /* subscriptions that need no authorization */
  PUSHER_LEDGER_PRIVATE = 1 << 1, /* other subscriptions */
  PUSHER_LEDGER_SIGN_IN = 1 << 2,
} PusherLedgerKinds;

#define PUSHER_LEDGER_N_KINDS 3

/* Errors that do not say what they are about, but are about one of the first entries, of
 * one of these kinds: the suspects. Each answer to one of those clears it of suspicion. As
 * servers answer in order, those that were passed over are the ones. */
typedef struct
{
  PusherLedgerKinds kinds;
  guint64 last_number; /* of an entry */
  guint n_errors;
  guint n_suspects;
  gboolean all;  /* suspects are guilty */
  GError *error; /* the last one */
} PusherSuspicion;

/* What the server owes an answer to on the present connection, in the order in
 * which it was sent: at most one message of each name. An entry whose asker has
 * given up stays until the server has answered, or the connection is gone. So does
 * one that is overdue, but nobody waits for it: the answer may come late. */
typedef struct
{
  GQueue owed[PUSHER_LEDGER_N_KINDS]; /* of entries */
  PusherTimeLimits limits;            /* of entries that are not overdue */
  GHashTable *by_name;
  guint n_abandoned;
  guint64 n_sent; /* ever, and also what is not owed an answer */
  guint64 last_answered; /* the number of an entry */
  guint64 last_unowed;   /* the number of that, until the server is known to be past it */
  gint64 last_unowed_at;
  PusherSuspicion suspicion;
} PusherLedger;

void     pusher_ledger_init             (PusherLedger     *self);
void     pusher_ledger_clear            (PusherLedger     *self);
void     pusher_ledger_add              (PusherLedger     *self,
                                         const char       *name,
                                         PusherLedgerKinds kind,
                                         gpointer          asker,
                                         gint64            due_at);
void     pusher_ledger_note_unowed      (PusherLedger     *self,
                                         gint64            now);
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
guint    pusher_ledger_count_owed       (PusherLedger *self);
gboolean pusher_ledger_take_refused     (PusherLedger *self,
                                         guint64       last_number,
                                         char        **name,
                                         gpointer     *asker);
gboolean pusher_ledger_suspect          (PusherLedger     *self,
                                         PusherLedgerKinds kinds,
                                         const GError     *error,
                                         gint64            now);
gboolean pusher_ledger_take_culprit     (PusherLedger *self,
                                         const char  **name,
                                         gpointer     *asker,
                                         GError      **error);
gboolean pusher_ledger_take_overdue     (PusherLedger *self,
                                         gint64        now,
                                         const char  **name,
                                         gpointer     *asker);

G_END_DECLS
