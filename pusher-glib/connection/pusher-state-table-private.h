/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-enums.h"
#include "protocol/pusher-close-policy-private.h"

G_BEGIN_DECLS

/* What goes on behind the state that the application sees. */
typedef enum
{
  PUSHER_PHASE_NONE,
  PUSHER_PHASE_IDLE,       /* no connection is wanted, or it was refused */
  PUSHER_PHASE_WAITING,    /* for the time of the next attempt */
  PUSHER_PHASE_ATTEMPTING, /* until the server has established the connection */
  PUSHER_PHASE_LIVE,
  PUSHER_N_PHASES
} PusherPhase;

/* What can happen to a connection. */
typedef enum
{
  /* The application asks */
  PUSHER_INPUT_OPEN,
  PUSHER_INPUT_CLOSE,
  PUSHER_INPUT_ABANDON, /* it is gone */
  PUSHER_INPUT_RECONNECT_NOW,

  /* A deadline has passed */
  PUSHER_INPUT_RETRY_DUE,
  PUSHER_INPUT_UNAVAILABLE_DUE,
  PUSHER_INPUT_CONNECT_DUE,
  PUSHER_INPUT_PONG_DUE,

  /* The machine hints */
  PUSHER_INPUT_NETWORK_CHANGED,
  PUSHER_INPUT_RESUMED,

  /* The server has spoken, or the socket has ended */
  PUSHER_INPUT_ESTABLISHED,
  PUSHER_INPUT_LOST,         /* without a word, or with a code that asks to back off */
  PUSHER_INPUT_ASKED_TO_RETRY,
  PUSHER_INPUT_ASKED_FOR_TLS,
  PUSHER_INPUT_REFUSED,
  PUSHER_N_INPUTS
} PusherInput;

/* What is done on the way to the next phase, in this order. */
typedef enum
{
  PUSHER_DO_CLOSE = 1 << 0,   /* the socket, if there is one, by a closing handshake */
  PUSHER_DO_DROP = 1 << 1,    /* the socket, at once */
  PUSHER_DO_FORGET = 1 << 2,  /* how many attempts have failed */
  PUSHER_DO_USE_TLS = 1 << 3, /* from now on */
  PUSHER_DO_AT_ONCE = 1 << 4, /* the next attempt, if none has failed before */
  PUSHER_DO_BACK_OFF = 1 << 5,
  PUSHER_DO_HURRY = 1 << 6, /* do not wait any longer */
  PUSHER_DO_ATTEMPT = 1 << 7,
  PUSHER_DO_PROBE = 1 << 8, /* whether the server is there, impatiently */
  PUSHER_DO_CONFIRM = 1 << 9, /* the end of a successful attempt */
  PUSHER_DO_REPORT = 1 << 10, /* the error */
} PusherDo;

/* Instead of a state: the one that it was in */
#define PUSHER_STATE_SAME ((PusherConnectionState) G_MAXUINT16)

typedef struct
{
  PusherPhase next; /* PUSHER_PHASE_NONE if the input means nothing in the phase */
  PusherConnectionState state;
  PusherDo actions;
} PusherTransition;

const PusherTransition *pusher_state_table_lookup (PusherPhase phase,
                                                   PusherInput input);

PusherInput pusher_input_from_close_action (PusherCloseAction action);

const char *pusher_phase_to_string (PusherPhase phase);
const char *pusher_input_to_string (PusherInput input);

G_END_DECLS
