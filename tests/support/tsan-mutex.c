/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* GLib makes its mutexes of futexes, of which the thread sanitizer knows nothing. These
 * come before GLib's own for all code that is not in GLib, and tell it. */

#define _GNU_SOURCE

#include <glib.h>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

typedef void (*MutexFunc) (GMutex *mutex);

static MutexFunc real_lock, real_unlock;

/* GLib uses mutexes before any constructor of ours could run. */
static MutexFunc
find (MutexFunc  *real,
      const char *name)
{
  MutexFunc func = __atomic_load_n (real, __ATOMIC_ACQUIRE);

  if (func == NULL)
    {
      func = (MutexFunc) dlsym (RTLD_NEXT, name);
      __atomic_store_n (real, func, __ATOMIC_RELEASE);
    }

  return func;
}

void
g_mutex_lock (GMutex *mutex)
{
  __tsan_mutex_pre_lock (mutex, 0);
  find (&real_lock, "g_mutex_lock") (mutex);
  __tsan_mutex_post_lock (mutex, 0, 0);
}

void
g_mutex_unlock (GMutex *mutex)
{
  __tsan_mutex_pre_unlock (mutex, 0);
  find (&real_unlock, "g_mutex_unlock") (mutex);
  __tsan_mutex_post_unlock (mutex, 0);
}
