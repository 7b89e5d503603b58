/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "listener-tell.h"

/* One line of JSON for each thing that happens. */

JsonBuilder *
listener_begin (const char *type)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, type);

  return builder;
}

void
listener_add_string (JsonBuilder *builder,
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
listener_add_int (JsonBuilder *builder,
                  const char  *name,
                  gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void
listener_add_boolean (JsonBuilder *builder,
                      const char  *name,
                      gboolean     value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
listener_add_enum (JsonBuilder *builder,
                   const char  *name,
                   GType        type,
                   int          value)
{
  g_autoptr (GEnumClass) enum_class = g_type_class_ref (type);

  listener_add_string (builder, name, g_enum_get_value (enum_class, value)->value_nick);
}

void
listener_add_error (JsonBuilder  *builder,
                    const GError *error)
{
  json_builder_set_member_name (builder, "error");
  if (error == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }

  json_builder_begin_object (builder);
  listener_add_string (builder, "domain", g_quark_to_string (error->domain));
  listener_add_int (builder, "code", error->code);
  listener_add_string (builder, "message", error->message);
  json_builder_end_object (builder);
}

/* Takes over the reference to builder. */
void
listener_tell (JsonBuilder *builder)
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
