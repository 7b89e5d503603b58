#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Writes what a library offers, for check.py to compare with what it offers later.

Usage: update.py BASELINE VERSION GIR ABIDW LIBRARY HEADER…

BASELINE is the name of both files, without .api and .abi. This is for a release, and for a change
that is meant.
"""

import pathlib
import sys

import abi
import api


def main(baseline, version, gir, abidw, library, *headers):
    lines = api.describe(gir)
    title = f"What {pathlib.Path(baseline).name} offers in version {version}"
    for suffix, text in (
            (".api", "\n".join([title, *lines, ""])),
            (".abi", abi.dump(abidw, library, headers)),
    ):
        path = pathlib.Path(baseline + suffix)
        path.write_text(text, encoding="utf-8")
        print(f"{path.name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main(*sys.argv[1:])
