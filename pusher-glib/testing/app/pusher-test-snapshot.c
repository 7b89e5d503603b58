/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What who subscribes to a presence channel is told of its members. */

#include "config.h"

#include "pusher-test-snapshot-private.h"

#include "json/pusher-json-writer-private.h"
#include "pusher-test-php-private.h"

static void
add_ids (GString   *json,
         GPtrArray *members)
{
  pusher_json_begin_array (json, "ids");
  for (guint i = 0; i < members->len; i++)
    {
      const PusherTestMember *member = g_ptr_array_index (members, i);

      pusher_json_add_raw (json, NULL, member->id_json);
    }
  pusher_json_end_array (json);
}

static void
add_hash (GString   *json,
          GPtrArray *members,
          gboolean   is_list)
{
  if (is_list)
    pusher_json_begin_array (json, "hash");
  else
    pusher_json_begin_object (json, "hash");

  for (guint i = 0; i < members->len; i++)
    {
      const PusherTestMember *member = g_ptr_array_index (members, i);

      pusher_json_add_raw (json, is_list ? NULL : member->id,
                           member->info_json != NULL ? member->info_json : "null");
    }

  if (is_list)
    pusher_json_end_array (json);
  else
    pusher_json_end_object (json);
}

/* Whether PHP takes the ids for the indices of an array. */
static gboolean
are_indices (GPtrArray *members)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < members->len; i++)
    g_ptr_array_add (ids, ((PusherTestMember *) g_ptr_array_index (members, i))->id);

  return pusher_test_php_is_list ((const char *const *) ids->pdata, ids->len);
}

static gboolean
lacks_info (GPtrArray *members)
{
  for (guint i = 0; i < members->len; i++)
    if (((const PusherTestMember *) g_ptr_array_index (members, i))->info_json == NULL)
      return TRUE;

  return FALSE;
}

/*
 * pusher_test_snapshot_write:
 * @members: (element-type PusherTestMember): each of them once
 *
 * Returns: (nullable) (transfer full): {"presence": {"ids": …, "hash": …, "count": …}}; none
 *   where a server fails to make one
 */
char *
pusher_test_snapshot_write (GPtrArray       *members,
                            PusherTestFlavor flavor)
{
  gboolean is_php = flavor == PUSHER_TEST_FLAVOR_REVERB;
  GString *json;

  if (is_php && lacks_info (members))
    return NULL;

  json = g_string_new (NULL);
  pusher_json_begin_object (json, NULL);
  pusher_json_begin_object (json, "presence");
  add_ids (json, members);
  add_hash (json, members, is_php && are_indices (members));
  pusher_json_add_int (json, "count", members->len);
  pusher_json_end_object (json);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}
