/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "doctor-report.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>
#include <pusher-glib/pusher.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "output.h"

#define COLOR_END "\033[0m"

/* Shorter ones would take harmless texts along. */
#define MIN_SECRET_LENGTH 4

typedef struct
{
  const char *name; /* for programs */
  const char *mark;
  const char *color;
} Appearance;

static const Appearance appearances[] = {
  [TOOL_OUTCOME_OK] = { "ok", "✓", "\033[32m" },
  [TOOL_OUTCOME_WARNING] = { "warning", "!", "\033[33m" },
  [TOOL_OUTCOME_FAILED] = { "failed", "✗", "\033[31m" },
  [TOOL_OUTCOME_TIMED_OUT] = { "timed-out", "✗", "\033[31m" },
  [TOOL_OUTCOME_SKIPPED] = { "skipped", "-", "\033[2m" },
  [TOOL_OUTCOME_BLOCKED] = { "blocked", "-", "\033[2m" },
};

struct _ToolReport
{
  gboolean as_json;
  GPtrArray *hidden;
  JsonArray *checks;
  GHashTable *allowed; /* names of checks */
  gint64 started_at;
  guint n_warnings;
  ToolOutcome first_failure; /* TOOL_OUTCOME_OK if there is none */

  /* The present check */
  const char *check;
  JsonObject *details;
  GPtrArray *notes;
  gint64 began_at;
  gint64 stopped_at; /* 0 while it goes on */
};

ToolReport *
tool_report_new (gboolean as_json)
{
  ToolReport *self = g_new0 (ToolReport, 1);

  self->as_json = as_json;
  self->hidden = g_ptr_array_new_with_free_func (g_free);
  self->checks = json_array_new ();
  self->allowed = g_hash_table_new (g_str_hash, g_str_equal);
  self->notes = g_ptr_array_new_with_free_func (g_free);
  self->started_at = g_get_real_time ();

  return self;
}

void
tool_report_free (ToolReport *self)
{
  g_ptr_array_unref (self->hidden);
  json_array_unref (self->checks);
  g_hash_table_unref (self->allowed);
  g_clear_pointer (&self->details, json_object_unref);
  g_ptr_array_unref (self->notes);
  g_free (self);
}

/* --- Secrets ------------------------------------------------------------- */

void
tool_report_hide (ToolReport *self,
                  const char *text)
{
  if (text != NULL && strlen (text) >= MIN_SECRET_LENGTH)
    g_ptr_array_add (self->hidden, g_strdup (text));
}

static char *
hide (ToolReport *self,
      const char *text)
{
  g_autoptr (GString) shown = g_string_new (text);

  for (guint i = 0; i < self->hidden->len; i++)
    g_string_replace (shown, self->hidden->pdata[i], _("(not shown)"), 0);

  return g_string_free (g_steal_pointer (&shown), FALSE);
}

/* --- A check ------------------------------------------------------------- */

void
tool_report_begin (ToolReport *self,
                   const char *check)
{
  self->check = check;
  self->details = json_object_new ();
  self->began_at = g_get_monotonic_time ();
  self->stopped_at = 0;
}

void
tool_report_set_text (ToolReport *self,
                      const char *name,
                      const char *value)
{
  g_autofree char *shown = value != NULL ? hide (self, value) : NULL;

  if (shown != NULL)
    json_object_set_string_member (self->details, name, shown);
}

void
tool_report_set_number (ToolReport *self,
                        const char *name,
                        gint64      value)
{
  json_object_set_int_member (self->details, name, value);
}

void
tool_report_add_text (ToolReport *self,
                      const char *name,
                      const char *value)
{
  g_autofree char *shown = hide (self, value);

  if (!json_object_has_member (self->details, name))
    json_object_set_array_member (self->details, name, json_array_new ());
  json_array_add_string_element (json_object_get_array_member (self->details, name), shown);
}

void
tool_report_note (ToolReport *self,
                  const char *format,
                  ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_ptr_array_add (self->notes, hide (self, text));
}

void
tool_report_stop_clock (ToolReport *self)
{
  self->stopped_at = g_get_monotonic_time ();
}

static void
show_check (ToolReport  *self,
            ToolOutcome  outcome,
            gint64       microseconds,
            const char  *message,
            const char  *advice)
{
  const Appearance *appearance = &appearances[outcome];
  gboolean colors = tool_output_has_colors (STDOUT_FILENO);
  g_autofree char *time = outcome == TOOL_OUTCOME_SKIPPED || outcome == TOOL_OUTCOME_BLOCKED
                            ? g_strdup ("")
                            : g_strdup_printf ("%.1f ms", microseconds / 1e3);
  g_autofree char *printable = tool_output_printable (message);

  printf ("%s%s%s %-10s %11s  %s\n", colors ? appearance->color : "", appearance->mark,
          colors ? COLOR_END : "", self->check, time, printable);
  for (guint i = 0; i < self->notes->len; i++)
    {
      g_autofree char *note = tool_output_printable (self->notes->pdata[i]);

      printf ("    %s\n", note);
    }
  if (advice != NULL)
    printf ("  → %s\n", advice);
}

