/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "outbox.h"

#include "base/pusher-error.h"
#include "channels/pusher-channel-private.h"
#include "world.h"

#include <stdlib.h>
#include <string.h>

/* Their data, with a number that grows from one to the next: {"kept by psst":NUMBER} */
#define DATA_BEGIN "{\"kept by psst\":"

typedef struct
{
  PusherChannel *channel; /* not owned */
  gboolean is_over;       /* sent, or given up */
} Event;

static GPtrArray *events;    /* of Event, by their number, which begins with 1 */
static GHashTable *channels; /* not owned → the number that was sent last */

static guint
find_number (const char *text)
{
  const char *begin = text != NULL ? strstr (text, DATA_BEGIN) : NULL;

  return begin != NULL ? (guint) strtoul (begin + strlen (DATA_BEGIN), NULL, 10) : 0;
}

static Event *
get_event (guint number)
{
  world_check (number <= events->len, "a client event %u that nobody has triggered", number);

  return events->pdata[number - 1];
}

/* --- What becomes of them ------------------------------------------------ */

/* text: a message, on its way to the server */
void
outbox_sent (const char *text)
{
  guint number = find_number (text);
  Event *event;
  guint last;

  if (number == 0)
    return;

  event = get_event (number);
  last = GPOINTER_TO_UINT (g_hash_table_lookup (channels, event->channel));
  world_check (!event->is_over, "client event %u is sent, and was sent or given up before", number);
  world_check (number > last, "client event %u is sent after %u", number, last);
  event->is_over = TRUE;
  g_hash_table_insert (channels, event->channel, GUINT_TO_POINTER (number));
}

static void
trigger_error_cb (PusherChannel *channel,
                  const char    *name,
                  const char    *data_json,
                  const GError  *error)
{
  guint number = find_number (data_json);
  Event *event;

  world_check (error != NULL && error->message != NULL, "a client event fails without an error");
  if (number == 0)
    return;

  event = get_event (number);
  world_check (event->channel == channel, "client event %u fails on another channel", number);
  world_check (!event->is_over, "client event %u fails, and was sent or given up before", number);
  event->is_over = TRUE;
}

/* Whether it waits */
static gboolean
is_kept (PusherChannel *channel,
         guint          number)
{
  GList *link = channel->outbox != NULL ? channel->outbox->events.head : NULL;

  for (; link != NULL; link = link->next)
    if (find_number (((PusherKeptEvent *) link->data)->data_json) == number)
      return TRUE;

  return FALSE;
}

/* What waits goes with the client, and is not told. */
static void
check_channel (PusherChannel *channel,
               gboolean       is_gone)
{
  gboolean has_client = channel->host->client != NULL;

  for (guint i = 0; i < events->len; i++)
    {
      Event *event = events->pdata[i];

      if (event->channel != channel || event->is_over)
        continue;
      world_check (!has_client || (!is_gone && is_kept (channel, i + 1)),
                   "client event %u is lost", i + 1);
      event->is_over = !has_client;
    }
}

static void
channel_gone_cb (gpointer  user_data,
                 GObject  *object)
{
  check_channel ((PusherChannel *) object, TRUE);
  g_hash_table_remove (channels, object);
}

/* --- The application ----------------------------------------------------- */

static void
trigger (PusherChannel *channel)
{
  Event *event = g_new0 (Event, 1);
  g_autofree char *data = g_strdup_printf (DATA_BEGIN "%u}", events->len + 1);
  g_autoptr (GError) error = NULL;
  gboolean taken;

  event->channel = channel;
  g_ptr_array_add (events, event);
  taken = pusher_channel_trigger (channel, "client-kept", data, &error);
  world_check (taken == (error == NULL), "a trigger both succeeds and fails");
  if (!taken)
    world_check (!event->is_over, "a trigger fails, and the event was sent");
  event->is_over = event->is_over || !taken;
}

void
outbox_act (PusherChannel *channel)
{
  static const guint sizes[] = { 20, 3, 1, 0 };
  static const guint expiries[] = { 0, 60, 1, G_MAXUINT };
  g_autoptr (PusherChannel) kept G_GNUC_UNUSED = g_object_ref (channel); /* handlers may let it go */
  guint what = input_draw (4);

  if (pusher_channel_get_outbox_size (channel) == 0)
    what = input_draw (4) != 0 ? 0 : what;

  switch (what)
    {
    case 0:
      pusher_channel_set_outbox_size (channel, sizes[input_draw (G_N_ELEMENTS (sizes))]);
      break;
    case 1:
      pusher_channel_set_outbox_expiry (channel, expiries[input_draw (G_N_ELEMENTS (expiries))]);
      break;
    default:
      for (guint n = 1 + input_draw (4); n > 0; n--)
        trigger (channel);
      break;
    }
}

/* --- */

void
outbox_watch (PusherChannel *channel)
{
  g_hash_table_insert (channels, channel, NULL);
  g_object_weak_ref (G_OBJECT (channel), channel_gone_cb, NULL);
  g_signal_connect (channel, "trigger-error", G_CALLBACK (trigger_error_cb), NULL);
}

/* Nothing is lost. */
void
outbox_check (void)
{
  g_autofree gpointer *all = NULL;
  guint n;

  all = g_hash_table_get_keys_as_array (channels, &n);
  for (guint i = 0; i < n; i++)
    check_channel (all[i], FALSE);
}

void
outbox_start (void)
{
  events = g_ptr_array_new_with_free_func (g_free);
  channels = g_hash_table_new (NULL, NULL);
}

void
outbox_end (void)
{
  for (guint i = 0; i < events->len; i++)
    world_check (((Event *) events->pdata[i])->is_over, "client event %u is lost", i + 1);
  g_ptr_array_unref (events);
  g_hash_table_unref (channels);
}
