/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

/* What the command line says. The key is NULL for the demonstration. */
typedef struct
{
  char *key;
  char *cluster;
  char *host;
  int port;
  char *path;
  gboolean no_tls;
  char **channels;
  char **signals; /* of each channel: “event”, or “event::NAME” for some */
} Options;

gboolean options_parse (Options *self,
                        int     *argc,
                        char  ***argv,
                        GError **error);
void     options_clear (Options *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)
