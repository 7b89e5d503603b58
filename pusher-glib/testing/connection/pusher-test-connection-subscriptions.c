/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a client subscribes to, and whether it may. */

#include "config.h"

#include "pusher-test-connection-private.h"

#include "json/pusher-json-members-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "testing/app/pusher-test-auth-private.h"
#include "testing/app/pusher-test-names-private.h"

#define STATUS_BAD_REQUEST 400
#define STATUS_UNAUTHORIZED 401
#define UNAUTHORIZED "The connection is unauthorized."

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

/* For what is the mistake of the client. Returns: %FALSE */
static gboolean
reject (PusherTestConnection *self,
        const char           *channel,
        const char           *type,
        const char           *message,
        guint                 status)
{
  send_subscription_error (self, channel, type, message, status);
  pusher_test_connection_report (self, PUSHER_TEST_REPORT_VIOLATION, message);

  return FALSE;
}

static gboolean
check_name (PusherTestConnection *self,
            const char           *channel)
{
  g_autoptr (GError) error = NULL;

  if (!g_str_has_prefix (channel, PUSHER_USER_CHANNEL_PREFIX) &&
      !pusher_test_channel_name_check (channel, &error))
    return reject (self, channel, "InvalidChannelName", error->message, STATUS_BAD_REQUEST);

  if (g_hash_table_contains (self->channels, channel) &&
      self->settings->flavor != PUSHER_TEST_FLAVOR_SOKETI)
    {
      pusher_test_connection_complain (self, "Existing subscription to channel %s", channel);
      return FALSE;
    }

  return TRUE;
}

/* Whether the test wants that nothing comes of it. */
static gboolean
take_unanswered (PusherTestConnection *self,
                 const char           *channel)
{
  if (!self->app->settings->never_answer)
    return FALSE;

  g_hash_table_add (self->unanswered, g_strdup (channel));
  return TRUE;
}

/* Whether the test wants this one to fail. */
static gboolean
take_failure (PusherTestConnection *self,
              const char           *channel)
{
  PusherTestSettings *settings = self->app->settings;
  g_autofree char *name = NULL;
  g_autofree char *data = NULL;

  if (!g_hash_table_steal_extended (settings->failures, channel, (gpointer *) &name,
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
  return reject (self, channel, "AuthError", what, STATUS_UNAUTHORIZED);
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

      send_subscription_error (self, channel, "AuthError", UNAUTHORIZED, STATUS_UNAUTHORIZED);
      return FALSE;
    }

  /* soketi says the same of none. */
  if (self->settings->flavor == PUSHER_TEST_FLAVOR_SOKETI)
    return reject (self, channel, "AuthError", UNAUTHORIZED, STATUS_UNAUTHORIZED);

  what = g_strdup_printf ("pusher:subscribe has no “auth” for the channel %s", channel);
  return reject (self, channel, "AuthError", what, STATUS_UNAUTHORIZED);
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

/* Returns: (nullable) (transfer full): what joins a presence channel */
static PusherTestMember *
take_member (PusherTestConnection *self,
             const char           *channel,
             JsonObject           *data)
{
  const char *channel_data = pusher_json_object_get_string (data, "channel_data");
  PusherTestMember *member;

  member = channel_data != NULL ? pusher_test_member_parse (channel_data, FALSE)
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
           JsonObject           *data)
{
  const char *channel = pusher_json_object_get_string (data, "channel");
  PusherTestMember *member = NULL;

  if (!check_name (self, channel) ||
      take_unanswered (self, channel) ||
      take_failure (self, channel) ||
      !check_access (self, channel, data, &member))
    return;

  g_hash_table_add (self->channels, g_strdup (channel));
  pusher_test_app_join (self->app, channel, self->peer, member);

  pusher_test_connection_report (self, PUSHER_TEST_REPORT_SUBSCRIBED, channel);
}

static void
unsubscribe (PusherTestConnection *self,
             JsonObject           *data)
{
  const char *channel = pusher_json_object_get_string (data, "channel");

  /* The client cannot know that it is not subscribed. */
  if (g_hash_table_remove (self->unanswered, channel) &&
      !g_hash_table_contains (self->channels, channel))
    return;

  if (!g_hash_table_remove (self->channels, channel))
    {
      pusher_test_connection_complain (self,
                                       "No current subscription to channel %s, or "
                                       "subscription in progress",
                                       channel);
      return;
    }

  pusher_test_app_leave (self->app, channel, self->peer);
  pusher_test_connection_report (self, PUSHER_TEST_REPORT_UNSUBSCRIBED, channel);
}

static void
handle_request (PusherTestConnection *self,
                const char           *event,
                JsonObject           *data,
                const char *const    *allowed,
                PusherTestAnswerFunc  answer)
{
  if (!pusher_test_connection_check_data (self, event, data, allowed))
    return;

  if (json_object_has_member (data, "channel"))
    pusher_test_connection_answer (self, answer, data);
  else
    pusher_test_connection_complain (self, "%s does not name a channel", event);
}

void
pusher_test_connection_handle_subscribe (PusherTestConnection *self,
                                         const char           *event,
                                         JsonObject           *data)
{
  static const char *const allowed[] = { "channel", "auth", "channel_data", NULL };

  handle_request (self, event, data, allowed, subscribe);
}

void
pusher_test_connection_handle_unsubscribe (PusherTestConnection *self,
                                           const char           *event,
                                           JsonObject           *data)
{
  static const char *const allowed[] = { "channel", NULL };

  handle_request (self, event, data, allowed, unsubscribe);
}
