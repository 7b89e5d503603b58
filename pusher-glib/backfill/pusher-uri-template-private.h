/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  const char *value; /* nullable: it is not there */
} PusherUriVariable;

char *pusher_uri_template_expand (const char              *template,
                                  const PusherUriVariable *variables,
                                  gsize                    n_variables);

G_END_DECLS
