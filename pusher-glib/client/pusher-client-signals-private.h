/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-client-types-private.h"

G_BEGIN_DECLS

void pusher_client_install_signals    (GType         type);
void pusher_client_emit_event         (PusherClient *self,
                                       PusherEvent  *event,
                                       GQuark        detail);
void pusher_client_emit_error         (PusherClient *self,
                                       const GError *error);
void pusher_client_emit_connecting_in (PusherClient *self,
                                       gint64        delay);

G_END_DECLS
