/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-member-private.h"

#include "json/pusher-json-members-private.h"
#include "json/pusher-json-writer-private.h"

/**
 * PusherMember:
 *
 * A member of a presence channel: a user, with however many connections.
 *
 * As long as a user stays in the channel there is one object for them, also
 * across reconnects.
 *
 * Since: 1.0
 */
struct _PusherMember
{
  GObject parent_instance;

  char *id;
  JsonNode *info; /* nullable */
  char *info_text;
  gsize size; /* of the message by which the user joined, if there was one */
};

G_DEFINE_FINAL_TYPE (PusherMember, pusher_member, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_INFO,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
pusher_member_finalize (GObject *object)
{
  PusherMember *self = PUSHER_MEMBER (object);

  g_free (self->id);
  g_clear_pointer (&self->info, json_node_unref);
  g_free (self->info_text);

  G_OBJECT_CLASS (pusher_member_parent_class)->finalize (object);
}

static void
pusher_member_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PusherMember *self = PUSHER_MEMBER (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, pusher_member_get_name (self));
      break;
    case PROP_INFO:
      g_value_set_string (value, pusher_member_get_info (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pusher_member_class_init (PusherMemberClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = pusher_member_finalize;
  object_class->get_property = pusher_member_get_property;

  /**
   * PusherMember:id:
   *
   * The id of the user.
   *
   * Since: 1.0
   */
  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);

  /**
   * PusherMember:name:
   *
   * A name to show: the `name` of the info, if that is a text, else the id. Never
   * %NULL.
   *
   * Since: 1.0
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);

  /**
   * PusherMember:info:
   *
   * What the application's server says about the user, as JSON text, or %NULL if
   * it says nothing.
   *
   * Since: 1.0
   */
  properties[PROP_INFO] = g_param_spec_string ("info", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pusher_member_init (PusherMember *self)
{
}

/* `null` is as good as nothing. */
static JsonNode *
ref_info (JsonNode *info)
{
  return info != NULL && !JSON_NODE_HOLDS_NULL (info) ? json_node_copy (info) : NULL;
}

PusherMember *
pusher_member_new (const char *id,
                   JsonNode   *info)
{
  PusherMember *self = g_object_new (PUSHER_TYPE_MEMBER, NULL);

  self->id = g_strdup (id);
  self->info = ref_info (info);

  return self;
}

/* Changes the size of a member, and with it the sum for all members; 0 takes it away.
 * FALSE if that would be over max: then nothing has changed. */
gboolean
pusher_member_charge (PusherMember *self,
                      gsize         size,
                      gsize        *sum,
                      gsize         max)
{
  gsize others = *sum - self->size;

  if (size > 0 && (size > max || others > max - size))
    return FALSE;

  self->size = size;
  *sum = others + size;

  return TRUE;
}

static const char *
find_name (PusherMember *self,
           JsonNode     *info)
{
  JsonObject *object = pusher_json_node_get_object (info);
  const char *name = pusher_json_object_get_string (object, "name");

  return name != NULL && *name != '\0' ? name : self->id;
}

/* Returns whether it is another info than before. */
gboolean
pusher_member_set_info (PusherMember *self,
                        JsonNode     *info)
{
  g_autoptr (JsonNode) new_info = ref_info (info);
  gboolean renamed = FALSE;

  if (new_info == NULL && self->info == NULL)
    return FALSE;
  if (new_info != NULL && self->info != NULL && json_node_equal (new_info, self->info))
    return FALSE;

  renamed = !g_str_equal (find_name (self, new_info), find_name (self, self->info));
  g_clear_pointer (&self->info, json_node_unref);
  g_clear_pointer (&self->info_text, g_free);
  self->info = g_steal_pointer (&new_info);

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INFO]);
  if (renamed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
  g_object_thaw_notify (G_OBJECT (self));

  return TRUE;
}

/**
 * pusher_member_get_id:
 * @self: a member
 *
 * Gets the id of the user.
 *
 * Returns: (transfer none): the id; where a server sends a number, its text
 *
 * Since: 1.0
 */
const char *
pusher_member_get_id (PusherMember *self)
{
  g_return_val_if_fail (PUSHER_IS_MEMBER (self), NULL);

  return self->id;
}

/**
 * pusher_member_get_name:
 * @self: a member
 *
 * Gets a name to show.
 *
 * Returns: (transfer none): the `name` of the info, if that is a text, else the id
 *
 * Since: 1.0
 */
const char *
pusher_member_get_name (PusherMember *self)
{
  g_return_val_if_fail (PUSHER_IS_MEMBER (self), NULL);

  return find_name (self, self->info);
}

/**
 * pusher_member_get_info:
 * @self: a member
 *
 * Gets what the application's server says about the user.
 *
 * Returns: (transfer none) (nullable): JSON text, or %NULL if it says nothing
 *
 * Since: 1.0
 */
const char *
pusher_member_get_info (PusherMember *self)
{
  g_return_val_if_fail (PUSHER_IS_MEMBER (self), NULL);

  if (self->info_text == NULL && self->info != NULL)
    self->info_text = pusher_json_write (self->info);

  return self->info_text;
}

/**
 * pusher_member_get_info_node:
 * @self: a member
 *
 * Gets what the application's server says about the user, as a JSON tree.
 *
 * Returns: (transfer none) (nullable): the root of the tree, or %NULL if it says
 *   nothing
 *
 * Since: 1.0
 */
JsonNode *
pusher_member_get_info_node (PusherMember *self)
{
  g_return_val_if_fail (PUSHER_IS_MEMBER (self), NULL);

  return self->info;
}

/**
 * pusher_member_get_field:
 * @self: a member
 * @name: the name of a field
 *
 * Gets one field of the info, to show it: a string as it is, anything else as
 * JSON text.
 *
 * Returns: (transfer full) (nullable): the field, or %NULL if the info has none
 *   of that name
 *
 * Since: 1.0
 */
char *
pusher_member_get_field (PusherMember *self,
                         const char   *name)
{
  const char *text;
  JsonNode *field;

  g_return_val_if_fail (PUSHER_IS_MEMBER (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  field = pusher_json_object_get_member (pusher_json_node_get_object (self->info), name);
  if (field == NULL || JSON_NODE_HOLDS_NULL (field))
    return NULL;

  text = pusher_json_node_get_string (field);

  return text != NULL ? g_strdup (text) : pusher_json_write (field);
}
