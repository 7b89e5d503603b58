/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What may be wrong with the answer of an authorization endpoint. */
typedef enum
{
  TOOL_ANSWER_GOOD,
  TOOL_ANSWER_NO_JSON,
  TOOL_ANSWER_NO_AUTH,
  TOOL_ANSWER_OTHER_KEY,
  TOOL_ANSWER_BAD_DATA,
  TOOL_ANSWER_OTHER_SECRET,
} ToolAnswerFlaw;

/* @secret is NULL if it is not known: then nobody can tell whether the signature is right. */
ToolAnswerFlaw tool_answer_check      (const char *body,
                                       const char *key,
                                       const char *secret,
                                       const char *socket_id,
                                       const char *channel);

/* What an endpoint says in JSON why it refuses; NULL if it says nothing. */
char          *tool_answer_get_reason (const char *body);

G_END_DECLS
