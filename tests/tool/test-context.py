#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Named settings."""

import os
import pathlib

import tool
from tool import DONE, USAGE


class Context(tool.ToolCase):
    @property
    def file(self):
        return pathlib.Path(self.home.name) / "pusher-glib" / "contexts"

    def add(self, name, *options, secret="s3cret"):
        self.run_tool("context", "add", name, *options, "--secret-fd", "0", text=secret + "\n")

    def test_first_is_in_use_and_secret_never_shown(self):
        self.add("shop", "--key", "4f0b", "--cluster", "eu")
        self.add("lab", "--key", "77", "--host", "localhost", "--port", "6001", "--no-tls")

        self.assertEqual(self.run_tool("context", "list").out.lines, ["* shop", "  lab"])
        shown = self.run_tool("context", "show")
        self.assertEqual(shown.out.lines, ["key=4f0b", "secret=(not shown)", "cluster=eu"])
        self.assertEqual(
            self.run_tool("context", "show", "lab").out.lines,
            ["key=77", "secret=(not shown)", "host=localhost", "port=6001", "scheme=http"],
        )

    def test_file_is_for_its_owner_only(self):
        os.umask(0)
        self.add("shop", "--key", "4f0b", "--cluster", "eu")

        self.assertEqual(self.file.stat().st_mode & 0o777, 0o600)
        self.assertEqual(self.file.parent.stat().st_mode & 0o777, 0o700)

    def test_use_and_remove(self):
        self.add("shop", "--key", "4f0b", "--cluster", "eu")
        self.add("lab", "--key", "77", "--host", "localhost")
        self.run_tool("context", "use", "lab")
        self.assertEqual(self.run_tool("context", "list").out.lines, ["  shop", "* lab"])

        self.run_tool("context", "remove", "lab")
        self.assertEqual(self.run_tool("context", "list").out.lines, ["  shop"])
        self.assertEqual(self.run_tool("context", "show").out.text, "")

    def test_what_is_wrong_is_said(self):
        for arguments, text in (
            (["use", "nowhere"], "There is no context “nowhere”."),
            (["remove", "nowhere"], "There is no context “nowhere”."),
            (["show", "nowhere"], "There is no context “nowhere”"),
            (["add"], "“context” needs:"),
            (["paint", "x"], "“context” needs:"),
            (["add", "a]b"], "“a]b” cannot be the name of a context."),
            (["add", "x", "--port", "many"], "“many” is not a port."),
        ):
            with self.subTest(arguments):
                run = self.run_tool("context", *arguments, status=USAGE)
                self.assertIn(text, run.err.text)
                self.assertEqual(run.out.text, "")

    def test_broken_file_is_named(self):
        self.file.parent.mkdir()
        self.file.write_text("no group\n", encoding="utf-8")

        run = self.run_tool("listen", "news", status=USAGE)
        self.assertIn(str(self.file), run.err.text)

    def test_one_asked_for_goes_before_the_environment(self):
        self.environment.update(PUSHER_APP_KEY="other", PUSHER_HOST="nowhere.invalid")
        self.add("here", "--key", self.server.props.key, "--host", "127.0.0.1", "--port",
                 str(self.server.props.port), "--no-tls", secret=self.server.props.secret)

        self.run_tool("trigger", "--context", "here", "private-chat", "client-typing", status=DONE)

    def test_server_of_the_options_is_not_mixed_with_another(self):
        self.environment.update(PUSHER_HOST="nowhere.invalid", PUSHER_PORT="1")
        self.use_secret()
        options = ["--key", self.server.props.key, "--host", "127.0.0.1", "--no-tls"]

        run = self.run_tool("trigger", *options, "--port", str(self.server.props.port),
                            "private-chat", "client-typing")
        self.assertEqual(run.err.text, "")


if __name__ == "__main__":
    tool.tap.main()
