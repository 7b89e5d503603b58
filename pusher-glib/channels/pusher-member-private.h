/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-member.h"

G_BEGIN_DECLS

PusherMember *pusher_member_new      (const char   *id,
                                      JsonNode     *info);
gboolean      pusher_member_set_info (PusherMember *self,
                                      JsonNode     *info);
gboolean      pusher_member_charge   (PusherMember *self,
                                      gsize         size,
                                      gsize        *sum,
                                      gsize         max);

G_END_DECLS
