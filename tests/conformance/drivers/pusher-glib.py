#!/usr/bin/python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""An application of pusher-glib that does what its standard input says and tells
what it sees. ../README.md has the language; pusher-js.js does the same."""

import gc
import json
import os
import sys

import gi

gi.require_version('Pusher', '1')
from gi.repository import GLib, Pusher  # noqa: E402

SERVER = 'pusher-server-error-quark'
HTTP = 'pusher-http-error-quark'
OWN = 'pusher-error-quark'
BARRIER = 'conformance:barrier'
ESTABLISHED = 'pusher:connection_established'
LOST = (Pusher.Error.CONNECTION_LOST, Pusher.Error.TIMEOUT, Pusher.Error.UNREACHABLE)


def get_text(event):
    """All of the data: get_data() ends at a NUL."""
    data = event.get_bytes()
    return data.get_data().decode() if data is not None else None


def put(thing):
    print(json.dumps(thing), flush=True)


def describe(error):
    if error.domain == SERVER:
        return {'code': error.code or None}
    if error.domain == OWN and error.code == Pusher.Error.PROTOCOL:
        return {'code': 'malformed'}
    if error.domain == OWN and error.code in LOST:
        return {'code': 'transport'}
    name = Pusher.Error(error.code).value_nick if error.domain == OWN else error.domain
    return {'code': name}


class AskingAuthorizer(Pusher.Authorizer):
    def __init__(self, asked):
        super().__init__()
        self.asked = asked

    def do_authorize(self, request):
        number = len(self.asked)
        self.asked.append(request)
        put({'ask': {'number': number, 'kind': request.props.kind.value_nick,
                     'channel': request.props.channel_name,
                     'socket_id': request.props.socket_id}})
        return True


class Driver:
    def __init__(self):
        self.loop = GLib.MainLoop()
        self.client = None
        self.begin()
        channel = GLib.IOChannel.unix_new(0)
        GLib.io_add_watch(channel, GLib.PRIORITY_LOW,
                          GLib.IOCondition.IN | GLib.IOCondition.HUP, self.on_input)

    def begin(self):
        self.rules = []
        self.asked = []
        self.channels = {}
        self.bound = {}

    def tell(self, stream, what, **fields):
        put({'see': {'stream': stream, 'what': what, **fields}})
        key = ' '.join(part for part in (stream, what, fields.get('name')) if part is not None)
        due = [call for rule, call in self.rules if rule == key]
        self.rules = [(rule, call) for rule, call in self.rules if rule != key]
        for call in due:
            self.perform(call)

    # --- What the library tells ---

    def on_state(self, client, pspec):
        fields = {'name': client.props.state.value_nick}
        self.greeted = False
        if client.props.state == Pusher.ConnectionState.CONNECTED:
            fields['socket_id'] = client.props.socket_id
        self.tell('connection', 'state', **fields)

    def on_client_event(self, client, event):
        if event.get_name() == BARRIER:
            put({'barrier': int(event.get_data())})
        elif not self.greeted and event.get_name() == ESTABLISHED:
            self.greeted = True
        elif not event.get_channel_name():
            self.tell('connection', 'event', name=event.get_name(), data=get_text(event))

    def on_client_error(self, client, error):
        # What failed for a channel or the user is told by them first, and compared there.
        if not error.message.startswith(('Cannot subscribe to “', 'Cannot sign in: ')):
            self.tell('errors', 'error', **describe(error))

    def listen_to_client(self, client):
        client.connect('notify::state', self.on_state)
        client.connect('error', self.on_client_error)
        client.connect('event', self.on_client_event)
        user = client.props.user
        user.connect('notify::signed-in', self.on_signed_in)
        user.connect('event', lambda user, event: self.tell(
            'user', 'event', name=event.get_name(), data=get_text(event)))
        user.connect('sign-in-error', self.on_sign_in_error)
        user.connect('watchlist-event', self.on_watchlist_event)
        for signal in ('online', 'offline'):
            user.connect(signal, lambda user, id, signal: self.tell(
                'signals watchlist', signal, id=id), signal)

    def on_signed_in(self, user, pspec):
        if user.props.signed_in:
            self.tell('user', 'signed-in', data=user.props.data)
        else:
            self.tell('user', 'signed-out')

    def on_sign_in_error(self, user, error):
        status = error.code if error.domain == HTTP else None
        self.tell('user', 'sign-in-error', type='AuthError', status=status)

    def snapshot(self, channel):
        members = {member.props.id: json.loads(member.props.info or 'null')
                   for member in channel.props.members}
        me = channel.props.me
        return {'members': members, 'count': len(members), 'me': me and me.props.id}

    def on_watchlist_event(self, user, name, ids):
        for id in ids:
            self.tell('watchlist', name, id=id)

    def on_channel_event(self, channel, event):
        name, data = event.get_name(), get_text(event)
        if isinstance(channel, Pusher.PresenceChannel):
            if name == 'pusher:subscription_succeeded':
                data = json.dumps(self.snapshot(channel))
            elif name in ('pusher:member_added', 'pusher:member_removed'):
                self.tell(f'signals {channel.props.name}', name.removeprefix('pusher:'),
                          id=str(json.loads(data)['user_id']))
                return
        if name == 'pusher:subscription_error':
            data = json.dumps({key: value for key, value in self.parse(data).items()
                               if key in ('type', 'status')})
        self.tell(f'channel {channel.props.name}', 'event', name=name, data=data)

    def parse(self, data):
        try:
            value = json.loads(data)
        except (TypeError, ValueError):
            return {}
        return value if isinstance(value, dict) else {}

    # The event has what the server sent, the signal has the member.
    def on_member(self, channel, member, what):
        info = member.props.info
        self.tell(f'channel {channel.props.name}', 'event', name=what,
                  data=json.dumps({'id': member.props.id, 'info': json.loads(info or 'null')}))

    def listen_to_channel(self, channel):
        name = channel.props.name
        if self.channels.get(name) is channel:
            return
        self.channels[name] = channel
        stream = f'signals {name}'

        channel.connect('event', self.on_channel_event)
        for signal in ('subscription-succeeded', 'cache-miss'):
            channel.connect(signal, lambda channel, what: self.tell(stream, what), signal)
        channel.connect('subscription-error', lambda channel, error: self.tell(
            stream, 'subscription-error'))
        channel.connect('error', lambda channel, error: self.tell(
            stream, 'error', **describe(error)))
        channel.connect('notify::subscription-count', lambda channel, pspec: self.tell(
            stream, 'subscription-count', count=channel.props.subscription_count))
        if isinstance(channel, Pusher.PresenceChannel):
            for signal in ('member-added', 'member-removed', 'member-changed'):
                channel.connect(signal, self.on_member, 'pusher:' + signal.replace('-', '_'))

    # --- What an application does ---

    def do_start(self, options):
        client = Pusher.Client.new(options['key'], None)
        client.props.host = options['host']
        client.props.port = options['port']
        client.props.path = options.get('path')
        client.props.use_tls = False
        # One port for both, as in pusher-js.js; before there was this setting it was so.
        if client.find_property('tls-port'):
            client.props.tls_port = options['port']
        for name, value in options.get('settings', {}).items():
            client.set_property(name.replace('_', '-'), value)
        self.client = client
        self.set_up_authorizers(options)
        self.listen_to_client(client)
        client.open()

    def set_up_authorizers(self, options):
        if not options.get('endpoint'):
            self.authorizer = AskingAuthorizer(self.asked)
            self.client.props.authorizer = self.authorizer
            self.client.props.user_authenticator = self.authorizer
            return
        self.client.use_endpoint(options['endpoint'])
        authenticator = Pusher.HttpAuthorizer.new(options['user_endpoint'])
        self.client.props.user_authenticator = authenticator
        for authorizer in (self.client.props.authorizer, authenticator):
            for name, value in (options.get('params') or {}).items():
                authorizer.set_param(name, value)
            for name, value in (options.get('headers') or {}).items():
                authorizer.set_header(name, value)

    def do_connect(self):
        state = self.client.props.state
        waiting = (Pusher.ConnectionState.CONNECTING, Pusher.ConnectionState.UNAVAILABLE)
        if state in waiting and self.client.props.retry_at > 0:
            self.client.reconnect_now()
        else:
            self.client.open()

    def do_disconnect(self):
        self.client.close()

    def do_subscribe(self, name):
        self.listen_to_channel(self.client.subscribe(name))

    def do_unsubscribe(self, name):
        self.client.unsubscribe(name)

    def do_resubscribe(self, name):
        self.channels[name].resubscribe()

    def do_channel_unsubscribe(self, name):
        self.channels[name].unsubscribe()

    def do_trigger(self, name, event, data):
        self.channels[name].trigger(event, data)

    def do_signin(self):
        self.client.props.user.sign_in()

    def do_switch_cluster(self, key):
        self.client.switch_cluster(key, None)

    def do_bind(self, name, event):
        self.bound[name, event] = self.channels[name].connect(
            f'event::{event}', lambda channel, event: self.tell(
                f'bound {name}', 'event', name=event.get_name(), data=get_text(event),
                user_id=event.get_user_id()))

    def do_unbind(self, name, event):
        self.channels[name].disconnect(self.bound.pop((name, event)))

    def do_bind_client(self, event):
        self.bound[event] = self.client.connect(f'event::{event}', lambda client, event: self.tell(
            'bound', 'event', name=event.get_name(), data=get_text(event)))

    def do_unbind_client(self, event):
        self.client.disconnect(self.bound.pop(event))

    def do_watch_client(self):
        self.client.connect('event', lambda client, event: event.get_name() == BARRIER or self.tell(
            'client', 'event', name=event.get_name(), data=get_text(event)))

    def do_channels(self):
        self.tell('calls', 'channels',
                  names=sorted(channel.props.name for channel in self.client.props.channels))

    def do_state(self):
        self.tell('calls', 'state', name=self.client.props.state.value_nick)

    def do_channel(self, name):
        channel = self.client.get_channel(name)
        count = channel.props.subscription_count if channel else -1
        self.tell('calls', 'channel', name=name, found=channel is not None,
                  subscribed=channel is not None and
                  channel.props.state == Pusher.ChannelState.SUBSCRIBED,
                  count=count if count >= 0 else None)

    def do_members(self, name):
        self.tell('calls', 'members', name=name,
                  data=json.dumps(self.snapshot(self.channels[name])))

    def do_member(self, name, id):
        member = self.channels[name].get_member(id)
        self.tell('calls', 'member', name=name, data=json.dumps(member and {
            'id': member.props.id, 'info': json.loads(member.props.info or 'null')}))

    def do_user(self):
        self.tell('calls', 'user', data=self.client.props.user.props.data)

    def do_when(self, key, *call):
        self.rules.append((key, call))

    def do_answer(self, number, body):
        request = self.asked[number]
        if body.get('error'):
            request.fail(GLib.Error.new_literal(
                GLib.quark_from_string(OWN), body['error'], Pusher.Error.AUTHORIZATION))
            return
        try:
            request.complete_json(json.dumps(body))
        except GLib.Error as error:
            request.fail(error)

    def do_finish(self):
        if self.client is not None:
            self.client.close()
        self.client = None
        self.begin()
        gc.collect()

    # --- The program ---

    def perform(self, call):
        name, *args = call
        try:
            getattr(self, 'do_' + name.replace('-', '_'))(*args)
        except (GLib.Error, KeyError):
            self.tell('calls', 'refused', name=name)

    def on_input(self, channel, condition):
        line = channel.readline()
        if not line:
            self.loop.quit()
            return GLib.SOURCE_REMOVE
        number, *call = json.loads(line)
        if call:
            self.perform(call)
        GLib.idle_add(put, {'done': number}, priority=GLib.PRIORITY_LOW + 100)
        return GLib.SOURCE_CONTINUE


# What goes wrong in a handler ends the program: whoever started it sees that.
def end(*args):
    sys.__excepthook__(*args)
    sys.stderr.flush()
    os._exit(1)


sys.excepthook = end
driver = Driver()
driver.loop.run()
