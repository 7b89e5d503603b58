/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

/* Prints what the client tells of its connection. */
void run_report_client  (PusherClient  *client);

/* Prints what a channel tells of its subscription. */
void run_report_channel (PusherChannel *channel);

/* Lets that client run until the program is interrupted, the server refuses the
 * client for good, or run_end() is called; then closes it, and returns the status
 * for main(). */
int  run_until_end      (void);
void run_end            (int            status);

/* Returns the status. */
int  run_complain       (const GError  *error,
                         int            status);
