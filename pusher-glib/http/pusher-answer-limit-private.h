/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* In bytes, on the wire: of an answer of which only the headers are of interest */
#define PUSHER_ANSWER_MAX_BODY (64 * 1024)

/* Answers before the one that counts, such as “100 Continue” */
#define PUSHER_ANSWER_MAX_INFORMATIONAL 16

void     pusher_answer_limit_apply         (SoupMessage  *message,
                                            GCancellable *attempt);
void     pusher_answer_limit_body          (SoupMessage  *message,
                                            GCancellable *attempt);
void     pusher_answer_limit_informational (SoupMessage  *message,
                                            GCancellable *attempt);
gboolean pusher_answer_demands_login       (SoupMessage  *message);
gboolean pusher_answer_is_cut_short        (SoupMessage  *message);
gboolean pusher_answer_is_missing          (SoupMessage  *message);

G_END_DECLS
