#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""A library offers all that its last release offered, unchanged.

Usage: check.py api BASELINE GIR VERSION
       check.py abi BASELINE ABIDIFF ABIDW LIBRARY HEADER…

What is new is listed, and is no fault.
"""

import pathlib
import sys

import abi
import api

HINT = """\
Programs that were made for the last release do not build or run with this any more. If that is
what you want, read “Versions” in CONTRIBUTING.md before you write the baseline anew:
meson compile -C BUILDDIR abi-baseline"""


def check_api(baseline, gir, version):
    lines = pathlib.Path(baseline).read_text(encoding="utf-8").splitlines()
    return api.compare(lines, version, api.describe(gir))


def check_abi(baseline, abidiff, abidw, library, *headers):
    return abi.compare(abidiff, baseline, abi.dump(abidw, library, headers))


def main(kind, baseline, *arguments):
    check = {"api": check_api, "abi": check_abi}[kind]
    problems, additions = check(baseline, *arguments)

    print("1..1")
    for text in [f"new: {addition}" for addition in additions] + problems + [HINT] * bool(problems):
        print("\n".join(f"# {line}" for line in text.splitlines()))
    name = pathlib.Path(baseline).name
    print(f"{'not ok' if problems else 'ok'} 1 - all of {name} is still there")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
