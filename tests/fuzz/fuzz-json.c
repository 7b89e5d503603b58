/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Feeds any bytes to the JSON room, and holds what it makes of them against a parser
 * that was written to be plain, and against json-glib where that can be trusted.
 *
 * The input is a JSON text, or a JSON Pointer, a NUL and a text.
 */

#include "base/pusher-error.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-number-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-pointer-private.h"
#include "json/pusher-json-scanner-private.h"
#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"

#include "json/json-glib.h"
#include "json/reference.h"

#include <math.h>
#include <string.h>

/* Of which pointers are made; a text may have thousands of values. */
#define MAX_POINTERS 64

/* Texts that are shorter are not too much effort for the parser. */
#define MIN_EFFORT 50000

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         length);

/* --- Numbers ------------------------------------------------------------- */

/* Returns: (transfer full): a copy that is as long as the text, and not a byte longer */
static char *
copy_exactly (const char *start,
              const char *end)
{
  return g_memdup2 (start, end - start);
}

static void
check_truncate (double real)
{
  long double whole = truncl (real);
  gboolean fits = whole >= (long double) G_MININT64 && whole <= (long double) G_MAXINT64;
  gint64 integer = 42;

  g_assert_cmpint (pusher_json_truncate (real, &integer), ==, fits);
  g_assert_cmpint (integer, ==, fits ? (gint64) whole : 42);
}

/* Returns: whether a JsonNode can hold the number */
static gboolean
check_number (const Reference *self)
{
  g_autofree char *exact = copy_exactly (self->start, self->end);
  g_autofree char *text = g_strndup (self->start, self->end - self->start);
  gint64 integer = 0, expected_integer = 0;
  double real = 0, expected_real = g_ascii_strtod (text, NULL);
  GType type = pusher_json_read_number (exact, self->end - self->start, &integer, &real);

  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &expected_integer, NULL))
    {
      g_assert_true (type == G_TYPE_INT64);
      g_assert_cmpint (integer, ==, expected_integer);
    }
  else if (isfinite (expected_real))
    {
      g_assert_true (type == G_TYPE_DOUBLE);
      g_assert_cmpmem (&real, sizeof real, &expected_real, sizeof expected_real);
      check_truncate (real);
    }
  else
    {
      g_assert_true (type == G_TYPE_INVALID);
    }

  return type != G_TYPE_INVALID;
}

/* --- Strings ------------------------------------------------------------- */

/* What is read is as long as the string, and what is written fits into the same. */
static void
check_string (const Reference *self)
{
  gsize length = self->end - self->start;
  g_autofree char *text = copy_exactly (self->start, self->end);
  g_autofree char *copy = g_malloc (length);
  g_autofree char *found = pusher_json_pointer_dup_string ("", text, length);
  PusherJsonScanner scanner;
  char *end;

  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_INVALID_DATA);
  end = pusher_json_scanner_copy_string (&scanner, copy, NULL);
  g_assert_true ((end == NULL) == self->string.has_nul);

  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_INVALID_DATA);
  end = pusher_json_scanner_copy_bytes (&scanner, copy, NULL);
  g_assert_true (end != NULL && end[-1] == '\0');
  g_assert_true ((strlen (copy) + 1 < (gsize) (end - copy)) == self->string.has_nul);

  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_INVALID_DATA);
  end = pusher_json_scanner_copy_text (&scanner, copy, NULL);
  g_assert_true (end == copy + self->string.text->len + 1);
  g_assert_true (scanner.cursor == scanner.end);
  g_assert_cmpstr (copy, ==, self->string.text->str);
  g_assert_cmpstr (found, ==, copy);
}

/* Whether a tree of JsonNode can hold all of it; checks single values on the way. */
static gboolean
check_scalars (const Reference *self)
{
  gboolean fits = TRUE;

  if (self->kind == REFERENCE_NUMBER)
    return check_number (self);
  if (self->kind == REFERENCE_STRING)
    {
      check_string (self);
      return TRUE;
    }
  if (self->values == NULL)
    return TRUE;

  for (guint i = 0; i < self->values->len; i++)
    fits = check_scalars (self->values->pdata[i]) && fits;

  return fits;
}

/* --- Trees --------------------------------------------------------------- */

static void check_node (JsonNode  *node,
                        Reference *self);

static void
check_members (JsonObject *object,
               Reference  *self)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  for (guint i = 0; i < self->names->len; i++)
    g_assert_true (json_object_has_member (object,
                                           ((ReferenceText *) self->names->pdata[i])->text->str));

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    {
      Reference *value = reference_get (self, name);
      const char *string = pusher_json_object_get_string (object, name);
      gint64 integer;

      g_assert_nonnull (value);
      check_node (node, value);
      g_assert_true (pusher_json_object_get_member (object, name) == node);
      g_assert_cmpstr (string, ==,
                       value->kind == REFERENCE_STRING ? value->string.text->str : NULL);
      g_assert_true ((pusher_json_object_get_object (object, name) != NULL) ==
                     (value->kind == REFERENCE_OBJECT));
      g_assert_true ((pusher_json_object_get_array (object, name) != NULL) ==
                     (value->kind == REFERENCE_ARRAY));
      g_assert_true (value->kind == REFERENCE_NUMBER ||
                     !pusher_json_object_get_int (object, name, &integer));
    }
}

