# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs the command-line tool beside servers in the main loop of the test."""

import fcntl
import json
import os
import pathlib
import pty
import struct
import subprocess
import sys
import tempfile
import termios

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "introspection"))
import tap  # noqa: E402, F401
from fixture import GLib, PusherCase, PusherTest, wait_until  # noqa: E402

DONE, FAILED, USAGE, TIMED_OUT, LOST = range(5)
PATIENCE = 60


class Output:
    """What arrives at one end of a pipe or a pseudo-terminal."""

    def __init__(self, descriptor):
        self.text = ""
        self.count = 0  # of lines
        self.ended = False
        self.descriptor = descriptor
        self.source = GLib.unix_fd_add_full(
            GLib.PRIORITY_DEFAULT, descriptor, GLib.IOCondition.IN | GLib.IOCondition.HUP, self.read
        )

    def read(self, descriptor, condition):
        try:
            data = os.read(descriptor, 65536)
        except OSError:  # what a pseudo-terminal says at its end
            data = b""
        self.text += data.decode()
        self.count += data.count(b"\n")
        if not data:
            self.ended = True
            self.source = None
            return GLib.SOURCE_REMOVE
        return GLib.SOURCE_CONTINUE

    def close(self):
        if self.source is not None:
            GLib.source_remove(self.source)
            self.source = None
        os.close(self.descriptor)

    @property
    def lines(self):
        """Those that are complete."""
        return self.text.replace("\r\n", "\n").split("\n")[:-1]

    @property
    def objects(self):
        return [json.loads(line) for line in self.lines]


class Tool:
    """One run of the tool: `out` and `err` are what it has written so far."""

    def __init__(self, arguments, environment, text=None, columns=None, descriptors=(),
                 program=None, folder=None, merged=False, stdin=None):
        """On a terminal with so many columns, if it has any; “merged” has what is said on standard
        error among the output."""
        errors, errors_end = os.pipe()
        if columns is None:
            output, output_end = os.pipe()
        else:
            output, output_end = pty.openpty()
            size = struct.pack("HHHH", 24, columns, 0, 0)
            fcntl.ioctl(output_end, termios.TIOCSWINSZ, size)
        self.process = subprocess.Popen(
            [program or os.environ["PUSHER_TOOL"], *arguments],
            stdin=stdin or (subprocess.DEVNULL if text is None else subprocess.PIPE),
            stdout=output_end,
            stderr=output_end if merged else errors_end,
            cwd=folder,
            env=environment,
            pass_fds=descriptors,
        )
        os.close(output_end)
        os.close(errors_end)
        self.out, self.err = Output(output), Output(errors)
        if text is not None:
            self.process.stdin.write(text.encode(errors="surrogateescape"))
            self.process.stdin.close()

    def wait(self):
        """Until it has ended; the result is its status."""
        wait_until(lambda: self.out.ended and self.err.ended, PATIENCE)
        return self.process.wait()

    def wait_for_text(self, text):
        """On standard error."""
        self.wait_for(lambda: text in self.err.text, f"{text!r}")

    def wait_for_lines(self, count):
        """On standard output."""
        self.wait_for(lambda: self.out.count >= count, f"{count} lines")

    def wait_for(self, condition, what):
        def is_over():
            return condition() or (self.out.ended and self.err.ended)

        wait_until(is_over, PATIENCE)
        assert condition(), f"no {what}, but:\n{self.out.text}\n{self.err.text}"

    def interrupt(self, number):
        self.process.send_signal(number)

    def stop(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.out.close()
        self.err.close()


class ToolCase(PusherCase):
    """A case with a server, and a home directory of its own."""

    def setUp(self):
        super().setUp()
        self.home = tempfile.TemporaryDirectory(prefix="pusher-tool-")
        self.addCleanup(self.home.cleanup)
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("PUSHER_")
        }
        self.environment.update(HOME=self.home.name, XDG_CONFIG_HOME=self.home.name)

    def expect_violation(self):
        """Of the protocol, by what the case has done."""
        self.assertIsNotNone(self.server.get_last_violation())
        self.server.stop()
        self.server = PusherTest.Server()

    def use_server(self):
        """By the environment."""
        self.environment.update(
            PUSHER_APP_KEY=self.server.props.key,
            PUSHER_HOST="127.0.0.1",
            PUSHER_PORT=str(self.server.props.port),
            PUSHER_SCHEME="http",
        )

    def use_secret(self):
        self.environment["PUSHER_APP_SECRET"] = self.server.props.secret

    def use_rest(self):
        """All that the REST interface wants."""
        self.use_server()
        self.use_secret()
        self.environment["PUSHER_APP_ID"] = self.server.props.app_id

    def tool(self, *arguments, **options):
        """Starts it."""
        tool = Tool(arguments, self.environment, **options)
        self.addCleanup(tool.stop)
        return tool

    def run_tool(self, *arguments, status=DONE, **options):
        """Runs it to its end."""
        tool = self.tool(*arguments, **options)
        self.assertEqual(tool.wait(), status, tool.err.text)
        return tool

    def listen(self, *arguments, channels=1, **options):
        """Starts it to listen, and waits until it hears."""
        tool = self.tool("listen", *arguments, **options)
        wait_until(lambda: tool.err.text.count("* subscribed to ") >= channels or tool.err.ended,
                   PATIENCE)
        self.assertGreaterEqual(tool.err.text.count("* subscribed to "), channels, tool.err.text)
        return tool
