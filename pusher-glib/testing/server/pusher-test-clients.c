/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The clients of a server, of all its apps. */

#include "config.h"

#include "pusher-test-clients-private.h"

struct _PusherTestClients
{
  GObject parent_instance;

  /* of PusherTestConnection: those that are open, and those that were closed
   * but did not end yet */
  GPtrArray *open;
  GPtrArray *leaving;
  PusherTestSettings *settings;
};

G_DEFINE_FINAL_TYPE (PusherTestClients, pusher_test_clients, G_TYPE_OBJECT)

enum
{
  CHANGED,
  CONNECTED,
  REPORT,
  DISCONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
pusher_test_clients_finalize (GObject *object)
{
  PusherTestClients *self = PUSHER_TEST_CLIENTS (object);

  g_ptr_array_unref (self->open);
  g_ptr_array_unref (self->leaving);
  pusher_test_settings_unref (self->settings);

  G_OBJECT_CLASS (pusher_test_clients_parent_class)->finalize (object);
}

static void
pusher_test_clients_class_init (PusherTestClientsClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pusher_test_clients_finalize;

  /* More or fewer are open than before. */
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);

  /* (socket id) */
  signals[CONNECTED] = g_signal_new ("connected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);

  /* (socket id, PusherTestReport, text) */
  signals[REPORT] = g_signal_new ("report", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_UINT, G_TYPE_STRING);

  /* (socket id, close code), of those that were welcome */
  signals[DISCONNECTED] = g_signal_new ("disconnected", type, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);
}

static void
pusher_test_clients_init (PusherTestClients *self)
{
  self->open = g_ptr_array_new_with_free_func (g_object_unref);
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
}

PusherTestClients *
pusher_test_clients_new (PusherTestSettings *settings)
{
  PusherTestClients *self = g_object_new (PUSHER_TEST_TYPE_CLIENTS, NULL);

  self->settings = pusher_test_settings_ref (settings);

  return self;
}

/* Returns: (element-type PusherTestConnection): in the order in which they came */
GPtrArray *
pusher_test_clients_get_open (PusherTestClients *self)
{
  return self->open;
}

static void
report_cb (PusherTestConnection *connection,
           PusherTestReport      report,
           const char           *text,
           PusherTestClients    *self)
{
  g_signal_emit (self, signals[REPORT], 0,
                 pusher_test_connection_get_socket_id (connection), report, text);
}

/* The server closes it. */
static void
closing_cb (PusherTestConnection *connection,
            PusherTestClients    *self)
{
  if (!g_ptr_array_find (self->open, connection, NULL))
    return;

  g_ptr_array_add (self->leaving, g_object_ref (connection));
  g_ptr_array_remove (self->open, connection);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
ended_cb (PusherTestConnection *connection,
          guint                 code,
          PusherTestClients    *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestClients) hold = g_object_ref (self);
  gboolean held = pusher_test_peer_is_held (connection->peer);
  gboolean was_open = g_ptr_array_remove (self->open, connection);

  if (held && was_open)
    g_ptr_array_add (self->leaving, g_object_ref (connection));
  else if (!held)
    g_ptr_array_remove (self->leaving, connection);

  if (was_open)
    g_signal_emit (self, signals[CHANGED], 0);

  if (connection->app != NULL)
    g_signal_emit (self, signals[DISCONNECTED], 0,
                   pusher_test_connection_get_socket_id (connection), code);
}

static void
watch (PusherTestClients    *self,
       PusherTestConnection *connection)
{
  g_signal_connect_object (connection, "report", G_CALLBACK (report_cb), self, 0);
  g_signal_connect_object (connection, "closing", G_CALLBACK (closing_cb), self, 0);
  g_signal_connect_object (connection, "ended", G_CALLBACK (ended_cb), self, 0);
  pusher_test_peer_set_silent (connection->peer, self->settings->silent);
  pusher_test_peer_set_idle_timeout (connection->peer, self->settings->idle_timeout);
}

/*
 * pusher_test_clients_welcome:
 * @first_message: (nullable): any text; %NULL for none
 * @delay: ms until @first_message is sent; %G_MAXUINT for never
 */
void
pusher_test_clients_welcome (PusherTestClients    *self,
                             PusherTestConnection *connection,
                             PusherTestApp        *app,
                             const char           *first_message,
                             guint                 delay)
{
  watch (self, connection);
  g_ptr_array_add (self->open, g_object_ref (connection));
  pusher_test_connection_welcome (connection, app, first_message, delay);

  g_signal_emit (self, signals[CHANGED], 0);
  g_signal_emit (self, signals[CONNECTED], 0, pusher_test_connection_get_socket_id (connection));
}

void
pusher_test_clients_refuse (PusherTestClients    *self,
                            PusherTestConnection *connection,
                            guint                 code,
                            const char           *message)
{
  watch (self, connection);
  g_ptr_array_add (self->leaving, g_object_ref (connection));
  pusher_test_connection_refuse (connection, code, message);
}

/* Refuses a client, and closes without a close frame. */
void
pusher_test_clients_turn_away (PusherTestClients    *self,
                               PusherTestConnection *connection,
                               guint                 code,
                               const char           *message)
{
  watch (self, connection);
  g_ptr_array_add (self->leaving, g_object_ref (connection));
  pusher_test_connection_send_error (connection, NULL, code, message);
  pusher_test_connection_hang_up (connection);
}

/* A copy to walk along: what is called may change the list itself. */
static GPtrArray *
copy_list (GPtrArray *list)
{
  return g_ptr_array_copy (list, (GCopyFunc) G_CALLBACK (g_object_ref), NULL);
}

/* Answers requests that have waited. */
void
pusher_test_clients_answer_held (PusherTestClients *self)
{
  g_autoptr (GPtrArray) connections = copy_list (self->open);

  for (guint i = 0; i < connections->len; i++)
    pusher_test_connection_answer_held (g_ptr_array_index (connections, i));
}

/* To be called when the server has become silent, or ceased to be so. */
void
pusher_test_clients_apply_silent (PusherTestClients *self)
{
  gboolean silent = self->settings->silent;

  for (guint i = 0; i < self->open->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (self->open, i);

      pusher_test_peer_set_silent (connection->peer, silent);
    }

  for (guint i = self->leaving->len; i > 0; i--)
    {
      PusherTestConnection *connection = g_ptr_array_index (self->leaving, i - 1);
      gboolean held = pusher_test_peer_is_held (connection->peer);

      pusher_test_peer_set_silent (connection->peer, silent);
      if (held && !silent)
        g_ptr_array_remove_index (self->leaving, i - 1);
    }
}

void
pusher_test_clients_apply_idle_timeout (PusherTestClients *self)
{
  for (guint i = 0; i < self->open->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (self->open, i);

      pusher_test_peer_set_idle_timeout (connection->peer, self->settings->idle_timeout);
    }
}

/* Moves the connections that are open to those that leave. As all do, none is
 * told of the others. */
static GPtrArray *
start_leaving (PusherTestClients *self)
{
  GPtrArray *connections = copy_list (self->open);

  g_ptr_array_extend (self->leaving, connections, (GCopyFunc) G_CALLBACK (g_object_ref), NULL);
  g_ptr_array_set_size (self->open, 0);

  self->settings->quiet = TRUE;
  for (guint i = 0; i < connections->len; i++)
    pusher_test_connection_leave (g_ptr_array_index (connections, i));
  self->settings->quiet = FALSE;

  return connections;
}

/* @tell: whether a pusher:error says so before */
void
pusher_test_clients_close (PusherTestClients *self,
                           guint              code,
                           const char        *reason,
                           gboolean           tell)
{
  G_GNUC_UNUSED g_autoptr (PusherTestClients) hold = g_object_ref (self);
  g_autoptr (GPtrArray) connections = start_leaving (self);

  for (guint i = 0; i < connections->len; i++)
    (tell ? pusher_test_connection_refuse
          : pusher_test_connection_close) (g_ptr_array_index (connections, i), code, reason);

  if (connections->len > 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Ends every connection without a close frame, after what was sent before. */
void
pusher_test_clients_hang_up (PusherTestClients *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestClients) hold = g_object_ref (self);
  g_autoptr (GPtrArray) connections = start_leaving (self);

  for (guint i = 0; i < connections->len; i++)
    pusher_test_connection_hang_up (g_ptr_array_index (connections, i));

  if (connections->len > 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

/*
 * pusher_test_clients_cut:
 * @reset: whether by a TCP reset
 *
 * Ends every connection without a close frame.
 */
void
pusher_test_clients_cut (PusherTestClients *self,
                         gboolean           reset)
{
  G_GNUC_UNUSED g_autoptr (PusherTestClients) hold = g_object_ref (self);
  g_autoptr (GPtrArray) connected = start_leaving (self);
  g_autoptr (GPtrArray) all = copy_list (self->leaving);

  if (connected->len > 0)
    g_signal_emit (self, signals[CHANGED], 0);

  for (guint i = 0; i < all->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (all, i);

      pusher_test_peer_cut (connection->peer, reset);
      g_ptr_array_remove (self->leaving, connection);
    }
}
