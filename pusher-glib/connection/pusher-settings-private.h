/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define PUSHER_DEFAULT_ACTIVITY_TIMEOUT 120
#define PUSHER_DEFAULT_PONG_TIMEOUT 30
#define PUSHER_DEFAULT_UNAVAILABLE_TIMEOUT 10
#define PUSHER_DEFAULT_CONNECT_TIMEOUT 15
#define PUSHER_DEFAULT_SUBSCRIPTION_TIMEOUT 30
#define PUSHER_DEFAULT_MAX_MESSAGE_SIZE (1024 * 1024)
#define PUSHER_DEFAULT_MAX_EVENT_SIZE 10000

/* What the owner of a connection may change at any time; it counts from the next
 * attempt on. */
typedef struct
{
  char *key;
  char *cluster;
  char *host;
  guint port;
  guint tls_port; /* 0: the port, or 443 where the server asked for TLS */
  char *path;
  gboolean use_tls;
  char *origin;
  SoupSession *session;   /* made when it is first needed */
  guint activity_timeout; /* this and the following: seconds */
  guint pong_timeout;
  guint unavailable_timeout;
  guint connect_timeout;
  guint subscription_timeout; /* 0 for none; this one counts at once */
  guint64 max_message_size; /* this and the following: bytes */
  guint64 max_event_size;   /* 0: without a limit */
} PusherSettings;

void         pusher_settings_init        (PusherSettings *self);
void         pusher_settings_clear       (PusherSettings *self);
SoupSession *pusher_settings_get_session (PusherSettings *self);
GUri        *pusher_settings_build_uri   (PusherSettings *self,
                                          gboolean        force_tls,
                                          GError        **error);

G_END_DECLS
