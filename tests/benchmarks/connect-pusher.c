/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* connect-pusher NAME=VALUE…: what connections and subscriptions cost.
 *
 * work=subscribe  connects and subscribes to all channels
 * work=channels   what a channel takes, from the second half of them
 * work=clients    what a client takes, from the second half of count
 * work=idle       what wakes a client up, in count activity time-outs */

#include "measure.h"
#include "settings.h"

#include <pusher-glib/pusher.h>
#include <sys/resource.h>

static Settings settings;
static guint64 n_subscribed;

static void
error_cb (PusherClient *client,
          const GError *error)
{
  g_error ("%s", error->message);
}

static PusherClient *
make_client (SoupSession *session)
{
  PusherClient *client = pusher_client_new ("key", NULL);

  if (session != NULL)
    pusher_client_set_session (client, session);
  pusher_client_set_host (client, "127.0.0.1");
  pusher_client_set_port (client, settings.port);
  pusher_client_set_use_tls (client, FALSE);
  g_signal_connect (client, "error", G_CALLBACK (error_cb), NULL);

  return client;
}

static void
subscribed_cb (PusherChannel *channel)
{
  n_subscribed++;
}

static void
price_changed_cb (PusherChannel *channel,
                  PusherEvent   *event)
{
}

static void
subscribe (PusherClient *client,
           guint64       from,
           guint64       to)
{
  for (guint64 i = from; i < to; i++)
    {
      g_autofree char *name = settings_get_channel (&settings, i);
      PusherChannel *channel = pusher_client_subscribe (client, name, NULL);

      g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), NULL);
      g_signal_connect (channel, "event::price-changed-0", G_CALLBACK (price_changed_cb), NULL);
    }
}

static void
wait_for (guint64 n)
{
  while (n_subscribed < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
print_growth (double  heap,
              double  rss,
              guint64 n)
{
  measure_print ("heap", (measure_get_heap () - heap) / n);
  measure_print ("rss", (measure_get_rss () - rss) / n);
}

static void
measure_subscriptions (void)
{
  g_autoptr (PusherClient) client = NULL;

  measure_begin ();
  client = make_client (NULL);
  subscribe (client, 0, settings.channels);
  pusher_client_open (client);
  wait_for (settings.channels);
  measure_end (settings.channels);
}

static void
measure_channels (void)
{
  g_autoptr (PusherClient) client = make_client (NULL);
  guint64 half = settings.channels / 2;
  double heap, rss;

  pusher_client_open (client);
  subscribe (client, 0, half);
  wait_for (half);
  heap = measure_get_heap ();
  rss = measure_get_rss ();
  subscribe (client, half, settings.channels);
  wait_for (settings.channels);
  print_growth (heap, rss, half);
}

/* An application that has many clients has one session for all. */
static void
connect_clients (GPtrArray   *clients,
                 SoupSession *session,
                 guint64      n)
{
  for (guint64 i = 0; i < n; i++)
    {
      PusherClient *client = make_client (session);

      g_ptr_array_add (clients, client);
      subscribe (client, 0, 1);
      pusher_client_open (client);
      wait_for (clients->len);
    }
}

static void
measure_clients (void)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GPtrArray) clients = g_ptr_array_new_with_free_func (g_object_unref);
  guint64 half = settings.count / 2;
  double heap, rss;

  connect_clients (clients, session, half);
  heap = measure_get_heap ();
  rss = measure_get_rss ();
  connect_clients (clients, session, half);
  print_growth (heap, rss, half);
}

/* --- Wake-ups ------------------------------------------------------------ */

static gint64 idle_end; /* µs; 0 before */
static guint64 n_timers;
static guint64 n_arrivals;

static int
count_poll (GPollFD *fds,
            guint    n_fds,
            int      timeout)
{
  gint64 left = (idle_end - g_get_monotonic_time ()) / 1000;
  gboolean cut = idle_end > 0 && (timeout < 0 || timeout > left);
  int n_ready = g_poll (fds, n_fds, cut ? MAX (left, 0) : timeout);

  if (n_ready > 0)
    n_arrivals++;
  else if (!cut && timeout != 0)
    n_timers++;

  return n_ready;
}

static void
measure_idle (void)
{
  g_autoptr (PusherClient) client = make_client (NULL);
  struct rusage before, after;
  gint64 duration = settings.count * settings.activity_timeout * G_USEC_PER_SEC;

  g_main_context_set_poll_func (NULL, count_poll);
  pusher_client_open (client);
  subscribe (client, 0, 1);
  wait_for (1);

  n_timers = n_arrivals = 0;
  getrusage (RUSAGE_SELF, &before);
  idle_end = g_get_monotonic_time () + duration;
  while (g_get_monotonic_time () < idle_end)
    g_main_context_iteration (NULL, TRUE);
  getrusage (RUSAGE_SELF, &after);

  measure_print ("timers", (double) n_timers / settings.count);
  measure_print ("arrivals", (double) n_arrivals / settings.count);
  measure_print ("sleeps", (double) (after.ru_nvcsw - before.ru_nvcsw) / settings.count);
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char *work;
    void (*measure) (void);
  } works[] = {
    { "subscribe", measure_subscriptions },
    { "channels", measure_channels },
    { "clients", measure_clients },
    { "idle", measure_idle },
  };

  settings_parse (&settings, argc, argv);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++)
    if (g_str_equal (settings.work, works[i].work))
      works[i].measure ();
  measure_done ();

  return 0;
}
