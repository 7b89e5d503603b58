/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "protocol/pusher-secretbox-private.h"
#include "pusher-test-flavor-private.h"

G_BEGIN_DECLS

/* What a test has set for a server, its apps and their clients. */
typedef struct
{
  PusherSecretboxKey master_key; /* the encryption_master_key, decoded */
  GHashTable *failures;          /* channel → data of a pusher:subscription_error, once */
  gboolean quiet;                /* clients are not told which others leave: all do */

  PusherTestFlavor flavor;
  guint rate_limit;              /* messages of one client in … */
  guint rate_limit_window;       /* … so many ms; 0 for any number */
  gboolean rate_limit_ends;      /* whether one more ends the connection */
  guint max_message_size;        /* bytes that a client may send; 0 for any number */
  guint max_connections;         /* of all clients; 0 for any number */
  char **allowed_origins;        /* nullable: NULL for any */

  guint port;                    /* 0 for a free one */
  char *path;                    /* before those of the protocol: "" or "/some/thing" */
  guint max_event_size;          /* bytes, of the REST interface; 0 for any number */
  gboolean client_events;
  guint client_event_rate;       /* events a second of one client; 0 for any number */
  gboolean subscription_counts;
  char *encryption_master_key;

  gboolean silent;
  guint idle_timeout;            /* ms; 0 for ever */
  gboolean hold_answers;         /* to subscriptions */
  gboolean never_answer;         /* nor to sign-ins */
  guint activity_timeout;        /* seconds */
  guint handshake_delay;         /* ms; %G_MAXUINT for ever */
  char *first_message;           /* nullable: NULL for that of the protocol */
  guint http_status;             /* 0 for a WebSocket */
  guint refuse_code;             /* 0 to accept clients */
  char *refuse_message;
} PusherTestSettings;

PusherTestSettings *pusher_test_settings_new   (void);
PusherTestSettings *pusher_test_settings_ref   (PusherTestSettings *self);
void                pusher_test_settings_unref (PusherTestSettings *self);

char *pusher_test_subscription_error_data (const char *type,
                                           const char *message,
                                           guint       status);

G_END_DECLS
