/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Gives the test's addresses for a name, or for all. */
#define TYPE_FAKE_RESOLVER (fake_resolver_get_type ())
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

struct _FakeResolver
{
  GResolver parent_instance;

  const char *name; /* nullable, as the following */
  const char *ipv6;
  const char *ipv4;
  gboolean ipv6_hangs; /* the question for it is never answered */
  gboolean ipv4_hangs;
  guint n_asked;
};

FakeResolver *fake_resolver_install (void);
void          fake_resolver_remove  (FakeResolver *self);

G_END_DECLS
