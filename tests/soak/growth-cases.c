/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a server or an application can make many of. */

#include "growth.h"

#include <string.h>

#define PRESENCE "presence-p"
#define ENCRYPTED "private-encrypted-e"
#define KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
#define CIPHERTEXT "{\"nonce\":\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\",\"ciphertext\":" \
                   "\"AAECAwQFBgcICQoLDA0ODxAREhMUFRYX\"}"

static void
count_cb (Growth *self)
{
  self->n_told++;
}

static void
listen (Growth     *self,
        gpointer    object,
        const char *signal)
{
  g_signal_connect_swapped (object, signal, G_CALLBACK (count_cb), self);
}

/* --- Members ------------------------------------------------------------- */

static void
confirm_members (Growth *self)
{
  g_autoptr (GString) ids = g_string_new ("\"me\"");
  g_autoptr (GString) hash = g_string_new ("\"me\":null");
  g_autofree char *data = NULL;

  for (guint i = 1; i < self->n; i++)
    {
      g_string_append_printf (ids, ",\"user-%u\"", i);
      g_string_append_printf (hash, ",\"user-%u\":{\"name\":\"User %u\"}", i, i);
    }
  data = g_strdup_printf ("{\"presence\":{\"count\":%u,\"ids\":[%s],\"hash\":{%s}}}", self->n,
                          ids->str, hash->str);
  growth_confirm (self, PRESENCE, data);
}

static PusherPresenceChannel *
get_presence (Growth *self)
{
  return PUSHER_PRESENCE_CHANNEL (pusher_client_get_channel (self->client, PRESENCE));
}

static void
assert_n_members (Growth *self,
                  guint   n)
{
  GListModel *members = pusher_presence_channel_get_members (get_presence (self));

  g_assert_cmpuint (g_list_model_get_n_items (members), ==, n);
}

static void
subscribe_presence (Growth *self)
{
  PusherChannel *channel = growth_subscribe (self, PRESENCE);

  listen (self, channel, "member-added");
  listen (self, channel, "member-removed");
}

static void
list_members (Growth *self)
{
  confirm_members (self);
  assert_n_members (self, self->n);
}

static void
prepare_members (Growth *self)
{
  subscribe_presence (self);
  list_members (self);
}

/* The same ones, on another connection */
static void
list_members_again (Growth *self)
{
  growth_reconnect (self);
  list_members (self);
  g_assert_cmpuint (self->n_told, ==, 0);
}

static void
subscribe_alone (Growth *self)
{
  subscribe_presence (self);
  growth_confirm (self, PRESENCE,
                  "{\"presence\":{\"ids\":[\"me\"],\"hash\":{\"me\":null}}}");
}

static void
say_member (Growth     *self,
            const char *what,
            guint       number)
{
  fake_transport_sayf (self->transport,
                       "{\"event\":\"pusher_internal:member_%s\",\"channel\":\"" PRESENCE "\","
                       "\"data\":{\"user_id\":\"user-%u\",\"user_info\":{\"name\":\"User %u\"}}}",
                       what, number, number);
}

static void
let_members_join (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    say_member (self, "added", i);
  assert_n_members (self, self->n + 1);
}

static void
join_alone (Growth *self)
{
  subscribe_alone (self);
  let_members_join (self);
}

static void
let_members_leave (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    say_member (self, "removed", i);
  assert_n_members (self, 1);
}

/* --- Channels ------------------------------------------------------------ */

static char *
dup_channel_name (const char *prefix,
                  guint       number)
{
  return g_strdup_printf ("%schannel-%u", prefix, number);
}

static void
confirm_channels (Growth     *self,
                  const char *prefix)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *name = dup_channel_name (prefix, i);

      growth_confirm (self, name, "{}");
      g_assert_cmpint (pusher_channel_get_state (pusher_client_get_channel (self->client, name)),
                       ==, PUSHER_CHANNEL_STATE_SUBSCRIBED);
    }
}

static void
subscribe_with_prefix (Growth     *self,
                       const char *prefix)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *name = dup_channel_name (prefix, i);

      growth_subscribe (self, name);
    }
  confirm_channels (self, prefix);
}

static void
subscribe_channels (Growth *self)
{
  subscribe_with_prefix (self, "");
}

static void
subscribe_private_channels (Growth *self)
{
  subscribe_with_prefix (self, "private-");
}

static void
assert_no_channels (Growth *self)
{
  GListModel *channels = pusher_client_get_channels (self->client);

  g_assert_cmpuint (g_list_model_get_n_items (channels), ==, 0);
}

static void
unsubscribe_channels (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *name = dup_channel_name ("", i);

      pusher_client_unsubscribe (self->client, name);
    }
  assert_no_channels (self);
}

