/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "mock-resolver.h"

struct _MockResolver
{
  GResolver parent_instance;

  MockResolverMode mode;
};

G_DEFINE_FINAL_TYPE (MockResolver, mock_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

/* A question that is never answered ends when it is given up. */
static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  g_task_return_error_if_cancelled (user_data);

  return G_SOURCE_REMOVE;
}

static void
wait_for_ever (GTask *task)
{
  g_autoptr (GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));

  g_task_attach_source (task, source, G_SOURCE_FUNC (cancelled_cb));
}

static void
answer (GTask                    *task,
        GResolverNameLookupFlags  flags)
{
  GInetAddress *address;

  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    {
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                               "There is no such address");
      return;
    }

  address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_task_return_pointer (task, g_list_prepend (NULL, address), free_addresses);
}

static void
mock_resolver_lookup_by_name_with_flags_async (GResolver                *resolver,
                                               const char               *hostname,
                                               GResolverNameLookupFlags  flags,
                                               GCancellable             *cancellable,
                                               GAsyncReadyCallback       callback,
                                               gpointer                  user_data)
{
  MockResolver *self = MOCK_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  switch (self->mode)
    {
    case MOCK_RESOLVER_ANSWERS:
      answer (task, flags);
      break;
    case MOCK_RESOLVER_FAILS:
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND,
                               "“%s” is not known", hostname);
      break;
    case MOCK_RESOLVER_IS_SILENT:
      wait_for_ever (task);
      break;
    default:
      g_assert_not_reached ();
    }
}

static GList *
mock_resolver_lookup_by_name_with_flags_finish (GResolver    *resolver,
                                                GAsyncResult *result,
                                                GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
mock_resolver_lookup_by_name_async (GResolver           *resolver,
                                    const char          *hostname,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  mock_resolver_lookup_by_name_with_flags_async (resolver, hostname,
                                                 G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT,
                                                 cancellable, callback, user_data);
}

static void
mock_resolver_class_init (MockResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = mock_resolver_lookup_by_name_async;
  resolver_class->lookup_by_name_finish = mock_resolver_lookup_by_name_with_flags_finish;
  resolver_class->lookup_by_name_with_flags_async =
    mock_resolver_lookup_by_name_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish =
    mock_resolver_lookup_by_name_with_flags_finish;
}

static void
mock_resolver_init (MockResolver *self)
{
}

MockResolver *
mock_resolver_new (void)
{
  return g_object_new (MOCK_TYPE_RESOLVER, NULL);
}

void
mock_resolver_set_mode (MockResolver    *self,
                        MockResolverMode mode)
{
  self->mode = mode;
}
