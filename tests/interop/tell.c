/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the listener tells: an object of JSON a line. */

#include "tell.h"

JsonBuilder *
begin (const char *type)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);

  return builder;
}

void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
add_int (JsonBuilder *builder,
         const char  *name,
         gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
add_boolean (JsonBuilder *builder,
             const char  *name,
             gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
add_enum (JsonBuilder *builder,
          const char  *name,
          GType        type,
          int          value)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);

  add_string (builder, name, g_enum_get_value (enum_class, value)->value_nick);
}

void
add_error (JsonBuilder  *builder,
           const GError *error)
{
  json_builder_set_member_name (builder, "error");
  if (error == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  add_string (builder, "domain", g_quark_to_string (error->domain));
  add_int (builder, "code", error->code);
  add_string (builder, "message", error->message);
  json_builder_end_object (builder);
}

JsonBuilder *
begin_of_channel (const char    *type,
                  PusherChannel *channel)
{
  JsonBuilder *builder = begin (type);

  add_string (builder, "channel", pusher_channel_get_name (channel));

  return builder;
}

/* Takes over the reference to builder. */
void
tell (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  g_print ("%s\n", text);

  g_object_unref (builder);
}

void
tell_call_failed (const char   *call,
                  const GError *error)
{
  JsonBuilder *builder = begin ("call-failed");

  add_string (builder, "call", call);
  add_error (builder, error);
  tell (builder);
}

void
tell_event (PusherEvent *event,
            const char  *via)
{
  JsonBuilder *builder = begin ("event");

  add_string (builder, "via", via);
  add_string (builder, "channel", pusher_event_get_channel_name (event));
  add_string (builder, "name", pusher_event_get_name (event));
  add_string (builder, "data", pusher_event_get_data (event));
  add_string (builder, "user_id", pusher_event_get_user_id (event));
  tell (builder);
}
