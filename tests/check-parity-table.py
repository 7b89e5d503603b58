#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The tests that doc/coming-from-pusher-js.md names exist, and each row of its
tables names one, or says that the thing is not here."""

import pathlib
import re
import sys

here = pathlib.Path(__file__).parent
page = (here.parent / "doc" / "coming-from-pusher-js.md").read_text(encoding="utf-8")
rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| pusher-js |")]
faults = []

for row in rows:
    here_it_is, proof = [cell.strip() for cell in row.strip("|").split(" | ")][-2:]
    test = re.fullmatch(r"`(.+)`", proof)
    if test is None:
        if not (proof == "–" and "not here" in here_it_is):
            faults.append(f"names no test: {row}")
    elif not any(here.rglob(test[1])):
        faults.append(f"there is no {test[1]}")

print("1..1")
print("\n".join(f"# {fault}" for fault in faults))
print("ok 1 - parity table" if rows and not faults else "not ok 1 - parity table")
sys.exit(bool(faults) or not rows)
