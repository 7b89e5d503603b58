/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fake-resolver.h"

static GResolver *real_resolver;

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer addresses)
{
  g_list_free_full (addresses, g_object_unref);
}

static void
cancelled_cb (GCancellable *cancellable,
              GTask        *task)
{
  g_task_return_error_if_cancelled (task);
}

/* Holds the task until it is cancelled. */
static void
hang (GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_assert_nonnull (cancellable);
  g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (cancelled_cb), task,
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
}

static void
lookup_by_name_with_flags_async (GResolver               *resolver,
                                 const char              *hostname,
                                 GResolverNameLookupFlags flags,
                                 GCancellable            *cancellable,
                                 GAsyncReadyCallback      callback,
                                 gpointer                 user_data)
{
  FakeResolver *self = FAKE_RESOLVER (resolver);
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  gboolean ipv6 = (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV4_ONLY) == 0;
  gboolean ipv4 = (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY) == 0;
  gboolean known = self->name == NULL || g_strcmp0 (hostname, self->name) == 0;
  GList *addresses = NULL;

  if (known)
    self->n_asked++;
  if (known && ((ipv6 && self->ipv6_hangs) || (ipv4 && self->ipv4_hangs)))
    {
      hang (task);
      return;
    }

  if (known && ipv4 && self->ipv4 != NULL)
    addresses = g_list_prepend (addresses, g_inet_address_new_from_string (self->ipv4));
  if (known && ipv6 && self->ipv6 != NULL)
    addresses = g_list_prepend (addresses, g_inet_address_new_from_string (self->ipv6));

  if (addresses != NULL)
    g_task_return_pointer (task, addresses, free_addresses);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                             "Nobody knows “%s”", hostname);
  g_object_unref (task);
}

static GList *
lookup_by_name_with_flags_finish (GResolver    *resolver,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags_async = lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_by_name_with_flags_finish;
}

static void
fake_resolver_init (FakeResolver *self)
{
}

FakeResolver *
fake_resolver_install (void)
{
  FakeResolver *self = g_object_new (TYPE_FAKE_RESOLVER, NULL);

  real_resolver = g_resolver_get_default ();
  g_resolver_set_default (G_RESOLVER (self));

  return self;
}

void
fake_resolver_remove (FakeResolver *self)
{
  g_resolver_set_default (real_resolver);
  g_clear_object (&real_resolver);
  g_object_unref (self);
}
