/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-ledger-private.h"

#include "base/pusher-hash-private.h"

#include <string.h>

#define ANYTHING (PUSHER_LEDGER_PUBLIC | PUSHER_LEDGER_PRIVATE | PUSHER_LEDGER_SIGN_IN)

/* With more errors than that, nobody looks for what was passed over: it takes its time. */
#define FEW_ERRORS 64

/* After so long it is taken for granted that a server has come to speak of what it was
 * sent, if it has anything to say of that. */
#define UNOWED_PERIOD (30 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  PusherLedger *ledger;
  PusherLedgerKinds kind;
  guint64 number;
  GList link;
  GQueue *queue; /* that it is in; NULL once it is overdue */
  PusherTimeLimit limit;
  gpointer asker;   /* NULL once it has given up */
  gboolean refused; /* overdue because the server has not taken it; is sent again */
  char name[];
} Entry;

/* --- Suspicion ----------------------------------------------------------- */

static void
drop_suspicion (PusherLedger *self)
{
  g_clear_error (&self->suspicion.error);
  self->suspicion = (PusherSuspicion) { 0 };
}

static gboolean
is_suspect (PusherLedger *self,
            Entry        *entry)
{
  return entry->kind & self->suspicion.kinds && entry->number <= self->suspicion.last_number;
}

/* The entry is not owed any more. More errors than there are suspects are about something
 * else. */
static void
clear_of_suspicion (PusherLedger *self,
                    Entry        *entry)
{
  PusherSuspicion *suspicion = &self->suspicion;

  if (!is_suspect (self, entry))
    return;

  suspicion->n_suspects--;
  if (suspicion->n_suspects < suspicion->n_errors)
    drop_suspicion (self);
}

/* --- Entries ------------------------------------------------------------- */

/* Nobody counts on the answer any more. */
static void
become_overdue (Entry *self)
{
  if (self->queue == NULL)
    return;

  clear_of_suspicion (self->ledger, self);
  g_queue_unlink (self->queue, &self->link);
  self->queue = NULL;
  pusher_time_limits_stop (&self->ledger->limits, &self->limit);
}

static void
entry_free (gpointer data)
{
  Entry *self = data;

  become_overdue (self);
  if (self->asker == NULL)
    self->ledger->n_abandoned--;
  g_free (self);
}

void
pusher_ledger_init (PusherLedger *self)
{
  *self = (PusherLedger) { 0 };
  self->by_name = g_hash_table_new_full (pusher_str_hash, g_str_equal, NULL, entry_free);
}

void
pusher_ledger_clear (PusherLedger *self)
{
  drop_suspicion (self);
  g_clear_pointer (&self->by_name, g_hash_table_unref);
}

static GQueue *
get_queue (PusherLedger     *self,
           PusherLedgerKinds kind)
{
  return &self->owed[g_bit_nth_lsf (kind, -1)];
}

/* A message was sent. due_at is 0 if there is no time limit. Takes the place of one that
 * is overdue. */
void
pusher_ledger_add (PusherLedger     *self,
                   const char       *name,
                   PusherLedgerKinds kind,
                   gpointer          asker,
                   gint64            due_at)
{
  gsize name_size = strlen (name) + 1;
  Entry *entry = g_malloc0 (sizeof *entry + name_size);

  entry->ledger = self;
  entry->kind = kind;
  entry->number = ++self->n_sent;
  entry->link.data = entry;
  entry->queue = get_queue (self, kind);
  entry->asker = asker;
  memcpy (entry->name, name, name_size);
  g_queue_push_tail_link (entry->queue, &entry->link);
  if (due_at != 0)
    pusher_time_limits_start (&self->limits, &entry->limit, entry, due_at);
  g_hash_table_replace (self->by_name, entry->name, entry);
}

/* Something was sent that a server does not answer, but may refuse without saying so:
 * a client event, say. */
void
pusher_ledger_note_unowed (PusherLedger *self,
                           gint64        now)
{
  self->last_unowed = ++self->n_sent;
  self->last_unowed_at = now;
}

/* The asker does not want the answer any more. */
void
pusher_ledger_abandon (PusherLedger *self,
                       const char   *name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, name);

  if (entry == NULL || entry->asker == NULL)
    return;

  entry->asker = NULL;
  entry->refused = FALSE;
  self->n_abandoned++;
}

/* The server has answered. FALSE if it did not owe that. Servers answer in order. */
gboolean
pusher_ledger_settle (PusherLedger *self,
                      const char   *name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, name);

  if (entry != NULL && entry->number > self->last_unowed)
    self->last_unowed = 0;
  if (entry != NULL)
    self->last_answered = MAX (self->last_answered, entry->number);

  return g_hash_table_remove (self->by_name, name);
}

/* There is no such connection any more. */
void
pusher_ledger_forget_all (PusherLedger *self)
{
  drop_suspicion (self);
  g_hash_table_remove_all (self->by_name);
  self->last_unowed = 0;
  self->last_answered = 0;
}

/* Whether an answer is owed, and not overdue. */
gboolean
pusher_ledger_owes (PusherLedger *self,
                    const char   *name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, name);

  return entry != NULL && entry->queue != NULL;
}

/* Whether the answer may still come, but nobody counts on it, nor on that it was refused. */
gboolean
pusher_ledger_is_overdue (PusherLedger *self,
                          const char   *name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, name);

  return entry != NULL && entry->queue == NULL && !entry->refused;
}

/* Whether an answer is owed that is not wanted any more. */
gboolean
pusher_ledger_is_abandoned (PusherLedger *self,
                            const char   *name)
{
  Entry *entry = self->n_abandoned > 0 ? g_hash_table_lookup (self->by_name, name) : NULL;

  return entry != NULL && entry->asker == NULL;
}

