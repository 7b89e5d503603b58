/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-heartbeat-table-private.h"

typedef struct
{
  char *host;
  PusherHeartbeat heartbeat;
} Entry;

/* They are few, and asked for once a ping: a list is as fast as a hash table, and knows
 * their order. */
static GQueue entries = G_QUEUE_INIT; /* of Entry, the last one used first */
static GMutex mutex;                  /* for them */

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->host);
  g_free (entry);
}

static int
compare_host (gconstpointer entry,
              gconstpointer host)
{
  return g_strcmp0 (((const Entry *) entry)->host, host);
}

/* Returns: (nullable): the link of the host, now the first one. Called with the lock. */
static GList *
find (const char *host)
{
  GList *link = g_queue_find_custom (&entries, host, compare_host);

  if (link != NULL)
    {
      g_queue_unlink (&entries, link);
      g_queue_push_head_link (&entries, link);
    }

  return link;
}

static PusherHeartbeat *
find_or_add (const char *host)
{
  GList *link = find (host);
  Entry *entry;

  if (link == NULL)
    {
      entry = g_new0 (Entry, 1);
      entry->host = g_strdup (host);
      g_queue_push_head (&entries, entry);
      if (entries.length > PUSHER_HEARTBEAT_TABLE_MAX_HOSTS)
        entry_free (g_queue_pop_tail (&entries));
      link = entries.head;
    }

  return &((Entry *) link->data)->heartbeat;
}

gint64
pusher_heartbeat_table_get_interval (const char *host,
                                     gint64      longest,
                                     gint64      now)
{
  gint64 interval = longest;
  GList *link;

  g_mutex_lock (&mutex);
  link = find (host);
  if (link != NULL)
    interval = pusher_heartbeat_get_interval (&((Entry *) link->data)->heartbeat, longest, now);
  g_mutex_unlock (&mutex);

  return interval;
}

void
pusher_heartbeat_table_held (const char *host,
                             gint64      silence)
{
  g_mutex_lock (&mutex);
  pusher_heartbeat_held (find_or_add (host), silence);
  g_mutex_unlock (&mutex);
}

gboolean
pusher_heartbeat_table_cut (const char          *host,
                            const PusherSilence *silence,
                            gint64               now)
{
  gboolean taught;

  g_mutex_lock (&mutex);
  taught = pusher_heartbeat_cut (find_or_add (host), silence, now);
  g_mutex_unlock (&mutex);

  return taught;
}

void
pusher_heartbeat_table_clear (void)
{
  g_mutex_lock (&mutex);
  g_queue_clear_full (&entries, entry_free);
  g_mutex_unlock (&mutex);
}
