/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What nobody thought of: an application and a server that do anything at any
 * moment. In the end there is peace, and the client has every channel that the
 * application wants, once, and keeps to the protocol all the time.
 *
 * PUSHER_TEST_RUNS=1000 for more runs than usual.
 */

#include "fixture.h"

#define N_RUNS 60
#define N_STEPS 80
#define N_NAMES 4

static const char *const names[N_NAMES] = { "a", "b", "cache-c", "d" };

typedef struct
{
  Fixture fixture;
  GRand *rand;
  guint n_pending; /* asynchronous calls */
  guint depth;     /* of handlers that act */
  gboolean was_silent; /* the server: what it did not say is lost */
  gboolean peace;
  guint n_ticks;
} World;

static void act (World *world);

static guint
draw (World *world,
      guint  n)
{
  return (guint) g_rand_int_range (world->rand, 0, (int) n);
}

/* --- Handlers ------------------------------------------------------------ */

/* Of any signal. */
static void
signal_cb (World *world)
{
  if (world->peace || world->depth > 2 || draw (world, 6) != 0)
    return;

  world->depth++;
  act (world);
  world->depth--;
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  World *world = user_data;

  g_assert_cmpuint (world->n_pending, >, 0);
  world->n_pending--;
  signal_cb (world);
}

static void
watch (World      *world,
       gpointer    object,
       const char *signal)
{
  g_signal_connect_swapped (object, signal, G_CALLBACK (signal_cb), world);
}

static void
watch_client (World *world)
{
  static const char *const signals[] = { "notify", "event", "error", "connecting-in" };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    watch (world, world->fixture.client, signals[i]);
  watch (world, pusher_client_get_channels (world->fixture.client), "items-changed");
}

static void
watch_channel (World         *world,
               PusherChannel *channel)
{
  static const char *const signals[] = {
    "notify", "event", "event::tick", "subscription-succeeded", "subscription-error", "cache-miss",
    "gap",
  };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    watch (world, channel, signals[i]);
}

/* --- The application ----------------------------------------------------- */

static GCancellable *
draw_cancellable (World *world)
{
  GCancellable *cancellable = draw (world, 3) == 0 ? g_cancellable_new () : NULL;

  if (cancellable != NULL && draw (world, 2) == 0)
    g_cancellable_cancel (cancellable);

  world->n_pending++;

  return cancellable;
}

static void
act_on_channel (World *world)
{
  PusherClient *client = world->fixture.client;
  const char *name = names[draw (world, N_NAMES)];
  PusherChannel *channel = pusher_client_get_channel (client, name);
  g_autoptr (PusherChannel) kept = NULL;
  g_autoptr (GCancellable) cancellable = NULL;

  switch (draw (world, 6))
    {
    case 0:
    case 1:
      if (channel == NULL)
        {
          channel = pusher_client_subscribe (client, name, NULL);
          if (channel != NULL)
            watch_channel (world, channel);
        }
      break;
    case 2:
      cancellable = draw_cancellable (world);
      pusher_client_subscribe_async (client, name, cancellable, result_cb, world);
      break;
    case 3:
      if (channel != NULL)
        {
          kept = g_object_ref (channel);
          pusher_channel_unsubscribe (kept);
          pusher_channel_resubscribe (kept, NULL);
        }
      break;
    case 4:
      if (channel != NULL)
        pusher_channel_resubscribe (channel, NULL);
      break;
    default:
      pusher_client_unsubscribe (client, name);
      break;
    }
}

static void
act_on_client (World *world)
{
  PusherClient *client = world->fixture.client;
  g_autoptr (GCancellable) cancellable = NULL;

  switch (draw (world, 10))
    {
    case 0:
    case 1:
    case 2:
      pusher_client_open (client);
      break;
    case 3:
      cancellable = draw_cancellable (world);
      pusher_client_open_async (client, cancellable, result_cb, world);
      break;
    case 4:
      pusher_client_close (client);
      break;
    case 5:
      cancellable = draw_cancellable (world);
      pusher_client_close_async (client, cancellable, result_cb, world);
      break;
    case 6:
    case 7:
      pusher_client_reconnect_now (client);
      break;
    default:
      cancellable = draw_cancellable (world);
      pusher_client_ping_async (client, cancellable, result_cb, world);
      break;
    }
}

/* --- The server ---------------------------------------------------------- */

static void
act_on_messages (World *world)
{
  static const char *const texts[] = {
    "{\"event\":\"pusher:error\",\"data\":{\"code\":4200}}",
    "{\"event\":\"pusher:ping\"}",
    "{\"event\":\"pusher:pong\"}",
    "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"1.1\"}}",
    "{\"event\":\"pusher:cache_miss\",\"channel\":\"a\"}",
    ("{\"event\":\"pusher_internal:subscription_count\",\"channel\":\"b\","
     "\"data\":{\"subscription_count\":1}}"),
    "nonsense",
  };

  if (draw (world, 2) == 0)
    pusher_test_server_publish (world->fixture.server, names[draw (world, N_NAMES)], "tick", "",
                                NULL);
  else
    pusher_test_faults_send_text (world->fixture.faults, NULL,
                                  texts[draw (world, G_N_ELEMENTS (texts))]);
}