static void
check_value (JsonNode  *node,
             Reference *self)
{
  gint64 integer;
  double real;

  if (self->kind == REFERENCE_BOOLEAN)
    {
      g_assert_true (json_node_get_value_type (node) == G_TYPE_BOOLEAN);
      g_assert_cmpint (json_node_get_boolean (node), ==, self->boolean);
    }
  else if (self->kind == REFERENCE_STRING)
    {
      g_assert_cmpstr (json_node_get_string (node), ==, self->string.text->str);
    }
  else if (pusher_json_read_number (self->start, self->end - self->start, &integer, &real) ==
           G_TYPE_INT64)
    {
      g_assert_true (json_node_get_value_type (node) == G_TYPE_INT64);
      g_assert_cmpint (json_node_get_int (node), ==, integer);
    }
  else
    {
      double value = json_node_get_double (node);

      g_assert_true (json_node_get_value_type (node) == G_TYPE_DOUBLE);
      g_assert_cmpmem (&value, sizeof value, &real, sizeof real);
    }
}

static void
check_id (JsonNode  *node,
          Reference *self)
{
  g_autofree char *id = pusher_json_node_dup_id (node);

  if (self->kind == REFERENCE_STRING && pusher_json_is_id (self->string.text->str))
    g_assert_cmpstr (id, ==, self->string.text->str);
  else if (self->kind == REFERENCE_NUMBER)
    g_assert_true (id != NULL && *id != '\0' && pusher_json_validate (id, -1, NULL));
  else
    g_assert_null (id);
}

static void
check_node (JsonNode  *node,
            Reference *self)
{
  check_id (node, self);
  if (self->kind == REFERENCE_NULL)
    {
      g_assert_true (JSON_NODE_HOLDS_NULL (node));
    }
  else if (self->kind == REFERENCE_ARRAY)
    {
      JsonArray *array = json_node_get_array (node);

      g_assert_cmpuint (json_array_get_length (array), ==, self->values->len);
      for (guint i = 0; i < self->values->len; i++)
        check_node (json_array_get_element (array, i), self->values->pdata[i]);
    }
  else if (self->kind == REFERENCE_OBJECT)
    {
      g_assert_nonnull (pusher_json_node_get_object (node));
      check_members (json_node_get_object (node), self);
    }
  else
    {
      g_assert_true (JSON_NODE_HOLDS_VALUE (node));
      check_value (node, self);
    }
}

/* --- json-glib ----------------------------------------------------------- */

static void
check_against_json_glib (JsonNode   *node,
                         const char *text,
                         gsize       length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (JsonNode) theirs = NULL;
  g_autoptr (GError) error = NULL;

  if (!json_glib_can_judge (text, length))
    return;

  json_parser_load_from_data (parser, text, length, &error);
  g_assert_no_error (error);
  theirs = json_parser_steal_root (parser);
  if (JSON_NODE_HOLDS_NULL (node))
    g_assert_true (theirs == NULL || JSON_NODE_HOLDS_NULL (theirs));
  else
    g_assert_true (json_node_equal (node, theirs));
}

/* --- Pointers ------------------------------------------------------------ */

static void
check_pointer (const char      *pointer,
               const Reference *root,
               const char      *text,
               gsize            length,
               const Reference *expected)
{
  const char *value = NULL;
  gsize value_length = 0;
  gboolean found = pusher_json_pointer_resolve (pointer, text, length, &value, &value_length);

  /* Of what is not JSON, any part */
  if (root == NULL)
    {
      g_assert_true (!found || (value >= text && value + value_length <= text + length));
      return;
    }

  g_assert_cmpint (found, ==, expected != NULL);
  g_assert_true (!found || (value == expected->start && value + value_length == expected->end));
}

/* Returns: (nullable): what a reference token stands for, as the name of a member */
static char *
decode_token (const char *token)
{
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = token; *p != '\0'; p++)
    {
      if (*p == '~' && p[1] != '0' && p[1] != '1')
        return NULL;
      g_string_append_c (name, *p == '~' ? (*++p == '0' ? '~' : '/') : *p);
    }

  return g_string_free (g_steal_pointer (&name), FALSE);
}

static Reference *
walk_step (Reference  *self,
           const char *token)
{
  g_autofree char *name = decode_token (token);
  guint64 index;

  if (self->kind == REFERENCE_OBJECT)
    return name != NULL ? reference_get (self, name) : NULL;

  if (self->kind != REFERENCE_ARRAY || (*token == '0' && token[1] != '\0') ||
      !g_ascii_string_to_unsigned (token, 10, 0, G_MAXUINT64, &index, NULL))
    return NULL;

  return index < self->values->len ? self->values->pdata[index] : NULL;
}

