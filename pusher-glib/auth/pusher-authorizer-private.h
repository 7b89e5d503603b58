/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-authorizer.h"

G_BEGIN_DECLS

void pusher_authorizer_ask (PusherAuthorizer           *self,
                            PusherAuthorizationRequest *request);

G_END_DECLS
