/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-clients-private.h"
#include "pusher-test-faults.h"

G_BEGIN_DECLS

/* It makes the settings and the clients, which its server has too: so there always
 * are some, if only empty ones. */
struct _PusherTestFaults
{
  GObject parent_instance;

  PusherTestSettings *settings;
  PusherTestClients *clients;
};

G_END_DECLS
