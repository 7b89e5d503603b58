/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Runs each fault of a group at each state, as a test case of its own, and then
 * compares what came of them with the table in doc/reliability.md:
 *
 * test-faults-GROUP --write PAGE    puts the table into the page
 */

#include "report.h"
#include "states.h"

#include <locale.h>

/* The virtual time that passes between two looks at the client. All timeouts and
 * delays of the suite are multiples of it. */
#define STEP SECONDS (0.25)

/* The default of the client, in seconds */
#define SUBSCRIPTION_TIMEOUT 30

#define HOUR SECONDS (3600)
#define PATIENCE SECONDS (600)

typedef struct
{
  const Fault *fault;
  const State *state;
  guint column;
} Cell;

static Report *report;
static const char *page_to_write;

/* --- Detection ----------------------------------------------------------- */

static Outcome
get_expected (const Cell *cell)
{
  if (cell->state->id == STATE_CLOSING)
    return CLOSED;
  if (cell->state->id == STATE_CONNECTING && cell->fault->connecting_outcome != 0)
    return cell->fault->connecting_outcome;
  if (cell->state->id == STATE_PENDING && cell->fault->pending_outcome != 0)
    return cell->fault->pending_outcome;

  return cell->fault->outcome;
}

static gboolean
is_detected (Rig     *rig,
             Outcome  outcome)
{
  if (outcome == FAILED)
    return rig->n_refusals == RIG_N_CHANNELS - 1;

  return rig->n_errors > 0;
}

static void
step (Rig *rig)
{
  rig_advance (rig, STEP);
  rig_drain (rig);
}

/* Moves the clock until something is so. The fault knows of the time that
 * passes. */
static void
step_until (Rig        *rig,
            const Cell *cell,
            gboolean  (*condition) (Rig    *rig,
                                    Outcome outcome))
{
  gint64 begin = rig->fixture.now;

  rig_settle (rig);
  while (!condition (rig, get_expected (cell)))
    {
      g_assert_cmpint (rig->fixture.now, <, begin + PATIENCE);
      rig_advance (rig, STEP);
      if (condition (rig, get_expected (cell)))
        return;
      if (cell->fault->tick != NULL && (rig->fixture.now - begin) % SECONDS (1) == 0)
        cell->fault->tick (rig);
      rig_drain (rig);
    }
}

static void
await_detection (Rig        *rig,
                 const Cell *cell)
{
  if (cell->fault->silent)
    step_until (rig, cell, is_detected);
  else
    wait_until (is_detected (rig, get_expected (cell)));
}

/* --- The truth, before the fault is lifted ------------------------------- */

static void
assert_no_channel_is_subscribed (Rig *rig)
{
  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    g_assert_cmpint (pusher_channel_get_state (rig->channels[i]), ==,
                     PUSHER_CHANNEL_STATE_PENDING);
}

static void
assert_not_connected (Rig                  *rig,
                      PusherConnectionState state)
{
  PusherClient *client = rig->fixture.client;
  PusherConnectionState shown = pusher_client_get_state (client);

  /* Which is CONNECTING for so many seconds */
  if (state == PUSHER_CONNECTION_STATE_CONNECTING)
    g_assert_true (shown == state || shown == PUSHER_CONNECTION_STATE_UNAVAILABLE);
  else
    g_assert_cmpint (shown, ==, state);

  g_assert_null (pusher_client_get_socket_id (client));
  assert_no_channel_is_subscribed (rig);
}

static void
assert_code (Rig         *rig,
             const Fault *fault)
{
  const GError *error = pusher_client_get_last_error (rig->fixture.client);

  g_assert_nonnull (error);
  if (fault->code >= 4000)
    g_assert_error (error, PUSHER_SERVER_ERROR, (int) fault->code);
}

static void
assert_nothing_for_an_hour (Rig *rig)
{
  guint n_attempts = rig_get_n_attempts (rig);
  guint n_errors = rig->n_errors;

  rig_advance (rig, HOUR);
  rig_settle (rig);
  g_assert_cmpuint (rig_get_n_attempts (rig), ==, n_attempts);
  g_assert_cmpuint (rig->n_errors, ==, n_errors);
}

/* --- Recovery ------------------------------------------------------------ */

static void
lift (Rig        *rig,
      const Cell *cell)
{
  rig_lift (rig);
  if (cell->fault->lift != NULL)
    cell->fault->lift (rig);
}

static gboolean
attempt_has_ended (Rig *rig)
{
  return pusher_client_get_state (rig->fixture.client) == PUSHER_CONNECTION_STATE_CONNECTED ||
         rig_is_waiting (rig);
}

