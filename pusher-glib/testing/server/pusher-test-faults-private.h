/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-clients-private.h"
#include "pusher-test-faults.h"

G_BEGIN_DECLS

/* It makes the clients and the rules, which its server has too: so there always are
 * some, if only empty ones. */
struct _PusherTestFaults
{
  GObject parent_instance;

  PusherTestRules *rules;
  PusherTestClients *clients;
  guint activity_timeout; /* seconds */
  guint handshake_delay;  /* ms; %G_MAXUINT for ever */
  char *first_message;    /* nullable: NULL for that of the protocol */
  guint http_status;      /* 0 for a WebSocket */
  guint refuse_code;      /* 0 to accept clients */
  char *refuse_message;
};

G_END_DECLS
