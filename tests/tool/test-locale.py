#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The tool in the language of the user."""

import os
import pathlib
import sys

import tool
from tool import USAGE

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "translations"))
import german  # noqa: E402


class German(tool.ToolCase):
    def setUp(self):
        super().setUp()
        folder = pathlib.Path(self.home.name) / "locale"
        folder.mkdir()
        self.environment.update(german.make_locale(folder),
                                TEXTDOMAINDIR=os.environ["PUSHER_TESTS_LOCALEDIR"])

    def test_help(self):
        overview = self.run_tool("--help").out.text
        self.assertIn("Befehle:", overview)
        self.assertNotIn("Project-Id-Version", overview)

        details = self.run_tool("listen", "--help").out.text
        self.assertIn("listen KANAL …", details)
        self.assertIn("Beispiele:", details)
        # A command without arguments, and one without a description
        for command in "rtt", "channels", "serve":
            self.assertNotIn("Project-Id-Version", self.run_tool(command, "--help").out.text)

    def test_error(self):
        run = self.run_tool("listen", "prices", status=USAGE)
        self.assertIn("Es gibt keinen Schlüssel", run.err.text)

    def test_what_programs_read_is_not_translated(self):
        self.use_server()
        run = self.tool("listen", "-n", "1", "--json", "prices")
        run.wait_for_text("* prices ist abonniert")
        self.server.publish("prices", "changed", "{}")
        run.wait()
        self.assertEqual(set(run.out.objects[0]), {"time", "channel", "event", "data"})


if __name__ == "__main__":
    tool.tap.main()
