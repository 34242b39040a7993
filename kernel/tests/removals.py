#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Show that each contract of the MMU matters.

A file in removals/ takes one contract away: it names a source file, lines of it and what
they become, the test that must then fail, and what that test or the program says.  Here
each of them is applied to a copy, built, and run.

With --mmucheck the copy is read by the checker too, which must have proved each assert of
the MMU as it is.  Where the removal says 'static: RULE FILE: TEXT', that rule must find it
in a line of that file with that text, and 'contract:' is what it must say; no other rule may
find anything but one that 'also:' names, which tells the same from its side.  Where the
removal says neither the checker must be silent: that is shown as '-', what is taken away is
nothing that a rule knows.

'stress: CASE: TEXT': that case of the stress must say so too, with no lock and no contract
checked on the way: it sees the harm itself.  'bits: 32' builds it where a long has 32 bits.
'race: N' says that what goes wrong hangs on two threads that meet: it has N runs to do so,
all others have one.

The output is a table of both; the last line is "N passed, N failed".
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
FLAGS = "-std=gnu11 -D_GNU_SOURCE -g1 -O1 -Wno-tsan -Wno-unused".split()
FLAGS64 = ["-fsanitize=address,undefined", "-fno-sanitize-recover=undefined"]


class Removal:
    """One file of removals/."""

    def __init__(self, path):
        self.name = path.name
        self.edits = []
        self.file = self.test = self.says = self.why = self.static = self.contract = None
        self.also = self.stress = None
        self.bits, self.race = "64", "1"
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
        if self.static and not re.fullmatch(r"[a-z-]+ \S+: .+", self.static):
            sys.exit(f"{path.name}: static: expected 'RULE FILE: TEXT'")
        if self.stress and not re.fullmatch(r"\S+: .+", self.stress):
            sys.exit(f"{path.name}: stress: expected 'CASE: TEXT'")
        if bool(self.static) != bool(self.contract):
            sys.exit(f"{path.name}: static: and contract: go together")

    def word(self, path, number, line):
        key, colon, value = line.partition(": ")
        if not line or line.startswith("#"):
            return
        if not colon or key not in ("file", "test", "says", "why", "static", "contract", "also", "bits",
                                      "race", "stress"):
            sys.exit(f"{path.name}:{number}: expected file:, test:, says:, why:, static:, "
                     "contract:, also:, bits:, race:, stress:, -, +, or #")
        if key == "bits" and value not in ("32", "64"):
            sys.exit(f"{path.name}:{number}: bits: expected 32 or 64")
        if key == "race" and not re.fullmatch("[1-9]", value):
            sys.exit(f"{path.name}:{number}: race: expected the number of runs, 1 to 9")
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


def facts(args, source, out, roots=(), include=(), bits="64"):
    """Read one unit as the checker sees it."""
    words = shlex.split(args.flags32) if bits == "32" else []
    top = KERNEL.parent
    done = run([f"{args.mmucheck}/mmucheck-facts", *(word for root in (*roots, top) for word in ("--root", str(root))),
                "--scope", "kernel/*.[ch]", "--scope", "kernel/sim/*",
                "--macros", f"{top}/annotations/linux-macros.h", "--out", str(out), "--",
                "-std=gnu11", "-D_GNU_SOURCE", *words, *include, f"-I{KERNEL}/shim/custom",
                f"-I{KERNEL}/shim/dup", f"-iquote{KERNEL}", "-c", str(source)])
    if done.returncode:
        sys.exit(f"{source.name}: {done.stdout}")


def facts_of_all(args, folder, bits):
    """The facts of the MMU as it is, by unit."""
    folder = pathlib.Path(folder) / bits
    folder.mkdir()
    units = sorted(KERNEL.glob("*.c")) + sorted(KERNEL.glob("sim/*.c"))
    units = [u for u in units if u.name not in ("module.c", "platform_kernel.c")]
    outs = {u.name: folder / f"{u.name}.facts" for u in units}
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        list(pool.map(lambda u: facts(args, u, outs[u.name], bits=bits), units))
    return outs


FINDING = re.compile(r"^(\S+?):(\d+):\d+: warning: (.*) \[([a-z-]+)\]$", re.M)


