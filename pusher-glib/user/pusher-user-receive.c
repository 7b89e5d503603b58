/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the server sends to a user. */

#include "config.h"

#include "pusher-user-receive-private.h"

#include "base/pusher-error.h"
#include "event/pusher-event-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "pusher-user-sign-in-private.h"

#include <glib/gi18n-lib.h>

static void
handle_sign_in_success (PusherUser    *self,
                        PusherMessage *message)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GError) error = NULL;
  char *id, *data;

  if (self->id != NULL || !pusher_admission_accept (&self->admission, cancellations))
    return;

  if (pusher_sign_in_parse (message, &id, &data, &error))
    pusher_user_succeed (self, id, data);
  else
    pusher_user_fail (self, error);
}

static void
handle_sign_in_error (PusherUser    *self,
                      PusherMessage *message)
{
  gboolean is_news = pusher_admission_is_pending (&self->admission);
  g_autoptr (GError) error = NULL;

  if (!pusher_admission_reject (&self->admission) || !is_news)
    return;

  error = pusher_subscription_error_parse (message);
  pusher_user_fail (self, error);
}

static gboolean
is_online_event (const PusherWatchlistEvent *event)
{
  return g_str_equal (event->name, "online");
}

/* Returns: whether that changed anything */
static gboolean
set_online (PusherUser *self,
            const char *user_id,
            gboolean    online,
            guint      *n_left_out)
{
  if (!online)
    return g_hash_table_remove (self->online, user_id);

  if (g_hash_table_contains (self->online, user_id))
    return FALSE;

  if (g_hash_table_size (self->online) >= PUSHER_MAX_ONLINE)
    {
      (*n_left_out)++;
      return FALSE;
    }

  return g_hash_table_add (self->online, g_strdup (user_id));
}

/* Returns: (element-type utf8): those for whom that changed anything; owned by event */
static GPtrArray *
apply (PusherUser                 *self,
       const PusherWatchlistEvent *event,
       guint                      *n_left_out)
{
  GPtrArray *changed = g_ptr_array_new ();
  gboolean online = is_online_event (event);
  gboolean known = online || g_str_equal (event->name, "offline");

  for (guint i = 0; known && event->user_ids[i] != NULL; i++)
    if (set_online (self, event->user_ids[i], online, n_left_out))
      g_ptr_array_add (changed, event->user_ids[i]);

  return changed;
}

/* changed: those of whom it is still true are told of */
static void
tell (PusherUser                 *self,
      const PusherWatchlistEvent *event,
      GPtrArray                  *changed,
      guint                       epoch)
{
  gboolean online = is_online_event (event);

  pusher_user_emit_watchlist_event (self, event->name, (const char *const *) event->user_ids);
  for (guint i = 0; i < changed->len && self->epoch == epoch; i++)
    {
      if (g_hash_table_contains (self->online, changed->pdata[i]) != online)
        continue;
      if (online)
        pusher_user_emit_online (self, changed->pdata[i]);
      else
        pusher_user_emit_offline (self, changed->pdata[i]);
    }
}

/* All of it counts before the first handler runs, which may lose the connection, and have
 * another by the time it returns. */
static void
handle_watchlist (PusherUser    *self,
                  PusherMessage *message)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GPtrArray) changed =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  PusherHost *host = self->host;
  guint epoch = self->epoch;
  guint n_left_out = 0;

  /* The answer to the sign-in may come later. */
  if (self->id == NULL && self->admission.n_sent == 0)
    return;

  events = pusher_watchlist_parse (message);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (changed, apply (self, events->pdata[i], &n_left_out));
  for (guint i = 0; i < events->len && self->epoch == epoch; i++)
    tell (self, events->pdata[i], changed->pdata[i], epoch);

  if (n_left_out > 0 && host->client != NULL)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                     g_dngettext (GETTEXT_PACKAGE,
                                  "The server told that more than %u users of the watchlist are "
                                  "online: %u was left out",
                                  "The server told that more than %u users of the watchlist are "
                                  "online: %u were left out",
                                  n_left_out),
                     PUSHER_MAX_ONLINE, n_left_out);

      host->funcs->error (host->client, error);
    }
}

/* An event of the user's own channel. */
static void
handle_event (PusherUser    *self,
              PusherMessage *message)
{
  g_autoptr (PusherEvent) event = NULL;

  if (g_str_has_prefix (message->event, "pusher_internal:") ||
      g_str_has_prefix (message->event, "pusher:"))
    return;

  event = pusher_event_new_take (message);
  pusher_user_emit_event (self, event);
}

/* Whether the message was for the user only; then its contents may be taken
 * over. */
gboolean
pusher_user_receive (PusherUser    *self,
                     PusherMessage *message)
{
  gboolean mine = FALSE;

  g_object_ref (self);

  if (message->channel != NULL)
    {
      mine = g_strcmp0 (message->channel, self->channel_name) == 0;
      if (mine)
        handle_event (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_SIGN_IN_SUCCESS))
    {
      handle_sign_in_success (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_SIGN_IN_ERROR))
    {
      handle_sign_in_error (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_WATCHLIST))
    {
      handle_watchlist (self, message);
    }

  g_object_unref (self);

  return mine;
}