static void
record_check (ToolReport  *self,
              ToolOutcome  outcome,
              gint64       microseconds,
              const char  *fault,
              const char  *message,
              const char  *advice)
{
  JsonObject *check = json_object_new ();

  json_object_set_string_member (check, "check", self->check);
  json_object_set_string_member (check, "outcome", appearances[outcome].name);
  json_object_set_int_member (check, "microseconds", microseconds);
  if (fault != NULL)
    json_object_set_string_member (check, "fault", fault);
  json_object_set_string_member (check, "message", message);
  if (advice != NULL)
    json_object_set_string_member (check, "advice", advice);
  json_object_set_object_member (check, "details", g_steal_pointer (&self->details));
  json_array_add_object_element (self->checks, check);
}

void
tool_report_end (ToolReport  *self,
                 ToolOutcome  outcome,
                 const char  *fault,
                 const char  *message,
                 const char  *advice)
{
  gint64 end = self->stopped_at != 0 ? self->stopped_at : g_get_monotonic_time ();
  gint64 microseconds = end - self->began_at;
  gboolean failed = outcome == TOOL_OUTCOME_FAILED || outcome == TOOL_OUTCOME_TIMED_OUT;
  g_autofree char *shown = hide (self, message);

  if (!self->as_json)
    show_check (self, outcome, microseconds, shown, advice);
  record_check (self, outcome, microseconds, fault, shown, advice);

  self->n_warnings += outcome == TOOL_OUTCOME_WARNING;
  if (failed && self->first_failure == TOOL_OUTCOME_OK)
    self->first_failure = outcome;
  if (!failed && outcome != TOOL_OUTCOME_BLOCKED)
    g_hash_table_add (self->allowed, (gpointer) self->check);
  g_ptr_array_set_size (self->notes, 0);
  self->check = NULL;
}

gboolean
tool_report_allows (ToolReport *self,
                    const char *check)
{
  return g_hash_table_contains (self->allowed, check);
}

/* --- The end ------------------------------------------------------------- */

static const char *
get_outcome (ToolReport *self)
{
  if (self->first_failure == TOOL_OUTCOME_OK && self->n_warnings > 0)
    return appearances[TOOL_OUTCOME_WARNING].name;

  return appearances[self->first_failure].name;
}

static JsonObject *
describe_programs (void)
{
  JsonObject *versions = json_object_new ();
  g_autofree char *pusher =
    g_strdup_printf ("%u.%u.%u", pusher_get_major_version (), pusher_get_minor_version (),
                     pusher_get_micro_version ());
  g_autofree char *glib =
    g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  g_autofree char *soup =
    g_strdup_printf ("%u.%u.%u", soup_get_major_version (), soup_get_minor_version (),
                     soup_get_micro_version ());
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  json_object_set_string_member (versions, "pusher-glib", pusher);
  json_object_set_string_member (versions, "glib", glib);
  json_object_set_string_member (versions, "libsoup", soup);
  if (system != NULL)
    json_object_set_string_member (versions, "system", system);

  return versions;
}

static void
print_document (ToolReport *self)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *document = json_object_new ();
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (self->started_at / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format_iso8601 (start);
  g_autofree char *text = NULL;

  json_object_set_string_member (document, "time", time);
  json_object_set_object_member (document, "versions", describe_programs ());
  json_object_set_string_member (document, "outcome", get_outcome (self));
  json_object_set_array_member (document, "checks", json_array_ref (self->checks));
  json_node_take_object (node, document);
  text = json_to_string (node, TRUE);
  printf ("%s\n", text);
}

static void
print_summary (ToolReport *self)
{
  if (self->first_failure != TOOL_OUTCOME_OK)
    printf ("%s\n", _("Something is wrong: what is marked with ✗ comes first."));
  else if (self->n_warnings > 0)
    printf ("%s\n", _("It works, but look at what is marked with !."));
  else
    printf ("%s\n", _("All is well."));
}

ToolStatus
tool_report_finish (ToolReport *self)
{
  if (self->as_json)
    print_document (self);
  else
    print_summary (self);

  if (self->first_failure == TOOL_OUTCOME_OK)
    return TOOL_STATUS_DONE;

  return self->first_failure == TOOL_OUTCOME_TIMED_OUT ? TOOL_STATUS_TIMED_OUT
                                                       : TOOL_STATUS_FAILED;
}
