/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the server says: errors, and what is no message of the protocol. */

#include "faults.h"

#include <string.h>

/* --- pusher:error on an open socket -------------------------------------- */

static void
send_error (Rig         *rig,
            const Fault *fault)
{
  g_autofree char *text = NULL;

  if (fault->code != 0)
    text = g_strdup_printf ("{\"event\":\"pusher:error\","
                            "\"data\":{\"code\":%u,\"message\":\"because\"}}",
                            fault->code);
  else
    text = g_strdup ("{\"event\":\"pusher:error\","
                     "\"data\":{\"code\":null,\"message\":\"because\"}}");
  pusher_test_faults_send_text (rig->fixture.faults, NULL, text);
}

/* --- Frames -------------------------------------------------------------- */

/* A text frame of 100 bytes, of which 10 come. */
static const char half_a_frame[] = "\x81\x64{\"event\":\"";

static void
send_half_a_frame (Rig         *rig,
                   const Fault *fault)
{
  fault_proxy_inject (rig->proxy, FAULT_PROXY_TO_CLIENT, half_a_frame, sizeof half_a_frame - 1);
}

static void
send_half_a_frame_and_finish (Rig         *rig,
                              const Fault *fault)
{
  send_half_a_frame (rig, fault);
  fault_proxy_finish (rig->proxy);
}

static void
send_garbage (Rig         *rig,
              const Fault *fault)
{
  static const char garbage[] =
    "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 103\r\n\r\n"
    "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    "\xff\xfe\xfd\xfc";

  fault_proxy_inject (rig->proxy, FAULT_PROXY_TO_CLIENT, garbage, sizeof garbage - 1);
}

static void
send_invalid_utf8 (Rig         *rig,
                   const Fault *fault)
{
  g_autoptr (GBytes) bytes =
    g_bytes_new_static ("{\"event\":\"\xc3\x28\"}", strlen ("{\"event\":\"..\"}"));

  pusher_test_faults_send_bytes (rig->fixture.faults, NULL, bytes, FALSE);
}

static void
send_binary (Rig         *rig,
             const Fault *fault)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1\2", 3);

  pusher_test_faults_send_bytes (rig->fixture.faults, NULL, bytes, TRUE);
}

static void
send_no_json (Rig         *rig,
              const Fault *fault)
{
  pusher_test_faults_send_text (rig->fixture.faults, NULL, "{\"event\":");
}

static void
send_oversized (Rig         *rig,
                const Fault *fault)
{
  gsize size = pusher_client_get_max_message_size (rig->fixture.client) + 1;
  g_autofree char *text = g_strnfill (size, ' ');

  pusher_test_faults_send_text (rig->fixture.faults, NULL, text);
}

#define STATES (STATE_CONNECTING | STATE_PENDING | STATE_SUBSCRIBED | STATE_CLOSING)

#define ERROR(number, name, when_connecting, when_pending)                              \
  {                                                                                     \
    .path = "error/" name, .title = "`pusher:error` " name ", socket left open",        \
    .states = STATES, .outcome = KEPT, .connecting_outcome = when_connecting,           \
    .pending_outcome = when_pending, .code = number, .inject = send_error,              \
  }

static const Fault faults[] = {
  ERROR (4004, "4004", REFUSED, 0),
  ERROR (4009, "4009", REFUSED, 0),
  ERROR (4200, "4200", LOST, 0),
  ERROR (4301, "4301", REFUSED, 0),
  ERROR (0, "null", LOST, 0),
  {
    .path = "message/half-then-silence", .title = "half a frame, then silence",
    .states = STATES, .outcome = LOST, .silent = TRUE, .inject = send_half_a_frame,
  },
  {
    .path = "message/half-then-end", .title = "half a frame, then FIN", .states = STATES,
    .outcome = LOST, .inject = send_half_a_frame_and_finish,
  },
  {
    .path = "message/garbage", .title = "bytes that are no frame", .states = STATES,
    .outcome = LOST, .inject = send_garbage,
  },
  {
    .path = "message/invalid-utf8", .title = "text that is not UTF-8", .states = STATES,
    .outcome = LOST, .inject = send_invalid_utf8,
  },
  {
    .path = "message/oversized", .title = "a message above `max-message-size`",
    .states = STATES, .outcome = LOST, .inject = send_oversized,
  },
  {
    .path = "message/binary", .title = "a binary frame", .states = STATES, .outcome = KEPT,
    .connecting_outcome = LOST, .inject = send_binary,
  },
  {
    .path = "message/no-json", .title = "text that is not JSON", .states = STATES,
    .outcome = KEPT, .connecting_outcome = LOST, .inject = send_no_json,
  },
};

const FaultGroup fault_group = { "messages", FALSE, STATES, faults, G_N_ELEMENTS (faults) };