static void
unsubscribe_backwards (Growth *self)
{
  for (guint i = self->n; i > 0; i--)
    {
      g_autofree char *name = dup_channel_name ("", i - 1);

      pusher_client_unsubscribe (self->client, name);
    }
  assert_no_channels (self);
}

/* Given up before the server answers, and asked for again */
static void
change_mind (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *name = dup_channel_name ("", i);

      growth_subscribe (self, name);
      pusher_client_unsubscribe (self->client, name);
    }
  assert_no_channels (self);
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *name = dup_channel_name ("", i);

      growth_subscribe (self, name);
      growth_confirm (self, name, "{}");
    }
  confirm_channels (self, "");
}

static void
subscribe_again (Growth *self)
{
  growth_reconnect (self);
  confirm_channels (self, "");
}

static void
drop_client (Growth *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->client));
}

/* All of them fail, and the server does not say which. */
static void
refuse_channels (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      g_autofree char *name = dup_channel_name ("private-", i);

      growth_subscribe (self, name);
    }
  for (guint i = 0; i < self->n; i++)
    fake_transport_say (self->transport,
                        "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"no\"}}");
}

/* --- Clients ------------------------------------------------------------- */

static void
open_clients (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      PusherClient *client = growth_new_client (self);

      g_ptr_array_add (self->objects, client);
      pusher_client_open (client);
      fake_transport_welcome (fake_transport_get_last ());
      g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_CONNECTED);
    }
}

static void
drop_clients (Growth *self)
{
  g_ptr_array_set_size (self->objects, 0);
}

/* --- Calls --------------------------------------------------------------- */

static void
pinged_cb (GObject      *client,
           GAsyncResult *result,
           gpointer      user_data)
{
  Growth *self = user_data;

  g_assert_cmpint (pusher_client_ping_finish (PUSHER_CLIENT (client), result, NULL), >=, 0);
  self->n_told++;
}

static void
wait_for_calls (Growth *self)
{
  while (self->n_told < self->n)
    g_main_context_iteration (NULL, TRUE);
}

/* As many at a time as may be under way */
static void
ping (Growth *self)
{
  const guint n_at_a_time = 64;

  for (guint i = 0; i < self->n + n_at_a_time; i++)
    {
      if (i >= n_at_a_time)
        fake_transport_say (self->transport, "{\"event\":\"pusher:pong\"}");
      if (i < self->n)
        pusher_client_ping_async (self->client, NULL, pinged_cb, self);
    }
  wait_for_calls (self);
}

static void
answer_pings (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    fake_transport_say (self->transport, "{\"event\":\"pusher:ping\"}");
}

