/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

extern const GOptionEntry authorizer_option_entries[];

void set_up_authorizers    (PusherClient *client);
void answer_authorization  (const char   *number,
                            const char   *body);
void forget_authorizations (void);
