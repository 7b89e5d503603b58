/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "input.h"

static const guint8 *next;
static gsize n_left;

void
input_start (const guint8 *bytes,
             gsize         length)
{
  next = bytes;
  n_left = length;
}

gboolean
input_is_over (void)
{
  return n_left == 0;
}

static guint
take_byte (void)
{
  if (n_left == 0)
    return 0;

  n_left--;

  return *next++;
}

/* Returns: a number below n */
guint
input_draw (guint n)
{
  guint number = take_byte ();

  if (n > 256)
    number = number << 8 | take_byte ();

  return n > 0 ? number % n : 0;
}

gboolean
input_chance (guint n_of_256)
{
  return !input_is_over () && 255 - take_byte () < n_of_256;
}

/* Returns: (transfer full): some bytes as they are, and a NUL behind them */
char *
input_text (gsize *length)
{
  guint n = input_draw (64);
  GString *text = g_string_new (NULL);

  while (n-- > 0 && n_left > 0)
    g_string_append_c (text, (char) take_byte ());
  *length = text->len;

  return g_string_free (text, FALSE);
}
