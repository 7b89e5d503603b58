/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "client/pusher-client.h"

G_BEGIN_DECLS

/* The application: what it calls, also from within handlers, and what it keeps. */
void application_start      (void);
void application_act        (void);
void application_hear       (guint         n_values,
                             const GValue *values);
void application_keep       (gpointer      object);
void application_make_peace (void);
void application_end        (void);

/* Returns: (nullable) (transfer none) */
PusherClient *application_get_client (void);

/* Asynchronous calls */
GCancellable *calls_begin  (const char         *what,
                            gpointer           *call);
gpointer      calls_begin_plain
                           (const char         *what);
void          calls_cb     (GObject            *source,
                            GAsyncResult       *result,
                            gpointer            user_data);
void          calls_cancel (void);
void          calls_start  (void);
void          calls_end    (void);

/* Authorizers */
PusherAuthorizer *authorizer_new          (void);
PusherAuthorizer *authorizer_new_peaceful (void);
void              authorizer_answer       (void);
void              authorizer_make_peace   (void);
void              authorizer_start        (void);
void              authorizer_end          (void);

G_END_DECLS
