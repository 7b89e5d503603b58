/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

JsonBuilder *listener_begin       (const char   *type);
void         listener_add_string  (JsonBuilder  *builder,
                                   const char   *name,
                                   const char   *value);
void         listener_add_int     (JsonBuilder  *builder,
                                   const char   *name,
                                   gint64        value);
void         listener_add_boolean (JsonBuilder  *builder,
                                   const char   *name,
                                   gboolean      value);
void         listener_add_enum    (JsonBuilder  *builder,
                                   const char   *name,
                                   GType         type,
                                   int           value);
void         listener_add_error   (JsonBuilder  *builder,
                                   const GError *error);
void         listener_tell        (JsonBuilder  *builder);
