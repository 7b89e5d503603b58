#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs what a page of the documentation shows.

Usage: check-snippets.py [--source DIR --build DIR] [--PROGRAM PATH…] PAGE

Without a build directory the library is the one that is installed.

Each fenced block with a language is a test. What is done with it is said by an
HTML comment in the line before it:

  <!-- snippet: program prints TEXT -->  a whole program: it is connected to a
                                         server that publishes, and prints TEXT
  <!-- snippet: task prints TEXT -->     the same, and it ends by itself then
  <!-- snippet: test -->                 a whole program of tests, which pass
  <!-- snippet: compile -->              C that is not run
  <!-- snippet: gtk -->                  with a display, if there is one
  <!-- snippet: endpoint -->             a server, which then authorizes a client
  <!-- snippet: store -->                a server, which then remembers what it has published
  <!-- snippet: pusher-js -->            JavaScript for pusher-js, which tests/interop runs
  <!-- snippet: scene NAME -->           as without a comment, and with it there happens what
                                         PAGE.json beside this file has under that name
  <!-- snippet: laravel-echo NAME -->    JavaScript for Laravel Echo: the scene runs in tests/interop
  <!-- snippet: logs -->                 Python with the variables “client” and
                                         “server”, which logs for debugging what
                                         stands in the block after it
  <!-- snippet: terminals -->            shell commands that tests/tool runs side by side
  <!-- snippet: remove -->               shell commands: .ci/installing has an order for them
  <!-- snippet: not run: REASON -->      nothing

