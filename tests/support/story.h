/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fixture.h"

G_BEGIN_DECLS

/* There is one story, in which everything happens that a client tells. A test is
 * one moment of it, at which an action is taken; with that the story ends. */

typedef struct _App App;

typedef enum
{
  CLIENT,
  CHANNEL, /* the channel "a" */
  LIST,
  OPEN, /* the callbacks */
  CLOSE,
  PING,
  SUBSCRIBE,
} Source;

typedef struct
{
  const char *name;
  Source source;
  const char *signal;
  int state;   /* of the client or the channel at that moment */
  guint n_before; /* of the same that are let pass */
} Moment;

extern const Moment moments[];
extern const guint n_moments;

struct _App
{
  Fixture fixture;
  PusherClient *client; /* a weak pointer to the fixture's */
  PusherChannel *channel; /* its own reference, until it is dropped */
  GListModel *list;
  GCancellable *cancellable; /* of all asynchronous calls */
  guint n_pending;           /* asynchronous calls */

  const Moment *moment;
  void (*act) (App *app);
  guint n_passed;
  gboolean done;
  gboolean disposed;
  gboolean rejecting; /* the server, subscriptions to "a" */
};

/* The story: handlers that a test connects before it plays come first. Afterwards
 * the client must be as good as new, or gone. */
void story_begin (App          *app,
                  const Moment *moment,
                  void        (*act) (App *app));
void story_play  (App          *app);
void story_end   (App          *app);

/* Of calls that are counted as pending. */
void open_cb      (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data);
void close_cb     (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data);
void ping_cb      (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data);
void subscribe_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data);

G_END_DECLS
