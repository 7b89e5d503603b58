# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What a type checker has to find, and on which line, and what it has to accept."""

from gi.repository import Gio, GLib, Pusher, PusherTest


def settings(client: Pusher.Client) -> None:
    Pusher.Client(key="k", cluster="eu", use_tls=False, session=None)
    Pusher.Client(kee="k")  # error
    Pusher.Client(port="6001")  # error
    Pusher.Client.new(None, "eu")  # error
    client.set_port(6001)
    client.set_port("6001")  # error
    client.set_host(None)
    client.set_hsot(None)  # error
    client.props.pong_timeout = 30
    client.props.pong_timeout = "30 s"  # error
    client.props.socket_id = "1.2"  # error


def may_be_none(client: Pusher.Client, event: Pusher.Event) -> None:
    client.get_last_error().message  # error
    client.props.last_error.message  # error
    event.get_data().upper()  # error
    client.get_channel("a").unsubscribe()  # error

    error = client.get_last_error()
    if error is not None and error.matches(Pusher.error_quark(), Pusher.Error.CLOSED):
        print(error.message)
    print((event.get_data() or "").upper(), event.get_name().upper())


def tuples(event: Pusher.Event) -> int:
    found, number = event.lookup_int("/number")
    print(number + 1 if found else 0)
    return event.lookup_int("/number")  # error


def enums(client: Pusher.Client, channel: Pusher.Channel) -> Pusher.ChannelState:
    print(client.get_state() == Pusher.ConnectionState.FAILED, client.get_state().value_nick)
    print(Pusher.ConnectionState.CONECTED)  # error
    PusherTest.Server().set_flavor(PusherTest.Flavor.REVERB)
    PusherTest.Server().set_flavor(Pusher.ChannelKind.PUBLIC)  # error
    return client.get_state()  # error


def got(channel: Pusher.Channel, event: Pusher.Event) -> None:
    print(channel.get_name(), event.get_name())


def got_with(channel: Pusher.Channel, event: Pusher.Event, number: int) -> None:
    print(channel.get_name(), event.get_name(), number)


def signals(client: Pusher.Client, channel: Pusher.Channel, member: Pusher.Member) -> None:
    channel.connect("event", got)
    channel.connect("event::price-changed", got)
    channel.connect("event", got_with, 3)
    channel.connect("event", got_with, "3")  # error
    channel.connect("event", got_with)  # error
    channel.connect("gap", lambda channel, duration: print(duration / 1e6))
    channel.connect("subscription-succeeded", lambda channel: print(channel.get_name()))
    channel.connect("subscription-suceeded", lambda channel: None)  # error
    channel.connect("notify::name", lambda channel, pspec: channel.get_nmae())  # error
    client.connect("error", lambda client, error: print(error.message))
    client.connect("error", lambda client, error: print(error.mesage))  # error
    member.connect("notify::name", lambda member, pspec: print(member.get_name()))
    member.connect("notify::nmae", lambda member, pspec: None)  # error
    client.connect("error", got)  # error


def callbacks(client: Pusher.Client, cancellable: Gio.Cancellable) -> None:
    client.open_async(cancellable, lambda client, result: print(client.open_finish(result)))
    client.open_async(None, lambda client, result, name: print(name), "a")
    client.ping_async(None, None)
    client.open_async(GLib.Bytes.new(b""), None)  # error


async def awaited(client: Pusher.Client) -> None:
    channel = await client.subscribe_async("prices", None)
    print(channel.get_name(), await client.ping_async() + 1)
    print((await client.subscribe_async("prices")).nmae)  # error
    await client.subscribe_async(3)  # error


class Signer(Pusher.Authorizer):
    def do_authorize(self, request: Pusher.AuthorizationRequest) -> bool:
        request.complete_json("{}")
        return True


class WrongSigner(Pusher.Authorizer):
    def do_authorize(self, request: str) -> bool:  # error
        return True
