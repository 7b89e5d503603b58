/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a client does after a connection ended (protocol, "Errors and close
 * codes"). */
typedef enum
{
  PUSHER_CLOSE_ACTION_BACK_OFF, /* try again after a growing, random delay */
  PUSHER_CLOSE_ACTION_RETRY,    /* try again at once; if that fails, back off */
  PUSHER_CLOSE_ACTION_USE_TLS,  /* try again at once, with TLS */
  PUSHER_CLOSE_ACTION_REFUSED,  /* do not try again */
} PusherCloseAction;

typedef struct
{
  guint16 first; /* close codes, inclusive */
  guint16 last;
  PusherCloseAction action;
  gint64 min_delay;    /* µs before the next try, at least */
  const char *meaning; /* for an error without a text of the server's */
} PusherClosePolicy;

/* The close code of a connection that ended without a close frame
 * (RFC 6455, section 7.1.5). */
#define PUSHER_CLOSE_CODE_ABNORMAL 1006

const PusherClosePolicy *pusher_close_policy_lookup (guint close_code);

G_END_DECLS
