/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/base/pusher-version-macros.h>

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_EVENT (pusher_event_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherEvent, pusher_event, PUSHER, EVENT, GObject)

PUSHER_AVAILABLE_IN_1_0
const char *pusher_event_get_name         (PusherEvent *self);
PUSHER_AVAILABLE_IN_1_0
const char *pusher_event_get_channel_name (PusherEvent *self);
PUSHER_AVAILABLE_IN_1_0
const char *pusher_event_get_data         (PusherEvent *self);
PUSHER_AVAILABLE_IN_1_0
GBytes     *pusher_event_get_bytes        (PusherEvent *self);
PUSHER_AVAILABLE_IN_1_0
const char *pusher_event_get_user_id      (PusherEvent *self);
PUSHER_AVAILABLE_IN_1_0
JsonNode   *pusher_event_get_json         (PusherEvent *self);
PUSHER_AVAILABLE_IN_1_0
GVariant   *pusher_event_get_variant      (PusherEvent *self);
PUSHER_AVAILABLE_IN_1_0
char       *pusher_event_lookup_json      (PusherEvent *self,
                                           const char  *pointer);
PUSHER_AVAILABLE_IN_1_0
char       *pusher_event_lookup_string    (PusherEvent *self,
                                           const char  *pointer);
PUSHER_AVAILABLE_IN_1_0
gboolean    pusher_event_lookup_int       (PusherEvent *self,
                                           const char  *pointer,
                                           gint64      *value);
PUSHER_AVAILABLE_IN_1_0
gboolean    pusher_event_lookup_double    (PusherEvent *self,
                                           const char  *pointer,
                                           double      *value);
PUSHER_AVAILABLE_IN_1_0
gboolean    pusher_event_lookup_boolean   (PusherEvent *self,
                                           const char  *pointer,
                                           gboolean    *value);

G_END_DECLS
