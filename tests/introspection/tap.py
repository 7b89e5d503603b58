# Copyright 2026 The pusher-glib authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Runs the unittest cases of a program and reports in the TAP protocol."""

import sys
import traceback
import unittest

# What a callback raises goes nowhere: the binding prints it and carries on.
raised_in_callbacks = []


def note_exception(kind, value, trace):
    raised_in_callbacks.append("".join(traceback.format_exception(kind, value, trace)))


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.problem = None
        self.skip_reason = None

    def startTest(self, test):
        super().startTest(test)
        self.problem = None
        self.skip_reason = None

    def stopTest(self, test):
        for text in raised_in_callbacks:
            self.problem = f"{self.problem or ''}\nin a callback:\n{text}"
        raised_in_callbacks.clear()

        if self.problem is not None:
            print("\n".join(f"# {line}" for line in self.problem.splitlines()))
        outcome = "ok" if self.problem is None else "not ok"
        skip = f" # SKIP {self.skip_reason}" if self.skip_reason is not None else ""
        name = test.id().replace("__main__.", "")
        print(f"{outcome} {self.testsRun} {name}{skip}", flush=True)

        if self.problem is not None and self.wasSuccessful():
            self.failures.append((test, self.problem))
        super().stopTest(test)

    def addError(self, test, err):
        super().addError(test, err)
        self.problem = self.errors[-1][1]

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.problem = self.failures[-1][1]

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.problem = f"{self.problem or ''}{subtest}\n{self._exc_info_to_string(err, test)}"

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.skip_reason = reason


def main():
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"])
    result = TapResult()

    sys.excepthook = note_exception
    print(f"1..{suite.countTestCases()}")
    suite.run(result)
    sys.exit(not result.wasSuccessful())
