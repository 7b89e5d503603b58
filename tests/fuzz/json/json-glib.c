/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json-glib.h"

#include <string.h>

static gboolean
is_escape (const char *text,
           gsize       length,
           const char *digits)
{
  gsize n = strlen (digits);

  return length >= 2 + n && text[0] == '\\' && text[1] == 'u' &&
         g_ascii_strncasecmp (text + 2, digits, n) == 0;
}

/* json-glib 1.6 recurses as deep as the text, refuses half a surrogate pair or takes it
 * for UTF-8, ends at a NUL, and wraps integers around: such texts are not compared. */
gboolean
json_glib_can_judge (const char *text,
                     gsize       length)
{
  int depth = 0;
  int n_digits = 0;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '[' || text[i] == '{')
        depth++;
      n_digits = g_ascii_isdigit (text[i]) ? n_digits + 1 : 0;
      if (n_digits > 18)
        return FALSE;
      if (is_escape (text + i, length - i, "d") || is_escape (text + i, length - i, "0000"))
        return FALSE;
    }

  return depth < 100;
}
