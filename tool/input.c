/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "input.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "complain.h"

/* More than any server takes. */
#define MAX_DATA_SIZE (16 * 1024 * 1024)

static char *
read_standard_input (GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gsize n;

  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0 && text->len <= MAX_DATA_SIZE)
    g_string_append_len (text, buffer, n);

  if (text->len > MAX_DATA_SIZE)
    tool_set_usage_error (error, _("What stands on standard input is too large."));
  else if (!g_utf8_validate (text->str, text->len, NULL))
    tool_set_usage_error (error, _("What stands on standard input is not UTF-8 text."));
  else
    return g_string_free (g_steal_pointer (&text), FALSE);

  return NULL;
}

char *
tool_input_get_data (const char *argument,
                     GError    **error)
{
  if (argument == NULL)
    return g_strdup ("{}");
  if (g_str_equal (argument, "-"))
    return read_standard_input (error);

  return g_strdup (argument);
}