static void
cancelled_cb (GObject      *client,
              GAsyncResult *result,
              gpointer      user_data)
{
  Growth *self = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (pusher_client_subscribe_finish (PUSHER_CLIENT (client), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  self->n_told++;
}

static void
call_cancellably (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    {
      GCancellable *cancellable = g_cancellable_new ();

      g_ptr_array_add (self->objects, cancellable);
      pusher_client_subscribe_async (self->client, "a", cancellable, cancelled_cb, self);
    }
}

static void
cancel_calls (Growth *self)
{
  for (guint i = self->n; i > 0; i--)
    g_cancellable_cancel (self->objects->pdata[i - 1]);
  wait_for_calls (self);
}

/* --- Errors -------------------------------------------------------------- */

static void
listen_to_errors (Growth *self)
{
  listen (self, self->client, "error");
}

static void
say_errors (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    fake_transport_sayf (self->transport,
                         "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,"
                         "\"message\":\"No. %u\"}}", i);
  g_assert_cmpuint (self->n_told, ==, self->n);
}

static void
say_nonsense (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    fake_transport_sayf (self->transport, "nonsense %u", i);
  g_assert_cmpuint (self->n_told, ==, self->n);
}

/* --- The watchlist ------------------------------------------------------- */

static void
sign_in (Growth *self)
{
  PusherUser *user = pusher_client_get_user (self->client);
  g_autoptr (PusherSecretAuthorizer) authenticator = pusher_secret_authorizer_new ("secret");

  g_assert_true (pusher_secret_authorizer_set_user_data (authenticator, "{\"id\":\"me\"}", NULL));
  pusher_client_set_user_authenticator (self->client, PUSHER_AUTHORIZER (authenticator));
  pusher_user_sign_in (user);
  fake_transport_say (self->transport,
                      "{\"event\":\"pusher:signin_success\","
                      "\"data\":{\"user_data\":\"{\\\"id\\\":\\\"me\\\"}\"}}");
  g_assert_true (pusher_user_get_signed_in (user));
  listen (self, user, "online");
  listen (self, user, "offline");
}

static void
tell_watchlist (Growth     *self,
                const char *name)
{
  g_autoptr (GString) ids = g_string_new ("\"friend\"");

  for (guint i = 1; i < self->n; i++)
    g_string_append_printf (ids, ",\"friend-%u\"", i);
  fake_transport_sayf (self->transport,
                       "{\"event\":\"pusher_internal:watchlist_events\",\"data\":{\"events\":["
                       "{\"name\":\"%s\",\"user_ids\":[%s]}]}}", name, ids->str);
  g_assert_cmpuint (self->n_told, ==, self->n);
}

static void
tell_online (Growth *self)
{
  tell_watchlist (self, "online");
}

static void
prepare_online (Growth *self)
{
  sign_in (self);
  tell_online (self);
}

static void
tell_offline (Growth *self)
{
  tell_watchlist (self, "offline");
}

/* --- Events -------------------------------------------------------------- */

static void
subscribe_one (Growth *self)
{
  PusherChannel *channel = growth_subscribe (self, "a");

  growth_confirm (self, "a", "{}");
  listen (self, channel, "event");
}

static void
say_names_of_events (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    fake_transport_sayf (self->transport,
                         "{\"event\":\"event-%u\",\"channel\":\"a\",\"data\":\"%u\"}", i, i);
  g_assert_cmpuint (self->n_told, ==, self->n);
}

static void
listen_to_events (Growth *self)
{
  listen (self, self->client, "event");
}

static void
say_names_of_channels (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    fake_transport_sayf (self->transport,
                         "{\"event\":\"e\",\"channel\":\"channel-%u\",\"data\":\"%u\"}", i, i);
  g_assert_cmpuint (self->n_told, ==, self->n);
}

/* Answers nothing but the subscription. */
static gboolean
keep_cb (PusherAuthorizer           *authorizer,
         PusherAuthorizationRequest *request,
         Growth                     *self)
{
  if (self->objects->len == 0)
    pusher_authorization_request_complete (request, "key:0", NULL, KEY);
  g_ptr_array_add (self->objects, g_object_ref (request));

  return TRUE;
}

static void
subscribe_encrypted (Growth *self)
{
  PusherAuthorizer *authorizer = pusher_client_get_authorizer (self->client);
  PusherChannel *channel;

  g_signal_connect (authorizer, "authorize", G_CALLBACK (keep_cb), self);
  channel = growth_subscribe (self, ENCRYPTED);
  growth_confirm (self, ENCRYPTED, "{}");
  listen (self, channel, "error");
}

/* No key fits. */
static void
wait_for_key (Growth *self)
{
  for (guint i = 0; i < self->n; i++)
    fake_transport_say (self->transport,
                        "{\"event\":\"e\",\"channel\":\"" ENCRYPTED "\",\"data\":" CIPHERTEXT "}");
  g_assert_cmpuint (self->objects->len, ==, 2);
  g_assert_cmpuint (self->n_told, ==, 0);
  pusher_authorization_request_complete (self->objects->pdata[1], "key:0", NULL, KEY);
  g_assert_cmpuint (self->n_told, ==, self->n);
}

/* --- All ----------------------------------------------------------------- */

const GrowthCase growth_cases[] = {
  { "members/list", 1024, subscribe_presence, list_members, TRUE },
  { "members/list-again", 1024, prepare_members, list_members_again, TRUE },
  { "members/join", 1024, subscribe_alone, let_members_join },
  { "members/leave", 1024, join_alone, let_members_leave },
  { "channels/subscribe", 1024, NULL, subscribe_channels },
  { "channels/subscribe-private", 1024, NULL, subscribe_private_channels },
  { "channels/subscribe-again", 1024, subscribe_channels, subscribe_again },
  { "channels/unsubscribe", 1024, subscribe_channels, unsubscribe_channels },
  { "channels/unsubscribe-backwards", 1024, subscribe_channels, unsubscribe_backwards },
  { "channels/change-mind", 1024, NULL, change_mind },
  { "channels/refuse", 1024, NULL, refuse_channels },
  { "channels/drop", 1024, subscribe_channels, drop_client },
  { "clients/open", 256, NULL, open_clients },
  { "clients/drop", 256, open_clients, drop_clients },
  { "calls/ping", 1024, NULL, ping },
  { "calls/cancel", 1024, call_cancellably, cancel_calls },
  { "pings-of-the-server", 1024, NULL, answer_pings },
  { "errors/of-the-server", 1024, listen_to_errors, say_errors },
  { "errors/nonsense", 1024, listen_to_errors, say_nonsense },
  { "watchlist/online", 1024, sign_in, tell_online, TRUE },
  { "watchlist/offline", 1024, prepare_online, tell_offline, TRUE },
  { "names/of-events", 1024, subscribe_one, say_names_of_events },
  { "names/of-channels", 1024, listen_to_events, say_names_of_channels },
  { "events-that-wait-for-a-key", 1024, subscribe_encrypted, wait_for_key, TRUE },
};
const guint n_growth_cases = G_N_ELEMENTS (growth_cases);
