/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "replay.h"

#include <glib/gi18n.h>
#include <string.h>

#include "complain.h"
#include "job.h"
#include "json-text.h"
#include "line-reader.h"
#include "recording.h"
#include "rest.h"
#include "sealing.h"

typedef struct
{
  const ToolSettings *settings;
  PusherTestServer *server; /* NULL for the REST interface */
  double speed;

  ToolJob *job; /* NULL when it is over */
  ToolRest *rest;
  ToolLineReader *reader;
  GCancellable *cancellable;
  guint n_pending; /* reading and sending */
  guint timer;

  gboolean is_reading, is_sending, at_end, has_begun;
  gint64 start, first_offset;
  ToolRecorded *next; /* NULL if it was not read yet */
  GPtrArray *due;     /* of objects for requests */

  gsize n_published, n_with_user, n_gaps;
  gint64 max_lateness;
} Replay;

static void go_on (Replay *self);

static void
fail (Replay *self,
      GError *error)
{
  tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
}

/* --- When ----------------------------------------------------------------- */

static gint64
get_time (Replay             *self,
          const ToolRecorded *event)
{
  return self->speed > 0 ? self->start + (event->offset - self->first_offset) / self->speed
                         : self->start;
}

static gboolean
timer_cb (gpointer user_data)
{
  Replay *self = user_data;

  self->timer = 0;
  go_on (self);

  return G_SOURCE_REMOVE;
}

/* Whether it is time for the next one; if not, there is a timer for it. */
static gboolean
is_due (Replay *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 time = get_time (self, self->next);

  if (time <= now)
    {
      if (self->speed > 0)
        self->max_lateness = MAX (self->max_lateness, now - time);
      return TRUE;
    }
  if (self->timer == 0)
    self->timer = g_timeout_add (MIN ((time - now + 999) / 1000, G_MAXINT), timer_cb, self);

  return FALSE;
}

/* --- What ----------------------------------------------------------------- */

static gboolean
take_line (Replay     *self,
           const char *line,
           GError    **error)
{
  g_autoptr (ToolRecorded) event = tool_recording_parse (line, error);

  if (event == NULL)
    {
      g_prefix_error (error, _("Line %zu: "), tool_line_reader_get_number (self->reader));
      return FALSE;
    }
  if (event->event == NULL)
    {
      self->n_gaps++;
      return TRUE;
    }

  if (!self->has_begun)
    {
      self->has_begun = TRUE;
      self->start = g_get_monotonic_time ();
      self->first_offset = event->offset;
    }
  self->n_with_user += event->has_user;
  self->next = g_steal_pointer (&event);

  return TRUE;
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Replay *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = tool_line_reader_read_finish (result, &error);

  self->n_pending--;
  self->is_reading = FALSE;
  if (self->job == NULL)
    return;

  if (line == NULL && error == NULL)
    self->at_end = TRUE;
  else if (line != NULL && line[strspn (line, " \t")] != '\0')
    take_line (self, line, &error);

  if (error != NULL)
    fail (self, error);
  else
    go_on (self);
}

/* --- Sent ----------------------------------------------------------------- */

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Replay *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer G_GNUC_UNUSED = tool_rest_send_finish (result, &error);

  self->n_pending--;
  self->is_sending = FALSE;
  if (error == NULL)
    self->n_published += self->due->len;
  g_ptr_array_set_size (self->due, 0);
  if (self->job == NULL)
    return;

  if (error != NULL)
    fail (self, error);
  else
    go_on (self);
}

static void
send_due (Replay *self)
{
  g_autofree char *body = tool_rest_make_batch (self->due);

  self->is_sending = TRUE;
  self->n_pending++;
  tool_rest_send_async (self->rest, "batch_events", NULL, body, self->cancellable, sent_cb, self);
}

static gboolean
publish_at_server (Replay             *self,
                   const ToolRecorded *event,
                   GError            **error)
{
  g_autoptr (GError) own_error = NULL;
  g_autofree char *text = NULL;

  /* The server encrypts it itself, and wants the text for that. */
  if (tool_sealing_is_needed (event->channel))
    {
      text = tool_json_text_get_string (event->data_json);
      pusher_test_server_publish (self->server, event->channel, event->event, text, &own_error);
    }
  else
    pusher_test_server_publish_json (self->server, event->channel, event->event,
                                     event->data_json, &own_error);
  if (own_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&own_error));
      return FALSE;
    }
  self->n_published++;

  return TRUE;
}

