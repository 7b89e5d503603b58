/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-state-table-private.h"

#define IDLE PUSHER_PHASE_IDLE
#define WAITING PUSHER_PHASE_WAITING
#define ATTEMPTING PUSHER_PHASE_ATTEMPTING
#define LIVE PUSHER_PHASE_LIVE

#define CONNECTING PUSHER_CONNECTION_STATE_CONNECTING
#define CONNECTED PUSHER_CONNECTION_STATE_CONNECTED
#define UNAVAILABLE PUSHER_CONNECTION_STATE_UNAVAILABLE
#define FAILED PUSHER_CONNECTION_STATE_FAILED
#define DISCONNECTED PUSHER_CONNECTION_STATE_DISCONNECTED
#define SAME PUSHER_STATE_SAME

#define CLOSE PUSHER_DO_CLOSE
#define DROP PUSHER_DO_DROP
#define FORGET PUSHER_DO_FORGET
#define USE_TLS PUSHER_DO_USE_TLS
#define AT_ONCE PUSHER_DO_AT_ONCE
#define BACK_OFF PUSHER_DO_BACK_OFF
#define HURRY PUSHER_DO_HURRY
#define ATTEMPT PUSHER_DO_ATTEMPT
#define PROBE PUSHER_DO_PROBE
#define CONFIRM PUSHER_DO_CONFIRM
#define REPORT PUSHER_DO_REPORT

/* What is not here cannot happen or means nothing: an idle connection has no
 * socket that could end, and one that waits has none either.
 *
 * A connection that was asked for goes on for ever: only CLOSE, ABANDON and REFUSED
 * lead back to IDLE. An error message on an open socket is no input at all, because
 * the server decides whether to close: some complain with the code of a refusal
 * and go on.
 *
 * A change of the network does not replace an attempt under way, which may well
 * be the one that gets through; after a suspend its socket is worth nothing. */
static const PusherTransition table[PUSHER_N_PHASES][PUSHER_N_INPUTS] = {
  [IDLE] = {
    [PUSHER_INPUT_OPEN] = { ATTEMPTING, CONNECTING, FORGET | ATTEMPT },
    [PUSHER_INPUT_CLOSE] = { IDLE, DISCONNECTED, CLOSE },
    [PUSHER_INPUT_ABANDON] = { IDLE, DISCONNECTED, DROP },
  },

  [WAITING] = {
    [PUSHER_INPUT_OPEN] = { WAITING, SAME, 0 },
    [PUSHER_INPUT_CLOSE] = { IDLE, DISCONNECTED, CLOSE },
    [PUSHER_INPUT_ABANDON] = { IDLE, DISCONNECTED, DROP },
    [PUSHER_INPUT_RECONNECT_NOW] = { ATTEMPTING, SAME, FORGET | ATTEMPT },
    [PUSHER_INPUT_RETRY_DUE] = { ATTEMPTING, SAME, ATTEMPT },
    [PUSHER_INPUT_UNAVAILABLE_DUE] = { WAITING, UNAVAILABLE, 0 },
    [PUSHER_INPUT_NETWORK_CHANGED] = { WAITING, SAME, HURRY },
    [PUSHER_INPUT_RESUMED] = { WAITING, SAME, HURRY },
  },

  [ATTEMPTING] = {
    [PUSHER_INPUT_OPEN] = { ATTEMPTING, SAME, 0 },
    [PUSHER_INPUT_CLOSE] = { IDLE, DISCONNECTED, CLOSE },
    [PUSHER_INPUT_ABANDON] = { IDLE, DISCONNECTED, DROP },
    [PUSHER_INPUT_RECONNECT_NOW] = { ATTEMPTING, SAME, DROP | FORGET | ATTEMPT },
    [PUSHER_INPUT_UNAVAILABLE_DUE] = { ATTEMPTING, UNAVAILABLE, 0 },
    [PUSHER_INPUT_CONNECT_DUE] = { WAITING, SAME, DROP | BACK_OFF | REPORT },
    [PUSHER_INPUT_RESUMED] = { ATTEMPTING, SAME, DROP | ATTEMPT },
    [PUSHER_INPUT_ESTABLISHED] = { LIVE, CONNECTED, CONFIRM },
    [PUSHER_INPUT_LOST] = { WAITING, SAME, DROP | BACK_OFF | REPORT },
    [PUSHER_INPUT_ASKED_TO_RETRY] = { WAITING, SAME, DROP | AT_ONCE | REPORT },
    [PUSHER_INPUT_ASKED_FOR_TLS] = { WAITING, SAME, DROP | USE_TLS | AT_ONCE | REPORT },
    [PUSHER_INPUT_REFUSED] = { IDLE, FAILED, DROP | REPORT },
  },

  [LIVE] = {
    [PUSHER_INPUT_OPEN] = { LIVE, SAME, 0 },
    [PUSHER_INPUT_CLOSE] = { IDLE, DISCONNECTED, CLOSE },
    [PUSHER_INPUT_ABANDON] = { IDLE, DISCONNECTED, DROP },
    [PUSHER_INPUT_RECONNECT_NOW] = { ATTEMPTING, CONNECTING, DROP | FORGET | ATTEMPT },
    [PUSHER_INPUT_PONG_DUE] = { WAITING, CONNECTING, DROP | AT_ONCE | REPORT },
    [PUSHER_INPUT_NETWORK_CHANGED] = { LIVE, SAME, PROBE },
    [PUSHER_INPUT_RESUMED] = { LIVE, SAME, PROBE },
    [PUSHER_INPUT_LOST] = { WAITING, CONNECTING, DROP | BACK_OFF | REPORT },
    [PUSHER_INPUT_ASKED_TO_RETRY] = { WAITING, CONNECTING, DROP | AT_ONCE | REPORT },
    [PUSHER_INPUT_ASKED_FOR_TLS] = { WAITING, CONNECTING, DROP | USE_TLS | AT_ONCE | REPORT },
    [PUSHER_INPUT_REFUSED] = { IDLE, FAILED, DROP | REPORT },
  },
};

