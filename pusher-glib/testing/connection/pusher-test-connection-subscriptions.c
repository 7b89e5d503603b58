/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a client subscribes to, and whether it may.
 *
 * While answers are held back, requests wait as they came, so that a client
 * that changes its mind meanwhile is told both that it was subscribed and then
 * nothing more, as by a server that is slow.
 */

#include "config.h"

#include "pusher-test-connection-private.h"

#include "json/pusher-json-members-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "testing/app/pusher-test-auth-private.h"

#define STATUS_BAD_REQUEST 400
#define STATUS_UNAUTHORIZED 401

/* A request that waits. */
typedef struct
{
  void (*act) (PusherTestConnection *self,
               const char           *event,
               JsonObject           *data);
  const char *event; /* static */
  JsonObject *data;
} Held;

static void
held_free (gpointer data)
{
  Held *held = data;

  json_object_unref (held->data);
  g_free (held);
}

static void
send_subscription_error (PusherTestConnection *self,
                         const char           *channel,
                         const char           *type,
                         const char           *message,
                         guint                 status)
{
  g_autofree char *data = pusher_test_subscription_error_data (type, message, status);

  pusher_test_peer_send_event (self->peer, PUSHER_MESSAGE_SUBSCRIPTION_ERROR, channel, data);
}

/* Returns: (nullable): the channel that a valid request names */
static const char *
check_channel_request (PusherTestConnection *self,
                       const char           *event,
                       JsonObject           *data,
                       const char *const    *allowed)
{
  const char *channel;

  if (!pusher_test_connection_check_data (self, event, data, allowed))
    return NULL;

  channel = pusher_json_object_get_string (data, "channel");
  if (channel == NULL)
    pusher_test_connection_complain (self, "%s does not name a channel", event);

  return channel;
}

static gboolean
check_name (PusherTestConnection *self,
            const char           *channel)
{
  g_autoptr (GError) error = NULL;

  if (!g_str_has_prefix (channel, PUSHER_USER_CHANNEL_PREFIX) &&
      !pusher_channel_name_check (channel, &error))
    {
      send_subscription_error (self, channel, "InvalidChannelName", error->message,
                               STATUS_BAD_REQUEST);
      pusher_test_connection_violate (self, error->message);
      return FALSE;
    }

  if (g_hash_table_contains (self->channels, channel))
    {
      pusher_test_connection_complain (self, "Existing subscription to channel %s", channel);
      return FALSE;
    }

  return TRUE;
}

/* Whether the test wants this one to fail. */
static gboolean
take_failure (PusherTestConnection *self,
              const char           *channel)
{
  PusherTestRules *rules = pusher_test_app_get_rules (self->app);
  g_autofree char *name = NULL;
  g_autofree char *data = NULL;

  if (!g_hash_table_steal_extended (rules->failures, channel, (gpointer *) &name,
                                    (gpointer *) &data))
    return FALSE;

  pusher_test_peer_send_event (self->peer, PUSHER_MESSAGE_SUBSCRIPTION_ERROR, channel, data);
  return TRUE;
}

/* pusher-js sends an empty auth. */
static gboolean
check_no_credentials (PusherTestConnection *self,
                      const char           *channel,
                      JsonObject           *data)
{
  const char *auth = pusher_json_object_get_string (data, "auth");

  if ((auth == NULL || *auth == '\0') && !json_object_has_member (data, "channel_data"))
    return TRUE;

  pusher_test_connection_complain (self,
                                   "pusher:subscribe has credentials for the public channel %s",
                                   channel);
  return FALSE;
}

/* The channel of the events to one user. */
static gboolean
check_user_channel (PusherTestConnection *self,
                    const char           *channel,
                    JsonObject           *data)
{
  const char *id = channel + strlen (PUSHER_USER_CHANNEL_PREFIX);
  g_autofree char *what = NULL;

  if (g_strcmp0 (id, self->user_id) == 0)
    return check_no_credentials (self, channel, data);

  what = g_strdup_printf ("The user of the channel %s is not signed in", channel);
  send_subscription_error (self, channel, "AuthError", what, STATUS_UNAUTHORIZED);
  pusher_test_connection_violate (self, what);
  return FALSE;
}

/* No mistake of the client if it is wrong: its backend may have made it. */
static gboolean
check_auth (PusherTestConnection *self,
            const char           *channel,
            JsonObject           *data)
{
  const char *auth = pusher_json_object_get_string (data, "auth");
  const char *channel_data = pusher_json_object_get_string (data, "channel_data");
  g_autofree char *what = NULL;

  if (auth != NULL && *auth != '\0')
    {
      if (pusher_test_auth_check_channel (self->app, pusher_test_peer_get_id (self->peer),
                                          channel, channel_data, auth))
        return TRUE;

      send_subscription_error (self, channel, "AuthError", "The connection is unauthorized.",
                               STATUS_UNAUTHORIZED);
      return FALSE;
    }

  what = g_strdup_printf ("pusher:subscribe has no “auth” for the channel %s", channel);
  send_subscription_error (self, channel, "AuthError", what, STATUS_UNAUTHORIZED);
  pusher_test_connection_violate (self, what);
  return FALSE;
}

