# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A desktop without a screen, its user, and a screen reader.

Programs run on an X server of their own, with a session bus of their own. They are driven by
the keyboard (xdotool), by the actions of their widgets and by those that GApplication exports,
and seen through AT-SPI, as a screen reader sees them.
"""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib

DEADLINE = 60  # seconds, for what takes milliseconds
TOOLS = ["Xvfb", "dbus-daemon", "import", "xdotool"]
COMPLAINT = re.compile(r"CRITICAL|WARNING|Warning|Traceback")


def missing_tools():
    return [tool for tool in TOOLS if shutil.which(tool) is None]


class Desktop:
    def __init__(self, width, height):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="chat-"))
        self.processes = []
        self.environment = {
            name: value for name, value in os.environ.items()
            if not name.startswith(("DBUS_", "XDG_", "WAYLAND_", "AT_SPI_", "GTK_"))
        } | {
            "HOME": str(self.directory),
            "XDG_RUNTIME_DIR": str(self.make_directory("run")),
            "XDG_CONFIG_HOME": str(self.make_config("config")),
            "LC_ALL": "C.UTF-8",
            "GDK_BACKEND": "x11",
            "GSK_RENDERER": "cairo",
            "GTK_A11Y": "atspi",
            "ADW_DISABLE_PORTAL": "1",
            "GSETTINGS_BACKEND": "memory",
            "GIO_USE_PROXY_RESOLVER": "dummy",
            "GIO_USE_VFS": "local",
            "NO_PROXY": "*",
        }

        display = self.start(["Xvfb", "-displayfd", "1", "-screen", "0", f"{width}x{height}x24",
                              "-nolisten", "tcp", "-noreset"])
        self.environment["DISPLAY"] = f":{display}"
        address = self.start(["dbus-daemon", "--session", "--nofork", "--print-address"])
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        os.environ |= self.environment
        Atspi.init()
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        # The events only wake wait_for().
        self.listener = Atspi.EventListener.new(lambda event: None)
        for kind in "object:state-changed", "object:children-changed", "object:property-change":
            self.listener.register(kind)

    def make_directory(self, name):
        directory = self.directory / name
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return directory

    def make_config(self, name):
        """A directory for the settings of programs; may be there already."""
        settings = self.make_directory(f"{name}/gtk-4.0") / "settings.ini"
        settings.write_text("[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=0\n")
        return self.directory / name

    def start(self, command):
        """Starts a server, and returns the line in which it says where it is."""
        log = open(self.directory / f"{command[0]}.log", "w")
        process = subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE,
                                   stderr=log, text=True)
        self.processes.append(process)
        line = process.stdout.readline().strip()
        if not line:
            raise RuntimeError(f"{command[0]} does not start: {open(log.name).read()}")
        return line

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
            process.wait()
            process.stdout.close()
        shutil.rmtree(self.directory, ignore_errors=True)

    # The user

    def key(self, window, *keys):
        self.to_front(window, "key", "--delay", "0", *keys)

    def type(self, window, text):
        self.to_front(window, "type", "--delay", "0", text)

    def to_front(self, window, *and_then):
        x_id = window.x_id()
        self.xdotool("windowraise", x_id, "windowfocus", "--sync", x_id, *and_then)

    def place(self, window, x, y):
        self.xdotool("windowmove", window.x_id(), str(x), str(y))

    def resize(self, window, width, height):
        self.xdotool("windowsize", "--sync", window.x_id(), str(width), str(height))

    def xdotool(self, *arguments):
        return subprocess.run(["xdotool", *arguments], env=self.environment, check=True,
                              stdout=subprocess.PIPE, text=True).stdout

    def screenshot(self, path, window=None):
        subprocess.run(["import", "-silent", "-window", window.x_id() if window else "root", path],
                       env=self.environment, check=True)

    def change_action_state(self, name, action, state):
        self.bus.call_sync(name, "/" + name.replace(".", "/"), "org.gtk.Actions", "SetState",
                           GLib.Variant("(sva{sv})", (action, state, {})), None,
                           Gio.DBusCallFlags.NONE, -1, None)


class Program:
    """One process, which is seen through AT-SPI."""

    def __init__(self, desktop, command, config=None, environment=None):
        self.desktop = desktop
        self.log = tempfile.TemporaryFile(mode="w+", dir=desktop.directory)
        environment = desktop.environment | {"G_DEBUG": "fatal-criticals"} | (environment or {})
        if config is not None:
            environment["XDG_CONFIG_HOME"] = str(desktop.make_config(config))
        self.process = subprocess.Popen(command, env=environment, stderr=self.log)

    def window(self, title):
        """The window of that title, once it is there."""
        wait_for(lambda: self.find_window(title), f"the window of {title}")
        return Window(self, title)

    def find_window(self, title):
        for application in children(Atspi.get_desktop(0)):
            # Nothing is remembered that may have changed since.
            application.set_cache_mask(Atspi.Cache.NONE)
            if ask(application.get_process_id) == self.process.pid:
                for window in children(application):
                    if ask(window.get_name) == title:
                        return window
        return None

    def wait_until_over(self):
        wait_for(lambda: self.process.poll() is not None, "the end of the process")
        return self.process.returncode

    def finish(self):
        """Ends the process if need be, and returns what it has written if it has complained."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()
        self.log.seek(0)
        text = self.log.read()
        self.log.close()
        return text if COMPLAINT.search(text) else ""


