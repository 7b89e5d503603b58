/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What handlers do to a client while it is telling them something: at each moment
 * of the story one after the other of all actions is taken, by one client each. */

#include "story.h"

static void
act_nothing (App *app)
{
}

static void
act_unsubscribe (App *app)
{
  pusher_channel_unsubscribe (app->channel);
}

static void
act_unsubscribe_other (App *app)
{
  pusher_client_unsubscribe (app->fixture.client, "b");
}

static void
act_unsubscribe_all (App *app)
{
  while (g_list_model_get_n_items (app->list) > 0)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (app->list, 0);

      pusher_channel_unsubscribe (channel);
    }
}

static void
act_resubscribe (App *app)
{
  pusher_channel_unsubscribe (app->channel);
  pusher_channel_resubscribe (app->channel, NULL);
}

static void
act_resubscribe_only (App *app)
{
  pusher_channel_resubscribe (app->channel, NULL);
}

static void
act_replace (App *app)
{
  pusher_channel_unsubscribe (app->channel);
  pusher_client_subscribe (app->fixture.client, "a", NULL);
}

static void
act_subscribe (App *app)
{
  pusher_client_subscribe (app->fixture.client, "new", NULL);
  pusher_client_subscribe (app->fixture.client, "a", NULL);
}

static void
act_subscribe_async (App *app)
{
  app->n_pending += 2;
  pusher_client_subscribe_async (app->fixture.client, "new", app->cancellable, subscribe_cb, app);
  pusher_client_subscribe_async (app->fixture.client, "a", app->cancellable, subscribe_cb, app);
}

static void
act_open (App *app)
{
  pusher_client_open (app->fixture.client);
}

static void
act_close (App *app)
{
  pusher_client_close (app->fixture.client);
}

static void
act_close_async (App *app)
{
  app->n_pending++;
  pusher_client_close_async (app->fixture.client, app->cancellable, close_cb, app);
}

static void
act_reopen (App *app)
{
  app->n_pending += 2;
  pusher_client_close_async (app->fixture.client, app->cancellable, close_cb, app);
  pusher_client_open_async (app->fixture.client, app->cancellable, open_cb, app);
}

static void
act_reopen_and_close (App *app)
{
  pusher_client_close (app->fixture.client);
  pusher_client_open (app->fixture.client);
  pusher_client_close (app->fixture.client);
}

static void
act_reconnect (App *app)
{
  pusher_client_reconnect_now (app->fixture.client);
}

static void
act_ping (App *app)
{
  app->n_pending++;
  pusher_client_ping_async (app->fixture.client, app->cancellable, ping_cb, app);
}

static void
act_cancel (App *app)
{
  g_cancellable_cancel (app->cancellable);
}

static void
act_break_settings (App *app)
{
  pusher_client_set_host (app->fixture.client, NULL);
  pusher_client_reconnect_now (app->fixture.client);
  pusher_client_set_host (app->fixture.client, "127.0.0.1");
}

static void
act_cut (App *app)
{
  pusher_test_faults_cut_connections (app->fixture.faults);
}

/* As an application does that shows a modal dialog. */
static void
act_iterate (App *app)
{
  fixture_settle (&app->fixture);
}

static void
act_cut_and_iterate (App *app)
{
  pusher_test_faults_cut_connections (app->fixture.faults);
  fixture_settle (&app->fixture);
}

static void
act_drop_channel (App *app)
{
  pusher_channel_unsubscribe (app->channel);
  g_clear_object (&app->channel);
}

static void
act_drop_client (App *app)
{
  g_clear_object (&app->fixture.client);
}

static void
act_drop_everything (App *app)
{
  g_clear_object (&app->list);
  g_clear_object (&app->fixture.client);
  g_clear_object (&app->channel);
}

static void
act_close_and_drop (App *app)
{
  pusher_client_close (app->fixture.client);
  g_clear_object (&app->fixture.client);
}

static void
act_drop_and_iterate (App *app)
{
  g_clear_object (&app->fixture.client);
  fixture_settle (&app->fixture);
}

static void
act_dispose (App *app)
{
  g_object_run_dispose (G_OBJECT (app->fixture.client));
  app->disposed = TRUE;
}

typedef struct
{
  const char *name;
  void (*act) (App *app);
} Action;

static const Action actions[] = {
  { "nothing", act_nothing },
  { "unsubscribe", act_unsubscribe },
  { "unsubscribe-other", act_unsubscribe_other },
  { "unsubscribe-all", act_unsubscribe_all },
  { "resubscribe", act_resubscribe },
  { "resubscribe-only", act_resubscribe_only },
  { "replace", act_replace },
  { "subscribe", act_subscribe },
  { "subscribe-async", act_subscribe_async },
  { "open", act_open },
  { "close", act_close },
  { "close-async", act_close_async },
  { "reopen", act_reopen },
  { "reopen-and-close", act_reopen_and_close },
  { "reconnect", act_reconnect },
  { "ping", act_ping },
  { "cancel", act_cancel },
  { "break-settings", act_break_settings },
  { "cut", act_cut },
  { "iterate", act_iterate },
  { "cut-and-iterate", act_cut_and_iterate },
  { "drop-channel", act_drop_channel },
  { "drop-client", act_drop_client },
  { "drop-everything", act_drop_everything },
  { "close-and-drop", act_close_and_drop },
  { "drop-and-iterate", act_drop_and_iterate },
  { "dispose", act_dispose },
};

static void
test_moment (gconstpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      App app = { 0 };

      g_test_message ("%s", actions[i].name);
      story_begin (&app, user_data, actions[i].act);
      story_play (&app);
      story_end (&app);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < n_moments; i++)
    {
      g_autofree char *path = g_strdup_printf ("/reentrancy/%s", moments[i].name);

      g_test_add_data_func (path, &moments[i], test_moment);
    }

  return g_test_run ();
}
