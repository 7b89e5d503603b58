/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/base/pusher-version-macros.h>

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * PusherConnectionState:
 * @PUSHER_CONNECTION_STATE_INITIALIZED: never opened.
 * @PUSHER_CONNECTION_STATE_CONNECTING: a connection is being made, or the
 *   client waits to try again.
 * @PUSHER_CONNECTION_STATE_CONNECTED: the server has accepted the connection.
 * @PUSHER_CONNECTION_STATE_UNAVAILABLE: no connection could be made for
 *   [property@Pusher.Client:unavailable-timeout] seconds; the client goes on
 *   trying.
 * @PUSHER_CONNECTION_STATE_FAILED: the server refused the client for a reason
 *   that another try would not mend; see [property@Pusher.Client:last-error].
 * @PUSHER_CONNECTION_STATE_DISCONNECTED: the application closed the client.
 *
 * States of the connection of a [class@Pusher.Client].
 *
 * Since: 1.0
 */
typedef enum
{
  PUSHER_CONNECTION_STATE_INITIALIZED,
  PUSHER_CONNECTION_STATE_CONNECTING,
  PUSHER_CONNECTION_STATE_CONNECTED,
  PUSHER_CONNECTION_STATE_UNAVAILABLE,
  PUSHER_CONNECTION_STATE_FAILED,
  PUSHER_CONNECTION_STATE_DISCONNECTED,
} PusherConnectionState;

/**
 * PusherChannelKind:
 * @PUSHER_CHANNEL_KIND_PUBLIC: any client may subscribe.
 * @PUSHER_CHANNEL_KIND_PRIVATE: the name begins with `private-`; a subscription
 *   needs an authorization.
 * @PUSHER_CHANNEL_KIND_PRESENCE: the name begins with `presence-`; its members
 *   know of each other.
 * @PUSHER_CHANNEL_KIND_ENCRYPTED: the name begins with `private-encrypted-`;
 *   the server cannot read its events.
 *
 * Kinds of channels, told by the beginning of the name.
 *
 * Since: 1.0
 */
typedef enum
{
  PUSHER_CHANNEL_KIND_PUBLIC,
  PUSHER_CHANNEL_KIND_PRIVATE,
  PUSHER_CHANNEL_KIND_PRESENCE,
  PUSHER_CHANNEL_KIND_ENCRYPTED,
} PusherChannelKind;

/**
 * PusherChannelState:
 * @PUSHER_CHANNEL_STATE_UNSUBSCRIBED: the application unsubscribed.
 * @PUSHER_CHANNEL_STATE_PENDING: the application wants the channel and the
 *   server has not accepted the subscription yet, or there is no connection.
 * @PUSHER_CHANNEL_STATE_SUBSCRIBED: the server has accepted the subscription
 *   and sends the events of the channel.
 * @PUSHER_CHANNEL_STATE_FAILED: the subscription was refused. It is tried again
 *   with the next connection; if its authorization failed for now, because the
 *   endpoint is out of order, say, also after 15 to 30 seconds.
 *
 * States of the subscription of a [class@Pusher.Channel].
 *
 * Since: 1.0
 */
typedef enum
{
  PUSHER_CHANNEL_STATE_UNSUBSCRIBED,
  PUSHER_CHANNEL_STATE_PENDING,
  PUSHER_CHANNEL_STATE_SUBSCRIBED,
  PUSHER_CHANNEL_STATE_FAILED,
} PusherChannelState;

/**
 * PusherAuthorizationKind:
 * @PUSHER_AUTHORIZATION_KIND_CHANNEL: a subscription to a channel.
 * @PUSHER_AUTHORIZATION_KIND_USER: the sign-in of a user.
 *
 * What an authorization is for.
 *
 * Since: 1.0
 */
typedef enum
{
  PUSHER_AUTHORIZATION_KIND_CHANNEL,
  PUSHER_AUTHORIZATION_KIND_USER,
} PusherAuthorizationKind;

G_END_DECLS