/* Has the next one sent, with others that are due. */
static gboolean
publish_next (Replay  *self,
              GError **error)
{
  g_autoptr (ToolRecorded) event = g_steal_pointer (&self->next);
  g_autofree char *data = NULL;

  if (self->server != NULL)
    return publish_at_server (self, event, error);

  data = tool_sealing_prepare (self->settings->encryption_master_key, event->channel,
                               event->data_json, error);
  if (data == NULL)
    return FALSE;
  g_ptr_array_add (self->due, tool_rest_make_event ((const char *const[]){ event->channel, NULL },
                                                    event->event, data, NULL));

  return TRUE;
}

static void
read_next (Replay *self)
{
  self->is_reading = TRUE;
  self->n_pending++;
  tool_line_reader_read_async (self->reader, self->cancellable, read_cb, self);
}

static void
go_on (Replay *self)
{
  g_autoptr (GError) error = NULL;
  gboolean can_take = !self->is_sending && self->due->len < TOOL_REST_MAX_BATCH;

  if (tool_job_has_ended (self->job))
    return;
  if (self->next != NULL && can_take && is_due (self) && !publish_next (self, &error))
    {
      fail (self, error);
      return;
    }

  if (self->next == NULL && !self->at_end)
    {
      if (!self->is_reading)
        read_next (self);
    }
  else if (self->due->len > 0 && !self->is_sending)
    send_due (self);
  else if (self->next == NULL && self->at_end && !self->is_sending)
    tool_job_end (self->job, TOOL_STATUS_DONE);
}

/* --- All of it ------------------------------------------------------------ */

static void
subscribed_cb (PusherTestServer *server,
               const char       *socket_id,
               const char       *channel,
               Replay           *self)
{
  g_signal_handlers_disconnect_by_func (server, subscribed_cb, self);
  go_on (self);
}

static void
say_what_was_done (Replay *self)
{
  if (self->n_gaps > 0)
    tool_say (ngettext ("* %zu gap in the recording was passed over",
                        "* %zu gaps in the recording were passed over", self->n_gaps),
              self->n_gaps);
  if (self->n_with_user > 0)
    tool_say (ngettext ("* %zu event came from a client; it was published without the user id",
                        "* %zu events came from clients; they were published without the user ids",
                        self->n_with_user),
              self->n_with_user);
  tool_say (ngettext ("* %zu event published; late by %.3f s at most",
                      "* %zu events published; late by %.3f s at most", self->n_published),
            self->n_published, self->max_lateness / 1e6);
}

static ToolStatus
run (Replay *self)
{
  ToolStatus status;

  self->job = tool_job_new (NULL);
  tool_job_set_interrupted (self->job, TOOL_STATUS_FAILED);
  if (self->server != NULL)
    {
      tool_say (_("* waiting for the first subscriber"));
      g_signal_connect (self->server, "subscribed", G_CALLBACK (subscribed_cb), self);
    }
  else
    go_on (self);
  status = tool_job_run (self->job);

  self->job = NULL;
  if (self->server != NULL)
    g_signal_handlers_disconnect_by_data (self->server, self);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  while (self->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&self->next, tool_recorded_free);
  say_what_was_done (self);

  return status;
}

ToolStatus
tool_replay_run (const ToolSettings *settings,
                 PusherTestServer   *server,
                 const char         *path,
                 double              speed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ToolRest) rest = server == NULL ? tool_rest_new (settings, &error) : NULL;
  g_autoptr (ToolLineReader) reader = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) due = g_ptr_array_new_with_free_func (g_free);
  Replay self = { settings, server, speed };

  if (error == NULL)
    reader = tool_line_reader_new (path, &error);
  if (reader == NULL)
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  self.rest = rest;
  self.reader = reader;
  self.cancellable = cancellable;
  self.due = due;

  return run (&self);
}
