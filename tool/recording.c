/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "recording.h"

#include <glib/gi18n.h>
#include <string.h>

#include "complain.h"
#include "json-text.h"
#include "output.h"

/* More than a hundred years: what is above it is no time. */
#define MAX_OFFSET 4e9

/* --- Lines ---------------------------------------------------------------- */

static GString *
begin (gint64      offset,
       const char *channel)
{
  GString *line = g_string_new (NULL);
  g_autofree char *name = tool_output_quote (channel);

  g_string_append_printf (line, "{\"offset\":%" G_GINT64_FORMAT ".%06d,\"channel\":%s",
                          offset / G_USEC_PER_SEC, (int) (offset % G_USEC_PER_SEC), name);

  return line;
}

/* A JSON string, also of text with U+0000. */
static void
append_data (GString *line,
             GBytes  *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  const char *end = data + size;

  g_string_append_c (line, '"');
  while (data < end)
    {
      gsize length = strnlen (data, end - data);
      g_autofree char *part = g_strndup (data, length);
      g_autofree char *quoted = tool_output_quote (part);

      g_string_append_len (line, quoted + 1, strlen (quoted) - 2);
      data += length;
      if (data < end)
        {
          g_string_append (line, "\\u0000");
          data++;
        }
    }
  g_string_append_c (line, '"');
}

char *
tool_recording_format_event (gint64       offset,
                             PusherEvent *event)
{
  g_autoptr (GString) line = begin (offset, pusher_event_get_channel_name (event));
  g_autofree char *name = tool_output_quote (pusher_event_get_name (event));
  const char *user_id = pusher_event_get_user_id (event);
  g_autoptr (GBytes) bytes = pusher_event_get_bytes (event);

  g_string_append_printf (line, ",\"event\":%s", name);
  if (user_id != NULL)
    {
      g_autofree char *id = tool_output_quote (user_id);

      g_string_append_printf (line, ",\"user_id\":%s", id);
    }
  if (bytes != NULL)
    {
      g_string_append (line, ",\"data\":");
      append_data (line, bytes);
    }
  g_string_append_c (line, '}');

  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
tool_recording_format_gap (gint64      offset,
                           const char *channel,
                           gint64      duration)
{
  GString *line = begin (offset, channel);

  g_string_append_printf (line, ",\"gap\":%" G_GINT64_FORMAT ".%06d}", duration / G_USEC_PER_SEC,
                          (int) (duration % G_USEC_PER_SEC));

  return g_string_free (line, FALSE);
}

/* --- Read again ----------------------------------------------------------- */

void
tool_recorded_free (ToolRecorded *self)
{
  g_free (self->channel);
  g_free (self->event);
  g_free (self->data_json);
  g_free (self);
}

static gboolean
read_offset (const char *line,
             gint64     *offset)
{
  g_autofree char *text = tool_json_text_get_member (line, "offset");
  char *end = NULL;
  double seconds = text != NULL ? g_ascii_strtod (text, &end) : 0;

  if (text == NULL || *end != '\0' || !(seconds >= 0 && seconds <= MAX_OFFSET))
    return FALSE;
  *offset = seconds * G_USEC_PER_SEC;

  return TRUE;
}

ToolRecorded *
tool_recording_parse (const char *line,
                      GError    **error)
{
  g_autoptr (ToolRecorded) self = g_new0 (ToolRecorded, 1);
  g_autofree char *gap = NULL;
  g_autofree char *user_id = NULL;

  if (!g_utf8_validate (line, -1, NULL) || !tool_json_text_is_object (line))
    {
      tool_set_usage_error (error, _("It is not a JSON object."));
      return NULL;
    }

  gap = tool_json_text_get_member (line, "gap");
  user_id = tool_json_text_get_member (line, "user_id");
  self->has_user = user_id != NULL;
  self->channel = tool_json_text_dup_string (line, "channel");
  self->event = gap == NULL ? tool_json_text_dup_string (line, "event") : NULL;
  self->data_json = tool_json_text_get_member (line, "data");
  if (self->data_json == NULL)
    self->data_json = g_strdup ("\"\"");

  if (!read_offset (line, &self->offset))
    tool_set_usage_error (error, _("There is no “offset” in seconds."));
  else if (self->channel == NULL)
    tool_set_usage_error (error, _("There is no “channel”."));
  else if (self->event == NULL && gap == NULL)
    tool_set_usage_error (error, _("There is no “event”."));
  else if (self->data_json[0] != '"')
    tool_set_usage_error (error, _("The “data” is not a string."));
  else
    return g_steal_pointer (&self);

  return NULL;
}
