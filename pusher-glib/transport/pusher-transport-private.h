/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "pusher-pace-private.h"

G_BEGIN_DECLS

/* One WebSocket, from the first attempt to its end. It reports to its owner
 * until the owner closes or drops it, and reports `closed` at most once. */
#define PUSHER_TYPE_TRANSPORT (pusher_transport_get_type ())
G_DECLARE_FINAL_TYPE (PusherTransport, pusher_transport, PUSHER, TRANSPORT, GObject)

typedef struct
{
  /* A text frame. */
  void (*message) (gpointer owner,
                   GBytes  *text);

  /* A frame that cannot be a message of the protocol; the WebSocket goes on. */
  void (*bad_frame) (gpointer      owner,
                     const GError *error);

  /* The code is 0 if no WebSocket came about, and PUSHER_CLOSE_CODE_ABNORMAL
   * if it ended without a close frame; reason and error are nullable. */
  void (*closed) (gpointer      owner,
                  guint         close_code,
                  const char   *reason,
                  const GError *error);
} PusherTransportListener;

typedef void (*PusherTransportDone) (gpointer user_data);

/* The pace of reading is asked for as long as there are reports. open() may run
 * handlers of the session, which may have the owner close or drop the transport. */
PusherTransport *pusher_transport_new  (const PusherTransportListener *listener,
                                        gpointer                       owner,
                                        PusherPace                    *pace);
void             pusher_transport_open (PusherTransport *self,
                                        SoupSession     *session,
                                        GUri            *uri,
                                        const char      *origin,
                                        guint64          max_message_size);

/* soon: maybe in the next iteration of the main loop, with what else is sent soon */
gboolean pusher_transport_send (PusherTransport *self,
                                const char      *text,
                                gboolean         soon);

gsize    pusher_transport_get_n_waiting (PusherTransport *self);
guint64  pusher_transport_get_n_drains  (PusherTransport *self);

/* Both end the reports. close() waits for the peer's close frame (libsoup does
 * so for 5 seconds at most) and calls done; drop() does not wait. */
void pusher_transport_close (PusherTransport    *self,
                             PusherTransportDone done,
                             gpointer            user_data);
void pusher_transport_drop  (PusherTransport    *self);

G_END_DECLS
