#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""The links of the documentation lead to files and headings that there are.

Usage: check-links.py SOURCES-DIRECTORY [BUILT-DOCUMENTATION…]

In the sources, pages of doc/ link to each other as they are called when they are
built, PAGE.html. In what was built, every local link of every page is looked at.
Nothing is fetched from a network.
"""

import html.parser
import pathlib
import re
import sys
import urllib.parse

LINK = re.compile(r"(?<![!\\])\[[^\]]+\]\(([^)\s]+)\)")
CODE = re.compile(r"^```.*?^```$|`[^`\n]*`", re.DOTALL | re.MULTILINE)


def heading_anchors(text):
    for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def read(path):
    return path.read_text(encoding="utf-8")


def find_broken_in_page(root, page):
    text = CODE.sub("", read(page))
    for link in LINK.findall(text):
        address = urllib.parse.urlsplit(link)
        if address.scheme:
            continue
        # Pages of the reference itself are looked at when they are built.
        if re.fullmatch(r"(class|property|method|signal|error)\.[\w.-]+\.html", address.path):
            continue
        target = page
        if address.path:
            target = page.parent / address.path
            if page.parent == root / "doc" and target.suffix == ".html":
                target = target.with_suffix(".md")
        if not target.exists():
            yield f"{page.relative_to(root)}: {link}"
        elif address.fragment and address.fragment not in heading_anchors(read(target)):
            yield f"{page.relative_to(root)}: {link}: no such heading"


class Html(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.anchors = set()
        self.links = []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.anchors |= {attributes[name] for name in ("id", "name") if attributes.get(name)}
        for name in "href", "src":
            if attributes.get(name):
                self.links.append(attributes[name])


def parse_html(path):
    page = Html()
    page.feed(read(path))
    return page


def find_broken_in_site(site):
    pages = {path: parse_html(path) for path in site.rglob("*.html")}
    for path, page in pages.items():
        for link in page.links:
            address = urllib.parse.urlsplit(link)
            if address.scheme or address.netloc or link.startswith("javascript:"):
                continue
            target = (path.parent / urllib.parse.unquote(address.path)) if address.path else path
            target = pathlib.Path(*target.parts) if not target.is_dir() else target / "index.html"
            if not target.exists():
                yield f"{path.relative_to(site)}: {link}"
            elif address.fragment and target in pages:
                if address.fragment not in pages[target].anchors:
                    yield f"{path.relative_to(site)}: {link}: no such anchor"


def main(root, *sites):
    root = pathlib.Path(root)
    pages = sorted([*root.glob("*.md"), *root.glob("doc/*.md"), root / "examples/chat/README.md",
                    root / "tests/interop/README.md"])
    checks = [(page.relative_to(root), find_broken_in_page(root, page)) for page in pages]
    checks += [(site, find_broken_in_site(pathlib.Path(site))) for site in sites]
    failed = False

    print(f"1..{len(checks)}")
    for number, (name, broken) in enumerate(checks, 1):
        broken = sorted(set(broken))
        failed |= bool(broken)
        print("".join(f"# {link}\n" for link in broken), end="")
        print(f"{'not ok' if broken else 'ok'} {number} - links of {name}")
    return failed


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
