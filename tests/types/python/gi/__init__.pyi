# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

# Stands for PyGObject-stubs, which Debian does not have, in the test of our own stubs:
# of what those build on there is as much as they need, and all else is Any.

from typing import Any

def __getattr__(name: str) -> Any: ...
