/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The signals of a PusherClient. */

#include "config.h"

#include "pusher-client-signals-private.h"

enum
{
  EVENT,
  ERROR,
  CONNECTING_IN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
pusher_client_install_signals (GType type)
{
  /**
   * PusherClient::event:
   * @self: the client
   * @event: the event
   *
   * Emitted for each event of each channel, after the channel emitted it, and for
   * events that came on no channel. The name of the event is the detail.
   *
   * Since: 1.0
   */
  signals[EVENT] =
    g_signal_new ("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                  g_cclosure_marshal_VOID__OBJECT, G_TYPE_NONE, 1, PUSHER_TYPE_EVENT);
  g_signal_set_va_marshaller (signals[EVENT], type, g_cclosure_marshal_VOID__OBJECTv);

  /**
   * PusherClient::error:
   * @self: the client
   * @error: what went wrong
   *
   * Emitted for whatever goes wrong other than what a call returns: a connection was
   * lost, an attempt failed, a subscription or a sign-in failed, the server sent an error
   * or something that the protocol does not allow. Who listens to this alone misses
   * nothing.
   *
   * The domain is %PUSHER_SERVER_ERROR for what the server reports,
   * %PUSHER_HTTP_ERROR for what an authorization endpoint answers, else mostly
   * %PUSHER_ERROR. What concerns a channel or the user is told there first:
   * [signal@Pusher.Channel::subscription-error], [signal@Pusher.Channel::error],
   * [signal@Pusher.User::sign-in-error].
   *
   * The client carries on by itself unless its state is
   * %PUSHER_CONNECTION_STATE_FAILED.
   *
   * Since: 1.0
   */
  signals[ERROR] =
    g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * PusherClient::connecting-in:
   * @self: the client
   * @delay: microseconds until then, a `GTimeSpan`
   *
   * Emitted when the client begins to wait before it tries to connect again: after
   * [signal@Pusher.Client::error] has told why. [property@Pusher.Client:retry-at] has
   * the time at which that is.
   *
   * Since: 1.0
   */
  signals[CONNECTING_IN] =
    g_signal_new ("connecting-in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT64);
}

void
pusher_client_emit_event (PusherClient *self,
                          PusherEvent  *event,
                          GQuark        detail)
{
  g_signal_emit (self, signals[EVENT], detail, event);
}

void
pusher_client_emit_error (PusherClient *self,
                          const GError *error)
{
  g_signal_emit (self, signals[ERROR], 0, error);
}

void
pusher_client_emit_connecting_in (PusherClient *self,
                                  gint64        delay)
{
  g_signal_emit (self, signals[CONNECTING_IN], 0, delay);
}
