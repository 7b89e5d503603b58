/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "application.h"

#include "backfill.h"
#include "channels/pusher-presence-channel.h"
#include "client/pusher-metrics.h"
#include "event/pusher-event.h"
#include "outbox.h"
#include "server.h"
#include "watch.h"
#include "world.h"

#define MAX_DEPTH 4
#define N_KEPT 8
#define ROOM (1024 * 1024)

static struct
{
  PusherClient *client; /* NULL once it is dropped */
  gboolean signs_in;    /* has asked its user to */
  GObject *kept[N_KEPT]; /* channels, members, events, lists, users */
  PusherAuthorizer *peaceful; /* answers well, as nothing asks it before there is peace */
  GPtrArray *dropped;   /* of GWeakRef to clients that were dropped, but may still live */
} app;

PusherClient *
application_get_client (void)
{
  return app.client;
}

/* --- What is kept -------------------------------------------------------- */

/* In place of something else, maybe */
void
application_keep (gpointer object)
{
  if (object != NULL)
    g_set_object (&app.kept[input_draw (N_KEPT)], object);
}

static void
let_go (void)
{
  g_clear_object (&app.kept[input_draw (N_KEPT)]);
}

/* Returns: (transfer none) (nullable): something kept that is of the type */
static gpointer
find_kept (GType type)
{
  guint begin = input_draw (N_KEPT);

  for (guint i = 0; i < N_KEPT; i++)
    {
      GObject *object = app.kept[(begin + i) % N_KEPT];

      if (object != NULL && g_type_is_a (G_OBJECT_TYPE (object), type))
        return object;
    }

  return NULL;
}

/* --- The client ---------------------------------------------------------- */

static void
weak_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static SoupSession *
get_session (void)
{
  static SoupSession *session;

  if (session == NULL)
    session = soup_session_new ();

  return session;
}

static void
make_client (void)
{
  g_autoptr (PusherAuthorizer) authorizer = authorizer_new ();
  g_autoptr (PusherAuthorizer) authenticator = authorizer_new ();

  world_tell ("a new client");
  app.client = pusher_client_new ("psst", "eu");
  app.signs_in = FALSE;
  world_set_clock (app.client);
  pusher_client_set_session (app.client, get_session ());
  pusher_client_set_authorizer (app.client, authorizer);
  pusher_client_set_user_authenticator (app.client, authenticator);
  watch_object (app.client);
  watch_list (pusher_client_get_channels (app.client));
  watch_object (pusher_client_get_user (app.client));
}

/* As bindings do it, it may be disposed of while it is still referred to. */
static void
drop_client (void)
{
  g_autoptr (PusherClient) client = g_steal_pointer (&app.client);
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  world_tell ("drop the client");
  g_weak_ref_init (ref, client);
  g_ptr_array_add (app.dropped, ref);
  if (!input_chance (64))
    return;

  application_keep (client);
  g_object_run_dispose (G_OBJECT (client));
}

static void
act_on_connection (PusherClient *client)
{
  guint what = input_draw (10);
  gpointer call;
  GCancellable *cancellable;

  world_tell ("connection: %u", what);
  switch (what)
    {
    case 0:
    case 1:
      pusher_client_open (client);
      break;
    case 2:
      cancellable = calls_begin ("open", &call);
      pusher_client_open_async (client, cancellable, calls_cb, call);
      break;
    case 3:
      pusher_client_close (client);
      break;
    case 4:
      cancellable = calls_begin ("close", &call);
      pusher_client_close_async (client, cancellable, calls_cb, call);
      break;
    case 5:
    case 6:
      pusher_client_reconnect_now (client);
      break;
    case 7:
      pusher_client_switch_cluster (client, "psst", input_draw (2) == 0 ? "us" : "eu");
      break;
    default:
      cancellable = calls_begin ("ping", &call);
      pusher_client_ping_async (client, cancellable, calls_cb, call);
      break;
    }
}