static void
act_on_connections (World *world)
{
  static const guint codes[] = { 1000, 1001, 1011, 4001, 4100, 4200, 4201, 4302 };
  PusherTestServer *server = world->fixture.server;
  PusherTestFaults *faults = world->fixture.faults;
  guint code = codes[draw (world, G_N_ELEMENTS (codes))];

  switch (draw (world, 8))
    {
    case 0:
      pusher_test_faults_cut_connections (faults);
      break;
    case 1:
      pusher_test_faults_reset_connections (faults);
      break;
    case 2:
      pusher_test_faults_close_connections (faults, code, "");
      break;
    case 3:
      pusher_test_faults_refuse (faults, draw (world, 2) == 0 ? 4100 : 0, "");
      break;
    case 4:
      world->was_silent |= draw (world, 4) == 0;
      pusher_test_faults_set_silent (faults, world->was_silent && draw (world, 2) == 0);
      break;
    case 5:
      pusher_test_faults_set_http_status (faults, draw (world, 2) == 0 ? 503 : 0);
      break;
    case 6:
      if (draw (world, 2) == 0)
        pusher_test_server_kill (server);
      else
        pusher_test_server_stop (server);
      break;
    default:
      pusher_test_server_start (server, NULL);
      break;
    }
}

static void
act (World *world)
{
  switch (draw (world, 8))
    {
    case 0:
    case 1:
    case 2:
      act_on_channel (world);
      break;
    case 3:
    case 4:
      act_on_client (world);
      break;
    case 5:
      act_on_connections (world);
      break;
    default:
      act_on_messages (world);
      break;
    }
}

/* --- Runs ---------------------------------------------------------------- */

static void
step (World *world)
{
  act (world);

  for (guint i = draw (world, 12); i > 0; i--)
    g_main_context_iteration (NULL, FALSE);

  world->fixture.random = g_rand_double (world->rand);
  if (draw (world, 4) == 0)
    fixture_advance (&world->fixture, SECONDS (draw (world, 40)));
  else if (pusher_client_get_retry_at (world->fixture.client) != 0 && draw (world, 2) == 0)
    fixture_advance (&world->fixture, MAX (fixture_get_delay (&world->fixture), 0));
}

static void
tick_cb (World *world)
{
  world->n_ticks++;
}

static void
make_peace (World *world)
{
  Fixture *fixture = &world->fixture;
  GListModel *channels = pusher_client_get_channels (fixture->client);
  guint n_channels;

  world->peace = TRUE;
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  pusher_test_faults_refuse (fixture->faults, 0, NULL);
  pusher_test_faults_set_http_status (fixture->faults, 0);
  pusher_test_server_start (fixture->server, NULL);

  /* Whatever state it is in: at most one attempt more */
  pusher_client_open (fixture->client);
  fixture_settle (fixture);
  pusher_client_open (fixture->client);
  if (world->was_silent ||
      pusher_client_get_state (fixture->client) != PUSHER_CONNECTION_STATE_CONNECTED)
    pusher_client_reconnect_now (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  pusher_client_subscribe (fixture->client, "a", NULL);

  n_channels = g_list_model_get_n_items (channels);
  for (guint i = 0; i < n_channels; i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);
      const char *name = pusher_channel_get_name (channel);

      wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
      g_signal_connect_swapped (channel, "event::tick", G_CALLBACK (tick_cb), world);
      pusher_test_server_publish (fixture->server, name, "tick", "", NULL);
    }
  fixture_sync (fixture);
  for (guint i = 0; i < N_NAMES; i++)
    g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, names[i]), ==,
                      pusher_client_get_channel (fixture->client, names[i]) != NULL);

  g_assert_cmpuint (world->n_ticks, ==, n_channels);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
}

static void
run (guint32 seed)
{
  World world = { { NULL } };

  g_test_message ("seed %u", seed);
  world.rand = g_rand_new_with_seed (seed);
  fixture_set_up (&world.fixture, NULL);
  watch_client (&world);
  pusher_client_open (world.fixture.client);

  for (guint i = 0; i < N_STEPS; i++)
    step (&world);

  make_peace (&world);
  g_test_message ("seed %u: %u attempts to connect", seed,
                  pusher_test_server_get_n_attempts (world.fixture.server));
  pusher_client_close (world.fixture.client);
  wait_until (world.n_pending == 0);
  fixture_tear_down (&world.fixture, NULL);
  g_rand_free (world.rand);
}

static void
test_random (void)
{
  const char *n_runs = g_getenv ("PUSHER_TEST_RUNS");
  const char *first = g_getenv ("PUSHER_TEST_SEED");
  guint32 seed = first != NULL ? (guint32) g_ascii_strtoull (first, NULL, 10) : 1;
  guint n = n_runs != NULL ? (guint) g_ascii_strtoull (n_runs, NULL, 10) : N_RUNS;

  for (guint i = 0; i < n; i++)
    {
      run (seed + i);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/random-actions", test_random);

  return g_test_run ();
}
