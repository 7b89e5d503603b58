/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-task-list-private.h"
#include "pusher-host-private.h"

G_BEGIN_DECLS

/* How far an admission has come on the present connection. */
typedef enum
{
  PUSHER_ADMISSION_IDLE,        /* not begun, or over */
  PUSHER_ADMISSION_AUTHORIZING, /* the authorizer is asked */
  PUSHER_ADMISSION_HELD,        /* the authorization is there, but not yet of use */
  PUSHER_ADMISSION_QUEUED,      /* waits for its turn to be sent */
  PUSHER_ADMISSION_SENT,        /* the server owes an answer */
} PusherAdmissionStage;

typedef enum
{
  PUSHER_ADMISSION_SEND,  /* the message */
  PUSHER_ADMISSION_HOLD,  /* the authorization, until pusher_admission_resume() */
  PUSHER_ADMISSION_REFUSE /* error */
} PusherAdmissionVerdict;

typedef struct
{
  /* Looks at an authorization, which is all NULL where none is needed, and makes the
   * message of it. */
  PusherAdmissionVerdict (*authorized) (gpointer                   owner,
                                        const PusherAuthorization *authorization,
                                        char                     **message,
                                        GError                   **error);

  /* It has failed. If that may pass it is tried again by itself. */
  void (*failed) (gpointer      owner,
                  const GError *error);

  /* The message made last is on its way; until then the server may still accept an
   * earlier one. Tells nothing. Nullable. */
  void (*sent) (gpointer owner);
} PusherAdmissionFuncs;

/* The way of a subscription, or of a sign-in: authorized, sent, answered. Lies in
 * its owner, who wants it, and who holds a reference to itself during all calls. */
typedef struct
{
  const PusherAdmissionFuncs *funcs;
  gpointer owner;
  PusherHost *host;
  char *channel_name; /* NULL to sign in */

  PusherAdmissionStage stage;
  PusherAuthorizationRequest *request; /* AUTHORIZING; owned by who answers */
  char *held_auth;                     /* HELD */
  PusherTimeLimit limit;               /* AUTHORIZING and HELD */
  PusherTurn turn;                     /* QUEUED */
  char *message;                       /* QUEUED and SENT */
  guint n_sent;      /* on this connection, that the server may still accept, late or not */
  gboolean may_pass; /* it failed, but is going to be tried again */

  PusherTaskList waiting; /* for the answer */
} PusherAdmission;

void       pusher_admission_init          (PusherAdmission            *self,
                                           PusherHost                 *host,
                                           const char                 *channel_name,
                                           const PusherAdmissionFuncs *funcs,
                                           gpointer                    owner);
void       pusher_admission_clear         (PusherAdmission            *self);
void       pusher_admission_start         (PusherAdmission            *self);
void       pusher_admission_resume        (PusherAdmission            *self);
gboolean   pusher_admission_settle        (PusherAdmission            *self);
gboolean   pusher_admission_accept        (PusherAdmission            *self,
                                           GPtrArray                  *cancellations);
gboolean   pusher_admission_reject        (PusherAdmission            *self);
void       pusher_admission_refuse        (PusherAdmission            *self,
                                           const GError               *error);
void       pusher_admission_cancel        (PusherAdmission            *self,
                                           GPtrArray                  *cancellations);
gboolean   pusher_admission_is_pending    (PusherAdmission            *self);
GPtrArray *pusher_admission_steal_waiting (PusherAdmission            *self);
void       pusher_admission_wait          (PusherAdmission            *self,
                                           GTask                      *task);

/* For what looks after all of them */
void       pusher_admission_send          (PusherAdmission            *self);
void       pusher_admission_queue         (PusherAdmission            *self,
                                           gboolean                    first);
void       pusher_admission_start_limit   (PusherAdmission            *self);
void       pusher_admission_time_out      (PusherAdmission            *self);
void       pusher_admission_fail          (PusherAdmission            *self,
                                           const GError               *error,
                                           gboolean                    may_pass);

G_END_DECLS
