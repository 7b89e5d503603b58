/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "child.h"

#include <signal.h>

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
  GCancellable *cancellable;
  guint port;
  gboolean ended;
} Child;

static void read_next (Rig *rig);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line =
    g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  Rig *rig = user_data;
  Child *child;

  /* Cancelled, or the process has ended. */
  if (line == NULL)
    return;

  child = rig->fault_data;
  if (g_str_equal (line, "welcomed"))
    rig->n_welcomed++;
  else if (g_str_equal (line, "asked"))
    rig->n_asked++;
  else
    child->port = (guint) g_ascii_strtoull (line, NULL, 10);
  read_next (rig);
}

static void
read_next (Rig *rig)
{
  Child *child = rig->fault_data;

  g_data_input_stream_read_line_async (child->output, G_PRIORITY_DEFAULT, child->cancellable,
                                       read_cb, rig);
}

static void
child_free (gpointer user_data)
{
  Child *child = user_data;

  g_cancellable_cancel (child->cancellable);
  g_object_unref (child->cancellable);
  g_object_unref (child->output);
  g_object_unref (child->process);
  g_free (child);
}

void
child_start (Rig        *rig,
             const char *mode)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "faults", "child-server", NULL);
  g_autoptr (GError) error = NULL;
  Child *child = g_new0 (Child, 1);

  child->cancellable = g_cancellable_new ();
  child->process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                      program, mode, NULL);
  g_assert_no_error (error);
  child->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child->process));
  rig->fault_data = child;
  rig->fault_data_free = child_free;

  read_next (rig);
  wait_until (child->port != 0);
  pusher_client_set_port (rig->fixture.client, child->port);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Child *child = user_data;

  g_assert_true (g_subprocess_wait_finish (child->process, result, NULL));
  child->ended = TRUE;
}

void
child_kill (Rig *rig)
{
  Child *child = rig->fault_data;

  g_subprocess_send_signal (child->process, SIGKILL);
  g_subprocess_wait_async (child->process, NULL, ended_cb, child);
  wait_until (child->ended);
  g_assert_true (g_subprocess_get_if_signaled (child->process));
}

void
child_replace (Rig *rig)
{
  PusherTestServer *server = rig->fixture.server;
  Child *child = rig->fault_data;

  pusher_test_server_stop (server);
  pusher_test_server_set_port (server, child->port);
  fixture_start_server (&rig->fixture);
}
