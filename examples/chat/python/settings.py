# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

import configparser
import os
import pathlib
from typing import Callable

from gi.repository import Adw, GLib, GObject, Gtk, Pusher

from translations import _

PATH = pathlib.Path(GLib.get_user_config_dir(), "pusher-chat", "settings.ini")
UI = pathlib.Path(__file__).parent.parent / "ui"
OPTIONS = {
    "name": (GLib.OptionArg.STRING, _("Your name")),
    "embedded": (GLib.OptionArg.NONE, _("Use the built-in server")),
    "key": (GLib.OptionArg.STRING, _("Key of the application at a server")),
    "cluster": (GLib.OptionArg.STRING, _("Its cluster at pusher.com")),
    "host": (GLib.OptionArg.STRING, _("Host of another server")),
    "port": (GLib.OptionArg.INT, _("Its port, if not the usual one")),
    "no-tls": (GLib.OptionArg.NONE, _("Connect without TLS")),
    "endpoint": (GLib.OptionArg.STRING, _("Address of the auth endpoint")),
    "secret": (GLib.OptionArg.STRING, _("Secret of the application")),
    "history": (GLib.OptionArg.STRING, _("Address of what was said before")),
}


class Settings(GObject.Object):
    """How to reach a server, and who we are there. Kept in a file."""

    name = GObject.Property(type=str, default=GLib.get_user_name())
    embedded = GObject.Property(type=bool, default=True)
    key = GObject.Property(type=str, default="")
    cluster = GObject.Property(type=str, default="")
    host = GObject.Property(type=str, default="")
    port = GObject.Property(type=int, default=0, minimum=0, maximum=65535)
    use_tls = GObject.Property(type=bool, default=True)
    endpoint = GObject.Property(type=str, default="")
    secret = GObject.Property(type=str, default="")
    history = GObject.Property(type=str, default="")

    def load(self):
        file = configparser.RawConfigParser()
        try:
            file.read(PATH)
            for pspec in self.list_properties() if file.has_section("chat") else []:
                default = pspec.default_value
                readers: dict[type, Callable] = {bool: file.getboolean, int: file.getint}
                read = readers.get(type(default), file.get)
                self.set_property(pspec.name, read("chat", pspec.name, fallback=default))
        except (configparser.Error, TypeError, ValueError) as error:
            print(f"Cannot read {PATH}: {error}")

    def save(self):
        file = configparser.RawConfigParser()
        file["chat"] = {pspec.name: self.get_property(pspec.name)
                        for pspec in self.list_properties()}
        PATH.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # The secret is nobody else's business.
        with open(os.open(PATH, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as output:
            file.write(output)

    def set_options(self, options):
        """What the command line says counts more than what was saved."""
        self.embedded = "embedded" in options or ("key" not in options and self.embedded)
        self.use_tls = "no-tls" not in options and self.use_tls
        for name in options.keys() - {"embedded", "no-tls"}:
            self.set_property(name, options[name])

    def apply(self, client, user_id, user_name):
        """Brings the client to the server of the settings. Its channels stay."""
        if self.endpoint:
            authorizer = client.use_endpoint(self.endpoint)
            # Who the user is the endpoint decides; it may look at these.
            authorizer.set_param("user_id", user_id)
            authorizer.set_param("user_name", user_name)
        elif self.secret:
            authorizer = Pusher.SecretAuthorizer(secret=self.secret)
            authorizer.set_member(user_id, user_name)
            client.set_authorizer(authorizer)
        else:
            client.set_authorizer(None)
        client.set_properties(host=self.host or None, port=self.port, use_tls=self.use_tls)
        client.switch_cluster(self.key, self.cluster or None)
        client.open()


@Gtk.Template(filename=str(UI / "chat-preferences.ui"))
class Preferences(Adw.PreferencesWindow):
    __gtype_name__ = "ChatPreferences"
    __gsignals__ = {"applied": (GObject.SignalFlags.RUN_LAST, None, ())}
    name = Gtk.Template.Child()
    embedded = Gtk.Template.Child()
    key = Gtk.Template.Child()
    cluster = Gtk.Template.Child()
    host = Gtk.Template.Child()
    port = Gtk.Template.Child()
    use_tls = Gtk.Template.Child()
    endpoint = Gtk.Template.Child()
    secret = Gtk.Template.Child()
    history = Gtk.Template.Child()
    changed = False

    def __init__(self, settings, **kwargs):
        super().__init__(**kwargs)
        for setting in settings.list_properties():
            widget = getattr(self, setting.name.replace("-", "_"))
            name = next(name for name in ("active", "value", "text") if widget.find_property(name))
            settings.bind_property(setting.name, widget, name, GObject.BindingFlags.SYNC_CREATE |
                                   GObject.BindingFlags.BIDIRECTIONAL)
        settings.connect("notify", self.setting_changed)

    def setting_changed(self, settings, pspec):
        self.changed = True

    def do_close_request(self):
        self.port.update()  # what was typed last it has not taken yet
        if self.changed:
            self.emit("applied")
        return Adw.PreferencesWindow.do_close_request(self)
