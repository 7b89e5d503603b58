/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-authorizer-private.h"

#include "base/pusher-error.h"

#include <glib/gi18n-lib.h>

/**
 * PusherAuthorizer:
 *
 * Answers the client's [class@Pusher.AuthorizationRequest]s: for private,
 * presence and encrypted channels as [property@Pusher.Client:authorizer], for
 * signing in as [property@Pusher.Client:user-authenticator].
 *
 * Most applications use [class@Pusher.HttpAuthorizer], which asks a server, or
 * [class@Pusher.SecretAuthorizer], which knows the secret of the application.
 * Others connect to [signal@Pusher.Authorizer::authorize], or derive from this
 * class and override its function.
 *
 * A client makes all the requests that it needs at once: a handler, or a derived
 * class, gets one for each private channel right after a connect or a reconnect,
 * and sees for itself to how many of them it deals with at a time. Only
 * [class@Pusher.HttpAuthorizer] has a queue. A request that the client does not
 * need any more says so by [property@Pusher.AuthorizationRequest:cancellable].
 *
 * Since: 1.0
 */
G_DEFINE_TYPE (PusherAuthorizer, pusher_authorizer, G_TYPE_OBJECT)

enum
{
  AUTHORIZE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
pusher_authorizer_real_authorize (PusherAuthorizer           *self,
                                  PusherAuthorizationRequest *request)
{
  return FALSE;
}

static void
pusher_authorizer_class_init (PusherAuthorizerClass *klass)
{
  klass->authorize = pusher_authorizer_real_authorize;

  /**
   * PusherAuthorizer::authorize:
   * @self: the authorizer
   * @request: what is asked for
   *
   * Emitted when the client needs an authorization. The first handler that
   * returns %TRUE answers the request, at once or later; to do it later it keeps
   * a reference to the request.
   *
   * Returns: whether the handler answers the request
   *
   * Since: 1.0
   */
  signals[AUTHORIZE] =
    g_signal_new ("authorize", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  G_STRUCT_OFFSET (PusherAuthorizerClass, authorize),
                  g_signal_accumulator_true_handled, NULL, NULL,
                  G_TYPE_BOOLEAN, 1, PUSHER_TYPE_AUTHORIZATION_REQUEST);
}

static void
pusher_authorizer_init (PusherAuthorizer *self)
{
}

/**
 * pusher_authorizer_new:
 *
 * Makes an authorizer that answers nothing by itself, for handlers of
 * [signal@Pusher.Authorizer::authorize].
 *
 * Returns: (transfer full): a new authorizer
 *
 * Since: 1.0
 */
PusherAuthorizer *
pusher_authorizer_new (void)
{
  return g_object_new (PUSHER_TYPE_AUTHORIZER, NULL);
}

/**
 * pusher_authorizer_authorize:
 * @self: an authorizer
 * @request: what is asked for
 *
 * Passes on a request. The client calls this; an authorizer that combines others
 * may call it too.
 *
 * Returns: whether the authorizer answers the request, at once or later
 *
 * Since: 1.0
 */
gboolean
pusher_authorizer_authorize (PusherAuthorizer           *self,
                             PusherAuthorizationRequest *request)
{
  gboolean handled = FALSE;

  g_return_val_if_fail (PUSHER_IS_AUTHORIZER (self), FALSE);
  g_return_val_if_fail (PUSHER_IS_AUTHORIZATION_REQUEST (request), FALSE);

  g_signal_emit (self, signals[AUTHORIZE], 0, request, &handled);

  return handled;
}

/* Sees to it that the request is answered, even if there is no authorizer. */
void
pusher_authorizer_ask (PusherAuthorizer           *self,
                       PusherAuthorizationRequest *request)
{
  const char *channel_name = pusher_authorization_request_get_channel_name (request);
  g_autoptr (PusherAuthorizer) authorizer = self != NULL ? g_object_ref (self) : NULL;
  g_autoptr (GError) error = NULL;

  if (authorizer != NULL && pusher_authorizer_authorize (authorizer, request))
    return;

  if (channel_name != NULL)
    error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                         _("There is no authorizer for channel “%s”"), channel_name);
  else
    error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                         _("There is no authenticator for users"));
  pusher_authorization_request_fail (request, error);
}
