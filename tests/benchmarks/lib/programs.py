# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The programs that are measured: starting one beside a server of its own."""

import json
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent.parent
TIMEOUT = 300  # s; what takes longer has lost a message

SERVER_SETTINGS = ('mode', 'warm-up', 'count', 'payload', 'channels', 'names', 'members', 'prefix',
                   'activity-timeout')
STORE_SETTINGS = ('work', 'count', 'payload', 'page')


class Failure(Exception):
    pass


class Programs:
    """What the build directory and the npm packages have."""

    def __init__(self, build, with_peers):
        self.build = pathlib.Path(build).resolve()
        self.directory = self.build / 'tests' / 'benchmarks'
        if not (self.directory / 'flood-server').exists():
            raise Failure(f'{build} is no compiled build directory of pusher-glib')

        libraries = str(self.build / 'pusher-glib')
        self.environment = {
            **os.environ, 'GIO_USE_PROXY_RESOLVER': 'dummy', 'GSETTINGS_BACKEND': 'memory',
            'LD_LIBRARY_PATH': f'{libraries}:{libraries}/testing',
            'GI_TYPELIB_PATH': f'{libraries}:{libraries}/testing', 'LC_ALL': 'C.UTF-8'}
        self.commands = {name: [str(self.directory / name)] for name in (
            'catch-up', 'connect-pusher', 'open-sodium', 'receive-pusher', 'receive-pusher-at-once', 'receive-soup')}
        if (self.build / 'pusher-glib' / 'Pusher-1.typelib').exists():
            self.commands['receive.py'] = ['/usr/bin/python3', str(HERE / 'receive.py')]
            self.commands['receive.js'] = ['gjs', '-m', str(HERE / 'receive.js')]
        if with_peers:
            self.install_peers()

    def install_peers(self):
        packages = self.build / 'tests' / 'interop' / 'packages'
        install = subprocess.run(
            [HERE.parent / 'interop' / 'install', packages, 'benchmarks', HERE],
            stdout=subprocess.PIPE, text=True)
        if install.returncode != 0:
            raise Failure('the peers cannot be installed; --without-peers leaves them out')

        self.node = install.stdout.strip()
        for name in 'receive-ws', 'receive-pusher-js', 'receive-pusher-client':
            self.commands[f'{name}.js'] = [
                self.node, '--expose-gc', str(HERE / 'peers' / f'{name}.js'),
                f'packages={packages}/benchmarks']

    def has(self, program):
        return program in self.commands

    def _finish(self, command):
        try:
            process = subprocess.run(command, env=self.environment, capture_output=True, text=True,
                                     timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            raise Failure(f'{" ".join(command)} does not end: it waits for a message') from None
        if process.returncode != 0:
            raise Failure(f'{" ".join(command)} ended with {process.returncode}: {process.stderr}')
        return process

    def _server_of(self, program, settings):
        if program == 'catch-up':
            command, names = ['/usr/bin/python3', HERE / 'store-server.py'], STORE_SETTINGS
        else:
            command, names = [self.directory / 'flood-server'], SERVER_SETTINGS
        return command + [f'{name}={settings[name]}' for name in names if name in settings]

    def _with_server(self, program, settings, use):
        with subprocess.Popen(self._server_of(program, settings), env=self.environment,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
            try:
                return use(server.stdout.readline().strip())
            finally:
                server.stdin.close()

    def run(self, program, settings):
        """What the program printed of itself."""
        arguments = [f'{name}={value}' for name, value in settings.items() if name != 'page']

        def use(port):
            command = self.commands[program] + [f'port={port}', *arguments]
            return json.loads(self._finish(command).stdout.splitlines()[-1])

        return self._with_server(program, settings, use)

    def instructions(self, program, settings, profile='/dev/null'):
        """How many the whole life of the program took."""
        arguments = [f'{name}={value}' for name, value in settings.items()]

        def use(port):
            command = ['valgrind', '--tool=callgrind', f'--callgrind-out-file={profile}',
                       *self.commands[program], f'port={port}', *arguments]
            log = self._finish(command).stderr
            return int(re.search(r'Collected : (\d+)', log)[1])

        return self._with_server(program, settings, use)
