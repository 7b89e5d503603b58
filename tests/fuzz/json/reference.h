/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSON as RFC 8259 has it, read in the plainest way, to judge the parser of the library
 * by. */
typedef enum
{
  REFERENCE_NULL,
  REFERENCE_BOOLEAN,
  REFERENCE_NUMBER,
  REFERENCE_STRING,
  REFERENCE_ARRAY,
  REFERENCE_OBJECT,
} ReferenceKind;

/* The characters of a string, or of a name */
typedef struct
{
  GString *text; /* UTF-8; half a surrogate pair is U+FFFD, and so is a NUL */
  gboolean has_nul;
} ReferenceText;

typedef struct
{
  ReferenceKind kind;
  const char *start; /* where it stands */
  const char *end;
  gboolean boolean;
  ReferenceText string;
  GPtrArray *names;  /* of ReferenceText, one for each value of an object */
  GPtrArray *values; /* of Reference, of an array or object */
} Reference;

Reference *reference_parse (const char    *text,
                            gsize          length);
void       reference_free  (Reference     *self);
Reference *reference_get   (Reference     *self,
                            const char    *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reference, reference_free)

G_END_DECLS
