#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A daemon: shows the events of a channel as notifications on the desktop.

It has no window, reads its settings from a file, and runs until it gets SIGTERM.
"""

import argparse
import gettext
import locale
import os
import signal
import sys

import gi

gi.require_version("Pusher", "1")
from gi.repository import Gio, GLib, Pusher

DOMAIN = "pusher-glib-examples"
# Like gettext(1), it can be told where the translations are if they are not installed.
gettext.bindtextdomain(DOMAIN, os.environ.get("TEXTDOMAINDIR"))
gettext.textdomain(DOMAIN)
_ = gettext.gettext
# Python chooses the language of its own texts only; the library's messages need this, too.
try:
    locale.setlocale(locale.LC_MESSAGES, "")
except locale.Error:
    pass  # English, then

# As in sysexits.h: another try would not help, and the unit asks for none.
EXIT_CONFIG = 78


def get_optional(settings, key):
    try:
        return settings.get_string("server", key)
    except GLib.Error:
        return None


def make_client(settings):
    client = Pusher.Client(
        key=settings.get_string("server", "key"),
        cluster=get_optional(settings, "cluster"),
        host=get_optional(settings, "host"),
        port=int(get_optional(settings, "port") or 0),
        use_tls=get_optional(settings, "tls") != "false",
    )
    endpoint = get_optional(settings, "endpoint")
    if endpoint:
        client.use_endpoint(endpoint)
    return client


class Notifier(Gio.Application):
    def __init__(self, settings):
        super().__init__(application_id="org.example.PusherNotifier")
        self.status = 0
        self.client = make_client(settings)
        self.client.connect("error", self.tell_error)
        self.client.connect("notify::state", self.state_changed)
        channel = self.client.subscribe(settings.get_string("notifications", "channel"))
        event = settings.get_string("notifications", "event")
        channel.connect(f"event::{event}", self.show_event)
        channel.connect("gap", self.show_gap)

    # The application

    def do_startup(self):
        """In the first instance only: this one has the name on the bus."""
        Gio.Application.do_startup(self)
        self.hold()
        for number in signal.SIGTERM, signal.SIGINT:
            GLib.unix_signal_add(GLib.PRIORITY_DEFAULT, number, self.end)
        self.client.open()

    def do_activate(self):
        """Somebody started it once more: it runs already."""

    # What it shows

    def show(self, id, title, body):
        """A notification with the id of an earlier one takes its place."""
        notification = Gio.Notification.new(title)
        notification.set_body(body)
        self.send_notification(id, notification)

    def show_event(self, channel, event):
        """The data is {"title":"…","body":"…"}, with an “id” if one follows up another."""
        title = event.lookup_string("/title") or event.get_name()
        self.show(event.lookup_string("/id"), title, event.lookup_string("/body"))

    def show_gap(self, channel, duration):
        """After the connection was lost, and is there again."""
        self.show("gap", _("Messages may be missing"),
                  _("There was no connection for %.0f s.") % (duration / 1e6))

    # Ends

    def end(self):
        """The server hears that the client goes. Another signal does not wait for that."""
        self.client.close_async(None, self.closed)
        return GLib.SOURCE_REMOVE

    def closed(self, client, result):
        client.close_finish(result)
        self.quit()

    def state_changed(self, client, pspec):
        """The client connects again by itself after all that may pass. This does not."""
        if client.get_state() == Pusher.ConnectionState.FAILED:
            self.status = EXIT_CONFIG
            self.quit()

    def tell_error(self, client, error):
        """Into the journal, if systemd has started it."""
        print(error.message, file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=_("Shows events on the desktop"))
    parser.add_argument("--config", metavar=_("FILE"), help=_("Settings"), default=os.path.join(
        GLib.get_user_config_dir(), "pusher-notifier.conf"))
    options = parser.parse_args()
    settings = GLib.KeyFile()
    try:
        settings.load_from_file(options.config, GLib.KeyFileFlags.NONE)
        notifier = Notifier(settings)
    except GLib.Error as error:
        print(f"{options.config}: {error.message}", file=sys.stderr)
        return EXIT_CONFIG
    return notifier.run(None) or notifier.status


if __name__ == "__main__":
    sys.exit(main())
