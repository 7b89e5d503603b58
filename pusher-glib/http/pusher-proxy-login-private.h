/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Watches what an HTTP proxy answers on the way to the server of a request.
 *
 * libsoup logs in by itself with the name and password of the proxy's address,
 * but then asks the proxy for the proxy instead of the server, asks again for
 * ever if the proxy does not accept them, and tells them to the server. This
 * mends it. */
#define PUSHER_TYPE_PROXY_LOGIN (pusher_proxy_login_get_type ())
G_DECLARE_FINAL_TYPE (PusherProxyLogin, pusher_proxy_login, PUSHER, PROXY_LOGIN, GObject)

PusherProxyLogin *pusher_proxy_login_new     (SoupSession      *session,
                                              SoupMessage      *request,
                                              GCancellable     *attempt);
char             *pusher_proxy_login_explain (PusherProxyLogin *self);

G_END_DECLS
