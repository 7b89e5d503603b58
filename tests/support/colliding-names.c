/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "colliding-names.h"

/* g_str_hash() takes 33 times what it had, plus the next character: “Ab” and “BA” come
 * to the same. */
char *
colliding_name (guint number)
{
  GString *name = g_string_new (NULL);

  for (guint bit = 0; bit < COLLIDING_BITS; bit++)
    g_string_append (name, number & (1u << bit) ? "Ab" : "BA");

  return g_string_free (name, FALSE);
}
