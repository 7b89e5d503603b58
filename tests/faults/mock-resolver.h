/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A resolver for which every name is that of this machine, if it answers. */
#define MOCK_TYPE_RESOLVER (mock_resolver_get_type ())
G_DECLARE_FINAL_TYPE (MockResolver, mock_resolver, MOCK, RESOLVER, GResolver)

typedef enum
{
  MOCK_RESOLVER_ANSWERS,
  MOCK_RESOLVER_FAILS,
  MOCK_RESOLVER_IS_SILENT,
} MockResolverMode;

MockResolver *mock_resolver_new      (void);
void          mock_resolver_set_mode (MockResolver    *self,
                                      MockResolverMode mode);

G_END_DECLS
