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

declare module 'gi://PusherTest?version=1' {

// Module dependencies
import type Gio from 'gi://Gio?version=2.0';
import type GObject from 'gi://GObject?version=2.0';
import type GLib from 'gi://GLib?version=2.0';

export namespace PusherTest {

    /**
     * PusherTest-1
     */


    /**
     * @gir-type Enum
     */
    export namespace Flavor {
        export const $gtype: GObject.GType<Flavor>;
    }

    /**
     * Servers that a {@link PusherTest.Server} answers like.
     *
     * What they have in common is the protocol; here is what makes them different for a
     * client:
     *
     * | | Pusher | Reverb | soketi |
     * | --- | --- | --- | --- |
     * | a subscription is refused | `pusher:subscription_error` | `pusher:error` 4009 that names no channel | `pusher:subscription_error` |
     * | data of `pusher:error` | an object | JSON in a string | an object |
     * | a message that makes no sense | `pusher:error` without a code | `pusher:error` 4200 | no answer |
     * | sign-in | yes | `pusher:error` 4200 | no answer |
     * | subscription counts | yes | no | no |
     * | client events on public channels | refused | yes | yes |
     * | needs authorization | `private-`, `presence-` | what begins with `private` or `presence` | `private-`, `presence-` |
     * | too many connections | refused with 4004 | `pusher:error` 4004 | refused with 4100 |
     * | it stops | close code 4200 | connections end without a close frame | close code 4200 |
     *
     * As Reverb is written in PHP, objects that are empty, or have the members 0, 1, 2 and
     * so on, come from it as arrays: the members of a presence channel too, where these are
     * their ids. And who subscribes to a presence channel is told 4200 if a member there has
     * no `user_info`.
     *
     * The REST interface and the authorization endpoint are the same for all.
     * @gir-type Enum
     * @since 1.0
     */
    enum Flavor {
        /**
         * pusher.com, as its documentation describes it.
         */
        PUSHER = 0,
        /**
         * Laravel Reverb 1.10.
         */
        REVERB = 1,
        /**
         * soketi 1.6.
         */
        SOKETI = 2,
    }


    namespace Backend {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            /**
             * Emitted when a client has asked an endpoint, for each channel that it asked
             * for, before it is answered.
             * @signal
             * @since 1.0
             * @run-last
             */
            "auth-requested": (socket_id: string, channel_name: string | null) => void;
            "notify::auth-endpoint": (pspec: GObject.ParamSpec) => void;
            "notify::n-auth-requests": (pspec: GObject.ParamSpec) => void;
            "notify::user-auth-endpoint": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            auth_endpoint: string | null;
            authEndpoint: string | null;
            n_auth_requests: number;
            nAuthRequests: number;
            user_auth_endpoint: string | null;
            userAuthEndpoint: string | null;
        }
    }

    /**
     * The server of the application that is tested, which a
     * {@link PusherTest.Server} plays too: see {@link PusherTest.Server.backend}.
     *
     * It authorizes clients for channels and lets them sign in, at
     * {@link PusherTest.Backend.auth_endpoint} and
     * {@link PusherTest.Backend.user_auth_endpoint}, with the credentials of the
     * default app. {@link PusherTest.Backend.set_user} sets the user that it takes
     * clients for, and {@link PusherTest.Backend.set_cross_origin} lets pages in a
     * browser ask.
     *
     * It fails on demand: {@link PusherTest.Backend.forbid},
     * {@link PusherTest.Backend.set_status}, {@link PusherTest.Backend.set_delay_ms},
     * {@link PusherTest.Backend.set_body}.
     *
     * A backend that is held longer than its server has no endpoints any more, and
     * is not asked.
     * @gir-type Class
     * @since 1.0
     */
    class Backend extends GObject.Object {
        static $gtype: GObject.GType<Backend>;

        // Properties
        /**
         * The URL that authorizes clients for channels of the default app, one by one
         * or several at once; `null` while {@link PusherTest.Server.port} is 0.
         *
         * It takes forms by POST.
         * @since 1.0
         * @read-only
         */
        get auth_endpoint(): string | null;

        /**
         * The URL that authorizes clients for channels of the default app, one by one
         * or several at once; `null` while {@link PusherTest.Server.port} is 0.
         *
         * It takes forms by POST.
         * @since 1.0
         * @read-only
         */
        get authEndpoint(): string | null;

        /**
         * How many requests clients have sent to the endpoints, each for any number of
         * channels, since the server was made.
         * @since 1.0
         * @read-only
         */
        get n_auth_requests(): number;

        /**
         * How many requests clients have sent to the endpoints, each for any number of
         * channels, since the server was made.
         * @since 1.0
         * @read-only
         */
        get nAuthRequests(): number;

        /**
         * The URL that lets clients sign in to the default app; `null` while
         * {@link PusherTest.Server.port} is 0.
         * @since 1.0
         * @read-only
         */
        get user_auth_endpoint(): string | null;

        /**
         * The URL that lets clients sign in to the default app; `null` while
         * {@link PusherTest.Server.port} is 0.
         * @since 1.0
         * @read-only
         */
        get userAuthEndpoint(): string | null;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Backend.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Backend.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof Backend.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Backend.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Backend.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Backend.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Backend.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Backend.SignalSignatures[K]>): void;

        // Methods
        /**
         * Refuses a channel to every client, with the HTTP status 403, from now on.
         * @param channel the name of a channel
         * @since 1.0
         */
        forbid(channel: string): void;

        /**
         * Gets the URL that authorizes clients for channels.
         * @returns the URL; `null` while the port is not   known
         * @since 1.0
         */
        get_auth_endpoint(): string | null;

        /**
         * Gets how often clients have asked the endpoints.
         * @returns the number of requests, each for any number of channels
         * @since 1.0
         */
        get_n_auth_requests(): number;

        /**
         * Gets the URL that lets clients sign in.
         * @returns the URL; `null` while the port is not   known
         * @since 1.0
         */
        get_user_auth_endpoint(): string | null;

