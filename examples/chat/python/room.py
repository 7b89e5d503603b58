# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import json
import time
import uuid

from gi.repository import Gio, GLib, GObject, Pusher

from translations import _

CHANNEL = "presence-chat"
EARLIER_MESSAGES = 50  # how many of what was said before are shown at first
TYPING_INTERVAL = 3  # seconds: how often a typist says so
TYPING_EXPIRY = 6  # and how long it counts


def describe_typists(names):
    if len(names) > 2:
        return _("Several people are typing…")
    if len(names) == 2:
        return _("%(one)s and %(other)s are typing…") % {"one": names[0], "other": names[1]}
    return _("%s is typing…") % names[0] if names else ""


class Message(GObject.Object):
    def __init__(self, kind, author, text, said_at=None):
        super().__init__()
        self.kind = kind  # "others", "own", or "notice": by nobody
        self.author = author
        self.text = text
        now = GLib.DateTime.new_now_local()
        said_at = said_at.to_local() if said_at else now
        today = said_at.get_ymd() == now.get_ymd()
        self.time = said_at.format("%H:%M" if today else "%x %H:%M")

    def to_speech(self):
        if not self.author:
            return self.text
        # Translators: who says it, what, and at what time; it is read out.
        return _("%(name)s: %(text)s, %(time)s") % {"name": self.author, "text": self.text,
                                                    "time": self.time}


class Room(GObject.Object):
    """One user in the room: a client, the presence channel, and what was said."""

    typing_text = GObject.Property(type=str, default="")

    def __init__(self, user_name):
        super().__init__()
        self.user_id = GLib.uuid_string_random()
        self.user_name = user_name
        self.messages = Gio.ListStore(item_type=Message)
        self.shown_ids = set()
        self.early_ids = []  # of messages of us at the end: what was missed comes before them
        self.gap = 0  # how long the last one was, in microseconds
        self.typists = {}  # member: the source that forgets them
        self.typing_until = 0.0  # what the others believe of us

        self.client = Pusher.Client()
        channel = self.client.subscribe(CHANNEL)
        assert isinstance(channel, Pusher.PresenceChannel)  # as its name says
        self.channel = channel
        self.channel.connect("event::client-message", self.message_received)
        self.channel.connect("event::client-typing", self.typing_received)
        self.channel.connect("member-added", lambda channel, member: self.notice(
            _("%s has joined") % member.get_name()))
        self.channel.connect("member-removed", self.member_removed)
        self.channel.connect("gap", self.gap_ended)
        self.channel.connect("lost", self.messages_lost)
        self.channel.connect("caught-up", self.caught_up)
        self.channel.connect("subscription-error", lambda channel, error: self.notice(
            _("You cannot join: %s") % error.message))
        self.channel.connect("notify::state", self.state_changed)

    def open(self, settings):
        """Enters the room at the server of the settings, and leaves the one before."""
        settings.apply(self.client, self.user_id, self.user_name)
        self.set_history(settings.history)

    def set_history(self, url):
        """Where the room is in one store says nothing to another."""
        before = self.channel.get_backfill()
        if url == (before.get_url() if isinstance(before, Pusher.HttpBackfill) else ""):
            return
        self.channel.set_backfill(None)
        self.channel.set_position(None)
        self.gap = 0
        self.early_ids.clear()
        if url:
            self.channel.set_backfill(Pusher.HttpBackfill(url=url, client_events=True,
                                                          initial_count=EARLIER_MESSAGES))

    def leave(self):
        self.client.close()

    def send(self, text):
        message_id = str(uuid.uuid4())
        self.channel.trigger("client-message", json.dumps({
            "id": message_id, "name": self.user_name, "text": text,
            "time": GLib.DateTime.new_now_utc().format_iso8601()}))
        # The server does not send a client event back to who sent it.
        self.shown_ids.add(message_id)
        # What is said while the room catches up is said after what was missed.
        if self.channel.get_catching_up():
            self.early_ids.append(message_id)
        # Translators: the author of a message, above it
        self.messages.append(Message("own", _("You"), text))
        self.typing_until = 0.0

    def set_typing(self, typing):
        """Call it with each key; it does not tell the others that often."""
        now = time.monotonic()
        if now < self.typing_until if typing else not self.typing_until:
            return
        try:
            self.channel.trigger("client-typing", json.dumps({"typing": typing}))
            self.typing_until = now + TYPING_INTERVAL if typing else 0.0
        except GLib.Error:
            pass  # nothing is lost

    def add(self, message):
        self.messages.insert(len(self.messages) - len(self.early_ids), message)

    # What the others do

    def get_sender(self, event):
        """The server vouches for the id of who sent a client event; the rest is what they say."""
        return self.channel.get_member(event.get_user_id() or "")

    def read(self, event, field, kind):
        try:
            value = json.loads(event.get_data())[field]
        except (KeyError, TypeError, ValueError):
            value = None
        return value if isinstance(value, kind) else None

    def read_time(self, event):
        try:
            return GLib.DateTime.new_from_iso8601(self.read(event, "time", str) or "", None)
        except TypeError:  # it is none
            return None

    def message_received(self, channel, event):
        member, text = self.get_sender(event), self.read(event, "text", str)
        author = member.get_name() if member else None
        said_at = None
        if channel.get_catching_up():
            # Of what was missed there may be nobody to vouch: it comes from a store, or the
            # author has left.
            author = author or self.read(event, "name", str)
            said_at = self.read_time(event)
        if author is None or text is None or self.is_shown(event):
            return
        if member:
            self.set_typist(member, False)
        self.add(Message("others", author, text, said_at))

    def is_shown(self, event):
        """The store has our own messages, too: what it has after one of them was said later."""
        message_id = self.read(event, "id", str)
        if message_id in self.early_ids:
            del self.early_ids[:self.early_ids.index(message_id) + 1]
        if message_id in self.shown_ids:
            return True
        if message_id is not None:
            self.shown_ids.add(message_id)
        return False

    def typing_received(self, channel, event):
        member, typing = self.get_sender(event), self.read(event, "typing", bool)
        if member and typing is not None:
            self.set_typist(member, typing)

    def set_typist(self, member, typing):
        if member in self.typists:
            GLib.source_remove(self.typists.pop(member))
        if typing:
            self.typists[member] = GLib.timeout_add_seconds(TYPING_EXPIRY, self.set_typist,
                                                            member, False)
        self.typing_text = describe_typists([member.get_name() for member in self.typists])

    def member_removed(self, channel, member):
        self.set_typist(member, False)
        self.notice(_("%s has left") % member.get_name())

    def notice(self, text):
        self.add(Message("notice", None, text))

    # What was missed

    def gap_ended(self, channel, duration):
        self.gap = duration
        if not channel.get_backfill():
            self.notice_gap()

    def notice_gap(self):
        self.notice(_("Back after %.0f s: messages of that time are missing") % (self.gap / 1e6))

    def messages_lost(self, channel, error):
        if self.gap:
            self.notice_gap()
        else:
            self.notice(_("Earlier messages are missing: %s") % error.message)

    def caught_up(self, channel, n_events):
        self.early_ids.clear()

    def state_changed(self, channel, pspec):
        if channel.get_state() != Pusher.ChannelState.SUBSCRIBED:
            self.typing_until = 0.0
            for member in list(self.typists):
                self.set_typist(member, False)
