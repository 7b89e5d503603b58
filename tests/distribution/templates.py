# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What GitLab and GitHub have people fill in"""

import re

BUG = ".gitlab/issue_templates/Bug.md"
FEATURE = ".gitlab/issue_templates/Feature.md"
CHANGE = ".gitlab/merge_request_templates/Default.md"
SAME = {
    BUG: ".github/ISSUE_TEMPLATE/bug.md",
    FEATURE: ".github/ISSUE_TEMPLATE/feature.md",
    CHANGE: ".github/PULL_REQUEST_TEMPLATE.md",
}
CODE = ["pusher-glib/client/pusher-client.h", "pusher-glib/client/pusher-metrics.h"]
FILES = [*SAME, *SAME.values(), *CODE]
ASKED = {
    BUG: ["pusher-glib:", "Server:", "Language:", "What you did", "G_MESSAGES_DEBUG=Pusher",
          "pusher_client_get_metrics ()", "no secrets", "SECURITY.md"],
    FEATURE: ["What you want to do"],
    CHANGE: ["CONTRIBUTING.md", "a test that fails without", "NEWS", "a secret"],
}
HEAD = re.compile(r"---\nname: \S.*\nabout: \S.*\n---\n\n")
FUNCTION = re.compile(r"\b(pusher_\w+) \(\)")


def check_same(gitlab, github, needs_head):
    head = HEAD.match(github)
    if needs_head and not head:
        yield "GitHub is told neither its name nor what it is about"
    if github[head.end() if head else 0:] != gitlab:
        yield "GitHub and GitLab ask for different things"


def check_words(text, words):
    return [f"“{word}” is missing" for word in words if word not in " ".join(text.split())]


def check_functions(text, headers):
    return [f"there is no {name} ()" for name in FUNCTION.findall(text)
            if f"{name} " not in headers]


def check(root, _version):
    texts = {name: (root / name).read_text(encoding="utf-8") for name in FILES}
    headers = "".join(texts[name] for name in CODE)

    for gitlab, github in SAME.items():
        yield f"{github} asks for the same", check_same(texts[gitlab], texts[github],
                                                        gitlab != CHANGE)
        yield f"{gitlab} asks for what is needed", check_words(texts[gitlab], ASKED[gitlab])
        yield f"{gitlab} names functions that there are", check_functions(texts[gitlab], headers)


PLANTED = [
    ("a template of GitHub alone", SAME[BUG], "Language:", "Tongue:"),
    ("a template of GitHub without a name", SAME[FEATURE], "name: Feature\n", ""),
    ("another list for changes", SAME[CHANGE], "[ ]", "[x]"),
    ("a bug without a server", BUG, "Server:", "Machine:"),
    ("a bug without a warning of secrets", BUG, "no secrets", "nothing"),
    ("a function that is gone", CODE[1], "pusher_metrics_to_string", "pusher_metrics_to_text"),
    ("a change without tests", CHANGE, "a test that fails without", "a test of"),
]
