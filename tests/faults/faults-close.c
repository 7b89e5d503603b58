/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Every close code: protocol, "Errors and close codes". */

#include "faults.h"

static void
close_with_code (Rig         *rig,
                 const Fault *fault)
{
  pusher_test_faults_close_connections (rig->fixture.faults, fault->code, "because");
}

/* The server wants TLS from now on, and has it. */
static void
prepare_tls (Rig   *rig,
             States state)
{
  rig_trust_server (rig);
}

#define STATES (STATE_CONNECTING | STATE_PENDING | STATE_SUBSCRIBED | STATE_CLOSING)

#define CLOSE_FULL(number, what, before)                                     \
  {                                                                          \
    .path = "close/" #number, .title = #number, .states = STATES,            \
    .outcome = what, .code = number, .prepare = before,                      \
    .inject = close_with_code,                                               \
  }
#define CLOSE(number, what) CLOSE_FULL (number, what, NULL)

static const Fault faults[] = {
  CLOSE (1000, LOST),
  CLOSE (1001, LOST),
  CLOSE (1002, LOST),
  CLOSE (1003, LOST),
  CLOSE (1004, LOST),
  CLOSE (1005, LOST),
  CLOSE (1006, LOST),
  CLOSE (1007, LOST),
  CLOSE (1008, LOST),
  CLOSE (1009, LOST),
  CLOSE (1010, LOST),
  CLOSE (1011, LOST),
  CLOSE (1012, LOST),
  CLOSE (1013, LOST),
  CLOSE (1014, LOST),
  CLOSE (1015, LOST),
  CLOSE_FULL (4000, LOST, prepare_tls),
  CLOSE (4001, REFUSED),
  CLOSE (4002, REFUSED),
  CLOSE (4003, REFUSED),
  CLOSE (4004, REFUSED),
  CLOSE (4005, REFUSED),
  CLOSE (4006, REFUSED),
  CLOSE (4007, REFUSED),
  CLOSE (4008, REFUSED),
  CLOSE (4009, REFUSED),
  CLOSE (4010, REFUSED),
  CLOSE (4099, REFUSED),
  CLOSE (4100, LOST),
  CLOSE (4101, LOST),
  CLOSE (4199, LOST),
  CLOSE (4200, LOST),
  CLOSE (4201, LOST),
  CLOSE (4202, LOST),
  CLOSE (4203, LOST),
  CLOSE (4299, LOST),
  CLOSE (4300, REFUSED),
  CLOSE (4301, REFUSED),
  CLOSE (4302, REFUSED),
};

const FaultGroup fault_group = { "close", FALSE, STATES, faults, G_N_ELEMENTS (faults) };
