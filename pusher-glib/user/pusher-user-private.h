/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "admission/pusher-admission-private.h"
#include "pusher-user.h"

G_BEGIN_DECLS

/* So many users of a watchlist may be online; the protocol allows 100. */
#define PUSHER_MAX_ONLINE 10000

struct _PusherUser
{
  GObject parent_instance;

  PusherHost *host;

  gboolean wanted;
  PusherAdmission admission;
  char *id; /* this and the following: once signed in */
  char *data;
  char *channel_name;
  GHashTable *online; /* set of char *, at most PUSHER_MAX_ONLINE */
  guint epoch;        /* of that: another once the connection is lost */
  guint untold; /* a bit a property that has changed */
};

/* Tells nothing. Takes over id and data, which may be NULL. */
void pusher_user_set_identity       (PusherUser   *self,
                                     char         *id,
                                     char         *data);
void pusher_user_tell               (PusherUser   *self);
void pusher_user_emit_event         (PusherUser   *self,
                                     PusherEvent  *event);
void pusher_user_emit_sign_in_error (PusherUser   *self,
                                     const GError *error);
void pusher_user_emit_watchlist_event
                                    (PusherUser        *self,
                                     const char        *name,
                                     const char *const *ids);
void pusher_user_emit_online        (PusherUser   *self,
                                     const char   *id);
void pusher_user_emit_offline       (PusherUser   *self,
                                     const char   *id);

G_END_DECLS
