/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The endpoint that authorizes channels is down, for good or for a while. */

#include "faults.h"

/* Those that are authorized already have to be again. */
static void
lose_connection (Rig *rig)
{
  gboolean subscribed = rig_is_subscribed (rig);

  if (!subscribed)
    return;

  pusher_client_reconnect_now (rig->fixture.client);
}

static void
establish (Rig *rig)
{
  pusher_test_faults_set_handshake_delay_ms (rig->fixture.faults, 0);
  if (pusher_client_get_state (rig->fixture.client) == PUSHER_CONNECTION_STATE_CONNECTING)
    pusher_client_reconnect_now (rig->fixture.client);
  else
    lose_connection (rig);
}

static void
refuse (Rig         *rig,
        const Fault *fault)
{
  fault_proxy_reset (rig->auth_proxy);
  fault_proxy_refuse (rig->auth_proxy);
  establish (rig);
}

static void
answer_500 (Rig         *rig,
            const Fault *fault)
{
  pusher_test_backend_set_status (rig->fixture.backend, 500);
  fault_proxy_allow (rig->auth_proxy, FAULT_PROXY_BOTH_WAYS, FAULT_PROXY_ALL);
  establish (rig);
}

static void
answer_403 (Rig         *rig,
            const Fault *fault)
{
  pusher_test_backend_set_status (rig->fixture.backend, 403);
  fault_proxy_allow (rig->auth_proxy, FAULT_PROXY_BOTH_WAYS, FAULT_PROXY_ALL);
  establish (rig);
}

static void
answer_nonsense (Rig         *rig,
                 const Fault *fault)
{
  pusher_test_backend_set_body (rig->fixture.backend, "<html>");
  fault_proxy_allow (rig->auth_proxy, FAULT_PROXY_BOTH_WAYS, FAULT_PROXY_ALL);
  establish (rig);
}

static void
hang (Rig         *rig,
      const Fault *fault)
{
  fault_proxy_allow (rig->auth_proxy, FAULT_PROXY_BOTH_WAYS, 0);
  establish (rig);
}

#define STATES (STATE_CONNECTING | STATE_PENDING | STATE_SUBSCRIBED | STATE_CLOSING)

/* For a while, in seconds, or for good. */
#define DOWN(name, what, is_silent, begin)                                   \
  {                                                                          \
    .path = "auth/" name, .title = what, .states = STATES,                   \
    .outcome = FAILED, .silent = is_silent, .inject = begin,                 \
  }
#define DOWN_FOR(name, what, seconds, begin)                                 \
  {                                                                          \
    .path = "auth/" name, .title = what, .states = STATES,                   \
    .outcome = DELAYED, .silent = TRUE, .duration = seconds, .inject = begin, \
  }

static const Fault faults[] = {
  DOWN ("refused", "refuses connections", TRUE, refuse),
  DOWN ("500", "status 500", TRUE, answer_500),
  DOWN ("hangs", "no answer", TRUE, hang),
  DOWN ("403", "status 403", FALSE, answer_403),
  DOWN ("nonsense", "an answer that is not JSON", FALSE, answer_nonsense),
  DOWN_FOR ("refused-for-a-while", "refuses connections for 5 s", 5, refuse),
  DOWN_FOR ("500-for-a-while", "status 500 for 5 s", 5, answer_500),
  DOWN_FOR ("hangs-for-a-while", "no answer for 40 s", 40, hang),
};

const FaultGroup fault_group = { "authorization", TRUE, STATES, faults, G_N_ELEMENTS (faults) };
