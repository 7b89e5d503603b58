/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* In bytes, on the wire: of an answer of which only the headers are of interest */
#define PUSHER_ANSWER_MAX_BODY (64 * 1024)

void pusher_answer_limit_body (SoupMessage  *message,
                               GCancellable *attempt);

G_END_DECLS
