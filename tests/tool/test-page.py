#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The commands of the page about the tool print what it shows.

Those of a block run in one shell, in the order of the page, at the server that it tells to start. A
block may have a comment before it: “serve” is that server, “settings” are those that it prints, and
“meanwhile: COMMAND” runs once the tool has subscribed.
"""

import os
import pathlib
import re

import tool

SOURCES = pathlib.Path(__file__).resolve().parents[2]
PAGE = SOURCES / "doc" / "tool.md"
README = SOURCES / "README.md"
BLOCK = re.compile(r"(?:^<!-- ([^\n]*) -->\n)?^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SETTING = re.compile(r"^ +(PUSHER_\w+=\S+)$", re.MULTILINE)
DIFFERING = [
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "TIME"),
    (re.compile(r'"time":"[^"]*"'), '"time":TIME'),
]


def make_comparable(lines):
    text = "\n".join(lines)
    for pattern, word in DIFFERING:
        text = pattern.sub(word, text)
    return text


class Page(tool.ToolCase):
    def setUp(self):
        super().setUp()
        folder = pathlib.Path(os.environ["PUSHER_TOOL"]).parent
        self.environment.update(PATH=f"{folder}:{self.environment['PATH']}", NO_COLOR="1")

    def shell(self, text):
        run = tool.Tool(["-c", text], self.environment, program="bash", columns=0,
                        folder=self.home.name, merged=True)
        self.addCleanup(run.stop)
        return run

    def serve(self, text):
        commands = [line.removeprefix("$ ") for line in text.splitlines()]
        server = self.shell(f"exec {commands[0]} --port 0")
        server.wait_for(lambda: "Laravel Echo" in server.out.text, "settings")
        self.environment.update(setting.split("=", 1) for setting in SETTING.findall(
            server.out.text.replace("\r", "")) if "ENDPOINT" not in setting)

    def test_readme(self):
        text = README.read_text(encoding="utf-8")
        block = text.partition("<!-- snippet: terminals -->\n```console\n")[2].partition("```")[0]
        commands = [line.removeprefix("$ ") for line in block.splitlines()]
        self.assertEqual(len(commands), 3)

        self.serve(commands[0])
        listener = self.shell(f"exec {commands[1]}")
        listener.wait_for(lambda: "* subscribed" in listener.out.text, "subscription")
        self.assertEqual(self.shell(commands[2]).wait(), tool.DONE)
        listener.wait_for(lambda: "prices  price-changed  12.5" in listener.out.text, "event")

    def check_settings(self, text):
        """Those of the page are the server's, but for the port."""
        for setting in re.findall(r"PUSHER_\w+=\S+", text):
            name, _, value = setting.partition("=")
            if name != "PUSHER_PORT":
                self.assertEqual(self.environment[name], value)

    def check(self, text, meanwhile):
        lines = text.splitlines()
        shown = [line for line in lines if not line.startswith("$ ")]
        run = self.shell("\n".join(line[2:] for line in lines if line.startswith("$ ")))
        if meanwhile:
            channel = meanwhile.split()[2]
            check = f"until pusher-glib channels --json | grep -q {channel}; do :; done; {meanwhile}"
            self.assertEqual(self.shell(check).wait(), tool.DONE)
        run.wait()
        if shown or "doctor" not in text:
            self.assertEqual(make_comparable(run.out.lines), make_comparable(shown))
        self.assertNotEqual(run.process.returncode, tool.USAGE, run.out.text)

    def test_blocks(self):
        blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
        self.assertGreater(len(blocks), 10)
        for how, text in blocks:
            with self.subTest(text):
                if how == "serve":
                    self.serve(text)
                elif how == "settings":
                    self.check_settings(text)
                else:
                    self.check(text, how.removeprefix("meanwhile: "))


if __name__ == "__main__":
    tool.tap.main()