class Window:
    def __init__(self, program, title):
        self.program = program
        self.title = title

    def x_id(self):
        found = self.program.desktop.xdotool(
            "search", "--sync", "--all", "--onlyvisible", "--pid", str(self.program.process.pid),
            "--name", f"^{re.escape(self.title)}$")
        return found.split()[0]

    def is_open(self):
        return self.program.find_window(self.title) is not None

    def all(self, role=None, name=None):
        """All that is visible, in the order of the tree."""
        window = self.program.find_window(self.title)
        return [node for node in walk(window) if window is not None and
                role in (None, role_of(node)) and name in (None, ask(node.get_name))]

    def find(self, role, name):
        return next(iter(self.all(role, name)), None)

    def wait_to_find(self, role, name):
        return wait_for(lambda: self.find(role, name), f"{role.value_nick} {name!r}")

    def names(self, role):
        return names_of(self.all(role))

    def statuses(self):
        """A status has a text; whether it has a name, too, depends on the version of GTK."""
        return [text for node in self.all(Atspi.Role.STATUS_BAR) if (text := text_of(node))]

    def names_in_list(self, name):
        found = self.find(Atspi.Role.LIST, name)
        return names_of(item for item in children(found)
                        if ask(item.get_role) == Atspi.Role.LIST_ITEM) if found else []

    def focused(self):
        return next((node for node in self.all() if has_state(node, Atspi.StateType.FOCUSED)), None)

    def click(self, role, name):
        """Does what a screen reader does to press a button."""
        self.wait_to_find(role, name).get_action_iface().do_action(0)

    def write(self, role, name, text):
        """Fills in a field as an input method for the disabled does."""
        self.wait_to_find(role, name).get_editable_text_iface().set_text_contents(text)


def ask(method):
    """What is asked about something that has just gone has no answer."""
    try:
        return method()
    except GLib.Error:
        return None


def role_of(node):
    """Buttons that stay pressed have a role of their own since GTK 4.10."""
    role = ask(node.get_role)
    return Atspi.Role.PUSH_BUTTON if role == Atspi.Role.TOGGLE_BUTTON else role


def names_of(nodes):
    """Without those of nodes that have gone by now."""
    return [name for node in nodes if (name := ask(node.get_name)) is not None]


def children(node):
    for index in range(ask(node.get_child_count) or 0):
        child = ask(lambda: node.get_child_at_index(index))
        if child is not None:
            yield child


def walk(node):
    if not has_state(node, Atspi.StateType.VISIBLE):
        return
    yield node
    for child in children(node):
        yield from walk(child)


def has_state(node, state):
    states = ask(node.get_state_set) if node else None
    return states is not None and states.contains(state)


def is_sensitive(node):
    """GTK says so of what has been made insensitive, and of nothing in it."""
    return node is not None and (
        ask(node.get_role) == Atspi.Role.FRAME or
        has_state(node, Atspi.StateType.SENSITIVE) and is_sensitive(ask(node.get_parent)))


def text_of(node):
    text = node.get_text_iface() if node else None
    if text is None:
        return None
    return ask(lambda: Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)))


def wait_for(condition, what):
    """Runs the main context until the condition holds; returns what it returned."""
    context = GLib.MainContext.default()
    until = time.monotonic() + DEADLINE
    # Not everything that changes is told by an event.
    waker = GLib.timeout_add(50, lambda: GLib.SOURCE_CONTINUE)
    try:
        while not (result := condition()):
            if time.monotonic() > until:
                raise AssertionError(f"waited in vain for {what}")
            context.iteration(True)
        return result
    finally:
        GLib.source_remove(waker)