        /**
         * Sets what the endpoints say instead of the answer.
         *
         * The HTTP status stays that of the answer.
         * @param text any text; `null` for the right answer
         * @since 1.0
         */
        set_body(text: string | null): void;

        /**
         * Sets whether pages of other origins may ask the endpoints, as those do that a
         * browser has from another port: `false` by default.
         * @param cross_origin whether they may
         * @since 1.0
         */
        set_cross_origin(cross_origin: boolean): void;

        /**
         * Sets how long the endpoints wait before they answer requests to come.
         * @param delay the delay in milliseconds; `G_MAXUINT` for ever
         * @since 1.0
         */
        set_delay_ms(delay: number): void;

        /**
         * Sets the HTTP status that the endpoints answer with instead of doing their
         * work.
         * @param status an HTTP status from 200 to 599; 0 to work again
         * @since 1.0
         */
        set_status(status: number): void;

        /**
         * Sets the user that a client is taken for, unless it names one itself by the
         * parameters `user_id` and `user_info` of the form.
         *
         * While there is none, which is the default, no client can sign in, and presence
         * channels are authorized without `channel_data`.
         * @param id the id of the user; `null` for none
         * @param info_json its `user_info`: a JSON text
         * @returns `true` if it was set; `false` with `error` set to   {@link Gio.IOErrorEnum.INVALID_ARGUMENT} if `id` is empty or `info_json` is not JSON
         * @since 1.0
         * @throws GLib.Error
         */
        set_user(id: string | null, info_json: string | null): boolean;

