/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "rig.h"

G_BEGIN_DECLS

/* What the client is doing when the fault strikes. */
typedef enum
{
  STATE_CONNECTING = 1 << 0, /* there is a WebSocket, but nothing is established */
  STATE_PENDING = 1 << 1,    /* connected; no subscription is answered yet */
  STATE_SUBSCRIBED = 1 << 2,
  STATE_CLOSING = 1 << 3, /* the application has closed the client */

  /* For faults of the handshake, which are there before it begins: */
  STATE_OPENING = 1 << 4, /* the first attempt */
  STATE_WAITING = 1 << 5, /* the connection was lost: the next attempt */
} States;

/* What has to come of it. */
typedef enum
{
  LOST = 1, /* the connection; another is made */
  REFUSED,  /* no other is made until the application asks for it */
  KEPT,     /* the error is told, and the connection goes on */
  CLOSED,   /* nothing: the application wants no connection */
  FAILED,   /* channels, because they are not authorized */
  DELAYED,  /* channels, until they are authorized */
} Outcome;

typedef struct _Fault Fault;

struct _Fault
{
  const char *path;  /* of the test case */
  const char *title; /* in the table */
  States states;
  Outcome outcome;            /* of connections and attempts */
  Outcome connecting_outcome; /* where it is another one, or 0 */
  Outcome pending_outcome;
  gboolean silent;            /* only time tells that it is there */
  guint code;                 /* of a close frame or an error */
  guint duration;             /* in seconds from when the client knows of it, or 0 */

  /* All are nullable. */
  void (*prepare) (Rig         *rig,
                   States       state);
  void (*inject)  (Rig         *rig,
                   const Fault *fault);
  void (*tick)    (Rig         *rig); /* once a second while it lasts */
  void (*lift)    (Rig         *rig);
};

typedef struct
{
  const char *name; /* of the test cases and of the table */
  gboolean with_endpoint;
  States states; /* the columns of the table */
  const Fault *faults;
  guint n_faults;
} FaultGroup;

/* Each program has one. */
extern const FaultGroup fault_group;

G_END_DECLS
