/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fixture.h"
#include "system/pusher-sleep-clock-private.h"
#include "system/pusher-watch-private.h"

G_BEGIN_DECLS

typedef struct Listener Listener;

/* Counts what it is told. */
struct Listener
{
  PusherWatcher watcher;
  guint n_hints[PUSHER_N_HINTS];
  GThread *thread;
  void (*action) (Listener *self); /* nullable, in the first callback only */
  Listener *others;
  guint victims; /* a bit for each of the others */
};

void listener_join          (Listener *self);
void listener_join_and_wait (Listener *self); /* for the network monitor */
void listener_leave         (Listener *self);
void listener_assert        (Listener *self,
                             guint     n_network_changed,
                             guint     n_resumed);

void change_network  (void);
void wait_until_deaf (void);

/* Two threads, each of which listens in a context of its own until it is told. */
void listen_in_threads (GThread  **threads,
                        PusherHint hint);

/* The timer that ends when a suspend does: a file descriptor, or -1. */
int      find_timer          (void);
int      make_timer_readable (void);
gboolean is_readable         (int fd,
                              int timeout);
void     wake_up             (void);

/* Other times than the real ones, so that a mix-up of the two would show. */
extern gint64 awake;
extern gint64 asleep;
extern const PusherSleepClockSource virtual_clock;

/* What another thread makes true, without waking up this one. */
#define poll_until(condition)              \
  G_STMT_START                             \
  {                                        \
    GSource *ticker_ = start_ticking ();   \
    wait_until (condition);                \
    stop_ticking (ticker_);                \
  }                                        \
  G_STMT_END

GSource *start_ticking (void);
void     stop_ticking  (GSource *ticker);

G_END_DECLS
