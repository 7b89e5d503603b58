/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "output.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "complain.h"

#define COLOR_TIME "\033[2m"
#define COLOR_CHANNEL "\033[36m"
#define COLOR_EVENT "\033[1m"
#define COLOR_END "\033[0m"

/* Below it folding would be no help. */
#define MIN_WIDTH 40

#define INDENT "    "

/* --- Texts --------------------------------------------------------------- */

char *
tool_output_printable (const char *text)
{
  GString *printable = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isprint (c))
        g_string_append_unichar (printable, c);
      else
        g_string_append_printf (printable, "\\u%04x", c);
    }

  return g_string_free (printable, FALSE);
}

char *
tool_output_quote (const char *text)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), text);

  return json_to_string (node, FALSE);
}

/* JSON keeps its text, so that no number becomes another one; it just may not have lines. */
static void
append_data (GString     *line,
             PusherEvent *event)
{
  const char *data = pusher_event_get_data (event);
  g_autofree char *quoted = NULL;

  if (data == NULL)
    {
      g_string_append (line, "null");
      return;
    }
  if (pusher_event_get_json (event) != NULL)
    {
      gsize start = line->len;

      g_string_append (line, data);
      g_strdelimit (line->str + start, "\r\n", ' ');
      return;
    }

  quoted = tool_output_quote (data);
  g_string_append (line, quoted);
}

static void
append_member (GString    *line,
               const char *name,
               const char *value)
{
  g_autofree char *quoted = value != NULL ? tool_output_quote (value) : NULL;

  if (quoted != NULL)
    g_string_append_printf (line, "%s\"%s\":%s", line->len > 1 ? "," : "", name, quoted);
}

static char *
get_time (gboolean for_people)
{
  g_autoptr (GDateTime) now = for_people ? g_date_time_new_now_local () : g_date_time_new_now_utc ();

  return for_people ? g_date_time_format (now, "%H:%M:%S") : g_date_time_format_iso8601 (now);
}

static gboolean
write_line (const char *line)
{
  return fputs (line, stdout) >= 0 && fputc ('\n', stdout) != EOF;
}

/* --- For people ---------------------------------------------------------- */

gboolean
tool_output_has_colors (int fd)
{
  const char *wish = g_getenv ("NO_COLOR");

  return (wish == NULL || wish[0] == '\0') && g_log_writer_supports_color (fd);
}

static guint
get_width (void)
{
  struct winsize size;

  return ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* As many characters in a line as fit after the indent. */
static void
append_folded (GString    *line,
               const char *text,
               guint       column)
{
  guint width = get_width ();

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      guint cells = g_unichar_iszerowidth (c) ? 0 : g_unichar_iswide (c) ? 2 : 1;

      if (width >= MIN_WIDTH && column + cells > width)
        {
          g_string_append (line, "\n" INDENT);
          column = strlen (INDENT);
        }
      g_string_append_unichar (line, c);
      column += cells;
    }
}

static gboolean
write_for_people (const char *channel,
                  const char *event,
                  const char *data)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean colors = tool_output_has_colors (STDOUT_FILENO);
  g_autofree char *time = get_time (TRUE);
  g_autofree char *plain_channel = tool_output_printable (channel != NULL ? channel : "*");
  g_autofree char *plain_event = tool_output_printable (event);
  g_autofree char *plain_data = tool_output_printable (data != NULL ? data : "");

  g_string_append_printf (line, "%s%s%s  %s%s%s  %s%s%s", colors ? COLOR_TIME : "", time,
                          colors ? COLOR_END : "", colors ? COLOR_CHANNEL : "", plain_channel,
                          colors ? COLOR_END : "", colors ? COLOR_EVENT : "", plain_event,
                          colors ? COLOR_END : "");
  if (plain_data[0] != '\0')
    {
      g_string_append (line, "  ");
      append_folded (line, plain_data,
                     strlen (time) + g_utf8_strlen (plain_channel, -1) +
                       g_utf8_strlen (plain_event, -1) + 6);
    }

  return write_line (line->str);
}

/* --- In a format --------------------------------------------------------- */

