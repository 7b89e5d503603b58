/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "states.h"

static void
enter_opening (Rig *rig)
{
}

static void
enter_connecting (Rig *rig)
{
  pusher_test_faults_set_handshake_delay_ms (rig->fixture.faults, HANG);
  rig_open (rig);
  wait_until (rig->n_welcomed == 1);
  rig_settle (rig);
  g_assert_cmpint (pusher_client_get_state (rig->fixture.client), ==,
                   PUSHER_CONNECTION_STATE_CONNECTING);
}

static void
enter_pending (Rig *rig)
{
  pusher_test_faults_set_hold_answers (rig->fixture.faults, TRUE);
  rig_open (rig);
  wait_until (rig->n_asked == RIG_N_CHANNELS);
  rig_settle (rig);
  g_assert_cmpint (pusher_channel_get_state (rig->channels[RIG_PUBLIC]), ==,
                   PUSHER_CHANNEL_STATE_PENDING);
}

static void
enter_subscribed (Rig *rig)
{
  rig_open (rig);
  wait_until (rig_is_subscribed (rig));
}

/* The server has not heard of it yet. */
static void
enter_closing (Rig *rig)
{
  enter_subscribed (rig);
  rig_close (rig);
}

static void
enter_waiting (Rig *rig)
{
  enter_subscribed (rig);
  fault_proxy_reset (rig->proxy);
  wait_until (rig_is_waiting (rig));
}

static void
retry (Rig *rig)
{
  rig_advance (rig, fixture_get_delay (&rig->fixture));
}

const State states_with_secret[] = {
  { STATE_OPENING, "opening", "connecting", enter_opening, rig_open },
  { STATE_WAITING, "waiting", "waiting", enter_waiting, retry },
  { STATE_CONNECTING, "connecting", "connecting", enter_connecting, NULL },
  { STATE_PENDING, "pending", "pending", enter_pending, NULL },
  { STATE_SUBSCRIBED, "subscribed", "subscribed", enter_subscribed, NULL },
  { STATE_CLOSING, "closing", "closing", enter_closing, NULL },
  { 0, NULL, NULL, NULL, NULL },
};

/* --- While an endpoint is asked ------------------------------------------ */

static void
enter_asking (Rig *rig)
{
  fault_proxy_allow (rig->auth_proxy, FAULT_PROXY_BOTH_WAYS, 0);
  rig_open (rig);
  wait_until (fault_proxy_get_n_connections (rig->auth_proxy) > 0);
  wait_until (pusher_channel_get_state (rig->channels[RIG_PUBLIC]) ==
              PUSHER_CHANNEL_STATE_SUBSCRIBED);
  rig_settle (rig);
}

static void
enter_closing_while_asking (Rig *rig)
{
  enter_asking (rig);
  rig_close (rig);
}

const State states_with_endpoint[] = {
  { STATE_OPENING, "opening", "connecting", enter_opening, rig_open },
  { STATE_WAITING, "waiting", "waiting", enter_waiting, retry },
  { STATE_CONNECTING, "connecting", "connecting", enter_connecting, NULL },
  { STATE_PENDING, "pending", "pending", enter_asking, NULL },
  { STATE_SUBSCRIBED, "subscribed", "subscribed", enter_subscribed, NULL },
  { STATE_CLOSING, "closing", "closing", enter_closing_while_asking, NULL },
  { 0, NULL, NULL, NULL, NULL },
};
