/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "client/pusher-client-types-private.h"
#include "fake-transport.h"

#include <pusher-glib/pusher.h>

G_BEGIN_DECLS

/* A client that is connected to nothing but the test. Its clock stands still. */
typedef struct
{
  PusherClient *client;
  PusherTransport *transport; /* of its connection */
  gint64 now;
  guint n;             /* how many of what the case is about */
  GPtrArray *objects;  /* what the case keeps, owned */
  guint n_told;        /* by what the case listens to */
} Growth;

typedef struct
{
  const char *name;
  guint number; /* the smallest one */
  void (*prepare) (Growth *self); /* nullable */
  void (*run) (Growth *self);
  gboolean bounded; /* there cannot be many more than four times as many */
} GrowthCase;

extern const GrowthCase growth_cases[];
extern const guint n_growth_cases;

PusherClient  *growth_new_client (Growth     *self);
void           growth_reconnect  (Growth     *self);
PusherChannel *growth_subscribe  (Growth     *self,
                                  const char *name);
void           growth_confirm    (Growth     *self,
                                  const char *name,
                                  const char *data);

G_END_DECLS
