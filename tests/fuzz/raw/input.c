/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "input.h"

#include <string.h>

guint8
raw_input_byte (RawInput *self)
{
  if (self->left == 0)
    return 0;

  self->left--;
  return *self->p++;
}

/* In network order */
guint64
raw_input_int (RawInput *self,
               guint     n_bytes)
{
  guint64 value = 0;

  while (n_bytes-- > 0)
    value = value << 8 | raw_input_byte (self);

  return value;
}

static GBytes *
take (RawInput *self,
      gsize     length)
{
  GBytes *bytes;

  length = MIN (length, self->left);
  bytes = g_bytes_new (self->p, length);
  self->p += length;
  self->left -= length;

  return bytes;
}

/* A byte that says how many, and so many bytes */
GBytes *
raw_input_bytes (RawInput *self)
{
  guint8 length = raw_input_byte (self);

  return take (self, length);
}

GBytes *
raw_input_rest (RawInput *self)
{
  return take (self, self->left);
}

/* The same as bytes, up to a NUL */
char *
raw_input_text (RawInput *self)
{
  g_autoptr (GBytes) bytes = raw_input_bytes (self);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  return text != NULL ? g_strndup (text, length) : g_strdup ("");
}

/* One of the letters: itself, or any byte stands for one of them. */
char
raw_input_step (RawInput   *self,
                const char *steps)
{
  guint8 byte = raw_input_byte (self);

  if (byte != '\0' && strchr (steps, byte) != NULL)
    return (char) byte;

  return steps[byte % strlen (steps)];
}

/* One of the words of a NULL-terminated array */
const char *
raw_input_word (RawInput          *self,
                const char *const *words)
{
  return words[raw_input_byte (self) % g_strv_length ((char **) words)];
}
