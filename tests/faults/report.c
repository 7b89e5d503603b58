/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "report.h"

#include <string.h>

struct _Report
{
  char *name;
  GStrv columns;
  GPtrArray *rows; /* of char **: the title, and a text for each column */
};

Report *
report_new (const char        *name,
            const char *const *columns)
{
  Report *self = g_new0 (Report, 1);

  self->name = g_strdup (name);
  self->columns = g_strdupv ((GStrv) columns);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  return self;
}

void
report_free (Report *self)
{
  g_ptr_array_unref (self->rows);
  g_strfreev (self->columns);
  g_free (self->name);
  g_free (self);
}

static GStrv
find_row (Report     *self,
          const char *title)
{
  guint n_columns = g_strv_length (self->columns);
  GStrv row;

  for (guint i = 0; i < self->rows->len; i++)
    {
      row = g_ptr_array_index (self->rows, i);
      if (g_str_equal (row[0], title))
        return row;
    }

  row = g_new0 (char *, n_columns + 2);
  row[0] = g_strdup (title);
  for (guint i = 0; i < n_columns; i++)
    row[i + 1] = g_strdup ("-");
  g_ptr_array_add (self->rows, row);

  return row;
}

void
report_set (Report     *self,
            const char *row,
            guint       column,
            const char *text)
{
  char **cell = &find_row (self, row)[column + 1];

  g_free (*cell);
  *cell = g_strdup (text);
}

/* --- As text ------------------------------------------------------------- */

static void
append_row (GString    *text,
            const char *first,
            GStrv       others)
{
  g_autofree char *joined = g_strjoinv (" | ", others);

  g_string_append_printf (text, "| %s | %s |\n", first, joined);
}

/* Rows for codes, of which there are many, become one where they are the same. */
static gboolean
can_be_joined (GStrv row,
               GStrv next)
{
  return g_ascii_isdigit (row[0][0]) && g_ascii_isdigit (next[0][0]) &&
         g_strv_equal ((const char *const *) row + 1, (const char *const *) next + 1);
}

static void
append_rows (Report  *self,
             GString *text)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GStrv row = g_ptr_array_index (self->rows, i);
      g_autoptr (GString) title = g_string_new (row[0]);

      while (i + 1 < self->rows->len)
        {
          GStrv next = g_ptr_array_index (self->rows, i + 1);

          if (!can_be_joined (row, next))
            break;
          g_string_append_printf (title, ", %s", next[0]);
          i++;
        }
      append_row (text, title->str, row + 1);
    }
}

static char *
format_table (Report *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_row (text, "fault", self->columns);
  g_string_append (text, "| --- |");
  for (guint i = 0; self->columns[i] != NULL; i++)
    g_string_append (text, " --- |");
  g_string_append_c (text, '\n');
  append_rows (self, text);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
report_print (Report *self)
{
  g_autofree char *table = format_table (self);
  g_auto (GStrv) lines = g_strsplit (g_strchomp (table), "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_test_message ("%s", lines[i]);
}

/* --- In the page --------------------------------------------------------- */

/* The parts of the page: before, in, and after the table. */
static void
split_page (Report     *self,
            const char *page,
            char      **before,
            char      **table,
            char      **after)
{
  g_autofree char *begin = g_strdup_printf ("<!-- begin %s -->\n\n", self->name);
  g_autofree char *end = g_strdup_printf ("\n<!-- end %s -->\n", self->name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  char *from;
  char *to;

  g_file_get_contents (page, &text, NULL, &error);
  g_assert_no_error (error);
  from = strstr (text, begin);
  to = strstr (text, end);
  g_assert_nonnull (from);
  g_assert_nonnull (to);
  from += strlen (begin);
  g_assert_true (from <= to);

  *before = g_strndup (text, from - text);
  *table = g_strndup (from, to - from);
  *after = g_strdup (to);
}

void
report_compare (Report     *self,
                const char *page)
{
  g_autofree char *expected = format_table (self);
  g_autofree char *before = NULL;
  g_autofree char *table = NULL;
  g_autofree char *after = NULL;

  split_page (self, page, &before, &table, &after);
  g_assert_cmpstr (table, ==, expected);
}

void
report_write (Report     *self,
              const char *page)
{
  g_autofree char *expected = format_table (self);
  g_autofree char *before = NULL;
  g_autofree char *table = NULL;
  g_autofree char *after = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  split_page (self, page, &before, &table, &after);
  text = g_strconcat (before, expected, after, NULL);
  g_file_set_contents (page, text, -1, &error);
  g_assert_no_error (error);
}
