#!/usr/bin/python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""listener.c in Python; README.md beside it has the language of its lines."""

import argparse
import gc
import json
import sys

import gi

gi.require_version('Json', '1.0')
gi.require_version('Pusher', '1')
gi.require_version('Soup', '3.0')
from gi.repository import Gio, GLib, Json, Pusher, Soup  # noqa: E402


def tell(type, **members):
    print(json.dumps({'type': type, **members}), flush=True)


def describe(error):
    if error is None:
        return None
    return {'domain': error.domain, 'code': error.code, 'message': error.message}


def tell_event(event, via):
    tell('event', via=via, channel=event.get_channel_name(), name=event.get_name(),
         data=event.get_data(), user_id=event.get_user_id())


def make_session(options):
    session = Soup.Session()
    if options.ca:
        session.set_tls_database(Gio.TlsFileDatabase.new(options.ca))
    if options.any_certificate:
        session.connect('request-queued', lambda session, message: message.connect(
            'accept-certificate', lambda *args: True))
    return session


# A class of its own here; a signal handler in the other two languages.
class AskingAuthorizer(Pusher.Authorizer):
    def __init__(self, asked):
        super().__init__()
        self.asked = asked

    def do_authorize(self, request):
        tell('authorize', number=len(self.asked), kind=request.props.kind.value_nick,
             socket_id=request.props.socket_id, channel=request.props.channel_name)
        self.asked.append(request)
        return True


