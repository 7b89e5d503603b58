# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

from typing import Any, Generator, Generic, TypeVar

_T = TypeVar("_T")

class Async(Generic[_T]):
    def cancel(self) -> None: ...
    def __await__(self) -> Generator[Any, Any, _T]: ...

def __getattr__(name: str) -> Any: ...
