/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "reference.h"

#include "json/pusher-json-scanner-private.h"

#include <string.h>

typedef struct
{
  const char *p;
  const char *end;
  guint depth;
} Reader;

static Reference *read_value (Reader *reader);

static void
text_free (gpointer data)
{
  ReferenceText *text = data;

  if (text->text != NULL)
    g_string_free (text->text, TRUE);
  g_free (text);
}

void
reference_free (Reference *self)
{
  if (self->string.text != NULL)
    g_string_free (self->string.text, TRUE);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

/* --- Characters ---------------------------------------------------------- */

static void
skip_space (Reader *reader)
{
  while (reader->p < reader->end && strchr (" \t\r\n", *reader->p) != NULL && *reader->p != '\0')
    reader->p++;
}

static gboolean
take (Reader     *reader,
      const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (reader->end - reader->p) < length || memcmp (reader->p, word, length) != 0)
    return FALSE;

  reader->p += length;
  return TRUE;
}

static guint
take_digits (Reader *reader)
{
  guint n = 0;

  for (; reader->p < reader->end && g_ascii_isdigit (*reader->p); reader->p++)
    n++;

  return n;
}

/* --- Strings ------------------------------------------------------------- */

/* What follows on \u; -1 if that is not four digits. */
static int
take_unit (Reader *reader)
{
  char digits[5] = { 0 };

  if (reader->end - reader->p < 4)
    return -1;

  memcpy (digits, reader->p, 4);
  if (strspn (digits, "0123456789abcdefABCDEF") != 4)
    return -1;

  reader->p += 4;
  return (int) g_ascii_strtoull (digits, NULL, 16);
}

static gboolean
take_unicode (Reader        *reader,
              ReferenceText *text)
{
  int unit = take_unit (reader);
  Reader ahead = *reader;
  int low;

  if (unit < 0)
    return FALSE;

  text->has_nul |= unit == 0;
  if (unit == 0)
    g_string_append_unichar (text->text, 0xfffd);
  else if (unit < 0xd800 || unit > 0xdfff)
    g_string_append_unichar (text->text, unit);
  else if (unit <= 0xdbff && take (&ahead, "\\u") &&
           (low = take_unit (&ahead)) >= 0xdc00 && low <= 0xdfff)
    {
      g_string_append_unichar (text->text, 0x10000 + (unit - 0xd800) * 0x400 + (low - 0xdc00));
      *reader = ahead;
    }
  else
    g_string_append_unichar (text->text, 0xfffd);

  return TRUE;
}

static gboolean
take_escape (Reader        *reader,
             ReferenceText *text)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char *letter;

  if (reader->p == reader->end)
    return FALSE;
  if (take (reader, "u"))
    return take_unicode (reader, text);

  letter = *reader->p != '\0' ? strchr (letters, *reader->p) : NULL;
  if (letter == NULL)
    return FALSE;

  reader->p++;
  g_string_append_c (text->text, meanings[letter - letters]);
  return TRUE;
}

static gboolean
read_string (Reader        *reader,
             ReferenceText *text)
{
  const char *start = reader->p;

  text->text = g_string_new (NULL);
  if (!take (reader, "\""))
    return FALSE;

  while (!take (reader, "\""))
    {
      if (reader->p == reader->end || (guchar) *reader->p < 0x20)
        return FALSE;
      if (!take (reader, "\\"))
        g_string_append_c (text->text, *reader->p++);
      else if (!take_escape (reader, text))
        return FALSE;
    }

  return g_utf8_validate (start, reader->p - start, NULL);
}

/* --- Values -------------------------------------------------------------- */

static gboolean
read_number (Reader *reader)
{
  take (reader, "-");
  if (!take (reader, "0") && take_digits (reader) == 0)
    return FALSE;
  if (take (reader, ".") && take_digits (reader) == 0)
    return FALSE;
  if (!take (reader, "e") && !take (reader, "E"))
    return TRUE;

  if (!take (reader, "+"))
    take (reader, "-");

  return take_digits (reader) > 0;
}

static gboolean
read_name (Reader    *reader,
           Reference *self)
{
  ReferenceText *name = g_new0 (ReferenceText, 1);

  g_ptr_array_add (self->names, name);
  skip_space (reader);
  if (!read_string (reader, name))
    return FALSE;

  skip_space (reader);
  return take (reader, ":");
}

static gboolean
read_values (Reader     *reader,
             Reference  *self,
             const char *end)
{
  self->names = g_ptr_array_new_with_free_func (text_free);
  self->values = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  if (++reader->depth > PUSHER_JSON_MAX_DEPTH)
    return FALSE;

  skip_space (reader);
  while (!take (reader, end))
    {
      Reference *value;

      if (self->values->len > 0 && !take (reader, ","))
        return FALSE;
      if (self->kind == REFERENCE_OBJECT && !read_name (reader, self))
        return FALSE;

      value = read_value (reader);
      if (value == NULL)
        return FALSE;
      g_ptr_array_add (self->values, value);
      skip_space (reader);
    }

  reader->depth--;
  return TRUE;
}

static gboolean
read_kind (Reader    *reader,
           Reference *self)
{
  if (take (reader, "null"))
    return TRUE;

  self->kind = REFERENCE_BOOLEAN;
  self->boolean = take (reader, "true");
  if (self->boolean || take (reader, "false"))
    return TRUE;

  self->kind = REFERENCE_ARRAY;
  if (take (reader, "["))
    return read_values (reader, self, "]");

  self->kind = REFERENCE_OBJECT;
  if (take (reader, "{"))
    return read_values (reader, self, "}");

  self->kind = REFERENCE_STRING;
  if (reader->p < reader->end && *reader->p == '"')
    return read_string (reader, &self->string);

  self->kind = REFERENCE_NUMBER;
  return read_number (reader);
}

static Reference *
read_value (Reader *reader)
{
  g_autoptr (Reference) self = g_new0 (Reference, 1);

  skip_space (reader);
  self->start = reader->p;
  if (!read_kind (reader, self))
    return NULL;

  self->end = reader->p;
  return g_steal_pointer (&self);
}

/* Returns: (nullable): NULL if this is not JSON, or too deep */
Reference *
reference_parse (const char *text,
                 gsize       length)
{
  Reader reader = { text, text + length, 0 };
  g_autoptr (Reference) self = read_value (&reader);

  skip_space (&reader);

  return self != NULL && reader.p == reader.end ? g_steal_pointer (&self) : NULL;
}

/* Returns: (nullable): the last member of that name */
Reference *
reference_get (Reference  *self,
               const char *name)
{
  if (self->kind != REFERENCE_OBJECT)
    return NULL;

  for (guint i = self->values->len; i > 0; i--)
    {
      ReferenceText *text = self->names->pdata[i - 1];

      if (g_str_equal (text->text->str, name))
        return self->values->pdata[i - 1];
    }

  return NULL;
}
