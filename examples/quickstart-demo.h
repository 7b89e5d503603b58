/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "quickstart-options.h"

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

/* A server of the program's own, which publishes: the options then lead to it. */
PusherTestServer *demo_start (Options      *options,
                              GError      **error);

/* Ends the program after a few events, or when they do not arrive. */
void              demo_watch (PusherClient *client);
