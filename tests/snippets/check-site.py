#!/usr/bin/env python3
# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""What frames the pages of the documentation, as it was built.

Usage: check-site.py [--address TITLE=URL…] SITE [PART/PAGE=TITLE…]

SITE is the directory of a reference. All the pages are given, in the order of the sidebar. An
address without a URL is one that the project was not told: nothing of the site may show it.
"""

import argparse
import html.parser
import pathlib
import sys

FRONT = "index"
LANGUAGES = ("C", "Python", "JavaScript", "Vala")
HAS_NO_END = {"br", "col", "hr", "img", "input", "link", "meta"}


class Element:
    def __init__(self, name, attributes=()):
        self.name, self.attributes, self.children = name, dict(attributes), []

    def __getitem__(self, name):
        return self.attributes.get(name, "")

    def all(self, name, of_class=""):
        for child in self.children:
            if isinstance(child, Element):
                if child.name == name and (not of_class or of_class in child["class"].split()):
                    yield child
                yield from child.all(name, of_class)

    def text(self):
        return "".join(child.text() if isinstance(child, Element) else child
                       for child in self.children)


class Page(html.parser.HTMLParser):
    """What ends without having begun, or the other way round, is left to browsers."""

    def __init__(self, text):
        super().__init__()
        self.open = [Element("page")]
        self.feed(text)

    def handle_starttag(self, name, attributes):
        element = Element(name, attributes)
        self.open[-1].children.append(element)
        if name not in HAS_NO_END:
            self.open.append(element)

    def handle_endtag(self, name):
        if name in [element.name for element in self.open[1:]]:
            while self.open.pop().name != name:
                pass

    def handle_data(self, text):
        self.open[-1].children.append(text)


def read(path):
    return Page(path.read_text(encoding="utf-8")).open[0]


def words(element):
    return " ".join(element.text().split())


def find_in_sidebar(pages, name, page):
    """Yields what is wrong with the list of pages at the side of one of them."""
    sidebar = next(page.all("nav", "sidebar"))
    links = [(link["href"], words(link)) for link in sidebar.all("a")]
    for other, (_, title) in pages.items():
        if links.count((f"{other}.html", title)) != 1:
            yield f"the sidebar has not “{title}” once"
    marked = [link["href"] for link in sidebar.all("a", "current")]
    if marked != [f"{name}.html"]:
        yield f"the sidebar marks {marked}"
    titles = [words(heading) for heading in sidebar.all("h5")]
    parts = list(dict.fromkeys(part for part, _ in pages.values()))
    if titles[:len(parts)] != parts:
        yield f"the sidebar has the parts {titles}"


def find_in_neighbours(pages, name, page):
    """Yields what is wrong with the links to the pages before and after one."""
    part = [other for other in pages if pages[other][0] == pages[name][0]]
    place = part.index(name)
    expected = {"prev": part[place - 1:place], "next": part[place + 1:place + 2]}
    for relation, others in expected.items():
        found = [link["href"] for link in page.all("a") if link["rel"] == relation]
        if found != [f"{other}.html" for other in others]:
            yield f"{relation} leads to {found}"


def find_in_page(pages, name, page):
    headings = [words(heading) for heading in page.all("h1")]
    expected = "pusher-glib" if name == FRONT else pages[name][1]
    if headings != [expected]:
        yield f"has the titles {headings}, not “{expected}”"
    yield from find_in_sidebar(pages, name, page)
    yield from find_in_neighbours(pages, name, page)


def find_in_front(page):
    if "chat.png" not in [picture["src"] for picture in page.all("img")]:
        yield "has no picture of the chat"
    program = words(next(page.all("pre"), Element("pre")))
    if "MainLoop" not in program:
        yield "does not begin with a program"
    links = [(link["href"], words(link)) for link in page.all("a")]
    for language in LANGUAGES:
        if (f"getting-started.html#{language.lower()}", language) not in links:
            yield f"has no way in for {language}"


def find_in_addresses(addresses, front, page):
    """Yields what is wrong with the addresses that the project was told, or was not."""
    shown = {words(link): link["href"] for link in next(page.all("nav", "sidebar")).all("a")}
    for title, url in addresses.items():
        if url != shown.get(title, ""):
            yield f"the sidebar has {shown.get(title)} as {title}, not {url}"
        if front and (title in [words(cell) for cell in page.all("td")]) != bool(url):
            yield f"says something else of {title}"
    if any("href" in link.attributes and not link["href"] for link in page.all("a")):
        yield "has a link to nowhere"


def find_in_text(path):
    # What gi-docgen makes of a description that begins with “µs”
    if "Μs" in path.read_text(encoding="utf-8"):
        yield "has “Μs”"


def find_faults(options):
    """Each check, by its name, with what is wrong."""
    site = options.site
    addresses = dict(address.split("=", 1) for address in options.address)
    pages = {}
    for one in options.pages:
        part, rest = one.split("/", 1)
        name, title = rest.split("=", 1)
        pages[name] = part, title

    for name in pages:
        yield f"{name}.html", find_in_page(pages, name, read(site / f"{name}.html"))
    front = read(site / f"{FRONT}.html")
    if pages:
        yield "the front", find_in_front(front)
        other = next(name for name in pages if name != FRONT)
        yield "addresses of a page", find_in_addresses(addresses, False, read(site / f"{other}.html"))
    yield "addresses of the front", find_in_addresses(addresses, True, front)
    yield "units", (f"{path.name} {fault}" for path in sorted(site.glob("*.html"))
                    for fault in find_in_text(path))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--address", action="append", default=[])
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("pages", nargs="*")
    checks = [(name, list(faults)) for name, faults in find_faults(parser.parse_args())]

    print(f"1..{len(checks)}")
    for number, (name, faults) in enumerate(checks, 1):
        print("".join(f"# {fault}\n" for fault in faults), end="")
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    return any(faults for _, faults in checks)


if __name__ == "__main__":
    sys.exit(main())