static void
change_settings (PusherClient *client)
{
  static const char *const hosts[] = { NULL, "example.org", "::", "not a host" };
  static const guint timeouts[] = { 1, 30, 120, G_MAXUINT };
  guint timeout = timeouts[input_draw (G_N_ELEMENTS (timeouts))];
  g_autoptr (PusherAuthorizer) authorizer = NULL;

  switch (input_draw (14))
    {
    case 0:
    case 1:
      authorizer = input_chance (32) ? NULL : authorizer_new ();
      pusher_client_set_authorizer (client, authorizer);
      break;
    case 2:
      authorizer = input_chance (32) ? NULL : authorizer_new ();
      pusher_client_set_user_authenticator (client, authorizer);
      break;
    case 3:
      pusher_client_set_host (client, hosts[input_draw (G_N_ELEMENTS (hosts))]);
      break;
    case 4:
      pusher_client_set_activity_timeout (client, timeout);
      break;
    case 5:
      pusher_client_set_pong_timeout (client, timeout);
      break;
    case 6:
      pusher_client_set_connect_timeout (client, timeout);
      break;
    case 7:
      pusher_client_set_unavailable_timeout (client, timeout);
      break;
    case 8:
      pusher_client_set_path (client, input_draw (2) == 0 ? NULL : "/a b//c");
      break;
    case 9:
      world.cramped = TRUE;
      pusher_client_set_max_message_size (client, 1 + input_draw (32));
      break;
    case 10:
      pusher_client_use_secret (client, "psst", input_draw (2) == 0 ? NULL : "{\"user_id\":\"5\"}",
                                NULL);
      break;
    case 12:
      pusher_client_set_subscription_timeout (client, 1 + timeout % 30);
      break;
    case 11:
      pusher_client_set_use_tls (client, input_draw (2) == 0);
      break;
    default:
      pusher_client_set_port (client, input_draw (65536));
      break;
    }
}

static void
sign_in (PusherUser *user)
{
  gpointer call;
  GCancellable *cancellable;

  world_tell ("sign in");
  if (input_draw (2) == 0)
    {
      pusher_user_sign_in (user);
      return;
    }

  cancellable = calls_begin ("sign-in", &call);
  pusher_user_sign_in_async (user, cancellable, calls_cb, call);
}

/* --- Channels ------------------------------------------------------------ */

static const char *
draw_name (void)
{
  static const char *const others[] = { "", "#x", "not a name", "private-", "presence-x" };

  if (input_chance (4))
    return others[input_draw (G_N_ELEMENTS (others))];

  return world_draw_channel ();
}

static void
subscribe (PusherClient *client)
{
  const char *name = draw_name ();
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;
  gpointer call;
  GCancellable *cancellable;

  world_tell ("subscribe to %s", name);
  if (input_chance (96))
    {
      cancellable = calls_begin ("subscribe", &call);
      pusher_client_subscribe_async (client, name, cancellable, calls_cb, call);
      return;
    }

  channel = pusher_client_subscribe (client, name, &error);
  world_check ((channel == NULL) == (error != NULL), "subscribing both succeeds and fails");
  if (channel != NULL)
    {
      world_check (g_str_equal (pusher_channel_get_name (channel), name), "another channel");
      if (input_chance (96))
        application_keep (channel);
    }
}

static void
trigger (PusherChannel *channel)
{
  static const char *const data[] = { "{\"psst\":1}", NULL, "psst", "[[[[1]]]]", "\"\"" };
  const char *text = data[input_draw (G_N_ELEMENTS (data))];
  g_autofree char *huge = NULL;

  if (input_chance (8))
    text = huge = g_strdup_printf ("[%*d]", 11000, 1);
  if (input_chance (32))
    pusher_channel_trigger_variant (channel, "client-v", g_variant_new ("(sb)", "psst", TRUE),
                                    NULL);
  else
    pusher_channel_trigger (channel, input_chance (16) ? "psst" : "client-hi", text, NULL);
}

