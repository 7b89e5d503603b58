/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the members of one text have cost so far */
typedef struct
{
  guint64 spent;
} PusherJsonEffort;

/* An object to which members are added */
typedef struct
{
  JsonObject *object; /* not owned */
  GHashTable *runs;   /* nullable: how many names have the same value of g_str_hash() */
  guint n_added;
  guint n_repeated;   /* those that were there already */
} PusherJsonNames;

/* So many may be in one object. */
#define PUSHER_JSON_MAX_MEMBERS 16384

const char *pusher_json_effort_add  (PusherJsonEffort *self,
                                     PusherJsonNames  *names,
                                     const char       *name);
void        pusher_json_names_clear (PusherJsonNames  *names);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PusherJsonNames, pusher_json_names_clear)

G_END_DECLS
