# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

from typing import Any

class Error(Exception):
    domain: str
    code: int
    message: str
    @staticmethod
    def new_literal(domain: int, message: str, code: int) -> Error: ...
    def matches(self, domain: int, code: int) -> bool: ...

class Bytes:
    @classmethod
    def new(cls, data: bytes | None) -> Bytes: ...
    def get_data(self) -> bytes | None: ...

def __getattr__(name: str) -> Any: ...
