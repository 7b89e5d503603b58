/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "backfill/pusher-backfill-private.h"
#include "backfill/pusher-catch-up-private.h"

G_BEGIN_DECLS

/* Catches up as a channel does, with a store that does as it is told, and a clock that
 * stands still until the test moves it. */
typedef struct
{
  PusherBackfill *backfill;
  PusherConnection *connection; /* has the clock */
  PusherCatchUp *catch_up;
  gint64 now;
  gint64 wake_at;      /* 0: not */
  GPtrArray *requests; /* that have not been answered */
  GPtrArray *cancellations; /* NULL while handlers may run */
  gboolean deaf;       /* nobody takes requests */

  /* What was told, word by word:
   *
   * 7               an event with the id 7
   * x               one without an id
   * lost:backfill   the error, also timeout and application
   * caught-up:2
   */
  GString *log;

  /* What was asked, such as "after:7", "last:3", "last:3,after:7" or "all" */
  GString *asked;

  /* Called with each event that is delivered, and when some are lost; nullable */
  void (*handler)      (gpointer    data,
                        const char *id);
  void (*lost_handler) (gpointer    data);
  gpointer handler_data;
} Keeper;

void keeper_set_up    (Keeper       *self,
                       gconstpointer user_data);
void keeper_tear_down (Keeper       *self,
                       gconstpointer user_data);

#define keeper_add(path, data, test) \
  g_test_add (path, Keeper, data, keeper_set_up, test, keeper_tear_down)

void keeper_run          (Keeper         *self);
void keeper_advance      (Keeper         *self,
                          gint64          duration);
void keeper_begin        (Keeper         *self);
void keeper_interrupt    (Keeper         *self);
void keeper_end          (Keeper         *self);
void keeper_set_position (Keeper         *self,
                          const char     *position);
void keeper_set_backfill (Keeper         *self,
                          PusherBackfill *backfill);
void keeper_drop_backfill_unsubscribed
                         (Keeper         *self);

/* An event arrives: a number is its id, another text its name. */
void keeper_receive      (Keeper         *self,
                          const char     *id);

/* The first request that is not answered is, and what comes of it runs. ids: such as
 * "3 4 x", and "" for none */
void keeper_give         (Keeper         *self,
                          const char     *ids,
                          gboolean        more);
void keeper_fail         (Keeper         *self,
                          gboolean        for_now);

PusherBackfillRequest *keeper_take_request (Keeper *self);

void  keeper_add_events  (PusherBackfillRequest *request,
                          const char            *ids);

#define keeper_assert(self, expected) \
  assert_words ((self)->log, expected)
#define keeper_assert_asked(self, expected) \
  assert_words ((self)->asked, expected)

G_END_DECLS
