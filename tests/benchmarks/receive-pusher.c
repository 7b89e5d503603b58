/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* receive-pusher NAME=VALUE…: the same with the library, in C. A handler of
 * event::NAME for each name on each channel.
 *
 * work=text      looks at the data
 * work=node      has the data parsed
 * work=fields    reads three fields of the parsed data
 * work=lookup    looks the same fields up in the text
 * work=client    looks at the data, in one handler of the client for all channels
 * work=tick      looks at the data and takes its time; with a timer
 * work=presence  counts the members that come and go
 * work=any       one handler of all events; tells what names of events leave behind
 * work=respond   answers each event with a client event
 * work=trigger   sends client events
 * work=backfill  as text, on channels that would catch up if they had missed an event
 */

#include "measure.h"
#include "settings.h"

#include <pusher-glib/pusher.h>
#include <string.h>

#ifdef STANDING_CLOCK
#include "client/pusher-client-types-private.h"
#include "connection/pusher-connection-private.h"
#endif

#define ANSWER "{\"price\":187.42,\"size\":100}"

static Settings settings;
static PusherClient *client;
static GMainLoop *loop;
static guint64 n_received;
static volatile gsize used; /* so that nothing is optimised away */
static double rss_at_begin;
static GQuark quark_at_begin;

static void
begin (void)
{
  rss_at_begin = measure_get_rss ();
  quark_at_begin = g_quark_from_static_string ("quark at begin");
  measure_begin ();
}

static void
count (void)
{
  n_received++;
  if (n_received == settings.warm_up)
    {
      begin ();
      if (!g_str_equal (settings.work, "respond"))
        pusher_client_subscribe (client, GO, NULL);
      if (g_str_equal (settings.work, "tick"))
        measure_watch_timer (settings.pause, (int) settings.priority);
    }
}

static void
text_cb (PusherChannel *channel,
         PusherEvent   *event)
{
  used += strlen (pusher_event_get_data (event));
  count ();
}

static void
client_text_cb (PusherClient *self,
                PusherEvent  *event)
{
  text_cb (NULL, event);
}

static void
tick_cb (PusherChannel *channel,
         PusherEvent   *event)
{
  measure_spend (settings.cost);
  text_cb (channel, event);
}

static void
node_cb (PusherChannel *channel,
         PusherEvent   *event)
{
  used += pusher_event_get_json (event) != NULL;
  count ();
}

static void
fields_cb (PusherChannel *channel,
           PusherEvent   *event)
{
  JsonObject *object = json_node_get_object (pusher_event_get_json (event));

  used += strlen (json_object_get_string_member (object, "symbol"));
  used += json_object_get_double_member (object, "price");
  used += json_object_get_int_member (object, "size");
  count ();
}

static void
lookup_cb (PusherChannel *channel,
           PusherEvent   *event)
{
  g_autofree char *symbol = pusher_event_lookup_string (event, "/symbol");
  double price;
  gint64 size;

  pusher_event_lookup_double (event, "/price", &price);
  pusher_event_lookup_int (event, "/size", &size);
  used += strlen (symbol) + price + size;
  count ();
}

static void
respond_cb (PusherChannel *channel,
            PusherEvent   *event)
{
  g_autoptr (GError) error = NULL;

  count ();
  pusher_channel_trigger (channel, "client-answer", ANSWER, &error);
  g_assert_no_error (error);
}

static void
any_cb (PusherChannel *channel,
        PusherEvent   *event)
{
  if (g_str_has_prefix (pusher_event_get_name (event), "event-"))
    count ();
}

static void
member_cb (PusherPresenceChannel *channel,
           PusherMember          *member)
{
  count ();
}

static void
end_cb (PusherChannel *channel)
{
  if (n_received != settings.warm_up + settings.count)
    g_error ("%" G_GUINT64_FORMAT " messages arrived", n_received);

  measure_end (settings.count);
  if (g_str_equal (settings.work, "any"))
    {
      measure_print ("growth", measure_get_rss () - rss_at_begin);
      measure_print ("quarks", g_quark_from_static_string ("quark at end") - quark_at_begin - 1);
    }
  measure_done ();
  g_main_loop_quit (loop);
}

static void
trigger (PusherChannel *channel,
         guint64        n)
{
  g_autoptr (GError) error = NULL;

  for (guint64 i = 0; i < n; i++)
    pusher_channel_trigger (channel, "client-answer", ANSWER, &error);
  g_assert_no_error (error);
  n_received += n;
}

static void
subscribed_cb (PusherChannel *channel)
{
  trigger (channel, settings.warm_up);
  begin ();
  trigger (channel, settings.count);
}