static Reference *
walk (Reference  *root,
      const char *pointer)
{
  g_auto (GStrv) tokens = g_strsplit (pointer, "/", -1);
  Reference *self = root;

  if (*pointer == '\0')
    return root;
  if (*pointer != '/')
    return NULL;

  for (guint i = 1; self != NULL && tokens[i] != NULL; i++)
    self = walk_step (self, tokens[i]);

  return self;
}

static void
append_token (GString       *pointer,
              const GString *name)
{
  g_string_append_c (pointer, '/');
  for (gsize i = 0; i < name->len; i++)
    if (name->str[i] == '~')
      g_string_append (pointer, "~0");
    else if (name->str[i] == '/')
      g_string_append (pointer, "~1");
    else
      g_string_append_c (pointer, name->str[i]);
}

/* To each value in the text leads a pointer; of members of one name to the last. */
static void
check_all_pointers (Reference  *self,
                    Reference  *root,
                    const char *text,
                    gsize       length,
                    GString    *pointer,
                    guint      *n_left)
{
  gsize here = pointer->len;

  if (*n_left == 0)
    return;

  (*n_left)--;
  check_pointer (pointer->str, root, text, length, self);
  for (guint i = 0; self->values != NULL && i < self->values->len; i++)
    {
      Reference *value = self->values->pdata[i];
      ReferenceText *name = self->kind == REFERENCE_OBJECT ? self->names->pdata[i] : NULL;

      if (name == NULL)
        g_string_append_printf (pointer, "/%u", i);
      else if (!name->has_nul && reference_get (self, name->text->str) == value)
        append_token (pointer, name->text);
      else
        continue;

      check_all_pointers (value, root, text, length, pointer, n_left);
      g_string_truncate (pointer, here);
    }
}

/* --- The writer ---------------------------------------------------------- */

static void
write_value (GString    *json,
             const char *name,
             Reference  *self)
{
  g_autofree char *text = NULL;
  gint64 integer;
  double real;

  switch (self->kind)
    {
    case REFERENCE_ARRAY:
    case REFERENCE_OBJECT:
      if (self->kind == REFERENCE_ARRAY)
        pusher_json_begin_array (json, name);
      else
        pusher_json_begin_object (json, name);
      for (guint i = 0; i < self->values->len; i++)
        write_value (json,
                     self->kind == REFERENCE_OBJECT
                       ? ((ReferenceText *) self->names->pdata[i])->text->str
                       : NULL,
                     self->values->pdata[i]);
      if (self->kind == REFERENCE_ARRAY)
        pusher_json_end_array (json);
      else
        pusher_json_end_object (json);
      return;
    case REFERENCE_STRING:
      pusher_json_add_string (json, name, self->string.text->str);
      return;
    default:
      text = g_strndup (self->start, self->end - self->start);
      if (self->kind == REFERENCE_NUMBER &&
          pusher_json_read_number (text, strlen (text), &integer, &real) == G_TYPE_INT64)
        pusher_json_add_int (json, name, integer);
      else
        pusher_json_add_raw (json, name, text);
    }
}

/* What is written reads as what it was written from. */
static void
check_writer (JsonNode  *node,
              Reference *self)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;

  write_value (json, NULL, self);
  again = pusher_json_parse (json->str, (gssize) json->len, &error);
  g_assert_no_error (error);
  check_node (again, self);
  g_assert_true (json_node_equal (again, node));
}

/* So does the tree. */
static void
check_written_tree (JsonNode *node)
{
  g_autofree char *text = pusher_json_write (node);
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;

  again = pusher_json_parse (text, -1, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (again, node));
}

/* --- All of it ----------------------------------------------------------- */

static void
check_invalid (const char *text,
               gsize       length)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pusher_json_validate (text, (gssize) length, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
  g_clear_error (&error);
  g_assert_null (pusher_json_parse (text, (gssize) length, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
}

static void
check_valid (Reference  *root,
             const char *text,
             gsize       length)
{
  gboolean fits = check_scalars (root);
  guint n_pointers = MAX_POINTERS;
  g_autoptr (GString) pointer = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;

  g_assert_true (pusher_json_validate (text, (gssize) length, NULL));
  check_all_pointers (root, root, text, length, pointer, &n_pointers);

  node = pusher_json_parse (text, (gssize) length, &error);
  if (node == NULL)
    {
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      g_assert_true (!fits || length >= MIN_EFFORT);
      return;
    }

  g_assert_no_error (error);
  g_assert_true (fits);
  check_node (node, root);
  check_against_json_glib (node, text, length);
  check_writer (node, root);
  check_written_tree (node);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  const char *text = (const char *) bytes;
  const char *nul = length > 0 ? memchr (bytes, '\0', length) : NULL;
  const char *pointer = nul != NULL ? text : "/a/0";
  g_autoptr (Reference) root = NULL;

  if (nul != NULL)
    {
      length -= nul + 1 - text;
      text = nul + 1;
    }

  root = reference_parse (text, length);
  if (root != NULL)
    check_valid (root, text, length);
  else
    check_invalid (text, length);
  check_pointer (pointer, root, text, length, root != NULL ? walk (root, pointer) : NULL);

  return 0;
}
