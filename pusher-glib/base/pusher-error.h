/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/base/pusher-version-macros.h>

#include <glib.h>

G_BEGIN_DECLS

/**
 * PUSHER_ERROR:
 *
 * Domain of the client's own errors: see [error@Pusher.Error].
 *
 * Since: 1.0
 */
#define PUSHER_ERROR (pusher_error_quark ())

/**
 * PusherError:
 * @PUSHER_ERROR_FAILED: something that has no code of its own.
 * @PUSHER_ERROR_INVALID_NAME: a channel or event name breaks the rules of the
 *   protocol; nothing was sent.
 * @PUSHER_ERROR_INVALID_DATA: what the application gave is not what the
 *   protocol can carry: not JSON, not UTF-8, too large.
 * @PUSHER_ERROR_INVALID_SETTINGS: the client's settings do not make an
 *   address: neither a cluster nor a host, say.
 * @PUSHER_ERROR_INVALID_STATE: the call does not fit the present state: a ping
 *   without a connection, say.
 * @PUSHER_ERROR_CLOSED: the application closed the client, or unsubscribed from
 *   the channel, before the operation ended.
 * @PUSHER_ERROR_PROTOCOL: the server sent something that the protocol does not
 *   allow.
 * @PUSHER_ERROR_TIMEOUT: the server did not answer in time.
 * @PUSHER_ERROR_CONNECTION_LOST: the connection was lost; the client connects
 *   again by itself.
 * @PUSHER_ERROR_SUBSCRIPTION: the server refused a subscription.
 * @PUSHER_ERROR_AUTHORIZATION: there was no authorization: no authorizer to
 *   give it, or not a valid one.
 * @PUSHER_ERROR_DECRYPTION: an encrypted event could not be decrypted.
 * @PUSHER_ERROR_NOT_SUPPORTED: this kind of channel does not do that.
 * @PUSHER_ERROR_CERTIFICATE: the TLS certificate of the server or of the
 *   authorization endpoint is not acceptable; the message says why.
 * @PUSHER_ERROR_UNREACHABLE: the authorization endpoint could not be reached.
 * @PUSHER_ERROR_BUSY: the server is behind with what it was sent before; nothing
 *   more was sent.
 * @PUSHER_ERROR_TIMED_OUT: a subscription or a sign-in was not answered within
 *   [property@Pusher.Client:subscription-timeout]; the client tries again by
 *   itself.
 * @PUSHER_ERROR_BACKFILL: events that a channel has missed could not be had: nobody gave
 *   them, what was given was not valid, or too many others came meanwhile.
 *
 * Errors that the client finds itself.
 *
 * Codes that a server sends are in [error@Pusher.ServerError].
 *
 * Since: 1.0
 */
typedef enum
{
  PUSHER_ERROR_FAILED,
  PUSHER_ERROR_INVALID_NAME,
  PUSHER_ERROR_INVALID_DATA,
  PUSHER_ERROR_INVALID_SETTINGS,
  PUSHER_ERROR_INVALID_STATE,
  PUSHER_ERROR_CLOSED,
  PUSHER_ERROR_PROTOCOL,
  PUSHER_ERROR_TIMEOUT,
  PUSHER_ERROR_CONNECTION_LOST,
  PUSHER_ERROR_SUBSCRIPTION,
  PUSHER_ERROR_AUTHORIZATION,
  PUSHER_ERROR_DECRYPTION,
  PUSHER_ERROR_NOT_SUPPORTED,
  PUSHER_ERROR_CERTIFICATE,
  PUSHER_ERROR_UNREACHABLE,
  PUSHER_ERROR_BUSY,
  PUSHER_ERROR_TIMED_OUT,
  PUSHER_ERROR_BACKFILL,
} PusherError;

PUSHER_AVAILABLE_IN_1_0
GQuark pusher_error_quark (void);

/**
 * PUSHER_SERVER_ERROR:
 *
 * Domain of the errors that a server reports: see [error@Pusher.ServerError].
 *
 * Since: 1.0
 */
#define PUSHER_SERVER_ERROR (pusher_server_error_quark ())

