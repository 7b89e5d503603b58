/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "rest-call.h"

#include "complain.h"
#include "job.h"
#include "rest.h"

typedef struct
{
  ToolJob *job;
  char *answer;
  gboolean is_over;
} Call;

static void
sent_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Call *self = user_data;
  g_autoptr (GError) error = NULL;

  self->is_over = TRUE;
  self->answer = tool_rest_send_finish (result, &error);
  if (self->job == NULL)
    return;
  if (error != NULL)
    tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
  else
    tool_job_end (self->job, TOOL_STATUS_DONE);
}

char *
tool_rest_call (const ToolSettings *settings,
                const char         *path,
                GHashTable         *query,
                const char         *body,
                ToolStatus         *status)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ToolRest) rest = tool_rest_new (settings, &error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Call self = { NULL };

  if (rest == NULL)
    {
      tool_complain (error);
      *status = TOOL_STATUS_USAGE;
      return NULL;
    }

  self.job = tool_job_new (NULL);
  tool_job_set_interrupted (self.job, TOOL_STATUS_FAILED);
  tool_rest_send_async (rest, path, query, body, cancellable, sent_cb, &self);
  *status = tool_job_run (self.job);

  /* It may have been interrupted. */
  self.job = NULL;
  g_cancellable_cancel (cancellable);
  while (!self.is_over)
    g_main_context_iteration (NULL, TRUE);
  if (*status != TOOL_STATUS_DONE)
    g_clear_pointer (&self.answer, g_free);

  return self.answer;
}
