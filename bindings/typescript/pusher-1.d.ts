// Copyright 2026 The pusher-glib authors
// SPDX-License-Identifier: LGPL-2.1-or-later

/**
 * Type Definitions for Gjs (https://gjs.guide/)
 *
 * These type definitions are automatically generated, do not edit them by hand.
 * If you found a bug fix it in `ts-for-gir` or create a bug report on https://github.com/gjsify/ts-for-gir
 *
 * The based EJS template file is used for the generated .d.ts file of each GIR module like Gtk-4.0, GObject-2.0, ...
 */

declare module 'gi://Pusher?version=1' {

// Module dependencies
import type Soup from 'gi://Soup?version=3.0';
import type Gio from 'gi://Gio?version=2.0';
import type GObject from 'gi://GObject?version=2.0';
import type GLib from 'gi://GLib?version=2.0';
import type Json from 'gi://Json?version=1.0';

export namespace Pusher {

    /**
     * Pusher-1
     */


    /**
     * @gir-type Enum
     */
    export namespace AuthorizationKind {
        export const $gtype: GObject.GType<AuthorizationKind>;
    }

    /**
     * What an authorization is for.
     * @gir-type Enum
     * @since 1.0
     */
    enum AuthorizationKind {
        /**
         * a subscription to a channel.
         */
        CHANNEL = 0,
        /**
         * the sign-in of a user.
         */
        USER = 1,
    }


    /**
     * @gir-type Enum
     */
    export namespace ChannelKind {
        export const $gtype: GObject.GType<ChannelKind>;
    }

    /**
     * Kinds of channels, told by the beginning of the name.
     * @gir-type Enum
     * @since 1.0
     */
    enum ChannelKind {
        /**
         * any client may subscribe.
         */
        PUBLIC = 0,
        /**
         * the name begins with `private-`; a subscription
         *   needs an authorization.
         */
        PRIVATE = 1,
        /**
         * the name begins with `presence-`; its members
         *   know of each other.
         */
        PRESENCE = 2,
        /**
         * the name begins with `private-encrypted-`;
         *   the server cannot read its events.
         */
        ENCRYPTED = 3,
    }


    /**
     * @gir-type Enum
     */
    export namespace ChannelState {
        export const $gtype: GObject.GType<ChannelState>;
    }

    /**
     * States of the subscription of a {@link Pusher.Channel}.
     * @gir-type Enum
     * @since 1.0
     */
    enum ChannelState {
        /**
         * the application unsubscribed.
         */
        UNSUBSCRIBED = 0,
        /**
         * the application wants the channel and the
         *   server has not accepted the subscription yet, or there is no connection.
         */
        PENDING = 1,
        /**
         * the server has accepted the subscription
         *   and sends the events of the channel.
         */
        SUBSCRIBED = 2,
        /**
         * the subscription was refused. It is tried again
         *   with the next connection; if its authorization failed for now, because the
         *   endpoint is out of order, say, also after 15 to 30 seconds.
         */
        FAILED = 3,
    }


    /**
     * @gir-type Enum
     */
    export namespace ConnectionState {
        export const $gtype: GObject.GType<ConnectionState>;
    }

    /**
     * States of the connection of a {@link Pusher.Client}.
     * @gir-type Enum
     * @since 1.0
     */
    enum ConnectionState {
        /**
         * never opened.
         */
        INITIALIZED = 0,
        /**
         * a connection is being made, or the
         *   client waits to try again.
         */
        CONNECTING = 1,
        /**
         * the server has accepted the connection.
         */
        CONNECTED = 2,
        /**
         * no connection could be made for
         *   {@link Pusher.Client.unavailable_timeout} seconds; the client goes on
         *   trying.
         */
        UNAVAILABLE = 3,
        /**
         * the server refused the client for a reason
         *   that another try would not mend; see {@link Pusher.Client.last_error}.
         */
        FAILED = 4,
        /**
         * the application closed the client.
         */
        DISCONNECTED = 5,
    }


    /**
     * Errors that the client finds itself.
     *
     * Codes that a server sends are in {@link Pusher.ServerError}.
     * @gir-type Struct
     */
    class Error extends GLib.Error {
        static $gtype: GObject.GType<GLib.Error>;

        // Static fields
        /**
         * something that has no code of its own.
         */
        static FAILED: number;

        /**
         * a channel or event name breaks the rules of the
         *   protocol; nothing was sent.
         */
        static INVALID_NAME: number;

        /**
         * what the application gave is not what the
         *   protocol can carry: not JSON, not UTF-8, too large.
         */
        static INVALID_DATA: number;

        /**
         * the client's settings do not make an
         *   address: neither a cluster nor a host, say.
         */
        static INVALID_SETTINGS: number;

        /**
         * the call does not fit the present state: a ping
         *   without a connection, say.
         */
        static INVALID_STATE: number;

        /**
         * the application closed the client, or unsubscribed from
         *   the channel, before the operation ended.
         */
        static CLOSED: number;

        /**
         * the server sent something that the protocol does not
         *   allow.
         */
        static PROTOCOL: number;

        /**
         * the server did not answer in time.
         */
        static TIMEOUT: number;

        /**
         * the connection was lost; the client connects
         *   again by itself.
         */
        static CONNECTION_LOST: number;

        /**
         * the server refused a subscription.
         */
        static SUBSCRIPTION: number;

        /**
         * there was no authorization: no authorizer to
         *   give it, or not a valid one.
         */
        static AUTHORIZATION: number;

        /**
         * an encrypted event could not be decrypted.
         */
        static DECRYPTION: number;

        /**
         * this kind of channel does not do that.
         */
        static NOT_SUPPORTED: number;

        /**
         * the TLS certificate of the server or of the
         *   authorization endpoint is not acceptable; the message says why.
         */
        static CERTIFICATE: number;

        /**
         * the authorization endpoint could not be reached.
         */
        static UNREACHABLE: number;

        /**
         * the server is behind with what it was sent before; nothing
         *   more was sent.
         */
        static BUSY: number;

        /**
         * a subscription or a sign-in was not answered within
         *   {@link Pusher.Client.subscription_timeout}; the client tries again by
         *   itself.
         */
        static TIMED_OUT: number;

        /**
         * events that a channel has missed could not be had: nobody gave
         *   them, what was given was not valid, or too many others came meanwhile.
         */
        static BACKFILL: number;

        // Constructors
        constructor(options: { message: string; code: number });

        // Static methods
        /**
         * Gets the domain of the client's own errors, `PUSHER_ERROR`.
         * @since 1.0
         */
        static quark(): GLib.Quark;
    }


    /**
     * HTTP statuses with which an authorization endpoint answered, instead of 200.
     *
     * The code of the {@link GLib.Error} is the status. Endpoints may send others than are
     * listed here.
     * @gir-type Struct
     */
    class HttpError extends GLib.Error {
        static $gtype: GObject.GType<GLib.Error>;

        // Static fields
        /**
         * the endpoint did not understand the request.
         */
        static BAD_REQUEST: number;

        /**
         * the request lacks valid credentials.
         */
        static UNAUTHORIZED: number;

        /**
         * the user may not do this.
         */
        static FORBIDDEN: number;

        /**
         * there is no such endpoint.
         */
        static NOT_FOUND: number;

        /**
         * the request took too long.
         */
        static REQUEST_TIMEOUT: number;

        /**
         * there were too many requests.
         */
        static TOO_MANY_REQUESTS: number;

        /**
         * the endpoint failed.
         */
        static INTERNAL_SERVER_ERROR: number;

        /**
         * a gateway could not reach the endpoint.
         */
        static BAD_GATEWAY: number;

        /**
         * the endpoint is not available.
         */
        static SERVICE_UNAVAILABLE: number;

        /**
         * the endpoint did not answer a gateway.
         */
        static GATEWAY_TIMEOUT: number;

        // Constructors
        constructor(options: { message: string; code: number });

        // Static methods
        /**
         * Gets the domain of the errors of authorization endpoints, `PUSHER_HTTP_ERROR`.
         * @since 1.0
         */
        static quark(): GLib.Quark;
    }


    /**
     * Errors that a server reports, in a `pusher:error` message or by closing the
     * connection.
     *
     * The code of the {@link GLib.Error} is the code on the wire, or the `status` with which a
     * server refused a subscription or a sign-in. Servers may send codes that are
     * not listed here.
     * @gir-type Struct
     */
    class ServerError extends GLib.Error {
        static $gtype: GObject.GType<GLib.Error>;

        // Static fields
        /**
         * a `pusher:error` without a code.
         */
        static UNSPECIFIED: number;

        /**
         * the application accepts TLS only.
         */
        static TLS_REQUIRED: number;

        /**
         * there is no application with this key.
         */
        static APP_NOT_FOUND: number;

        /**
         * the application is disabled.
         */
        static APP_DISABLED: number;

        /**
         * the application is over its connection
         *   quota.
         */
        static OVER_QUOTA: number;

        /**
         * the path of the URL is unknown.
         */
        static PATH_NOT_FOUND: number;

        /**
         * the version string is malformed.
         */
        static INVALID_VERSION: number;

        /**
         * the server does not speak this
         *   version of the protocol.
         */
        static UNSUPPORTED_PROTOCOL: number;

        /**
         * no version of the protocol was given.
         */
        static NO_PROTOCOL: number;

        /**
         * the connection is not authorized.
         */
        static UNAUTHORIZED: number;

        /**
         * the server has no room at the moment.
         */
        static OVER_CAPACITY: number;

        /**
         * the server asks for a new connection.
         */
        static RECONNECT: number;

        /**
         * the server missed a pong.
         */
        static PONG_MISSED: number;

        /**
         * the connection was inactive for too long.
         */
        static INACTIVE: number;

        /**
         * a client event was refused, for its
         *   rate or because client events are not enabled.
         */
        static CLIENT_EVENT_RATE: number;

        /**
         * the watchlist is too long.
         */
        static WATCHLIST_LIMIT: number;

        // Constructors
        constructor(options: { message: string; code: number });

        // Static methods
        /**
         * Gets the domain of the errors that a server reports, `PUSHER_SERVER_ERROR`.
         * @since 1.0
         */
        static quark(): GLib.Quark;
    }


    /**
     * The major version of the library that the program was compiled against.
     * @since 1.0
     * @default 1
     */
    const MAJOR_VERSION: number;

    /**
     * The micro version of the library that the program was compiled against.
     * @since 1.0
     * @default 0
     */
    const MICRO_VERSION: number;

    /**
     * The minor version of the library that the program was compiled against.
     * @since 1.0
     * @default 0
     */
    const MINOR_VERSION: number;

    /**
     * The version of the library that the program was compiled against, as text.
     * @since 1.0
     * @default 1.0.0
     */
    const VERSION_S: string;

    /**
     * Whether the program runs with the given version of the library or a newer one.
     *
     * It is what `PUSHER_CHECK_VERSION()` is when a program is compiled.
     * @param major the required major version
     * @param minor the required minor version
     * @param micro the required micro version
     * @returns `true` if the library is not older
     * @since 1.0
     */
    function check_version(major: number, minor: number, micro: number): boolean;

    /**
     * Gets the domain of the client's own errors, `PUSHER_ERROR`.
     * @returns the domain
     * @since 1.0
     */
    function error_quark(): GLib.Quark;

    /**
     * Gets the major version of the library that the program runs with.
     *
     * {@link Pusher.MAJOR_VERSION} is that of the library it was compiled against.
     * @returns the major version
     * @since 1.0
     */
    function get_major_version(): number;

    /**
     * Gets the micro version of the library that the program runs with.
     *
     * {@link Pusher.MICRO_VERSION} is that of the library it was compiled against.
     * @returns the micro version
     * @since 1.0
     */
    function get_micro_version(): number;

    /**
     * Gets the minor version of the library that the program runs with.
     *
     * {@link Pusher.MINOR_VERSION} is that of the library it was compiled against.
     * @returns the minor version
     * @since 1.0
     */
    function get_minor_version(): number;

    /**
     * Gets the domain of the errors of authorization endpoints, `PUSHER_HTTP_ERROR`.
     * @returns the domain
     * @since 1.0
     */
    function http_error_quark(): GLib.Quark;

    /**
     * Gets the domain of the errors that a server reports, `PUSHER_SERVER_ERROR`.
     * @returns the domain
     * @since 1.0
     */
    function server_error_quark(): GLib.Quark;

    namespace AuthorizationRequest {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            "notify::cancellable": (pspec: GObject.ParamSpec) => void;
            "notify::channel-name": (pspec: GObject.ParamSpec) => void;
            "notify::key": (pspec: GObject.ParamSpec) => void;
            "notify::kind": (pspec: GObject.ParamSpec) => void;
            "notify::socket-id": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            cancellable: Gio.Cancellable;
            channel_name: string | null;
            channelName: string | null;
            key: string;
            kind: AuthorizationKind;
            socket_id: string;
            socketId: string;
        }
    }

    /**
     * What the client wants of its {@link Pusher.Authorizer}: the right to subscribe
     * to a channel, or to sign in a user, on one connection.
     *
     * The authorizer answers it once, with
     * {@link Pusher.AuthorizationRequest.complete},
     * {@link Pusher.AuthorizationRequest.complete_json},
     * {@link Pusher.AuthorizationRequest.fail} or
     * {@link Pusher.AuthorizationRequest.fail_for_now}, at once or later, in the
     * thread of the client. It keeps a reference until then: a request that goes away
     * without an answer has failed.
     *
     * An answer that comes too late, because the connection is gone or the
     * application has unsubscribed, is ignored, as is a second one.
     * @gir-type Class
     * @since 1.0
     */
    class AuthorizationRequest extends GObject.Object {
        static $gtype: GObject.GType<AuthorizationRequest>;

        // Properties
        /**
         * Is cancelled when the client does not need the answer any more.
         * @since 1.0
         * @read-only
         */
        get cancellable(): Gio.Cancellable;

        /**
         * The name of the channel, or `null` if a user is to sign in.
         * @since 1.0
         * @read-only
         */
        get channel_name(): string | null;

        /**
         * The name of the channel, or `null` if a user is to sign in.
         * @since 1.0
         * @read-only
         */
        get channelName(): string | null;

        /**
         * The key of the application at the server.
         * @since 1.0
         * @read-only
         */
        get key(): string;

        /**
         * What is asked for.
         * @since 1.0
         * @read-only
         */
        get kind(): AuthorizationKind;

        /**
         * The socket id of the connection that the answer is for.
         * @since 1.0
         * @read-only
         */
        get socket_id(): string;

        /**
         * The socket id of the connection that the answer is for.
         * @since 1.0
         * @read-only
         */
        get socketId(): string;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: AuthorizationRequest.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<AuthorizationRequest.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof AuthorizationRequest.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, AuthorizationRequest.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof AuthorizationRequest.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, AuthorizationRequest.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof AuthorizationRequest.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<AuthorizationRequest.SignalSignatures[K]>): void;

        // Methods
        /**
         * Grants what was asked for. The request fails if what is given is malformed.
         * @param auth the authorization, `KEY:SIGNATURE`
         * @param data the `channel_data` of a presence channel or the `user_data`   of a user, exactly the JSON text that was signed
         * @param shared_secret the key of an encrypted channel, in base64
         * @since 1.0
         */
        complete(auth: string, data: string | null, shared_secret: string | null): void;

        /**
         * Grants what was asked for with the response of an authorization endpoint:
         * `{"auth": …, "channel_data": …, "user_data": …, "shared_secret": …}`, where
         * only `auth` is always needed.
         *
         * If the body is not of this form the request fails with the same error that is
         * returned here, {@link Pusher.Error.AUTHORIZATION}.
         * @param body the body of the response of an endpoint
         * @returns whether the body is of the form
         * @since 1.0
         * @throws GLib.Error
         */
        complete_json(body: string): boolean;

        /**
         * Refuses what was asked for. The error, whatever it is, is that of the
         * subscription, or of the sign-in. The client does not ask again before its next
         * connection, unless the application tells it to.
         * @param error why
         * @since 1.0
         */
        fail(error: GLib.Error): void;

        /**
         * Says that what was asked for can be neither granted nor refused at present, for
         * example because a server cannot be reached.
         *
         * The subscription, or the sign-in, fails with the error, and the client asks
         * again by itself after 15 to 30 seconds.
         * @param error why
         * @since 1.0
         */
        fail_for_now(error: GLib.Error): void;

        /**
         * Gets what is cancelled when the client does not need the answer any more: pass
         * it to the calls that find the answer.
         * @returns a cancellable
         * @since 1.0
         */
        get_cancellable(): Gio.Cancellable;

        /**
         * Gets the name of the channel.
         * @returns the name, or `null` if a user is to sign   in
         * @since 1.0
         */
        get_channel_name(): string | null;

        /**
         * Gets the key of the application at the server, with which an `auth` begins.
         * @returns the key
         * @since 1.0
         */
        get_key(): string;

        /**
         * Gets what is asked for.
         * @returns the kind
         * @since 1.0
         */
        get_kind(): AuthorizationKind;

