/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  PROXY_WORKS,
  PROXY_REFUSES,
  PROXY_DENIES,    /* says 401, as a server does: HTTP only */
  PROXY_IS_SILENT, /* takes the request, and says nothing */
  PROXY_DIES,      /* hangs up instead of an answer */
} ProxyMood;

/* An HTTP proxy (CONNECT only) and a SOCKS 5 proxy in one, in the test's main
 * context. It asks for a login if it has a user name. */
typedef struct
{
  GSocketService *service;
  guint port;
  ProxyMood mood;
  const char *user;
  const char *password;
  gboolean hangs_up; /* after it has asked for a login */
  GPtrArray *clients;

  guint n_connections;
  guint n_logins; /* that were tried */
  guint n_tunnels;
  GString *requests; /* the words are targets: 127.0.0.1:80 */
} ProxyServer;

ProxyServer *proxy_server_new  (void);
void         proxy_server_free (ProxyServer *self);
void         proxy_server_cut  (ProxyServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProxyServer, proxy_server_free)

G_END_DECLS
