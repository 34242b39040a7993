# SPDX-License-Identifier: GPL-2.0-only
"""gate.py BIN VERSION: what judging a change of one file costs, against Clang's parse of it."""

import os
import re
import resource
import shlex
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "gate"))
from repository import Broken, Repository, Tools, Tree  # noqa: E402

MMU, TIMES = "arch/x86/kvm/mmu/mmu.c", 5


def cost(argv, folder):
    """CPU seconds, seconds on the clock, and what was said."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = subprocess.run(argv, cwd=folder, capture_output=True, text=True)
    after, end = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    if run.returncode:
        raise Broken("%s: %s" % (argv[0], run.stderr.strip()))
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, end - begin, run.stderr


def parse(repository):
    """The compiler's own command, parsing only."""
    (row,) = [r for r in repository.rows if r["file"] == repository.path(MMU)]
    words = shlex.split(row["command"])[1:]
    at = words.index("-o")
    words = [w for w in words[:at] + words[at + 2:] if w != "-c" and not w.startswith("-Wp,-MMD")]
    return ["clang-19", "-fsyntax-only", "-w", *words], row["directory"]


def change(repository, n):
    """A function more that takes the lock, another one each time: nothing of it is known."""
    with open(repository.path(MMU)) as f:
        text = f.read()
    more = ("\nvoid bench_%d(struct kvm *kvm)\n{\n\twrite_lock(&kvm->mmu_lock);\n"
            "\twrite_unlock(&kvm->mmu_lock);\n}\n" % n)
    text = re.sub(r"(\nvoid bench_\d+.*?\n}\n)?(?=\nstatic void mmu_free_memory_caches)", more, text, count=1,
                  flags=re.DOTALL)
    if more not in text:
        raise Broken("%s: expected mmu_free_memory_caches()" % MMU)
    with open(repository.path(MMU), "w") as f:
        f.write(text)
    repository.git("add", "-u")


def judge(repository):
    took = cost([repository.tools.mmucheck, "patch", "--staged", "--kernel", repository.kernel,
                 "--facts", repository.facts], repository.kernel)
    if "staged changes: 0 new" not in took[2]:
        raise Broken("expected nothing new, found: " + took[2])
    return took


def main():
    tree = Tree(Tools(sys.argv[1]), sys.argv[2], "clang")
    with tempfile.TemporaryDirectory(prefix="mmucheck-bench-") as folder:
        repository = Repository(folder, tree)
        repository.warm()
        judged, parsed = [], []
        for n in range(TIMES):       # in turn, so that whatever else runs hits both
            change(repository, n)
            judged.append(judge(repository))
            parsed.append(cost(*parse(repository)))
    for at, name in enumerate(("patch of mmu.c", "  on the clock")):
        own, clang = min(t[at] for t in judged), min(t[at] for t in parsed)
        print("%-20s %8.2f  (aim: at most 1.5): %.2f s, Clang's parse %.2f s" % (name, own / clang, own, clang))


try:
    main()
except Broken as trouble:
    sys.exit("bench: %s" % trouble)