        /**
         * Gets the socket id of the connection that the answer is for.
         * @returns the socket id
         * @since 1.0
         */
        get_socket_id(): string;
    }


    namespace Authorizer {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            /**
             * Emitted when the client needs an authorization. The first handler that
             * returns `true` answers the request, at once or later; to do it later it keeps
             * a reference to the request.
             * @signal
             * @since 1.0
             * @run-last
             */
            authorize: (request: AuthorizationRequest) => boolean | void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {}
    }

    /**
     * Answers the client's {@link Pusher.AuthorizationRequest}s: for private,
     * presence and encrypted channels as {@link Pusher.Client.authorizer}, for
     * signing in as {@link Pusher.Client.user_authenticator}.
     *
     * Most applications use {@link Pusher.HttpAuthorizer}, which asks a server, or
     * {@link Pusher.SecretAuthorizer}, which knows the secret of the application.
     * Others connect to `Pusher.Authorizer::authorize`, or derive from this
     * class and override its function.
     *
     * A client makes all the requests that it needs at once: a handler, or a derived
     * class, gets one for each private channel right after a connect or a reconnect,
     * and sees for itself to how many of them it deals with at a time. Only
     * {@link Pusher.HttpAuthorizer} has a queue. A request that the client does not
     * need any more says so by {@link Pusher.AuthorizationRequest.cancellable}.
     * @gir-type Class
     * @since 1.0
     */
    class Authorizer extends GObject.Object {
        static $gtype: GObject.GType<Authorizer>;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Authorizer.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Authorizer.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        static ["new"](): Authorizer;

        // Signals
        /** @signal */
        connect<K extends keyof Authorizer.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Authorizer.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Authorizer.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Authorizer.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Authorizer.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Authorizer.SignalSignatures[K]>): void;

        // Virtual methods
        /**
         * Passes on a request. The client calls this; an authorizer that combines others
         * may call it too.
         * @param request what is asked for
         * @since 1.0
         * @virtual
         */
        vfunc_authorize(request: AuthorizationRequest): boolean;

        // Methods
        /**
         * Passes on a request. The client calls this; an authorizer that combines others
         * may call it too.
         * @param request what is asked for
         * @returns whether the authorizer answers the request, at once or later
         * @since 1.0
         */
        authorize(request: AuthorizationRequest): boolean;
    }


    namespace Backfill {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            /**
             * Emitted when a channel needs events that it has missed. The first handler that returns
             * `true` answers the request, at once or later; to do it later it keeps a reference to the
             * request.
             * @signal
             * @since 1.0
             * @run-last
             */
            fetch: (request: BackfillRequest) => boolean | void;
            /**
             * Emitted to find the id of an event: of each one that arrives, and of each one that is
             * given without an id. The first handler that does not return `null` counts; if none does,
             * {@link Pusher.Backfill.id_pointer} does.
             * @signal
             * @since 1.0
             * @run-last
             */
            identify: (event: Event) => string | null;
            "notify::client-events": (pspec: GObject.ParamSpec) => void;
            "notify::id-pointer": (pspec: GObject.ParamSpec) => void;
            "notify::initial-count": (pspec: GObject.ParamSpec) => void;
            "notify::max-attempts": (pspec: GObject.ParamSpec) => void;
            "notify::max-concurrent": (pspec: GObject.ParamSpec) => void;
            "notify::max-held-bytes": (pspec: GObject.ParamSpec) => void;
            "notify::max-held-events": (pspec: GObject.ParamSpec) => void;
            "notify::timeout": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            client_events: boolean;
            clientEvents: boolean;
            id_pointer: string | null;
            idPointer: string | null;
            initial_count: number;
            initialCount: number;
            max_attempts: number;
            maxAttempts: number;
            max_concurrent: number;
            maxConcurrent: number;
            max_held_bytes: bigint | number;
            maxHeldBytes: bigint | number;
            max_held_events: number;
            maxHeldEvents: number;
            timeout: number;
        }
    }

    /**
     * Knows where the events of channels are kept, so that nothing is lost.
     *
     * The protocol has no memory: what is published while a client has no connection does not
     * reach it. An application whose server keeps its events gives a backfill to its channels,
     * by {@link Pusher.Channel.backfill}, and hears every event once and in order: after a
     * gap a channel holds what arrives, fetches what is missing, and delivers all of it by
     * the same signal `Pusher.Channel::event` as ever.
     *
     * Most applications use {@link Pusher.HttpBackfill}, which asks a server. Others connect to
     * `Pusher.Backfill::fetch`, or derive from this class and override its function.
     * One backfill may serve many channels; those have to be of the same thread.
     *
     * Each event needs an id, a text that no other event of its channel has: a string or a
     * number in its data, where {@link Pusher.Backfill.id_pointer} says, or what
     * `Pusher.Backfill::identify` returns. What the texts are does not matter: the
     * order is that in which the store gives the events. An event without an id is delivered
     * in its place, and cannot be missed. Those of the protocol, whose names begin with `pusher:`,
     * never have one, and never wait; nor do client events, unless the store has them too and
     * {@link Pusher.Backfill.client_events} says so.
     * @gir-type Class
     * @since 1.0
     */
    class Backfill extends GObject.Object {
        static $gtype: GObject.GType<Backfill>;

        // Properties
        /**
         * Whether client events that have an id are kept like other events: then they wait while
         * others are fetched, come once, and move the {@link Pusher.Channel.position}. Those
         * without an id never wait.
         *
         * Set this only if the store has them all, under the ids that their senders chose: else the
         * channel asks from an id which the store does not know. The server does not send a client
         * event back to who sent it, so that the channel may be given it by the store.
         * @since 1.0
         */
        get client_events(): boolean;
        set client_events(val: boolean);

        /**
         * Whether client events that have an id are kept like other events: then they wait while
         * others are fetched, come once, and move the {@link Pusher.Channel.position}. Those
         * without an id never wait.
         *
         * Set this only if the store has them all, under the ids that their senders chose: else the
         * channel asks from an id which the store does not know. The server does not send a client
         * event back to who sent it, so that the channel may be given it by the store.
         * @since 1.0
         */
        get clientEvents(): boolean;
        set clientEvents(val: boolean);

        /**
         * The JSON Pointer (RFC 6901) to the id of an event in its data, or `null` if only
         * `Pusher.Backfill::identify` finds it.
         *
         * An id is a string of 1 to 512 bytes, or a number, which counts as the text that it is
         * written as.
         * @since 1.0
         */
        get id_pointer(): string | null;
        set id_pointer(val: string | null);

        /**
         * The JSON Pointer (RFC 6901) to the id of an event in its data, or `null` if only
         * `Pusher.Backfill::identify` finds it.
         *
         * An id is a string of 1 to 512 bytes, or a number, which counts as the text that it is
         * written as.
         * @since 1.0
         */
        get idPointer(): string | null;
        set idPointer(val: string | null);

        /**
         * How many of the last events a channel delivers when it is subscribed for the first time,
         * and has no {@link Pusher.Channel.position} yet. With 0 it begins with the next one.
         *
         * In that case, too, it asks for the last event: not for the event, but for its id, so
         * that it knows where it has begun.
         * @since 1.0
         */
        get initial_count(): number;
        set initial_count(val: number);

        /**
         * How many of the last events a channel delivers when it is subscribed for the first time,
         * and has no {@link Pusher.Channel.position} yet. With 0 it begins with the next one.
         *
         * In that case, too, it asks for the last event: not for the event, but for its id, so
         * that it knows where it has begun.
         * @since 1.0
         */
        get initialCount(): number;
        set initialCount(val: number);

        /**
         * How often a channel asks for the same events before it goes on without them, and tells
         * that by `Pusher.Channel::lost`; 0 for as often as it takes.
         *
         * Between two attempts it waits for a random time, of up to half a second at first and half
         * a minute at last.
         * @since 1.0
         */
        get max_attempts(): number;
        set max_attempts(val: number);

        /**
         * How often a channel asks for the same events before it goes on without them, and tells
         * that by `Pusher.Channel::lost`; 0 for as often as it takes.
         *
         * Between two attempts it waits for a random time, of up to half a second at first and half
         * a minute at last.
         * @since 1.0
         */
        get maxAttempts(): number;
        set maxAttempts(val: number);

        /**
         * The most requests that are under way at the same time, of all channels of the backfill.
         * Others wait until one of these is answered.
         * @since 1.0
         */
        get max_concurrent(): number;
        set max_concurrent(val: number);

        /**
         * The most requests that are under way at the same time, of all channels of the backfill.
         * Others wait until one of these is answered.
         * @since 1.0
         */
        get maxConcurrent(): number;
        set maxConcurrent(val: number);

        /**
         * About the most memory, in bytes, that the events of a channel take which are held while
         * others are fetched. When that is not enough the oldest ones are given up, as for
         * {@link Pusher.Backfill.max_held_events}.
         * @since 1.0
         */
        get max_held_bytes(): number;
        set max_held_bytes(val: bigint | number);

        /**
         * About the most memory, in bytes, that the events of a channel take which are held while
         * others are fetched. When that is not enough the oldest ones are given up, as for
         * {@link Pusher.Backfill.max_held_events}.
         * @since 1.0
         */
        get maxHeldBytes(): number;
        set maxHeldBytes(val: bigint | number);

        /**
         * The most events of a channel that are held while others are fetched.
         *
         * When there are more, the oldest one is given up. If it has an id it is not lost: the
         * channel fetches it with the others. If it has none, the channel tells
         * `Pusher.Channel::lost`.
         * @since 1.0
         */
        get max_held_events(): number;
        set max_held_events(val: number);

        /**
         * The most events of a channel that are held while others are fetched.
         *
         * When there are more, the oldest one is given up. If it has an id it is not lost: the
         * channel fetches it with the others. If it has none, the channel tells
         * `Pusher.Channel::lost`.
         * @since 1.0
         */
        get maxHeldEvents(): number;
        set maxHeldEvents(val: number);

        /**
         * Seconds within which a request has to be answered. After that it has failed for now.
         * @since 1.0
         */
        get timeout(): number;
        set timeout(val: number);

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Backfill.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Backfill.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        static ["new"](): Backfill;

        // Signals
        /** @signal */
        connect<K extends keyof Backfill.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Backfill.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Backfill.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Backfill.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Backfill.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Backfill.SignalSignatures[K]>): void;

        // Virtual methods
        /**
         * Passes on a request. Channels call this; a backfill that combines others may call it too.
         * @param request what is asked for
         * @since 1.0
         * @virtual
         */
        vfunc_fetch(request: BackfillRequest): boolean;

        /**
         * Finds the id of an event. Channels call this; it is of use to applications that keep
         * events themselves.
         * @param event an event
         * @since 1.0
         * @virtual
         */
        vfunc_identify(event: Event): string | null;

        // Methods
        /**
         * Passes on a request. Channels call this; a backfill that combines others may call it too.
         * @param request what is asked for
         * @returns whether the backfill answers the request, at once or later
         * @since 1.0
         */
        fetch(request: BackfillRequest): boolean;

        /**
         * Gets whether client events are kept like other events.
         * @returns `true` if the store has them too
         * @since 1.0
         */
        get_client_events(): boolean;

        /**
         * Gets where the id of an event lies in its data.
         * @returns the pointer, or `null` if there is none
         * @since 1.0
         */
        get_id_pointer(): string | null;

        /**
         * Gets how many of the last events a channel begins with.
         * @returns the number
         * @since 1.0
         */
        get_initial_count(): number;

        /**
         * Gets how often a channel asks for the same events.
         * @returns the number of attempts, or 0
         * @since 1.0
         */
        get_max_attempts(): number;

        /**
         * Gets how many requests are under way at the same time.
         * @returns the most requests
         * @since 1.0
         */
        get_max_concurrent(): number;

        /**
         * Gets how much memory the events of a channel take that are held while others are fetched.
         * @returns bytes
         * @since 1.0
         */
        get_max_held_bytes(): number;

        /**
         * Gets how many events of a channel are held while others are fetched.
         * @returns the most events
         * @since 1.0
         */
        get_max_held_events(): number;

        /**
         * Gets within which time a request has to be answered.
         * @returns seconds
         * @since 1.0
         */
        get_timeout(): number;

        /**
         * Finds the id of an event. Channels call this; it is of use to applications that keep
         * events themselves.
         * @param event an event
         * @returns the id, or `null` if the event has none
         * @since 1.0
         */
        identify(event: Event): string | null;

        /**
         * Sets whether client events are kept like other events: see
         * {@link Pusher.Backfill.client_events}.
         * @param client_events whether the store has them too
         * @since 1.0
         */
        set_client_events(client_events: boolean): void;

        /**
         * Sets where the id of an event lies in its data: see {@link Pusher.Backfill.id_pointer}.
         * @param id_pointer a JSON Pointer (RFC 6901), or `null`
         * @since 1.0
         */
        set_id_pointer(id_pointer: string | null): void;

        /**
         * Sets how many of the last events a channel begins with: see
         * {@link Pusher.Backfill.initial_count}.
         * @param initial_count the number, at most 10,000
         * @since 1.0
         */
        set_initial_count(initial_count: number): void;

        /**
         * Sets how often a channel asks for the same events: see [property@Pusher.Backfill:max-
         * attempts].
         * @param max_attempts the number of attempts, or 0 for no end
         * @since 1.0
         */
        set_max_attempts(max_attempts: number): void;

        /**
         * Sets how many requests are under way at the same time: see [property@Pusher.Backfill:max-
         * concurrent].
         * @param max_concurrent the most requests, at least 1
         * @since 1.0
         */
        set_max_concurrent(max_concurrent: number): void;

        /**
         * Sets how much memory the events of a channel take that are held while others are fetched:
         * see {@link Pusher.Backfill.max_held_bytes}.
         * @param max_held_bytes bytes
         * @since 1.0
         */
        set_max_held_bytes(max_held_bytes: bigint | number): void;

        /**
         * Sets how many events of a channel are held while others are fetched: see
         * {@link Pusher.Backfill.max_held_events}.
         * @param max_held_events the most events
         * @since 1.0
         */
        set_max_held_events(max_held_events: number): void;

        /**
         * Sets within which time a request has to be answered: see {@link Pusher.Backfill.timeout}.
         * @param seconds seconds, at least 1
         * @since 1.0
         */
        set_timeout(seconds: number): void;
    }


    namespace BackfillRequest {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            "notify::after": (pspec: GObject.ParamSpec) => void;
            "notify::cancellable": (pspec: GObject.ParamSpec) => void;
            "notify::channel-name": (pspec: GObject.ParamSpec) => void;
            "notify::last": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            after: string | null;
            cancellable: Gio.Cancellable;
            channel_name: string;
            channelName: string;
            last: number;
        }
    }

    /**
     * What a channel wants of its {@link Pusher.Backfill}: the events that it has missed.
     *
     * Which ones these are is said by {@link Pusher.BackfillRequest.after} and
     * {@link Pusher.BackfillRequest.last}. The backfill gives each of them, in their order,
     * by {@link Pusher.BackfillRequest.add}, and then answers once with
     * {@link Pusher.BackfillRequest.complete}, {@link Pusher.BackfillRequest.fail} or
     * {@link Pusher.BackfillRequest.fail_for_now}, at once or later, in the thread of the
     * client. It need not give all of them: if it says that there are more it is asked for
     * those after the last one that it gave.
     *
     * It keeps a reference until then: a request that goes away without an answer has failed
     * for now. An answer that comes too late, because the connection is gone again or the
     * application has unsubscribed, is ignored, as is a second one. Events are delivered from
     * the main loop, and never while one of these functions is called.
     * @gir-type Class
     * @since 1.0
     */
    class BackfillRequest extends GObject.Object {
        static $gtype: GObject.GType<BackfillRequest>;

        // Properties
        /**
         * The id of an event, or `null`: all events of the channel after that one are wanted, in
         * the order in which the store has them.
         *
         * If it is `null`, and {@link Pusher.BackfillRequest.last} is 0, all events are wanted:
         * the store had none when the channel began.
         * @since 1.0
         * @read-only
         */
        get after(): string | null;

        /**
         * Is cancelled when the channel does not need the answer any more.
         * @since 1.0
         * @read-only
         */
        get cancellable(): Gio.Cancellable;

        /**
         * The name of the channel.
         * @since 1.0
         * @read-only
         */
        get channel_name(): string;

        /**
         * The name of the channel.
         * @since 1.0
         * @read-only
         */
        get channelName(): string;

        /**
         * If it is not 0, so many of the last events of the channel are wanted, in the order in
         * which the store has them: the oldest of these first.
         *
         * Whoever gives more than that, all for example, does no harm but to the time it takes.
         * @since 1.0
         * @read-only
         */
        get last(): number;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: BackfillRequest.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<BackfillRequest.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof BackfillRequest.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, BackfillRequest.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof BackfillRequest.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, BackfillRequest.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof BackfillRequest.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<BackfillRequest.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gives the next event. It is delivered once the request is completed.
         *
         * An id has 1 to 512 bytes; what has not is none.
         *
         * There is room for 10,000 events, and for 16 MiB of them: what is given beyond that is
         * left out, and the channel asks for it again.
         * @param name the name of an event
         * @param data its data, as {@link Pusher.Event.get_data} gives it
         * @param id its id, or `null` if {@link Pusher.Backfill.identify} finds it
         * @since 1.0
         */
        add(name: string, data: string | null, id: string | null): void;

        /**
         * Says that the events have been given. If there are more of them the channel asks for
         * those after the last one that has an id.
         *
         * The request fails if something that was given is not text, or if an event has no name.
         * @param more whether there are more events than were given
         * @since 1.0
         */
        complete(more: boolean): void;

        /**
         * Says that the events cannot be had, for example because the store does not know
         * {@link Pusher.BackfillRequest.after} any more: the channel goes on without them, and
         * tells that by `Pusher.Channel::lost`.
         * @param error why
         * @since 1.0
         */
        fail(error: GLib.Error): void;

        /**
         * Says that the events cannot be had at present, for example because a server cannot be
         * reached. The channel asks again after a while, as often as
         * {@link Pusher.Backfill.max_attempts} says.
         * @param error why
         * @since 1.0
         */
        fail_for_now(error: GLib.Error): void;

        /**
         * Gets the id of the event after which events are wanted: see
         * {@link Pusher.BackfillRequest.after}.
         * @returns the id, or `null`
         * @since 1.0
         */
        get_after(): string | null;

        /**
         * Gets what is cancelled when the channel does not need the answer any more: pass it to
         * the calls that find the events.
         * @returns a cancellable
         * @since 1.0
         */
        get_cancellable(): Gio.Cancellable;

        /**
         * Gets the name of the channel.
         * @returns the name
         * @since 1.0
         */
        get_channel_name(): string;

        /**
         * Gets how many of the last events are wanted: see
         * {@link Pusher.BackfillRequest.last}.
         * @returns the number, or 0 if it is not the last ones that are wanted
         * @since 1.0
         */
        get_last(): number;
    }


    namespace Channel {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            /**
             * Emitted on a cache channel, after the subscription, when the server has no
             * event to send.
             * @signal
             * @since 1.0
             * @run-last
             */
            "cache-miss": () => void;
            /**
             * Emitted on a channel with a {@link Pusher.Channel.backfill} when all that it had missed
             * has been delivered, and what arrived meanwhile. From here on events are delivered as they
             * arrive.
             * @signal
             * @since 1.0
             * @run-last
             */
            "caught-up": (n_events: number) => void;
            /**
             * Emitted when the server reports an error about the channel, such as a client
             * event that it refused, and when an encrypted event cannot be decrypted. The
             * subscription goes on. `Pusher.Client::error` tells of it as well.
             * @signal
             * @since 1.0
             * @run-last
             */
            error: (error: GLib.Error) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            event: (event: Event) => void;
            /**
             * Emitted when the channel is subscribed again after a time without a
             * connection: the application may have missed the events of that time, and
             * would fetch what it needs to know from elsewhere. A channel that has a
             * {@link Pusher.Channel.backfill} does that by itself, right after this signal.
             *
             * The time begins when the server closed the connection, or, where it went
             * silent or the network failed, with the last message that arrived.
             * @signal
             * @since 1.0
             * @run-last
             */
            gap: (duration: number) => void;
            /**
             * Emitted on a channel with a {@link Pusher.Channel.backfill} when events were missed that
             * cannot be had: the store does not have them any more, or it has not answered, as often
             * as it was asked. They are missing here, between the event that was delivered last and the
             * next one; how many they are is not known. `Pusher.Client::error` tells of it as
             * well.
             * @signal
             * @since 1.0
             * @run-last
             */
            lost: (error: GLib.Error) => void;
            /**
             * Emitted when the subscription has failed: the server refused it, the authorizer
             * did, or one of them did not answer in time. The client tries it again after the next
             * reconnect, when {@link Pusher.Channel.resubscribe} is called, and after 15 to 30
             * seconds by itself if the reason may pass.
             *
             * The application is told once all has changed, in this order: notifications of
             * {@link Pusher.Channel.state} and {@link Pusher.Channel.last_error}, this signal,
             * `Pusher.Client::error` with the name of the channel before the same words, the
             * event `pusher:subscription_error`, and who waits for
             * {@link Pusher.Client.subscribe_async}.
             * @signal
             * @since 1.0
             * @run-last
             */
            "subscription-error": (error: GLib.Error) => void;
            /**
             * Emitted when the server has accepted the subscription: the first one, and
             * the one after each reconnect.
             * @signal
             * @since 1.0
             * @run-last
             */
            "subscription-succeeded": () => void;
            /**
             * Emitted when a client event that was kept will not be sent: it has waited for
             * longer than {@link Pusher.Channel.outbox_expiry} says ({@link Pusher.Error.TIMED_OUT}),
             * the application has unsubscribed from the channel or keeps none any more
             * ({@link Pusher.Error.CLOSED}), or the subscription has failed, and the error says why.
             * `Pusher.Client::error` tells of it as well.
             *
             * When the client goes, what waits goes with it, and nothing is emitted.
             * @signal
             * @since 1.0
             * @run-last
             */
            "trigger-error": (event: string, data_json: string | null, error: GLib.Error) => void;
            "notify::backfill": (pspec: GObject.ParamSpec) => void;
            "notify::catching-up": (pspec: GObject.ParamSpec) => void;
            "notify::is-cache": (pspec: GObject.ParamSpec) => void;
            "notify::kind": (pspec: GObject.ParamSpec) => void;
            "notify::last-error": (pspec: GObject.ParamSpec) => void;
            "notify::name": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-expiry": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-length": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-size": (pspec: GObject.ParamSpec) => void;
            "notify::position": (pspec: GObject.ParamSpec) => void;
            "notify::state": (pspec: GObject.ParamSpec) => void;
            "notify::subscription-count": (pspec: GObject.ParamSpec) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::backfill": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::catching-up": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::is-cache": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::kind": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::last-error": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::name": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::outbox-expiry": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::outbox-length": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::outbox-size": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::position": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::state": (event: Event) => void;
            /**
             * Emitted for each event of the channel, with the name of the event as the
             * detail: `event::price-changed` is emitted for `price-changed` only.
             *
             * What happens to the subscription itself comes under the names that the
             * protocol has for it as well, such as `event::pusher:subscription_succeeded`.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::subscription-count": (event: Event) => void;
            [key: `event::${string}`]: (event: Event) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            backfill: Backfill | null;
            catching_up: boolean;
            catchingUp: boolean;
            is_cache: boolean;
            isCache: boolean;
            kind: ChannelKind;
            last_error: GLib.Error | null;
            lastError: GLib.Error | null;
            name: string;
            outbox_expiry: number;
            outboxExpiry: number;
            outbox_length: number;
            outboxLength: number;
            outbox_size: number;
            outboxSize: number;
            position: string | null;
            state: ChannelState;
            subscription_count: bigint | number;
            subscriptionCount: bigint | number;
        }
    }

    /**
     * A channel that the application subscribed to.
     *
     * {@link Pusher.Client.subscribe} makes it. The client keeps it, and subscribes
     * to it again after each reconnect, until the application unsubscribes.
     *
     * The events of the channel arrive as the signal `Pusher.Channel::event`,
     * whose detail is the name of the event: connect to `event::price-changed` for
     * one kind of event, to `event` for all of them.
     *
     * A channel may be used only in the thread of its client.
     * @gir-type Class
     * @since 1.0
     */
    class Channel extends GObject.Object {
        static $gtype: GObject.GType<Channel>;

        // Properties
        /**
         * Knows where the events of the channel are kept, or `null`. With a backfill the channel
         * delivers every event once and in order: what was published while it had no connection
         * is fetched, and what arrives meanwhile waits. See “Nothing lost” in the documentation.
         *
         * Without it, events that are missed are missed.
         * @since 1.0
         */
        get backfill(): Backfill | null;
        set backfill(val: Backfill | null);

        /**
         * Whether events that were missed are being fetched and delivered. What arrives meanwhile
         * waits, until `Pusher.Channel::caught-up`.
         * @since 1.0
         * @read-only
         */
        get catching_up(): boolean;

        /**
         * Whether events that were missed are being fetched and delivered. What arrives meanwhile
         * waits, until `Pusher.Channel::caught-up`.
         * @since 1.0
         * @read-only
         */
        get catchingUp(): boolean;

        /**
         * Whether this is a cache channel: the server keeps its last event and sends
         * it to new subscribers.
         * @since 1.0
         * @read-only
         */
        get is_cache(): boolean;

        /**
         * Whether this is a cache channel: the server keeps its last event and sends
         * it to new subscribers.
         * @since 1.0
         * @read-only
         */
        get isCache(): boolean;

        /**
         * The kind of the channel, which its name tells.
         * @since 1.0
         * @read-only
         */
        get kind(): ChannelKind;

        /**
         * Why the channel is not subscribed: the error with which the subscription failed
         * last, while it is tried again as well. `null` once it is subscribed, and once the
         * application has unsubscribed.
         *
         * The loss of the connection is not an error of the channel's: see
         * {@link Pusher.Client.last_error}.
         * @since 1.0
         * @read-only
         */
        get last_error(): GLib.Error | null;

        /**
         * Why the channel is not subscribed: the error with which the subscription failed
         * last, while it is tried again as well. `null` once it is subscribed, and once the
         * application has unsubscribed.
         *
         * The loss of the connection is not an error of the channel's: see
         * {@link Pusher.Client.last_error}.
         * @since 1.0
         * @read-only
         */
        get lastError(): GLib.Error | null;

        /**
         * The name of the channel.
         * @since 1.0
         * @read-only
         */
        get name(): string;

        /**
         * Seconds for which a client event is kept, at least; 60 unless it is set. 0 is for ever.
         * @since 1.0
         */
        get outbox_expiry(): number;
        set outbox_expiry(val: number);

        /**
         * Seconds for which a client event is kept, at least; 60 unless it is set. 0 is for ever.
         * @since 1.0
         */
        get outboxExpiry(): number;
        set outboxExpiry(val: number);

        /**
         * How many client events are kept now.
         * @since 1.0
         * @read-only
         */
        get outbox_length(): number;

        /**
         * How many client events are kept now.
         * @since 1.0
         * @read-only
         */
        get outboxLength(): number;

        /**
         * How many client events are kept until the channel is subscribed; 0, the default,
         * keeps none.
         *
         * Where this is not 0, {@link Pusher.Channel.trigger} keeps what cannot be sent at the
         * moment: before the channel is subscribed, and while there is no connection. What was
         * kept is sent once the channel is subscribed, in the order in which it was triggered,
         * and not faster than servers take it; what is triggered meanwhile comes after it. What
         * will not be sent is told by `Pusher.Channel::trigger-error`.
         *
         * If there is no room for another one, {@link Pusher.Channel.trigger} fails with
         * {@link Pusher.Error.BUSY}. So it does if all of them would take more than 1 MiB. With a lower
         * number, those that wait go on to do so; with 0 they are given up.
         * @since 1.0
         */
        get outbox_size(): number;
        set outbox_size(val: number);

        /**
         * How many client events are kept until the channel is subscribed; 0, the default,
         * keeps none.
         *
         * Where this is not 0, {@link Pusher.Channel.trigger} keeps what cannot be sent at the
         * moment: before the channel is subscribed, and while there is no connection. What was
         * kept is sent once the channel is subscribed, in the order in which it was triggered,
         * and not faster than servers take it; what is triggered meanwhile comes after it. What
         * will not be sent is told by `Pusher.Channel::trigger-error`.
         *
         * If there is no room for another one, {@link Pusher.Channel.trigger} fails with
         * {@link Pusher.Error.BUSY}. So it does if all of them would take more than 1 MiB. With a lower
         * number, those that wait go on to do so; with 0 they are given up.
         * @since 1.0
         */
        get outboxSize(): number;
        set outboxSize(val: number);

        /**
         * The id of the last event that was delivered, or `null` if there was none that has an id.
         *
         * A program that saves it, and sets it the next time before it subscribes, catches up with
         * what was published while it did not run. It has moved when the handlers of an event run,
         * and that is notified when they have returned.
         * @since 1.0
         */
        get position(): string | null;
        set position(val: string | null);

        /**
         * The state of the subscription.
         * @since 1.0
         * @read-only
         */
        get state(): ChannelState;

        /**
         * How many connections are subscribed to the channel, or -1 if the server has
         * not said so: servers tell it only where it is enabled.
         * @since 1.0
         * @read-only
         */
        get subscription_count(): number;

        /**
         * How many connections are subscribed to the channel, or -1 if the server has
         * not said so: servers tell it only where it is enabled.
         * @since 1.0
         * @read-only
         */
        get subscriptionCount(): number;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Channel.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Channel.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof Channel.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Channel.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Channel.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Channel.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Channel.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Channel.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gets what knows where the events of the channel are kept.
         * @returns the backfill, or `null` if there is none
         * @since 1.0
         */
        get_backfill(): Backfill | null;

        /**
         * Gets whether events that were missed are being fetched and delivered.
         * @returns `true` until the channel has caught up
         * @since 1.0
         */
        get_catching_up(): boolean;

        /**
         * Gets whether this is a cache channel.
         * @returns `true` if the server keeps the last event for new subscribers
         * @since 1.0
         */
        get_is_cache(): boolean;

        /**
         * Gets the kind of the channel.
         * @returns the kind, which the name tells
         * @since 1.0
         */
        get_kind(): ChannelKind;

        /**
         * Gets why the channel is not subscribed.
         * @returns the error with which the subscription failed   last, or `null` if it is subscribed, or has not failed
         * @since 1.0
         */
        get_last_error(): GLib.Error | null;

        /**
         * Gets the name of the channel.
         * @returns the name
         * @since 1.0
         */
        get_name(): string;

        /**
         * Gets how long a client event is kept.
         * @returns seconds, or 0 for ever
         * @since 1.0
         */
        get_outbox_expiry(): number;

        /**
         * Gets how many client events are kept now.
         * @returns the number
         * @since 1.0
         */
        get_outbox_length(): number;

        /**
         * Gets how many client events are kept until the channel is subscribed.
         * @returns the number, or 0 if none is kept
         * @since 1.0
         */
        get_outbox_size(): number;

        /**
         * Gets where the channel is: see {@link Pusher.Channel.position}.
         * @returns the id of the last event that was delivered, or `null`
         * @since 1.0
         */
        get_position(): string | null;

        /**
         * Gets the state of the subscription.
         * @returns the state
         * @since 1.0
         */
        get_state(): ChannelState;

        /**
         * Gets how many connections are subscribed to the channel.
         * @returns the number, or -1 if the server has not told it
         * @since 1.0
         */
        get_subscription_count(): number;

        /**
         * Subscribes again to a channel whose subscription failed or that was
         * unsubscribed from. Does nothing if the channel is subscribed or about to be.
         *
         * This fails with {@link Pusher.Error.INVALID_STATE} if the client is gone, or if it
         * has another channel of that name by now.
         * @returns whether the channel is subscribed or about to be
         * @since 1.0
         * @throws GLib.Error
         */
        resubscribe(): boolean;

        /**
         * Sets what knows where the events of the channel are kept: best before it is subscribed. A
         * channel that is subscribed catches up at once, if it has a position or is to begin with
         * some of the last events.
         *
         * Without a backfill nothing more is fetched; events that arrived meanwhile are delivered.
         * @param backfill a backfill, or `null` for none
         * @since 1.0
         */
        set_backfill(backfill: Backfill | null): void;

        /**
         * Sets how long a client event is kept, those included that are kept already.
         * @param seconds seconds, or 0 for ever
         * @since 1.0
         */
        set_outbox_expiry(seconds: number): void;

        /**
         * Sets how many client events are kept until the channel is subscribed: see
         * {@link Pusher.Channel.outbox_size}.
         * @param size the number, or 0 to keep none
         * @since 1.0
         */
        set_outbox_size(size: number): void;

        /**
         * Sets where the channel is, to what {@link Pusher.Channel.position} was before: events
         * after that one are delivered once it is subscribed. With an empty text this is as with
         * `null`.
         *
         * A channel that is subscribed goes on with what arrives: this counts for the next time that
         * it catches up, or for the rest of it.
         * @param position the id of an event, or `null` to begin anew
         * @since 1.0
         */
        set_position(position: string | null): void;

        /**
         * Sends a client event to the other subscribers of the channel. The server must
         * be set up to allow that; it does not send the event back. Some servers allow it
         * on public channels, others only on private and presence channels.
         *
         * While the channel is not subscribed, but going to be, the event is kept if
         * {@link Pusher.Channel.outbox_size} says so, and sent later.
         *
         * That it was sent does not mean that the server passed it on: what a server
         * refuses, 10 events a second for one thing, comes as
         * `Pusher.Channel::error`.
         *
         * Errors are {@link Pusher.Error.INVALID_NAME}, {@link Pusher.Error.INVALID_DATA}, also for a
         * message above {@link Pusher.Client.max_event_size},
         * {@link Pusher.Error.NOT_SUPPORTED} on encrypted channels,
         * {@link Pusher.Error.INVALID_STATE} if the channel is not subscribed, {@link Pusher.Error.BUSY}
         * while 16 MiB wait because the server does not read them, and
         * {@link Pusher.Error.CONNECTION_LOST}. Where events are kept, the last two are not errors;
         * {@link Pusher.Error.BUSY} is, if there is no room for another one.
         * @param event the name of the event, which begins with `client-`
         * @param data_json the data, as JSON text, or `null`
         * @returns whether it was sent, or kept
         * @since 1.0
         * @throws GLib.Error
         */
        trigger(event: string, data_json: string | null): boolean;

        /**
         * Sends a client event, as {@link Pusher.Channel.trigger} does.
         * @param event the name of the event, which begins with `client-`
         * @param node the data
         * @returns whether it was sent, or kept
         * @since 1.0
         * @throws GLib.Error
         */
        trigger_node(event: string, node: Json.Node): boolean;

        /**
         * Sends a client event, as {@link Pusher.Channel.trigger} does. A dictionary
         * with strings as its keys becomes an object, other containers become arrays.
         * @param event the name of the event, which begins with `client-`
         * @param variant the data; a floating reference is taken over
         * @returns whether it was sent, or kept
         * @since 1.0
         * @throws GLib.Error
         */
        trigger_variant(event: string, variant: GLib.Variant): boolean;

        /**
         * Ends the subscription. The client forgets the channel, and no event of it
         * arrives any more; who waits for {@link Pusher.Client.subscribe_async} gets
         * {@link Pusher.Error.CLOSED}.
         *
         * Does nothing if the channel is not subscribed to.
         * @since 1.0
         */
        unsubscribe(): void;
    }


    namespace Client {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            /**
             * Emitted when the client begins to wait before it tries to connect again: after
             * `Pusher.Client::error` has told why. {@link Pusher.Client.retry_at} has
             * the time at which that is.
             * @signal
             * @since 1.0
             * @run-last
             */
            "connecting-in": (delay: number) => void;
            /**
             * Emitted for whatever goes wrong other than what a call returns: a connection was
             * lost, an attempt failed, a subscription or a sign-in failed, the server sent an error
             * or something that the protocol does not allow. Who listens to this alone misses
             * nothing.
             *
             * The domain is `PUSHER_SERVER_ERROR` for what the server reports,
             * `PUSHER_HTTP_ERROR` for what an authorization endpoint answers, else mostly
             * `PUSHER_ERROR`. What concerns a channel or the user is told there first:
             * `Pusher.Channel::subscription-error`, `Pusher.Channel::error`,
             * `Pusher.User::sign-in-error`.
             *
             * The client carries on by itself unless its state is
             * {@link Pusher.ConnectionState.FAILED}.
             * @signal
             * @since 1.0
             * @run-last
             */
            error: (error: GLib.Error) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            event: (event: Event) => void;
            "notify::activity-timeout": (pspec: GObject.ParamSpec) => void;
            "notify::authorizer": (pspec: GObject.ParamSpec) => void;
            "notify::channels": (pspec: GObject.ParamSpec) => void;
            "notify::cluster": (pspec: GObject.ParamSpec) => void;
            "notify::connect-timeout": (pspec: GObject.ParamSpec) => void;
            "notify::host": (pspec: GObject.ParamSpec) => void;
            "notify::key": (pspec: GObject.ParamSpec) => void;
            "notify::last-error": (pspec: GObject.ParamSpec) => void;
            "notify::max-event-size": (pspec: GObject.ParamSpec) => void;
            "notify::max-message-size": (pspec: GObject.ParamSpec) => void;
            "notify::origin": (pspec: GObject.ParamSpec) => void;
            "notify::path": (pspec: GObject.ParamSpec) => void;
            "notify::pong-timeout": (pspec: GObject.ParamSpec) => void;
            "notify::port": (pspec: GObject.ParamSpec) => void;
            "notify::retry-at": (pspec: GObject.ParamSpec) => void;
            "notify::session": (pspec: GObject.ParamSpec) => void;
            "notify::socket-id": (pspec: GObject.ParamSpec) => void;
            "notify::state": (pspec: GObject.ParamSpec) => void;
            "notify::subscription-timeout": (pspec: GObject.ParamSpec) => void;
            "notify::tls-port": (pspec: GObject.ParamSpec) => void;
            "notify::unavailable-timeout": (pspec: GObject.ParamSpec) => void;
            "notify::use-tls": (pspec: GObject.ParamSpec) => void;
            "notify::user": (pspec: GObject.ParamSpec) => void;
            "notify::user-authenticator": (pspec: GObject.ParamSpec) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::activity-timeout": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::authorizer": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::channels": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::cluster": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::connect-timeout": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::host": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::key": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::last-error": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::max-event-size": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::max-message-size": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::origin": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::path": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::pong-timeout": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::port": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::retry-at": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::session": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::socket-id": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::state": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::subscription-timeout": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::tls-port": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::unavailable-timeout": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::use-tls": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::user": (event: Event) => void;
            /**
             * Emitted for each event of each channel, after the channel emitted it, and for
             * events that came on no channel. The name of the event is the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::user-authenticator": (event: Event) => void;
            [key: `event::${string}`]: (event: Event) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            activity_timeout: number;
            activityTimeout: number;
            authorizer: Authorizer | null;
            channels: Gio.ListModel;
            cluster: string | null;
            connect_timeout: number;
            connectTimeout: number;
            host: string | null;
            key: string | null;
            last_error: GLib.Error | null;
            lastError: GLib.Error | null;
            max_event_size: bigint | number;
            maxEventSize: bigint | number;
            max_message_size: bigint | number;
            maxMessageSize: bigint | number;
            origin: string | null;
            path: string | null;
            pong_timeout: number;
            pongTimeout: number;
            port: number;
            retry_at: bigint | number;
            retryAt: bigint | number;
            session: Soup.Session;
            socket_id: string | null;
            socketId: string | null;
            state: ConnectionState;
            subscription_timeout: number;
            subscriptionTimeout: number;
            tls_port: number;
            tlsPort: number;
            unavailable_timeout: number;
            unavailableTimeout: number;
            use_tls: boolean;
            useTls: boolean;
            user: User;
            user_authenticator: Authorizer | null;
            userAuthenticator: Authorizer | null;
        }
    }

    /**
     * A client of a server that speaks the Pusher Channels protocol.
     *
     * Make a client with the key of an application, subscribe to channels, and open
     * it. Events arrive as signals: `Pusher.Channel::event` for the events of
     * one channel, `Pusher.Client::event` for those of all channels.
     *
     * ```c
     * g_autoptr (PusherClient) client = pusher_client_new ("app-key", "eu");
     * PusherChannel *channel = pusher_client_subscribe (client, "prices", NULL);
     *
     * g_signal_connect (channel, "event::price-changed", G_CALLBACK (price_changed_cb), NULL);
     * pusher_client_open (client);
     * ```
     *
     * Once opened, the client stays connected: whenever the connection is lost it
     * makes a new one, after a random delay that grows from one attempt to the next,
     * and subscribes to its channels again. It stops only when the server refuses it
     * for good, in the state {@link Pusher.ConnectionState.FAILED}, or when the application
     * closes it.
     *
     * When the network changes or the machine resumes from suspend, it does not wait
     * for the time of the next attempt, and asks a server that it is connected to
     * whether it is still there. Where the system does not tell of such things, it
     * works in the same way without.
     *
     * A client lives in the main context that is the thread-default one when it is
     * made, and may be used only in the thread that runs this context. It calls
     * signal handlers from there. A handler may do anything, such as unsubscribe,
     * close the client, or drop the last reference to it.
     *
     * Dropping the last reference closes the connection and frees everything, so that
     * somebody has to keep the client: neither an open connection nor a channel does. An
     * asynchronous operation under way holds a reference. With `G_MESSAGES_DEBUG=Pusher`
     * a client that goes while it has channels says so.
     *
     * A call from another thread than the one that runs the main context is a programming
     * error: it leaves a critical message that names the function.
     * @gir-type Class
     * @since 1.0
     */
    class Client extends GObject.Object {
        static $gtype: GObject.GType<Client>;

        // Properties
        /**
         * Seconds without a message from the server after which the client asks
         * whether it is still there. The server may ask for less.
         *
         * The client asks sooner once it has lost a connection to this host because it
         * was silent: see [Silence](networks.html#silence).
         * @since 1.0
         */
        get activity_timeout(): number;
        set activity_timeout(val: number);

        /**
         * Seconds without a message from the server after which the client asks
         * whether it is still there. The server may ask for less.
         *
         * The client asks sooner once it has lost a connection to this host because it
         * was silent: see [Silence](networks.html#silence).
         * @since 1.0
         */
        get activityTimeout(): number;
        set activityTimeout(val: number);

        /**
         * Who authorizes subscriptions to private, presence and encrypted channels, or
         * `null`. This counts from the next subscription on.
         * @since 1.0
         */
        get authorizer(): Authorizer | null;
        set authorizer(val: Authorizer | null);

        /**
         * The {@link Pusher.Channel}s that the application wants, in the order in which
         * it subscribed to them.
         * @since 1.0
         * @read-only
         */
        get channels(): Gio.ListModel;

        /**
         * The cluster of Pusher that the application is in, such as `eu`, or `null`:
         * then it is `mt1`, unless there is another server in
         * {@link Pusher.Client.host}.
         * @since 1.0
         */
        get cluster(): string | null;
        set cluster(val: string | null);

        /**
         * Seconds that one attempt to connect may take, from the look-up of the name
         * to the first message of the server.
         * @since 1.0
         */
        get connect_timeout(): number;
        set connect_timeout(val: number);

        /**
         * Seconds that one attempt to connect may take, from the look-up of the name
         * to the first message of the server.
         * @since 1.0
         */
        get connectTimeout(): number;
        set connectTimeout(val: number);

        /**
         * The name or the IP address of the server, or `null` for the one of the
         * cluster, `ws-CLUSTER.pusher.com`.
         * @since 1.0
         */
        get host(): string | null;
        set host(val: string | null);

        /**
         * The key of the application at the server.
         *
         * Like all settings, this counts from the next connection on. See
         * {@link Pusher.Client.switch_cluster} for another application at once.
         * @since 1.0
         */
        get key(): string | null;
        set key(val: string | null);

        /**
         * Why the client is not connected: the error that ended the last connection or
         * the last attempt. `null` once it is connected, and once it is closed.
         * @since 1.0
         * @read-only
         */
        get last_error(): GLib.Error | null;

        /**
         * Why the client is not connected: the error that ended the last connection or
         * the last attempt. `null` once it is connected, and once it is closed.
         * @since 1.0
         * @read-only
         */
        get lastError(): GLib.Error | null;

        /**
         * Bytes that the message of one client event may have, or 0 for any number.
         * {@link Pusher.Channel.trigger} refuses a larger one, where servers close the
         * connection. The usual limit of servers is the default.
         *
         * Unlike other settings, this counts at once.
         *
         * In C, {@link GObject.Object.set} needs a `guint64`, `(guint64) 5000`: a plain
         * number is an #int, and too short for it.
         * @since 1.0
         */
        get max_event_size(): number;
        set max_event_size(val: bigint | number);

        /**
         * Bytes that the message of one client event may have, or 0 for any number.
         * {@link Pusher.Channel.trigger} refuses a larger one, where servers close the
         * connection. The usual limit of servers is the default.
         *
         * Unlike other settings, this counts at once.
         *
         * In C, {@link GObject.Object.set} needs a `guint64`, `(guint64) 5000`: a plain
         * number is an #int, and too short for it.
         * @since 1.0
         */
        get maxEventSize(): number;
        set maxEventSize(val: bigint | number);

        /**
         * Bytes that one message of the server may have. A larger one ends the
         * connection, and the client makes a new one.
         *
         * Members who join a presence channel one by one may take four times as much
         * there; more are not added, and `Pusher.Channel::error` tells that.
         *
         * In C, {@link GObject.Object.set} needs a `guint64`, `(guint64) 5000`: a plain
         * number is an #int, and too short for it.
         * @since 1.0
         */
        get max_message_size(): number;
        set max_message_size(val: bigint | number);

        /**
         * Bytes that one message of the server may have. A larger one ends the
         * connection, and the client makes a new one.
         *
         * Members who join a presence channel one by one may take four times as much
         * there; more are not added, and `Pusher.Channel::error` tells that.
         *
         * In C, {@link GObject.Object.set} needs a `guint64`, `(guint64) 5000`: a plain
         * number is an #int, and too short for it.
         * @since 1.0
         */
        get maxMessageSize(): number;
        set maxMessageSize(val: bigint | number);

        /**
         * The `Origin` header of the connection, such as `https://example.org`, or
         * `null` for none. Servers may be set up to take only connections of pages
         * that come from certain places.
         * @since 1.0
         */
        get origin(): string | null;
        set origin(val: string | null);

        /**
         * What comes before `/app/KEY` in the path of the URL, or `null` for nothing.
         * Servers behind a reverse proxy may need it.
         * @since 1.0
         */
        get path(): string | null;
        set path(val: string | null);

        /**
         * Seconds that the server has for an answer before the client takes the
         * connection for dead and makes a new one. If a ping after a long silence was
         * not answered, the next connection pings sooner: see
         * [Silence](networks.html#silence).
         * @since 1.0
         */
        get pong_timeout(): number;
        set pong_timeout(val: number);

        /**
         * Seconds that the server has for an answer before the client takes the
         * connection for dead and makes a new one. If a ping after a long silence was
         * not answered, the next connection pings sooner: see
         * [Silence](networks.html#silence).
         * @since 1.0
         */
        get pongTimeout(): number;
        set pongTimeout(val: number);

        /**
         * The port of the server, or 0 for the usual one: 443 with TLS, 80 without.
         * @since 1.0
         */
        get port(): number;
        set port(val: number);

        /**
         * When the client tries to connect again, in microseconds of
         * {@link GLib.get_monotonic_time}, or 0 if it does not wait for that.
         * @since 1.0
         * @read-only
         */
        get retry_at(): number;

        /**
         * When the client tries to connect again, in microseconds of
         * {@link GLib.get_monotonic_time}, or 0 if it does not wait for that.
         * @since 1.0
         * @read-only
         */
        get retryAt(): number;

        /**
         * The session that makes the connections: its proxy, its certificate
         * authorities and its cookies count. The client makes one of its own unless it
         * is given one; a session may serve several clients of the same main context.
         * @since 1.0
         */
        get session(): Soup.Session;
        set session(val: Soup.Session);

        /**
         * What the server calls this connection, or `null` without a connection. Each
         * connection has another one.
         *
         * An application passes it to its own server, which passes it on when it
         * publishes an event that this client is not to receive.
         * @since 1.0
         * @read-only
         */
        get socket_id(): string | null;

        /**
         * What the server calls this connection, or `null` without a connection. Each
         * connection has another one.
         *
         * An application passes it to its own server, which passes it on when it
         * publishes an event that this client is not to receive.
         * @since 1.0
         * @read-only
         */
        get socketId(): string | null;

        /**
         * The state of the connection.
         * @since 1.0
         * @read-only
         */
        get state(): ConnectionState;

        /**
         * Seconds that the authorizer has to answer, and then the server, when the client
         * subscribes to a channel or signs a user in, or 0 for any time. This counts from the
         * next subscription on.
         *
         * What is not answered in time has failed with {@link Pusher.Error.TIMED_OUT} and is tried
         * again by itself; should the server accept it after all, the client takes that.
         * An authorizer that asks a person needs more than the default of 30.
         * @since 1.0
         */
        get subscription_timeout(): number;
        set subscription_timeout(val: number);

        /**
         * Seconds that the authorizer has to answer, and then the server, when the client
         * subscribes to a channel or signs a user in, or 0 for any time. This counts from the
         * next subscription on.
         *
         * What is not answered in time has failed with {@link Pusher.Error.TIMED_OUT} and is tried
         * again by itself; should the server accept it after all, the client takes that.
         * An authorizer that asks a person needs more than the default of 30.
         * @since 1.0
         */
        get subscriptionTimeout(): number;
        set subscriptionTimeout(val: number);

        /**
         * The port of the server for TLS where it is another one than
         * {@link Pusher.Client.port}, or 0.
         *
         * A server that has closed with 4000, which means that it wants TLS, is
         * reached there, or at 443 if this is 0.
         * @since 1.0
         */
        get tls_port(): number;
        set tls_port(val: number);

        /**
         * The port of the server for TLS where it is another one than
         * {@link Pusher.Client.port}, or 0.
         *
         * A server that has closed with 4000, which means that it wants TLS, is
         * reached there, or at 443 if this is 0.
         * @since 1.0
         */
        get tlsPort(): number;
        set tlsPort(val: number);

        /**
         * Seconds without a connection after which
         * {@link Pusher.ConnectionState.CONNECTING} becomes
         * {@link Pusher.ConnectionState.UNAVAILABLE}. The client goes on trying.
         * @since 1.0
         */
        get unavailable_timeout(): number;
        set unavailable_timeout(val: number);

        /**
         * Seconds without a connection after which
         * {@link Pusher.ConnectionState.CONNECTING} becomes
         * {@link Pusher.ConnectionState.UNAVAILABLE}. The client goes on trying.
         * @since 1.0
         */
        get unavailableTimeout(): number;
        set unavailableTimeout(val: number);

        /**
         * Whether to connect with TLS.
         * @since 1.0
         */
        get use_tls(): boolean;
        set use_tls(val: boolean);

        /**
         * Whether to connect with TLS.
         * @since 1.0
         */
        get useTls(): boolean;
        set useTls(val: boolean);

        /**
         * The user of the client, who may sign in.
         * @since 1.0
         * @read-only
         */
        get user(): User;

        /**
         * Who authenticates the user that signs in, or `null`. This counts from the next
         * sign-in on.
         * @since 1.0
         */
        get user_authenticator(): Authorizer | null;
        set user_authenticator(val: Authorizer | null);

        /**
         * Who authenticates the user that signs in, or `null`. This counts from the next
         * sign-in on.
         * @since 1.0
         */
        get userAuthenticator(): Authorizer | null;
        set userAuthenticator(val: Authorizer | null);

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Client.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Client.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        static ["new"](key: string, cluster: string | null): Client;

        static new_for_host(key: string, host: string, port: number, use_tls: boolean): Client;

        // Signals
        /** @signal */
        connect<K extends keyof Client.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Client.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Client.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Client.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Client.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Client.SignalSignatures[K]>): void;

        // Methods
        /**
         * Closes the connection, or gives up connecting. The channels stay, and are
         * subscribed to again when the client is opened again.
         *
         * The state is {@link Pusher.ConnectionState.DISCONNECTED} at once.
         * @since 1.0
         */
        close(): void;

        /**
         * Closes like {@link Pusher.Client.close}, and waits until the server has
         * answered and the socket is closed, for a few seconds at most.
         * @param cancellable ends the wait, but does not open the client again
         * @since 1.0
         */
        close_async(cancellable: Gio.Cancellable | null): globalThis.Promise<boolean>;

        /**
         * Closes like {@link Pusher.Client.close}, and waits until the server has
         * answered and the socket is closed, for a few seconds at most.
         * @param cancellable ends the wait, but does not open the client again
         * @param callback called when the socket is closed
         * @since 1.0
         */
        close_async(cancellable: Gio.Cancellable | null, callback: Gio.AsyncReadyCallback<this> | null): void;

        /**
         * Closes like {@link Pusher.Client.close}, and waits until the server has
         * answered and the socket is closed, for a few seconds at most.
         * @param cancellable ends the wait, but does not open the client again
         * @param callback called when the socket is closed
         * @since 1.0
         */
        close_async(cancellable: Gio.Cancellable | null, callback?: Gio.AsyncReadyCallback<this> | null): globalThis.Promise<boolean> | void;

        /**
         * Ends {@link Pusher.Client.close_async}. The only error is
         * {@link Gio.IOErrorEnum.CANCELLED}.
         * @param result what the callback was given
         * @returns `true` if the socket is closed
         * @since 1.0
         * @throws GLib.Error
         */
        close_finish(result: Gio.AsyncResult): boolean;

        /**
         * Gets how long the server may be silent before the client asks whether it is there.
         * @returns seconds
         * @since 1.0
         */
        get_activity_timeout(): number;

        /**
         * Gets who authorizes subscriptions.
         * @returns the authorizer, or `null`
         * @since 1.0
         */
        get_authorizer(): Authorizer | null;

        /**
         * Gets a channel that the application subscribed to.
         * @param name the name of a channel
         * @returns the channel, or `null` if there is none of   that name
         * @since 1.0
         */
        get_channel(name: string): Channel | null;

        /**
         * Gets the channels that the application wants.
         * @returns a list of {@link Pusher.Channel}, which follows what   the application does
         * @since 1.0
         */
        get_channels(): Gio.ListModel;

        /**
         * Gets the cluster that the application is in.
         * @returns the cluster, or `null` if none is set
         * @since 1.0
         */
        get_cluster(): string | null;

        /**
         * Gets how long one attempt to connect may take.
         * @returns seconds
         * @since 1.0
         */
        get_connect_timeout(): number;

        /**
         * Gets the name or the IP address of the server.
         * @returns the host, or `null` for the one of the   cluster
         * @since 1.0
         */
        get_host(): string | null;

        /**
         * Gets the key of the application.
         * @returns the key
         * @since 1.0
         */
        get_key(): string | null;

        /**
         * Gets why the client is not connected.
         * @returns the error that ended the last connection   or the last attempt, or `null` if the client is connected or closed
         * @since 1.0
         */
        get_last_error(): GLib.Error | null;

        /**
         * Gets how large the message of a client event may be.
         * @returns bytes, or 0 if there is no limit
         * @since 1.0
         */
        get_max_event_size(): number;

        /**
         * Gets how large a message of the server may be.
         * @returns bytes
         * @since 1.0
         */
        get_max_message_size(): number;

        /**
         * Gets what the client has done since it was made. Nothing tells that it changed.
         * @returns the metrics as they are now
         * @since 1.0
         */
        get_metrics(): Metrics;

        /**
         * Gets the `Origin` header of the connection.
         * @returns the origin, or `null` for none
         * @since 1.0
         */
        get_origin(): string | null;

        /**
         * Gets what comes before `/app/KEY` in the path of the URL.
         * @returns the prefix, or `null` for nothing
         * @since 1.0
         */
        get_path(): string | null;

        /**
         * Gets how long the server has for an answer before the connection counts as dead.
         * @returns seconds
         * @since 1.0
         */
        get_pong_timeout(): number;

        /**
         * Gets the port of the server.
         * @returns the port, or 0 for the usual one
         * @since 1.0
         */
        get_port(): number;

        /**
         * Gets when the client tries to connect again.
         * @returns the time in microseconds of {@link GLib.get_monotonic_time}, or 0 if the client   does not wait for another attempt
         * @since 1.0
         */
        get_retry_at(): number;

        /**
         * Gets the session that makes the connections. The client makes one when it is
         * first needed, unless it was given one.
         * @returns the session
         * @since 1.0
         */
        get_session(): Soup.Session;

        /**
         * Gets what the server calls this connection.
         * @returns the socket id, or `null` without a   connection
         * @since 1.0
         */
        get_socket_id(): string | null;

        /**
         * Gets the state of the connection.
         * @returns the state
         * @since 1.0
         */
        get_state(): ConnectionState;

        /**
         * Gets how long the authorizer and the server have to answer when the client subscribes
         * to a channel or signs a user in.
         * @returns seconds, or 0 for any time
         * @since 1.0
         */
        get_subscription_timeout(): number;

        /**
         * Gets the port of the server for TLS.
         * @returns the port, or 0 for {@link Pusher.Client.port}, or for 443 if the   server had to ask for TLS
         * @since 1.0
         */
        get_tls_port(): number;

        /**
         * Gets how long the client tries to connect before its state becomes
         * {@link Pusher.ConnectionState.UNAVAILABLE}.
         * @returns seconds
         * @since 1.0
         */
        get_unavailable_timeout(): number;

        /**
         * Gets whether the client connects with TLS.
         * @returns `true` if it does
         * @since 1.0
         */
        get_use_tls(): boolean;

        /**
         * Gets the user of the client, who may sign in.
         * @returns the user
         * @since 1.0
         */
        get_user(): User;

        /**
         * Gets who authenticates the user that signs in.
         * @returns the authenticator, or `null`
         * @since 1.0
         */
        get_user_authenticator(): Authorizer | null;

        /**
         * Connects, and stays connected until {@link Pusher.Client.close}.
         *
         * Whether it worked shows in {@link Pusher.Client.state}. Does nothing if the
         * client is connected or about to be.
         * @since 1.0
         */
        open(): void;

        /**
         * Connects like {@link Pusher.Client.open}, and waits until the server has
         * accepted or refused the connection, or the client is closed.
         *
         * While the server cannot be reached the client goes on trying, and this goes on
         * waiting.
         * @param cancellable ends the wait, but not the attempts to connect
         * @since 1.0
         */
        open_async(cancellable: Gio.Cancellable | null): globalThis.Promise<boolean>;

        /**
         * Connects like {@link Pusher.Client.open}, and waits until the server has
         * accepted or refused the connection, or the client is closed.
         *
         * While the server cannot be reached the client goes on trying, and this goes on
         * waiting.
         * @param cancellable ends the wait, but not the attempts to connect
         * @param callback called when the client is   connected or refused
         * @since 1.0
         */
        open_async(cancellable: Gio.Cancellable | null, callback: Gio.AsyncReadyCallback<this> | null): void;

        /**
         * Connects like {@link Pusher.Client.open}, and waits until the server has
         * accepted or refused the connection, or the client is closed.
         *
         * While the server cannot be reached the client goes on trying, and this goes on
         * waiting.
         * @param cancellable ends the wait, but not the attempts to connect
         * @param callback called when the client is   connected or refused
         * @since 1.0
         */
        open_async(cancellable: Gio.Cancellable | null, callback?: Gio.AsyncReadyCallback<this> | null): globalThis.Promise<boolean> | void;

        /**
         * Ends {@link Pusher.Client.open_async}.
         *
         * Errors are those of {@link Pusher.ServerError} if the server refused the
         * client, {@link Pusher.Error.INVALID_SETTINGS}, {@link Pusher.Error.CLOSED}, and
         * {@link Gio.IOErrorEnum.CANCELLED}.
         * @param result what the callback was given
         * @returns `true` if the client is connected
         * @since 1.0
         * @throws GLib.Error
         */
        open_finish(result: Gio.AsyncResult): boolean;

        /**
         * Measures how long the server takes to answer. If it does not answer at all,
         * this finds a dead connection sooner than the client would by itself.
         * @param cancellable ends the wait
         * @since 1.0
         */
        ping_async(cancellable: Gio.Cancellable | null): globalThis.Promise<number>;

        /**
         * Measures how long the server takes to answer. If it does not answer at all,
         * this finds a dead connection sooner than the client would by itself.
         * @param cancellable ends the wait
         * @param callback called when the server has   answered
         * @since 1.0
         */
        ping_async(cancellable: Gio.Cancellable | null, callback: Gio.AsyncReadyCallback<this> | null): void;

        /**
         * Measures how long the server takes to answer. If it does not answer at all,
         * this finds a dead connection sooner than the client would by itself.
         * @param cancellable ends the wait
         * @param callback called when the server has   answered
         * @since 1.0
         */
        ping_async(cancellable: Gio.Cancellable | null, callback?: Gio.AsyncReadyCallback<this> | null): globalThis.Promise<number> | void;

        /**
         * Ends {@link Pusher.Client.ping_async}.
         *
         * Errors are {@link Pusher.Error.INVALID_STATE} without a connection, {@link Pusher.Error.BUSY}
         * while 64 pings of the last seconds have not been answered, {@link Pusher.Error.TIMEOUT},
         * {@link Pusher.Error.CONNECTION_LOST}, {@link Pusher.Error.CLOSED}, and {@link Gio.IOErrorEnum.CANCELLED};
         * or the error with which the server ended the connection.
         * @param result what the callback was given
         * @returns the round trip in microseconds, or -1 with an error
         * @since 1.0
         * @throws GLib.Error
         */
        ping_finish(result: Gio.AsyncResult): number;

        /**
         * Makes a new connection at once: instead of waiting until
         * {@link Pusher.Client.retry_at}, of an attempt under way, or of the present
         * connection. The delays start anew.
         *
         * Does nothing unless the client is open.
         * @since 1.0
         */
        reconnect_now(): void;

        /**
         * Sets how long the server may be silent before the client asks whether it is there. This counts from the next connection on.
         * @param seconds seconds, at least 1
         * @since 1.0
         */
        set_activity_timeout(seconds: number): void;

        /**
         * Sets who authorizes subscriptions to private, presence and encrypted channels.
         * @param authorizer an authorizer, or `null`
         * @since 1.0
         */
        set_authorizer(authorizer: Authorizer | null): void;

        /**
         * Sets the cluster that the application is in. This counts from the next connection on.
         * @param cluster the cluster, or `null` for the default one
         * @since 1.0
         */
        set_cluster(cluster: string | null): void;

        /**
         * Sets how long one attempt to connect may take. This counts from the next connection on.
         * @param seconds seconds, at least 1
         * @since 1.0
         */
        set_connect_timeout(seconds: number): void;

        /**
         * Sets the name or the IP address of the server. This counts from the next connection on.
         * @param host the host, or `null` for the one of the cluster
         * @since 1.0
         */
        set_host(host: string | null): void;

        /**
         * Sets the key of the application. This counts from the next connection on.
         * @param key the key
         * @since 1.0
         */
        set_key(key: string | null): void;

        /**
         * Sets how large the message of a client event may be. This counts at once.
         * @param bytes bytes, or 0 for no limit
         * @since 1.0
         */
        set_max_event_size(bytes: bigint | number): void;

        /**
         * Sets how large a message of the server may be. This counts from the next connection on.
         * @param bytes bytes, at least 1
         * @since 1.0
         */
        set_max_message_size(bytes: bigint | number): void;

        /**
         * Sets the `Origin` header of the connection. This counts from the next connection on.
         * @param origin the origin, such as `https://example.org`, or `null` for none
         * @since 1.0
         */
        set_origin(origin: string | null): void;

        /**
         * Sets what comes before `/app/KEY` in the path of the URL. This counts from the next connection on.
         * @param path the prefix, or `null` for nothing
         * @since 1.0
         */
        set_path(path: string | null): void;

        /**
         * Sets how long the server has for an answer before the connection counts as dead. This counts from the next connection on.
         * @param seconds seconds, at least 1
         * @since 1.0
         */
        set_pong_timeout(seconds: number): void;

        /**
         * Sets the port of the server. This counts from the next connection on.
         * @param port the port, or 0 for the usual one: 443 with TLS, 80 without
         * @since 1.0
         */
        set_port(port: number): void;

        /**
         * Sets the session that makes the connections. This counts from the next
         * connection on.
         * @param session a session of the client's main context, or `null` for one   of the client's own
         * @since 1.0
         */
        set_session(session: Soup.Session | null): void;

        /**
         * Sets how long the authorizer and the server have to answer when the client subscribes
         * to a channel or signs a user in. This counts from the next subscription on.
         * @param seconds seconds, or 0 for any time
         * @since 1.0
         */
        set_subscription_timeout(seconds: number): void;

        /**
         * Sets the port of the server for TLS. This counts from the next connection on.
         * @param port the port, or 0 for {@link Pusher.Client.port}, or for 443 if the   server had to ask for TLS
         * @since 1.0
         */
        set_tls_port(port: number): void;

        /**
         * Sets how long the client tries to connect before its state becomes
         * {@link Pusher.ConnectionState.UNAVAILABLE}. This counts from the next connection on.
         * @param seconds seconds, at least 1
         * @since 1.0
         */
        set_unavailable_timeout(seconds: number): void;

        /**
         * Sets whether the client connects with TLS. This counts from the next connection on.
         * @param use_tls `true` to use TLS
         * @since 1.0
         */
        set_use_tls(use_tls: boolean): void;

        /**
         * Sets who authenticates the user that signs in.
         * @param authenticator an authenticator, or `null`
         * @since 1.0
         */
        set_user_authenticator(authenticator: Authorizer | null): void;

        /**
         * Subscribes to a channel, now if the client is connected, else as soon as it
         * is, and again after each reconnect.
         *
         * For one name there is one channel: if the application has it already, this
         * returns it, and tries again if its subscription was refused.
         *
         * The error is {@link Pusher.Error.INVALID_NAME} if the name cannot be sent, since it is
         * empty, has more than 512 bytes or a control character, or is not valid UTF-8, or
         * begins with `#`, which is the protocol's own; if `error` is `null`, a message in the log
         * says so. Servers may refuse other names: `Pusher.Client::error` tells that. The
         * error is {@link Pusher.Error.CLOSED} if the client was disposed of before, or if a handler of one
         * of its signals unsubscribed from the channel meanwhile, or dropped the client.
         * @param name the name of a channel
         * @returns the channel, which the client keeps until it is   unsubscribed from, or `null` with an error
         * @since 1.0
         * @throws GLib.Error
         */
        subscribe(name: string): Channel;

        /**
         * Subscribes like {@link Pusher.Client.subscribe}, and waits until the server
         * has accepted or refused the subscription, it has failed for another reason, the
         * channel is unsubscribed from, or the client is closed or refused.
         *
         * While the client has not been opened, this waits for {@link Pusher.Client.open}, which it
         * does not call; a debug message says so.
         *
         * A failure that may pass, such as {@link Pusher.Error.TIMED_OUT}, ends the wait, but not the
         * subscription: it is tried again by itself.
         * @param name the name of a channel
         * @param cancellable ends the wait, but not the subscription
         * @since 1.0
         */
        subscribe_async(name: string, cancellable: Gio.Cancellable | null): globalThis.Promise<Channel>;

        /**
         * Subscribes like {@link Pusher.Client.subscribe}, and waits until the server
         * has accepted or refused the subscription, it has failed for another reason, the
         * channel is unsubscribed from, or the client is closed or refused.
         *
         * While the client has not been opened, this waits for {@link Pusher.Client.open}, which it
         * does not call; a debug message says so.
         *
         * A failure that may pass, such as {@link Pusher.Error.TIMED_OUT}, ends the wait, but not the
         * subscription: it is tried again by itself.
         * @param name the name of a channel
         * @param cancellable ends the wait, but not the subscription
         * @param callback called when the server has   answered
         * @since 1.0
         */
        subscribe_async(name: string, cancellable: Gio.Cancellable | null, callback: Gio.AsyncReadyCallback<this> | null): void;

        /**
         * Subscribes like {@link Pusher.Client.subscribe}, and waits until the server
         * has accepted or refused the subscription, it has failed for another reason, the
         * channel is unsubscribed from, or the client is closed or refused.
         *
         * While the client has not been opened, this waits for {@link Pusher.Client.open}, which it
         * does not call; a debug message says so.
         *
         * A failure that may pass, such as {@link Pusher.Error.TIMED_OUT}, ends the wait, but not the
         * subscription: it is tried again by itself.
         * @param name the name of a channel
         * @param cancellable ends the wait, but not the subscription
         * @param callback called when the server has   answered
         * @since 1.0
         */
        subscribe_async(name: string, cancellable: Gio.Cancellable | null, callback?: Gio.AsyncReadyCallback<this> | null): globalThis.Promise<Channel> | void;

        /**
         * Ends {@link Pusher.Client.subscribe_async}.
         *
         * Errors are {@link Pusher.Error.INVALID_NAME}, {@link Pusher.Error.AUTHORIZATION},
         * {@link Pusher.Error.TIMEOUT}, {@link Pusher.Error.TIMED_OUT}, {@link Pusher.Error.SUBSCRIPTION},
         * {@link Pusher.Error.CLOSED}, and {@link Gio.IOErrorEnum.CANCELLED}; the HTTP status of an
         * authorization endpoint in the domain `PUSHER_HTTP_ERROR`; or the error with which
         * the server refused the subscription or the client, in the domain
         * `PUSHER_SERVER_ERROR`.
         * @param result what the callback was given
         * @returns the channel, or `null` with an error
         * @since 1.0
         * @throws GLib.Error
         */
        subscribe_finish(result: Gio.AsyncResult): Channel;

        /**
         * Goes over to another application or cluster. All channels stay, with their
         * handlers, and are subscribed to there. A client that is open connects anew at
         * once; another one connects there when it is opened.
         *
         * If {@link Pusher.Client.host} is set it counts more than the cluster.
         * @param key the key of the application there
         * @param cluster the other cluster, or `null` with another server
         * @since 1.0
         */
        switch_cluster(key: string, cluster: string | null): void;

        /**
         * Ends the subscription to a channel, as {@link Pusher.Channel.unsubscribe}
         * does. Does nothing if the client has no such channel.
         * @param name the name of a channel
         * @since 1.0
         */
        unsubscribe(name: string): void;

        /**
         * Authorizes by asking a server: sets a new {@link Pusher.HttpAuthorizer}, which
         * uses the client's session, as {@link Pusher.Client.authorizer}.
         *
         * The error is {@link Pusher.Error.INVALID_SETTINGS} if this is not such a URL; then nothing has
         * changed.
         * @param endpoint an `http` or `https` URL of the application's server
         * @returns the authorizer, to which headers and parameters may   be added, or `null` with an error
         * @since 1.0
         * @throws GLib.Error
         */
        use_endpoint(endpoint: string): HttpAuthorizer;

        /**
         * Authorizes with the secret of the application: sets a new
         * {@link Pusher.SecretAuthorizer} as {@link Pusher.Client.authorizer}, and as
         * {@link Pusher.Client.user_authenticator} unless there is one of its own. Only for
         * programs that stay where the secret may be known.
         *
         * Who the client is may also be set without JSON, by
         * {@link Pusher.SecretAuthorizer.set_member} of the authorizer. The same user signs in.
         *
         * The error is {@link Pusher.Error.INVALID_DATA} if the channel data is not JSON; then nothing
         * has changed.
         * @param secret the secret of the application
         * @param channel_data who the client is on presence channels: JSON text   like `{"user_id": "42"}`, or `null`
         * @returns whether it is set
         * @since 1.0
         * @throws GLib.Error
         */
        use_secret(secret: string, channel_data: string | null): boolean;

        /**
         * Signs the user in by asking a server: sets a new {@link Pusher.HttpAuthorizer}, which
         * uses the client's session, as {@link Pusher.Client.user_authenticator}.
         *
         * The error is {@link Pusher.Error.INVALID_SETTINGS} if this is not such a URL; then nothing has
         * changed.
         * @param endpoint an `http` or `https` URL of the application's server
         * @returns the authorizer, to which headers and parameters may   be added, or `null` with an error
         * @since 1.0
         * @throws GLib.Error
         */
        use_user_endpoint(endpoint: string): HttpAuthorizer;
    }


    namespace EncryptedChannel {
        // Signal signatures
        interface SignalSignatures extends Channel.SignalSignatures {
            "notify::backfill": (pspec: GObject.ParamSpec) => void;
            "notify::catching-up": (pspec: GObject.ParamSpec) => void;
            "notify::is-cache": (pspec: GObject.ParamSpec) => void;
            "notify::kind": (pspec: GObject.ParamSpec) => void;
            "notify::last-error": (pspec: GObject.ParamSpec) => void;
            "notify::name": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-expiry": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-length": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-size": (pspec: GObject.ParamSpec) => void;
            "notify::position": (pspec: GObject.ParamSpec) => void;
            "notify::state": (pspec: GObject.ParamSpec) => void;
            "notify::subscription-count": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends Channel.ConstructorProps {}
    }

    /**
     * A channel whose events the server cannot read. Its name begins with
     * `private-encrypted-`.
     *
     * There is nothing special to do: events arrive decrypted. The key comes with
     * the authorization. When an event does not fit the key, the client asks the
     * authorizer for a new one; the events of this channel wait for it, in order,
     * and those of other channels do not. An event that does not fit the new key
     * either, or for which there is no room because 10,000 events or 16 MiB wait
     * already, is dropped, and told by `Pusher.Channel::error` with
     * {@link Pusher.Error.DECRYPTION}. After a second new key of no use the client does not ask
     * for another one for half a second, and up to half a minute if that goes on: what does
     * not fit the key in that time is dropped too.
     *
     * Names of events, and events whose names begin with `pusher:`, are not
     * encrypted. There are no client events.
     * @gir-type Class
     * @since 1.0
     */
    class EncryptedChannel extends Channel {
        static $gtype: GObject.GType<EncryptedChannel>;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: EncryptedChannel.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<EncryptedChannel.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof EncryptedChannel.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, EncryptedChannel.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof EncryptedChannel.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, EncryptedChannel.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof EncryptedChannel.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<EncryptedChannel.SignalSignatures[K]>): void;
    }


    namespace Event {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            "notify::channel-name": (pspec: GObject.ParamSpec) => void;
            "notify::data": (pspec: GObject.ParamSpec) => void;
            "notify::name": (pspec: GObject.ParamSpec) => void;
            "notify::user-id": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            channel_name: string | null;
            channelName: string | null;
            data: string | null;
            name: string;
            user_id: string | null;
            userId: string | null;
        }
    }

    /**
     * An event that a server sent.
     *
     * Handlers of `Pusher.Channel::event` and `Pusher.Client::event`
     * receive it. It does not change, and may be kept by taking a reference.
     *
     * The data of an event is text: most often, but not necessarily, JSON. It is
     * parsed only when {@link Pusher.Event.get_json} or
     * {@link Pusher.Event.get_variant} asks for it. Where only some of the fields
     * are needed, {@link Pusher.Event.lookup_string},
     * {@link Pusher.Event.lookup_int} and their like find them in a fraction of the time.
     * Python programs would rather use `json.loads(event.get_data())`, JavaScript
     * programs `JSON.parse(event.get_data())`.
     * @gir-type Class
     * @since 1.0
     */
    class Event extends GObject.Object {
        static $gtype: GObject.GType<Event>;

        // Properties
        /**
         * The name of the channel that the event came on, or `null` if it came on
         * none.
         * @since 1.0
         * @read-only
         */
        get channel_name(): string | null;

        /**
         * The name of the channel that the event came on, or `null` if it came on
         * none.
         * @since 1.0
         * @read-only
         */
        get channelName(): string | null;

        /**
         * The data of the event as text, or `null` if it has none. See
         * {@link Pusher.Event.get_data}.
         * @since 1.0
         * @read-only
         */
        get data(): string | null;

        /**
         * The name of the event.
         * @since 1.0
         * @read-only
         */
        get name(): string;

        /**
         * The user who sent a client event on a presence channel, or `null`.
         * @since 1.0
         * @read-only
         */
        get user_id(): string | null;

        /**
         * The user who sent a client event on a presence channel, or `null`.
         * @since 1.0
         * @read-only
         */
        get userId(): string | null;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Event.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Event.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof Event.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Event.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Event.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Event.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Event.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Event.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gets the data of the event as bytes: the same text as that of
         * {@link Pusher.Event.get_data}, in UTF-8, also where the character U+0000 is in it.
         * @returns the data, or `null` if the event has none or its   data is `null`
         * @since 1.0
         */
        get_bytes(): GLib.Bytes | null;

        /**
         * Gets the name of the channel that the event came on.
         * @returns the name, or `null` if the event came on   no channel
         * @since 1.0
         */
        get_channel_name(): string | null;

        /**
         * Gets the data of the event as text.
         *
         * Servers send data either as a JSON string, which most often holds JSON once
         * more, or as any other JSON value. This is the decoded string in the first
         * case and the text of the JSON value in the second: where a publisher sent
         * JSON, it is that JSON either way.
         *
         * A text with the character U+0000 in it seems to end there:
         * {@link Pusher.Event.get_bytes} has all of it.
         * @returns the data, or `null` if the event has   none or its data is `null`
         * @since 1.0
         */
        get_data(): string | null;

        /**
         * @param args
         */
    // Conflicted with GObject.Object.get_data
        get_data(...args: never[]): any;

        /**
         * Gets the data of the event as a JSON tree. The data is parsed at the first
         * call.
         *
         * Data that has been made to take long counts as if it were not JSON: with an
         * object of more than 16,384 members, or with thousands of names of members that
         * collide in the tables of json-glib. {@link Pusher.Event.lookup_json} and its
         * like read such data too.
         * @returns the root of the tree, or `null` if the   event has no data or its data is not JSON
         * @since 1.0
         */
        get_json(): Json.Node | null;

        /**
         * Gets the name of the event.
         * @returns the name, never empty
         * @since 1.0
         */
        get_name(): string;

        /**
         * Gets the user who sent a client event on a presence channel. The server
         * vouches for it.
         * @returns the id of the user, or `null` if this is   no client event on a presence channel
         * @since 1.0
         */
        get_user_id(): string | null;

        /**
         * Gets the data of the event as a {@link GLib.Variant}: objects as `a{sv}`, arrays as
         * `av`, strings as `s`, integers as `x`, other numbers as `d`, booleans as
         * `b`, and `null` as an empty `mv`.
         *
         * A {@link GLib.Variant} has a limit of nesting. Data that goes deeper, such as over 63
         * arrays or 42 objects in each other, has none, but it has a tree: see
         * {@link Pusher.Event.get_json}.
         * @returns the data, or `null` if the event has no   data, or its data is not JSON or goes too deep
         * @since 1.0
         */
        get_variant(): GLib.Variant | null;

        /**
         * Finds a boolean in the data of the event.
         * @param pointer a JSON Pointer (RFC 6901), such as `/done`
         * @returns whether there is a boolean at that place; if not, `value` is `false`
         * @since 1.0
         */
        lookup_boolean(pointer: string): [boolean, boolean];

        /**
         * Finds a number in the data of the event.
         * @param pointer a JSON Pointer (RFC 6901), such as `/price`
         * @returns whether there is a number at that place, in the range of a double; if   not, `value` is 0
         * @since 1.0
         */
        lookup_double(pointer: string): [boolean, number];

        /**
         * Finds an integer in the data of the event.
         *
         * JSON has one type of numbers: 120.0 and 12e1 are integers too, if they are less
         * than 2⁶³ in size.
         * @param pointer a JSON Pointer (RFC 6901), such as `/size`
         * @returns whether there is an integer at that place; if not, `value` is 0
         * @since 1.0
         */
        lookup_int(pointer: string): [boolean, number];

        /**
         * Finds a value in the data of the event, of any type.
         *
         * Of members of the same name the last one counts, as in
         * {@link Pusher.Event.get_json}.
         * @param pointer a JSON Pointer (RFC 6901), such as `/order/lines/0`; the empty one is   for all of the data
         * @returns the JSON text of the value, or `null` if the   data is not JSON or there is no such value in it
         * @since 1.0
         */
        lookup_json(pointer: string): string | null;

        /**
         * Finds a string in the data of the event.
         *
         * This and its like read the text of the data from its beginning, each time, and
         * make no tree of it. For one or a few fields that is many times faster than
         * {@link Pusher.Event.get_json}:
         *
         * ```c
         * g_autofree char *symbol = pusher_event_lookup_string (event, "/symbol");
         * double price;
         *
         * if (symbol != NULL && pusher_event_lookup_double (event, "/price", &price))
         *   g_print ("%s: %.2f\n", symbol, price);
         * ```
         * @param pointer a JSON Pointer (RFC 6901), such as `/symbol`
         * @returns the string, with U+FFFD instead of U+0000, or `null`   if the data is not JSON or there is no string at that place
         * @since 1.0
         */
        lookup_string(pointer: string): string | null;
    }


    namespace HttpAuthorizer {
        // Signal signatures
        interface SignalSignatures extends Authorizer.SignalSignatures {
            /**
             * Emitted before each attempt, for values that change: a handler sets headers
             * of the message, such as a token that expires, or calls
             * {@link Pusher.HttpAuthorizer.set_param}.
             *
             * With several channels in one message it is emitted once for each of them.
             * @signal
             * @since 1.0
             * @run-last
             */
            prepare: (request: AuthorizationRequest, message: Soup.Message) => void;
            /**
             * Emitted when new credentials are needed: a handler gets them, sets them by
             * {@link Pusher.HttpAuthorizer.set_header} or
             * {@link Pusher.HttpAuthorizer.set_param}, and calls
             * {@link Pusher.HttpAuthorizer.renewed}, at once or later. Until then nothing is
             * sent; then everything that waited is, also what was refused. If that is refused
             * again it fails, and the endpoint's answer is the error.
             *
             * It is emitted once for all that was asked for until then, however many channels
             * these are.
             * @signal
             * @since 1.0
             * @run-last
             */
            renew: (status: number) => boolean | void;
            "notify::batch": (pspec: GObject.ParamSpec) => void;
            "notify::endpoint": (pspec: GObject.ParamSpec) => void;
            "notify::max-attempts": (pspec: GObject.ParamSpec) => void;
            "notify::max-batch-size": (pspec: GObject.ParamSpec) => void;
            "notify::max-concurrent": (pspec: GObject.ParamSpec) => void;
            "notify::password": (pspec: GObject.ParamSpec) => void;
            "notify::session": (pspec: GObject.ParamSpec) => void;
            "notify::timeout": (pspec: GObject.ParamSpec) => void;
            "notify::username": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends Authorizer.ConstructorProps {
            batch: boolean;
            endpoint: string | null;
            max_attempts: number;
            maxAttempts: number;
            max_batch_size: number;
            maxBatchSize: number;
            max_concurrent: number;
            maxConcurrent: number;
            password: string;
            session: Soup.Session;
            timeout: number;
            username: string | null;
        }
    }

    /**
     * An authorizer that asks an endpoint of the application's own server.
     *
     * It posts a form with `socket_id`, `channel_name` and the parameters of the
     * application to the {@link Pusher.HttpAuthorizer.endpoint}, and expects JSON
     * with HTTP status 200: `auth`, for presence channels also `channel_data`, for
     * encrypted channels `shared_secret`, and for signing in `user_data`. Every
     * server library of Pusher makes such responses.
     *
     * Network errors, time-outs, and the HTTP statuses 408, 429 and 5xx are tried
     * again, after a random delay that grows, or that the server asks for by
     * `Retry-After`. For 401 and 419 see `Pusher.HttpAuthorizer::renew`. Any
     * other status is final: the subscription fails with
     * `PUSHER_HTTP_ERROR`, whose code is the status. A redirect is followed to the
     * same origin only, because the request carries credentials.
     *
     * Requests wait in a queue, so that thousands of channels, which all need a new
     * authorization after a reconnect, do not overwhelm the endpoint: at most
     * {@link Pusher.HttpAuthorizer.max_concurrent} of them are under way. A user
     * that signs in comes first, the others in the order in which they came. When the
     * endpoint cannot be reached, or answers with 429, 502, 503 or 504, the whole
     * queue pauses: the other requests need not find that out as well. A request
     * whose attempts are used up fails for now.
     *
     * Nothing is sent any more for a connection that is gone, or a channel that is
     * unsubscribed from. What is set on the authorizer counts for all that has not
     * been sent yet, and requests that wait keep the authorizer.
     * @gir-type Class
     * @since 1.0
     */
    class HttpAuthorizer extends Authorizer {
        static $gtype: GObject.GType<HttpAuthorizer>;

        // Properties
        /**
         * Whether channels that need an authorization at the same time, as after a
         * reconnect, are posted together: `channel_name[0]`, `channel_name[1]` and so
         * on. The response is an object with a member for each channel,
         * `{"NAME": {"status": 200, "data": {"auth": …}}}`.
         *
         * A channel that the response leaves out is posted alone.
         * @since 1.0
         */
        get batch(): boolean;
        set batch(val: boolean);

        /**
         * The `http` or `https` URL to post to.
         * @since 1.0
         */
        get endpoint(): string | null;
        set endpoint(val: string | null);

        /**
         * How often the request is sent before it fails for now: see
         * {@link Pusher.AuthorizationRequest.fail_for_now}.
         * @since 1.0
         */
        get max_attempts(): number;
        set max_attempts(val: number);

        /**
         * How often the request is sent before it fails for now: see
         * {@link Pusher.AuthorizationRequest.fail_for_now}.
         * @since 1.0
         */
        get maxAttempts(): number;
        set maxAttempts(val: number);

        /**
         * The most channels that are posted together, if
         * {@link Pusher.HttpAuthorizer.batch} is set. More of them make several
         * batches.
         * @since 1.0
         */
        get max_batch_size(): number;
        set max_batch_size(val: number);

        /**
         * The most channels that are posted together, if
         * {@link Pusher.HttpAuthorizer.batch} is set. More of them make several
         * batches.
         * @since 1.0
         */
        get maxBatchSize(): number;
        set maxBatchSize(val: number);

        /**
         * The most requests to the endpoint that are under way at the same time.
         * Others wait until one of these has its response.
         * @since 1.0
         */
        get max_concurrent(): number;
        set max_concurrent(val: number);

        /**
         * The most requests to the endpoint that are under way at the same time.
         * Others wait until one of these has its response.
         * @since 1.0
         */
        get maxConcurrent(): number;
        set maxConcurrent(val: number);

        /**
         * The password for HTTP Basic authentication, or `null`. It cannot be read
         * back.
         * @since 1.0
         * @write-only
         */
        set password(val: string);

        /**
         * The session that makes the requests. The authorizer makes one of its own
         * unless it is given one, the client's for example.
         *
         * A session has a limit of its own, {@link Soup.Session.max_conns_per_host},
         * by default 2. That of the authorizer's own session does not matter.
         * @since 1.0
         */
        get session(): Soup.Session;
        set session(val: Soup.Session);

        /**
         * Seconds that the endpoint has for one response, before the next attempt. They
         * are counted from when the session sets to work on the request: while it waits
         * in the queue, or for a connection of the session to be free, it cannot time
         * out.
         * @since 1.0
         */
        get timeout(): number;
        set timeout(val: number);

        /**
         * The name for HTTP Basic authentication, or `null`. It counts if the password
         * is set too.
         * @since 1.0
         */
        get username(): string | null;
        set username(val: string | null);

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: HttpAuthorizer.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<HttpAuthorizer.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        static ["new"](endpoint: string): HttpAuthorizer;

        // Conflicted with Pusher.Authorizer.new
        static ["new"](...args: never[]): any;

        // Signals
        /** @signal */
        connect<K extends keyof HttpAuthorizer.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, HttpAuthorizer.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof HttpAuthorizer.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, HttpAuthorizer.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof HttpAuthorizer.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<HttpAuthorizer.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gets whether several channels are posted together.
         * @returns `true` if they are
         * @since 1.0
         */
        get_batch(): boolean;

        /**
         * Gets the URL to post to.
         * @returns the URL
         * @since 1.0
         */
        get_endpoint(): string | null;

        /**
         * Gets when the credentials expire.
         * @returns the time, in microseconds of {@link GLib.get_monotonic_time}, or 0 if it is not   known
         * @since 1.0
         */
        get_expires_at(): number;

        /**
         * Gets how often a request is sent before it fails.
         * @returns the number of attempts
         * @since 1.0
         */
        get_max_attempts(): number;

        /**
         * Gets how many channels are posted together.
         * @returns the most channels
         * @since 1.0
         */
        get_max_batch_size(): number;

        /**
         * Gets how many requests to the endpoint are under way at the same time.
         * @returns the most requests
         * @since 1.0
         */
        get_max_concurrent(): number;

        /**
         * Gets the session that makes the requests. The authorizer makes one when it is
         * first needed, unless it was given one.
         * @returns the session
         * @since 1.0
         */
        get_session(): Soup.Session;

        /**
         * Gets how long the endpoint has for one response.
         * @returns seconds
         * @since 1.0
         */
        get_timeout(): number;

        /**
         * Gets the name for HTTP Basic authentication.
         * @returns the name, or `null`
         * @since 1.0
         */
        get_username(): string | null;

        /**
         * Ends what `Pusher.HttpAuthorizer::renew` began: new credentials are set, or
         * there are none. What waited is sent, also what was refused.
         *
         * Does nothing if no credentials were asked for.
         * @since 1.0
         */
        renewed(): void;

        /**
         * Sets whether several channels are posted together: see
         * {@link Pusher.HttpAuthorizer.batch}.
         * @param batch `true` to post them together
         * @since 1.0
         */
        set_batch(batch: boolean): void;

        /**
         * Sets the URL to post to, from the next request on. A pause because of trouble
         * with another URL ends.
         * @param endpoint an `http` or `https` URL
         * @since 1.0
         */
        set_endpoint(endpoint: string): void;

        /**
         * Sets when the credentials expire. Whatever is to be sent later than five seconds
         * before that waits for `Pusher.HttpAuthorizer::renew`, which forgets the
         * time: set the new one, too.
         * @param expires_at the time, in microseconds of {@link GLib.get_monotonic_time}, or 0 if it is not   known
         * @since 1.0
         */
        set_expires_at(expires_at: bigint | number): void;

        /**
         * Sets a header of the requests, from the next one on.
         * @param name the name of a header
         * @param value its value, or `null` to leave the header out
         * @since 1.0
         */
        set_header(name: string, value: string | null): void;

        /**
         * Sets how often a request is sent before it fails.
         * @param max_attempts the number of attempts, at least 1
         * @since 1.0
         */
        set_max_attempts(max_attempts: number): void;

        /**
         * Sets how many channels are posted together: see
         * {@link Pusher.HttpAuthorizer.max_batch_size}. Channels that wait already are
         * not distributed anew.
         * @param max_batch_size the most channels, at least 1
         * @since 1.0
         */
        set_max_batch_size(max_batch_size: number): void;

        /**
         * Sets how many requests to the endpoint are under way at the same time: see
         * {@link Pusher.HttpAuthorizer.max_concurrent}. If there are more at present,
         * they go on.
         * @param max_concurrent the most requests, at least 1
         * @since 1.0
         */
        set_max_concurrent(max_concurrent: number): void;

        /**
         * Sets a field of the form that is posted, from the next request on.
         * @param name the name of a field of the form
         * @param value its value, or `null` to leave the field out
         * @since 1.0
         */
        set_param(name: string, value: string | null): void;

        /**
         * Sets the password for HTTP Basic authentication.
         * @param password the password, or `null` for no authentication
         * @since 1.0
         */
        set_password(password: string | null): void;

        /**
         * Sets the session that makes the requests.
         * @param session a session, or `null` for one of the authorizer's own
         * @since 1.0
         */
        set_session(session: Soup.Session | null): void;

        /**
         * Sets how long the endpoint has for one response.
         * @param seconds seconds, at least 1
         * @since 1.0
         */
        set_timeout(seconds: number): void;

        /**
         * Sets the name for HTTP Basic authentication.
         * @param username the name, or `null` for no authentication
         * @since 1.0
         */
        set_username(username: string | null): void;
    }


    namespace HttpBackfill {
        // Signal signatures
        interface SignalSignatures extends Backfill.SignalSignatures {
            /**
             * Emitted before each attempt, for values that change: a handler sets headers of the
             * message, such as a token that expires.
             * @signal
             * @since 1.0
             * @run-last
             */
            prepare: (request: BackfillRequest, message: Soup.Message) => void;
            /**
             * Emitted when new credentials are needed: a handler gets them, sets them by
             * {@link Pusher.HttpBackfill.set_header}, and calls {@link Pusher.HttpBackfill.renewed},
             * at once or later. Until then nothing is sent; then everything that waited is, also what
             * was refused. If that is refused again it fails.
             * @signal
             * @since 1.0
             * @run-last
             */
            renew: (status: number) => boolean | void;
            "notify::events-pointer": (pspec: GObject.ParamSpec) => void;
            "notify::item-data-pointer": (pspec: GObject.ParamSpec) => void;
            "notify::item-id-pointer": (pspec: GObject.ParamSpec) => void;
            "notify::item-name-pointer": (pspec: GObject.ParamSpec) => void;
            "notify::more-pointer": (pspec: GObject.ParamSpec) => void;
            "notify::password": (pspec: GObject.ParamSpec) => void;
            "notify::session": (pspec: GObject.ParamSpec) => void;
            "notify::url": (pspec: GObject.ParamSpec) => void;
            "notify::username": (pspec: GObject.ParamSpec) => void;
            "notify::client-events": (pspec: GObject.ParamSpec) => void;
            "notify::id-pointer": (pspec: GObject.ParamSpec) => void;
            "notify::initial-count": (pspec: GObject.ParamSpec) => void;
            "notify::max-attempts": (pspec: GObject.ParamSpec) => void;
            "notify::max-concurrent": (pspec: GObject.ParamSpec) => void;
            "notify::max-held-bytes": (pspec: GObject.ParamSpec) => void;
            "notify::max-held-events": (pspec: GObject.ParamSpec) => void;
            "notify::timeout": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends Backfill.ConstructorProps {
            events_pointer: string | null;
            eventsPointer: string | null;
            item_data_pointer: string | null;
            itemDataPointer: string | null;
            item_id_pointer: string | null;
            itemIdPointer: string | null;
            item_name_pointer: string | null;
            itemNamePointer: string | null;
            more_pointer: string | null;
            morePointer: string | null;
            password: string;
            session: Soup.Session;
            url: string | null;
            username: string | null;
        }
    }

    /**
     * A backfill that asks a server of the application for its events.
     *
     * It sends a `GET` to {@link Pusher.HttpBackfill.url}, a template for the address (RFC
     * 6570) with three variables:
     *
     * - `channel`: the name of the channel,
     * - `after`: the id after which events are wanted,
     * - `last`: how many of the last events are wanted.
     *
     * `https://example.com/events{?channel,after,last}` becomes
     * `https://example.com/events?channel=news&after=41`, and a channel that begins asks for
     * `…?channel=news&last=1`: a variable that is not there is left out. Without `after` and
     * `last` all events are wanted, because there were none when the channel began.
     *
     * The answer is JSON with HTTP status 200: an array of items, or an object that has it at
     * {@link Pusher.HttpBackfill.events_pointer}.
     *
     * ```json
     * {"events": [{"id": 42, "name": "price", "data": "{\"id\":42,\"value\":1.5}"}], "more": false}
     * ```
     *
     * The channel goes on asking, after the last id of the answer, while
     * {@link Pusher.HttpBackfill.more_pointer} leads to `true`, to a number other than 0, or to
     * a text that is not empty, such as the address of the next page. If there is nothing at
     * that place, as in an array, it goes on until it is given no item.
     *
     * A server that does not know an id any more answers with status 404 or 410: then the channel
     * tells that events were lost. Any other status counts as for {@link Pusher.HttpAuthorizer}:
     * 408, 429, 5xx and failures of the network are tried again, as often as
     * {@link Pusher.Backfill.max_attempts} says, and after `Retry-After`; for 401 and 419 there
     * is `Pusher.HttpBackfill::renew`; others are final. A redirect is followed to the same
     * origin only, because the request may carry credentials. An answer has at most 16 MiB.
     * @gir-type Class
     * @since 1.0
     */
    class HttpBackfill extends Backfill {
        static $gtype: GObject.GType<HttpBackfill>;

        // Properties
        /**
         * The JSON Pointer to the array of items in an answer that is an object.
         * @since 1.0
         */
        get events_pointer(): string | null;
        set events_pointer(val: string | null);

        /**
         * The JSON Pointer to the array of items in an answer that is an object.
         * @since 1.0
         */
        get eventsPointer(): string | null;
        set eventsPointer(val: string | null);

        /**
         * The JSON Pointer to the data of the event in an item. A string is the data itself, as it
         * is in messages of the protocol; of anything else the data is the JSON text.
         * @since 1.0
         */
        get item_data_pointer(): string | null;
        set item_data_pointer(val: string | null);

        /**
         * The JSON Pointer to the data of the event in an item. A string is the data itself, as it
         * is in messages of the protocol; of anything else the data is the JSON text.
         * @since 1.0
         */
        get itemDataPointer(): string | null;
        set itemDataPointer(val: string | null);

        /**
         * The JSON Pointer to the id in an item: a string or a number. If there is none the id is
         * looked for in the data, by {@link Pusher.Backfill.identify}.
         * @since 1.0
         */
        get item_id_pointer(): string | null;
        set item_id_pointer(val: string | null);

        /**
         * The JSON Pointer to the id in an item: a string or a number. If there is none the id is
         * looked for in the data, by {@link Pusher.Backfill.identify}.
         * @since 1.0
         */
        get itemIdPointer(): string | null;
        set itemIdPointer(val: string | null);

        /**
         * The JSON Pointer to the name of the event in an item. An item without a name is an error.
         * @since 1.0
         */
        get item_name_pointer(): string | null;
        set item_name_pointer(val: string | null);

        /**
         * The JSON Pointer to the name of the event in an item. An item without a name is an error.
         * @since 1.0
         */
        get itemNamePointer(): string | null;
        set itemNamePointer(val: string | null);

        /**
         * The JSON Pointer to what says, in an answer that is an object, that there is more: `true`,
         * a number other than 0, or a text that is not empty. `null` if answers do not say it.
         * @since 1.0
         */
        get more_pointer(): string | null;
        set more_pointer(val: string | null);

        /**
         * The JSON Pointer to what says, in an answer that is an object, that there is more: `true`,
         * a number other than 0, or a text that is not empty. `null` if answers do not say it.
         * @since 1.0
         */
        get morePointer(): string | null;
        set morePointer(val: string | null);

        /**
         * The password for HTTP Basic authentication, or `null`. It cannot be read back.
         * @since 1.0
         * @write-only
         */
        set password(val: string);

        /**
         * The session that makes the requests. The backfill makes one of its own unless it is given
         * one, the client's for example.
         * @since 1.0
         */
        get session(): Soup.Session;
        set session(val: Soup.Session);

        /**
         * The `http` or `https` URL to ask, a template with the variables `channel`, `after` and
         * `last`: `{channel}` in a path, `{?after,last}` or `{&after,last}` in a query. Values are
         * percent-encoded.
         * @since 1.0
         */
        get url(): string | null;
        set url(val: string | null);

        /**
         * The name for HTTP Basic authentication, or `null`. It counts if the password is set too.
         * @since 1.0
         */
        get username(): string | null;
        set username(val: string | null);

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: HttpBackfill.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<HttpBackfill.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        static ["new"](url: string): HttpBackfill;

        // Conflicted with Pusher.Backfill.new
        static ["new"](...args: never[]): any;

        // Signals
        /** @signal */
        connect<K extends keyof HttpBackfill.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, HttpBackfill.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof HttpBackfill.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, HttpBackfill.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof HttpBackfill.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<HttpBackfill.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gets the JSON Pointer to the array of items in an answer.
         * @returns the pointer, or `null` if there is none
         * @since 1.0
         */
        get_events_pointer(): string | null;

        /**
         * Gets when the credentials expire.
         * @returns the time, in microseconds of {@link GLib.get_monotonic_time}, or 0 if it is not   known
         * @since 1.0
         */
        get_expires_at(): number;

        /**
         * Gets the JSON Pointer to the data of the event in an item.
         * @returns the pointer, or `null` if there is none
         * @since 1.0
         */
        get_item_data_pointer(): string | null;

        /**
         * Gets the JSON Pointer to the id in an item.
         * @returns the pointer, or `null` if there is none
         * @since 1.0
         */
        get_item_id_pointer(): string | null;

        /**
         * Gets the JSON Pointer to the name of the event in an item.
         * @returns the pointer, or `null` if there is none
         * @since 1.0
         */
        get_item_name_pointer(): string | null;

        /**
         * Gets the JSON Pointer to what says that there is more.
         * @returns the pointer, or `null` if there is none
         * @since 1.0
         */
        get_more_pointer(): string | null;

        /**
         * Gets the session that makes the requests. The backfill makes one when it is
         * first needed, unless it was given one.
         * @returns the session
         * @since 1.0
         */
        get_session(): Soup.Session;

        /**
         * Gets the URL to ask.
         * @returns the URL
         * @since 1.0
         */
        get_url(): string | null;

        /**
         * Gets the name for HTTP Basic authentication.
         * @returns the name, or `null`
         * @since 1.0
         */
        get_username(): string | null;

        /**
         * Ends what `Pusher.HttpBackfill::renew` began: new credentials are set, or
         * there are none. What waited is sent, also what was refused.
         *
         * Does nothing if no credentials were asked for.
         * @since 1.0
         */
        renewed(): void;

        /**
         * Sets the JSON Pointer to the array of items in an answer: see
         * {@link Pusher.HttpBackfill.events_pointer}.
         * @param pointer a JSON Pointer (RFC 6901), or `null`
         * @since 1.0
         */
        set_events_pointer(pointer: string | null): void;

        /**
         * Sets when the credentials expire. Whatever is to be sent later than five seconds
         * before that waits for `Pusher.HttpBackfill::renew`, which forgets the
         * time: set the new one, too.
         * @param expires_at the time, in microseconds of {@link GLib.get_monotonic_time}, or 0 if it is not   known
         * @since 1.0
         */
        set_expires_at(expires_at: bigint | number): void;

        /**
         * Sets a header of the requests, from the next one on.
         * @param name the name of a header
         * @param value its value, or `null` to leave the header out
         * @since 1.0
         */
        set_header(name: string, value: string | null): void;

        /**
         * Sets the JSON Pointer to the data of the event in an item: see
         * {@link Pusher.HttpBackfill.item_data_pointer}.
         * @param pointer a JSON Pointer (RFC 6901), or `null`
         * @since 1.0
         */
        set_item_data_pointer(pointer: string | null): void;

        /**
         * Sets the JSON Pointer to the id in an item: see
         * {@link Pusher.HttpBackfill.item_id_pointer}.
         * @param pointer a JSON Pointer (RFC 6901), or `null`
         * @since 1.0
         */
        set_item_id_pointer(pointer: string | null): void;

        /**
         * Sets the JSON Pointer to the name of the event in an item: see
         * {@link Pusher.HttpBackfill.item_name_pointer}.
         * @param pointer a JSON Pointer (RFC 6901), or `null`
         * @since 1.0
         */
        set_item_name_pointer(pointer: string | null): void;

        /**
         * Sets the JSON Pointer to what says that there is more: see
         * {@link Pusher.HttpBackfill.more_pointer}.
         * @param pointer a JSON Pointer (RFC 6901), or `null`
         * @since 1.0
         */
        set_more_pointer(pointer: string | null): void;

        /**
         * Sets the password for HTTP Basic authentication.
         * @param password the password, or `null` for no authentication
         * @since 1.0
         */
        set_password(password: string | null): void;

        /**
         * Sets the session that makes the requests.
         * @param session a session, or `null` for one of the backfill's own
         * @since 1.0
         */
        set_session(session: Soup.Session | null): void;

        /**
         * Sets the URL to ask, from the next request on. A pause because of trouble
         * with another URL ends.
         * @param url an `http` or `https` URL, a template
         * @since 1.0
         */
        set_url(url: string): void;

        /**
         * Sets the name for HTTP Basic authentication.
         * @param username the name, or `null` for no authentication
         * @since 1.0
         */
        set_username(username: string | null): void;
    }


    namespace Member {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            "notify::id": (pspec: GObject.ParamSpec) => void;
            "notify::info": (pspec: GObject.ParamSpec) => void;
            "notify::name": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            id: string;
            info: string | null;
            name: string;
        }
    }

    /**
     * A member of a presence channel: a user, with however many connections.
     *
     * As long as a user stays in the channel there is one object for them, also
     * across reconnects.
     * @gir-type Class
     * @since 1.0
     */
    class Member extends GObject.Object {
        static $gtype: GObject.GType<Member>;

        // Properties
        /**
         * The id of the user.
         * @since 1.0
         * @read-only
         */
        get id(): string;

        /**
         * What the application's server says about the user, as JSON text, or `null` if
         * it says nothing.
         * @since 1.0
         * @read-only
         */
        get info(): string | null;

        /**
         * A name to show: the `name` of the info, if that is a text, else the id. Never
         * `null`.
         * @since 1.0
         * @read-only
         */
        get name(): string;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Member.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Member.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof Member.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Member.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Member.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Member.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Member.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Member.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gets one field of the info, to show it: a string as it is, anything else as
         * JSON text.
         * @param name the name of a field
         * @returns the field, or `null` if the info has none   of that name
         * @since 1.0
         */
        get_field(name: string): string | null;

        /**
         * Gets the id of the user.
         * @returns the id; where a server sends a number, its text
         * @since 1.0
         */
        get_id(): string;

        /**
         * Gets what the application's server says about the user.
         * @returns JSON text, or `null` if it says nothing
         * @since 1.0
         */
        get_info(): string | null;

        /**
         * Gets what the application's server says about the user, as a JSON tree.
         * @returns the root of the tree, or `null` if it says   nothing
         * @since 1.0
         */
        get_info_node(): Json.Node | null;

        /**
         * Gets a name to show.
         * @returns the `name` of the info, if that is a text, else the id
         * @since 1.0
         */
        get_name(): string;
    }


    namespace PresenceChannel {
        // Signal signatures
        interface SignalSignatures extends Channel.SignalSignatures {
            /**
             * Emitted when somebody has joined, not for those who were there before.
             * @signal
             * @since 1.0
             * @run-last
             */
            "member-added": (member: Member) => void;
            /**
             * Emitted when the {@link Pusher.Member.info} of a member has changed.
             * @signal
             * @since 1.0
             * @run-last
             */
            "member-changed": (member: Member) => void;
            /**
             * Emitted when somebody has left.
             * @signal
             * @since 1.0
             * @run-last
             */
            "member-removed": (member: Member) => void;
            "notify::me": (pspec: GObject.ParamSpec) => void;
            "notify::members": (pspec: GObject.ParamSpec) => void;
            "notify::backfill": (pspec: GObject.ParamSpec) => void;
            "notify::catching-up": (pspec: GObject.ParamSpec) => void;
            "notify::is-cache": (pspec: GObject.ParamSpec) => void;
            "notify::kind": (pspec: GObject.ParamSpec) => void;
            "notify::last-error": (pspec: GObject.ParamSpec) => void;
            "notify::name": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-expiry": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-length": (pspec: GObject.ParamSpec) => void;
            "notify::outbox-size": (pspec: GObject.ParamSpec) => void;
            "notify::position": (pspec: GObject.ParamSpec) => void;
            "notify::state": (pspec: GObject.ParamSpec) => void;
            "notify::subscription-count": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends Channel.ConstructorProps {
            me: Member | null;
            members: Gio.ListModel;
        }
    }

    /**
     * A channel whose members know of each other. Its name begins with `presence-`.
     *
     * {@link Pusher.PresenceChannel.members} is a list that a list view can show
     * as it is. The server's list replaces it at each subscription; what has not
     * changed since the last one stays as it is, so that after a reconnect only real
     * joins and leaves show.
     *
     * Without a connection the members are those who were there last.
     *
     * The authorization says who the client is itself. If it does not, the user who
     * is signed in is meant, and the subscription waits for the sign-in.
     * @gir-type Class
     * @since 1.0
     */
    class PresenceChannel extends Channel {
        static $gtype: GObject.GType<PresenceChannel>;

        // Properties
        /**
         * The member that is the client's own user, or `null` before the first
         * subscription.
         * @since 1.0
         * @read-only
         */
        get me(): Member | null;

        /**
         * The {@link Pusher.Member}s of the channel, the client's own user among them,
         * in the order in which they joined.
         * @since 1.0
         * @read-only
         */
        get members(): Gio.ListModel;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: PresenceChannel.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<PresenceChannel.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof PresenceChannel.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, PresenceChannel.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof PresenceChannel.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, PresenceChannel.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof PresenceChannel.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<PresenceChannel.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gets the member that is the client's own user.
         * @returns the member, or `null` before the first   subscription
         * @since 1.0
         */
        get_me(): Member | null;

        /**
         * Gets a member by its id.
         * @param id the id of a user
         * @returns the member, or `null` if there is none
         * @since 1.0
         */
        get_member(id: string): Member | null;

        /**
         * Gets the members of the channel.
         * @returns a list of {@link Pusher.Member}, which follows what   happens
         * @since 1.0
         */
        get_members(): Gio.ListModel;
    }


    namespace SecretAuthorizer {
        // Signal signatures
        interface SignalSignatures extends Authorizer.SignalSignatures {
            "notify::channel-data": (pspec: GObject.ParamSpec) => void;
            "notify::encryption-master-key": (pspec: GObject.ParamSpec) => void;
            "notify::secret": (pspec: GObject.ParamSpec) => void;
            "notify::user-data": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends Authorizer.ConstructorProps {
            channel_data: string | null;
            channelData: string | null;
            encryption_master_key: string;
            encryptionMasterKey: string;
            secret: string;
            user_data: string | null;
            userData: string | null;
        }
    }

    /**
     * An authorizer that knows the secret of the application, and signs by itself.
     *
     * This is for services and tools that run where the secret may be known. Never
     * put a secret into a program that others get: with it they can do anything in
     * the name of the application.
     * @gir-type Class
     * @since 1.0
     */
    class SecretAuthorizer extends Authorizer {
        static $gtype: GObject.GType<SecretAuthorizer>;

        // Properties
        /**
         * Who the client is on presence channels: JSON text like
         * `{"user_id": "42", "user_info": {"name": "Al"}}`, or `null`.
         *
         * If it is `null`, the client is the user who signs in, or if none does, a member
         * with an id of its own, a random one that stays the same.
         * @since 1.0
         */
        get channel_data(): string | null;
        set channel_data(val: string | null);

        /**
         * Who the client is on presence channels: JSON text like
         * `{"user_id": "42", "user_info": {"name": "Al"}}`, or `null`.
         *
         * If it is `null`, the client is the user who signs in, or if none does, a member
         * with an id of its own, a random one that stays the same.
         * @since 1.0
         */
        get channelData(): string | null;
        set channelData(val: string | null);

        /**
         * The master key of encrypted channels: 32 bytes in base64, as the server
         * libraries take it. It cannot be read back.
         * @since 1.0
         * @write-only
         */
        set encryption_master_key(val: string);

        /**
         * The master key of encrypted channels: 32 bytes in base64, as the server
         * libraries take it. It cannot be read back.
         * @since 1.0
         * @write-only
         */
        set encryptionMasterKey(val: string);

        /**
         * The secret of the application at the server. It cannot be read back.
         * @since 1.0
         * @write-only
         */
        set secret(val: string);

        /**
         * Who signs in: JSON text like `{"id": "42", "user_info": {"name": "Al"}}`, or
         * `null` for the one of {@link Pusher.SecretAuthorizer.channel_data}.
         * @since 1.0
         */
        get user_data(): string | null;
        set user_data(val: string | null);

        /**
         * Who signs in: JSON text like `{"id": "42", "user_info": {"name": "Al"}}`, or
         * `null` for the one of {@link Pusher.SecretAuthorizer.channel_data}.
         * @since 1.0
         */
        get userData(): string | null;
        set userData(val: string | null);

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: SecretAuthorizer.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<SecretAuthorizer.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        static ["new"](secret: string): SecretAuthorizer;

        // Conflicted with Pusher.Authorizer.new
        static ["new"](...args: never[]): any;

        // Signals
        /** @signal */
        connect<K extends keyof SecretAuthorizer.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, SecretAuthorizer.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof SecretAuthorizer.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, SecretAuthorizer.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof SecretAuthorizer.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<SecretAuthorizer.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gets who the client is on presence channels.
         * @returns JSON text, or `null`
         * @since 1.0
         */
        get_channel_data(): string | null;

        /**
         * Gets who signs in.
         * @returns JSON text, or `null`
         * @since 1.0
         */
        get_user_data(): string | null;

        /**
         * Sets who the client is on presence channels. The server gets the text as it
         * is given.
         *
         * The error is {@link Pusher.Error.INVALID_DATA} if this is not JSON.
         * @param json JSON text like   `{"user_id": "42", "user_info": {"name": "Al"}}`, or `null`
         * @returns whether it is set
         * @since 1.0
         * @throws GLib.Error
         */
        set_channel_data(json: string | null): boolean;

        /**
         * Sets who the client is on presence channels, as
         * {@link Pusher.SecretAuthorizer.set_channel_data} does.
         * @param node an object with `user_id` and, optionally, `user_info`
         * @since 1.0
         */
        set_channel_data_node(node: Json.Node | null): void;

        /**
         * Sets the master key, from which the keys of encrypted channels are made.
         *
         * The error is {@link Pusher.Error.INVALID_DATA} if this is not such a key.
         * @param base64 32 bytes in base64, or `null`
         * @returns whether it is set
         * @since 1.0
         * @throws GLib.Error
         */
        set_encryption_master_key(base64: string | null): boolean;

        /**
         * Sets who the client is on presence channels, and who signs in unless
         * {@link Pusher.SecretAuthorizer.user_data} says otherwise. Others get this as
         * {@link Pusher.Member.id}, {@link Pusher.Member.name} and
         * {@link Pusher.Member.info}, of which the name is a field.
         *
         * This sets {@link Pusher.SecretAuthorizer.channel_data}.
         * @param id the id of the user
         * @param name a name to show, or `null`
         * @param info an object with what else others may know of the user, or `null`
         * @since 1.0
         */
        set_member(id: string, name: string | null, info: Json.Node | null): void;

        /**
         * Sets the secret of the application.
         * @param secret the secret of the application, or `null` to answer nothing
         * @since 1.0
         */
        set_secret(secret: string | null): void;

        /**
         * Sets who signs in. The server gets the text as it is given.
         *
         * The error is {@link Pusher.Error.INVALID_DATA} if this is not JSON.
         * @param json JSON text like   `{"id": "42", "user_info": {"name": "Al"}, "watchlist": ["43"]}`, or `null`
         * @returns whether it is set
         * @since 1.0
         * @throws GLib.Error
         */
        set_user_data(json: string | null): boolean;

        /**
         * Sets who signs in, as {@link Pusher.SecretAuthorizer.set_user_data} does.
         * @param node an object with `id` and, optionally, `user_info` and   `watchlist`
         * @since 1.0
         */
        set_user_data_node(node: Json.Node | null): void;
    }


    namespace User {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            /**
             * Emitted for each event that was sent to the user, with the name of the event
             * as the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            event: (event: Event) => void;
            /**
             * Emitted when a user of the watchlist has gone offline. It is not emitted when
             * the connection is lost: then nobody counts as online until the server has told
             * it again.
             * @signal
             * @since 1.0
             * @run-last
             */
            offline: (id: string) => void;
            /**
             * Emitted when a user of the watchlist has come online, and after signing in
             * for those who are.
             * @signal
             * @since 1.0
             * @run-last
             */
            online: (id: string) => void;
            /**
             * Emitted when a sign-in has failed. The client tries again after the next
             * reconnect, when {@link Pusher.User.sign_in} is called, and after 15 to 30 seconds
             * by itself if the reason may pass. `Pusher.Client::error` tells of it as well,
             * after this.
             * @signal
             * @since 1.0
             * @run-last
             */
            "sign-in-error": (error: GLib.Error) => void;
            /**
             * Emitted when the server tells something of users of the watchlist, as it tells it:
             * also what is not news, and what this library does not know.
             * @signal
             * @since 1.0
             * @run-last
             */
            "watchlist-event": (name: string, ids: string[]) => void;
            "notify::data": (pspec: GObject.ParamSpec) => void;
            "notify::id": (pspec: GObject.ParamSpec) => void;
            "notify::signed-in": (pspec: GObject.ParamSpec) => void;
            /**
             * Emitted for each event that was sent to the user, with the name of the event
             * as the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::data": (event: Event) => void;
            /**
             * Emitted for each event that was sent to the user, with the name of the event
             * as the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::id": (event: Event) => void;
            /**
             * Emitted for each event that was sent to the user, with the name of the event
             * as the detail.
             * @signal
             * @since 1.0
             * @detailed
             * @run-last
             */
            "event::signed-in": (event: Event) => void;
            [key: `event::${string}`]: (event: Event) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            data: string | null;
            id: string | null;
            signed_in: boolean;
            signedIn: boolean;
        }
    }

    /**
     * The user of a client, who may sign in.
     *
     * Who is signed in receives the events that the application's server sends to
     * this user, on whatever connections, as `Pusher.User::event`, and hears
     * which users of their watchlist come online and go offline, if the server tells
     * that.
     *
     * {@link Pusher.Client.user_authenticator} vouches for the user. Once asked to
     * sign in, the client does so again after each reconnect.
     * @gir-type Class
     * @since 1.0
     */
    class User extends GObject.Object {
        static $gtype: GObject.GType<User>;

        // Properties
        /**
         * What the application's server says about the user who is signed in, as JSON
         * text, or `null`.
         * @since 1.0
         * @read-only
         */
        get data(): string | null;

        /**
         * The id of the user who is signed in, or `null`.
         * @since 1.0
         * @read-only
         */
        get id(): string | null;

        /**
         * Whether somebody is signed in, on the present connection.
         * @since 1.0
         * @read-only
         */
        get signed_in(): boolean;

        /**
         * Whether somebody is signed in, on the present connection.
         * @since 1.0
         * @read-only
         */
        get signedIn(): boolean;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: User.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<User.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof User.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, User.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof User.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, User.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof User.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<User.SignalSignatures[K]>): void;

        // Methods
        /**
         * Gets what the application's server says about the user who is signed in.
         * @returns JSON text with an `id` and, maybe, a   `user_info`; or `null` if nobody is signed in
         * @since 1.0
         */
        get_data(): string | null;

        /**
         * @param args
         */
    // Conflicted with GObject.Object.get_data
        get_data(...args: never[]): any;

        /**
         * Gets the id of the user who is signed in.
         * @returns the id, or `null` if nobody is signed in
         * @since 1.0
         */
        get_id(): string | null;

        /**
         * Gets whether somebody is signed in, on the present connection.
         * @returns `true` if somebody is
         * @since 1.0
         */
        get_signed_in(): boolean;

        /**
         * Gets whether another user is online, as far as the server has told.
         * @param id the id of a user of the watchlist
         * @returns `true` if they are
         * @since 1.0
         */
        is_online(id: string): boolean;

        /**
         * Signs in, now if the client is connected, else as soon as it is, and again
         * after each reconnect. Does nothing if somebody is signed in or about to be.
         * @since 1.0
         */
        sign_in(): void;

        /**
         * Signs in like {@link Pusher.User.sign_in}, and waits until it has succeeded or
         * failed, or the client is closed or refused. Some servers that do not know users do
         * not answer at all: see {@link Pusher.Client.subscription_timeout}.
         *
         * A failure that may pass ends the wait, but not the sign-in: it is tried again.
         * @param cancellable ends the wait, but not the sign-in
         * @since 1.0
         */
        sign_in_async(cancellable: Gio.Cancellable | null): globalThis.Promise<boolean>;

        /**
         * Signs in like {@link Pusher.User.sign_in}, and waits until it has succeeded or
         * failed, or the client is closed or refused. Some servers that do not know users do
         * not answer at all: see {@link Pusher.Client.subscription_timeout}.
         *
         * A failure that may pass ends the wait, but not the sign-in: it is tried again.
         * @param cancellable ends the wait, but not the sign-in
         * @param callback called when the server has   answered
         * @since 1.0
         */
        sign_in_async(cancellable: Gio.Cancellable | null, callback: Gio.AsyncReadyCallback<this> | null): void;

        /**
         * Signs in like {@link Pusher.User.sign_in}, and waits until it has succeeded or
         * failed, or the client is closed or refused. Some servers that do not know users do
         * not answer at all: see {@link Pusher.Client.subscription_timeout}.
         *
         * A failure that may pass ends the wait, but not the sign-in: it is tried again.
         * @param cancellable ends the wait, but not the sign-in
         * @param callback called when the server has   answered
         * @since 1.0
         */
        sign_in_async(cancellable: Gio.Cancellable | null, callback?: Gio.AsyncReadyCallback<this> | null): globalThis.Promise<boolean> | void;

        /**
         * Ends {@link Pusher.User.sign_in_async}.
         *
         * Errors are {@link Pusher.Error.AUTHORIZATION}, {@link Pusher.Error.TIMEOUT},
         * {@link Pusher.Error.TIMED_OUT}, the HTTP status in the domain `PUSHER_HTTP_ERROR`,
         * {@link Pusher.Error.PROTOCOL}, {@link Pusher.Error.CLOSED}, and {@link Gio.IOErrorEnum.CANCELLED}; or the
         * error with which the server refused the client.
         * @param result what the callback was given
         * @returns `true` if the user is signed in
         * @since 1.0
         * @throws GLib.Error
         */
        sign_in_finish(result: Gio.AsyncResult): boolean;
    }


    /**
     * @gir-type Alias
     */
    type AuthorizationRequestClass = typeof AuthorizationRequest;

    /**
     * @gir-type Alias
     */
    type AuthorizerClass = typeof Authorizer;

    /**
     * @gir-type Alias
     */
    type BackfillClass = typeof Backfill;

    /**
     * @gir-type Alias
     */
    type BackfillRequestClass = typeof BackfillRequest;

    /**
     * @gir-type Alias
     */
    type ChannelClass = typeof Channel;

    /**
     * @gir-type Alias
     */
    type ClientClass = typeof Client;

    /**
     * @gir-type Alias
     */
    type EncryptedChannelClass = typeof EncryptedChannel;

    /**
     * @gir-type Alias
     */
    type EventClass = typeof Event;

    /**
     * @gir-type Alias
     */
    type HttpAuthorizerClass = typeof HttpAuthorizer;

    /**
     * @gir-type Alias
     */
    type HttpBackfillClass = typeof HttpBackfill;

    /**
     * @gir-type Alias
     */
    type MemberClass = typeof Member;

    /**
     * What a {@link Pusher.Client} has done since it was made, as it was when
     * {@link Pusher.Client.get_metrics} was called: for a bug report, or to watch a
     * service.
     *
     * Read the fields, but do not write them. Later versions may add some.
     * @gir-type Struct
     * @since 1.0
     */
    class Metrics {
        static $gtype: GObject.GType<Metrics>;

        // Fields
        attempts: number;

        connects: number;

        reconnects: number;

        last_round_trip: number;

        ping_interval: number;

        messages_received: number;

        bytes_received: number;

        messages_dropped: number;

        messages_sent: number;

        bytes_sent: number;

        channels_pending: number;

        channels_subscribed: number;

        channels_failed: number;

        // Methods
        /**
         * Copies metrics.
         * @returns a copy
         * @since 1.0
         */
        copy(): Metrics;

        /**
         * Frees metrics.
         * @since 1.0
         */
        free(): void;

        /**
         * Describes metrics in some lines of English, for a log or a bug report. The text
         * is not meant for programs: it may change from one version to the next.
         * @returns the text
         * @since 1.0
         */
        to_string(): string;
    }


    /**
     * @gir-type Alias
     */
    type PresenceChannelClass = typeof PresenceChannel;

    /**
     * @gir-type Alias
     */
    type SecretAuthorizerClass = typeof SecretAuthorizer;

    /**
     * @gir-type Alias
     */
    type UserClass = typeof User;

    /**
     * Name of the imported GIR library
     * `see` https://gitlab.gnome.org/GNOME/gjs/-/blob/master/gi/ns.cpp#L188
     */
    const __name__: string;

    /**
     * Version of the imported GIR library
     * `see` https://gitlab.gnome.org/GNOME/gjs/-/blob/master/gi/ns.cpp#L189
     */
    const __version__: string;
}

export default Pusher;

}

declare module 'gi://Pusher' {
    import Pusher1 from 'gi://Pusher?version=1';
    export default Pusher1;
}
// END
