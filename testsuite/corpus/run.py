#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""run.py BIN VERSION-CONFIG...: what is found in the real KVM is what is expected.

Every finding on an unmodified kernel must stand in `expected` with the reason
why it is true, and what stands there must be found.
"""

import argparse
import fnmatch
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "Inputs"))

import linux  # noqa: E402

CORE = ("arch/x86/kvm/mmu", "virt/kvm")
# On 32 bits there are half as many asserts, and as many that only who is out of sight
# keeps: more than a twentieth.
OPEN_ON_32_BITS = 4


class Expected:
    def __init__(self, head, where):
        self.where = where
        self.rule, self.file, self.function, self.message = head
        self.configs, self.reason = [], ""

    def on(self, name):
        return any(fnmatch.fnmatchcase(name, p) for p in self.configs if p[0] != "!") and \
            not any(fnmatch.fnmatchcase(name, p[1:]) for p in self.configs if p[0] == "!")

    def is_(self, finding):
        return (self.rule, self.file, self.function, self.message) == tuple(
            finding[k] for k in ("rule", "file", "function", "message"))


def read_expected(path=os.path.join(HERE, "expected")):
    """Blocks of: finding RULE FILE FUNCTION MESSAGE; on PATTERN...; true|exception REASON"""
    blocks = []
    with open(path) as f:
        lines = f.read().splitlines()
    for number, line in enumerate(lines, 1):
        where = "expected:%d" % number
        word, _, rest = line.strip().partition(" ")
        if not word or word.startswith("#"):
            continue
        if word == "finding":
            head = rest.split(None, 3)
            if len(head) != 4:
                raise linux.Broken("%s: expected 'finding RULE FILE FUNCTION MESSAGE'" % where)
            blocks.append(Expected(head, where))
        elif not blocks:
            raise linux.Broken("%s: expected 'finding' before '%s'" % (where, word))
        elif word == "on":
            blocks[-1].configs += rest.split()
        elif word in ("true", "exception"):
            blocks[-1].reason = line.strip()
        elif blocks[-1].reason:
            blocks[-1].reason += " " + line.strip()
        else:
            raise linux.Broken("%s: '%s' is no word of an expectation" % (where, word))
    for block in blocks:
        if not block.configs or not block.reason:
            raise linux.Broken("%s: expected an 'on' and a reason" % block.where)
    return blocks


def stats(tools, files):
    run = subprocess.run([tools.mmucheck, "stats", "--json", "--annotations=" + linux.ANNOTATIONS,
                          *("--in=" + c for c in CORE), *files], capture_output=True, text=True)
    if run.returncode:
        raise linux.Broken("mmucheck stats: exit %d: %s" % (run.returncode, run.stderr.strip()))
    return json.loads(run.stdout)


def differences(name, found, expected):
    """The lines that tell what is found and not expected, and the other way round."""
    wrong = []
    for finding in found:
        if not any(b.is_(finding) for b in expected):
            wrong.append("%s: not expected: finding %s %s %s %s (line %d)" % (
                name, finding["rule"], finding["file"], finding["function"], finding["message"], finding["line"]))
    for block in expected:
        if not any(block.is_(f) for f in found):
            wrong.append("%s: %s: not found: %s: %s in %s() [%s]" % (
                name, block.where, block.file, block.message, block.function, block.rule))
    return wrong


def check(tools, name, blocks, jobs):
    """The lines that tell what is wrong on this kernel."""
    version, _, config = name.partition("-")
    tree = linux.Tree(tools, version, config)
    files = list(tree.facts(jobs).values())
    expected = [b for b in blocks if b.on(name)]
    wrong = differences(name, tools.analyze(files), expected)
    n = stats(tools, files)
    known = n["asserts_proved"] + n["asserts_broken"]
    total = known + n["asserts_open"]
    print("%s: %d units, %d functions, %d findings expected, %d of %d asserts of the MMU and virt/kvm proved or broken" % (
        name, n["units"], n["functions"], len(expected), known, total), flush=True)
    if n["units"] != len(tree.commands):
        wrong.append("%s: %d units were compiled, %d were read" % (name, len(tree.commands), n["units"]))
    open_ones = OPEN_ON_32_BITS if config == "i386" else 0.05 * total
    if n["asserts_open"] > open_ones:
        wrong.append("%s: expected all but %d of %d asserts to be proved or broken" % (name, open_ones, total))
    return wrong


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("bin")
    ask.add_argument("-j", type=int, default=2)
    ask.add_argument("kernels", nargs="+", metavar="VERSION-CONFIG")
    args = ask.parse_args()
    tools, blocks = linux.Tools(os.path.abspath(args.bin)), read_expected()
    wrong = []
    for name in args.kernels:
        wrong += check(tools, name, blocks, args.j)
    print("".join(line + "\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except linux.Broken as e:
        print("run.py: %s" % e, file=sys.stderr)
        sys.exit(2)
