# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import math

from gi.repository import Adw, Gio, GLib, GObject, Gtk, Pango, Pusher

from settings import UI
from translations import _

TITLES = {
    Pusher.ConnectionState.UNAVAILABLE: _("The server cannot be reached"),
    Pusher.ConnectionState.FAILED: _("The server refuses the connection"),
}
ALIGNMENTS = {"others": Gtk.Align.START, "own": Gtk.Align.END, "notice": Gtk.Align.CENTER}


def announce(widget, text):
    """Has a screen reader read something out. GTK can do so since 4.14."""
    if Gtk.check_version(4, 14, 0) is None:
        widget.announce(text, Gtk.AccessibleAnnouncementPriority.MEDIUM)


def set_accessible_label(item, text):
    """What a screen reader says of an item of a list. GTK can be told since 4.12, when the
    widget around it began to belong to nobody in “bind”: Python would take and end it."""
    if Gtk.check_version(4, 12, 0) is None:
        item.set_accessible_label(text)
    else:
        item.get_child().get_parent().update_property([Gtk.AccessibleProperty.LABEL], [text])


@Gtk.Template(filename=str(UI / "chat-connection-bar.ui"))
class ConnectionBar(Adw.Bin):
    """Tells that there is no connection, why, and when there may be one again."""

    __gtype_name__ = "ChatConnectionBar"
    content = Gtk.Template.Child()
    title = Gtk.Template.Child()
    reason = Gtk.Template.Child()
    countdown = Gtk.Template.Child()
    source = 0

    def set_client(self, client):
        self.client = client
        for name in "state", "last-error", "retry-at":
            client.connect(f"notify::{name}", self.update)

    def update(self, client, pspec):
        state, error = client.get_state(), client.get_last_error()
        # The first attempt is nothing to talk about until it has failed.
        in_trouble = state != Pusher.ConnectionState.CONNECTED and error is not None
        title = TITLES.get(state, _("Not connected")) if in_trouble else ""
        # Read out when it changes, which the countdown would do too often.
        if title and title != self.title.get_label():
            announce(self, title)
        self.title.set_label(title)
        if in_trouble:
            self.reason.set_label(error.message)
        self.content.set_visible(in_trouble)
        self.update_countdown()

    def update_countdown(self):
        if self.source:
            GLib.source_remove(self.source)
        left = max(self.client.get_retry_at() - GLib.get_monotonic_time(), 0) / 1e6
        seconds = math.ceil(left)
        self.countdown.set_visible(self.client.get_retry_at() != 0)
        self.countdown.set_label(_("Next attempt in %d s") % seconds)
        until_next = int((left - seconds + 1) * 1000) + 1
        self.source = GLib.timeout_add(until_next, self.update_countdown) if seconds else 0

    @Gtk.Template.Callback()
    def retry_cb(self, button):
        # The one goes on where the client is trying, the other where it gave up.
        self.client.reconnect_now()
        self.client.open()


@Gtk.Template(filename=str(UI / "chat-message-row.ui"))
class MessageRow(Adw.Bin):
    __gtype_name__ = "ChatMessageRow"
    bubble = Gtk.Template.Child()
    header = Gtk.Template.Child()
    author = Gtk.Template.Child()
    time = Gtk.Template.Child()
    text = Gtk.Template.Child()

    def set_message(self, message):
        self.bubble.set_css_classes([message.kind])
        self.bubble.set_halign(ALIGNMENTS[message.kind])
        self.header.set_visible(message.kind != "notice")
        self.author.set_label(message.author or "")
        self.time.set_label(message.time)
        self.text.set_label(message.text)