def mmucheck(args, command, outs, *options):
    """What the checker says of these facts."""
    done = run([f"{args.mmucheck}/mmucheck", command, *options,
                f"--annotations={KERNEL.parent}/annotations",
                f"--contracts={KERNEL}/kernel.contracts", *(str(o) for o in outs.values())])
    if done.returncode not in (0, 1):
        sys.exit(f"mmucheck: {done.stdout}")
    return done.stdout


def analyze(args, outs):
    """What the checker says, and its findings: file, line, message, rule."""
    text = mmucheck(args, "analyze", outs)
    return text, FINDING.findall(text)


def prove(args, bits):
    """The MMU as it is: nothing is found, and no assert is open."""
    outs = args.base[bits]
    text, found = analyze(args, outs)
    if found:
        sys.exit(f"the checker finds something in the MMU as it is:\n{text}")
    text = mmucheck(args, "stats", outs, "--open")
    said = re.search(r"^asserts +(\d+): (\d+) proved, 0 broken, 0 open$", text, re.M)
    if not said or said.group(1) != said.group(2):
        sys.exit(f"not all asserts of the MMU as it is are proved:\n{text}")
    print(f"ok     nothing found in {len(outs)} units of the MMU as it is, {said.group(1)} asserts "
          f"proved and none open, where a long has {bits} bits", flush=True)


def source_line(folder, path, number):
    """A line as the checker read it: of the changed file, if it is that."""
    for place in (pathlib.Path(folder) / "kernel" / pathlib.Path(path).name, KERNEL.parent / path):
        if place.exists():
            return place.read_text().splitlines()[int(number) - 1].strip()
    return ""


def check_static(args, removal, folder):
    """What the checker finds, as text, and whether that is what it should."""
    broken = pathlib.Path(folder) / "kernel"
    outs = dict(args.base[removal.bits])
    include = [f"-iquote{broken}"] if removal.file.endswith(".h") else []
    for unit in sorted(broken.glob("*.c")):
        outs[unit.name] = pathlib.Path(folder) / f"{unit.name}.facts"
        facts(args, unit, outs[unit.name], (folder,), include, removal.bits)
    found = [(rule, pathlib.Path(path).name, source_line(folder, path, number), message)
             for path, number, message, rule in analyze(args, outs)[1]]
    text = [f"{rule} {name}: {line}: {message}" for rule, name, line, message in found]
    if not removal.static:
        return not found, "-", text
    rule, name, line = re.fullmatch(r"([a-z-]+) (\S+): (.+)", removal.static).groups()
    right = any(f[:2] == (rule, name) and line in f[2] and removal.contract in f[3]
                for f in found)
    return right and all(f[0] in (rule, removal.also) for f in found), rule, text


def change(removal, folder):
    """Put the broken file in a folder of its own; the units that it is in, and their flags."""
    source = KERNEL / removal.file
    copies = pathlib.Path(folder) / "kernel"
    copies.mkdir()
    broken = copies / source.name
    broken.write_text(removal.apply(source.read_text()))
    include = [f"-I{KERNEL}/shim/custom", f"-I{KERNEL}/shim/dup", f"-iquote{source.parent}"]
    if source.suffix != ".h":
        return [broken], include
    # a header changes all who include it
    units = sorted(p for p in KERNEL.glob("*.c") if p.name not in ("module.c", "platform_kernel.c"))
    for unit in units:
        (copies / unit.name).write_text(unit.read_text())
    return [copies / unit.name for unit in units], [f"-iquote{copies}", *include]


def build(args, removal, folder, units, include):
    """Build the tests with the broken file in the place of the right one."""
    if removal.bits == "64":
        flags, library = FLAGS64, [args.library, *shlex.split(args.libs)]
    else:
        flags, library = shlex.split(args.flags32), [args.library32]
    program = f"{folder}/broken"
    done = run([args.cc, *FLAGS, *flags, *include, *map(str, units),
                f"{KERNEL}/tests/main.c", *library, "-lpthread", "-o", program])
    if done.returncode:
        sys.exit(f"{removal.name}: does not build:\n{done.stdout}")
    return program


def attempt(args, program, words, seconds):
    """Run the tests once; who hangs is stopped."""
    try:
        return run([*args.run.split(), program, *words], timeout=seconds)
    except subprocess.TimeoutExpired as late:
        said = (late.stdout or b"").decode(errors="replace")
        return subprocess.CompletedProcess([], -1, said + "timed out\n")


