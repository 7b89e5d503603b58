/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/backfill/pusher-backfill.h>
#include <pusher-glib/base/pusher-enums.h>
#include <pusher-glib/base/pusher-version-macros.h>

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_CHANNEL (pusher_channel_get_type ())
#define PUSHER_CHANNEL(object) \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), PUSHER_TYPE_CHANNEL, PusherChannel))
#define PUSHER_IS_CHANNEL(object) \
  (G_TYPE_CHECK_INSTANCE_TYPE ((object), PUSHER_TYPE_CHANNEL))

/* The class structure is private: channels are derived inside the library. */
typedef struct _PusherChannel PusherChannel;
typedef struct _PusherChannelClass PusherChannelClass;

PUSHER_AVAILABLE_IN_1_0
GType pusher_channel_get_type (void) G_GNUC_CONST;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherChannel, g_object_unref)

PUSHER_AVAILABLE_IN_1_0
const char        *pusher_channel_get_name               (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
PusherChannelKind  pusher_channel_get_kind               (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
gboolean           pusher_channel_get_is_cache           (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
PusherChannelState pusher_channel_get_state              (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
const GError      *pusher_channel_get_last_error         (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
gint64             pusher_channel_get_subscription_count (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
PusherBackfill    *pusher_channel_get_backfill           (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
void               pusher_channel_set_backfill           (PusherChannel  *self,
                                                          PusherBackfill *backfill);
PUSHER_AVAILABLE_IN_1_0
const char        *pusher_channel_get_position           (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
void               pusher_channel_set_position           (PusherChannel *self,
                                                          const char    *position);
PUSHER_AVAILABLE_IN_1_0
gboolean           pusher_channel_get_catching_up        (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
gboolean           pusher_channel_trigger                (PusherChannel *self,
                                                          const char    *event,
                                                          const char    *data_json,
                                                          GError       **error);
PUSHER_AVAILABLE_IN_1_0
gboolean           pusher_channel_trigger_node           (PusherChannel *self,
                                                          const char    *event,
                                                          JsonNode      *node,
                                                          GError       **error);
PUSHER_AVAILABLE_IN_1_0
gboolean           pusher_channel_trigger_variant        (PusherChannel *self,
                                                          const char    *event,
                                                          GVariant      *variant,
                                                          GError       **error);
PUSHER_AVAILABLE_IN_1_0
guint              pusher_channel_get_outbox_size        (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
void               pusher_channel_set_outbox_size        (PusherChannel *self,
                                                          guint          size);
PUSHER_AVAILABLE_IN_1_0
guint              pusher_channel_get_outbox_expiry      (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
void               pusher_channel_set_outbox_expiry      (PusherChannel *self,
                                                          guint          seconds);
PUSHER_AVAILABLE_IN_1_0
guint              pusher_channel_get_outbox_length      (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
void               pusher_channel_unsubscribe            (PusherChannel *self);
PUSHER_AVAILABLE_IN_1_0
gboolean           pusher_channel_resubscribe            (PusherChannel *self,
                                                          GError       **error);

G_END_DECLS
