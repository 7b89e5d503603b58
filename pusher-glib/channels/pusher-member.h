/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/base/pusher-version-macros.h>

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_MEMBER (pusher_member_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherMember, pusher_member, PUSHER, MEMBER, GObject)

PUSHER_AVAILABLE_IN_1_0
const char *pusher_member_get_id        (PusherMember *self);
PUSHER_AVAILABLE_IN_1_0
const char *pusher_member_get_name      (PusherMember *self);
PUSHER_AVAILABLE_IN_1_0
const char *pusher_member_get_info      (PusherMember *self);
PUSHER_AVAILABLE_IN_1_0
JsonNode   *pusher_member_get_info_node (PusherMember *self);
PUSHER_AVAILABLE_IN_1_0
char       *pusher_member_get_field     (PusherMember *self,
                                         const char   *name);

G_END_DECLS
