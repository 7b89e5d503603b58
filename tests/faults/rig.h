/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fault-proxy.h"
#include "fixture.h"

G_BEGIN_DECLS

#define RIG_N_CHANNELS 4

/* The ids of channels: one of each kind. */
enum
{
  RIG_PUBLIC,
  RIG_PRIVATE,
  RIG_PRESENCE,
  RIG_ENCRYPTED,
};

/* A client that wants a channel of each kind, behind a proxy, and what can be
 * known of it at both ends. */
typedef struct
{
  Fixture fixture;
  FaultProxy *proxy;
  FaultProxy *auth_proxy; /* to the endpoint; NULL if the client has the secret */
  GPtrArray *timers;      /* those of the authorizer, which run by the virtual clock */

  /* Weak pointers, and how many events each handler has heard */
  PusherChannel *channels[RIG_N_CHANNELS];
  guint n_heard[RIG_N_CHANNELS];
  guint n_published;

  /* Calls under way, and their results */
  GPtrArray *calls;

  /* What a server has seen */
  guint n_welcomed;
  guint n_asked;             /* subscriptions */
  GHashTable *subscriptions; /* "SOCKET-ID CHANNEL" */

  /* What the client has said since it was last asked */
  guint n_errors;   /* of others than channels */
  guint n_refusals; /* of channels */
  gboolean refused; /* of that, the client's own signal comes next */

  gint64 injected_at;
  gpointer fault_data; /* of the fault, with the function that frees it */
  GDestroyNotify fault_data_free;
} Rig;

void rig_set_up    (Rig *self,
                    gboolean with_endpoint);
void rig_tear_down (Rig *self);

/* --- The client ---------------------------------------------------------- */

void     rig_open           (Rig *self);
void     rig_close          (Rig *self);
void     rig_ping           (Rig *self);
gboolean rig_is_closed      (Rig *self);
gboolean rig_is_subscribed  (Rig *self);
gboolean rig_is_waiting     (Rig *self);
guint    rig_get_n_attempts (Rig *self);
void     rig_end_calls      (Rig *self);

/* --- Time ---------------------------------------------------------------- */

void rig_advance (Rig   *self,
                  gint64 duration);
void rig_drain   (Rig   *self);
void rig_settle  (Rig   *self);

/* --- Faults -------------------------------------------------------------- */

void rig_lift         (Rig *self);
void rig_set_use_tls  (Rig *self);
void rig_trust_server (Rig *self);

/* --- Afterwards ---------------------------------------------------------- */

void rig_assert_all_is_well (Rig *self);

G_END_DECLS
