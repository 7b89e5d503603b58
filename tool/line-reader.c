/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "line-reader.h"

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "complain.h"

#define CHUNK_SIZE (64 * 1024)
/* More than any server takes. */
#define MAX_LINE_SIZE (16 * 1024 * 1024)

struct _ToolLineReader
{
  GInputStream *stream;
  GString *buffer;
  gsize start; /* in it, of the next line */
  gsize seen;  /* how much of that has no end of a line */
  gboolean at_end;
  gsize number;
};

ToolLineReader *
tool_line_reader_new (const char *path,
                      GError    **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (path);
  GInputStream *stream = g_str_equal (path, "-")
                           ? g_unix_input_stream_new (STDIN_FILENO, FALSE)
                           : (GInputStream *) g_file_read (file, NULL, error);
  ToolLineReader *self;

  if (stream == NULL)
    return NULL;

  self = g_new0 (ToolLineReader, 1);
  self->stream = stream;
  self->buffer = g_string_new (NULL);

  return self;
}

void
tool_line_reader_free (ToolLineReader *self)
{
  g_object_unref (self->stream);
  g_string_free (self->buffer, TRUE);
  g_free (self);
}

gsize
tool_line_reader_get_number (ToolLineReader *self)
{
  return self->number;
}

/* NULL if it is not there as a whole yet. */
static char *
take_line (ToolLineReader *self)
{
  const char *start = self->buffer->str + self->start;
  gsize size = self->buffer->len - self->start;
  const char *end = memchr (start + self->seen, '\n', size - self->seen);
  char *line;

  if (end == NULL && (!self->at_end || size == 0))
    {
      g_string_erase (self->buffer, 0, self->start);
      self->start = 0;
      self->seen = size;
      return NULL;
    }

  size = end != NULL ? (gsize) (end - start) : size;
  line = g_strndup (start, size > 0 && start[size - 1] == '\r' ? size - 1 : size);
  self->start += size + (end != NULL ? 1 : 0);
  self->seen = 0;
  self->number++;

  return line;
}

static gboolean
return_line (ToolLineReader *self,
             GTask          *task)
{
  char *line = take_line (self);

  if (line == NULL && self->at_end)
    g_task_return_pointer (task, NULL, NULL);
  else if (line == NULL && self->buffer->len > MAX_LINE_SIZE)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             _("Line %zu is too long."), self->number + 1);
  else if (line != NULL)
    g_task_return_pointer (task, line, g_free);
  else
    return FALSE;

  return TRUE;
}

static void read_more (ToolLineReader *self,
                       GTask          *task);

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ToolLineReader *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);
  gsize size;
  const char *data;

  if (bytes == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  data = g_bytes_get_data (bytes, &size);
  self->at_end = size == 0;
  g_string_append_len (self->buffer, data, size);
  if (!return_line (self, task))
    read_more (self, task);
}

static void
read_more (ToolLineReader *self,
           GTask          *task)
{
  g_input_stream_read_bytes_async (self->stream, CHUNK_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

void
tool_line_reader_read_async (ToolLineReader     *self,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, tool_line_reader_read_async);
  g_task_set_task_data (task, self, NULL);
  if (!return_line (self, task))
    read_more (self, task);
}

char *
tool_line_reader_read_finish (GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
