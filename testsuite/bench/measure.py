# SPDX-License-Identifier: GPL-2.0-only
"""measure.py BIN KERNEL BUILD: time mmucheck against clang on the same units."""

import glob
import os
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

BIN, KERNEL, BUILD = sys.argv[1:]
CLANG = "clang-19"
MMU = "arch/x86/kvm/mmu/mmu.c"


def cost(argv, cwd=BUILD, fine=(0,)):
    """CPU seconds, seconds on the clock."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(argv, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    if done.returncode not in fine:
        sys.exit("bench: %s: %s" % (argv[0], done.stderr.decode().strip()))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, end - begin


def units(facts):
    """The compiler's arguments of each unit, as mmucheck has kept them."""
    for line in open(os.path.join(facts, ".mmucheck", "commands")):
        if line.startswith("cc "):
            args = shlex.split(line)[1:]
            at = args.index("-o")
            yield args[:at]


def front_end(args):
    root = ["--root", KERNEL, "--root", BUILD]
    share = os.path.join(BIN, "..", "share", "mmucheck")
    for row in sorted(glob.glob(os.path.join(share, "*.contracts"))):
        for line in open(row):
            if line.startswith("scope "):
                root += ["--scope", line.split()[1]]
    macros = ["--macros", os.path.join(share, "linux-macros.h")]
    return [os.path.join(BIN, "mmucheck-facts"), *root, *macros, "--out", "-", "--", *args]


def parse(args):
    return [CLANG, "-fsyntax-only", "-w", *args]


def ratio(name, value, aim, unit="", of=""):
    print("%-20s %8.3g%s  (aim: at most %s)%s" % (name, value, unit, aim, of), flush=True)


def main():
    mmucheck = os.path.join(BIN, "mmucheck")
    facts = tempfile.mkdtemp(prefix="mmucheck-bench-")
    run = [mmucheck, "run", "--build", BUILD, "--kernel", KERNEL, "--facts", facts]
    try:
        cost(run, fine=(0, 1))
        all_units = list(units(facts))
        (mmu,) = [u for u in all_units if u[-1].endswith(MMU)]
        # In turn, so that whatever else the machine does hits both.
        pairs = [(cost(front_end(mmu)), cost(parse(mmu))) for _ in range(5)]
        own = min(a[0] for a, _ in pairs)
        ratio("facts of mmu.c", own / min(b[0] for _, b in pairs), 0.75)
        made = sum(cost(front_end(u))[0] for u in all_units)
        ratio("facts of all", made / sum(cost(parse(u))[0] for u in all_units), "0.70")
        engine = min(cost([mmucheck, "analyze", facts], fine=(0, 1))[0] for _ in range(5))
        ratio("engine", engine / made, 0.05, of="  %.2f s of %.1f s" % (engine, made))
        ratio("engine memory", peak([mmucheck, "analyze", facts]), 512, " MiB")
        ratio("run again", min(cost(run, fine=(0, 1))[1] for _ in range(3)), 0.5, " s")
        touched(run, facts, min(a[1] for a, _ in pairs))
    finally:
        shutil.rmtree(facts)


def peak(argv):
    """In MiB; asked in a process that has had no other child."""
    code = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
    return int(subprocess.check_output([sys.executable, "-c", code, *argv])) / 1024


def touched(run, facts, alone):
    """The stamp of mmu.c is made to name another date; the tree stays as it is."""
    (stamp,) = glob.glob(os.path.join(facts, "**", ".mmu.o.facts.stamp"), recursive=True)
    best = None
    for _ in range(3):
        text = open(stamp).read().splitlines(True)
        text[2] = "1 1 " + text[2].split(" ", 2)[2]
        open(stamp, "w").writelines(text)
        took = cost(run, fine=(0, 1))[1]
        best = took if best is None else min(best, took)
    ratio("run after a touch", best / alone, 1.2)


main()
