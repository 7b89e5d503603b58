/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who hears an event. It takes its time, and is done only if somebody reads the log. */

#include "config.h"

#include "pusher-event-log-private.h"

#include "base/pusher-loggable-private.h"

/* The handlers of the signal “event” with that detail, or without any. Those that are
 * blocked do not hear it. */
static guint
count_handlers (gpointer instance,
                GQuark   detail)
{
  const GSignalMatchType mask =
    G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DETAIL | G_SIGNAL_MATCH_UNBLOCKED;
  guint signal_id = g_signal_lookup ("event", G_OBJECT_TYPE (instance));
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gulong));
  gulong handler;

  /* GLib finds one, and counts only those that it blocks. */
  while ((handler = g_signal_handler_find (instance, mask, signal_id, detail,
                                           NULL, NULL, NULL)) != 0)
    {
      g_signal_handler_block (instance, handler);
      g_array_append_val (found, handler);
    }
  for (guint i = 0; i < found->len; i++)
    g_signal_handler_unblock (instance, g_array_index (found, gulong, i));

  return found->len;
}

static char *
describe_count (guint count)
{
  if (count == 0)
    return g_strdup ("no handler");

  return g_strdup_printf (count == 1 ? "%u handler" : "%u handlers", count);
}

/*
 * pusher_event_log:
 * @channel: (nullable): the channel that emits it, if there is one
 * @where: what the line begins with
 * @event: the name of the event
 *
 * Tells how many handlers an event has that is about to be emitted, by the channel and by
 * the client: those for its name, and those for all events.
 */
void
pusher_event_log (PusherHost *host,
                  gpointer    channel,
                  const char *where,
                  const char *event)
{
  gpointer emitters[] = { channel, host->client };
  GQuark detail = g_quark_try_string (event);
  guint n_named = 0;
  guint n_general = 0;
  g_autofree char *name = pusher_loggable_name (event);
  g_autofree char *count = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (emitters); i++)
    if (emitters[i] != NULL)
      {
        n_named += detail != 0 ? count_handlers (emitters[i], detail) : 0;
        n_general += count_handlers (emitters[i], 0);
      }

  count = describe_count (n_named);
  if (n_general > 0)
    g_debug ("%s: %s for %s, %u for all events", where, count, name, n_general);
  else
    g_debug ("%s: %s for %s", where, count, name);
}
