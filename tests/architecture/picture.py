# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Reads a picture of words, with lines that lead from those above to those below."""

import re

# Where each line goes: east, west, south and north
E, W, S, N = (1, 0), (-1, 0), (0, 1), (0, -1)
LINES = {"─": {E, W}, "│": {N, S}, "┌": {E, S}, "┐": {W, S}, "└": {E, N}, "┘": {W, N},
         "├": {E, N, S}, "┤": {W, N, S}, "┬": {E, W, S}, "┴": {E, W, N}, "┼": {E, W, N, S}}
WORD = re.compile(r"[a-z][\w/-]*")


class Picture:
    def __init__(self, text):
        self.words = []
        self.word_at = {}  # each place of each word
        self.lines = {}
        for y, row in enumerate(text.splitlines()):
            for match in WORD.finditer(row):
                self.words.append(match[0])
                self.word_at |= {(x, y): match[0] for x in range(*match.span())}
            self.lines |= {(x, y): LINES[sign] for x, sign in enumerate(row) if sign in LINES}

    def find_next(self, place):
        """The lines that go on where this one ends."""
        for x, y in self.lines[place]:
            there = place[0] + x, place[1] + y
            if (-x, -y) in self.lines.get(there, ()):
                yield there

    def follow(self, start):
        seen, left = set(), {start}
        while left:
            place = left.pop()
            seen.add(place)
            left |= set(self.find_next(place)) - seen
        return seen

    def get_arrows(self):
        """Each word above a line, with each one below it."""
        arrows, left = set(), set(self.lines)
        while left:
            line = self.follow(min(left))
            above = {self.word_at.get((x, y - 1)) for x, y in line if N in self.lines[x, y]}
            below = {self.word_at.get((x, y + 1)) for x, y in line if S in self.lines[x, y]}
            arrows |= {(one, other) for one in above - {None} for other in below - {None}}
            left -= line
        return arrows

    def find_loose_ends(self):
        for place, ways in sorted(self.lines.items()):
            words = {way for way in ways & {N, S}
                     if (place[0] + way[0], place[1] + way[1]) in self.word_at}
            if len(words) + len(list(self.find_next(place))) < len(ways):
                yield f"a line ends in column {place[0] + 1} of line {place[1] + 1}"
