/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "pusher-pace-private.h"

G_BEGIN_DECLS

/* What a WebSocket reads, as long as its pace permits.
 *
 * libsoup reads until the socket is empty before it gives the main loop back, one
 * kilobyte with each system call. A server that sends faster than that holds up the
 * main loop for ever. Here reading ends when the pace says so, for libsoup as if the
 * socket was empty; it goes on in a later iteration of the main loop, after what
 * is more urgent. A socket that is full is read in larger pieces. */
#define PUSHER_TYPE_PACED_INPUT (pusher_paced_input_get_type ())
G_DECLARE_FINAL_TYPE (PusherPacedInput, pusher_paced_input, PUSHER, PACED_INPUT,
                      GFilterInputStream)

/* How a stream of the kind is read until it is empty */
typedef enum
{
  PUSHER_PACED_BYTES,  /* a read that gives less than there was room for is the last */
  PUSHER_PACED_RECORDS /* there may be more, as behind a record of TLS */
} PusherPacedKind;

PusherPacedInput *pusher_paced_input_new         (GInputStream     *base,
                                                  PusherPacedKind   kind,
                                                  PusherPace       *pace);
void              pusher_paced_input_forget_pace (PusherPacedInput *self);
void              pusher_paced_input_end         (PusherPacedInput *self);

G_END_DECLS
