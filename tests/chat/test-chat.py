#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The chat, as its users see, hear and drive it.

Usage: test-chat.py SCREENSHOT-DIRECTORY COMMAND…
"""

import os
import pathlib
import re
import sys
import unittest

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

here = pathlib.Path(__file__).parent
sys.path[:0] = [str(here), *(str(here.parent / name) for name in ("introspection", "translations"))]
import german
import tap
from desktop import (Desktop, Program, ask, has_state, is_sensitive, missing_tools, role_of, text_of,
                     wait_for)
from relay import Relay

APP_ID = "org.example.PusherChat"
KEY = ["--key", "test-key", "--secret", "test-secret"]
BUTTON, TEXT, LABEL = Atspi.Role.PUSH_BUTTON, Atspi.Role.TEXT, Atspi.Role.LABEL
PEOPLE, MESSAGES, ENTRY = "Here Now", "Messages", "Message"
BACK = "Back after  s: messages of that time are missing"  # without how long that was
COUNTDOWN = re.compile(r"Next attempt in (\d+) s")


class ChatTest(unittest.TestCase):
    def setUp(self):
        self.programs = []

    def tearDown(self):
        complaints = [program.finish() for program in self.programs]
        self.assertEqual("".join(complaints), "")

    def launch(self, *arguments, **options):
        program = Program(desktop, command + list(arguments), **options)
        self.programs.append(program)
        return program

    def host(self, name):
        """A window whose process has the server."""
        window = self.launch("--embedded", "--name", name).window(name)
        wait_for(lambda: window.names_in_list(PEOPLE) == [name], f"{name} in the list")
        return window

    def guest(self, name, host, *options, port=None):
        """A window of another process."""
        program = self.launch("--name", name, "--host", "127.0.0.1", "--port",
                              port or port_of(host), "--no-tls", *KEY, *options)
        window = program.window(name)
        desktop.place(window, 660, 0)
        return window

    def assert_people(self, window, names):
        wait_for(lambda: sorted(window.names_in_list(PEOPLE)) == sorted(names),
                 f"{names} in the list of {window.title}")

    def assert_message(self, window, text, heading=MESSAGES):
        pattern = re.compile(text)
        wait_for(lambda: any(map(pattern.fullmatch, window.names_in_list(heading))),
                 f"{text!r} among the messages of {window.title}")

    def assert_conversation(self, window, *texts):
        """What is said, and noted, in this order, and no more."""
        wait_for(lambda: texts_of(window) == list(texts),
                 f"{texts} in {window.title}, which has {texts_of(window)}")

    def say(self, window, text):
        desktop.type(window, text)
        desktop.key(window, "Return")
        self.assert_message(window, rf"You: {text}, \d\d:\d\d")

    def screenshot(self, name):
        desktop.screenshot(str(screenshots / f"{name}.png"))


def port_of(window):
    pattern = re.compile(r"127\.0\.0\.1, port (\d+)")
    return next(match[1] for match in map(pattern.fullmatch, window.names(LABEL)) if match)


def history_of(window, port=None):
    """What a window has to be told to see what was said before."""
    url = f"http://127.0.0.1:{port or port_of(window)}/pusher/events{{?channel,after,last}}"
    return ["--history", url]


def texts_of(window):
    """The messages, without times, and without those of who comes and goes."""
    return [re.sub(r", \d\d:\d\d$|(?<=Back after )\d+", "", text)
            for text in window.names_in_list(MESSAGES)
            if not text.endswith((" has joined", " has left"))]


def entry_text(window):
    return text_of(window.find(TEXT, ENTRY))


def menu_items(window):
    """The names of the items or, with versions of GTK that take these from them, their keys."""
    return [ask(node.get_name) or (ask(node.get_attributes) or {}).get("keyshortcuts")
            for node in window.all(Atspi.Role.MENU_ITEM)]


def alerts_in(window):
    return window.names(Atspi.Role.ALERT)


def countdown_in(window):
    matches = filter(None, map(COUNTDOWN.fullmatch, window.names(Atspi.Role.TIMER)))
    return next((int(match[1]) for match in matches), None)


class TestTalk(ChatTest):
    def test_join_write_type_leave(self):
        ada = self.host("Ada")
        grace = self.guest("Grace", ada)
        self.assert_people(ada, ["Ada", "Grace"])
        self.assert_people(grace, ["Ada", "Grace"])
        self.assert_message(ada, "Grace has joined")
        self.assertEqual(grace.names_in_list(MESSAGES), [])

        desktop.type(grace, "Hello")
        wait_for(lambda: ada.statuses() == ["Grace is typing…"], "Grace typing")
        self.assertEqual(grace.statuses(), [])
        self.screenshot("typing")
        desktop.key(grace, "Escape")
        wait_for(lambda: ada.statuses() == [], "Grace not typing")
        self.assertEqual(entry_text(grace), "")

        desktop.type(grace, "Hello Ada")
        wait_for(lambda: ada.statuses() == ["Grace is typing…"], "Grace typing again")
        desktop.key(grace, "Return")
        self.assert_message(ada, r"Grace: Hello Ada, \d\d:\d\d")
        self.assert_message(grace, r"You: Hello Ada, \d\d:\d\d")
        wait_for(lambda: ada.statuses() == [], "Grace not typing after the message")
        self.assertEqual(entry_text(grace), "")

        desktop.type(ada, "Hello")
        desktop.key(ada, "ctrl+Return")
        self.assert_message(grace, r"Ada: Hello, \d\d:\d\d")
        desktop.type(ada, "Grace")
        desktop.key(ada, "alt+s")
        self.assert_message(grace, r"Ada: Grace, \d\d:\d\d")
        ada.write(TEXT, ENTRY, "How are you?")
        ada.click(BUTTON, "Send")
        self.assert_message(grace, r"Ada: How are you\?, \d\d:\d\d")
        self.assertEqual(len(ada.names_in_list(MESSAGES)), 5)
        self.screenshot("talk")

        desktop.type(grace, "Good")
        wait_for(lambda: ada.statuses() == ["Grace is typing…"], "Grace typing at last")
        desktop.key(grace, "ctrl+w")
        self.assertEqual(grace.program.wait_until_over(), 0)
        self.assert_people(ada, ["Ada"])
        self.assert_message(ada, "Grace has left")
        wait_for(lambda: ada.statuses() == [], "nobody typing who has left")

        desktop.key(ada, "ctrl+w")
        self.assertEqual(ada.program.wait_until_over(), 0)

    def test_second_launch_joins_in_a_window(self):
        ada = self.host("Ada")
        second = self.launch("--name", "Grace")
        self.assertEqual(second.wait_until_over(), 0)
        grace = ada.program.window("Grace")
        self.assert_people(grace, ["Ada", "Grace"])
        desktop.key(ada, "ctrl+n")
        third = ada.program.window("Ada 3")
        self.assert_people(third, ["Ada", "Grace", "Ada 3"])

        desktop.type(grace, "two of one process")
        wait_for(lambda: third.statuses() == ["Grace is typing…"], "Grace typing")
        desktop.type(ada, "three")
        wait_for(lambda: re.fullmatch("(Ada and Grace|Grace and Ada) are typing…",
                                      "".join(third.statuses())), "two typing")
        desktop.key(grace, "Return")
        self.assert_message(third, r"Grace: two of one process, \d\d:\d\d")
        desktop.key(grace, "ctrl+w")
        self.assert_people(ada, ["Ada", "Ada 3"])
        wait_for(lambda: not grace.is_open(), "the end of the window")


class TestHistory(ChatTest):
    def test_reopened(self):
        ada = self.host("Ada")
        grace = self.guest("Grace", ada, *history_of(ada))
        self.assert_people(grace, ["Ada", "Grace"])
        self.say(grace, "one")
        self.assert_message(ada, r"Grace: one, \d\d:\d\d")
        self.say(ada, "two")
        self.assert_conversation(grace, "You: one", "Ada: two")
        desktop.key(grace, "ctrl+w")
        self.assertEqual(grace.program.wait_until_over(), 0)
        self.say(ada, "three")

        before = ["Grace: one", "Ada: two", "Ada: three"]
        again = self.guest("Grace", ada, *history_of(ada))
        self.assert_conversation(again, *before)
        desktop.key(ada, "ctrl+n")
        second = ada.program.window("Ada 2")
        self.assert_conversation(second, *before)
        self.say(again, "four")
        for window in ada, second:
            self.assert_message(window, r"Grace: four, \d\d:\d\d")
        self.assert_conversation(second, *before, "Grace: four")
        self.assert_conversation(ada, "Grace: one", "You: two", "You: three", "Grace: four")

        # Without the address of the history it begins with what is said next.
        alan = self.guest("Alan", ada)
        self.assert_people(alan, ["Ada", "Ada 2", "Alan", "Grace"])
        self.say(ada, "five")
        self.assert_conversation(alan, "Ada: five")

    def test_slow(self):
        ada = self.host("Ada")
        self.say(ada, "one")
        relay = self.relay(ada)
        grace = self.guest("Grace", ada, *history_of(ada, relay.port))
        self.assert_people(grace, ["Ada", "Grace"])
        self.say(grace, "two")
        self.assert_message(ada, r"Grace: two, \d\d:\d\d")
        self.say(ada, "three")
        self.say(grace, "four")
        self.assert_message(ada, r"Grace: four, \d\d:\d\d")
        self.assertEqual(texts_of(grace), ["You: two", "You: four"])
        relay.start()
        self.assert_conversation(grace, "Ada: one", "You: two", "Ada: three", "You: four")
        self.say(ada, "five")
        self.assert_conversation(grace, "Ada: one", "You: two", "Ada: three", "You: four",
                                 "Ada: five")

    def relay(self, window):
        relay = Relay(int(port_of(window)))
        self.addCleanup(relay.stop)
        return relay

    def cut_off(self, relay, window):
        relay.stop()
        wait_for(lambda: alerts_in(window), f"the banner of {window.title}")

    def connect_again(self, relay, window):
        relay.start()
        wait_for(lambda: not alerts_in(window), f"no banner at {window.title}")

    def test_cut_off(self):
        ada = self.host("Ada")
        relay = self.relay(ada).start()
        grace = self.guest("Grace", ada, *history_of(ada), port=str(relay.port))
        self.assert_people(grace, ["Ada", "Grace"])
        self.say(ada, "one")
        self.assert_message(grace, r"Ada: one, \d\d:\d\d")
        self.say(grace, "two")
        self.assert_message(ada, r"Grace: two, \d\d:\d\d")

        self.cut_off(relay, grace)
        for text in "three", "four", "five":
            self.say(ada, text)
        desktop.key(ada, "ctrl+n")
        alan = ada.program.window("Ada 2")
        self.assert_people(alan, ["Ada", "Ada 2"])
        self.say(alan, "six")
        desktop.key(alan, "ctrl+w")
        self.assert_people(ada, ["Ada"])
        self.assertEqual(texts_of(grace), ["Ada: one", "You: two"])

        self.connect_again(relay, grace)
        self.assert_people(ada, ["Ada", "Grace"])
        missed = ["Ada: three", "Ada: four", "Ada: five", "Ada 2: six"]
        self.assert_conversation(grace, "Ada: one", "You: two", *missed)
        self.say(ada, "seven")
        self.assert_conversation(grace, "Ada: one", "You: two", *missed, "Ada: seven")
        self.screenshot("history")

        # Once more, from what arrived last
        self.cut_off(relay, grace)
        self.say(ada, "eight")
        self.connect_again(relay, grace)
        self.assert_conversation(grace, "Ada: one", "You: two", *missed, "Ada: seven", "Ada: eight")

    def test_lost(self):
        ada = self.host("Ada")
        relay = self.relay(ada).start()
        nowhere = f"http://127.0.0.1:{port_of(ada)}/none{{?channel,after,last}}"
        grace = self.guest("Grace", ada, "--history", nowhere, port=str(relay.port))
        self.assert_message(grace, "Earlier messages are missing: .*404.*")
        self.assert_people(grace, ["Ada", "Grace"])
        self.say(ada, "one")
        self.assert_message(grace, r"Ada: one, \d\d:\d\d")
        self.cut_off(relay, grace)
        self.say(ada, "two")
        self.connect_again(relay, grace)
        self.assert_message(grace, r"Back after \d+ s: messages of that time are missing")
        self.say(ada, "three")
        error = texts_of(grace)[0]
        self.assert_conversation(grace, error, "Ada: one", BACK, "Ada: three")


class TestServer(ChatTest):
    def set_server_running(self, running):
        desktop.change_action_state(APP_ID, "server-running", GLib.Variant("b", running))

    def assert_countdown(self, window):
        seen = [0]

        def goes_down():
            seen.append(countdown_in(window) or 0)
            return seen[-2] > seen[-1] > 0
        wait_for(goes_down, f"a countdown at {window.title}")

    def test_restart(self):
        ada = self.host("Ada")
        grace = self.guest("Grace", ada)
        alan = self.guest("Alan", ada)
        for window in ada, grace, alan:
            self.assert_people(window, ["Ada", "Grace", "Alan"])
            self.assertEqual(alerts_in(window), [])
            self.assertIsNone(window.find(BUTTON, "Retry Now"))

        self.set_server_running(False)
        for window in ada, grace:
            wait_for(lambda: alerts_in(window), f"the banner of {window.title}")
            self.assertIsNotNone(window.find(BUTTON, "Retry Now"))
            # Who was there last, as long as nothing else is known
            self.assertEqual(len(window.names_in_list(PEOPLE)), 3)
        for window in ada, grace:
            self.assert_countdown(window)
        ada.click(BUTTON, "Retry Now")
        self.assert_countdown(ada)
        self.screenshot("no-server")

        desktop.type(grace, "Is anybody there?")
        self.assertFalse(is_sensitive(grace.find(BUTTON, "Send")))
        desktop.key(grace, "Return")
        wait_for(lambda: any("not subscribed" in name for name in grace.names(LABEL)), "a toast")
        self.screenshot("cannot-send")
        desktop.type(grace, "?")
        wait_for(lambda: entry_text(grace) == "Is anybody there??", "a draft that is still there")
        desktop.key(grace, "BackSpace")

        desktop.key(alan, "ctrl+w")
        self.assertEqual(alan.program.wait_until_over(), 0)
        self.set_server_running(True)
        # Unless the client has been faster
        retry_button = ada.find(BUTTON, "Retry Now")
        if retry_button is not None:
            ask(lambda: retry_button.get_action_iface().do_action(0))
        for window in ada, grace:
            self.assert_people(window, ["Ada", "Grace"])
            wait_for(lambda: not alerts_in(window), f"no banner at {window.title}")
        self.assert_message(grace, r"Back after \d+ s: messages of that time are missing")
        self.assert_message(ada, "Alan has left")
        self.assertEqual(texts_of(ada), [])

        wait_for(lambda: is_sensitive(grace.find(BUTTON, "Send")),
                 "a button that can send again")
        desktop.key(grace, "Return")
        self.assert_message(ada, r"Grace: Is anybody there\?, \d\d:\d\d")
        self.screenshot("recovered")

    def test_refusal(self):
        ada = self.host("Ada")
        program = self.launch("--name", "Grace", "--host", "127.0.0.1", "--port", port_of(ada),
                              "--no-tls", "--key", "wrong-key")
        grace = program.window("Grace")
        wait_for(lambda: alerts_in(grace) == ["The server refuses the connection"], "the banner")
        self.assertTrue(any("wrong-key" in name or "App" in name for name in grace.names(LABEL)),
                        grace.names(LABEL))
        self.assertIsNone(countdown_in(grace))
        desktop.place(grace, 660, 0)
        self.screenshot("refused")
        grace.click(BUTTON, "Retry Now")
        wait_for(lambda: alerts_in(grace) == ["The server refuses the connection"],
                 "another refusal")

    def test_no_authorization(self):
        ada = self.host("Ada")
        program = self.launch("--name", "Grace", "--host", "127.0.0.1", "--port", port_of(ada),
                              "--no-tls", "--key", "test-key", "--secret", "wrong-secret")
        grace = program.window("Grace")
        self.assert_message(grace, "You cannot join: .+")
        self.assertEqual(alerts_in(grace), [])
        self.assertEqual(ada.names_in_list(PEOPLE), ["Ada"])


@unittest.skipUnless("PUSHER_TESTS_LOCALEDIR" in os.environ, "there is no gettext")
@unittest.skipUnless(german.is_possible(), "there is no C.UTF-8")
class TestGerman(ChatTest):
    @classmethod
    def setUpClass(cls):
        locale = german.make_locale(desktop.make_directory("locale"))
        cls.environment = locale | {"TEXTDOMAINDIR": os.environ["PUSHER_TESTS_LOCALEDIR"]}

    def assert_here(self, window, names):
        wait_for(lambda: sorted(window.names_in_list("Gerade hier")) == names,
                 f"{names} in the list of {window.title}")

    def test_texts(self):
        program = self.launch("--embedded", "--name", "Ada", environment=self.environment)
        ada = program.window("Ada")
        self.assert_here(ada, ["Ada"])
        address = re.compile(r"127\.0\.0\.1, Port \d+")
        self.assertTrue(any(map(address.fullmatch, ada.names(LABEL))), ada.names(LABEL))

        desktop.key(ada, "ctrl+n")
        grace = program.window("Ada 2")
        self.assert_here(ada, ["Ada", "Ada 2"])
        self.assert_message(ada, "Ada 2 ist beigetreten", "Nachrichten")
        desktop.type(grace, "Hallo")
        wait_for(lambda: ada.statuses() == ["Ada 2 schreibt …"], "Ada 2 typing")
        desktop.key(grace, "alt+s")
        self.assert_message(ada, r"Ada 2: Hallo, \d\d:\d\d", "Nachrichten")
        self.assert_message(grace, r"Sie: Hallo, \d\d:\d\d", "Nachrichten")

        desktop.key(ada, "ctrl+comma")
        preferences = program.window("Einstellungen")
        preferences.wait_to_find(TEXT, "Rechner eines anderen Servers")
        desktop.resize(preferences, 520, 640)
        self.screenshot("german")
        desktop.key(preferences, "Escape")
        wait_for(lambda: not preferences.is_open(), "the end of the preferences")

        desktop.change_action_state(APP_ID, "server-running", GLib.Variant("b", False))
        countdown = re.compile(r"Nächster Versuch in \d+ s")
        wait_for(lambda: any(map(countdown.fullmatch, ada.names(Atspi.Role.TIMER))), "a countdown")
        self.assertIsNotNone(ada.find(BUTTON, "Jetzt erneut versuchen"))
        self.assertIn(alerts_in(ada), [["Nicht verbunden"], ["Der Server ist nicht erreichbar"]])
        self.screenshot("german-no-server")


class TestPreferences(ChatTest):
    def test_other_server(self):
        ada = self.host("Ada")
        # Another process: one that had the same id would be the first one's guest.
        program = self.launch("--name", "Alan", "--key", "none", "--embedded", config="alan")
        alan = program.window("Alan")
        self.assert_people(alan, ["Alan"])
        own_port = port_of(alan)

        desktop.key(alan, "ctrl+comma")
        preferences = program.window("Preferences")
        self.assertFalse(is_sensitive(preferences.find(TEXT, "Key")))
        desktop.key(preferences, "alt+b")
        wait_for(lambda: is_sensitive(preferences.find(TEXT, "Key")),
                 "settings of another server")
        preferences.write(TEXT, "Key", "test-key")
        preferences.write(TEXT, "Host of Another Server", "127.0.0.1")
        preferences.write(TEXT, "Secret", "test-secret")
        desktop.key(preferences, "alt+t", "alt+p", "ctrl+a")
        desktop.type(preferences, port_of(ada))
        self.screenshot("preferences")
        self.assertEqual(ada.names_in_list(PEOPLE), ["Ada"])
        desktop.key(preferences, "Escape")
        wait_for(lambda: not preferences.is_open(), "the end of the preferences")

        self.assert_people(ada, ["Ada", "Alan"])
        self.assert_people(alan, ["Ada", "Alan"])
        self.assertNotEqual(port_of(alan), own_port)
        desktop.key(alan, "ctrl+w")
        self.assertEqual(program.wait_until_over(), 0)
        self.assert_people(ada, ["Ada"])

        file = desktop.directory / "alan" / "pusher-chat" / "settings.ini"
        self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        again = self.launch("--key", "test-key", config="alan").window("Alan")
        self.assert_people(again, ["Ada", "Alan"])


class TestKeyboard(ChatTest):
    def assert_focus(self, window, role, name):
        def is_there():
            focused = window.focused()
            return focused and (role_of(focused), focused.get_name()) == (role, name)
        wait_for(is_there, f"the focus at {role.value_nick} {name!r}")

    def test_focus_order(self):
        ada = self.host("Ada")
        self.assert_focus(ada, TEXT, ENTRY)
        order = [(BUTTON, "Show Who Is Here"), (BUTTON, "Main Menu"),
                 (Atspi.Role.LIST_ITEM, "Ada"), (Atspi.Role.SCROLL_PANE, MESSAGES), (TEXT, ENTRY)]
        for role, name in order:
            desktop.key(ada, "Tab")
            self.assert_focus(ada, role, name)
        desktop.type(ada, "a")
        wait_for(lambda: is_sensitive(ada.find(BUTTON, "Send")),
                 "something to send")
        desktop.key(ada, "Tab")
        self.assert_focus(ada, BUTTON, "Send")
        desktop.key(ada, "space")
        self.assert_message(ada, r"You: a, \d\d:\d\d")
        self.assert_focus(ada, TEXT, ENTRY)
        desktop.key(ada, "shift+Tab")
        self.assert_focus(ada, Atspi.Role.LIST_ITEM, ada.names_in_list(MESSAGES)[0])

    def test_mnemonics_and_menu(self):
        ada = self.host("Ada")
        desktop.type(ada, "draft")
        desktop.key(ada, "alt+h")
        self.assert_focus(ada, Atspi.Role.LIST_ITEM, "Ada")

        desktop.key(ada, "F10")
        items = lambda: menu_items(ada)
        wait_for(lambda: items() in (["New Window", "Built-in Server Is Running", "Preferences"],
                                     ["Ctrl+N Alt+n", "Alt+b", "Ctrl+, Alt+p"]), "the menu")
        self.screenshot("menu")
        desktop.key(ada, "Escape")
        wait_for(lambda: items() == [], "no menu")
        self.assertEqual(entry_text(ada), "draft")

        pressed = lambda: has_state(ada.find(BUTTON, "Show Who Is Here"), Atspi.StateType.PRESSED)
        self.assertTrue(pressed())
        ada.click(BUTTON, "Show Who Is Here")
        wait_for(lambda: not pressed(), "a hidden list of people")
        self.screenshot("people-hidden")


class TestScreenReader(ChatTest):
    ROLES = {BUTTON, TEXT, Atspi.Role.LIST, Atspi.Role.LIST_ITEM, Atspi.Role.SPIN_BUTTON,
             Atspi.Role.CHECK_BOX, Atspi.Role.MENU_ITEM}

    def assert_everything_has_a_name(self, window, but=()):
        nameless = [node.get_role_name() for node in window.all()
                    if node.get_role() in self.ROLES and node.get_name() not in but and
                    re.match(r"|Gtk[A-Z]\w*|Adw[A-Z]\w*|.*_.*", node.get_name()).group() ==
                    node.get_name()]
        self.assertEqual(nameless, [])

    def test_names_and_roles(self):
        ada = self.host("Ada")
        desktop.type(ada, "Hello")
        desktop.key(ada, "Return")
        self.assert_message(ada, r"You: Hello, \d\d:\d\d")
        self.assert_everything_has_a_name(ada)
        entry = ada.find(TEXT, ENTRY)
        self.assertEqual(entry.get_description(), "Return sends it, Escape discards it")
        self.assertTrue(has_state(entry, Atspi.StateType.EDITABLE))
        self.assertEqual(len(ada.all(Atspi.Role.STATUS_BAR)), 1)

        desktop.key(ada, "ctrl+comma")
        preferences = ada.program.window("Preferences")
        # A button inside of a row for passwords, of libadwaita
        self.assert_everything_has_a_name(preferences, but=["GtkImage"])
        desktop.key(preferences, "Escape")
        wait_for(lambda: not preferences.is_open(), "the end of the preferences")


if __name__ == "__main__":
    screenshots = pathlib.Path(sys.argv[1])
    command = sys.argv[2:]
    if missing_tools():
        print(f"1..0 # SKIP without {', '.join(missing_tools())}")
        sys.exit(0)
    screenshots.mkdir(parents=True, exist_ok=True)
    desktop = Desktop(1300, 680)
    try:
        del sys.argv[1:]
        tap.main()
    finally:
        desktop.stop()