Without a comment, C, Python, JavaScript and Vala run with the variables
“client”, “channel” and “server”, until an event has arrived at every channel.
Functions and classes of C and Vala stay for the blocks below them. Shell commands
are parsed, and so is JSON. XML is a schema of GSettings, for the blocks below it.
"""

import argparse
import difflib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
BLOCK = re.compile(
    r"(?:^<!-- snippet: (?P<how>.*?) -->\n)?^```(?P<language>\w+)\n(?P<text>.*?)^```$",
    re.DOTALL | re.MULTILINE)
FOLLOWING = re.compile(r"(?:(?!^```).*\n)*?^```\n(?P<text>(?:(?!^```).*\n)*)^```$", re.MULTILINE)
LIBRARIES = ("pusher-glib-1", "pusher-glib-testing-1")
REDIRECTED = ["-Dpusher_client_open=snippet_client_open",
              "-Dpusher_client_open_async=snippet_client_open_async"]
PROGRAMS = ("program", "task")
SERVERS = ("endpoint", "store")
TIMEOUT = 60
# GTK warns if there is no session bus for screen readers, and nobody needs one here.
WITHOUT_BUS = {**os.environ, "GTK_A11Y": "none"}
# What GLib puts before a line of the log, and what differs from run to run.
LOGGED = re.compile(r"^\(.*?:\d+\): Pusher-DEBUG: [\d:.]+: (.*)$", re.MULTILINE)
DIFFERING = (
    (re.compile(r"(?<=127\.0\.0\.1:)\d+"), "PORT"),
    (re.compile(r"(?<=in )\d+\.\d(?= s$)"), "SECONDS"),
)
# Whether there is a system bus is another matter.
OF_SYSTEM = re.compile(r"^(No system bus|No news of the system|Cannot watch the clock)")
DEFINITION = {
    "c": re.compile(r"^\w+ \([^;]*?\)\n{", re.MULTILINE),
    "vala": re.compile(r"^(public |async )*(class|void|bool|int|string) \w+.*{$", re.MULTILINE),
}


class Failure(Exception):
    pass


class Skip(Exception):
    pass


def run(command, **options):
    process = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, **options)
    output = process.stdout + process.stderr
    complaints = ("JS ERROR", "JS WARNING", "Traceback")
    if process.returncode != 0 or any(complaint in output for complaint in complaints):
        raise Failure(f"{shlex.join(map(str, command))}: {process.returncode}\n{output}")
    return process.stdout


def ask_pkg_config(*packages):
    return run(["pkg-config", "--cflags", "--libs", *packages]).split()


def make_comparable(lines):
    lines = [line for line in lines if not OF_SYSTEM.match(line)]
    for pattern, word in DIFFERING:
        lines = [pattern.sub(word, line) for line in lines]
    return lines


class Runner:
    def __init__(self, options, folder):
        self.options = options
        self.folder = folder
        self.definitions = {"c": "", "vala": ""}
        scenes = HERE / (options.page.stem + ".json")
        self.scenes = json.loads(scenes.read_text("utf-8")) if scenes.exists() else {}
        self.environment = WITHOUT_BUS
        self.flags = []
        self.vapis = []
        if options.build:
            self.use_build(options.source, options.build)
        else:
            self.use_installed()

    def use_build(self, source, build):
        libraries = [build / "pusher-glib", build / "pusher-glib" / "testing"]
        self.flags += [f"-I{source}", f"-I{build}", f"-I{libraries[0]}",
                       *ask_pkg_config("gio-2.0", "libsoup-3.0", "json-glib-1.0")]
        self.vapis += ["--pkg=json-glib-1.0", "--pkg=libsoup-3.0"]
        for library, name in zip(libraries, LIBRARIES):
            self.flags += [f"-L{library}", f"-Wl,-rpath,{library}", f"-l{name}"]
            self.vapis += [f"--vapidir={library}", f"--pkg={name}"]

    def use_installed(self):
        self.flags += ask_pkg_config(*LIBRARIES)
        self.vapis += [f"--pkg={name}" for name in LIBRARIES]

    def need(self, name):
        program = getattr(self.options, name)
        if not program:
            raise Skip(f"no {name}")
        return program

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def run_snippet(self, language, how, text, following):
        kind, _, rest = how.partition(" ")
        if kind == "not":
            raise Skip(f"not {rest}")
        if kind == "laravel-echo" and rest in self.scenes:
            raise Skip("run by tests/interop")
        if kind == "scene":
            rest = json.dumps(self.scenes[rest])
        if kind == "logs":
            rest = following
        getattr(self, "run_" + language)(kind, rest.removeprefix("prints "), text)

    # Compiled

    def compile_c(self, harness, arguments):
        run([self.need("cc"), "-Wall", "-Wextra", "-Werror", "-Wno-unused", "-Wno-unused-parameter",
             *arguments, harness, "-o", self.folder / "program", f"-I{self.folder}", *self.flags])

    def run_c(self, kind, expected, text):
        if kind in PROGRAMS:
            program = self.write("snippet.c", text)
            self.compile_c(HERE / "program.c", [*REDIRECTED, program])
            self.run_compiled(kind, expected)
            return
        if kind == "test":
            self.compile_c(self.write("snippet.c", text), [])
            run([self.folder / "program"])
            return
        is_definition = DEFINITION["c"].search(text) is not None
        if is_definition:
            self.definitions["c"] += text
        self.write("definitions.h", self.definitions["c"])
        self.write("statements.h", "" if is_definition else text)
        self.compile_c(HERE / "statements.c", [HERE / "scene.c"])
        if not is_definition and kind != "compile":
            scene = expected if kind == "scene" else "{}"
            run([self.folder / "program"], env={**os.environ, "SCENE": scene})

    def run_compiled(self, kind, expected):
        run([self.folder / "program"], env={**os.environ, "KIND": kind, "EXPECTED": expected})

    def compile_vala(self, *arguments):
        run([self.need("valac"), *self.vapis, "-o", "program",
             f"--directory={self.folder}", "-X", "-w", *arguments,
             *(word for flag in self.flags for word in ("-X", flag))])

    def run_vala(self, kind, expected, text):
        if kind in PROGRAMS:
            program = self.write("snippet.vala", text)
            redirected = [word for one in REDIRECTED for word in ("-X", one)]
            self.compile_vala(*redirected, program, HERE / "program.c")
            self.run_compiled(kind, expected)
            return
        if kind == "test":
            self.compile_vala(self.write("snippet.vala", text))
            run([self.folder / "program"])
            return
        is_definition = DEFINITION["vala"].search(text) is not None
        if is_definition:
            self.definitions["vala"] += text
        statements = "" if is_definition else text
        harness = (HERE / "statements.vala").read_text(encoding="utf-8")
        program = self.write("snippet.vala", harness.replace("// SNIPPET", statements, 1)
                             + self.definitions["vala"])
        self.compile_vala(program)
        if not is_definition:
            run([self.folder / "program"])

    # Scripts

    def run_python(self, kind, expected, text):
        program = self.write("snippet.py", text)
        python = self.need("python")
        if kind in SERVERS:
            self.run_server(kind, [python, program])
        elif kind == "test":
            run([python, program])
        elif kind == "logs":
            self.check_log([python, HERE / "harness.py", kind, program, ""], expected)
        else:
            prefix = self.find_display() if kind == "gtk" else []
            if "asyncio" in text:
                self.need_await(python)
            run([*prefix, python, "-W", "error:::__main__", HERE / "harness.py",
                 kind or "statements", program, expected], env=self.environment)

    def check_log(self, command, expected):
        output = run(command, env={**os.environ, "G_MESSAGES_DEBUG": "Pusher"})
        logged = make_comparable(LOGGED.findall(output))
        shown = make_comparable(expected.splitlines())
        if logged != shown:
            raise Failure("\n".join(difflib.unified_diff(shown, logged, "shown", "logged",
                                                         lineterm="")))

    def need_await(self, python):
        probe = "import gi; print(gi.__version__); exit(gi.version_info < (3, 50))"
        process = subprocess.run([python, "-c", probe], capture_output=True, text=True)
        if process.returncode != 0:
            raise Skip(f"PyGObject {process.stdout.strip()} has no await, 3.50 has")

    def find_display(self):
        probe = "import gi; gi.require_version('Gtk', '4.0'); from gi.repository import Gtk"
        if subprocess.run([self.need("python"), "-c", probe], capture_output=True).returncode != 0:
            raise Skip("no GTK 4")
        if shutil.which("xvfb-run") is None:
            raise Skip("no xvfb-run")
        return ["xvfb-run", "-a"]

    def run_js(self, kind, expected, text):
        if kind in SERVERS:
            self.run_server(kind, [self.need("node"), self.write("snippet.js", text)])
            return
        if kind == "pusher-js":
            raise Skip("run by tests/interop")
        program = self.write("snippet.js", text)
        if kind == "test":
            run([self.need("gjs"), "-m", program])
            return
        run([self.need("gjs"), "-m", HERE / "harness.js", kind or "statements", program, expected])

    # Servers

    def run_php(self, kind, expected, text):
        program = self.write("snippet.php", text)
        self.run_server(kind, [self.need("php"), "-S", "127.0.0.1:PORT", program])

    def run_server(self, kind, command):
        run([self.need("python"), HERE / f"check-{kind}.py", *command])

    # Parsed

    def run_sh(self, kind, expected, text):
        run(["bash", "-n"], input=text)

    def run_console(self, kind, expected, text):
        commands = [line[2:] for line in text.splitlines() if line.startswith("$ ")]
        if not commands:
            raise Failure("no line begins with “$ ”")
        self.run_sh(kind, expected, "\n".join(commands))

    def run_json(self, kind, expected, text):
        json.loads(text)

    def run_xml(self, kind, expected, text):
        self.write("snippet.gschema.xml", text)
        run(["glib-compile-schemas", "--strict", self.folder])
        self.environment = {**self.environment, "GSETTINGS_SCHEMA_DIR": str(self.folder)}


def read_blocks(page):
    text = page.read_text(encoding="utf-8")
    fences = len(re.findall(r"^```", text, re.MULTILINE))
    blocks = list(BLOCK.finditer(text))
    plain = len(re.findall(r"^```\n(?:(?!```).*\n)*?```$", text, re.MULTILINE))
    if fences != 2 * (len(blocks) + plain):
        raise Failure(f"{fences} fences, but {len(blocks)} snippets, {plain} without language")
    for block in blocks:
        line = text[:block.start("language")].count("\n") + 1
        following = FOLLOWING.match(text, block.end())
        yield (line, block["language"], block["how"] or "", block["text"],
               following["text"] if following else "")


def parse_options():
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path)
    for name in "cc", "gjs", "node", "php", "python", "valac":
        parser.add_argument("--" + name)
    parser.add_argument("page", type=pathlib.Path)
    return parser.parse_args()


def check(runner, snippet):
    try:
        runner.run_snippet(*snippet)
    except Skip as reason:
        return "ok", f" # SKIP {reason}"
    except (Failure, LookupError, ValueError, subprocess.SubprocessError) as problem:
        print("\n".join(f"# {line}" for line in str(problem).splitlines()))
        return "not ok", ""
    return "ok", ""


def main():
    options = parse_options()
    blocks = list(read_blocks(options.page))
    failed = False

    print(f"1..{len(blocks)}")
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(options, pathlib.Path(folder))
        for number, (line, *snippet) in enumerate(blocks, 1):
            outcome, skip = check(runner, snippet)
            failed |= outcome != "ok"
            print(f"{outcome} {number} - {options.page.name}:{line} {snippet[0]}{skip}", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main())
