/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Each step of the way to a connection, hanging or refused: DNS, TCP, TLS, HTTP
 * and the protocol. */

#include "fake-resolver.h"
#include "faults.h"

/* --- DNS ----------------------------------------------------------------- */

static FakeResolver *
fake_dns (Rig *rig)
{
  rig->fault_data = fake_resolver_install ();
  rig->fault_data_free = (GDestroyNotify) fake_resolver_remove;
  pusher_client_set_host (rig->fixture.client, "server.example");

  return rig->fault_data;
}

static void
silence_dns (Rig         *rig,
             const Fault *fault)
{
  FakeResolver *resolver = fake_dns (rig);

  resolver->ipv4_hangs = TRUE;
  resolver->ipv6_hangs = TRUE;
}

static void
fail_dns (Rig         *rig,
          const Fault *fault)
{
  fake_dns (rig);
}

static void
lift_dns (Rig *rig)
{
  FakeResolver *resolver = rig->fault_data;

  resolver->ipv4_hangs = FALSE;
  resolver->ipv6_hangs = FALSE;
  resolver->ipv4 = "127.0.0.1";
}

/* --- TCP ----------------------------------------------------------------- */

static void
drop_syns (Rig         *rig,
           const Fault *fault)
{
  fault_proxy_clog (rig->proxy);
}

static void
refuse (Rig         *rig,
        const Fault *fault)
{
  fault_proxy_refuse (rig->proxy);
}

/* --- TLS ----------------------------------------------------------------- */

static void
silence_tls (Rig         *rig,
             const Fault *fault)
{
  rig_set_use_tls (rig);
  rig_trust_server (rig);
  fault_proxy_allow (rig->proxy, FAULT_PROXY_BOTH_WAYS, 0);
}

static void
answer_tls_with_http (Rig         *rig,
                      const Fault *fault)
{
  rig_set_use_tls (rig);
  rig_trust_server (rig);
  fault_proxy_answer (rig->proxy, "HTTP/1.1 400 Bad Request\r\n\r\n");
}

static void
show_unknown_certificate (Rig         *rig,
                          const Fault *fault)
{
  rig_set_use_tls (rig);
}

/* --- HTTP ---------------------------------------------------------------- */

static void
silence_http (Rig         *rig,
              const Fault *fault)
{
  fault_proxy_allow (rig->proxy, FAULT_PROXY_TO_CLIENT, 0);
}

static void
trickle_on (Rig *rig)
{
  fault_proxy_allow (rig->proxy, FAULT_PROXY_TO_CLIENT, 1);
}

static void
answer_500 (Rig         *rig,
            const Fault *fault)
{
  pusher_test_faults_set_http_status (rig->fixture.faults, 500);
}

static void
answer_wrong_key (Rig         *rig,
                  const Fault *fault)
{
  fault_proxy_answer (rig->proxy,
                      "HTTP/1.1 101 Switching Protocols\r\n"
                      "Upgrade: websocket\r\n"
                      "Connection: Upgrade\r\n"
                      "Sec-WebSocket-Accept: bm90IHlvdXIga2V5\r\n\r\n");
}

static void
answer_no_http (Rig         *rig,
                const Fault *fault)
{
  fault_proxy_answer (rig->proxy, "SSH-2.0-OpenSSH_9.2p1\r\n");
}

/* --- The protocol -------------------------------------------------------- */

static void
silence_server (Rig         *rig,
                const Fault *fault)
{
  pusher_test_faults_set_handshake_delay_ms (rig->fixture.faults, HANG);
}

static void
begin_with_another_message (Rig         *rig,
                            const Fault *fault)
{
  pusher_test_faults_set_first_message (rig->fixture.faults, "{\"event\":\"hello\",\"data\":{}}");
}

static void
begin_without_socket_id (Rig         *rig,
                         const Fault *fault)
{
  pusher_test_faults_set_first_message (
    rig->fixture.faults, "{\"event\":\"pusher:connection_established\",\"data\":\"{}\"}");
}

#define STATES (STATE_OPENING | STATE_WAITING)

static const Fault faults[] = {
  {
    .path = "dns/hangs", .title = "DNS: no answer", .states = STATES, .outcome = LOST,
    .silent = TRUE, .inject = silence_dns, .lift = lift_dns,
  },
  {
    .path = "dns/fails", .title = "DNS: no such name", .states = STATES, .outcome = LOST,
    .inject = fail_dns, .lift = lift_dns,
  },
  {
    .path = "tcp/hangs", .title = "TCP: SYNs are dropped", .states = STATES,
    .outcome = LOST, .silent = TRUE, .inject = drop_syns,
  },
  {
    .path = "tcp/refused", .title = "TCP: refused", .states = STATES, .outcome = LOST,
    .inject = refuse,
  },
  {
    .path = "tls/hangs", .title = "TLS: no answer", .states = STATES, .outcome = LOST,
    .silent = TRUE, .inject = silence_tls,
  },
  {
    .path = "tls/no-tls", .title = "TLS: the server does not speak it", .states = STATES,
    .outcome = LOST, .inject = answer_tls_with_http,
  },
  {
    .path = "tls/untrusted", .title = "TLS: a certificate that nobody knows",
    .states = STATES, .outcome = LOST, .inject = show_unknown_certificate,
    .lift = rig_trust_server,
  },
  {
    .path = "http/hangs", .title = "HTTP: no answer to the upgrade", .states = STATES,
    .outcome = LOST, .silent = TRUE, .inject = silence_http,
  },
  {
    .path = "http/trickle", .title = "HTTP: an answer of one byte a second",
    .states = STATES, .outcome = LOST, .silent = TRUE, .inject = silence_http,
    .tick = trickle_on,
  },
  {
    .path = "http/500", .title = "HTTP: status 500", .states = STATES, .outcome = LOST,
    .inject = answer_500,
  },
  {
    .path = "http/wrong-key", .title = "HTTP: wrong `Sec-WebSocket-Accept`",
    .states = STATES, .outcome = LOST, .inject = answer_wrong_key,
  },
  {
    .path = "http/no-http", .title = "HTTP: the server does not speak it", .states = STATES,
    .outcome = LOST, .inject = answer_no_http,
  },
  {
    .path = "pusher/hangs", .title = "Pusher: no `pusher:connection_established`",
    .states = STATES, .outcome = LOST, .silent = TRUE, .inject = silence_server,
  },
  {
    .path = "pusher/another-message", .title = "Pusher: begins with another message",
    .states = STATES, .outcome = LOST, .inject = begin_with_another_message,
  },
  {
    .path = "pusher/no-socket-id", .title = "Pusher: no socket id", .states = STATES,
    .outcome = LOST, .inject = begin_without_socket_id,
  },
};

const FaultGroup fault_group = { "handshake", FALSE, STATES, faults, G_N_ELEMENTS (faults) };
