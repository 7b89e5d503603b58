/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "settings.h"

G_BEGIN_DECLS

/* The messages of a flood, ready for the wire: a block of them that is sent again
 * and again. */
typedef struct
{
  GByteArray *block;
  GArray *ends;       /* gsize: where in the block each of its messages ends */
  gsize number;       /* where in each message a number of its own goes, or 0 */
} Script;

void script_init   (Script         *self,
                    const Settings *settings);
void script_clear  (Script         *self);
void script_number (Script         *self,
                    guint64         first);

char *script_make_snapshot (const Settings *settings,
                            const char     *channel);
char *script_make_end      (const Settings *settings);

G_END_DECLS
