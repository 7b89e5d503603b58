/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-close-policy-private.h"

#include <glib/gi18n-lib.h>

#define BACK_OFF PUSHER_CLOSE_ACTION_BACK_OFF
#define RETRY PUSHER_CLOSE_ACTION_RETRY
#define USE_TLS PUSHER_CLOSE_ACTION_USE_TLS
#define REFUSED PUSHER_CLOSE_ACTION_REFUSED

#define SECOND G_USEC_PER_SEC

/* All codes that a close frame can carry, in ascending order, without a gap. */
static const PusherClosePolicy policies[] = {
  /* RFC 6455, section 7.4: what went wrong says nothing about the next try */
  { 0, 999, BACK_OFF, 0, N_("The connection was closed with an undefined code") },
  { 1000, 1000, BACK_OFF, 0, N_("The server closed the connection") },
  { 1001, 1001, BACK_OFF, 0, N_("The server is going away") },
  { 1002, 1002, BACK_OFF, 0, N_("The connection was closed for a WebSocket protocol error") },
  { 1003, 1003, BACK_OFF, 0, N_("The connection was closed for data of an unsupported type") },
  { 1004, 1005, BACK_OFF, 0, N_("The connection was closed without a reason") },
  { PUSHER_CLOSE_CODE_ABNORMAL, PUSHER_CLOSE_CODE_ABNORMAL, BACK_OFF, 0,
    N_("The connection was lost") },
  { 1007, 1007, BACK_OFF, 0, N_("The connection was closed for text that is not UTF-8") },
  { 1008, 1008, BACK_OFF, 0, N_("The connection was closed for a breach of policy") },
  { 1009, 1009, BACK_OFF, 0, N_("The connection was closed for a message that is too large") },
  { 1010, 1010, BACK_OFF, 0, N_("The connection was closed for a missing extension") },
  { 1011, 1011, BACK_OFF, 0, N_("The server had an internal error") },
  { 1012, 1012, BACK_OFF, 0, N_("The server is restarting") },
  { 1013, 1013, BACK_OFF, 0, N_("The server is too busy") },
  { 1014, 1014, BACK_OFF, 0, N_("A gateway could not reach the server") },
  { 1015, 1015, BACK_OFF, 0, N_("TLS could not be established") },
  { 1016, 3999, BACK_OFF, 0, N_("The connection was closed with an unknown code") },

  /* The protocol's own: the connection should not be tried again unchanged */
  { 4000, 4000, USE_TLS, 0, N_("The application accepts TLS connections only") },
  { 4001, 4001, REFUSED, 0, N_("There is no application with this key") },
  { 4002, 4002, REFUSED, 0, N_("The server refused the connection") },
  { 4003, 4003, REFUSED, 0, N_("The application is disabled") },
  { 4004, 4004, REFUSED, 0, N_("The application is over its connection quota") },
  { 4005, 4005, REFUSED, 0, N_("The path of the address is unknown to the server") },
  { 4006, 4006, REFUSED, 0, N_("The server cannot read the version of the protocol") },
  { 4007, 4007, REFUSED, 0, N_("The server does not support this version of the protocol") },
  { 4008, 4008, REFUSED, 0, N_("The server was not told a version of the protocol") },
  { 4009, 4009, REFUSED, 0, N_("The connection is not authorized") },
  { 4010, 4099, REFUSED, 0, N_("The server refused the connection") },

  /* … tried again after a while */
  { 4100, 4100, BACK_OFF, 1 * SECOND, N_("The server is over its capacity") },
  { 4101, 4199, BACK_OFF, 1 * SECOND, N_("The server asks for a later connection") },

  /* … tried again at once */
  { 4200, 4200, RETRY, 0, N_("The server asks for a new connection") },
  { 4201, 4201, RETRY, 0, N_("The server missed the answer to its ping") },
  { 4202, 4202, RETRY, 0, N_("The connection was inactive for too long") },
  { 4203, 4299, RETRY, 0, N_("The server asks for a new connection") },

  /* … any other fault of the client */
  { 4300, 4300, REFUSED, 0, N_("The server refused the connection") },
  { 4301, 4301, REFUSED, 0, N_("The server refused a client event") },
  { 4302, 4302, REFUSED, 0, N_("The watchlist is too long") },
  { 4303, G_MAXUINT16, REFUSED, 0, N_("The server refused the connection") },
};

/*
 * pusher_close_policy_lookup:
 * @close_code: a code on the wire; one that no close frame can carry counts as
 *   the highest one that can
 *
 * Returns: (transfer none): never NULL
 */
const PusherClosePolicy *
pusher_close_policy_lookup (guint close_code)
{
  const PusherClosePolicy *policy = policies;
  const PusherClosePolicy *last = &policies[G_N_ELEMENTS (policies) - 1];

  while (policy < last && close_code > policy->last)
    policy++;

  return policy;
}
