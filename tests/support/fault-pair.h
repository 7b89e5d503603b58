/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  FAULT_PROXY_TO_SERVER = 1 << 0,
  FAULT_PROXY_TO_CLIENT = 1 << 1,
  FAULT_PROXY_BOTH_WAYS = FAULT_PROXY_TO_SERVER | FAULT_PROXY_TO_CLIENT,
} FaultProxyWays;

#define FAULT_PROXY_ALL G_MAXUINT64

/* What a proxy does with its connections. */
typedef struct
{
  guint server_port;
  GTlsCertificate *certificate; /* nullable */
  char *answer;                 /* nullable: to what a client begins with */
  guint64 allowed_to_server;    /* how many bytes may pass */
  guint64 allowed_to_client;
  guint n_moves; /* counts what happens */
} FaultRules;

/* One connection of a client to a proxy, and the one of the proxy to the server
 * that belongs to it. */
typedef struct _FaultPair FaultPair;

void fault_pair_start  (GSocket       *socket,
                        FaultRules    *rules,
                        GPtrArray     *pairs);
void fault_pair_free   (FaultPair     *self);
void fault_pair_resume (FaultPair     *self);
void fault_pair_reset  (FaultPair     *self);
void fault_pair_inject (FaultPair     *self,
                        FaultProxyWays way,
                        gconstpointer  bytes,
                        gsize          length);

G_END_DECLS
