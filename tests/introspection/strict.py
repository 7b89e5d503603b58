# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs a program of GJS, and fails if GJS complains.

GJS says as messages what it thinks of scripts, and what their handlers throw:
G_DEBUG=fatal-warnings does not end them.
"""

import subprocess
import sys

process = subprocess.run(sys.argv[1:], stderr=subprocess.PIPE, text=True)
print(process.stderr, file=sys.stderr, end="")
complains = "JS WARNING" in process.stderr or "JS ERROR" in process.stderr
if complains:
    print("Bail out! GJS complains")
sys.exit(process.returncode or complains)
