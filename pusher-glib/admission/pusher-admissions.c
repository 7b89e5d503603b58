/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What becomes of all admissions of a client by time and by errors. Whoever calls this
 * keeps the host; handlers may do anything. */

#include "config.h"

#include "pusher-admissions-private.h"

#include "auth/pusher-authorization-request-private.h"
#include "base/pusher-error.h"
#include "pusher-admission-private.h"

/* A code of servers that do not say which subscription they refuse */
#define SUBSCRIPTION_REFUSED 4300

/* --- Time limits --------------------------------------------------------- */

/* A request that others come before is in good hands: its time begins later. */
static void
authorization_over (PusherAdmission *self)
{
  if (self->request != NULL && pusher_authorization_request_is_queued (self->request))
    pusher_admission_start_limit (self);
  else
    pusher_admission_time_out (self);
}

static void
answer_over (PusherHost *host,
             const char *name,
             gpointer    asker)
{
  if (asker != NULL)
    pusher_admission_time_out (asker);
  else if (host->client != NULL)
    host->funcs->released (host->client, name);
}

static void
check_limits (PusherHost *host,
              gint64      now)
{
  PusherAdmission *self;
  const char *name;
  gpointer asker;

  while ((self = pusher_time_limits_take_over (&host->limits, now)) != NULL)
    authorization_over (self);
  while (pusher_ledger_take_overdue (&host->ledger, now, &name, &asker))
    answer_over (host, name, asker);
}

/* --- Turns --------------------------------------------------------------- */

/* What the server has not taken is sent again, in the same order. */
static void
check_objection (PusherHost *host,
                 gint64      now)
{
  guint64 number = pusher_turns_take_objection (&host->turns, now);
  g_autoptr (GPtrArray) askers = g_ptr_array_new ();
  g_autoptr (GPtrArray) released = g_ptr_array_new_with_free_func (g_free);
  gpointer asker;
  char *name;

  while (number != 0 && pusher_ledger_take_refused (&host->ledger, number, &name, &asker))
    if (asker != NULL)
      {
        g_ptr_array_add (askers, asker);
        g_free (name);
      }
    else
      {
        g_ptr_array_add (released, name);
      }

  if (askers->len + released->len > 0)
    pusher_turns_slow_down (&host->turns, askers->len + released->len, now);
  for (guint i = askers->len; i > 0; i--)
    pusher_admission_queue (askers->pdata[i - 1], TRUE);
  for (guint i = 0; i < released->len && host->client != NULL; i++)
    host->funcs->released (host->client, released->pdata[i]);
}

static void
take_turns (PusherHost *host,
            gint64      now)
{
  PusherAdmission *self;

  while ((self = pusher_turns_take (&host->turns, now)) != NULL)
    pusher_admission_send (self);
}

/* The server says that there were too many messages. That may be about client events: then
 * what waits for an answer will get it, and those that wait themselves take more time.
 *
 * Returns: whether that is known already */
gboolean
pusher_admissions_hear_objection (PusherHost *host)
{
  gint64 now = pusher_connection_get_now (host->connection);

  pusher_event_pace_object (&host->event_pace, now);
  if (pusher_ledger_count_owed (&host->ledger) == 0)
    return FALSE;
  if (!pusher_turns_object (&host->turns, host->ledger.n_sent, now))
    return TRUE;

  pusher_host_set_timer (host);

  return FALSE;
}

/* It is time for something. */
void
pusher_admissions_wake (PusherHost *host)
{
  gint64 now = pusher_connection_get_now (host->connection);

  check_objection (host, now);
  take_turns (host, now);
  check_limits (host, now);
  pusher_host_set_timer (host);
}

/* --- Errors that do not say what they are about --------------------------- */

/* What a server may refuse with that code of its own, as servers do: by 4009 what needs an
 * authorization, by 4200 what it could not handle, by 4300 subscriptions. */
static PusherLedgerKinds
get_kinds (const GError *error)
{
  switch (error->code)
    {
    case PUSHER_SERVER_ERROR_UNAUTHORIZED:
      return PUSHER_LEDGER_PRIVATE | PUSHER_LEDGER_SIGN_IN;
    case PUSHER_SERVER_ERROR_RECONNECT:
      return PUSHER_LEDGER_PUBLIC | PUSHER_LEDGER_PRIVATE | PUSHER_LEDGER_SIGN_IN;
    case SUBSCRIPTION_REFUSED:
      return PUSHER_LEDGER_PUBLIC | PUSHER_LEDGER_PRIVATE;
    default:
      return 0;
    }
}

/* Lets all fail that is known by now to be what errors were about. The caller keeps the
 * host; handlers may do anything.
 *
 * Returns: whether there was anything */
gboolean
pusher_admissions_resolve_errors (PusherHost *host)
{
  gboolean resolved = FALSE;
  const char *name;
  gpointer asker;
  GError *error;

  while (pusher_ledger_take_culprit (&host->ledger, &name, &asker, &error))
    {
      g_autoptr (GError) held_error G_GNUC_UNUSED = error;

      resolved = TRUE;
      if (asker != NULL)
        pusher_admission_fail (asker, error, FALSE);
      else if (host->client != NULL)
        host->funcs->released (host->client, name);
    }

  return resolved;
}

/* A server has reported an error and does not say what it is about. Where that is
 * certain, the subscription or the sign-in fails; where it is not, each waits for its
 * answer, and what others are answered may make it certain.
 *
 * Returns: whether there is nothing more to tell of it */
gboolean
pusher_admissions_hear_error (PusherHost   *host,
                              const GError *error)
{
  PusherLedgerKinds kinds = get_kinds (error);
  gint64 now = pusher_connection_get_now (host->connection);

  if (g_error_matches (error, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_CLIENT_EVENT_RATE))
    return pusher_admissions_hear_objection (host);

  return kinds != 0 && pusher_ledger_suspect (&host->ledger, kinds, error, now) &&
         pusher_admissions_resolve_errors (host);
}