static void
act_on_channel (void)
{
  PusherChannel *channel = input_chance (128) ? find_kept (PUSHER_TYPE_CHANNEL) : NULL;
  guint what;

  if (channel == NULL && app.client != NULL)
    channel = pusher_client_get_channel (app.client, draw_name ());
  if (channel == NULL)
    return;

  what = input_draw (8);
  world_tell ("%s: %u", pusher_channel_get_name (channel), what);
  switch (what)
    {
    case 0:
    case 1:
      pusher_channel_unsubscribe (channel);
      break;
    case 2:
      pusher_channel_resubscribe (channel, NULL);
      break;
    case 3:
      backfill_act (channel);
      break;
    case 4:
      trigger (channel);
      break;
    case 5:
      outbox_act (channel);
      break;
    case 6:
      application_keep (channel);
      if (PUSHER_IS_PRESENCE_CHANNEL (channel))
        application_keep (pusher_presence_channel_get_members (PUSHER_PRESENCE_CHANNEL (channel)));
      break;
    default:
      if (app.client != NULL)
        pusher_client_unsubscribe (app.client, pusher_channel_get_name (channel));
      break;
    }
}

/* --- Looking ------------------------------------------------------------- */

static void
look_at_event (PusherEvent *event)
{
  pusher_event_get_json (event);
  pusher_event_get_variant (event);
  g_free (pusher_event_lookup_json (event, "/a/0"));
}

static void
look (void)
{
  PusherEvent *event = find_kept (PUSHER_TYPE_EVENT);
  PusherMember *member = find_kept (PUSHER_TYPE_MEMBER);
  PusherPresenceChannel *channel = find_kept (PUSHER_TYPE_PRESENCE_CHANNEL);

  if (event != NULL)
    look_at_event (event);
  if (member != NULL)
    {
      g_free (pusher_member_get_field (member, "name"));
      g_free (pusher_member_get_field (member, "n"));
      pusher_member_get_info_node (member);
    }
  if (channel != NULL)
    application_keep (pusher_presence_channel_get_me (channel));
  if (app.client != NULL)
    {
      g_autoptr (PusherMetrics) metrics = pusher_client_get_metrics (app.client);

      g_free (pusher_metrics_to_string (metrics));
      application_keep (pusher_client_get_user (app.client));
      application_keep (pusher_client_get_channels (app.client));
    }
}

/* --- Everything ---------------------------------------------------------- */

static void
pass_time (void)
{
  static const gint64 times[] = {
    1, 6000, G_USEC_PER_SEC, 5 * G_USEC_PER_SEC, 16 * G_USEC_PER_SEC, 31 * G_USEC_PER_SEC,
    61 * G_USEC_PER_SEC, 121 * G_USEC_PER_SEC,
  };

  world_advance (times[input_draw (G_N_ELEMENTS (times))]);
}

/* Of a client that may be gone */
static void
act_on_remains (void)
{
  PusherUser *user = find_kept (PUSHER_TYPE_USER);
  PusherClient *client = find_kept (PUSHER_TYPE_CLIENT);

  if (client != NULL && input_draw (2) == 0)
    subscribe (client);
  else if (client != NULL)
    act_on_connection (client);
  else if (user != NULL && (app.client == NULL || user != pusher_client_get_user (app.client)))
    sign_in (user);
}

static void
act_on_client (void)
{
  PusherClient *client;

  /* Whose handlers may act on the client, too */
  if (input_chance (8))
    act_on_remains ();

  client = app.client;
  if (client == NULL)
    {
      if (input_chance (64))
        make_client ();
      return;
    }

  switch (input_draw (16))
    {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
      subscribe (client);
      break;
    case 7:
    case 8:
    case 9:
      act_on_connection (client);
      break;
    case 10:
    case 11:
      app.signs_in = TRUE;
      sign_in (pusher_client_get_user (client));
      break;
    case 12:
      change_settings (client);
      break;
    case 13:
      if (input_chance (48))
        drop_client ();
      break;
    default:
      pusher_client_unsubscribe (client, draw_name ());
      break;
    }
}

