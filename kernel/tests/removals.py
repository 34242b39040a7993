#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Show that each contract of the MMU matters.

A file in removals/ takes one contract away: it names a source file, lines of it and what
they become, the test that must then fail, and what that test or the program says.  Here
each of them is applied to a copy, built, and run.  The output is a table; the last line is
"N passed, N failed".
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

KERNEL = pathlib.Path(__file__).resolve().parent.parent
FLAGS = ("-std=gnu11 -D_GNU_SOURCE -g1 -O1 -Wno-tsan -Wno-unused "
         "-fsanitize=address,undefined -fno-sanitize-recover=undefined").split()


class Removal:
    """One file of removals/."""

    def __init__(self, path):
        self.name = path.name
        self.edits = []
        self.file = self.test = self.says = self.why = None
        old, new = [], []
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line[:1] == "-":
                if new:
                    self.edits.append((old, new))
                    old, new = [], []
                old.append(line[1:])
            elif line[:1] == "+":
                new.append(line[1:])
            else:
                if old:
                    self.edits.append((old, new))
                    old, new = [], []
                self.word(path, number, line)
        if old:
            self.edits.append((old, new))
        for need in ("file", "test", "says", "why"):
            if not getattr(self, need):
                sys.exit(f"{path.name}: there is no line '{need}:'")

    def word(self, path, number, line):
        key, colon, value = line.partition(": ")
        if not line or line.startswith("#"):
            return
        if not colon or key not in ("file", "test", "says", "why"):
            sys.exit(f"{path.name}:{number}: expected file:, test:, says:, why:, -, +, or #")
        setattr(self, key, value)

    def apply(self, text):
        for old, new in self.edits:
            before = "\n".join(old) + "\n"
            after = "".join(line + "\n" for line in new)
            if text.count("\n" + before) != 1:
                sys.exit(f"{self.name}: {self.file} has {text.count(before)} times what "
                         f"should be there once:\n{before}")
            text = text.replace("\n" + before, "\n" + after)
        return text


def run(command, **kwargs):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          errors="replace", check=False, **kwargs)


def build(args, removal, folder):
    """Build the tests with the broken file in the place of the right one."""
    source = KERNEL / removal.file
    broken = pathlib.Path(folder) / source.name
    broken.write_text(removal.apply(source.read_text()))
    include = [f"-I{KERNEL}/shim/custom", f"-I{KERNEL}/shim/dup", f"-iquote{source.parent}"]
    if source.suffix == ".h":
        # a header changes all who include it
        include.insert(0, f"-iquote{folder}")
        units = sorted(p for p in KERNEL.glob("*.c")
                       if p.name not in ("module.c", "platform_kernel.c"))
        for unit in units:
            (pathlib.Path(folder) / unit.name).write_text(unit.read_text())
        units = [pathlib.Path(folder) / unit.name for unit in units]
    else:
        units = [broken]
    program = f"{folder}/broken"
    done = run([args.cc, *FLAGS, *include, *map(str, units), f"{KERNEL}/tests/main.c",
                args.library, *shlex.split(args.libs), "-lpthread", "-o", program])
    if done.returncode:
        sys.exit(f"{removal.name}: does not build:\n{done.stdout}")
    return program


def check(args, removal):
    with tempfile.TemporaryDirectory() as folder:
        program = build(args, removal, folder)
        try:
            done = run([program, *removal.test.split()], timeout=10)
        except subprocess.TimeoutExpired as late:
            done = subprocess.CompletedProcess([], -1, (late.stdout or b"").decode())
            done.stdout += "timed out\n"
    noticed = done.returncode != 0 and re.search(removal.says, done.stdout)
    return bool(noticed), done


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--library", required=True, help="the tests and the MMU, built")
    parser.add_argument("--libs", default="", help="what else to link")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count()))
    parser.add_argument("names", nargs="*", help="only these")
    args = parser.parse_args()
    paths = sorted(p for p in (KERNEL / "tests/removals").iterdir()
                   if not args.names or p.name in args.names)
    removals = [Removal(p) for p in paths]
    if not removals:
        sys.exit("no removal of that name")
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for removal, (ok, done) in zip(removals, pool.map(lambda r: check(args, r), removals)):
            failed += not ok
            print(f"{'ok    ' if ok else 'not ok'} {removal.name:28} {removal.test}", flush=True)
            if not ok:
                print(f"# status {done.returncode}, expected: {removal.says}")
                print("".join(f"# {line}\n" for line in done.stdout.splitlines()[-12:]), end="")
    print(f"{len(removals) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
