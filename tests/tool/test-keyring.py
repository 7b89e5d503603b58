#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Secrets of contexts in a keyring: without a desktop, the file that libsecret encrypts."""

import pathlib

import tool
from tool import FAILED, USAGE


class Keyring(tool.ToolCase):
    def setUp(self):
        super().setUp()
        self.keyring = pathlib.Path(self.home.name) / "keyring"
        self.environment.update(SECRET_BACKEND="file", SECRET_FILE_TEST_PATH=str(self.keyring),
                                SECRET_FILE_TEST_PASSWORD="open")

    def add(self, *options):
        self.run_tool("context", "add", "here", "--key", self.server.props.key, "--host",
                      "127.0.0.1", "--port", str(self.server.props.port), "--no-tls", "--secret-fd",
                      "0", *options, text=self.server.props.secret)

    def read_file(self):
        path = pathlib.Path(self.home.name) / "pusher-glib" / "contexts"
        return path.read_text(encoding="utf-8")

    def test_secret_is_used_and_not_in_the_file(self):
        self.add("--keyring")
        self.assertNotIn(self.server.props.secret, self.read_file())
        self.assertNotIn(self.server.props.secret.encode(), self.keyring.read_bytes())

        self.run_tool("trigger", "private-chat", "client-x")
        self.assertIn("secret=(not shown)", self.run_tool("context", "show").out.lines)

    def test_removed_with_the_context(self):
        self.add("--keyring")
        self.run_tool("context", "remove", "here")
        self.add()
        self.assertIn(self.server.props.secret, self.read_file())
        self.environment["SECRET_FILE_TEST_PASSWORD"] = "another"

        self.run_tool("trigger", "private-chat", "client-x")

    def test_moved_into_the_file(self):
        self.add("--keyring")
        self.add()

        self.run_tool("trigger", "private-chat", "client-x")
        self.assertIn(self.server.props.secret, self.read_file())

    def test_closed_keyring_is_said(self):
        self.add("--keyring")
        self.environment["SECRET_FILE_TEST_PASSWORD"] = "another"
        run = self.run_tool("trigger", "private-chat", "client-x", status=USAGE)

        self.assertIn("Keyring: ", run.err.text)
        self.assertEqual(self.run_tool("context", "list").out.lines, ["* here"])

    def test_keyring_that_cannot_be_written_is_said(self):
        self.environment["SECRET_FILE_TEST_PATH"] = "/proc/keyring"
        run = self.run_tool("context", "add", "here", "--key", "1", "--secret-fd", "0", "--keyring",
                            text="s3cret", status=FAILED)

        self.assertTrue(run.err.text)
        self.assertEqual(self.run_tool("context", "list").out.text, "")


if __name__ == "__main__":
    tool.tap.main()