@Gtk.Template(filename=str(UI / "chat-window.ui"))
class Window(Adw.ApplicationWindow):
    __gtype_name__ = "ChatWindow"
    toasts = Gtk.Template.Child()
    window_title = Gtk.Template.Child()
    connection_bar = Gtk.Template.Child()
    people = Gtk.Template.Child()
    messages = Gtk.Template.Child()
    typing = Gtk.Template.Child()
    entry = Gtk.Template.Child()

    def __init__(self, room, **kwargs):
        super().__init__(title=room.user_name, **kwargs)
        self.room = room
        self.send_action = Gio.SimpleAction(name="send")
        self.send_action.connect("activate", self.send)
        self.add_action(self.send_action)
        discard_action = Gio.SimpleAction(name="discard")
        discard_action.connect("activate", lambda *_: self.entry.set_text(""))
        self.add_action(discard_action)

        factory = Gtk.SignalListItemFactory()
        factory.connect("setup", self.setup_person)
        factory.connect("bind", self.bind_person)
        factory.connect("unbind", self.unbind_person)
        self.people.set_factory(factory)
        self.people.set_model(Gtk.NoSelection(model=room.channel.get_members()))
        self.messages.set_model(Gtk.NoSelection(model=room.messages))
        room.messages.connect_after("items-changed", self.messages_changed)
        room.bind_property("typing-text", self.typing, "label", GObject.BindingFlags.SYNC_CREATE)
        room.channel.connect("notify::state", self.update_send)
        room.client.connect("notify", self.update_subtitle)
        self.connection_bar.set_client(room.client)
        self.update_send()
        self.entry.grab_focus()

    def do_close_request(self):
        self.room.leave()
        return Adw.ApplicationWindow.do_close_request(self)

    def add_toast(self, text):
        self.toasts.add_toast(Adw.Toast.new(GLib.markup_escape_text(text)))
        announce(self, text)

    def update_subtitle(self, client, pspec):
        where = client.get_host() or client.get_cluster() or ""
        if client.get_port():
            # Translators: the host of a server, and its port
            where = _("%(host)s, port %(port)u") % {"host": where, "port": client.get_port()}
        self.window_title.set_subtitle(where)

    # People and messages

    def setup_person(self, factory, item):
        box = Gtk.Box(spacing=12)
        box.append(Adw.Avatar(size=24, show_initials=True))
        box.append(Gtk.Label(ellipsize=Pango.EllipsizeMode.END))
        item.set_child(box)

    def bind_person(self, factory, item):
        item.handler = item.get_item().connect("notify::name", self.show_person, item)
        self.show_person(item.get_item(), None, item)

    def unbind_person(self, factory, item):
        item.get_item().disconnect(item.handler)

    def show_person(self, member, pspec, item):
        name = member.get_name()
        item.get_child().get_first_child().set_text(name)
        item.get_child().get_last_child().set_label(name)
        set_accessible_label(item, name)

    @Gtk.Template.Callback()
    def setup_message_cb(self, factory, item):
        item.set_child(MessageRow())

    @Gtk.Template.Callback()
    def bind_message_cb(self, factory, item):
        item.get_child().set_message(item.get_item())
        set_accessible_label(item, item.get_item().to_speech())

    def messages_changed(self, messages, position, n_removed, n_added):
        message = messages.get_item(position)
        view = self.messages.get_vadjustment()
        at_end = view.get_value() + view.get_page_size() + 1 > view.get_upper()
        # Who reads what was said before is left alone.
        if message.kind == "own" or at_end:
            self.messages.activate_action("list.scroll-to-item", GLib.Variant("u", position))
        # What was missed may be too much to be read out.
        missed = self.room.channel.get_catching_up()
        if message.kind == "notice" or (message.kind == "others" and not missed):
            announce(self, message.to_speech())

    # Writing

    def update_send(self, *_):
        joined = self.room.channel.get_state() == Pusher.ChannelState.SUBSCRIBED
        self.send_action.set_enabled(joined and bool(self.entry.get_text()))

    @Gtk.Template.Callback()
    def entry_changed_cb(self, entry):
        self.room.set_typing(bool(entry.get_text()))
        self.update_send()

    @Gtk.Template.Callback()
    def entry_activated_cb(self, entry):
        # Also while it cannot be sent: then it says why.
        if entry.get_text():
            self.send()

    def send(self, *_):
        try:
            self.room.send(self.entry.get_text())
            self.entry.set_text("")
        except GLib.Error as error:
            self.add_toast(error.message)
        self.entry.grab_focus_without_selecting()
