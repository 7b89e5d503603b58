/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Answers that take their time */
typedef struct _PusherTestDelays PusherTestDelays;

PusherTestDelays *pusher_test_delays_new  (void);
void              pusher_test_delays_free (PusherTestDelays  *self);
void              pusher_test_delays_end  (PusherTestDelays  *self);
void              pusher_test_delays_add  (PusherTestDelays  *self,
                                           SoupServerMessage *message,
                                           guint              delay);

G_END_DECLS