static void
recover_from_loss (Rig *rig)
{
  while (pusher_client_get_state (rig->fixture.client) != PUSHER_CONNECTION_STATE_CONNECTED)
    {
      if (rig_is_waiting (rig))
        rig_advance (rig, fixture_get_delay (&rig->fixture));
      wait_until (attempt_has_ended (rig));
    }
  wait_until (rig_is_subscribed (rig));
}

/* The client tries again and again, in vain, and says so. */
static void
endure (Rig        *rig,
        const Cell *cell)
{
  if (cell->fault->duration == 0)
    return;

  for (guint i = 0; i < cell->fault->duration * (SECONDS (1) / STEP); i++)
    step (rig);
  g_assert_cmpint (pusher_client_get_state (rig->fixture.client), ==,
                   PUSHER_CONNECTION_STATE_UNAVAILABLE);
  g_assert_nonnull (pusher_client_get_last_error (rig->fixture.client));
}

static char *
end_lost (Rig        *rig,
          const Cell *cell)
{
  gint64 detected_at = rig->fixture.now;
  gint64 lifted_at;

  assert_not_connected (rig, PUSHER_CONNECTION_STATE_CONNECTING);
  assert_code (rig, cell->fault);
  endure (rig, cell);
  lift (rig, cell);
  lifted_at = rig->fixture.now;
  recover_from_loss (rig);

  return g_strdup_printf ("%g s + %g s",
                          (detected_at - rig->injected_at) / (double) G_USEC_PER_SEC,
                          (rig->fixture.now - lifted_at) / (double) G_USEC_PER_SEC);
}

static char *
end_refused (Rig        *rig,
             const Cell *cell)
{
  char *text = g_strdup_printf (
    "%g s, refused", (rig->fixture.now - rig->injected_at) / (double) G_USEC_PER_SEC);

  assert_not_connected (rig, PUSHER_CONNECTION_STATE_FAILED);
  assert_code (rig, cell->fault);
  g_assert_cmpint (pusher_client_get_retry_at (rig->fixture.client), ==, 0);
  lift (rig, cell);
  assert_nothing_for_an_hour (rig);
  rig_end_calls (rig);

  rig_open (rig);
  wait_until (rig_is_subscribed (rig));

  return text;
}

static char *
end_kept (Rig        *rig,
          const Cell *cell)
{
  PusherClient *client = rig->fixture.client;
  g_autofree char *socket_id = g_strdup (pusher_client_get_socket_id (client));
  char *text = g_strdup_printf (
    "%g s, kept", (rig->fixture.now - rig->injected_at) / (double) G_USEC_PER_SEC);

  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_CONNECTED);
  lift (rig, cell);
  wait_until (rig_is_subscribed (rig));
  assert_nothing_for_an_hour (rig);
  g_assert_cmpuint (rig->n_errors, ==, 1);
  g_assert_cmpstr (pusher_client_get_socket_id (client), ==, socket_id);

  return text;
}

static char *
end_closed (Rig        *rig,
            const Cell *cell)
{
  rig_settle (rig);
  assert_not_connected (rig, PUSHER_CONNECTION_STATE_DISCONNECTED);
  g_assert_cmpint (pusher_client_get_retry_at (rig->fixture.client), ==, 0);
  lift (rig, cell);
  rig_end_calls (rig);
  assert_nothing_for_an_hour (rig);
  g_assert_cmpuint (rig->n_errors, ==, 0);

  rig_open (rig);
  wait_until (rig_is_subscribed (rig));

  return g_strdup ("closed");
}

/* Channels that are not authorized say so, and the others go on. */
static char *
end_failed (Rig        *rig,
            const Cell *cell)
{
  char *text = g_strdup_printf (
    "%g s, failed", (rig->fixture.now - rig->injected_at) / (double) G_USEC_PER_SEC);

  g_assert_cmpint (pusher_channel_get_state (rig->channels[RIG_PUBLIC]), ==,
                   PUSHER_CHANNEL_STATE_SUBSCRIBED);
  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    if (i != RIG_PUBLIC)
      g_assert_cmpint (pusher_channel_get_state (rig->channels[i]), ==,
                       PUSHER_CHANNEL_STATE_FAILED);
  g_assert_cmpuint (rig->n_errors, ==, 0);

  lift (rig, cell);
  for (guint i = 0; i < RIG_N_CHANNELS; i++)
    pusher_channel_resubscribe (rig->channels[i], NULL);
  wait_until (rig_is_subscribed (rig));

  return text;
}