/* What an application does in a loop, or has many of */
static void
act_often (void)
{
  guint n = 1 + input_draw (200);
  guint what = input_draw (3);

  while (n-- > 0 && app.client != NULL)
    if (what == 0)
      pusher_client_ping_async (app.client, NULL, calls_cb, calls_begin_plain ("ping"));
    else if (what == 1)
      pusher_client_subscribe_async (app.client, world_draw_channel (), NULL, calls_cb,
                                     calls_begin_plain ("subscribe"));
    else
      pusher_client_reconnect_now (app.client);
}

/* Whoever acts may do anything; what is to come needs the main loop. */
void
application_act (void)
{
  guint what = input_draw (16);

  world_tell ("act %u", what);
  switch (what)
    {
    case 0:
    case 1:
    case 2:
    case 3:
      act_on_client ();
      break;
    case 4:
    case 5:
      act_on_channel ();
      break;
    case 6:
    case 7:
    case 8:
    case 9:
      server_act ();
      break;
    case 10:
      authorizer_answer ();
      break;
    case 11:
      pass_time ();
      break;
    case 12:
      if (input_draw (2) == 0)
        calls_cancel ();
      else
        let_go ();
      break;
    case 13:
      if (input_chance (32))
        act_often ();
      else
        look ();
      break;
    default:
      world_iterate (1 + input_draw (4));
      break;
    }
}

/* A handler of any signal, or a callback: mostly it does nothing. */
void
application_hear (guint         n_values,
                  const GValue *values)
{
  if (world.peace || world.depth >= MAX_DEPTH || !input_chance (40))
    return;

  world.depth++;
  if (n_values > 1 && G_VALUE_HOLDS_OBJECT (&values[1]) && input_chance (48))
    application_keep (g_value_get_object (&values[1]));
  do
    application_act ();
  while (input_chance (64));
  world.depth--;
}

/* --- From the beginning to the end --------------------------------------- */

void
application_start (void)
{
  guint n;

  app.dropped = g_ptr_array_new_with_free_func (weak_ref_free);
  calls_start ();
  authorizer_start ();
  backfill_start ();
  outbox_start ();
  watch_start ();
  app.peaceful = authorizer_new_peaceful ();
  make_client ();

  /* Much can happen only to what is there. */
  n = input_draw (6);
  if (!input_chance (32))
    pusher_client_open (app.client);
  while (n-- > 0 && app.client != NULL)
    subscribe (app.client);
  world_iterate (input_draw (64));
}

/* The channels that failed are tried again, with authorizers that know. */
void
application_make_peace (void)
{
  GListModel *channels;

  authorizer_make_peace ();
  backfill_make_peace ();
  if (app.client == NULL)
    return;

  pusher_client_set_host (app.client, NULL);
  pusher_client_set_max_message_size (app.client, ROOM);
  pusher_client_set_authorizer (app.client, app.peaceful);
  pusher_client_set_user_authenticator (app.client, app.peaceful);
  pusher_client_open (app.client);
  if (app.signs_in)
    pusher_user_sign_in (pusher_client_get_user (app.client));

  channels = pusher_client_get_channels (app.client);
  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      if (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED)
        world_check (pusher_channel_resubscribe (channel, NULL), "a channel cannot come back");
    }
}

static void
close_dropped (void)
{
  for (guint i = 0; i < app.dropped->len; i++)
    {
      g_autoptr (PusherClient) client = g_weak_ref_get (app.dropped->pdata[i]);

      if (client != NULL)
        pusher_client_close (client);
    }
}

/* Nothing is left. */
void
application_end (void)
{
  gpointer call;
  GCancellable *cancellable;

  if (app.client != NULL)
    {
      cancellable = calls_begin ("close", &call);
      pusher_client_close_async (app.client, cancellable, calls_cb, call);
      drop_client ();
    }
  close_dropped ();
  world_settle ();
  for (guint i = 0; i < N_KEPT; i++)
    g_clear_object (&app.kept[i]);
  world_settle ();

  g_clear_object (&app.peaceful);
  authorizer_end ();
  backfill_end ();
  calls_end ();
  watch_end ();
  outbox_end ();
  g_ptr_array_unref (app.dropped);
}
