/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "fault-pair.h"

G_BEGIN_DECLS

/* Stands between clients and a server on the loopback interface, in the
 * thread-default main context, and passes their bytes on as long as the test
 * lets it. To a client that begins with a TLS handshake it speaks TLS, with the
 * certificate that it was given. */
typedef struct _FaultProxy FaultProxy;

FaultProxy *fault_proxy_new               (guint            server_port);
FaultProxy *fault_proxy_new_at            (const char      *address,
                                           guint            server_port);
void        fault_proxy_free              (FaultProxy      *self);
void        fault_proxy_set_certificate   (FaultProxy      *self,
                                           GTlsCertificate *certificate);
guint       fault_proxy_get_port          (FaultProxy      *self);
guint       fault_proxy_get_n_connections (FaultProxy      *self);
guint       fault_proxy_get_n_moves       (FaultProxy      *self);

/* How many bytes may still pass. At 0 it is a black hole for all connections,
 * new ones too: neither data nor the end of a connection comes through. What is
 * held comes through when more is allowed. */
void fault_proxy_allow (FaultProxy    *self,
                        FaultProxyWays ways,
                        guint64        n_bytes);

/* To the connections that there are. */
void fault_proxy_inject (FaultProxy    *self,
                         FaultProxyWays way,
                         gconstpointer  bytes,
                         gsize          length);
void fault_proxy_finish (FaultProxy    *self);
void fault_proxy_reset  (FaultProxy    *self);

/* With the new connections from now on:
 * refuse: nobody listens; clog: their SYNs are dropped; answer: the first that a
 * client says is answered with these bytes and not passed on. */
void fault_proxy_refuse (FaultProxy *self);
void fault_proxy_clog   (FaultProxy *self);
void fault_proxy_answer (FaultProxy *self,
                         const char *answer);
void fault_proxy_serve  (FaultProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FaultProxy, fault_proxy_free)

G_END_DECLS
