/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-enums.h"
#include "protocol/pusher-message-private.h"

G_BEGIN_DECLS

/* Keeps one connection to a server for as long as its owner wants one. */
#define PUSHER_TYPE_CONNECTION (pusher_connection_get_type ())
G_DECLARE_FINAL_TYPE (PusherConnection, pusher_connection, PUSHER, CONNECTION, GObject)

typedef enum
{
  PUSHER_CONNECTION_CHANGE_STATE = 1 << 0,
  PUSHER_CONNECTION_CHANGE_SOCKET_ID = 1 << 1,
  PUSHER_CONNECTION_CHANGE_LAST_ERROR = 1 << 2,
  PUSHER_CONNECTION_CHANGE_RETRY_AT = 1 << 3,
  PUSHER_CONNECTION_CHANGE_CLOSED = 1 << 4, /* the owner has closed it, maybe again */
} PusherConnectionChanges;

typedef struct
{
  void (*changed)       (gpointer                owner,
                         PusherConnectionChanges changes);
  void (*message)       (gpointer                owner,
                         PusherMessage          *message);
  void (*error)         (gpointer                owner,
                         const GError           *error);
  /* Returns: whether the application was told */
  gboolean (*server_error)
                        (gpointer                owner,
                         const GError           *error);
  void (*connecting_in) (gpointer                owner,
                         gint64                  delay);
  void (*resubscribe)   (gpointer                owner);
  void (*wake)          (gpointer                owner);
} PusherConnectionListener;

/* Since the connection was made; bytes of messages, without framing and TLS. */
typedef struct
{
  guint64 attempts;
  guint64 connects;
  guint64 messages_received;
  guint64 bytes_received;
  guint64 messages_dropped; /* of those received */
  guint64 messages_sent;
  guint64 bytes_sent;
} PusherCounters;

G_END_DECLS
