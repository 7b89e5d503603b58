/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* growth [SCALE]
 *
 * What many of a thing cost: for each case and each of three numbers, of which the
 * second is twice and the third four times the first, a line with the case, the number,
 * the seconds that the processor took, and the bytes that were taken and not given
 * back. What counts happens within measured(), of which callgrind is told: see
 * check-growth. The numbers are SCALE times as large, unless something bounds them. */

#include "growth.h"

#include "meter.h"

#include <stdio.h>

#define START (1000 * (gint64) G_USEC_PER_SEC)

/* --- A client ------------------------------------------------------------ */

static gint64
get_now (gpointer user_data)
{
  return ((Growth *) user_data)->now;
}

static double
get_random (gpointer user_data)
{
  return 0;
}

PusherClient *
growth_new_client (Growth *self)
{
  const PusherClock clock = { get_now, get_random, self };
  PusherClient *client = pusher_client_new ("key", "eu");

  pusher_connection_set_clock (pusher_client_get_connection (client), &clock);
  pusher_client_set_max_message_size (client, G_GUINT64_CONSTANT (1) << 30);

  return client;
}

static void
connect_client (Growth *self)
{
  self->transport = fake_transport_get_last ();
  fake_transport_welcome (self->transport);
  g_assert_cmpint (pusher_client_get_state (self->client), ==, PUSHER_CONNECTION_STATE_CONNECTED);
}

void
growth_reconnect (Growth *self)
{
  fake_transport_lose (self->transport);
  pusher_client_reconnect_now (self->client);
  connect_client (self);
}

PusherChannel *
growth_subscribe (Growth     *self,
                  const char *name)
{
  g_autoptr (GError) error = NULL;
  PusherChannel *channel = pusher_client_subscribe (self->client, name, &error);

  g_assert_no_error (error);

  return channel;
}

void
growth_confirm (Growth     *self,
                const char *name,
                const char *data)
{
  fake_transport_sayf (self->transport,
                       "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"%s\","
                       "\"data\":%s}", name, data);
}

static void
set_up (Growth *self,
        guint   n)
{
  *self = (Growth) { .now = START, .n = n };
  self->objects = g_ptr_array_new_with_free_func (g_object_unref);
  self->client = growth_new_client (self);
  g_assert_true (pusher_client_use_secret (self->client, "secret", "{\"user_id\":\"me\"}", NULL));
  pusher_client_open (self->client);
  connect_client (self);
}

static void
tear_down (Growth *self)
{
  g_ptr_array_unref (self->objects);
  g_clear_object (&self->client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fake_transports->len, ==, 0);
}

/* --- Measuring ----------------------------------------------------------- */

void measured (Growth           *self,
               const GrowthCase *growth_case);

/* A name for callgrind, which the compiler must not do away with. */
G_NO_INLINE void
measured (Growth           *self,
          const GrowthCase *growth_case)
{
  growth_case->run (self);
}

/* What is made once, whatever the number */
static void
warm_up (const GrowthCase *growth_case)
{
  Growth growth;

  set_up (&growth, 100);
  if (growth_case->prepare != NULL)
    growth_case->prepare (&growth);
  growth.n_told = 0;
  growth_case->run (&growth);
  tear_down (&growth);
}

static void
measure (const GrowthCase *growth_case,
         guint             n)
{
  Growth growth;
  gsize heap;
  double cpu;

  set_up (&growth, n);
  if (growth_case->prepare != NULL)
    growth_case->prepare (&growth);
  growth.n_told = 0;

  heap = meter_heap ();
  cpu = meter_cpu ();
  measured (&growth, growth_case);
  cpu = meter_cpu () - cpu;
  printf ("%s %u %.6f %" G_GSSIZE_FORMAT "\n", growth_case->name, n, cpu,
          (gssize) (meter_heap () - heap));

  tear_down (&growth);
}

static void
drop_log (const char    *domain,
          GLogLevelFlags level,
          const char    *message,
          gpointer       user_data)
{
}

int
main (int    argc,
      char **argv)
{
  guint scale = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 1;

  g_log_set_handler ("Pusher", G_LOG_LEVEL_DEBUG, drop_log, NULL);
  for (guint i = 0; i < n_growth_cases; i++)
    {
      const GrowthCase *growth_case = &growth_cases[i];
      guint number = growth_case->number * (growth_case->bounded ? 1 : scale);

      warm_up (growth_case);
      for (guint factor = 1; factor <= 4; factor *= 2)
        measure (growth_case, number * factor);
    }

  return 0;
}
