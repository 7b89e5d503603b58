/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "connection/pusher-state-table-private.h"
#include "protocol/pusher-close-policy-private.h"

#include <string.h>

typedef void (*CellFunc) (PusherPhase             phase,
                          PusherInput             input,
                          const PusherTransition *transition,
                          gpointer                user_data);

static void
for_each_cell (CellFunc func,
               gpointer user_data)
{
  for (guint phase = PUSHER_PHASE_IDLE; phase < PUSHER_N_PHASES; phase++)
    for (guint input = 0; input < PUSHER_N_INPUTS; input++)
      {
        const PusherTransition *transition = pusher_state_table_lookup (phase, input);

        if (transition->next != PUSHER_PHASE_NONE)
          func (phase, input, transition, user_data);
      }
}

/* --- What a reader checks ------------------------------------------------ */

static gboolean
has (const PusherTransition *transition,
     PusherDo                actions)
{
  return (transition->actions & actions) != 0;
}

static gboolean
has_socket (PusherPhase phase)
{
  return phase == PUSHER_PHASE_ATTEMPTING || phase == PUSHER_PHASE_LIVE;
}

static void
check_socket (PusherPhase             phase,
              PusherInput             input,
              const PusherTransition *transition,
              gpointer                user_data)
{
  gboolean leaves = has (transition, PUSHER_DO_CLOSE | PUSHER_DO_DROP);

  g_test_message ("%s, %s", pusher_phase_to_string (phase), pusher_input_to_string (input));

  /* No socket is forgotten, and none is made beside another. */
  if (has_socket (phase) && !has_socket (transition->next))
    g_assert_true (leaves);
  if (has_socket (phase) && has (transition, PUSHER_DO_ATTEMPT))
    g_assert_true (leaves);
  if (has_socket (phase) && leaves && has_socket (transition->next))
    g_assert_true (has (transition, PUSHER_DO_ATTEMPT));
  if (transition->next == PUSHER_PHASE_ATTEMPTING && phase != PUSHER_PHASE_ATTEMPTING)
    g_assert_true (has (transition, PUSHER_DO_ATTEMPT));
}

static void
check_delay (PusherPhase             phase,
             PusherInput             input,
             const PusherTransition *transition,
             gpointer                user_data)
{
  gboolean schedules = has (transition, PUSHER_DO_AT_ONCE | PUSHER_DO_BACK_OFF);

  /* What waits knows how long for. */
  if (transition->next == PUSHER_PHASE_WAITING && phase != PUSHER_PHASE_WAITING)
    g_assert_true (schedules);
  if (schedules)
    {
      g_assert_cmpint (transition->next, ==, PUSHER_PHASE_WAITING);
      g_assert_true (has (transition, PUSHER_DO_AT_ONCE) != has (transition, PUSHER_DO_BACK_OFF));
      g_assert_true (has (transition, PUSHER_DO_REPORT));
    }
}

static void
check_state (PusherPhase             phase,
             PusherInput             input,
             const PusherTransition *transition,
             gpointer                user_data)
{
  PusherConnectionState state = transition->state;

  /* Connected exactly while it is live. */
  if (transition->next != PUSHER_PHASE_LIVE)
    g_assert_cmpint (state, !=, PUSHER_CONNECTION_STATE_CONNECTED);
  if ((phase == PUSHER_PHASE_LIVE) != (transition->next == PUSHER_PHASE_LIVE))
    g_assert_cmpint (state, !=, PUSHER_STATE_SAME);
  if (transition->next == PUSHER_PHASE_LIVE && phase != PUSHER_PHASE_LIVE)
    g_assert_cmpint (state, ==, PUSHER_CONNECTION_STATE_CONNECTED);

  /* Idle only if the application wants it so or the server refuses. */
  if (transition->next == PUSHER_PHASE_IDLE)
    g_assert_cmpint (state, ==,
                     input == PUSHER_INPUT_REFUSED ? PUSHER_CONNECTION_STATE_FAILED
                                                   : PUSHER_CONNECTION_STATE_DISCONNECTED);
  else
    g_assert_true (input != PUSHER_INPUT_REFUSED && input != PUSHER_INPUT_CLOSE &&
                   input != PUSHER_INPUT_ABANDON);
}

static void
test_invariants (void)
{
  for_each_cell (check_socket, NULL);
  for_each_cell (check_delay, NULL);
  for_each_cell (check_state, NULL);
}

