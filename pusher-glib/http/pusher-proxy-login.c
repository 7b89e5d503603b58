/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-proxy-login-private.h"

#include "pusher-answer-limit-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ADDRESS "pusher-proxy-login-address"

struct _PusherProxyLogin
{
  GObject parent_instance;

  SoupMessage *request;
  GCancellable *attempt;

  guint status; /* of the proxy's answer, if that was no */
  gboolean demanded;
  gboolean logged_in; /* in what the proxy answered to */
  gboolean untunnelled;
  gboolean pretended; /* the server took itself for a proxy */
  gboolean missing;   /* the proxy's answer: nothing but informational ones came */
};

G_DEFINE_FINAL_TYPE (PusherProxyLogin, pusher_proxy_login, G_TYPE_OBJECT)

static GProxyAddress *
get_http_proxy (SoupMessage *message)
{
  GSocketAddress *address = soup_message_get_remote_address (message);

  if (!G_IS_PROXY_ADDRESS (address) ||
      strcmp (g_proxy_address_get_protocol (G_PROXY_ADDRESS (address)), "http") != 0)
    return NULL;

  return G_PROXY_ADDRESS (address);
}

/* Behind a tunnel it is the server who reads and answers; with TLS there is one. */
static gboolean
is_for_proxy (SoupMessage *message)
{
  const char *scheme = g_uri_get_scheme (soup_message_get_uri (message));
  gboolean tls = g_str_equal (scheme, "wss") || g_str_equal (scheme, "https");

  return get_http_proxy (message) != NULL &&
         (!tls || soup_message_get_method (message) == SOUP_METHOD_CONNECT);
}

/* A tunnel is for our request if both have the same connection. */
static gboolean
is_ours (PusherProxyLogin *self,
         SoupMessage      *message)
{
  return message == self->request ||
         soup_message_get_connection_id (message) ==
           soup_message_get_connection_id (self->request);
}

/* Comes after libsoup has added what it knows of logins: that to the proxy also to
 * what the server gets. */
static void
starting_cb (SoupMessage *message,
             gpointer     user_data)
{
  if (!is_for_proxy (message))
    soup_message_headers_remove (soup_message_get_request_headers (message),
                                 "Proxy-Authorization");

  g_object_set_data_full (G_OBJECT (message), ADDRESS,
                          g_uri_ref (soup_message_get_uri (message)),
                          (GDestroyNotify) g_uri_unref);
}

/* Comes before libsoup looks at the answer: for one that only a proxy may give it
 * takes the address of the proxy, whether there is one or not. */
static void
got_first_headers_cb (SoupMessage *request,
                      gpointer     user_data)
{
  PusherProxyLogin *self = user_data;

  if (soup_message_get_status (request) != SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED ||
      is_for_proxy (request))
    return;

  g_signal_stop_emission_by_name (request, "got-headers");
  self->pretended = TRUE;
  g_cancellable_cancel (self->attempt);
}

/* The proxy is not heard out, unless libsoup may try again with a login. */
static void
check_tunnel (PusherProxyLogin *self,
              SoupMessage      *tunnel)
{
  if (self->status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    pusher_answer_limit_body (tunnel, self->attempt);
  else if (self->status != 0)
    g_cancellable_cancel (self->attempt);
}

/* Comes after libsoup has looked at the answer, and before it sends the message
 * again. The first demand for a login may be met by the credentials, but not the
 * second one. */
static void
got_headers_cb (SoupMessage *message,
                gpointer     user_data)
{
  PusherProxyLogin *self = user_data;
  guint status = soup_message_get_status (message);

  if (!is_ours (self, message) || !is_for_proxy (message))
    return;

  self->untunnelled = message == self->request;
  self->status = SOUP_STATUS_IS_SUCCESSFUL (status) ? 0 : status;
  self->logged_in = soup_message_headers_get_one (soup_message_get_request_headers (message),
                                                  "Proxy-Authorization") != NULL;
  if (message != self->request)
    check_tunnel (self, message);
  if (status != SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED ||
      g_proxy_address_get_username (get_http_proxy (message)) == NULL)
    return;

  soup_message_set_uri (message, g_object_get_data (G_OBJECT (message), ADDRESS));
  if (self->demanded)
    g_cancellable_cancel (self->attempt);
  self->demanded = TRUE;
}

static void
got_informational_cb (SoupMessage *tunnel,
                      gpointer     user_data)
{
  PusherProxyLogin *self = user_data;

  if (!is_ours (self, tunnel))
    return;

  pusher_answer_limit_informational (tunnel, self->attempt);
  self->missing = pusher_answer_is_missing (tunnel);
}

static void
watch (PusherProxyLogin *self,
       SoupMessage      *message)
{
  g_signal_connect_object (message, "starting", G_CALLBACK (starting_cb), self, 0);
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), self,
                           G_CONNECT_AFTER);
}

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message,
                   gpointer     user_data)
{
  PusherProxyLogin *self = user_data;

  gboolean tunnel = soup_message_get_method (message) == SOUP_METHOD_CONNECT;

  if (message == self->request || tunnel)
    watch (self, message);
  if (tunnel)
    g_signal_connect_object (message, "got-informational", G_CALLBACK (got_informational_cb),
                             self, 0);
}

static void
pusher_proxy_login_dispose (GObject *object)
{
  PusherProxyLogin *self = PUSHER_PROXY_LOGIN (object);

  g_clear_object (&self->request);
  g_clear_object (&self->attempt);

  G_OBJECT_CLASS (pusher_proxy_login_parent_class)->dispose (object);
}

static void
pusher_proxy_login_class_init (PusherProxyLoginClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pusher_proxy_login_dispose;
}

static void
pusher_proxy_login_init (PusherProxyLogin *self)
{
}

/*
 * pusher_proxy_login_new:
 * @request: one that will be sent by the session
 * @attempt: the request's; is cancelled if a login is demanded in vain
 */
PusherProxyLogin *
pusher_proxy_login_new (SoupSession  *session,
                        SoupMessage  *request,
                        GCancellable *attempt)
{
  PusherProxyLogin *self = g_object_new (PUSHER_TYPE_PROXY_LOGIN, NULL);

  self->request = g_object_ref (request);
  self->attempt = g_object_ref (attempt);
  g_signal_connect_object (request, "got-headers", G_CALLBACK (got_first_headers_cb), self, 0);
  g_signal_connect_object (session, "request-queued", G_CALLBACK (request_queued_cb), self, 0);

  return self;
}

/*
 * pusher_proxy_login_explain:
 *
 * Returns: (transfer full) (nullable): what the proxy had against the request
 */
char *
pusher_proxy_login_explain (PusherProxyLogin *self)
{
  if (self->pretended)
    /* Translators: these follow a colon. */
    return g_strdup (_("HTTP status 407 (Proxy Authentication Required): the server is no proxy"));
  if (self->missing)
    return g_strdup (_("the proxy did not come to an answer"));
  if (self->status == 0)
    return NULL;

  if (self->logged_in && (self->status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED ||
                          self->status == SOUP_STATUS_UNAUTHORIZED))
    return g_strdup (_("the proxy does not accept the user name and password of its address"));
  if (self->status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    return g_strdup (_("the proxy wants a user name and a password, which its address does not "
                       "have"));

  return g_strdup_printf (self->untunnelled
                            ? _("the proxy refused with HTTP status %u (%s); most HTTP proxies "
                                "carry WebSockets only with TLS")
                            : _("the proxy refused with HTTP status %u (%s)"),
                          self->status, soup_status_get_phrase (self->status));
}
