/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-handshake-private.h"

#include "base/pusher-printable-private.h"
#include "http/pusher-answer-limit-private.h"
#include "http/pusher-certificate-private.h"
#include "http/pusher-proxy-login-private.h"
#include "pusher-message-limit-private.h"

#include <glib/gi18n-lib.h>

struct _PusherHandshake
{
  GObject parent_instance;

  SoupSession *session;
  SoupMessage *request;
  GCancellable *attempt;
  PusherProxyLogin *proxy_login;
};

G_DEFINE_FINAL_TYPE (PusherHandshake, pusher_handshake, G_TYPE_OBJECT)

/* --- The answer ---------------------------------------------------------- */

/* Comes after libsoup has looked at the answer. Only a demand for a login is heard out,
 * if that has an end. */
static void
got_headers_cb (SoupMessage *request,
                gpointer     user_data)
{
  PusherHandshake *self = user_data;

  if (!pusher_answer_demands_login (request))
    g_cancellable_cancel (self->attempt);
}

/* --- Failures ------------------------------------------------------------ */

/* Where to, without what may be secret.
 *
 * Returns: (transfer full) (nullable): NULL if it is none, "" if it leads nowhere */
static char *
dup_redirect (SoupMessage *request)
{
  const char *location =
    soup_message_headers_get_one (soup_message_get_response_headers (request), "Location");
  g_autoptr (GUri) uri = NULL;
  g_autofree char *text = NULL;

  if (!SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (request)) || location == NULL)
    return NULL;

  uri = g_uri_parse_relative (soup_message_get_uri (request), location, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL)
    return g_strdup ("");

  text = g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY |
                                         G_URI_HIDE_FRAGMENT);

  return pusher_printable (text, PUSHER_PRINTABLE_MAX);
}

static GError *
explain_status (SoupMessage *request)
{
  guint status = soup_message_get_status (request);
  const char *phrase = soup_status_get_phrase (status);
  g_autofree char *redirect = dup_redirect (request);

  if (redirect == NULL)
    return g_error_new (SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET,
                        _("HTTP status %u (%s): The server did not accept the WebSocket "
                          "handshake"),
                        status, phrase);
  if (*redirect == '\0')
    return g_error_new (SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET,
                        _("HTTP status %u (%s): The server redirects to nowhere, and a WebSocket "
                          "does not follow"),
                        status, phrase);

  return g_error_new (SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET,
                      /* Translators: the second %s is an address. */
                      _("HTTP status %u (%s): The server redirects to %s, and a WebSocket does "
                        "not follow"),
                      status, phrase, redirect);
}

/* libsoup says only that the server did not accept the handshake, that something
 * was cancelled, or that the certificate is unacceptable. */
static GError *
explain_failure (PusherHandshake *self,
                 const GError    *error)
{
  guint status = soup_message_get_status (self->request);
  g_autofree char *reason = pusher_proxy_login_explain (self->proxy_login);

  if (reason != NULL)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, reason);

  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    {
      reason = pusher_certificate_describe_flaws (
        soup_message_get_tls_peer_certificate_errors (self->request));
      return g_error_new_literal (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, reason);
    }

  if (pusher_answer_is_missing (self->request))
    return g_error_new_literal (SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_ERROR_NOT_WEBSOCKET,
                                _("The server did not come to an answer"));

  if (status != SOUP_STATUS_NONE && status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return explain_status (self->request);

  return g_error_copy (error);
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_handshake_dispose (GObject *object)
{
  PusherHandshake *self = PUSHER_HANDSHAKE (object);

  g_clear_object (&self->proxy_login);
  g_clear_object (&self->attempt);
  g_clear_object (&self->request);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (pusher_handshake_parent_class)->dispose (object);
}

static void
pusher_handshake_class_init (PusherHandshakeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pusher_handshake_dispose;
}

static void
pusher_handshake_init (PusherHandshake *self)
{
}

PusherHandshake *
pusher_handshake_new (SoupSession *session,
                      GUri        *uri)
{
  PusherHandshake *self = g_object_new (PUSHER_TYPE_HANDSHAKE, NULL);

  self->session = g_object_ref (session);
  self->request = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  self->attempt = g_cancellable_new ();

  return self;
}

/* A redirect could lead anywhere: away from TLS, and to a server that proved to be
 * another one.
 *
 * origin: (nullable): for the header of this name */
void
pusher_handshake_start (PusherHandshake    *self,
                        const char         *origin,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  soup_message_add_flags (self->request, SOUP_MESSAGE_NO_REDIRECT);
  pusher_message_limit_prepare (self->request);
  self->proxy_login = pusher_proxy_login_new (self->session, self->request, self->attempt);
  pusher_answer_limit_apply (self->request, self->attempt);
  g_signal_connect_object (self->request, "got-headers", G_CALLBACK (got_headers_cb), self,
                           G_CONNECT_AFTER);
  soup_session_websocket_connect_async (self->session, self->request, origin, NULL,
                                        G_PRIORITY_DEFAULT, self->attempt, callback, user_data);
}

/* Returns: (transfer full) (nullable): NULL with an error that says why */
SoupWebsocketConnection *
pusher_handshake_finish (PusherHandshake *self,
                         GAsyncResult    *result,
                         GError         **error)
{
  g_autoptr (GError) cause = NULL;
  SoupWebsocketConnection *websocket =
    soup_session_websocket_connect_finish (self->session, result, &cause);

  if (cause != NULL)
    g_propagate_error (error, explain_failure (self, cause));

  return websocket;
}

/* The callback is called all the same. */
void
pusher_handshake_cancel (PusherHandshake *self)
{
  g_cancellable_cancel (self->attempt);
}
