/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-subscription-pace-private.h"

G_BEGIN_DECLS

/* Whose turn it is to be sent when a server does not take all at once. Those that
 * somebody waits for come first, each in its order. */
typedef struct
{
  PusherSubscriptionPace pace;
  GQueue urgent; /* of whoever waits, like the next */
  GQueue ordinary;

  char *server;           /* that the pace is for */
  gboolean connected;
  guint64 n_counted;      /* messages of the connection, ever, that the pace knows of */
  gint64 sent_at;         /* the last of them */
  gint64 objection_due_at; /* 0 unless the server has said that there were too many */
  guint64 objection_number; /* of the last one that was sent before */
  guint n_cuts;           /* in a row, of connections that were full of subscriptions */
  guint n_taken;          /* before the last of them */
} PusherTurns;

typedef struct
{
  GList link;
  GQueue *queue; /* that it is in; NULL unless it waits */
} PusherTurn;

void     pusher_turns_init          (PusherTurns *self);
void     pusher_turns_clear         (PusherTurns *self);
void     pusher_turns_connect       (PusherTurns *self,
                                     const char  *server,
                                     guint64      n_messages);
void     pusher_turns_disconnect    (PusherTurns *self,
                                     gboolean     cut,
                                     guint        n_owed,
                                     gint64       now);
void     pusher_turns_sent          (PusherTurns *self,
                                     guint64      n_messages,
                                     gint64       now);
gboolean pusher_turns_object        (PusherTurns *self,
                                     guint64      number,
                                     gint64       now);
guint64  pusher_turns_take_objection
                                    (PusherTurns *self,
                                     gint64       now);
void     pusher_turns_slow_down     (PusherTurns *self,
                                     guint        n_refused,
                                     gint64       now);
gint64   pusher_turns_get_next      (PusherTurns *self,
                                     gboolean     urgent,
                                     gint64       now);
gint64   pusher_turns_get_wake      (PusherTurns *self,
                                     gint64       now);

void     pusher_turns_add           (PusherTurns *self,
                                     PusherTurn  *turn,
                                     gpointer     owner,
                                     gboolean     urgent,
                                     gboolean     first);
void     pusher_turns_remove        (PusherTurn  *turn);
gpointer pusher_turns_take          (PusherTurns *self,
                                     gint64       now);

G_END_DECLS
