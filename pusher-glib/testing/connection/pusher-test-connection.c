/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* One client as the server knows it: how it comes and goes, and what it has.
 *
 * While answers are held back, requests wait as they came, so that a client
 * that changes its mind meanwhile is told both that it was subscribed and then
 * nothing more, as by a server that is slow.
 */

#include "config.h"

#include "pusher-test-connection-private.h"

G_DEFINE_FINAL_TYPE (PusherTestConnection, pusher_test_connection, G_TYPE_OBJECT)

enum
{
  REPORT,
  CLOSING,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A request that waits */
typedef struct
{
  PusherTestAnswerFunc answer;
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
pusher_test_connection_dispose (GObject *object)
{
  PusherTestConnection *self = PUSHER_TEST_CONNECTION (object);

  if (self->peer != NULL)
    {
      pusher_test_connection_leave (self);
      g_signal_handlers_disconnect_by_data (self->peer, self);
    }
  g_clear_object (&self->peer);
  g_clear_object (&self->app);

  G_OBJECT_CLASS (pusher_test_connection_parent_class)->dispose (object);
}

static void
pusher_test_connection_finalize (GObject *object)
{
  PusherTestConnection *self = PUSHER_TEST_CONNECTION (object);

  g_hash_table_unref (self->channels);
  g_hash_table_unref (self->unanswered);
  g_queue_free (self->held);
  g_clear_pointer (&self->settings, pusher_test_settings_unref);
  g_free (self->first_message);

  G_OBJECT_CLASS (pusher_test_connection_parent_class)->finalize (object);
}

static void
pusher_test_connection_class_init (PusherTestConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = pusher_test_connection_dispose;
  object_class->finalize = pusher_test_connection_finalize;

  /* (PusherTestReport, text) */
  signals[REPORT] = g_signal_new ("report", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_STRING);

  /* The server closes it. */
  signals[CLOSING] = g_signal_new ("closing", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  /* (close code) */
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
pusher_test_connection_init (PusherTestConnection *self)
{
  self->channels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unanswered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->held = g_queue_new ();
}

const char *
pusher_test_connection_get_socket_id (PusherTestConnection *self)
{
  return pusher_test_peer_get_id (self->peer);
}

/* Tells the test. */
void
pusher_test_connection_report (PusherTestConnection *self,
                               PusherTestReport      report,
                               const char           *text)
{
  g_signal_emit (self, signals[REPORT], 0, report, text);
}

static gboolean
welcome_cb (gpointer user_data)
{
  PusherTestConnection *self = user_data;

  self->greeted = TRUE;
  if (self->first_message != NULL)
    pusher_test_peer_send_text (self->peer, self->first_message);

  return G_SOURCE_REMOVE;
}

/*
 * pusher_test_connection_welcome:
 * @first_message: (nullable): any text; %NULL for none
 * @delay: ms until @first_message is sent; %G_MAXUINT for never
 */
void
pusher_test_connection_welcome (PusherTestConnection *self,
                                PusherTestApp        *app,
                                const char           *first_message,
                                guint                 delay)
{
  self->app = g_object_ref (app);
  self->first_message = g_strdup (first_message);

  if (delay == 0)
    {
      welcome_cb (self);
      return;
    }

  if (delay == G_MAXUINT)
    return;

  self->welcome_source = g_timeout_source_new (delay);
  g_source_set_static_name (self->welcome_source, "pusher-test welcome");
  g_source_set_callback (self->welcome_source, welcome_cb, self, NULL);
  g_source_attach (self->welcome_source, g_main_context_get_thread_default ());
}

/* Answers a request, at once or after those that wait. */
void
pusher_test_connection_answer (PusherTestConnection *self,
                               PusherTestAnswerFunc  answer,
                               JsonObject           *data)
{
  Held *held;

  if (!self->app->settings->hold_answers && self->held->length == 0)
    {
      answer (self, data);
      return;
    }

  held = g_new (Held, 1);
  held->answer = answer;
  held->data = json_object_ref (data);
  g_queue_push_tail (self->held, held);
}

/* Answers what was held back. */
void
pusher_test_connection_answer_held (PusherTestConnection *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestConnection) hold = g_object_ref (self);

  while (self->held->length > 0 && !self->app->settings->hold_answers)
    {
      Held *held = g_queue_pop_head (self->held);

      held->answer (self, held->data);
      held_free (held);
    }
}

static void
sign_out (PusherTestConnection *self)
{
  if (self->user_id == NULL)
    return;

  pusher_test_connection_go_offline (self);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->watchlist, g_strfreev);
  g_clear_pointer (&self->user_info, json_node_unref);
}

/* Takes the client out of its channels, and signs it out. */
void
pusher_test_connection_leave (PusherTestConnection *self)
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

  sign_out (self);

  if (self->welcome_source != NULL)
    g_source_destroy (self->welcome_source);
  g_clear_pointer (&self->welcome_source, g_source_unref);
}

/*
 * pusher_test_connection_send_error:
 * @channel: (nullable): the channel that it is about
 */
void
pusher_test_connection_send_error (PusherTestConnection *self,
                                   const char           *channel,
                                   guint                 code,
                                   const char           *message)
{
  if (self->settings->flavor == PUSHER_TEST_FLAVOR_REVERB)
    pusher_test_peer_send_nested_error (self->peer, code, message);
  else
    pusher_test_peer_send_error (self->peer, channel, code, message);
}

/* Says why, and closes. */
void
pusher_test_connection_refuse (PusherTestConnection *self,
                               guint                 code,
                               const char           *message)
{
  pusher_test_connection_send_error (self, NULL, code, message);
  pusher_test_connection_close (self, code, message);
}

void
pusher_test_connection_close (PusherTestConnection *self,
                              guint                 code,
                              const char           *reason)
{
  G_GNUC_UNUSED g_autoptr (PusherTestConnection) hold = g_object_ref (self);

  pusher_test_connection_leave (self);
  pusher_test_peer_close (self->peer, code, reason);
  g_signal_emit (self, signals[CLOSING], 0);
}

/* Ends the connection without a close frame, after what was sent before. */
void
pusher_test_connection_hang_up (PusherTestConnection *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestConnection) hold = g_object_ref (self);

  pusher_test_connection_leave (self);
  pusher_test_peer_hang_up (self->peer);
  g_signal_emit (self, signals[CLOSING], 0);
}

/* To be called when the WebSocket has ended. */
void
pusher_test_connection_end (PusherTestConnection *self,
                            guint                 code)
{
  pusher_test_connection_leave (self);
  g_signal_emit (self, signals[ENDED], 0, code);
}