def notice(args, program, removal):
    """Run the tests until one fails as the removal says; the last run, and whether it did."""
    for _ in range(int(removal.race)):
        done = attempt(args, program, removal.test.split(), 10)
        if done.returncode != 0 and re.search(removal.says, done.stdout):
            return done, True
    return done, False


def stress(args, program, removal):
    """The same of the stress, which has nothing but its own eyes."""
    if not removal.stress:
        return "-", None
    case, says = re.fullmatch(r"(\S+): (.+)", removal.stress).groups()
    for _ in range(32):
        done = attempt(args, program, ["--unchecked", "--seconds", "2", case], 15)
        if done.returncode != 0 and re.search(says, done.stdout):
            return case, None
    return case, f"status {done.returncode}, expected: {says}\n{done.stdout}"


class Result:
    """What was seen of one removal."""

    def __init__(self, args, removal):
        with tempfile.TemporaryDirectory() as folder:
            units, include = change(removal, folder)
            program = build(args, removal, folder, units, include)
            self.done, self.ran = notice(args, program, removal)
            self.case, self.blind = stress(args, program, removal)
            self.read, self.rule, self.found = (check_static(args, removal, folder)
                                                if args.mmucheck else (True, "not asked", []))
        self.ok = self.ran and self.read and not self.blind


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cc", default="cc")
    parser.add_argument("--run", default="", help="what to run the tests by")
    parser.add_argument("--library", help="the tests and the MMU, built")
    parser.add_argument("--library32", help="the same with 32-bit longs; without, "
                        "removals that need it are skipped, and that is said")
    parser.add_argument("--flags32", default="-m32", help="the flags that one was built with")
    parser.add_argument("--libs", default="", help="what else to link")
    parser.add_argument("--mmucheck", help="the folder that mmucheck was built in")
    parser.add_argument("--clean", action="store_true",
                        help="only look whether the checker proves what is there")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count()))
    parser.add_argument("names", nargs="*", help="only these")
    args = parser.parse_args()
    paths = sorted(p for p in (KERNEL / "tests/removals").iterdir()
                   if not args.names or p.name in args.names)
    removals = [Removal(p) for p in paths]
    if not removals:
        sys.exit("no removal of that name")
    skipped = [r for r in removals if r.bits == "32" and not args.library32]
    removals = [r for r in removals if r not in skipped]
    with tempfile.TemporaryDirectory() as folder:
        args.base = {}
        for bits in ("64", "32")[:2 if args.library32 else 1] if args.mmucheck else ():
            args.base[bits] = facts_of_all(args, folder, bits)
            prove(args, bits)
        failed = 0 if args.clean else run_all(args, removals)
    if args.clean:
        return 0
    for removal in skipped:
        print(f"skipped {removal.name}: needs 32-bit longs")
    both = sum(bool(r.static) for r in removals)
    print(f"{both} of {len(removals)} are told by the checker, all by a test, "
          f"{sum(bool(r.stress) for r in removals)} by what the stress sees")
    print(f"{len(removals) - failed} passed, {failed} failed")
    return 1 if failed else 0


def complain(removal, result):
    """Why a line of the table is not ok."""
    if not result.read:
        print("".join(f"# found: {line}\n" for line in result.found or ["nothing"]), end="")
    if not result.ran:
        print(f"# status {result.done.returncode}, expected: {removal.says}")
        print("".join(f"# {line}\n" for line in result.done.stdout.splitlines()[-12:]), end="")
    if result.blind:
        print("".join(f"# stress: {line}\n" for line in result.blind.splitlines()[-12:]), end="")


def run_all(args, removals):
    failed = 0
    print(f"{'':6} {'removed':30} {'the checker':20} {'the test':50} the stress alone")
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for removal, result in zip(removals, pool.map(lambda r: Result(args, r), removals)):
            failed += not result.ok
            print(f"{'ok    ' if result.ok else 'not ok'} {removal.name:30} {result.rule:20} "
                  f"{removal.test:50} {result.case}", flush=True)
            complain(removal, result)
    return failed


if __name__ == "__main__":
    sys.exit(main())
