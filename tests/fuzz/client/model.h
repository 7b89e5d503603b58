/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "protocol/pusher-message-private.h"

G_BEGIN_DECLS

/* A channel as one connection has it */
typedef struct
{
  char *name;
  gboolean owed;       /* subscribed to, and the client has not heard the answer */
  gint64 asked_at;     /* last; 0 if it was unsubscribed from since: what the server says is so */
  gboolean doubted;    /* the client may have taken an error for the answer */
  gboolean subscribed; /* as far as the client has heard */
  char *my_id;         /* on presence channels */
  GHashTable *members; /* of those, char * → char *: the info by the id */
} Subscription;

/* What the server has been asked for, and has not answered. */
typedef struct
{
  char *name; /* NULL: to sign in */
  char *data; /* channel_data or user_data; nullable */
} Request;

/* What a server knows of one connection. It follows what the client has heard, which
 * may be late, and may have been a lie: what a server says is so. */
typedef struct
{
  gboolean heard; /* the client has heard anything */
  char *socket_id; /* once the client has heard that it is connected */
  GHashTable *subscriptions;
  GQueue ledger;   /* of Subscription: those that are owed, in order */
  GQueue requests; /* of Request, in order */

  gboolean sign_in_owed;
  guint n_sign_ins;    /* that it may still answer to */
  gint64 signed_in_at; /* asked to, last */
  gboolean sign_in_doubted;
  char *user_id; /* who is signed in, or NULL */
  GHashTable *online;

  guint n_pings;  /* not answered yet */
  guint n_pinged; /* ever */
  gboolean lost; /* something was: the two cannot agree any more */
} Model;

Model *model_new      (void);
void   model_free     (Model               *self);
void   model_receive  (Model               *self,
                       const char          *text);
void   model_hear     (Model               *self,
                       const PusherMessage *message);
void   model_lose     (Model               *self);
void   request_free   (Request             *self);

/* Returns: (nullable) */
Subscription *model_find (Model      *self,
                          const char *name);

G_END_DECLS
