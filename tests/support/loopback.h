/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A socket that is bound but does not listen refuses connections, and its port is
 * taken, so that no other program takes it. */
GSocket        *loopback_bind     (const char     *address,
                                   guint           port);
guint           loopback_get_port (GSocket        *self);
GPtrArray      *loopback_clog     (GSocket        *self);

GSocketService *loopback_serve    (const char     *address,
                                   GCallback       incoming_cb,
                                   gpointer        user_data,
                                   guint          *port);
void            loopback_end      (GSocketService *service);

G_END_DECLS
