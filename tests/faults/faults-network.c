/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What happens to a connection between the two ends, or to the server as a
 * whole. */

#include "child.h"
#include "faults.h"

static void
start_child (Rig   *rig,
             States state)
{
  child_start (rig, state == STATE_CONNECTING ? "hang" : state == STATE_PENDING ? "hold" : NULL);
}

static void
kill_child (Rig         *rig,
            const Fault *fault)
{
  child_kill (rig);
}

static void
reset (Rig         *rig,
       const Fault *fault)
{
  fault_proxy_reset (rig->proxy);
}

static void
finish (Rig         *rig,
        const Fault *fault)
{
  fault_proxy_finish (rig->proxy);
}

static void
drop_both_ways (Rig         *rig,
                const Fault *fault)
{
  fault_proxy_allow (rig->proxy, FAULT_PROXY_BOTH_WAYS, 0);
}

static void
drop_to_server (Rig         *rig,
                const Fault *fault)
{
  fault_proxy_allow (rig->proxy, FAULT_PROXY_TO_SERVER, 0);
}

static void
drop_to_client (Rig         *rig,
                const Fault *fault)
{
  fault_proxy_allow (rig->proxy, FAULT_PROXY_TO_CLIENT, 0);
}

/* The answers come now, but one byte a second. */
static void
trickle (Rig         *rig,
         const Fault *fault)
{
  fault_proxy_allow (rig->proxy, FAULT_PROXY_TO_CLIENT, 0);
  pusher_test_faults_set_handshake_delay_ms (rig->fixture.faults, 0);
  pusher_test_faults_set_hold_answers (rig->fixture.faults, FALSE);
}

static void
trickle_on (Rig *rig)
{
  fault_proxy_allow (rig->proxy, FAULT_PROXY_TO_CLIENT, 1);
}

static void
stop_server (Rig         *rig,
             const Fault *fault)
{
  fault_proxy_refuse (rig->proxy);
  fault_proxy_reset (rig->proxy);
}

#define LIVE (STATE_CONNECTING | STATE_PENDING | STATE_SUBSCRIBED)
#define STATES (LIVE | STATE_CLOSING)

static const Fault faults[] = {
  {
    .path = "sigkill", .title = "the server is killed (SIGKILL)", .states = STATES,
    .outcome = LOST, .prepare = start_child, .inject = kill_child, .lift = child_replace,
  },
  {
    .path = "reset", .title = "TCP reset", .states = STATES, .outcome = LOST,
    .inject = reset,
  },
  {
    .path = "finish", .title = "FIN without a close frame", .states = STATES,
    .outcome = LOST, .inject = finish,
  },
  {
    .path = "drop/both-ways", .title = "all packets are lost", .states = STATES,
    .outcome = LOST, .silent = TRUE, .inject = drop_both_ways,
  },
  {
    .path = "drop/to-server", .title = "packets to the server are lost", .states = STATES,
    .outcome = LOST, .silent = TRUE, .inject = drop_to_server,
  },
  {
    .path = "drop/to-client", .title = "packets to the client are lost", .states = STATES,
    .outcome = LOST, .silent = TRUE, .inject = drop_to_client,
  },
  {
    .path = "trickle", .title = "the server's bytes come one a second", .states = STATES,
    .outcome = LOST, .silent = TRUE, .inject = trickle, .tick = trickle_on,
  },
  {
    .path = "outage/server", .title = "no server for a minute", .states = LIVE,
    .outcome = LOST, .duration = 60, .inject = stop_server,
  },
  {
    .path = "outage/packets", .title = "all packets are lost, and for a minute more",
    .states = LIVE, .outcome = LOST, .silent = TRUE, .duration = 60,
    .inject = drop_both_ways,
  },
};

const FaultGroup fault_group = { "network", FALSE, STATES, faults, G_N_ELEMENTS (faults) };
