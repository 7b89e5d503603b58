#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The help, the manual page and the completions agree with the program."""

import os
import pathlib
import re
import shlex
import subprocess

import tool
from tool import USAGE

SOURCES = pathlib.Path(__file__).resolve().parents[2] / "tool"
MANUAL = (SOURCES / "pusher-glib.1").read_text(encoding="utf-8").replace("\\-", "-")
COMMAND = re.compile(r"^  ([a-z]+)  +(\S.*)$", re.MULTILINE)
OPTION = re.compile(r"^  (?:-(\w), )?--([a-z][a-z-]*)", re.MULTILINE)
OF_GLIB = {"help", "help-all", "help-server"}


def section_of(command):
    """What the manual page says of a command."""
    match = re.search(rf"^\.SS {command}\n(.*?)(?=^\.S[SH] )", MANUAL, re.MULTILINE | re.DOTALL)
    return match[1] if match else ""


def plain(text):
    """The lines of a part of the manual page without macros and fonts."""
    for line in text.splitlines():
        macro, _, rest = line.partition(" ")
        if re.fullmatch(r"\.[BIR]{2}", macro):
            yield "".join(shlex.split(rest))
        elif macro in (".B", ".I"):
            yield rest
        else:
            yield line


def options_in(text):
    """(letter, name) of each that has an entry."""
    entries = (re.match(r"(?:-(\w), )?--([a-z][a-z-]*)", line)
               for before, line in zip([""] + text.splitlines(), plain(text)) if before == ".TP")
    return {(entry[1] or "", entry[2]) for entry in entries if entry}


class Help(tool.ToolCase):
    def commands(self):
        return dict(COMMAND.findall(self.run_tool("--help").out.text))

    def options(self, command, which):
        text = self.run_tool(command, which).out.text
        return {(letter, name) for letter, name in OPTION.findall(text) if name not in OF_GLIB}

    def test_manual_has_the_commands(self):
        commands = self.commands()
        self.assertIn("listen", commands)
        named = re.search(r"^\.SH COMMANDS\n(.*?)^\.SH ", MANUAL, re.MULTILINE | re.DOTALL)[1]
        self.assertEqual(sorted(re.findall(r"^\.SS (\w+)$", named, re.MULTILINE)),
                         sorted(commands))

    def test_manual_has_the_options(self):
        for command in self.commands():
            with self.subTest(command):
                server = self.options(command, "--help-server")
                own = self.options(command, "--help-all") - server
                self.assertEqual(options_in(section_of(command)), own)

    def test_manual_has_the_options_of_the_server(self):
        section = re.search(r"^\.SH OPTIONS\n(.*?)^\.SH ", MANUAL, re.MULTILINE | re.DOTALL)[1]
        self.assertEqual(options_in(section), self.options("listen", "--help-server"))

    def test_manual_has_the_arguments(self):
        for command in self.commands():
            with self.subTest(command):
                usage = self.run_tool(command, "--help").out.lines[1]
                arguments = usage.partition(f"{command} ")[2]
                synopsis = " ".join(plain(section_of(command).split("\n.PP\n")[0]))
                self.assertEqual(synopsis, f"pusher-glib {command} {arguments}".strip())

    def test_manual_has_the_variables(self):
        source = (SOURCES / "settings.c").read_text(encoding="utf-8")
        variables = set(re.findall(r'"(PUSHER_[A-Z_]+)"', source))
        self.assertGreater(len(variables), 10)
        section = re.search(r"^\.SH ENVIRONMENT\n(.*?)^\.SH ", MANUAL, re.MULTILINE | re.DOTALL)[1]
        self.assertEqual(set(re.findall(r"^\.B (PUSHER_[A-Z_]+)$", section, re.MULTILINE)),
                         variables)

    def test_examples_are_of_the_command(self):
        for command in self.commands():
            text = self.run_tool(command, "--help").out.text
            examples = re.findall(r"^  pusher-glib (\w+)", text.partition("Examples:")[2],
                                  re.MULTILINE)
            with self.subTest(command):
                self.assertEqual(set(examples), {command})

    def test_no_help_is_wider_than_a_terminal(self):
        for command in self.commands():
            for line in self.run_tool(command, "--help-all").out.lines:
                with self.subTest(command):
                    self.assertLessEqual(len(line), 110, line)

    def test_what_is_no_command(self):
        self.assertIn("There is no command.", self.run_tool(status=USAGE).err.text)
        self.assertIn("There is no command “sing”.", self.run_tool("sing", status=USAGE).err.text)

    def test_version(self):
        self.assertRegex(self.run_tool("--version").out.text, r"^pusher-glib \d+\.\d+\.\d+\n$")


class Completion(tool.ToolCase):
    """Of bash, as it calls the function."""

    def complete(self, *words):
        program = pathlib.Path(os.environ["PUSHER_TOOL"]).parent
        script = (
            f'source "{SOURCES}/completions/pusher-glib.bash"; COMP_WORDS=("$@"); '
            'COMP_CWORD=$(($# - 1)); _pusher_glib; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        environment = {**self.environment, "PATH": f"{program}:{self.environment['PATH']}"}
        run = subprocess.run(["bash", "-c", script, "bash", "pusher-glib", *words], check=True,
                             capture_output=True, text=True, env=environment, timeout=tool.PATIENCE)
        self.assertEqual(run.stderr, "")
        return run.stdout.split()

    def test_commands(self):
        self.assertEqual(self.complete("li"), ["listen"])
        self.assertIn("context", self.complete(""))

    def test_options(self):
        self.assertEqual(self.complete("listen", "--ev"), ["--event"])
        self.assertEqual(self.complete("listen", "--clus"), ["--cluster"])

    def test_contexts(self):
        self.run_tool("context", "add", "shop", "--key", "1")
        self.assertEqual(self.complete("listen", "--context", "s"), ["shop"])
        self.assertEqual(self.complete("context", "u"), ["use"])
        self.assertEqual(self.complete("context", "use", ""), ["shop"])


if __name__ == "__main__":
    tool.tap.main()
