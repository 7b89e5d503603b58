/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "model.h"

#include "application.h"
#include "base/pusher-error.h"
#include "channels/pusher-channel-private.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "protocol/pusher-control-messages-private.h"
#include "protocol/pusher-presence-messages-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "world.h"

#include <string.h>

/* The shortest time after which a client may take it that there is no answer */
#define MIN_PATIENCE ((gint64) G_USEC_PER_SEC)

static void
subscription_free (gpointer data)
{
  Subscription *self = data;

  g_hash_table_unref (self->members);
  g_free (self->my_id);
  g_free (self->name);
  g_free (self);
}

void
request_free (Request *self)
{
  g_free (self->name);
  g_free (self->data);
  g_free (self);
}

Model *
model_new (void)
{
  Model *self = g_new0 (Model, 1);

  self->subscriptions = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, subscription_free);
  self->online = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

void
model_free (Model *self)
{
  g_queue_clear (&self->ledger);
  g_queue_clear_full (&self->requests, (GDestroyNotify) request_free);
  g_hash_table_unref (self->subscriptions);
  g_hash_table_unref (self->online);
  g_free (self->socket_id);
  g_free (self->user_id);
  g_free (self);
}

Subscription *
model_find (Model      *self,
            const char *name)
{
  return g_hash_table_lookup (self->subscriptions, name);
}

static Subscription *
ensure (Model      *self,
        const char *name)
{
  Subscription *subscription = model_find (self, name);

  if (subscription != NULL)
    return subscription;

  subscription = g_new0 (Subscription, 1);
  subscription->name = g_strdup (name);
  subscription->members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (self->subscriptions, subscription->name, subscription);

  return subscription;
}

static gboolean
is_overdue (gint64 asked_at)
{
  return asked_at != 0 && world.now - asked_at >= MIN_PATIENCE;
}

/* Something did not arrive. */
void
model_lose (Model *self)
{
  self->lost = TRUE;
}

static void
settle (Model        *self,
        Subscription *subscription,
        gboolean      accepted)
{
  subscription->owed = FALSE;
  subscription->subscribed = accepted;
  g_queue_remove (&self->ledger, subscription);
}

/* --- What the client sends ----------------------------------------------- */

static void
add_request (Model      *self,
             const char *name,
             const char *data)
{
  Request *request = g_new0 (Request, 1);

  request->name = g_strdup (name);
  request->data = g_strdup (data);
  g_queue_push_tail (&self->requests, request);
}

/* The authorizers of the fuzzer put into an authorization what it is for. */
static void
check_auth (Model      *self,
            const char *name,
            const char *auth)
{
  g_autofree char *expected = g_strdup_printf ("hush:%s:%s", self->socket_id, name);

  world_check (auth != NULL, "“%s”: there is no auth", name);
  if (g_str_has_prefix (auth, "hush:"))
    world_check (g_str_equal (auth, expected), "“%s”: the auth is for something else: %s", name,
                 auth);
}

static void
receive_subscribe (Model      *self,
                   JsonObject *data)
{
  const char *name = pusher_json_object_get_string (data, "channel");
  const char *channel_data = pusher_json_object_get_string (data, "channel_data");
  Subscription *subscription;

  world_check (name != NULL, "a subscription without a name");
  subscription = ensure (self, name);
  world_check (!subscription->owed || subscription->doubted,
               "“%s”: a second subscription before the answer", name);
  world_check (!subscription->subscribed, "“%s”: a subscription to what is subscribed", name);

  if (*name == '#')
    {
      g_autofree char *own = g_strconcat (PUSHER_USER_CHANNEL_PREFIX, self->user_id, NULL);

      world_check (self->user_id != NULL && g_str_equal (name, own),
                   "“%s”: it is not the user's own channel", name);
      subscription->subscribed = TRUE;
      return;
    }

  if (g_str_has_prefix (name, "private-") || g_str_has_prefix (name, "presence-"))
    check_auth (self, name, pusher_json_object_get_string (data, "auth"));
  subscription->owed = TRUE;
  subscription->asked_at = world.now;
  subscription->doubted = FALSE;
  g_free (subscription->my_id);
  subscription->my_id = channel_data != NULL ? pusher_presence_parse_user_id (channel_data)
                                             : g_strdup (self->user_id);
  g_queue_push_tail (&self->ledger, subscription);
  add_request (self, name, channel_data);
}

static void
receive_unsubscribe (Model      *self,
                     JsonObject *data)
{
  const char *name = pusher_json_object_get_string (data, "channel");
  Subscription *subscription = name != NULL ? model_find (self, name) : NULL;

  world_check (subscription != NULL &&
                 (subscription->subscribed || subscription->doubted ||
                  is_overdue (subscription->asked_at)),
               "“%s”: unsubscribed from what was not subscribed", name);
  settle (self, subscription, FALSE);
  subscription->asked_at = 0;
  g_hash_table_remove_all (subscription->members);
}

