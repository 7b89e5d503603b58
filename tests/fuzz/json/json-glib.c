/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json-glib.h"

/* json-glib 1.6 recurses as deep as the text, refuses half a surrogate pair or
 * takes it for UTF-8, and wraps integers around: such texts are not compared. */
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
      if (text[i] == '\\' && i + 2 < length && text[i + 1] == 'u' &&
          g_ascii_tolower (text[i + 2]) == 'd')
        return FALSE;
    }

  return depth < 100;
}
