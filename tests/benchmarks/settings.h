/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a server and a receiver agree upon. Programs in all languages take them as
 * NAME=VALUE arguments, of these names. */
typedef struct
{
  guint64 port;
  guint64 warm_up;          /* messages before those that are measured */
  guint64 count;            /* messages that are measured */
  guint64 payload;          /* bytes of data a message, before it is put in a string */
  guint64 channels;         /* each one gets every so many-th message */
  guint64 names;            /* of events; the same */
  guint64 members;          /* in the presence list */
  guint64 activity_timeout; /* seconds */
  guint64 pause;            /* milliseconds in which messages pile up */
  guint64 cost;             /* of a handler, in microseconds */
  guint64 priority;         /* of a timer */
  const char *mode;
  const char *work;
  const char *prefix;       /* of the names of channels, such as "private-" */
} Settings;

/* A receiver subscribes to this channel when it has had the messages before those that
 * are measured: only then do those come, so that none was read beforehand. */
#define GO "go"

/* A channel's secret is made from it, as applications' servers do. */
#define MASTER_KEY "not a secret: 32 bytes of a key!"
#define MASTER_KEY_BASE64 "bm90IGEgc2VjcmV0OiAzMiBieXRlcyBvZiBhIGtleSE="

void settings_parse (Settings *self,
                     int       argc,
                     char    **argv);

char *settings_get_channel (const Settings *self,
                            guint64         i);
char *settings_get_name    (const Settings *self,
                            guint64         i);

G_END_DECLS
