/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "publish-batch.h"

#include <glib/gi18n.h>
#include <string.h>

#include "complain.h"
#include "job.h"
#include "json-text.h"
#include "line-reader.h"
#include "rest.h"
#include "sealing.h"

/* How long a batch waits, in milliseconds, for more. */
#define PATIENCE 50

typedef struct
{
  const ToolSettings *settings;
  gboolean encrypt;

  ToolJob *job; /* NULL when it is over */
  ToolRest *rest;
  ToolLineReader *reader;
  GCancellable *cancellable;
  guint n_pending; /* reading and sending */

  GPtrArray *waiting; /* of objects for events */
  gsize first_line, last_line;
  guint patience;
  gboolean is_reading, at_end;

  guint n_sending;
  gsize first_sending, last_sending;

  gsize n_events;
} Batch;

static void go_on (Batch *self);

/* --- Lines ---------------------------------------------------------------- */

static char *
refuse (Batch      *self,
        GError    **error,
        const char *reason)
{
  tool_set_usage_error (error, _("Line %zu: %s"),
                        tool_line_reader_get_number (self->reader), reason);

  return NULL;
}

static char *
read_line (Batch      *self,
           const char *line,
           GError    **error)
{
  g_autofree char *channel = tool_json_text_dup_string (line, "channel");
  g_autofree char *name = tool_json_text_dup_string (line, "name");
  g_autofree char *socket_id = tool_json_text_dup_string (line, "socket_id");
  g_autofree char *data = tool_json_text_get_member (line, "data");
  g_autofree char *sent = NULL;

  if (!g_utf8_validate (line, -1, NULL) || !tool_json_text_is_object (line))
    return refuse (self, error, _("It is not a JSON object."));
  if (name == NULL)
    name = tool_json_text_dup_string (line, "event"); /* as “listen” has it */
  if (channel == NULL)
    return refuse (self, error, _("There is no “channel”."));
  if (name == NULL)
    return refuse (self, error, _("There is no “name”."));
  if (data == NULL)
    return refuse (self, error, _("There is no “data”."));

  if (tool_sealing_is_needed (channel) && !self->encrypt)
    return refuse (self, error, _("The channel is encrypted: --encrypt is needed."));
  sent = tool_sealing_prepare (self->settings->encryption_master_key, channel, data, error);
  if (sent == NULL)
    return NULL;

  return tool_rest_make_event ((const char *const[]){ channel, NULL }, name, sent, socket_id);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Batch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = tool_line_reader_read_finish (result, &error);
  char *event;

  self->n_pending--;
  self->is_reading = FALSE;
  if (self->job == NULL)
    return;

  if (line == NULL && error == NULL)
    self->at_end = TRUE;
  else if (line != NULL && line[strspn (line, " \t")] != '\0')
    {
      event = read_line (self, line, &error);
      if (event != NULL)
        {
          if (self->waiting->len == 0)
            self->first_line = tool_line_reader_get_number (self->reader);
          self->last_line = tool_line_reader_get_number (self->reader);
          g_ptr_array_add (self->waiting, event);
        }
    }

  if (error != NULL)
    tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
  else
    go_on (self);
}

/* --- Requests ------------------------------------------------------------- */

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Batch *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *answer G_GNUC_UNUSED = tool_rest_send_finish (result, &error);

  self->n_pending--;
  if (error == NULL)
    self->n_events += self->n_sending;
  self->n_sending = 0;
  if (self->job == NULL)
    return;

  if (error != NULL)
    {
      g_prefix_error (&error, _("Lines %zu to %zu: "),
                      self->first_sending, self->last_sending);
      tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
    }
  else
    go_on (self);
}

static void
send (Batch *self)
{
  g_autofree char *body = tool_rest_make_batch (self->waiting);

  g_clear_handle_id (&self->patience, g_source_remove);
  self->n_sending = self->waiting->len;
  self->first_sending = self->first_line;
  self->last_sending = self->last_line;
  g_ptr_array_set_size (self->waiting, 0);
  self->n_pending++;
  tool_rest_send_async (self->rest, "batch_events", NULL, body, self->cancellable, sent_cb, self);
}

static gboolean
patience_cb (gpointer user_data)
{
  Batch *self = user_data;

  self->patience = 0;
  if (self->waiting->len > 0 && self->n_sending == 0)
    send (self);

  return G_SOURCE_REMOVE;
}

static void
read_next (Batch *self)
{
  self->is_reading = TRUE;
  self->n_pending++;
  tool_line_reader_read_async (self->reader, self->cancellable, read_cb, self);
}

/* What comes slowly is sent at once, and what comes fast ten at a time. */
static void
go_on (Batch *self)
{
  if (self->waiting->len > 0 && self->n_sending == 0)
    {
      if (self->at_end || self->waiting->len == TOOL_REST_MAX_BATCH)
        send (self);
      else if (self->patience == 0)
        self->patience = g_timeout_add (PATIENCE, patience_cb, self);
    }

  if (self->at_end && self->waiting->len == 0 && self->n_sending == 0)
    tool_job_end (self->job, TOOL_STATUS_DONE);
  else if (!self->at_end && !self->is_reading && self->waiting->len < TOOL_REST_MAX_BATCH)
    read_next (self);
}

/* --- All of it ------------------------------------------------------------ */

static ToolStatus
run (Batch *self)
{
  ToolStatus status;

  self->job = tool_job_new (NULL);
  tool_job_set_interrupted (self->job, TOOL_STATUS_FAILED);
  go_on (self);
  status = tool_job_run (self->job);

  self->job = NULL;
  g_clear_handle_id (&self->patience, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  while (self->n_pending > 0)
    g_main_context_iteration (NULL, TRUE);
  tool_say (ngettext ("* %zu event published", "* %zu events published", self->n_events),
            self->n_events);

  return status;
}

ToolStatus
tool_publish_batch (const ToolSettings *settings,
                    gboolean            encrypt)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ToolRest) rest = tool_rest_new (settings, &error);
  g_autoptr (ToolLineReader) reader = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func (g_free);
  Batch self = { settings, encrypt };

  if (rest == NULL || (reader = tool_line_reader_new ("-", &error)) == NULL)
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  self.rest = rest;
  self.reader = reader;
  self.cancellable = cancellable;
  self.waiting = waiting;

  return run (&self);
}