static PusherTestMember *
build_signed_in_member (PusherTestConnection *self)
{
  g_autoptr (JsonNode) id = NULL;

  if (self->user_id == NULL)
    return NULL;

  id = json_node_init_string (json_node_alloc (), self->user_id);

  return pusher_test_member_new (id, self->user_info);
}

/* Returns: (nullable) (transfer full): who joins a presence channel */
static PusherTestMember *
take_member (PusherTestConnection *self,
             const char           *channel,
             JsonObject           *data)
{
  const char *channel_data = pusher_json_object_get_string (data, "channel_data");
  PusherTestMember *member;

  member = channel_data != NULL ? pusher_test_member_parse (channel_data)
                                : build_signed_in_member (self);
  if (member == NULL)
    send_subscription_error (self, channel, "AuthError",
                             channel_data != NULL
                               ? "The channel_data has no “user_id”."
                               : "There is no channel_data, and nobody is signed in.",
                             STATUS_UNAUTHORIZED);

  return member;
}

static gboolean
check_access (PusherTestConnection *self,
              const char           *channel,
              JsonObject           *data,
              PusherTestMember    **member)
{
  PusherChannelKind kind = pusher_channel_name_get_kind (channel);

  if (g_str_has_prefix (channel, PUSHER_USER_CHANNEL_PREFIX))
    return check_user_channel (self, channel, data);

  if (kind == PUSHER_CHANNEL_KIND_PUBLIC)
    return check_no_credentials (self, channel, data);

  if (!check_auth (self, channel, data))
    return FALSE;

  if (kind != PUSHER_CHANNEL_KIND_PRESENCE)
    return TRUE;

  *member = take_member (self, channel, data);
  return *member != NULL;
}

static void
subscribe (PusherTestConnection *self,
           const char           *event,
           JsonObject           *data)
{
  const char *channel = pusher_json_object_get_string (data, "channel");
  PusherTestMember *member = NULL;

  if (!check_name (self, channel) ||
      take_failure (self, channel) ||
      !check_access (self, channel, data, &member))
    return;

  g_hash_table_add (self->channels, g_strdup (channel));
  pusher_test_app_join (self->app, channel, self->peer, member);

  g_signal_emit_by_name (self, "subscribed", channel);
}

static void
unsubscribe (PusherTestConnection *self,
             const char           *event,
             JsonObject           *data)
{
  const char *channel = pusher_json_object_get_string (data, "channel");

  if (!g_hash_table_remove (self->channels, channel))
    {
      pusher_test_connection_complain (self,
                                       "No current subscription to channel %s, or "
                                       "subscription in progress",
                                       channel);
      return;
    }

  pusher_test_app_leave (self->app, channel, self->peer);
  g_signal_emit_by_name (self, "unsubscribed", channel);
}

static void
act_or_hold (PusherTestConnection *self,
             const Held           *request)
{
  Held *held;

  if (!pusher_test_app_get_rules (self->app)->hold_answers && self->held->length == 0)
    {
      request->act (self, request->event, request->data);
      return;
    }

  held = g_new (Held, 1);
  *held = *request;
  json_object_ref (held->data);
  g_queue_push_tail (self->held, held);
}

void
pusher_test_connection_handle_subscribe (PusherTestConnection *self,
                                         const char           *event,
                                         JsonObject           *data)
{
  static const char *const allowed[] = { "channel", "auth", "channel_data", NULL };

  if (check_channel_request (self, event, data, allowed) != NULL)
    act_or_hold (self, &(Held) { subscribe, PUSHER_MESSAGE_SUBSCRIBE, data });
}

void
pusher_test_connection_handle_unsubscribe (PusherTestConnection *self,
                                           const char           *event,
                                           JsonObject           *data)
{
  static const char *const allowed[] = { "channel", NULL };

  if (check_channel_request (self, event, data, allowed) != NULL)
    act_or_hold (self, &(Held) { unsubscribe, PUSHER_MESSAGE_UNSUBSCRIBE, data });
}

/* Answers what was held back. */
void
pusher_test_connection_resume (PusherTestConnection *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestConnection) hold = g_object_ref (self);

  while (self->held->length > 0 && !pusher_test_app_get_rules (self->app)->hold_answers)
    {
      Held *held = g_queue_pop_head (self->held);

      held->act (self, held->event, held->data);
      held_free (held);
    }
}

void
pusher_test_connection_leave_everything (PusherTestConnection *self)
{
  GHashTableIter iter;
  gpointer channel;

  g_queue_clear_full (self->held, held_free);

  g_hash_table_iter_init (&iter, self->channels);
  while (g_hash_table_iter_next (&iter, &channel, NULL))
    {
      pusher_test_app_leave (self->app, channel, self->peer);
      g_hash_table_iter_remove (&iter);
    }

  pusher_test_connection_sign_out (self);
}