class Listener:
    def __init__(self, options):
        self.loop = GLib.MainLoop()
        self.channels = {}
        self.remembered = []
        self.asked = []
        self.client = Pusher.Client.new(options.key, None)
        self.client.props.host = options.host
        self.client.props.port = options.port
        self.client.props.path = options.path
        self.client.props.use_tls = options.tls
        self.client.props.origin = options.origin
        if options.unavailable_timeout:
            self.client.props.unavailable_timeout = options.unavailable_timeout
        if options.ca or options.any_certificate:
            self.client.set_session(make_session(options))

        self.client.connect('notify::state', self.on_state)
        self.client.connect('notify::socket-id', lambda client, pspec: tell(
            'socket-id', socket_id=client.props.socket_id))
        self.client.connect('error', lambda client, error: tell('error', error=describe(error)))
        self.client.connect('connecting-in', lambda client, microseconds: tell(
            'connecting-in', microseconds=microseconds))
        self.listen_to_user(self.client.props.user)
        self.set_up_authorizers(options)

    def set_up_authorizers(self, options):
        if options.secret:
            self.client.use_secret(options.secret, options.channel_data)
            authorizer = self.client.props.authorizer
            authorizer.set_user_data(options.user_data)
            authorizer.set_encryption_master_key(options.master_key)
        if options.endpoint:
            self.set_up_endpoint(self.client.use_endpoint(options.endpoint), options)
        if options.user_endpoint:
            self.set_up_endpoint(self.client.use_user_endpoint(options.user_endpoint), options)
        if options.ask:
            authorizer = AskingAuthorizer(self.asked)
            self.client.props.authorizer = authorizer
            self.client.props.user_authenticator = authorizer

    def set_up_endpoint(self, authorizer, options):
        for param in options.param:
            authorizer.set_param(*param.split('=', 1))
        for header in options.header:
            authorizer.set_header(*header.split('=', 1))
        authorizer.props.username = options.username
        authorizer.props.password = options.password

    def listen_to_user(self, user):
        user.connect('notify::signed-in', lambda user, pspec: tell(
            'signed-in', signed_in=user.props.signed_in, id=user.props.id, data=user.props.data))
        user.connect('sign-in-error', lambda user, error: tell(
            'sign-in-error', error=describe(error)))
        user.connect('event', lambda user, event: tell_event(event, 'user'))

    def run(self, channels):
        for name in channels:
            self.do_subscribe(name)
        self.client.open()
        GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT,
                          GLib.IOCondition.IN | GLib.IOCondition.HUP, self.on_input)
        self.loop.run()
        self.say_goodbye()

    # Whether nothing but this program held references to the client.
    def say_goodbye(self):
        finalized = []
        self.client.weak_ref(lambda: finalized.append(True))
        self.channels.clear()
        self.remembered.clear()
        self.asked.clear()
        del self.client
        gc.collect()
        tell('bye', finalized=bool(finalized))

    def on_input(self, source, condition):
        line = source.readline()
        if not line:
            self.loop.quit()
            return GLib.SOURCE_REMOVE
        command, *rest = line.rstrip('\n').split(' ', 1)
        method = getattr(self, 'do_' + command.replace('-', '_'))
        count = method.__code__.co_argcount - 1  # the last one may have spaces
        method(*(rest[0].split(' ', count - 1) if rest else []))
        return GLib.SOURCE_CONTINUE

    def on_state(self, client, pspec):
        tell('state', state=client.props.state.value_nick,
             error=describe(client.props.last_error))

    def listen_to_channel(self, channel):
        name = channel.props.name
        if self.channels.get(name) == channel:
            return
        self.channels[name] = channel
        channel.connect('notify::state', lambda channel, pspec: tell(
            'channel-state', channel=name, state=channel.props.state.value_nick))
        channel.connect('subscription-succeeded', lambda channel: tell(
            'subscribed', channel=name))
        channel.connect('subscription-error', lambda channel, error: tell(
            'subscription-error', channel=name, error=describe(error)))
        channel.connect('gap', lambda channel, duration: tell(
            'gap', channel=name, microseconds=duration))
        channel.connect('error', lambda channel, error: tell(
            'channel-error', channel=name, error=describe(error)))
        channel.connect('cache-miss', lambda channel: tell('cache-miss', channel=name))
        channel.connect('event', lambda channel, event: tell_event(event, 'channel'))
        if isinstance(channel, Pusher.PresenceChannel):
            self.listen_to_members(channel, name)

    def listen_to_members(self, channel, name):
        def tell_change(type):
            return lambda channel, member: tell(
                type, channel=name, id=member.props.id, info=member.props.info)
        for signal in ('member-added', 'member-removed', 'member-changed'):
            channel.connect(signal, tell_change(signal))
        channel.props.members.connect(
            'items-changed', lambda members, position, removed, added: tell(
                'items-changed', channel=name, position=position, removed=removed, added=added))

    def do_open(self):
        self.client.open()

    def do_open_async(self):
        def opened(client, result):
            try:
                client.open_finish(result)
                tell('opened')
            except GLib.Error as error:
                tell('call-failed', call='open-async', error=describe(error))
        self.client.open_async(None, opened)

    def do_close(self):
        self.client.close()

    def do_close_async(self):
        def closed(client, result):
            try:
                client.close_finish(result)
                tell('closed')
            except GLib.Error as error:
                tell('call-failed', call='close-async', error=describe(error))
        self.client.close_async(None, closed)

    def do_reconnect(self):
        self.client.reconnect_now()

    def do_subscribe(self, name):
        try:
            self.listen_to_channel(self.client.subscribe(name))
        except GLib.Error as error:
            tell('call-failed', call='subscribe', error=describe(error))

    def do_subscribe_async(self, name):
        def subscribed(client, result):
            try:
                self.listen_to_channel(client.subscribe_finish(result))
                tell('subscribe-finished', channel=name)
            except GLib.Error as error:
                tell('call-failed', call='subscribe-async', error=describe(error))
        self.client.subscribe_async(name, None, subscribed)

    def do_unsubscribe(self, name):
        self.client.unsubscribe(name)

    def do_channels(self):
        tell('channels', names=[channel.props.name for channel in self.client.props.channels])

    def do_channel(self, name):
        channel = self.client.get_channel(name)
        if channel is None:
            tell('channel', channel=name, found=False)
        else:
            tell('channel', channel=name, found=True,
                 known=channel == self.channels.get(name),
                 state=channel.props.state.value_nick, kind=channel.props.kind.value_nick)

    def do_watch_channel(self, name, event):
        self.client.get_channel(name).connect(
            f'event::{event}', lambda channel, value: tell_event(value, f'channel::{event}'))

    def do_watch_client(self, event=None):
        detail = f'::{event}' if event else ''
        self.client.connect(
            f'event{detail}', lambda client, value: tell_event(value, f'client{detail}'))

    def do_ping(self):
        def pinged(client, result):
            try:
                tell('pong', microseconds=client.ping_finish(result))
            except GLib.Error as error:
                tell('call-failed', call='ping', error=describe(error))
        self.client.ping_async(None, pinged)

    def do_trigger(self, name, event, data=None):
        self.call('trigger', self.channels[name].trigger, event, data)

    def do_trigger_node(self, name, event, data):
        self.call('trigger-node', self.channels[name].trigger_node, event,
                  Json.from_string(data))

    def do_trigger_variant(self, name, event, text):
        self.call('trigger-variant', self.channels[name].trigger_variant, event,
                  GLib.Variant.parse(None, text, None, None))

    def do_outbox(self, name, size):
        self.channels[name].set_outbox_size(int(size))

    def do_resubscribe(self, name):
        self.call('resubscribe', self.channels[name].resubscribe)

    def call(self, call, method, *args):
        try:
            method(*args)
        except GLib.Error as error:
            tell('call-failed', call=call, error=describe(error))

    def do_remember(self, name):
        self.remembered = list(self.channels[name].props.members)

    def do_members(self, name):
        channel = self.channels[name]
        me = channel.props.me
        tell('members', channel=name, me=me and me.props.id, members=[
            {'id': member.props.id, 'info': member.props.info, 'same': member in self.remembered}
            for member in channel.props.members])

    def do_member(self, name, id):
        member = self.channels[name].get_member(id)
        tell('member', channel=name, found=member is not None, id=member and member.props.id,
             info=member and member.props.info, name=member and member.get_field('name'))

    def do_answer(self, number, body=None):
        request = self.asked[int(number)]
        if body is None:
            request.fail(GLib.Error.new_literal(
                Gio.io_error_quark(), 'Refused by the application',
                Gio.IOErrorEnum.PERMISSION_DENIED))
        else:
            self.call('answer', request.complete_json, body)

    def do_sign_in(self):
        self.client.props.user.sign_in()

    def do_sign_in_async(self):
        def signed_in(user, result):
            try:
                user.sign_in_finish(result)
                tell('sign-in-finished')
            except GLib.Error as error:
                tell('call-failed', call='sign-in-async', error=describe(error))
        self.client.props.user.sign_in_async(None, signed_in)

    def do_quit(self):
        self.loop.quit()


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument('--host')
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--path')
    parser.add_argument('--key', required=True)
    parser.add_argument('--tls', action='store_true')
    parser.add_argument('--ca')
    parser.add_argument('--any-certificate', action='store_true')
    parser.add_argument('--origin')
    parser.add_argument('--unavailable-timeout', type=int)
    parser.add_argument('--secret')
    parser.add_argument('--channel-data')
    parser.add_argument('--user-data')
    parser.add_argument('--master-key')
    parser.add_argument('--endpoint')
    parser.add_argument('--user-endpoint')
    parser.add_argument('--param', action='append', default=[])
    parser.add_argument('--header', action='append', default=[])
    parser.add_argument('--username')
    parser.add_argument('--password')
    parser.add_argument('--ask', action='store_true')
    parser.add_argument('channels', nargs='*')
    return parser.parse_args()


# An exception in a handler must not pass unnoticed.
def fail(*exception):
    sys.__excepthook__(*exception)
    sys.stderr.flush()
    GLib.idle_add(lambda: sys.exit(1))


sys.excepthook = fail
options = parse_options()
Listener(options).run(options.channels)
