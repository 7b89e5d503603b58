/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-member-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-writer-private.h"
#include "pusher-test-php-private.h"

/* Returns: (nullable): none if @id is not the id of a user */
PusherTestMember *
pusher_test_member_new (JsonNode *id,
                        JsonNode *info)
{
  g_autofree char *text = pusher_json_node_dup_id (id);
  PusherTestMember *self;

  if (text == NULL)
    return NULL;

  self = g_new0 (PusherTestMember, 1);
  self->id = g_steal_pointer (&text);
  self->id_json = pusher_json_write (id);
  if (info != NULL)
    self->info_json = pusher_json_write (info);

  return self;
}

/*
 * pusher_test_member_parse:
 * @by_php: whether the server reads and writes JSON as PHP does
 *
 * Returns: (nullable): none if @channel_data names no user
 */
PusherTestMember *
pusher_test_member_parse (const char *channel_data,
                          gboolean    by_php)
{
  g_autoptr (JsonNode) node = pusher_json_parse (channel_data, -1, NULL);
  JsonObject *object = pusher_json_node_get_object (node);
  PusherTestMember *self;

  if (object == NULL)
    return NULL;

  self = pusher_test_member_new (json_object_get_member (object, "user_id"),
                                 json_object_get_member (object, "user_info"));
  if (self != NULL && self->info_json != NULL && by_php)
    {
      g_free (self->info_json);
      self->info_json = pusher_test_php_write (json_object_get_member (object, "user_info"));
    }

  return self;
}

void
pusher_test_member_free (PusherTestMember *self)
{
  g_free (self->id);
  g_free (self->id_json);
  g_free (self->info_json);
  g_free (self);
}

/* Returns: (transfer full): {"user_id": …, "user_info": …} */
char *
pusher_test_member_describe (const PusherTestMember *self,
                             gboolean                with_info)
{
  GString *json = g_string_new (NULL);

  pusher_json_begin_object (json, NULL);
  pusher_json_add_raw (json, "user_id", self->id_json);
  pusher_json_add_raw (json, "user_info", with_info ? self->info_json : NULL);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}