/**
 * PusherServerError:
 * @PUSHER_SERVER_ERROR_UNSPECIFIED: a `pusher:error` without a code.
 * @PUSHER_SERVER_ERROR_TLS_REQUIRED: the application accepts TLS only.
 * @PUSHER_SERVER_ERROR_APP_NOT_FOUND: there is no application with this key.
 * @PUSHER_SERVER_ERROR_APP_DISABLED: the application is disabled.
 * @PUSHER_SERVER_ERROR_OVER_QUOTA: the application is over its connection
 *   quota.
 * @PUSHER_SERVER_ERROR_PATH_NOT_FOUND: the path of the URL is unknown.
 * @PUSHER_SERVER_ERROR_INVALID_VERSION: the version string is malformed.
 * @PUSHER_SERVER_ERROR_UNSUPPORTED_PROTOCOL: the server does not speak this
 *   version of the protocol.
 * @PUSHER_SERVER_ERROR_NO_PROTOCOL: no version of the protocol was given.
 * @PUSHER_SERVER_ERROR_UNAUTHORIZED: the connection is not authorized.
 * @PUSHER_SERVER_ERROR_OVER_CAPACITY: the server has no room at the moment.
 * @PUSHER_SERVER_ERROR_RECONNECT: the server asks for a new connection.
 * @PUSHER_SERVER_ERROR_PONG_MISSED: the server missed a pong.
 * @PUSHER_SERVER_ERROR_INACTIVE: the connection was inactive for too long.
 * @PUSHER_SERVER_ERROR_CLIENT_EVENT_RATE: a client event was refused, for its
 *   rate or because client events are not enabled.
 * @PUSHER_SERVER_ERROR_WATCHLIST_LIMIT: the watchlist is too long.
 *
 * Errors that a server reports, in a `pusher:error` message or by closing the
 * connection.
 *
 * The code of the `GError` is the code on the wire, or the `status` with which a
 * server refused a subscription or a sign-in. Servers may send codes that are
 * not listed here.
 *
 * Since: 1.0
 */
typedef enum
{
  PUSHER_SERVER_ERROR_UNSPECIFIED = 0,
  PUSHER_SERVER_ERROR_TLS_REQUIRED = 4000,
  PUSHER_SERVER_ERROR_APP_NOT_FOUND = 4001,
  PUSHER_SERVER_ERROR_APP_DISABLED = 4003,
  PUSHER_SERVER_ERROR_OVER_QUOTA = 4004,
  PUSHER_SERVER_ERROR_PATH_NOT_FOUND = 4005,
  PUSHER_SERVER_ERROR_INVALID_VERSION = 4006,
  PUSHER_SERVER_ERROR_UNSUPPORTED_PROTOCOL = 4007,
  PUSHER_SERVER_ERROR_NO_PROTOCOL = 4008,
  PUSHER_SERVER_ERROR_UNAUTHORIZED = 4009,
  PUSHER_SERVER_ERROR_OVER_CAPACITY = 4100,
  PUSHER_SERVER_ERROR_RECONNECT = 4200,
  PUSHER_SERVER_ERROR_PONG_MISSED = 4201,
  PUSHER_SERVER_ERROR_INACTIVE = 4202,
  PUSHER_SERVER_ERROR_CLIENT_EVENT_RATE = 4301,
  PUSHER_SERVER_ERROR_WATCHLIST_LIMIT = 4302,
} PusherServerError;

PUSHER_AVAILABLE_IN_1_0
GQuark pusher_server_error_quark (void);

/**
 * PUSHER_HTTP_ERROR:
 *
 * Domain of the errors of authorization endpoints: see [error@Pusher.HttpError].
 *
 * Since: 1.0
 */
#define PUSHER_HTTP_ERROR (pusher_http_error_quark ())

/**
 * PusherHttpError:
 * @PUSHER_HTTP_ERROR_BAD_REQUEST: the endpoint did not understand the request.
 * @PUSHER_HTTP_ERROR_UNAUTHORIZED: the request lacks valid credentials.
 * @PUSHER_HTTP_ERROR_FORBIDDEN: the user may not do this.
 * @PUSHER_HTTP_ERROR_NOT_FOUND: there is no such endpoint.
 * @PUSHER_HTTP_ERROR_REQUEST_TIMEOUT: the request took too long.
 * @PUSHER_HTTP_ERROR_TOO_MANY_REQUESTS: there were too many requests.
 * @PUSHER_HTTP_ERROR_INTERNAL_SERVER_ERROR: the endpoint failed.
 * @PUSHER_HTTP_ERROR_BAD_GATEWAY: a gateway could not reach the endpoint.
 * @PUSHER_HTTP_ERROR_SERVICE_UNAVAILABLE: the endpoint is not available.
 * @PUSHER_HTTP_ERROR_GATEWAY_TIMEOUT: the endpoint did not answer a gateway.
 *
 * HTTP statuses with which an authorization endpoint answered, instead of 200.
 *
 * The code of the `GError` is the status. Endpoints may send others than are
 * listed here.
 *
 * Since: 1.0
 */
typedef enum
{
  PUSHER_HTTP_ERROR_BAD_REQUEST = 400,
  PUSHER_HTTP_ERROR_UNAUTHORIZED = 401,
  PUSHER_HTTP_ERROR_FORBIDDEN = 403,
  PUSHER_HTTP_ERROR_NOT_FOUND = 404,
  PUSHER_HTTP_ERROR_REQUEST_TIMEOUT = 408,
  PUSHER_HTTP_ERROR_TOO_MANY_REQUESTS = 429,
  PUSHER_HTTP_ERROR_INTERNAL_SERVER_ERROR = 500,
  PUSHER_HTTP_ERROR_BAD_GATEWAY = 502,
  PUSHER_HTTP_ERROR_SERVICE_UNAVAILABLE = 503,
  PUSHER_HTTP_ERROR_GATEWAY_TIMEOUT = 504,
} PusherHttpError;

PUSHER_AVAILABLE_IN_1_0
GQuark pusher_http_error_quark (void);

G_END_DECLS
