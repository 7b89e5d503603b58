# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The code of conduct: who decides, how to report, and that people find it"""

import re

CONDUCT = "CODE_OF_CONDUCT.md"
FROM = ["README.md", "CONTRIBUTING.md"]
FILES = [CONDUCT, *FROM]
SAYS = ["maintainers decide", "SECURITY.md#reporting-a-fault"]


def check_words(text, words):
    return [f"“{word}” is missing" for word in words if word not in " ".join(text.split())]


def check(root, _version):
    texts = {name: (root / name).read_text(encoding="utf-8") for name in FILES}

    yield "it says who decides, and how to report", check_words(texts[CONDUCT], SAYS)
    # An address in a file that stays may lead to nobody some day.
    yield "it has no addresses", re.findall(r"\S+@\S+|https?://\S+", texts[CONDUCT])
    for name in FROM:
        yield f"{name} leads to it", check_words(texts[name], [f"]({CONDUCT})"])


PLANTED = [
    ("nobody who decides", CONDUCT, "maintainers decide", "decision is made"),
    ("no way to report", CONDUCT, "SECURITY.md", "README.md"),
    ("an address", CONDUCT, "by mail", "by mail to somebody@example.org"),
    ("a page that does not lead to it", "CONTRIBUTING.md", CONDUCT, "README.md"),
]
