/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-gathered-output-private.h"

G_BEGIN_DECLS

/* Texts that wait until a full socket has taken most of what came before. libsoup would
 * keep them, too, but writes one frame an iteration of the main loop, and makes a source
 * anew for each that it gets. */
typedef struct
{
  GQueue texts; /* of char * */
  gsize n_bytes;
  GSource *writable; /* ready if the socket is; NULL unless something waits */
} PusherBacklog;

gboolean pusher_backlog_is_needed (PusherBacklog        *self,
                                   PusherGatheredOutput *output);
void     pusher_backlog_add       (PusherBacklog        *self,
                                   PusherGatheredOutput *output,
                                   const char           *text,
                                   GPollableSourceFunc   callback,
                                   gpointer              user_data);
char    *pusher_backlog_take      (PusherBacklog        *self);
void     pusher_backlog_clear     (PusherBacklog        *self);

static inline gboolean
pusher_backlog_is_empty (PusherBacklog *self)
{
  return self->texts.length == 0;
}

G_END_DECLS
