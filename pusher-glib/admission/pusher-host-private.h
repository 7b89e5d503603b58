/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "auth/pusher-authorization-request-private.h"
#include "auth/pusher-authorizer.h"
#include "base/pusher-cancellations-private.h"
#include "connection/pusher-connection-private.h"
#include "event/pusher-event.h"
#include "pusher-event-pace-private.h"
#include "pusher-ledger-private.h"
#include "pusher-turns-private.h"

G_BEGIN_DECLS

/* What channels and the user need of the client. */
typedef struct
{
  /* Returns: (nullable) */
  PusherAuthorizer *(*get_authorizer) (gpointer                client,
                                       PusherAuthorizationKind kind);

  /* The user who is signed in, nullable. pending: there may be one soon. */
  const char *(*get_user_id) (gpointer  client,
                              gboolean *pending);

  /* What waited until the server had answered to that name may begin. */
  void (*released) (gpointer    client,
                    const char *name);

  /* A user has signed in, or did not succeed. */
  void (*user_changed) (gpointer client);

  /* Passes on an event; detail is its name, or 0 if no handler ever asked for it. */
  void (*event) (gpointer     client,
                 PusherEvent *event,
                 GQuark       detail);

  /* Passes on an error that was told already. */
  void (*error) (gpointer      client,
                 const GError *error);
} PusherHostFuncs;

/* The client, as its channels and its user see it. An application may keep those
 * longer than the client: each has a reference to this, where there is no client
 * any more then. */
typedef struct
{
  const PusherHostFuncs *funcs;
  gpointer client; /* NULL once it is gone */
  PusherConnection *connection;
  PusherLedger ledger;
  PusherTimeLimits limits; /* of admissions that are not sent yet */
  PusherTurns turns;       /* of admissions that may be sent */
  PusherTimeLimits kept;   /* of client events that channels keep */
  GQueue senders;          /* of channels that keep some, and may send them now */
  PusherEventPace event_pace;
  PusherTimeLimits wakes;  /* of channels that catch up */
  gboolean logs;           /* whether anybody reads what is for debugging */
} PusherHost;

/* For public functions of what may be made without a client, and may outlive it */
#define pusher_host_check_thread(self) PUSHER_CHECK_THREAD (pusher_host_get_timer (self))

PusherHost *pusher_host_new     (const PusherHostFuncs *funcs,
                                 gpointer               client,
                                 PusherConnection      *connection);
PusherHost *pusher_host_ref     (PusherHost            *self);
void        pusher_host_unref   (PusherHost            *self);
void        pusher_host_abandon (PusherHost            *self);

void pusher_host_connected    (PusherHost *self);
void pusher_host_disconnected (PusherHost *self);

gboolean pusher_host_send_unowed (PusherHost *self,
                                  const char *text,
                                  gboolean    soon);

void     pusher_host_count_sent (PusherHost *self);

gint64   pusher_host_get_due_at     (PusherHost *self);
gint64   pusher_host_get_next_event (PusherHost *self,
                                     gint64      now);
void     pusher_host_set_timer      (PusherHost *self);
GSource *pusher_host_get_timer      (PusherHost *self);

void pusher_host_request_authorization (PusherHost                  *self,
                                        const char                  *channel_name,
                                        PusherAuthorizationDone      done,
                                        gpointer                     user_data,
                                        PusherAuthorizationRequest **request);

void pusher_host_cancel_authorization (PusherAuthorizationRequest **request,
                                       GPtrArray                   *cancellations);

G_END_DECLS