static GCallback
get_callback (void)
{
  static const struct
  {
    const char *work;
    GCallback callback;
  } works[] = {
    { "text", G_CALLBACK (text_cb) },
    { "tick", G_CALLBACK (tick_cb) },
    { "node", G_CALLBACK (node_cb) },
    { "fields", G_CALLBACK (fields_cb) },
    { "lookup", G_CALLBACK (lookup_cb) },
    { "respond", G_CALLBACK (respond_cb) },
    { "backfill", G_CALLBACK (text_cb) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (g_str_equal (settings.work, works[i].work))
      return works[i].callback;

  return NULL;
}

/* The client and its channels have a signal of the same name. */
static void
listen_to_names (gpointer  instance,
                 GCallback callback)
{
  for (guint64 i = 0; i < settings.names; i++)
    {
      g_autofree char *name = settings_get_name (&settings, i);
      g_autofree char *signal = g_strconcat ("event::", name, NULL);

      g_signal_connect (instance, signal, callback, NULL);
    }
}

/* There is nothing but what arrives. */
static gboolean
fetch_cb (PusherBackfill        *backfill,
          PusherBackfillRequest *request)
{
  pusher_backfill_request_complete (request, FALSE);

  return TRUE;
}

static void
add_backfill (PusherChannel *channel)
{
  g_autoptr (PusherBackfill) backfill = pusher_backfill_new ();

  pusher_backfill_set_id_pointer (backfill, "/time");
  g_signal_connect (backfill, "fetch", G_CALLBACK (fetch_cb), NULL);
  pusher_channel_set_backfill (channel, backfill);
}

static void
listen_to (PusherChannel *channel)
{
  GCallback callback = get_callback ();

  if (callback != NULL)
    listen_to_names (channel, callback);
  if (g_str_equal (settings.work, "backfill"))
    add_backfill (channel);
  if (g_str_equal (settings.work, "any"))
    g_signal_connect (channel, "event", G_CALLBACK (any_cb), NULL);
  if (g_str_equal (settings.work, "presence"))
    {
      g_signal_connect (channel, "member-added", G_CALLBACK (member_cb), NULL);
      g_signal_connect (channel, "member-removed", G_CALLBACK (member_cb), NULL);
    }
}

static void
use_secret (void)
{
  g_autoptr (GError) error = NULL;
  gboolean presence = g_str_equal (settings.work, "presence");

  pusher_client_use_secret (client, "secret", presence ? "{\"user_id\":\"user-0\"}" : NULL, &error);
  pusher_secret_authorizer_set_encryption_master_key (
    PUSHER_SECRET_AUTHORIZER (pusher_client_get_authorizer (client)), MASTER_KEY_BASE64, &error);
  g_assert_no_error (error);
}

static void
error_cb (PusherClient *self,
          const GError *error)
{
  g_error ("%s", error->message);
}

/* How many messages are delivered at once, and how many wait for the next slice of
 * time, depends on the speed of the machine, which counts of instructions must not. */
#ifdef STANDING_CLOCK
static gint64
standing_now (gpointer user_data)
{
  return G_USEC_PER_SEC;
}

static double
standing_random (gpointer user_data)
{
  return 0;
}

static void
stop_clock (void)
{
  const PusherClock clock = { standing_now, standing_random, NULL };

  pusher_connection_set_clock (pusher_client_get_connection (client), &clock);
}
#else
static void
stop_clock (void)
{
}
#endif

int
main (int    argc,
      char **argv)
{
  settings_parse (&settings, argc, argv);
  client = pusher_client_new ("key", NULL);
  pusher_client_set_host (client, "127.0.0.1");
  pusher_client_set_port (client, settings.port);
  pusher_client_set_use_tls (client, FALSE);
  pusher_client_set_max_message_size (client, 16 * 1024 * 1024);
  use_secret ();
  stop_clock ();
  g_signal_connect (client, "error", G_CALLBACK (error_cb), NULL);
  if (g_str_equal (settings.work, "client"))
    listen_to_names (client, G_CALLBACK (client_text_cb));

  for (guint64 i = 0; i < settings.channels; i++)
    {
      g_autofree char *name = settings_get_channel (&settings, i);
      PusherChannel *channel = pusher_client_subscribe (client, name, NULL);

      listen_to (channel);
      if (i == 0)
        g_signal_connect (channel, "event::end", G_CALLBACK (end_cb), NULL);
      if (i == 0 && g_str_equal (settings.work, "trigger"))
        g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), NULL);
    }

  loop = g_main_loop_new (NULL, FALSE);
  pusher_client_open (client);
  g_main_loop_run (loop);
  g_main_loop_unref (loop);
  g_object_unref (client);

  return 0;
}
