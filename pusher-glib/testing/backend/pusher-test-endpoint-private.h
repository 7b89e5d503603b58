/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "protocol/pusher-secretbox-private.h"
#include "testing/app/pusher-test-app-private.h"

G_BEGIN_DECLS

/* The user whom a backend knows a client to be; each a JSON text. */
typedef struct
{
  char *id;        /* nullable; no JSON: the id itself */
  char *info;      /* nullable */
  char *watchlist; /* nullable */
} PusherTestIdentity;

void pusher_test_identity_clear (PusherTestIdentity *self);

/* What a client asks the endpoint for. */
typedef struct
{
  char *socket_id;
  GPtrArray *channels; /* of char *; empty to sign in */
  gboolean batch;
  PusherTestIdentity user;
} PusherTestQuestion;

/* What the answer depends on. */
typedef struct
{
  PusherTestApp *app;
  const PusherSecretboxKey *master_key;
  GHashTable *forbidden; /* names of channels */
} PusherTestJudge;

PusherTestQuestion *pusher_test_question_parse        (const char                *form,
                                                       gboolean                   for_user,
                                                       const PusherTestIdentity  *fallback,
                                                       GError                   **error);
void                pusher_test_question_free         (PusherTestQuestion        *self);
char               *pusher_test_judge_answer_user     (const PusherTestJudge     *self,
                                                       const PusherTestQuestion  *question,
                                                       GError                   **error);
char               *pusher_test_judge_answer_channels (const PusherTestJudge     *self,
                                                       const PusherTestQuestion  *question,
                                                       GError                   **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherTestQuestion, pusher_test_question_free)

G_END_DECLS
