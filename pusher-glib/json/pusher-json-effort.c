/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A JsonObject finds its members by g_str_hash(), for which anybody can make names
 * that all have the same value: each is then compared with all the others. A name that
 * comes again is also searched for in a list of all members. This counts that work
 * before it is done. */

#include "config.h"

#include "pusher-json-effort-private.h"

#include "base/pusher-hash-private.h"

#include <glib/gi18n-lib.h>

/* Comparisons of names in one text: more than any object of 4,096 members can take,
 * whatever their names, and a fraction of a second. */
#define MAX_EFFORT (4096 * 4096)

/* Objects that are smaller take little, and are not looked at. */
#define MIN_SIZE 64

/* Names of other values may share a slot of the table. How it is made is GLib's
 * business, so that it is assumed of each name in objects of this size and more; in
 * smaller ones it does not matter. Such a comparison is one of numbers. */
#define LARGE_SIZE 4096
#define COMPARISONS_OF_NUMBERS 8

/* How many names of the object have the same value; counts one more. Nobody else can
 * foresee either which values share a slot of this table. */
static guint
count_run (PusherJsonNames *names,
           const char      *name)
{
  guint key = g_str_hash (name) * (pusher_str_hash ("") | 1);
  guint n_before;

  if (names->runs == NULL)
    names->runs = g_hash_table_new (NULL, NULL);
  n_before = GPOINTER_TO_UINT (g_hash_table_lookup (names->runs, GUINT_TO_POINTER (key)));
  g_hash_table_insert (names->runs, GUINT_TO_POINTER (key), GUINT_TO_POINTER (n_before + 1));

  return n_before;
}

/*
 * pusher_json_effort_add:
 * @name: of a member that is about to be added
 *
 * Returns: (nullable): why it must not be added
 */
const char *
pusher_json_effort_add (PusherJsonEffort *self,
                        PusherJsonNames  *names,
                        const char       *name)
{
  guint size = json_object_get_size (names->object);
  guint n_repeated = names->n_added++ - size;

  if (size < MIN_SIZE)
    return NULL;
  if (size >= PUSHER_JSON_MAX_MEMBERS)
    return N_("too many members");

  self->spent += count_run (names, name);
  if (size >= LARGE_SIZE)
    self->spent += size / COMPARISONS_OF_NUMBERS;
  if (n_repeated > names->n_repeated)
    self->spent += size;
  names->n_repeated = n_repeated;

  return self->spent <= MAX_EFFORT ? NULL : N_("too many names that are alike");
}

void
pusher_json_names_clear (PusherJsonNames *names)
{
  g_clear_pointer (&names->runs, g_hash_table_unref);
}
