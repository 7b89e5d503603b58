/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "connection/pusher-connection-private.h"
#include "http/pusher-http-queue-private.h"
#include "pusher-backfill-request-private.h"
#include "pusher-backfill.h"
#include "pusher-catch-up-funcs-private.h"
#include "pusher-held-events-private.h"
#include "pusher-recent-ids-private.h"

G_BEGIN_DECLS

typedef enum
{
  PUSHER_CATCH_UP_BEHIND, /* not subscribed: what arrives is held */
  PUSHER_CATCH_UP_BUSY,   /* fetches and delivers what was missed: what arrives is held */
  PUSHER_CATCH_UP_LIVE    /* what arrives is delivered */
} PusherCatchUpState;

/* What is done about what was missed, or, while it is live, about the position where it
 * has begun. */
typedef enum
{
  PUSHER_CATCH_UP_IDLE,
  PUSHER_CATCH_UP_QUEUED,   /* waits for its turn to ask */
  PUSHER_CATCH_UP_DUE,      /* has it, and asks when it is woken */
  PUSHER_CATCH_UP_ASKED,    /* there is a request */
  PUSHER_CATCH_UP_PAUSED,   /* will ask again */
  PUSHER_CATCH_UP_ANSWERED, /* delivers what was fetched */
  PUSHER_CATCH_UP_HELD      /* delivers what was held: there is nothing more to fetch */
} PusherCatchUpStage;

struct _PusherCatchUp
{
  const PusherCatchUpFuncs *funcs;
  gpointer owner;
  PusherConnection *connection; /* has the clock */
  char *channel_name;
  PusherBackfill *backfill; /* nullable */

  PusherCatchUpState state;
  PusherCatchUpStage stage;
  guint epoch; /* counts what changes the state from outside */

  char *position;          /* the id of the last event that was delivered, or NULL */
  gboolean from_beginning; /* without a position: the store had no event at first */
  gboolean begun;          /* the application has been given events, or might have been */
  PusherRecentIds recent;

  PusherHeldEvents held;    /* what arrived meanwhile */
  gboolean gap;             /* since the last one of them arrived */
  PusherHeldEvents fetched; /* what the store has given, and is to be delivered */
  PusherHeldEvents page;    /* the same, if only the last ones of it are */
  guint64 n_delivered;      /* of those of the store */

  /* The request that is under way, or was last */
  PusherHttpJob turn;
  PusherBackfillRequest *request; /* unowned: whoever answers keeps it */
  guint last;                     /* how many of the last events are wanted, or 0 */
  char *after;                    /* the id after which others were wanted, or NULL */
  gint64 ends_at;                 /* of the request, or of a pause */
  guint n_attempts;               /* that failed, one after another */
  guint n_vain_pages;             /* that had nothing to deliver, one after another */
  guint64 n_delivered_before;
  gboolean more;

  gboolean dropped;   /* since it asked last: there was no room to hold all events */
  GError *failure;    /* why it was given up, or NULL */
  gboolean told;      /* that it was */
  GError *overflow;   /* why held events are lost, until that is told, or NULL */
};

G_END_DECLS