static gboolean
all_are_subscribed (Rig    *rig,
                    Outcome outcome)
{
  return rig_is_subscribed (rig);
}

/* Nobody has to do anything. The application is told what takes too long. */
static char *
end_delayed (Rig        *rig,
             const Cell *cell)
{
  gint64 lifted_at;

  for (guint i = 0; i < cell->fault->duration * (SECONDS (1) / STEP); i++)
    {
      step (rig);
      g_assert_false (rig_is_subscribed (rig));
    }

  lift (rig, cell);
  lifted_at = rig->fixture.now;
  step_until (rig, cell, all_are_subscribed);
  g_assert_cmpuint (rig->n_refusals, ==,
                    cell->fault->duration > SUBSCRIPTION_TIMEOUT ? RIG_N_CHANNELS - 1 : 0);
  g_assert_cmpuint (rig->n_errors, ==, 0);

  return g_strdup_printf ("%g s", (rig->fixture.now - lifted_at) / (double) G_USEC_PER_SEC);
}

/* --- A cell -------------------------------------------------------------- */

static char *
end (Rig        *rig,
     const Cell *cell)
{
  switch (get_expected (cell))
    {
    case CLOSED:
      return end_closed (rig, cell);
    case DELAYED:
      rig_settle (rig);
      return end_delayed (rig, cell);
    case FAILED:
      await_detection (rig, cell);
      return end_failed (rig, cell);
    case KEPT:
      await_detection (rig, cell);
      return end_kept (rig, cell);
    case REFUSED:
      await_detection (rig, cell);
      return end_refused (rig, cell);
    case LOST:
      await_detection (rig, cell);
      return end_lost (rig, cell);
    default:
      g_assert_not_reached ();
    }
}

static void
test_cell (gconstpointer user_data)
{
  const Cell *cell = user_data;
  g_autofree char *text = NULL;
  Rig rig = { 0 };

  rig_set_up (&rig, fault_group.with_endpoint);
  if (cell->fault->prepare != NULL)
    cell->fault->prepare (&rig, cell->state->id);
  cell->state->enter (&rig);

  rig.n_errors = 0;
  rig.n_refusals = 0;
  cell->fault->inject (&rig, cell->fault);
  if (cell->state->proceed != NULL)
    cell->state->proceed (&rig);
  rig.injected_at = rig.fixture.now;

  /* Time has to tell: a ping would make it hurry. */
  if (!cell->fault->silent && cell->fault->duration == 0)
    rig_ping (&rig);

  text = end (&rig, cell);
  rig_assert_all_is_well (&rig);
  rig_tear_down (&rig);
  report_set (report, cell->fault->title, cell->column, text);
}

static void
test_table (void)
{
  g_autofree char *page =
    g_test_build_filename (G_TEST_DIST, "..", "doc", "reliability.md", NULL);

  report_print (report);
  if (page_to_write != NULL)
    report_write (report, page_to_write);
  else
    report_compare (report, page);
}

static void
add_cells (const State *states)
{
  for (guint i = 0; i < fault_group.n_faults; i++)
    for (guint j = 0, column = 0; states[j].title != NULL; j++)
      {
        const Fault *fault = &fault_group.faults[i];
        g_autofree char *path =
          g_strdup_printf ("/faults/%s/%s", fault->path, states[j].path);
        Cell cell = { fault, &states[j], column };

        if (fault->states & states[j].id)
          g_test_add_data_func_full (path, g_memdup2 (&cell, sizeof cell), test_cell, g_free);
        if (fault_group.states & states[j].id)
          column++;
      }
}

static Report *
new_report (const State *states)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) columns = NULL;

  for (guint i = 0; states[i].title != NULL; i++)
    if (fault_group.states & states[i].id)
      g_strv_builder_add (builder, states[i].title);
  columns = g_strv_builder_end (builder);

  return report_new (fault_group.name, (const char *const *) columns);
}

int
main (int    argc,
      char **argv)
{
  const State *states =
    fault_group.with_endpoint ? states_with_endpoint : states_with_secret;
  g_autofree char *path = g_strdup_printf ("/table/%s", fault_group.name);
  int status;

  setlocale (LC_ALL, "");

  g_test_init (&argc, &argv, NULL);
  if (argc == 3 && g_str_equal (argv[1], "--write"))
    page_to_write = argv[2];

  report = new_report (states);
  add_cells (states);
  g_test_add_func (path, test_table);
  status = g_test_run ();
  report_free (report);

  return status;
}