        /**
         * Sets the users that the one of {@link PusherTest.Backend.set_user} watches.
         *
         * A client that names its user itself gives them as the parameter `watchlist` of
         * the form, a JSON array.
         * @param user_ids ids of users; `null` for no   watchlist
         * @since 1.0
         */
        set_watchlist(user_ids: string[] | null): void;
    }


    namespace Faults {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            "notify::activity-timeout": (pspec: GObject.ParamSpec) => void;
            "notify::handshake-delay-ms": (pspec: GObject.ParamSpec) => void;
            "notify::hold-answers": (pspec: GObject.ParamSpec) => void;
            "notify::idle-timeout-ms": (pspec: GObject.ParamSpec) => void;
            "notify::never-answer": (pspec: GObject.ParamSpec) => void;
            "notify::silent": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            activity_timeout: number;
            activityTimeout: number;
            handshake_delay_ms: number;
            handshakeDelayMs: number;
            hold_answers: boolean;
            holdAnswers: boolean;
            idle_timeout_ms: number;
            idleTimeoutMs: number;
            never_answer: boolean;
            neverAnswer: boolean;
            silent: boolean;
        }
    }

    /**
     * What a {@link PusherTest.Server} does wrong on demand, as servers and networks
     * do: see {@link PusherTest.Server.faults}.
     *
     * | what happens | |
     * | --- | --- |
     * | a connection is closed, with any code | {@link PusherTest.Faults.close_connections} |
     * | a connection is lost | {@link PusherTest.Faults.cut_connections}, {@link PusherTest.Faults.reset_connections} |
     * | a connection on which nothing is said is lost | {@link PusherTest.Faults.idle_timeout_ms} |
     * | no more answers | {@link PusherTest.Faults.silent} |
     * | a client is refused | {@link PusherTest.Faults.refuse}, {@link PusherTest.Faults.set_http_status} |
     * | a slow handshake, or none | {@link PusherTest.Faults.handshake_delay_ms} |
     * | a wrong handshake | {@link PusherTest.Faults.set_first_message} |
     * | a subscription fails | {@link PusherTest.Faults.fail_subscription} |
     * | a subscription takes its time | {@link PusherTest.Faults.hold_answers} |
     * | nothing comes of a subscription or a sign-in | {@link PusherTest.Faults.never_answer} |
     * | anything as a message | {@link PusherTest.Faults.send_text}, {@link PusherTest.Faults.send_bytes} |
     *
     * Faults that are held longer than their server have no clients to do this to,
     * and nothing happens.
     * @gir-type Class
     * @since 1.0
     */
    class Faults extends GObject.Object {
        static $gtype: GObject.GType<Faults>;

        // Properties
        /**
         * The activity timeout that new clients are told, in seconds.
         * @since 1.0
         */
        get activity_timeout(): number;
        set activity_timeout(val: number);

        /**
         * The activity timeout that new clients are told, in seconds.
         * @since 1.0
         */
        get activityTimeout(): number;
        set activityTimeout(val: number);

        /**
         * How long the server waits, after the WebSocket of a new client is open,
         * before it sends the first message, in milliseconds; `G_MAXUINT` for ever.
         * @since 1.0
         */
        get handshake_delay_ms(): number;
        set handshake_delay_ms(val: number);

        /**
         * How long the server waits, after the WebSocket of a new client is open,
         * before it sends the first message, in milliseconds; `G_MAXUINT` for ever.
         * @since 1.0
         */
        get handshakeDelayMs(): number;
        set handshakeDelayMs(val: number);

        /**
         * Whether requests to subscribe and to unsubscribe wait, each client's in
         * their order, until this is `false` again.
         *
         * Until then, a client that waits is not subscribed. Everything else is
         * answered.
         * @since 1.0
         */
        get hold_answers(): boolean;
        set hold_answers(val: boolean);

        /**
         * Whether requests to subscribe and to unsubscribe wait, each client's in
         * their order, until this is `false` again.
         *
         * Until then, a client that waits is not subscribed. Everything else is
         * answered.
         * @since 1.0
         */
        get holdAnswers(): boolean;
        set holdAnswers(val: boolean);

        /**
         * How long a connection may have no message in either direction, in
         * milliseconds; 0, the default, for ever.
         *
         * It is cut then without a close frame, as by a proxy or a load balancer on the
         * way. The pings of WebSockets are no messages.
         * @since 1.0
         */
        get idle_timeout_ms(): number;
        set idle_timeout_ms(val: number);

        /**
         * How long a connection may have no message in either direction, in
         * milliseconds; 0, the default, for ever.
         *
         * It is cut then without a close frame, as by a proxy or a load balancer on the
         * way. The pings of WebSockets are no messages.
         * @since 1.0
         */
        get idleTimeoutMs(): number;
        set idleTimeoutMs(val: number);

        /**
         * Whether nothing comes of requests to subscribe and to sign in: they are not
         * answered, also not when this is `false` again. Everything else is.
         * @since 1.0
         */
        get never_answer(): boolean;
        set never_answer(val: boolean);

        /**
         * Whether nothing comes of requests to subscribe and to sign in: they are not
         * answered, also not when this is `false` again. Everything else is.
         * @since 1.0
         */
        get neverAnswer(): boolean;
        set neverAnswer(val: boolean);

        /**
         * Whether the server sends nothing to clients, as if it hung or the network
         * were down.
         *
         * A silent server receives and acts as ever, but what it would send is lost:
         * events, answers, pongs of both kinds, close frames. It does not even close
         * a connection that the client closes, nor answer a new client's handshake;
         * both happen when it ceases to be silent. The REST interface still answers.
         * @since 1.0
         */
        get silent(): boolean;
        set silent(val: boolean);

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Faults.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Faults.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof Faults.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Faults.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Faults.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Faults.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Faults.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Faults.SignalSignatures[K]>): void;

        // Methods
        /**
         * Closes the connection of every client with a close frame.
         *
         * The server goes on listening.
         * @param code the close code, up to 65535, allowed by WebSockets or not; 0 for a   close frame without one
         * @param reason the reason; of more than 123 bytes the rest is left out
         * @since 1.0
         */
        close_connections(code: number, reason: string | null): void;

        /**
         * Ends the TCP connection of every client, without a close frame.
         *
         * The server goes on listening.
         * @since 1.0
         */
        cut_connections(): void;

        /**
         * Answers the next request to subscribe to a channel with a
         * `pusher:subscription_error`, whatever its signature.
         * @param channel the name of a channel
         * @param type the type of the error: `AuthError`, `LimitReached` or any
         * @param error what it says
         * @param status its status
         * @since 1.0
         */
        fail_subscription(channel: string, type: string, error: string, status: number): void;

        /**
         * Gets the activity timeout that new clients are told.
         * @returns the timeout in seconds
         * @since 1.0
         */
        get_activity_timeout(): number;

        /**
         * Gets how long the server waits before it sends a new client the first
         * message.
         * @returns the delay in milliseconds; `G_MAXUINT` for ever
         * @since 1.0
         */
        get_handshake_delay_ms(): number;

        /**
         * Gets whether requests to subscribe and to unsubscribe wait.
         * @returns whether they do
         * @since 1.0
         */
        get_hold_answers(): boolean;

        /**
         * Gets how long a connection may have no message.
         * @returns the time in milliseconds; 0 for ever
         * @since 1.0
         */
        get_idle_timeout_ms(): number;

        /**
         * Gets whether nothing comes of requests to subscribe and to sign in.
         * @returns whether that is so
         * @since 1.0
         */
        get_never_answer(): boolean;

        /**
         * Gets whether the server sends nothing to clients.
         * @returns whether it does
         * @since 1.0
         */
        get_silent(): boolean;

        /**
         * Refuses new clients: each gets a `pusher:error` with the code and the
         * message, and then a close frame with both.
         * @param code a close code up to 65535; 0 to accept clients again
         * @param message the reason
         * @since 1.0
         */
        refuse(code: number, message: string | null): void;

        /**
         * Ends the TCP connection of every client by a reset, which clients see as an
         * error instead of as an end.
         *
         * The server goes on listening. The reset is sent by the next iteration of the
         * main context.
         * @since 1.0
         */
        reset_connections(): void;

        /**
         * Sends a frame with any bytes: a text frame that is not UTF-8, say, or a
         * binary one, which the protocol does not have.
         *
         * Nothing is sent if there is no such client.
         * @param socket_id the socket id of a client; `null` for all clients
         * @param bytes any bytes
         * @param binary whether they go into a binary frame instead of a text frame
         * @since 1.0
         */
        send_bytes(socket_id: string | null, bytes: GLib.Bytes | Uint8Array, binary: boolean): void;

        /**
         * Sends a text frame.
         *
         * Nothing is sent if there is no such client.
         * @param socket_id the socket id of a client; `null` for all clients
         * @param text any text, a message of the protocol or not
         * @since 1.0
         */
        send_text(socket_id: string | null, text: string): void;

        /**
         * Sets the activity timeout that new clients are told.
         * @param activity_timeout the timeout in seconds
         * @since 1.0
         */
        set_activity_timeout(activity_timeout: number): void;

        /**
         * Sets what new clients are sent instead of `pusher:connection_established`.
         * @param text any text; `null` for what the protocol says
         * @since 1.0
         */
        set_first_message(text: string | null): void;

        /**
         * Sets how long the server waits before it sends a new client the first
         * message.
         * @param handshake_delay the delay in milliseconds; `G_MAXUINT` for ever
         * @since 1.0
         */
        set_handshake_delay_ms(handshake_delay: number): void;

        /**
         * Sets whether requests to subscribe and to unsubscribe wait. Those that have
         * waited are answered when they need no longer.
         * @param hold_answers whether they do
         * @since 1.0
         */
        set_hold_answers(hold_answers: boolean): void;

        /**
         * Sets the HTTP status that new clients get instead of a WebSocket.
         * @param status an HTTP status from 200 to 599; 0 to open WebSockets again
         * @since 1.0
         */
        set_http_status(status: number): void;

        /**
         * Sets how long a connection may have no message, from now on.
         * @param idle_timeout the time in milliseconds; 0 for ever
         * @since 1.0
         */
        set_idle_timeout_ms(idle_timeout: number): void;

        /**
         * Sets whether nothing comes of requests to subscribe and to sign in.
         * @param never_answer whether that is so
         * @since 1.0
         */
        set_never_answer(never_answer: boolean): void;

        /**
         * Sets whether the server sends nothing to clients, those that are connected
         * and those that come.
         * @param silent whether it sends nothing
         * @since 1.0
         */
        set_silent(silent: boolean): void;
    }


    namespace Server {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            /**
             * Emitted when a client was let in.
             *
             * It has been sent its first message, unless
             * {@link PusherTest.Faults.handshake_delay_ms} is set.
             * @signal
             * @since 1.0
             * @run-last
             */
            "client-connected": (socket_id: string) => void;
            /**
             * Emitted when the connection of a client, that was let in, has ended.
             * @signal
             * @since 1.0
             * @run-last
             */
            "client-disconnected": (socket_id: string, close_code: number) => void;
            /**
             * Emitted when a client has sent a text message, before the server looks
             * into it.
             * @signal
             * @since 1.0
             * @run-last
             */
            "message-received": (socket_id: string, text: string) => void;
            /**
             * Emitted when a client has subscribed to a channel, of any app.
             * @signal
             * @since 1.0
             * @run-last
             */
            subscribed: (socket_id: string, channel: string) => void;
            /**
             * Emitted when a client has unsubscribed from a channel, of any app.
             *
             * It is not emitted for the channels of a client that disconnects.
             * @signal
             * @since 1.0
             * @run-last
             */
            unsubscribed: (socket_id: string, channel: string) => void;
            /**
             * Emitted when a client has broken a rule of the protocol.
             *
             * The client is told by a `pusher:error` without a code, where Pusher does
             * so, and stays connected.
             * @signal
             * @since 1.0
             * @run-last
             */
            violation: (socket_id: string, what: string) => void;
            "notify::app-id": (pspec: GObject.ParamSpec) => void;
            "notify::backend": (pspec: GObject.ParamSpec) => void;
            "notify::client-event-rate": (pspec: GObject.ParamSpec) => void;
            "notify::client-events": (pspec: GObject.ParamSpec) => void;
            "notify::encryption-master-key": (pspec: GObject.ParamSpec) => void;
            "notify::faults": (pspec: GObject.ParamSpec) => void;
            "notify::flavor": (pspec: GObject.ParamSpec) => void;
            "notify::key": (pspec: GObject.ParamSpec) => void;
            "notify::last-violation": (pspec: GObject.ParamSpec) => void;
            "notify::max-connections": (pspec: GObject.ParamSpec) => void;
            "notify::max-event-size": (pspec: GObject.ParamSpec) => void;
            "notify::max-message-size": (pspec: GObject.ParamSpec) => void;
            "notify::n-attempts": (pspec: GObject.ParamSpec) => void;
            "notify::n-connections": (pspec: GObject.ParamSpec) => void;
            "notify::n-violations": (pspec: GObject.ParamSpec) => void;
            "notify::path": (pspec: GObject.ParamSpec) => void;
            "notify::port": (pspec: GObject.ParamSpec) => void;
            "notify::secret": (pspec: GObject.ParamSpec) => void;
            "notify::store": (pspec: GObject.ParamSpec) => void;
            "notify::subscription-counts": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            app_id: string;
            appId: string;
            backend: Backend;
            client_event_rate: number;
            clientEventRate: number;
            client_events: boolean;
            clientEvents: boolean;
            encryption_master_key: string;
            encryptionMasterKey: string;
            faults: Faults;
            flavor: Flavor;
            key: string;
            last_violation: string | null;
            lastViolation: string | null;
            max_connections: number;
            maxConnections: number;
            max_event_size: number;
            maxEventSize: number;
            max_message_size: number;
            maxMessageSize: number;
            n_attempts: number;
            nAttempts: number;
            n_connections: number;
            nConnections: number;
            n_violations: number;
            nViolations: number;
            path: string;
            port: number;
            secret: string;
            store: Store;
            subscription_counts: boolean;
            subscriptionCounts: boolean;
        }
    }

    /**
     * A server of the Pusher Channels protocol, for tests.
     *
     * It listens on the loopback interface, in the main context that is the
     * thread's default one when it is started, next to the client that is tested:
     *
     * ```c
     * g_autoptr (PusherTestServer) server = pusher_test_server_new ();
     *
     * pusher_test_server_start (server, &error);
     * g_object_set (client,
     *               "host", "127.0.0.1",
     *               "port", pusher_test_server_get_port (server),
     *               "use-tls", FALSE,
     *               NULL);
     * ```
     *
     * A new server has one app with the id `1`, the key `test-key` and the secret
     * `test-secret`, unless {@link PusherTest.Server.set_default_app} says
     * otherwise. Clients subscribe to its channels, of every kind, and receive
     * what {@link PusherTest.Server.publish} sends, or what a server library of
     * Pusher sends to the REST interface, `POST /apps/1/events`,
     * `POST /apps/1/batch_events` and
     * `POST /apps/1/users/ID/terminate_connections`, which checks signatures. There
     * it also says what channels there are, `GET /apps/1/channels`,
     * `GET /apps/1/channels/NAME` and `GET /apps/1/channels/NAME/users`.
     *
     * Clients that need authorization may sign with the secret, or ask the backend
     * that the server also plays: {@link PusherTest.Server.backend}. The
     * {@link PusherTest.Server.store} remembers events for those who have missed them. Data that is
     * published to encrypted channels is encrypted by the server, unless it comes
     * through the REST interface: server libraries have done so.
     *
     * The server does what a client of the protocol can expect, and checks what it
     * is sent as strictly as the protocol says: see
     * `PusherTest.Server::violation`. It also fails on demand:
     * {@link PusherTest.Server.stop} and {@link PusherTest.Server.start} are a
     * restart, {@link PusherTest.Server.kill} is a crash, and what else servers and
     * networks do to clients is in {@link PusherTest.Server.faults}.
     *
     * Dropping the last reference ends everything, connections included.
     * @gir-type Class
     * @since 1.0
     */
    class Server extends GObject.Object {
        static $gtype: GObject.GType<Server>;

        // Properties
        /**
         * The id of the default app.
         * @since 1.0
         * @read-only
         */
        get app_id(): string;

        /**
         * The id of the default app.
         * @since 1.0
         * @read-only
         */
        get appId(): string;

        /**
         * The application's own server, which this one plays too: it authorizes
         * clients.
         * @since 1.0
         * @read-only
         */
        get backend(): Backend;

        /**
         * How many events a client may send in a second; 0, the default, for any
         * number. For those above it gets a `pusher:error` with the code 4301.
         * @since 1.0
         */
        get client_event_rate(): number;
        set client_event_rate(val: number);

        /**
         * How many events a client may send in a second; 0, the default, for any
         * number. For those above it gets a `pusher:error` with the code 4301.
         * @since 1.0
         */
        get clientEventRate(): number;
        set clientEventRate(val: number);

        /**
         * Whether clients may send events to each other on private and presence
         * channels: `true` by default. If not, they get a `pusher:error` with the code
         * 4301 for that channel.
         * @since 1.0
         */
        get client_events(): boolean;
        set client_events(val: boolean);

        /**
         * Whether clients may send events to each other on private and presence
         * channels: `true` by default. If not, they get a `pusher:error` with the code
         * 4301 for that channel.
         * @since 1.0
         */
        get clientEvents(): boolean;
        set clientEvents(val: boolean);

        /**
         * The key that the keys of encrypted channels are derived from: 32 bytes in
         * base64.
         *
         * Another one makes those invalid that clients have: what is published next is
         * sealed with new ones, which they get from the auth endpoint.
         * @since 1.0
         */
        get encryption_master_key(): string;
        set encryption_master_key(val: string);

        /**
         * The key that the keys of encrypted channels are derived from: 32 bytes in
         * base64.
         *
         * Another one makes those invalid that clients have: what is published next is
         * sealed with new ones, which they get from the auth endpoint.
         * @since 1.0
         */
        get encryptionMasterKey(): string;
        set encryptionMasterKey(val: string);

        /**
         * What the server does wrong on demand.
         * @since 1.0
         * @read-only
         */
        get faults(): Faults;

        /**
         * Which server this one answers like: Pusher, by default.
         * @since 1.0
         */
        get flavor(): Flavor;
        set flavor(val: Flavor);

        /**
         * The key of the default app.
         * @since 1.0
         * @read-only
         */
        get key(): string;

        /**
         * What a client did wrong last; `null` if none has done anything wrong.
         * @since 1.0
         * @read-only
         */
        get last_violation(): string | null;

        /**
         * What a client did wrong last; `null` if none has done anything wrong.
         * @since 1.0
         * @read-only
         */
        get lastViolation(): string | null;

        /**
         * How many clients may be connected; 0, the default, for any number. Those
         * above are refused with the code 4004, or 4100 by soketi.
         *
         * Reverb counts only clients that are subscribed to a channel.
         * @since 1.0
         */
        get max_connections(): number;
        set max_connections(val: number);

        /**
         * How many clients may be connected; 0, the default, for any number. Those
         * above are refused with the code 4004, or 4100 by soketi.
         *
         * Reverb counts only clients that are subscribed to a channel.
         * @since 1.0
         */
        get maxConnections(): number;
        set maxConnections(val: number);

        /**
         * How many bytes of data an event may have that comes through the REST
         * interface: Pusher's 10 KiB, by default; 0 for any number.
         * @since 1.0
         */
        get max_event_size(): number;
        set max_event_size(val: number);

        /**
         * How many bytes of data an event may have that comes through the REST
         * interface: Pusher's 10 KiB, by default; 0 for any number.
         * @since 1.0
         */
        get maxEventSize(): number;
        set maxEventSize(val: number);

        /**
         * How many bytes a message of a client may have; 0, the default, for any
         * number. One that is larger ends the connection with the close code 1009.
         * @since 1.0
         */
        get max_message_size(): number;
        set max_message_size(val: number);

        /**
         * How many bytes a message of a client may have; 0, the default, for any
         * number. One that is larger ends the connection with the close code 1009.
         * @since 1.0
         */
        get maxMessageSize(): number;
        set maxMessageSize(val: number);

        /**
         * How often clients have tried to connect, with or without success, since the
         * server was made.
         *
         * A test that a client does *not* connect again looks here.
         * @since 1.0
         * @read-only
         */
        get n_attempts(): number;

        /**
         * How often clients have tried to connect, with or without success, since the
         * server was made.
         *
         * A test that a client does *not* connect again looks here.
         * @since 1.0
         * @read-only
         */
        get nAttempts(): number;

        /**
         * How many clients are connected.
         *
         * One that the server closes or cuts counts no longer from that moment on.
         * @since 1.0
         * @read-only
         */
        get n_connections(): number;

        /**
         * How many clients are connected.
         *
         * One that the server closes or cuts counts no longer from that moment on.
         * @since 1.0
         * @read-only
         */
        get nConnections(): number;

        /**
         * How often clients have broken the rules, since the server was made: see
         * `PusherTest.Server::violation`.
         * @since 1.0
         * @read-only
         */
        get n_violations(): number;

        /**
         * How often clients have broken the rules, since the server was made: see
         * `PusherTest.Server::violation`.
         * @since 1.0
         * @read-only
         */
        get nViolations(): number;

        /**
         * What comes before `/app/KEY` and `/apps/ID/events` in URLs, as behind a
         * proxy: empty, or begins with a slash.
         *
         * Slashes at the end are taken off, and one is put in front where it lacks.
         * @since 1.0
         */
        get path(): string;
        set path(val: string);

        /**
         * The TCP port that the server listens on; 0 before it was started, unless
         * one was set.
         *
         * {@link PusherTest.Server.start} takes a free one if this is 0. It stays
         * the same when the server is stopped and started again, and cannot be set
         * while the server is listening.
         * @since 1.0
         */
        get port(): number;
        set port(val: number);

        /**
         * The secret of the default app.
         * @since 1.0
         * @read-only
         */
        get secret(): string;

        /**
         * What the application's own server remembers of the events that were published.
         * @since 1.0
         * @read-only
         */
        get store(): Store;

        /**
         * Whether the subscribers of a channel, unless it is a presence channel, are
         * told how many there are when one comes or goes: `false` by default.
         * @since 1.0
         */
        get subscription_counts(): boolean;
        set subscription_counts(val: boolean);

        /**
         * Whether the subscribers of a channel, unless it is a presence channel, are
         * told how many there are when one comes or goes: `false` by default.
         * @since 1.0
         */
        get subscriptionCounts(): boolean;
        set subscriptionCounts(val: boolean);

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Server.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Server.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        static ["new"](): Server;

        // Signals
        /** @signal */
        connect<K extends keyof Server.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Server.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Server.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Server.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Server.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Server.SignalSignatures[K]>): void;

        // Methods
        /**
         * Adds an app next to the default one.
         *
         * Its channels are its own. {@link PusherTest.Server.publish} and the methods
         * that tell of subscribers mean those of the default app.
         * @param id the id of the app, for the REST interface; no other app may have it
         * @param key its key, for clients; no other app may have it
         * @param secret its secret
         * @since 1.0
         */
        add_app(id: string, key: string, secret: string): void;

        /**
         * Gets the key that the keys of encrypted channels are derived from.
         * @returns 32 bytes in base64
         * @since 1.0
         */
        dup_encryption_master_key(): string;

        /**
         * Gets the id of the default app.
         * @returns the id
         * @since 1.0
         */
        get_app_id(): string;

        /**
         * Gets the application's own server, which this one plays too.
         * @returns the backend
         * @since 1.0
         */
        get_backend(): Backend;

        /**
         * Gets how many events a client may send in a second.
         * @returns the number of events; 0 for any
         * @since 1.0
         */
        get_client_event_rate(): number;

        /**
         * Gets whether clients may send events to each other.
         * @returns whether they may
         * @since 1.0
         */
        get_client_events(): boolean;

        /**
         * Gets what the server does wrong on demand.
         * @returns the faults
         * @since 1.0
         */
        get_faults(): Faults;

        /**
         * Gets which server this one answers like.
         * @returns the other server
         * @since 1.0
         */
        get_flavor(): Flavor;

        /**
         * Gets the key of the default app.
         * @returns the key
         * @since 1.0
         */
        get_key(): string;

        /**
         * Gets what a client did wrong last.
         * @returns the violation
         * @since 1.0
         */
        get_last_violation(): string | null;

        /**
         * Gets how many clients may be connected.
         * @returns the number of clients; 0 for any
         * @since 1.0
         */
        get_max_connections(): number;

        /**
         * Gets how many bytes of data an event of the REST interface may have.
         * @returns the number of bytes; 0 for any
         * @since 1.0
         */
        get_max_event_size(): number;

        /**
         * Gets how many bytes a message of a client may have.
         * @returns the number of bytes; 0 for any
         * @since 1.0
         */
        get_max_message_size(): number;

        /**
         * Gets how often clients have tried to connect.
         * @returns the number of attempts, with or without success
         * @since 1.0
         */
        get_n_attempts(): number;

        /**
         * Gets how many clients are connected.
         * @returns the number of clients
         * @since 1.0
         */
        get_n_connections(): number;

        /**
         * Gets how many clients are subscribed to a channel.
         * @param channel the name of a channel of the default app
         * @returns the number of clients
         * @since 1.0
         */
        get_n_subscribers(channel: string): number;

        /**
         * Gets how often clients have broken the rules.
         * @returns the number of violations
         * @since 1.0
         */
        get_n_violations(): number;

        /**
         * Gets what comes before the paths of the protocol.
         * @returns the path; may be empty
         * @since 1.0
         */
        get_path(): string;

        /**
         * Gets the TCP port of the server.
         * @returns the port; 0 if the server was never started and none was set
         * @since 1.0
         */
        get_port(): number;

        /**
         * Gets the secret of the default app.
         * @returns the secret
         * @since 1.0
         */
        get_secret(): string;

        /**
         * Gets what the application's own server remembers of the events that were published.
         * @returns the store
         * @since 1.0
         */
        get_store(): Store;

        /**
         * Gets whether subscribers are told how many there are.
         * @returns whether they are
         * @since 1.0
         */
        get_subscription_counts(): boolean;

        /**
         * Gets whether any client is subscribed to a channel.
         * @param channel the name of a channel of the default app
         * @returns whether one is
         * @since 1.0
         */
        has_subscriber(channel: string): boolean;

        /**
         * Stops the server as a crash would: it listens no longer, and connections end
         * without a close frame.
         * @since 1.0
         */
        kill(): void;

        /**
         * Gets the ids of the users that are in a presence channel, in the order in
         * which they came.
         * @param channel the name of a presence channel of the default app
         * @returns the ids, each once
         * @since 1.0
         */
        list_members(channel: string): string[];

        /**
         * Gets the socket ids of the clients that are connected, in the order in which
         * they came.
         * @returns the socket ids
         * @since 1.0
         */
        list_socket_ids(): string[];

        /**
         * Sends an event to all clients that are subscribed to a channel, and keeps it
         * for those to come if it is a cache channel.
         *
         * If the channel is encrypted, the data is encrypted with the channel's key. If the
         * {@link PusherTest.Server.store} keeps the events of the channel, it keeps this one,
         * and its data gets an id if it has none.
         *
         * The data is a JSON string in the message, as with events that come through
         * the REST interface: JSON is encoded twice.
         * @param channel the name of a channel of the default app
         * @param event the name of the event
         * @param data its data: any text, though most often JSON
         * @returns the number of clients that it was sent to; 0 with `error` set to   {@link Gio.IOErrorEnum.INVALID_ARGUMENT} if `channel` or `event` is not a name or `data`   is not UTF-8
         * @since 1.0
         * @throws GLib.Error
         */
        publish(channel: string, event: string, data: string): number;

        /**
         * Sends an event, whose data is any JSON value, to all clients that are
         * subscribed to a channel.
         *
         * The value is put into the message as it is, as with events of some servers:
         * JSON is encoded once.
         * @param channel the name of a channel of the default app
         * @param event the name of the event
         * @param data_json its data: a JSON text
         * @returns the number of clients that it was sent to; 0 with `error` set to   {@link Gio.IOErrorEnum.INVALID_ARGUMENT} if `channel` or `event` is not a name or   `data_json` is not JSON
         * @since 1.0
         * @throws GLib.Error
         */
        publish_json(channel: string, event: string, data_json: string): number;

        /**
         * Sends an event to all clients that are signed in as a user and have
         * subscribed to `#server-to-user-` and its id.
         * @param user_id the id of a user of the default app
         * @param event the name of the event
         * @param data its data: any text, though most often JSON
         * @returns the number of clients that it was sent to; 0 with `error` set to   {@link Gio.IOErrorEnum.INVALID_ARGUMENT} if `event` is not a name or `data` is not UTF-8
         * @since 1.0
         * @throws GLib.Error
         */
        send_to_user(user_id: string, event: string, data: string): number;

        /**
         * Sets which pages new clients may come from: the host in their `Origin` header has
         * to match one of the patterns.
         *
         * Others, and those without such a header, are told a `pusher:error` 4009, "Origin
         * not allowed".
         * @param patterns names of hosts, with `*` for any   text; `null` for any origin, which is the default
         * @since 1.0
         */
        set_allowed_origins(patterns: string[] | null): void;

        /**
         * Enables or disables an app.
         *
         * While an app is disabled, new clients are refused with the close code 4003,
         * and backends with the HTTP status 403. Clients that are connected stay so.
         * @param key the key of an app
         * @param enabled whether the app is enabled
         * @since 1.0
         */
        set_app_enabled(key: string, enabled: boolean): void;

        /**
         * Sets how many events a client may send in a second.
         * @param client_event_rate the number of events; 0 for any
         * @since 1.0
         */
        set_client_event_rate(client_event_rate: number): void;

        /**
         * Sets whether clients may send events to each other.
         * @param client_events whether they may
         * @since 1.0
         */
        set_client_events(client_events: boolean): void;

        /**
         * Sets what the default app is known by: an application whose settings are
         * given has it here.
         *
         * Clients that are connected stay so.
         * @param id the id of the default app, for the REST interface; no other app may have it
         * @param key its key, for clients; no other app may have it
         * @param secret its secret
         * @since 1.0
         */
        set_default_app(id: string, key: string, secret: string): void;

        /**
         * Sets the key that the keys of encrypted channels are derived from.
         * @param encryption_master_key 32 bytes in base64
         * @since 1.0
         */
        set_encryption_master_key(encryption_master_key: string): void;

        /**
         * Sets which server this one answers like, for the next
         * {@link PusherTest.Server.start}.
         * @param flavor the other server
         * @since 1.0
         */
        set_flavor(flavor: Flavor): void;

        /**
         * Sets how many clients may be connected.
         * @param max_connections the number of clients; 0 for any
         * @since 1.0
         */
        set_max_connections(max_connections: number): void;

        /**
         * Sets how many bytes of data an event of the REST interface may have.
         * @param max_event_size the number of bytes; 0 for any
         * @since 1.0
         */
        set_max_event_size(max_event_size: number): void;

        /**
         * Sets how many bytes a message of a client may have.
         * @param max_message_size the number of bytes; 0 for any
         * @since 1.0
         */
        set_max_message_size(max_message_size: number): void;

        /**
         * Sets what comes before the paths of the protocol, from the next request on.
         * @param path the path
         * @since 1.0
         */
        set_path(path: string | null): void;

        /**
         * Sets the TCP port for the next {@link PusherTest.Server.start}.
         * @param port a port; 0 for a free one
         * @since 1.0
         */
        set_port(port: number): void;

        /**
         * Sets how often a client may speak, as Reverb does: every message counts, also a
         * ping and a subscription.
         *
         * One that is too many is answered with a `pusher:error` 4301, unless it ends the
         * connection.
         * @param n_messages how many messages a client may send …
         * @param milliseconds … in this time, which begins with the first of them; 0 for any   number, which is the default
         * @param ends_connection whether one more ends the connection, without a close frame
         * @since 1.0
         */
        set_rate_limit(n_messages: number, milliseconds: number, ends_connection: boolean): void;

        /**
         * Sets whether subscribers are told how many there are.
         * @param subscription_counts whether they are
         * @since 1.0
         */
        set_subscription_counts(subscription_counts: boolean): void;

        /**
         * Starts to listen on 127.0.0.1, at {@link PusherTest.Server.port} or, if
         * that is 0, at a free port.
         *
         * The server answers when the main context is iterated that is the thread's
         * default one now. Nothing happens if it is listening already.
         * @returns `true` if the server is listening; otherwise `error` is set, in the   domain {@link Gio.IOErrorEnum}: {@link Gio.IOErrorEnum.ADDRESS_IN_USE} if another program uses   the port
         * @since 1.0
         * @throws GLib.Error
         */
        start(): boolean;

        /**
         * Stops the server as for a restart: it listens no longer, and tells clients
         * with a `pusher:error` and the close code 4200 to connect again.
         *
         * A {@link PusherTest.Faults.silent} server cannot tell them, and stops as by
         * {@link PusherTest.Server.kill}. Reverb does not tell them either.
         * @since 1.0
         */
        stop(): void;

        /**
         * Closes the connections of all clients that are signed in as a user, with the
         * close code 4009.
         * @param user_id the id of a user of the default app
         * @returns the number of connections
         * @since 1.0
         */
        terminate_user_connections(user_id: string): number;
    }


    namespace Store {
        // Signal signatures
        interface SignalSignatures extends GObject.Object.SignalSignatures {
            /**
             * Emitted when a client has asked for events, before it is answered.
             * @signal
             * @since 1.0
             * @run-last
             */
            requested: (channel: string, after: string | null, last: number) => void;
            "notify::endpoint": (pspec: GObject.ParamSpec) => void;
            "notify::n-requests": (pspec: GObject.ParamSpec) => void;
        }

        // Constructor properties interface
        interface ConstructorProps extends GObject.Object.ConstructorProps {
            endpoint: string | null;
            n_requests: number;
            nRequests: number;
        }
    }

    /**
     * What the server of the application that is tested remembers of the events that were
     * published, for clients that have missed some: see {@link PusherTest.Server.store}.
     *
     * It keeps the events of the channels that {@link PusherTest.Store.keep} names, of the
     * default app. Each has an id, which is the member `id` of its data, a string or a number.
     * Where {@link PusherTest.Server.publish} or the REST interface publishes an object without
     * one, the store puts the next number there, and the clients get it like that. What is
     * no object, or what the sender has encrypted, is not kept; client events are if they have an
     * id.
     *
     * {@link PusherTest.Store.endpoint} answers to GET with the parameters of a query:
     * `channel`; `after`, the id of the last event that the client has; `last`, a number of events
     * from the end; `limit`, how many the answer may have. Without `after` and `last` it begins
     * with the first event. The answer is a JSON object:
     *
     * ```json
     * {"events": [{"id": 7, "name": "said", "data": "{\"id\":7,\"text\":\"Hi\"}"}], "more": false}
     * ```
     *
     * The HTTP status is 404 for a channel that is not kept and an id that there never was, and
     * 410 for one that the store has forgotten.
     *
     * It fails on demand: {@link PusherTest.Store.set_page_size},
     * {@link PusherTest.Store.skip_ids}, {@link PusherTest.Store.lose},
     * {@link PusherTest.Store.forget}, {@link PusherTest.Store.set_status},
     * {@link PusherTest.Store.set_delay_ms}, {@link PusherTest.Store.set_body}.
     * @gir-type Class
     * @since 1.0
     */
    class Store extends GObject.Object {
        static $gtype: GObject.GType<Store>;

        // Properties
        /**
         * The URL where clients ask for events; `null` while {@link PusherTest.Server.port} is 0.
         * @since 1.0
         * @read-only
         */
        get endpoint(): string | null;

        /**
         * How often clients have asked, since the server was made.
         * @since 1.0
         * @read-only
         */
        get n_requests(): number;

        /**
         * How often clients have asked, since the server was made.
         * @since 1.0
         * @read-only
         */
        get nRequests(): number;

        /**
         * Compile-time signal type information.
         *
         * This instance property is generated only for TypeScript type checking.
         * It is not defined at runtime and should not be accessed in JS code.
         * @internal
         */
        $signals: Store.SignalSignatures;

        // Constructors
        constructor(properties?: Partial<Store.ConstructorProps>, ...args: any[]);

        _init(...args: any[]): void;

        // Signals
        /** @signal */
        connect<K extends keyof Store.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Store.SignalSignatures[K]>): number;

        /** @signal */
        connect_after<K extends keyof Store.SignalSignatures>(signal: K, callback: GObject.SignalCallback<this, Store.SignalSignatures[K]>): number;

        /** @signal */
        emit<K extends keyof Store.SignalSignatures>(signal: K, ...args: GObject.GjsParameters<Store.SignalSignatures[K]>): void;

        // Methods
        /**
         * Forgets an event and all that came before it, as a store does with what is old. The answer
         * to who asks for what came after one of these has the HTTP status 410.
         * @param channel the name of a channel
         * @param id the id of one of its events
         * @returns whether there was such an event
         * @since 1.0
         */
        forget(channel: string, id: string): boolean;

        /**
         * Gets the URL where clients ask for events.
         * @returns the URL; `null` while the port is not   known
         * @since 1.0
         */
        get_endpoint(): string | null;

        /**
         * Gets how many events of a channel there are.
         * @param channel the name of a channel
         * @returns the number of events; 0 for a channel that is not kept
         * @since 1.0
         */
        get_n_events(channel: string): number;

        /**
         * Gets how often clients have asked for events.
         * @returns the number of requests
         * @since 1.0
         */
        get_n_requests(): number;

        /**
         * Keeps the events of a channel from now on.
         * @param channel the name of a channel
         * @since 1.0
         */
        keep(channel: string): void;

        /**
         * Loses an event: answers lack it from now on, and nothing tells of that. Clients may still
         * ask for what came after it.
         * @param channel the name of a channel
         * @param id the id of one of its events
         * @returns whether there was such an event
         * @since 1.0
         */
        lose(channel: string, id: string): boolean;

        /**
         * Sets what the store says instead of the answer. The HTTP status stays that of the answer.
         * @param text any text; `null` for the right answer
         * @since 1.0
         */
        set_body(text: string | null): void;

        /**
         * Sets how long the store waits before it answers requests to come.
         * @param delay the delay in milliseconds; `G_MAXUINT` for ever
         * @since 1.0
         */
        set_delay_ms(delay: number): void;

        /**
         * Sets how many events an answer has at most, whatever the client asks for. Where there are
         * more, `more` is true.
         * @param page_size a number of events; 0 for any number
         * @since 1.0
         */
        set_page_size(page_size: number): void;

        /**
         * Sets the HTTP status that the store answers with instead of doing its work.
         * @param status an HTTP status from 200 to 599; 0 to work again
         * @since 1.0
         */
        set_status(status: number): void;

        /**
         * Leaves a gap in the ids: the next one is so much higher.
         * @param n a number of ids
         * @since 1.0
         */
        skip_ids(n: number): void;
    }


    /**
     * @gir-type Alias
     */
    type BackendClass = typeof Backend;

    /**
     * @gir-type Alias
     */
    type FaultsClass = typeof Faults;

    /**
     * @gir-type Alias
     */
    type ServerClass = typeof Server;

    /**
     * @gir-type Alias
     */
    type StoreClass = typeof Store;

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

export default PusherTest;

}

declare module 'gi://PusherTest' {
    import PusherTest1 from 'gi://PusherTest?version=1';
    export default PusherTest1;
}
// END
