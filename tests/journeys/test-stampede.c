/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Many clients of one server that goes away and comes back: they must not all
 * come back at the same time.
 *
 * The delays double with each attempt that fails, and each is anything between 0
 * and its ceiling. How far the clients are spread depends on how far the ceilings
 * have grown, and so on how long the server was away: after a restart of a second
 * they are soon back, and close together. */

#include "connection/pusher-connection-private.h"
#include "fixture.h"
#include "protocol/pusher-backoff-private.h"

#include <malloc.h>
#include <sys/resource.h>

#define N_CLIENTS 1000
#define SEED 4200
#define STEP SECONDS (0.5) /* attempts within it are made together */
#define LAST_CEILING 30 /* seconds */
#define BAR "##################################################"

typedef struct
{
  Fixture fixture;
  GPtrArray *clients;
} Stampede;

/* The server was away for so many seconds. Where it was long enough, no second has
 * more than a tenth of the clients; the others have what this way of waiting can
 * give, which for no time at all is nothing: the first delay is at most half a
 * second, and who is told to come back does so at once. */
typedef struct
{
  guint seconds;
  gboolean tells; /* clients that it goes, and that they shall come back */
  guint most;     /* percent of the clients in one second */
} Outage;

static const Outage outages[] = {
  { 0, FALSE, 100 }, { 1, FALSE, 75 }, { 3, FALSE, 38 },
  { 10, FALSE, 20 }, { 30, FALSE, 10 }, { 120, FALSE, 10 },
  { 0, TRUE, 100 },  { 1, TRUE, 75 },  { 3, TRUE, 38 },
  { 10, TRUE, 20 },  { 30, TRUE, 10 },  { 120, TRUE, 10 },
};

/* Those that real clients go through. */
static const Outage real_outages[] = {
  { 0, FALSE, 100 }, { 3, FALSE, 38 }, { 30, FALSE, 10 }, { 0, TRUE, 100 },
};

static gboolean
is_connected (PusherClient *client)
{
  return pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_CONNECTED;
}

/* Until nobody is in the middle of something: all are connected, or wait. As the
 * clock stands still meanwhile, they stay so. */
static void
wait_until_settled (Stampede *self)
{
  for (guint i = 0; i < self->clients->len; i++)
    {
      PusherClient *client = self->clients->pdata[i];

      wait_until (is_connected (client) || pusher_client_get_retry_at (client) != 0);
    }
}

static guint
count_connected (Stampede *self)
{
  guint n = 0;

  for (guint i = 0; i < self->clients->len; i++)
    n += is_connected (self->clients->pdata[i]) ? 1 : 0;

  return n;
}

/* --- Time ---------------------------------------------------------------- */

static gint64
get_next_attempt (Stampede *self)
{
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < self->clients->len; i++)
    {
      gint64 retry_at = pusher_client_get_retry_at (self->clients->pdata[i]);

      if (retry_at != 0)
        next = MIN (next, retry_at);
    }

  return next;
}

/* Moves the clock to the next step in which somebody tries, but not over the end,
 * and lets the attempts succeed or fail. Returns: how many there were */
static guint
advance (Stampede *self,
         gint64    end)
{
  gint64 *now = &self->fixture.now;
  gint64 next = get_next_attempt (self);
  guint n = 0;

  if (next > *now)
    *now = MIN (end, *now + (next - *now + STEP - 1) / STEP * STEP);
  if (next > *now)
    return 0;

  for (guint i = 0; i < self->clients->len; i++)
    {
      PusherClient *client = self->clients->pdata[i];
      gint64 retry_at = pusher_client_get_retry_at (client);

      if (retry_at != 0 && retry_at <= *now)
        {
          pusher_connection_check_timers (pusher_client_get_connection (client));
          n++;
        }
    }
  wait_until_settled (self);

  return n;
}

/* --- The test ------------------------------------------------------------ */

static void
go_away (Stampede *self,
         gboolean  tells)
{
  if (tells)
    pusher_test_server_stop (self->fixture.server);
  else
    pusher_test_server_kill (self->fixture.server);
  for (guint i = 0; i < self->clients->len; i++)
    wait_until (!is_connected (self->clients->pdata[i]));
}

static void
print_histogram (const Outage *outage,
                 const guint  *seconds,
                 guint         n_attempts,
                 guint         n_clients)
{
  guint last = LAST_CEILING;

  while (last > 0 && seconds[last] == 0)
    last--;

  g_test_message ("%s for %u s, %u attempts in vain; back in the second after it came back:",
                  outage->tells ? "stopped" : "crashed", outage->seconds, n_attempts);
  for (guint i = 0; i <= last; i++)
    g_test_message ("%4u s %5.1f %% %.*s", i, 100.0 * seconds[i] / n_clients,
                    (int) (50 * seconds[i] / n_clients), BAR);
}