const PusherTransition *
pusher_state_table_lookup (PusherPhase phase,
                           PusherInput input)
{
  return &table[phase][input];
}

PusherInput
pusher_input_from_close_action (PusherCloseAction action)
{
  switch (action)
    {
    case PUSHER_CLOSE_ACTION_RETRY:
      return PUSHER_INPUT_ASKED_TO_RETRY;
    case PUSHER_CLOSE_ACTION_USE_TLS:
      return PUSHER_INPUT_ASKED_FOR_TLS;
    case PUSHER_CLOSE_ACTION_REFUSED:
      return PUSHER_INPUT_REFUSED;
    case PUSHER_CLOSE_ACTION_BACK_OFF:
    default:
      return PUSHER_INPUT_LOST;
    }
}

/* --- Names, for the log -------------------------------------------------- */

const char *
pusher_phase_to_string (PusherPhase phase)
{
  static const char *const names[PUSHER_N_PHASES] = {
    [PUSHER_PHASE_NONE] = "none",
    [IDLE] = "idle",
    [WAITING] = "waiting",
    [ATTEMPTING] = "attempting",
    [LIVE] = "live",
  };

  return names[phase];
}

const char *
pusher_input_to_string (PusherInput input)
{
  static const char *const names[PUSHER_N_INPUTS] = {
    [PUSHER_INPUT_OPEN] = "open",
    [PUSHER_INPUT_CLOSE] = "close",
    [PUSHER_INPUT_ABANDON] = "abandon",
    [PUSHER_INPUT_RECONNECT_NOW] = "reconnect now",
    [PUSHER_INPUT_RETRY_DUE] = "retry due",
    [PUSHER_INPUT_UNAVAILABLE_DUE] = "unavailable due",
    [PUSHER_INPUT_CONNECT_DUE] = "connect due",
    [PUSHER_INPUT_PONG_DUE] = "pong due",
    [PUSHER_INPUT_NETWORK_CHANGED] = "network changed",
    [PUSHER_INPUT_RESUMED] = "resumed",
    [PUSHER_INPUT_ESTABLISHED] = "established",
    [PUSHER_INPUT_LOST] = "lost",
    [PUSHER_INPUT_ASKED_TO_RETRY] = "asked to retry",
    [PUSHER_INPUT_ASKED_FOR_TLS] = "asked for TLS",
    [PUSHER_INPUT_REFUSED] = "refused",
  };

  return names[input];
}