static gboolean
is_field (const char *field)
{
  const char *const fields[] = { "time", "channel", "event", "user", "data", NULL };

  return field[0] == '/' || g_strv_contains (fields, field);
}

gboolean
tool_output_check_format (const char *format,
                          GError    **error)
{
  for (const char *p = strchr (format, '{'); p != NULL; p = strchr (p + 1, '{'))
    {
      const char *end = strchr (p, '}');
      g_autofree char *field = end != NULL ? g_strndup (p + 1, end - p - 1) : NULL;

      if (field == NULL || !is_field (field))
        {
          tool_set_usage_error (error,
                                _("In a format, “{” begins {time}, {channel}, {event}, {user}, "
                                  "{data} or a pointer as in {/price}; “%s” is none of them."), p);
          return FALSE;
        }
    }

  return TRUE;
}

static char *
get_field (PusherEvent *event,
           const char  *field)
{
  if (field[0] == '/')
    {
      char *text = pusher_event_lookup_string (event, field);

      return text != NULL ? text : pusher_event_lookup_json (event, field);
    }
  if (g_str_equal (field, "time"))
    return get_time (FALSE);
  if (g_str_equal (field, "channel"))
    return g_strdup (pusher_event_get_channel_name (event));
  if (g_str_equal (field, "event"))
    return g_strdup (pusher_event_get_name (event));
  if (g_str_equal (field, "user"))
    return g_strdup (pusher_event_get_user_id (event));

  return g_strdup (pusher_event_get_data (event));
}

static gboolean
write_in_format (const char  *format,
                 PusherEvent *event)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = format; *p != '\0'; p++)
    {
      const char *end = *p == '{' ? strchr (p, '}') : NULL;
      g_autofree char *field = end != NULL ? g_strndup (p + 1, end - p - 1) : NULL;
      g_autofree char *value = field != NULL ? get_field (event, field) : NULL;

      if (field == NULL)
        {
          g_string_append_c (line, *p);
          continue;
        }
      g_string_append (line, value != NULL ? value : "");
      p = end;
    }

  return write_line (line->str);
}

/* --- Lines --------------------------------------------------------------- */

ToolOutputMode
tool_output_get_default (void)
{
  return isatty (STDOUT_FILENO) ? TOOL_OUTPUT_PEOPLE : TOOL_OUTPUT_JSON;
}

static GString *
begin_json (const char *channel,
            const char *event)
{
  GString *line = g_string_new ("{");
  g_autofree char *time = get_time (FALSE);

  append_member (line, "time", time);
  append_member (line, "channel", channel);
  append_member (line, "event", event);

  return line;
}

static gboolean
write_json (PusherEvent *event)
{
  g_autoptr (GString) line =
    begin_json (pusher_event_get_channel_name (event), pusher_event_get_name (event));

  append_member (line, "user_id", pusher_event_get_user_id (event));
  g_string_append (line, ",\"data\":");
  append_data (line, event);
  g_string_append_c (line, '}');

  return write_line (line->str);
}

gboolean
tool_output_event (ToolOutputMode mode,
                   const char    *format,
                   PusherEvent   *event)
{
  const char *data = pusher_event_get_data (event);

  switch (mode)
    {
    case TOOL_OUTPUT_JSON:
      return write_json (event);
    case TOOL_OUTPUT_RAW:
      return write_line (data != NULL ? data : "");
    case TOOL_OUTPUT_FORMAT:
      return write_in_format (format, event);
    default:
      return write_for_people (pusher_event_get_channel_name (event),
                               pusher_event_get_name (event), data);
    }
}

gboolean
tool_output_note (ToolOutputMode mode,
                  const char    *channel,
                  const char    *event,
                  const char    *data)
{
  g_autoptr (GString) line = NULL;

  if (mode == TOOL_OUTPUT_PEOPLE)
    return write_for_people (channel, event, data);
  if (mode != TOOL_OUTPUT_JSON)
    return TRUE;

  line = begin_json (channel, event);
  if (data != NULL)
    g_string_append_printf (line, ",\"data\":%s", data);
  g_string_append_c (line, '}');

  return write_line (line->str);
}
