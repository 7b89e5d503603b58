/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A user as a presence channel knows it. */
typedef struct
{
  char *id;
  char *id_json;   /* a string or, as some backends have it, a number */
  char *info_json; /* nullable */
} PusherTestMember;

PusherTestMember *pusher_test_member_new      (JsonNode               *id,
                                               JsonNode               *info);
PusherTestMember *pusher_test_member_parse    (const char             *channel_data,
                                               gboolean                by_php);
void              pusher_test_member_free     (PusherTestMember       *self);
char             *pusher_test_member_describe (const PusherTestMember *self,
                                               gboolean                with_info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherTestMember, pusher_test_member_free)

G_END_DECLS
