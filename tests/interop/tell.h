/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

JsonBuilder *begin            (const char   *type);
JsonBuilder *begin_of_channel (const char    *type,
                               PusherChannel *channel);
void         add_string       (JsonBuilder  *builder,
                               const char   *name,
                               const char   *value);
void         add_int          (JsonBuilder  *builder,
                               const char   *name,
                               gint64        value);
void         add_boolean      (JsonBuilder  *builder,
                               const char   *name,
                               gboolean      value);
void         add_enum         (JsonBuilder  *builder,
                               const char   *name,
                               GType         type,
                               int           value);
void         add_error        (JsonBuilder  *builder,
                               const GError *error);
void         tell             (JsonBuilder  *builder);
void         tell_call_failed (const char   *call,
                               const GError *error);
void         tell_event       (PusherEvent  *event,
                               const char   *via);
