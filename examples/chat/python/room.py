# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import json
import time

from gi.repository import Gio, GLib, GObject, Pusher

from translations import _

TYPING_INTERVAL = 3  # seconds: how often a typist says so
TYPING_EXPIRY = 6  # and how long it counts


def describe_typists(names):
    if len(names) > 2:
        return _("Several people are typing…")
    if len(names) == 2:
        return _("%(one)s and %(other)s are typing…") % {"one": names[0], "other": names[1]}
    return _("%s is typing…") % names[0] if names else ""


class Message(GObject.Object):
    def __init__(self, kind, author, text):
        super().__init__()
        self.kind = kind  # "others", "own", or "notice": by nobody
        self.author = author
        self.text = text
        self.time = time.strftime("%H:%M")

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
        self.typists = {}  # member: the source that forgets them
        self.typing_until = 0.0  # what the others believe of us

        self.client = Pusher.Client()
        channel = self.client.subscribe("presence-chat")
        assert isinstance(channel, Pusher.PresenceChannel)  # as its name says
        self.channel = channel
        self.channel.connect("event::client-message", self.message_received)
        self.channel.connect("event::client-typing", self.typing_received)
        self.channel.connect("member-added", lambda channel, member: self.notice(
            _("%s has joined") % member.get_name()))
        self.channel.connect("member-removed", self.member_removed)
        self.channel.connect("gap", lambda channel, duration: self.notice(
            _("Back after %.0f s: messages of that time are missing") % (duration / 1e6)))
        self.channel.connect("subscription-error", lambda channel, error: self.notice(
            _("You cannot join: %s") % error.message))
        self.channel.connect("notify::state", self.state_changed)

    def open(self, settings):
        """Enters the room at the server of the settings, and leaves the one before."""
        settings.apply(self.client, self.user_id, self.user_name)

    def leave(self):
        self.client.close()

    def send(self, text):
        self.channel.trigger("client-message", json.dumps({"text": text}))
        # The server does not send a client event back to who sent it.
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

    # What the others do

    def read(self, event, field, kind):
        """The server vouches for the id of who sent a client event; the rest is what they say."""
        member = self.channel.get_member(event.get_user_id() or "")
        try:
            value = json.loads(event.get_data())[field]
        except (KeyError, TypeError, ValueError):
            value = None
        return (member, value) if member and isinstance(value, kind) else (None, None)

    def message_received(self, channel, event):
        member, text = self.read(event, "text", str)
        if member:
            self.set_typist(member, False)
            self.messages.append(Message("others", member.get_name(), text))

    def typing_received(self, channel, event):
        member, typing = self.read(event, "typing", bool)
        if member:
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
        self.messages.append(Message("notice", None, text))

    def state_changed(self, channel, pspec):
        if channel.get_state() != Pusher.ChannelState.SUBSCRIBED:
            self.typing_until = 0.0
            for member in list(self.typists):
                self.set_typist(member, False)