/*
 * pusher_ledger_take_overdue:
 * @name: (out): valid until the entry is settled
 * @asker: (out) (nullable): NULL if it has given up
 *
 * An answer that should have come by now: it becomes overdue. Errors that may have been
 * about it will not be explained any more.
 *
 * Returns: whether there is one
 */
gboolean
pusher_ledger_take_overdue (PusherLedger *self,
                            gint64        now,
                            const char  **name,
                            gpointer     *asker)
{
  Entry *entry = pusher_time_limits_take_over (&self->limits, now);

  if (entry == NULL)
    return FALSE;

  if (is_suspect (self, entry))
    drop_suspicion (self);
  become_overdue (entry);
  *name = entry->name;
  *asker = entry->asker;

  return TRUE;
}

static guint
count_owed (PusherLedger     *self,
            PusherLedgerKinds kinds)
{
  guint n = 0;

  for (guint i = 0; i < PUSHER_LEDGER_N_KINDS; i++)
    if (kinds & 1u << i)
      n += self->owed[i].length;

  return n;
}

static Entry *
find_oldest (PusherLedger     *self,
             PusherLedgerKinds kinds)
{
  Entry *oldest = NULL;

  for (guint i = 0; i < PUSHER_LEDGER_N_KINDS; i++)
    {
      Entry *entry = kinds & 1u << i ? g_queue_peek_head (&self->owed[i]) : NULL;

      if (entry != NULL && (oldest == NULL || entry->number < oldest->number))
        oldest = entry;
    }

  return oldest;
}

/* Of answers that are not overdue */
guint
pusher_ledger_count_owed (PusherLedger *self)
{
  return count_owed (self, ANYTHING);
}

/*
 * pusher_ledger_take_refused:
 * @name: (out) (transfer full):
 * @asker: (out) (nullable): NULL if it has given up
 *
 * The oldest entry up to that number is not going to be answered: the server has not taken
 * it, as far as one can know. What has been given up, now or before it is sent again, becomes
 * overdue.
 *
 * Returns: whether there is one
 */
gboolean
pusher_ledger_take_refused (PusherLedger *self,
                            guint64       last_number,
                            char        **name,
                            gpointer     *asker)
{
  Entry *entry = find_oldest (self, ANYTHING);

  if (entry == NULL || entry->number > last_number)
    return FALSE;

  drop_suspicion (self);
  *name = g_strdup (entry->name);
  *asker = entry->asker;
  become_overdue (entry);
  entry->refused = entry->asker != NULL;

  return TRUE;
}

/* --- Errors without a name ----------------------------------------------- */

/* Whether something else than what is owed may have been refused. */
static gboolean
has_unowed (PusherLedger *self,
            gint64        now)
{
  return self->last_unowed != 0 && now - self->last_unowed_at < UNOWED_PERIOD;
}

/*
 * pusher_ledger_suspect:
 *
 * An error has come that does not say what it is about. It may be about any entry of
 * these kinds, unless something was sent of which the server would not say more.
 *
 * Returns: whether there is anything that it may be about
 */
gboolean
pusher_ledger_suspect (PusherLedger     *self,
                       PusherLedgerKinds kinds,
                       const GError     *error,
                       gint64            now)
{
  PusherSuspicion *suspicion = &self->suspicion;
  guint n_errors = suspicion->kinds == kinds ? suspicion->n_errors + 1 : 1;
  guint n_suspects = count_owed (self, kinds);
  gboolean mixed = suspicion->n_errors > 0 && suspicion->kinds != kinds;

  drop_suspicion (self);
  if (mixed || n_errors > n_suspects || has_unowed (self, now))
    return FALSE;

  *suspicion = (PusherSuspicion) {
    .kinds = kinds,
    .last_number = self->n_sent,
    .n_errors = n_errors,
    .n_suspects = n_suspects,
    .all = n_errors == n_suspects,
    .error = g_error_copy (error),
  };

  return TRUE;
}

/* Whether the errors are about those suspects that were passed over, and no others. */
static gboolean
is_certain (PusherLedger *self)
{
  const PusherSuspicion *suspicion = &self->suspicion;
  guint n_passed = 0;

  if (suspicion->all || suspicion->n_errors > FEW_ERRORS)
    return suspicion->all;

  for (guint i = 0; i < PUSHER_LEDGER_N_KINDS; i++)
    for (GList *link = suspicion->kinds & 1u << i ? self->owed[i].head : NULL;
         link != NULL && ((Entry *) link->data)->number < self->last_answered &&
         n_passed <= suspicion->n_errors; link = link->next)
      n_passed += is_suspect (self, link->data);

  return n_passed == suspicion->n_errors;
}

/*
 * pusher_ledger_take_culprit:
 * @name: (out): valid until the entry is settled
 * @asker: (out) (nullable): NULL if it has given up
 * @error: (out): what it is guilty of
 *
 * Something that was refused for certain, because there are as many errors as there were
 * suspects when the last of them came, or as have been passed over since. It becomes
 * overdue: the server may know better.
 *
 * Returns: whether there is one
 */
gboolean
pusher_ledger_take_culprit (PusherLedger *self,
                            const char  **name,
                            gpointer     *asker,
                            GError      **error)
{
  PusherSuspicion *suspicion = &self->suspicion;
  Entry *entry;

  if (suspicion->n_errors == 0 || !is_certain (self))
    return FALSE;

  entry = find_oldest (self, suspicion->kinds);
  *name = entry->name;
  *asker = entry->asker;
  *error = g_error_copy (suspicion->error);
  suspicion->n_errors--;
  become_overdue (entry);
  if (suspicion->n_errors == 0)
    drop_suspicion (self);

  return TRUE;
}
