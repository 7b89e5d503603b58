/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-printable-private.h"

#include <string.h>

#define ELLIPSIS "…"

/* Room for any escape or character, and a NUL */
#define MAX_PIECE 16

/* Those that a terminal or a reader of logs would obey: controls, other ends of lines
 * than the usual ones, and all that have no form of their own, such as those that turn
 * the direction of what follows. */
static gboolean
is_safe (gunichar c)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
    case G_UNICODE_SURROGATE:
      return FALSE;
    default:
      return TRUE;
    }
}

static const char *
find_short_escape (gunichar c)
{
  switch (c)
    {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return NULL;
    }
}

/* Puts the first character of text into piece; returns what comes after it. */
static const char *
take_character (const char *text,
                char        piece[MAX_PIECE])
{
  gunichar c = g_utf8_get_char_validated (text, -1);
  const char *escape;

  if (c == (gunichar) -1 || c == (gunichar) -2)
    {
      g_snprintf (piece, MAX_PIECE, "\\x%02x", (guchar) *text);
      return text + 1;
    }

  escape = find_short_escape (c);
  if (escape != NULL)
    g_strlcpy (piece, escape, MAX_PIECE);
  else if (is_safe (c))
    piece[g_unichar_to_utf8 (c, piece)] = '\0';
  else
    g_snprintf (piece, MAX_PIECE, "\\u{%x}", c);

  return g_utf8_next_char (text);
}

/*
 * pusher_printable:
 * @text: anything, such as what a server sent
 * @max: bytes of the result, without its NUL; enough for an ellipsis
 *
 * Makes text fit for an error message or a log: valid UTF-8 in one line of bounded
 * length, without control characters, which are escaped. A text that is printable
 * stays as it is, and so does the result of this.
 *
 * Returns: (transfer full):
 */
char *
pusher_printable (const char *text,
                  gsize       max)
{
  GString *result = g_string_new (NULL);
  gsize cut = 0; /* where the ellipsis still fits */
  char piece[MAX_PIECE];

  while (*text != '\0' && result->len <= max)
    {
      text = take_character (text, piece);
      g_string_append (result, piece);
      if (result->len + strlen (ELLIPSIS) <= max)
        cut = result->len;
    }

  if (result->len > max)
    g_string_append (g_string_truncate (result, cut), ELLIPSIS);

  return g_string_free (result, FALSE);
}
