#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A chat, to show how an application uses the library: see room.py for what it does with it."""

import sys

import gi

gi.require_version("Adw", "1")
gi.require_version("Gtk", "4.0")
gi.require_version("Pusher", "1")
gi.require_version("PusherTest", "1")
from gi.repository import Adw, Gdk, Gio, GLib, Gtk, PusherTest

from room import CHANNEL, Room
from settings import OPTIONS, Preferences, Settings
from window import UI, Window


class Application(Adw.Application):
    def __init__(self):
        super().__init__(application_id="org.example.PusherChat",
                         flags=Gio.ApplicationFlags.HANDLES_COMMAND_LINE)
        self.settings = Settings()
        self.server = PusherTest.Server()
        self.server_settings = Settings()  # how to reach it
        self.n_rooms = 0
        for name, (kind, description) in OPTIONS.items():
            self.add_main_option(name, 0, GLib.OptionFlags.NONE, kind, description, None)

    def do_startup(self):
        Adw.Application.do_startup(self)
        self.settings.load()
        css = Gtk.CssProvider()
        css.load_from_path(str(UI / "style.css"))
        Gtk.StyleContext.add_provider_for_display(Gdk.Display.get_default(), css,
                                                  Gtk.STYLE_PROVIDER_PRIORITY_APPLICATION)

        for name, keys, callback in (
                ("new-window", "<Control>n", lambda *_: self.open_window(None)),
                ("preferences", "<Control>comma", self.show_preferences)):
            action = Gio.SimpleAction(name=name)
            action.connect("activate", callback)
            self.add_action(action)
            self.set_accels_for_action(f"app.{name}", [keys])
        self.set_accels_for_action("window.close", ["<Control>w"])
        self.server_running = Gio.SimpleAction(name="server-running", enabled=False,
                                               state=GLib.Variant("b", False))
        self.server_running.connect("change-state", self.change_server_running)
        self.add_action(self.server_running)

    # Whoever names a server is not sent to a process that uses another one.
    def do_handle_local_options(self, options):
        if options.contains("key"):
            self.set_flags(self.get_flags() | Gio.ApplicationFlags.NON_UNIQUE)
        return -1

    def do_command_line(self, command_line):
        options = command_line.get_options_dict().end().unpack()
        if self.n_rooms == 0:
            self.settings.set_options(options)
        self.open_window(options.get("name"))
        return 0

    # The built-in server

    def start_server(self):
        self.server.start()
        # As long as the server is there, it knows what was said.
        store = self.server.get_store()
        store.keep(CHANNEL)
        self.server_settings.set_properties(
            host="127.0.0.1", port=self.server.get_port(), use_tls=False,
            key=self.server.get_key(), secret=self.server.get_secret(),
            history=f"{store.get_endpoint()}{{?channel,after,last}}")
        self.server_running.set_enabled(True)
        self.server_running.set_state(GLib.Variant("b", True))

    def change_server_running(self, action, state):
        if not state.unpack():
            self.server.stop()
            action.set_state(state)
            return
        try:
            self.start_server()
        except GLib.Error as error:
            self.get_active_window().add_toast(error.message)

    # Windows

    def enter(self, window):
        try:
            if self.settings.embedded and not self.server_running.get_enabled():
                self.start_server()
            window.room.open(self.server_settings if self.settings.embedded else self.settings)
        except GLib.Error as error:
            window.add_toast(error.message)

    def open_window(self, user_name):
        self.n_rooms += 1
        own_name = self.settings.name + (f" {self.n_rooms}" if self.n_rooms > 1 else "")
        window = Window(room=Room(user_name or own_name), application=self)
        self.enter(window)
        window.present()

    def show_preferences(self, action, parameter):
        preferences = Preferences(self.settings, transient_for=self.get_active_window())
        preferences.connect("applied", self.preferences_applied)
        preferences.present()

    def preferences_applied(self, preferences):
        for window in self.get_windows():
            if isinstance(window, Window):
                self.enter(window)
        self.settings.save()


if __name__ == "__main__":
    sys.exit(Application().run(sys.argv))