static void
test_every_phase (void)
{
  static const PusherInput anytime[] = {
    PUSHER_INPUT_OPEN, PUSHER_INPUT_CLOSE, PUSHER_INPUT_ABANDON,
  };
  static const PusherInput ends[] = {
    PUSHER_INPUT_LOST, PUSHER_INPUT_ASKED_TO_RETRY,
    PUSHER_INPUT_ASKED_FOR_TLS, PUSHER_INPUT_REFUSED,
  };

  for (guint phase = PUSHER_PHASE_IDLE; phase < PUSHER_N_PHASES; phase++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (anytime); i++)
        g_assert_cmpint (pusher_state_table_lookup (phase, anytime[i])->next, !=,
                         PUSHER_PHASE_NONE);
      for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
        g_assert_true ((pusher_state_table_lookup (phase, ends[i])->next != PUSHER_PHASE_NONE) ==
                       has_socket (phase));
    }
}

/* protocol.md, "Errors and close codes" */
static void
test_close_codes (void)
{
  static const struct
  {
    guint first, last;
    PusherInput input;
  } ranges[] = {
    { 0, 3999, PUSHER_INPUT_LOST },
    { 4000, 4000, PUSHER_INPUT_ASKED_FOR_TLS },
    { 4001, 4099, PUSHER_INPUT_REFUSED },
    { 4100, 4199, PUSHER_INPUT_LOST },
    { 4200, 4299, PUSHER_INPUT_ASKED_TO_RETRY },
    { 4300, G_MAXUINT16, PUSHER_INPUT_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ranges); i++)
    for (guint code = ranges[i].first; code <= ranges[i].last; code++)
      {
        const PusherClosePolicy *policy = pusher_close_policy_lookup (code);

        g_assert_cmpint (pusher_input_from_close_action (policy->action), ==, ranges[i].input);
      }
}

/* --- The documentation --------------------------------------------------- */

static const char *
state_to_string (PusherConnectionState state)
{
  static const char *const names[] = {
    [PUSHER_CONNECTION_STATE_INITIALIZED] = "initialized",
    [PUSHER_CONNECTION_STATE_CONNECTING] = "connecting",
    [PUSHER_CONNECTION_STATE_CONNECTED] = "connected",
    [PUSHER_CONNECTION_STATE_UNAVAILABLE] = "unavailable",
    [PUSHER_CONNECTION_STATE_FAILED] = "failed",
    [PUSHER_CONNECTION_STATE_DISCONNECTED] = "disconnected",
  };

  return state == PUSHER_STATE_SAME ? "same" : names[state];
}

static char *
actions_to_string (PusherDo actions)
{
  static const char *const names[] = {
    "close", "drop", "forget", "use TLS", "at once", "back off",
    "hurry", "attempt", "probe", "confirm", "report",
  };
  GString *string = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (actions & (1u << i))
      g_string_append_printf (string, "%s%s", string->len > 0 ? ", " : "", names[i]);

  return g_string_free (string, FALSE);
}

static void
add_row (PusherPhase             phase,
         PusherInput             input,
         const PusherTransition *transition,
         gpointer                user_data)
{
  GString *rows = user_data;
  g_autofree char *actions = actions_to_string (transition->actions);

  g_string_append_printf (rows, "| %s | %s | %s | %s | %s |\n", pusher_phase_to_string (phase),
                          pusher_input_to_string (input), pusher_phase_to_string (transition->next),
                          state_to_string (transition->state), actions);
}

/* The page on the architecture has the table as it is. */
static void
test_documented (void)
{
  g_autoptr (GString) rows = g_string_new ("| in | input | next | state | does |\n"
                                           "| --- | --- | --- | --- | --- |\n");
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "doc", "architecture.md", NULL);
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;

  for_each_cell (add_row, rows);
  g_file_get_contents (path, &page, NULL, &error);
  g_assert_no_error (error);
  if (strstr (page, rows->str) == NULL)
    {
      g_test_message ("The page lacks this table:\n%s", rows->str);
      g_test_fail ();
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/state-table/invariants", test_invariants);
  g_test_add_func ("/state-table/every-phase", test_every_phase);
  g_test_add_func ("/state-table/close-codes", test_close_codes);
  g_test_add_func ("/state-table/documented", test_documented);

  return g_test_run ();
}
