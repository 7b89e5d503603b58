/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* JSON Pointers (RFC 6901) into a text, without a tree of it. */

#include "config.h"

#include "pusher-json-pointer-private.h"

#include "pusher-json-scanner-private.h"

#include <string.h>

/* --- Text that has been checked ------------------------------------------ */

/* Whether an odd number of backslashes leads up to the quote. */
static gboolean
is_escaped (const char *start,
            const char *quote)
{
  const char *p = quote;

  while (p > start && p[-1] == '\\')
    p--;

  return (quote - p) % 2 == 1;
}

/* Passes what is behind the quote that begins a string. */
static const char *
pass_string (const char *start,
             const char *end)
{
  const char *quote = memchr (start, '"', end - start);

  while (quote != NULL && is_escaped (start, quote))
    quote = memchr (quote + 1, '"', end - quote - 1);

  return quote != NULL ? quote + 1 : end;
}

static const char *
pass_word (const char *p,
           const char *end)
{
  while (p < end && (guchar) *p > ' ' && *p != ',' && *p != ']' && *p != '}')
    p++;

  return p;
}

/* Moves past the value at the cursor, white space before it allowed. It is not checked
 * again, which makes this several times faster than pusher_json_scanner_skip_value(). */
static void
pass_value (PusherJsonScanner *scanner)
{
  char first = pusher_json_scanner_peek (scanner);
  const char *p = scanner->cursor;
  const char *end = scanner->end;
  guint depth = 0;

  if (first != '"' && first != '{' && first != '[')
    {
      scanner->cursor = pass_word (p, end);
      return;
    }

  do
    {
      char character = *p++;

      if (character == '"')
        p = pass_string (p, end);
      else if (character == '{' || character == '[')
        depth++;
      else if (character == '}' || character == ']')
        depth--;
    }
  while (depth > 0 && p < end);

  scanner->cursor = p;
}

/* --- Reference tokens ---------------------------------------------------- */

/* What a reference token stands for: ~0 is a tilde, ~1 a slash. NULL if another
 * character follows on a tilde. */
static char *
decode_token (const char *token,
              gsize       length)
{
  g_autofree char *name = g_malloc (length + 1);
  char *out = name;

  for (gsize i = 0; i < length; i++)
    {
      if (token[i] != '~')
        *out++ = token[i];
      else if (++i < length && (token[i] == '0' || token[i] == '1'))
        *out++ = token[i] == '0' ? '~' : '/';
      else
        return NULL;
    }
  *out = '\0';

  return g_steal_pointer (&name);
}

/* Ten digits are for more elements than any text that we accept has room for. */
static gboolean
decode_index (const char *token,
              gsize       length,
              guint      *index)
{
  if (length == 0 || length > 9 || (*token == '0' && length > 1))
    return FALSE;

  *index = 0;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (token[i]))
        return FALSE;
      *index = 10 * *index + (guint) (token[i] - '0');
    }

  return TRUE;
}

/* --- Steps --------------------------------------------------------------- */

static gboolean
is_key (const char *key,
        gsize       length,
        const char *name)
{
  PusherJsonScanner scanner;
  g_autofree char *decoded = NULL;

  if (length < 2 || *key != '"')
    return FALSE;
  if (memchr (key, '\\', length) == NULL)
    return length - 2 == strlen (name) && memcmp (key + 1, name, length - 2) == 0;

  decoded = g_malloc (length);
  pusher_json_scanner_init (&scanner, key, length, PUSHER_ERROR_INVALID_DATA);

  return pusher_json_scanner_copy_text (&scanner, decoded, NULL) != NULL &&
         strcmp (decoded, name) == 0;
}

/* Moves to the value of the last member of that name. */
static gboolean
enter_object (PusherJsonScanner *scanner,
              const char        *name)
{
  const char *found = NULL;

  if (pusher_json_scanner_take (scanner, '}'))
    return FALSE;

  do
    {
      const char *key;
      gsize length;

      pusher_json_scanner_skip_space (scanner);
      key = scanner->cursor;
      pass_value (scanner);
      length = scanner->cursor - key;

      if (!pusher_json_scanner_take (scanner, ':'))
        return FALSE;
      if (is_key (key, length, name))
        found = scanner->cursor;
      pass_value (scanner);
    }
  while (pusher_json_scanner_take (scanner, ','));

  if (found != NULL)
    scanner->cursor = found;

  return found != NULL;
}

static gboolean
enter_array (PusherJsonScanner *scanner,
             guint              index)
{
  if (pusher_json_scanner_take (scanner, ']'))
    return FALSE;

  for (guint i = 0; i < index; i++)
    {
      pass_value (scanner);
      if (!pusher_json_scanner_take (scanner, ','))
        return FALSE;
    }

  return TRUE;
}

/* Moves to the value that the token leads to from the one at the cursor. */
static gboolean
enter (PusherJsonScanner *scanner,
       const char        *token,
       gsize              length)
{
  g_autofree char *name = decode_token (token, length);
  guint index;

  if (name != NULL && pusher_json_scanner_take (scanner, '{'))
    return enter_object (scanner, name);
  if (decode_index (token, length, &index) && pusher_json_scanner_take (scanner, '['))
    return enter_array (scanner, index);

  return FALSE;
}

/*
 * pusher_json_pointer_resolve:
 * @text: (array length=length): valid JSON, or else it does not matter what this
 *   finds
 * @value: (out): the part of @text that @pointer leads to
 *
 * The last one of members of the same name wins, as in JavaScript; the RFC leaves
 * that open.
 *
 * Returns: whether there is such a part
 */
gboolean
pusher_json_pointer_resolve (const char  *pointer,
                             const char  *text,
                             gsize        length,
                             const char **value,
                             gsize       *value_length)
{
  PusherJsonScanner scanner;

  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_INVALID_DATA);
  while (*pointer != '\0')
    {
      const char *token = pointer + 1;
      gsize token_length;

      if (*pointer != '/')
        return FALSE;
      token_length = strcspn (token, "/");
      if (!enter (&scanner, token, token_length))
        return FALSE;
      pointer = token + token_length;
    }

  pusher_json_scanner_skip_space (&scanner);
  *value = scanner.cursor;
  pass_value (&scanner);
  *value_length = scanner.cursor - *value;

  return *value_length > 0;
}

/*
 * pusher_json_pointer_dup_string:
 *
 * Returns: (transfer full) (nullable): the string that @pointer leads to, with U+FFFD
 *   instead of a NUL; %NULL if there is none
 */
char *
pusher_json_pointer_dup_string (const char *pointer,
                                const char *text,
                                gsize       length)
{
  PusherJsonScanner scanner;
  g_autofree char *string = NULL;
  const char *value;
  gsize value_length;

  if (!pusher_json_pointer_resolve (pointer, text, length, &value, &value_length) ||
      *value != '"')
    return NULL;

  string = g_malloc (value_length);
  pusher_json_scanner_init (&scanner, value, value_length, PUSHER_ERROR_INVALID_DATA);

  return pusher_json_scanner_copy_text (&scanner, string, NULL) != NULL
           ? g_steal_pointer (&string)
           : NULL;
}
