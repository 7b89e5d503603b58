# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""pusher-glib.doap, which lists of projects read"""

import re
from xml.etree import ElementTree

DOAP = "{http://usefulinc.com/ns/doap#}"
FOAF = "{http://xmlns.com/foaf/0.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
FILES = ["pusher-glib.doap", "meson.build", "README.md"]
ONCE = ["name", "shortdesc", "description", "license"]
LANGUAGES = ["C", "JavaScript", "Python", "Vala"]
LICENSES = "https://spdx.org/licenses/"


def check_texts(project):
    for name in ONCE:
        found = project.findall(DOAP + name)
        if len(found) != 1:
            yield f"there are {len(found)} elements “{name}”"
        elif not (found[0].text or found[0].get(RDF + "resource") or "").strip():
            yield f"“{name}” is empty"
    if (project.findtext(DOAP + "shortdesc") or "").strip().endswith("."):
        yield "“shortdesc” is a sentence"


def check_meson(project, text):
    name = re.search(r"^project\('(.*?)'", text, re.MULTILINE)[1]
    license_id = re.search(r"^  license: '(.*)',$", text, re.MULTILINE)[1]
    if project.findtext(DOAP + "name") != name:
        yield f"the name is not {name}"
    for element in project.findall(DOAP + "license"):
        if element.get(RDF + "resource") != LICENSES + license_id:
            yield f"the license is not {license_id}"


def check_languages(project, readme):
    found = [element.text for element in project.findall(DOAP + "programming-language")]
    if found != LANGUAGES:
        yield f"the languages are {found}"
    for language in found:
        if language not in readme:
            yield f"the README does not know {language}"


def check_maintainers(project):
    found = project.findall(f"{DOAP}maintainer/*/{FOAF}name")
    if not any((name.text or "").strip() for name in found):
        yield "nobody has a name"


def check(root, _version):
    doap, meson, readme = ((root / name).read_text(encoding="utf-8") for name in FILES)
    try:
        project = ElementTree.fromstring(doap.encode())
    except ElementTree.ParseError as error:
        yield "it is well-formed", [str(error)]
        return
    yield "it is well-formed", []
    yield "it is a DOAP project", [] if project.tag == DOAP + "Project" else [project.tag]
    yield "it has what is required, and once", check_texts(project)
    yield "it has the name and the license of meson.build", check_meson(project, meson)
    yield "it has the languages of the README", check_languages(project, readme)
    yield "it says who maintains it", check_maintainers(project)


PLANTED = [
    ("a tag that is not closed", "pusher-glib.doap", "</maintainer>", ""),
    ("another namespace", "pusher-glib.doap", "usefulinc.com/ns/doap#", "usefulinc.com/ns/doap/"),
    ("an empty text", "pusher-glib.doap", "GObject client for the Pusher Channels protocol", " "),
    ("no description", "pusher-glib.doap", "description", "remark"),
    ("a sentence", "pusher-glib.doap", "protocol</shortdesc>", "protocol.</shortdesc>"),
    ("another name", "pusher-glib.doap", ">pusher-glib<", ">pusher<"),
    ("another license", "pusher-glib.doap", "LGPL-2.1-or-later\"", "LGPL-2.1-only\""),
    ("a language less", "pusher-glib.doap", ">Vala<", ">C++<"),
    ("a language that the README lacks", "README.md", "Vala", "Genie"),
    ("nobody who maintains it", "pusher-glib.doap", "The pusher-glib authors</", " </"),
]
