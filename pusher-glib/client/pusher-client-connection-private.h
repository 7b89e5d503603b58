/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-client-types-private.h"

G_BEGIN_DECLS

GTask *pusher_client_new_task (PusherClient       *self,
                               gpointer            source_tag,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);

G_END_DECLS
