#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""run.py BIN VERSION-ARCH...: KVM of other architectures is read and judged.

`mmucheck run` reads every unit of KVM in a folder that is configured for the
architecture and not built; what it finds must stand in `expected` (for i386 in that of
the corpus), and what stands there must be found.
"""

import argparse
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(TOP, "testsuite", name) for name in ("corpus", "Inputs")]

import linux  # noqa: E402
import run as corpus  # noqa: E402


def run_kernel(mmucheck, name, jobs):
    version, _, arch = name.partition("-")
    kernel, build = linux.configured(version, arch)
    facts = os.path.join(build, "facts")
    run = subprocess.run([mmucheck, "run", "-j", str(jobs), "--kernel", kernel, "--build", build,
                          "--facts", facts, "--annotations", linux.ANNOTATIONS, "--format", "json"],
                         capture_output=True, text=True)
    if run.returncode not in (0, 1):
        raise linux.Broken("%s: exit %d: %s" % (name, run.returncode, run.stderr.strip()[-2000:]))
    stats = subprocess.run([mmucheck, "stats", "--json", "--annotations", linux.ANNOTATIONS, facts],
                           capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()], json.loads(stats.stdout)


def check(mmucheck, name, blocks, jobs):
    """The lines that tell what is wrong on this kernel."""
    found, stats = run_kernel(mmucheck, name, jobs)
    expected = [b for b in blocks if b.on(name)]
    wrong = corpus.differences(name, found, expected)
    print("%s: %d units, %d functions, %d asserts, %d findings: %d true, %d exceptions" % (
        name, stats["units"], stats["functions"],
        sum(stats["asserts_" + word] for word in ("proved", "broken", "open")), len(found),
        *(sum(any(b.is_(f) and b.reason.startswith(word) for b in expected) for f in found)
          for word in ("true", "exception"))), flush=True)
    return wrong


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("bin")
    ask.add_argument("-j", type=int, default=2)
    ask.add_argument("kernels", nargs="+", metavar="VERSION-ARCH")
    args = ask.parse_args()
    own, x86 = corpus.read_expected(os.path.join(HERE, "expected")), corpus.read_expected()
    wrong = []
    for name in args.kernels:
        wrong += check(os.path.join(os.path.abspath(args.bin), "mmucheck"), name,
                       x86 if name.endswith("-i386") else own, args.j)
    print("".join(line + "\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except linux.Broken as e:
        print("run.py: %s" % e, file=sys.stderr)
        sys.exit(2)
