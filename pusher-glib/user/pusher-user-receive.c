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

static void
handle_signin_success (PusherUser    *self,
                       PusherMessage *message)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GError) error = NULL;
  char *id, *data;

  if (self->id != NULL || !pusher_admission_accept (&self->admission, cancellations))
    return;

  if (pusher_signin_parse (message, &id, &data, &error))
    pusher_user_succeed (self, id, data);
  else
    pusher_user_fail (self, error);
}

static void
handle_signin_error (PusherUser    *self,
                     PusherMessage *message)
{
  gboolean is_news = pusher_admission_is_pending (&self->admission);
  g_autoptr (GError) error = NULL;

  if (!pusher_admission_reject (&self->admission) || !is_news)
    return;

  error = pusher_subscription_error_parse (message);
  pusher_user_fail (self, error);
}

typedef struct
{
  PusherUser *user;
  guint n_left_out;
} Watchlist;

/* Returns: whether that changed anything */
static gboolean
set_online (Watchlist  *watchlist,
            const char *user_id,
            gboolean    online)
{
  GHashTable *table = watchlist->user->online;

  if (!online)
    return g_hash_table_remove (table, user_id);

  if (g_hash_table_contains (table, user_id))
    return FALSE;

  if (g_hash_table_size (table) >= PUSHER_MAX_ONLINE)
    {
      watchlist->n_left_out++;
      return FALSE;
    }

  return g_hash_table_add (table, g_strdup (user_id));
}

/* Those of whom it is still true, as a handler may have closed the client. */
static void
tell_of_each (PusherUser *self,
              GPtrArray  *changed,
              gboolean    online)
{
  for (guint i = 0; i < changed->len; i++)
    {
      if (g_hash_table_contains (self->online, changed->pdata[i]) != online)
        continue;
      if (online)
        pusher_user_emit_online (self, changed->pdata[i]);
      else
        pusher_user_emit_offline (self, changed->pdata[i]);
    }
}

static void
handle_watchlist_event (const char        *name,
                        const char *const *user_ids,
                        gpointer           user_data)
{
  Watchlist *watchlist = user_data;
  PusherUser *self = watchlist->user;
  gboolean online = g_str_equal (name, "online");
  gboolean known = online || g_str_equal (name, "offline");
  g_autoptr (GPtrArray) changed = g_ptr_array_new ();

  /* A handler may have closed the client. The answer to the sign-in may come later. */
  if (self->id == NULL && self->admission.n_sent == 0)
    return;

  for (guint i = 0; known && user_ids[i] != NULL; i++)
    if (set_online (watchlist, user_ids[i], online))
      g_ptr_array_add (changed, (gpointer) user_ids[i]);

  pusher_user_emit_watchlist_event (self, name, user_ids);
  tell_of_each (self, changed, online);
}

static void
handle_watchlist (PusherUser    *self,
                  PusherMessage *message)
{
  Watchlist watchlist = { self, 0 };
  PusherHost *host = self->host;

  pusher_watchlist_foreach (message, handle_watchlist_event, &watchlist);
  if (watchlist.n_left_out > 0 && host->client != NULL)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                     "The server told that more than %u users of the watchlist are online: "
                     "%u were left out", PUSHER_MAX_ONLINE, watchlist.n_left_out);

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
  else if (g_str_equal (message->event, PUSHER_MESSAGE_SIGNIN_SUCCESS))
    {
      handle_signin_success (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_SIGNIN_ERROR))
    {
      handle_signin_error (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_WATCHLIST))
    {
      handle_watchlist (self, message);
    }

  g_object_unref (self);

  return mine;
}