static void
assert_spread (const Outage *outage,
               const guint  *seconds,
               guint         n_clients)
{
  for (guint i = 0; i <= LAST_CEILING; i++)
    g_assert_cmpint (seconds[i] * 100, <=, outage->most * n_clients);
}

static void
check_outage (Stampede     *self,
              const Outage *outage)
{
  guint n_clients = self->clients->len;
  guint seconds[LAST_CEILING + 1] = { 0 };
  guint n_attempts = 0;
  gint64 back = self->fixture.now + SECONDS (outage->seconds);

  go_away (self, outage->tells);
  wait_until_settled (self);
  while (self->fixture.now < back)
    n_attempts += advance (self, back);
  g_assert_cmpint (count_connected (self), ==, 0);

  fixture_start_server (&self->fixture);
  for (guint n = 0; n < n_clients; n = count_connected (self))
    {
      gint64 late;

      advance (self, G_MAXINT64);
      late = self->fixture.now - back;
      g_assert_cmpint (late, <=, SECONDS (LAST_CEILING) + STEP);
      seconds[MIN (late / SECONDS (1), LAST_CEILING)] += count_connected (self) - n;
    }

  print_histogram (outage, seconds, n_attempts, n_clients);
  if (n_clients == N_CLIENTS)
    assert_spread (outage, seconds, n_clients);
}

static void
test_outages (Stampede     *self,
              gconstpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (real_outages); i++)
    {
      check_outage (self, &real_outages[i]);

      /* So long that the next failure is the first one again. */
      self->fixture.now += SECONDS (61);
    }
}

/* The delays alone, for more clients and outages than there is time for. */
static void
test_delays (void)
{
  const guint n_clients = 10 * N_CLIENTS;
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);

  for (gsize i = 0; i < G_N_ELEMENTS (outages); i++)
    {
      guint seconds[LAST_CEILING + 1] = { 0 };
      guint n_attempts = 0;
      gint64 back = SECONDS (outages[i].seconds);

      for (guint n = 0; n < n_clients; n++)
        {
          gint64 time = outages[i].tells ? 0 : pusher_backoff_delay (0, g_rand_double (rand), 0);

          for (guint n_failures = 1; time < back; n_failures++, n_attempts++)
            time += pusher_backoff_delay (n_failures, g_rand_double (rand), 0);
          g_assert_cmpint (time - back, <=, SECONDS (LAST_CEILING));
          seconds[(time - back) / SECONDS (1)]++;
        }

      print_histogram (&outages[i], seconds, n_attempts, n_clients);
      assert_spread (&outages[i], seconds, n_clients);
    }
}

/* --- Making it ----------------------------------------------------------- */

static gsize
get_memory (void)
{
  return mallinfo2 ().uordblks;
}

/* A client and its part of the server have a socket each, and an own session each
 * client: one session for a thousand is slow, as it looks through all that it has
 * for whatever happens to one. */
static void
allow_sockets (guint n)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  if (limit.rlim_cur >= n)
    return;

  limit.rlim_cur = MIN (n, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
}

static void
make_clients (Stampede *self,
              guint     n_clients)
{
  gsize at_first = get_memory ();
  gsize made;

  for (guint i = 0; i < n_clients; i++)
    g_ptr_array_add (self->clients, fixture_new_client (&self->fixture));
  made = get_memory ();
  for (guint i = 0; i < n_clients; i++)
    pusher_client_open (self->clients->pdata[i]);
  for (guint i = 0; i < n_clients; i++)
    wait_until (is_connected (self->clients->pdata[i]));

  g_test_message ("%u clients, of %" G_GSIZE_FORMAT " bytes each; connected, and with their "
                  "part of the server, %" G_GSIZE_FORMAT, n_clients,
                  (made - at_first) / n_clients, (get_memory () - at_first) / n_clients);
}

static void
set_up (Stampede     *self,
        gconstpointer user_data)
{
  guint n_clients = scale_number (N_CLIENTS);

  allow_sockets (2 * n_clients + 100);
  fixture_set_up (&self->fixture, NULL);
  fixture_drop_client (&self->fixture);
  self->fixture.rand = g_rand_new_with_seed (SEED);
  self->clients = g_ptr_array_new ();
  make_clients (self, n_clients);
}

static void
tear_down (Stampede     *self,
           gconstpointer user_data)
{
  for (guint i = 0; i < self->clients->len; i++)
    g_assert_finalize_object (G_OBJECT (self->clients->pdata[i]));
  g_ptr_array_unref (self->clients);
  wait_until (pusher_test_server_get_n_connections (self->fixture.server) == 0);
  fixture_tear_down (&self->fixture, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  be_quiet ();

  g_test_add_func ("/stampede/delays", test_delays);
  g_test_add ("/stampede/clients", Stampede, NULL, set_up, test_outages, tear_down);

  return g_test_run ();
}
