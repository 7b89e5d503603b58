# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What is measured."""

import dataclasses

# Messages of a run at 100 B, for a receiver of some hundred thousand a second
FLOOD = 150_000
REDRAW = 120  # the priority at which GTK draws
WARM_UP = 10  # one message for so many that are measured, so that compilers are through


@dataclasses.dataclass
class Contestant:
    label: str
    program: str
    settings: dict
    pace: float = 1  # of the messages that others get, for what is slow

    def sized(self, scale):
        """The settings for a run; scale is 1, or less where time is short."""
        settings = dict(self.settings)
        if settings.pop('fixed', False):
            return settings
        count = max(200, int(settings['count'] * self.pace * scale))
        return {**settings, 'count': count, 'warm-up': max(1, count // WARM_UP)}


@dataclasses.dataclass
class Case:
    name: str
    title: str
    contestants: list
    ratios: list = dataclasses.field(default_factory=list)  # (of, to): CPU time, to / of
    kind: str = 'flood'  # or: 'growth', 'idle', 'distinct', 'late', 'instructions'


def flood(payload):
    settings = {'payload': payload, 'count': FLOOD * 100 // max(100, payload // 2)}
    text, node = 'pusher-glib, text', 'pusher-glib, JsonNode'
    fields, lookup = 'pusher-glib, three fields', 'pusher-glib, three looked up'
    floor, js, seed = 'libsoup alone', 'pusher-js', 'pusher-client'
    contestants = [
        Contestant(floor, 'receive-soup', settings),
        Contestant(text, 'receive-pusher', {**settings, 'work': 'text'}),
        Contestant(node, 'receive-pusher', {**settings, 'work': 'node'}, 0.4),
        Contestant(fields, 'receive-pusher', {**settings, 'work': 'fields'}, 0.4),
        Contestant(lookup, 'receive-pusher', {**settings, 'work': 'lookup'}, 0.6),
        Contestant('Python, text', 'receive.py', {**settings, 'work': 'text'}, 0.3),
        Contestant('Python, json.loads', 'receive.py', {**settings, 'work': 'node'}, 0.3),
        Contestant('GJS, text', 'receive.js', {**settings, 'work': 'text'}, 0.3),
        Contestant('GJS, JSON.parse', 'receive.js', {**settings, 'work': 'node'}, 0.3),
        Contestant('ws', 'receive-ws.js', settings),
        Contestant(seed, 'receive-pusher-client.js', settings),
        Contestant(js, 'receive-pusher-js.js', settings, 0.5),
    ]
    return Case(f'flood-{payload}', f'Events with {payload} bytes of data', contestants, [
        (text, floor), (text, 'ws'), (text, js), (text, seed), (node, seed), (fields, seed),
        (lookup, seed), ('Python, json.loads', js), ('GJS, JSON.parse', js)])


def channels():
    contestants, ratios = [], []
    for way, work in ('a handler each', 'text'), ('one handler of the client', 'client'):
        labels = {n: f'{n} channels, {way}' for n in (1, 100, 10_000)}
        contestants += [Contestant(label, 'receive-pusher',
                                   {'channels': n, 'work': work, 'count': FLOOD})
                        for n, label in labels.items()]
        ratios += [(labels[n], labels[1]) for n in (100, 10_000)]
    return Case('channels', 'Events of 100 bytes, on one channel after the other', contestants,
                ratios)


def names():
    contestants = [
        Contestant(f'{n} names', 'receive-pusher', {'names': n, 'count': FLOOD})
        for n in (1, 10, 100)]
    return Case('names', 'Events of 100 bytes, with handlers of several names on one channel',
                contestants, [(c.label, '1 names') for c in contestants[1:]])


def presence():
    contestants, ratios = [], []
    for n in 1000, 10_000:
        settings = {'members': n, 'prefix': 'presence-', 'work': 'presence', 'count': 40_000}
        ours, theirs = f'pusher-glib, {n} members', f'pusher-js, {n} members'
        contestants += [Contestant(ours, 'receive-pusher', settings),
                        Contestant(theirs, 'receive-pusher-js.js', settings)]
        ratios.append((ours, theirs))
    ratios.append(('pusher-glib, 10000 members', 'pusher-glib, 1000 members'))
    return Case('presence', 'Members who come and go', contestants, ratios)


def subscribe():
    contestants, ratios = [], []
    for n in 1, 1000, 10_000:
        settings = {'channels': n, 'work': 'subscribe', 'mode': 'idle', 'fixed': True}
        ours, theirs = f'pusher-glib, {n} channels', f'pusher-js, {n} channels'
        contestants += [Contestant(ours, 'connect-pusher', settings),
                        Contestant(theirs, 'receive-pusher-js.js', settings)]
        ratios.append((theirs, ours))
    return Case('subscribe', 'Connect and subscribe to public channels', contestants, ratios)


def memory(work, title, settings):
    settings = {**settings, 'work': work, 'mode': 'idle', 'fixed': True}
    contestants = [Contestant('pusher-glib', 'connect-pusher', settings),
                   Contestant('pusher-js', 'receive-pusher-js.js', settings)]
    return Case(f'memory-{work}', title, contestants, [('pusher-js', 'pusher-glib')], 'growth')


def round_trip():
    settings = {'prefix': 'private-', 'mode': 'echo', 'work': 'respond', 'count': 20_000}
    return Case('round-trip', 'Event, client event, event', [
        Contestant('libsoup alone', 'receive-soup', settings),
        Contestant('pusher-glib', 'receive-pusher', settings),
    ], [('libsoup alone', 'pusher-glib')])


def trigger():
    settings = {'prefix': 'private-', 'mode': 'sink', 'work': 'trigger', 'count': 50_000}
    return Case('trigger', 'Client events, one after the other', [
        Contestant('libsoup alone', 'receive-soup', settings),
        Contestant('pusher-glib', 'receive-pusher', settings),
    ], [('libsoup alone', 'pusher-glib')])


def encrypted():
    contestants = []
    for payload in 100, 1000:
        settings = {'prefix': 'private-encrypted-', 'payload': payload, 'count': FLOOD // 4}
        contestants += [
            Contestant(f'pusher-glib, {payload} B', 'receive-pusher', settings),
            Contestant(f'libsoup alone, {payload} B', 'receive-soup', settings),
            Contestant(f'libsodium alone, {payload} B', 'open-sodium',
                       {'payload': payload, 'count': FLOOD // 4})]
    return Case('encrypted', 'Encrypted events', contestants)


def distinct():
    settings = {'mode': 'distinct', 'work': 'any', 'count': 1_000_000, 'warm-up': 200_000,
                'fixed': True}
    return Case('distinct', 'A million events, each with a name of its own', [
        Contestant('pusher-glib', 'receive-pusher', settings)], [], 'distinct')


def lateness(name, title, settings):
    settings = {'work': 'tick', 'warm-up': 1000, 'fixed': True, **settings}
    return Case(f'late-{name}', title, [
        Contestant('libsoup alone', 'receive-soup', settings),
        Contestant('pusher-glib', 'receive-pusher', settings),
        Contestant('pusher-glib, redraw', 'receive-pusher', {**settings, 'priority': REDRAW}),
        Contestant('pusher-js', 'receive-pusher-js.js', settings),
    ], [], 'late')


def idle():
    settings = {'work': 'idle', 'mode': 'idle', 'activity-timeout': 2, 'count': 10, 'fixed': True}
    return Case('idle', 'What wakes an idle client up, in one activity time-out', [
        Contestant('pusher-glib', 'connect-pusher', settings)], [], 'idle')


def instructions():
    contestants = []
    for payload in 100, 1000, 10_000:
        settings = {'payload': payload, 'count': 200_000 // payload}
        for label, program, work in (
                ('libsoup alone', 'receive-soup', 'text'),
                ('pusher-glib, text', 'receive-pusher', 'text'),
                ('pusher-glib, JsonNode', 'receive-pusher', 'node'),
                ('pusher-glib, three fields', 'receive-pusher', 'fields'),
                ('pusher-glib, three looked up', 'receive-pusher', 'lookup')):
            contestants.append(Contestant(f'{label}, {payload} B', program,
                                          {**settings, 'work': work}))
    return Case('instructions', 'Instructions a message', contestants, [], 'instructions')


def make_all():
    return [
        flood(100), flood(1000), flood(10_000), channels(), names(), presence(), subscribe(),
        memory('channels', 'Memory of a channel, from the 10,000th to the 20,000th',
               {'channels': 20_000}),
        memory('clients', 'Memory of a connected client, from the 200th to the 400th',
               {'count': 400}),
        lateness('burst', 'Lateness of a timer while 20,000 events wait, of 20 µs each',
                 {'count': 20_000, 'cost': 20, 'pause': 500}),
        lateness('flood', 'Lateness of a timer in a flood that does not end',
                 {'count': 1_000_000}),
        round_trip(), trigger(), encrypted(), distinct(), idle(), instructions(),
    ]