static void
receive_sign_in (Model      *self,
                 JsonObject *data)
{
  world_check (!self->sign_in_owed || self->sign_in_doubted || is_overdue (self->signed_in_at),
               "a second sign-in before the answer");
  world_check (self->user_id == NULL, "a sign-in of somebody who is signed in");
  check_auth (self, "user", pusher_json_object_get_string (data, "auth"));
  self->sign_in_owed = TRUE;
  self->n_sign_ins++;
  self->sign_in_doubted = FALSE;
  self->signed_in_at = world.now;
  add_request (self, NULL, pusher_json_object_get_string (data, "user_data"));
}

static void
receive_client_event (Model      *self,
                      JsonObject *message)
{
  const char *name = pusher_json_object_get_string (message, "channel");
  Subscription *subscription = name != NULL ? model_find (self, name) : NULL;

  world_check (subscription != NULL && (subscription->subscribed || subscription->doubted),
               "“%s”: a client event on what is not subscribed", name);
}

static void
receive_ping (Model *self)
{
  self->n_pings++;
  self->n_pinged++;
}

void
model_receive (Model      *self,
               const char *text)
{
  g_autoptr (JsonNode) json = pusher_json_parse (text, -1, NULL);
  JsonObject *message = pusher_json_node_get_object (json);
  const char *event = pusher_json_object_get_string (message, "event");
  JsonObject *data = pusher_json_object_get_object (message, "data");

  world_tell ("→ %s", text);
  world_check (event != NULL, "the client sent what is no message: %s", text);
  world_check (self->socket_id != NULL, "the client sent something too early: %s", text);

  if (g_str_equal (event, PUSHER_MESSAGE_SUBSCRIBE))
    receive_subscribe (self, data);
  else if (g_str_equal (event, PUSHER_MESSAGE_UNSUBSCRIBE))
    receive_unsubscribe (self, data);
  else if (g_str_equal (event, PUSHER_MESSAGE_SIGN_IN))
    receive_sign_in (self, data);
  else if (g_str_equal (event, PUSHER_MESSAGE_PING))
    receive_ping (self);
  else if (g_str_has_prefix (event, "client-"))
    receive_client_event (self, message);
  else
    world_check (g_str_equal (event, PUSHER_MESSAGE_PONG), "the client sent %s", text);
}

/* --- What the client hears ----------------------------------------------- */

static void
set_member (Subscription *subscription,
            const char   *id,
            JsonNode     *info)
{
  gboolean has_info = info != NULL && !JSON_NODE_HOLDS_NULL (info);

  g_hash_table_replace (subscription->members, g_strdup (id),
                        has_info ? json_to_string (info, FALSE) : NULL);
}

static void
take_snapshot (Model               *self,
               Subscription        *subscription,
               const PusherMessage *message)
{
  g_autoptr (GPtrArray) snapshot = pusher_presence_parse_snapshot (message);

  g_hash_table_remove_all (subscription->members);
  for (guint i = 0; snapshot != NULL && i < snapshot->len; i++)
    {
      PusherPresenceEntry *entry = snapshot->pdata[i];

      set_member (subscription, entry->id, entry->info);
    }

  /* Nobody knows then who is there. */
  if (snapshot == NULL && g_str_has_prefix (subscription->name, "presence-"))
    model_lose (self);
}

/* The client may take an error for the answer to something that it waits for, and then does
 * not count on another, nor on that this was one. */
static void
hear_doubt (Model *self)
{
  for (GList *link = self->ledger.head; link != NULL; link = link->next)
    ((Subscription *) link->data)->doubted = TRUE;
  self->sign_in_doubted = TRUE;
}

static void
hear_sign_in (Model               *self,
              const PusherMessage *message)
{
  char *id, *data;

  if (self->n_sign_ins == 0 || self->user_id != NULL)
    return;

  self->n_sign_ins--;
  self->sign_in_owed = FALSE;
  if (!pusher_sign_in_parse (message, &id, &data, NULL))
    return;

  g_free (self->user_id);
  g_free (data);
  self->user_id = id;
}

static void
hear_sign_in_error (Model *self)
{
  self->sign_in_owed = FALSE;
  if (self->n_sign_ins > 0)
    self->n_sign_ins--;
}

static void
hear_watchlist (Model               *self,
                const PusherMessage *message)
{
  g_autoptr (GPtrArray) events = pusher_watchlist_parse (message);

  for (guint i = 0; i < events->len; i++)
    {
      const PusherWatchlistEvent *event = events->pdata[i];

      for (char **id = event->user_ids; *id != NULL; id++)
        if (g_str_equal (event->name, "online"))
          g_hash_table_add (self->online, g_strdup (*id));
        else if (g_str_equal (event->name, "offline"))
          g_hash_table_remove (self->online, *id);
    }
}

static void
hear_of_connection (Model               *self,
                    const PusherMessage *message)
{
  if (g_str_equal (message->event, PUSHER_MESSAGE_ERROR))
    hear_doubt (self);
  else if (g_str_equal (message->event, PUSHER_MESSAGE_SIGN_IN_SUCCESS))
    hear_sign_in (self, message);
  else if (g_str_equal (message->event, PUSHER_MESSAGE_SIGN_IN_ERROR))
    hear_sign_in_error (self);
  else if (g_str_equal (message->event, PUSHER_MESSAGE_WATCHLIST) &&
           (self->user_id != NULL || self->n_sign_ins > 0))
    hear_watchlist (self, message);
}

static void
hear_of_member (Subscription        *subscription,
                const PusherMessage *message)
{
  g_autoptr (PusherPresenceEntry) entry = NULL;

  if (!g_str_has_prefix (subscription->name, "presence-"))
    return;

  if (g_str_equal (message->event, "pusher_internal:member_added"))
    {
      entry = pusher_presence_parse_member (message);
      if (entry != NULL)
        set_member (subscription, entry->id, entry->info);
    }
  else if (g_str_equal (message->event, "pusher_internal:member_removed"))
    {
      entry = pusher_presence_parse_member (message);
      if (entry != NULL && g_strcmp0 (entry->id, subscription->my_id) != 0)
        g_hash_table_remove (subscription->members, entry->id);
    }
}

/* The client has not heard that it was accepted, or has heard that it was not, and does
 * not want it any more: nobody can know that the server has it. */
static gboolean
is_lost (Subscription *subscription)
{
  PusherClient *client = application_get_client ();
  PusherChannel *channel =
    client != NULL ? pusher_client_get_channel (client, subscription->name) : NULL;

  return !subscription->owed && !subscription->subscribed &&
         (channel == NULL || channel->admission.n_sent == 0);
}

/* The client then sends again whatever was not answered soon, of other channels, too. */
static gboolean
is_objection (const PusherMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (message->event, PUSHER_MESSAGE_ERROR))
    return FALSE;

  error = pusher_server_error_parse (message);

  return g_error_matches (error, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_CLIENT_EVENT_RATE);
}

static void
hear_of_channel (Model               *self,
                 const PusherMessage *message)
{
  Subscription *subscription = model_find (self, message->channel);
  gboolean accepted = g_str_equal (message->event, PUSHER_MESSAGE_SUBSCRIBED);
  gboolean refused = g_str_equal (message->event, PUSHER_MESSAGE_SUBSCRIPTION_ERROR) ||
                     g_str_equal (message->event, PUSHER_MESSAGE_ERROR);

  if (subscription == NULL)
    return;

  if (is_objection (message))
    hear_doubt (self);
  if (accepted && is_lost (subscription))
    {
      if (subscription->asked_at != 0)
        model_lose (self);

      /* The application may have dropped a client that others have not. */
      subscription->doubted = TRUE;
    }
  else if (accepted && subscription->asked_at != 0)
    {
      settle (self, subscription, TRUE);
      take_snapshot (self, subscription, message);
    }
  else if (refused && subscription->owed)
    {
      settle (self, subscription, FALSE);
    }
  else if (subscription->subscribed && g_str_equal (message->event,
                                                    PUSHER_MESSAGE_SUBSCRIPTION_ERROR))
    {
      settle (self, subscription, FALSE);
    }
  else if (subscription->subscribed)
    {
      hear_of_member (subscription, message);
    }
}

static void
hear_first (Model               *self,
            const PusherMessage *message)
{
  gint64 activity_timeout;

  if (g_str_equal (message->event, PUSHER_MESSAGE_ESTABLISHED))
    pusher_established_parse (message, &self->socket_id, &activity_timeout, NULL);
}

/* Encrypted events may have to wait for a key. What the client has sent may be lost. */
static gboolean
is_told_at_once (Model      *self,
                 const char *channel)
{
  Subscription *subscription = model_find (self, channel);

  if (g_str_has_prefix (channel, PUSHER_USER_CHANNEL_PREFIX))
    return self->user_id != NULL &&
           g_str_equal (channel + strlen (PUSHER_USER_CHANNEL_PREFIX), self->user_id);

  return subscription != NULL && subscription->subscribed && !self->lost && !world.catches_up &&
         !g_str_has_prefix (channel, "private-encrypted-");
}

static void
hear_event (Model               *self,
            const PusherMessage *message)
{
  if (g_str_equal (message->event, WORLD_NUMBERED_EVENT) &&
      is_told_at_once (self, message->channel))
    world.expected = world_get_number (message->data);
}

/* message is NULL if the client cannot read it. */
void
model_hear (Model               *self,
            const PusherMessage *message)
{
  gboolean first = !self->heard;

  world_check (world.expected == 0, "event %" G_GINT64_FORMAT " was not told", world.expected);
  self->heard = TRUE;
  world_tell ("← %s %s %s", message != NULL ? message->event : "nonsense",
              message != NULL ? message->channel : NULL, message != NULL ? message->data : NULL);
  if (message == NULL)
    return;

  if (first)
    hear_first (self, message);
  else if (message->channel == NULL)
    hear_of_connection (self, message);
  else
    hear_of_channel (self, message);
  if (!first && message->channel != NULL)
    hear_event (self, message);
}
