# SPDX-License-Identifier: GPL-2.0-only
"""kvm.py BIN: the gate on the KVM of a real kernel, with real commits."""

import os
import re
import sys
import tempfile

from repository import Broken, Repository, Tools, Tree

MMU, TDP, HEADER = (
    "arch/x86/kvm/mmu/" + name for name in ("mmu.c", "tdp_mmu.c", "tdp_mmu.h"))
UNLOCK = "\tkvm_mmu_commit_zap_page(kvm, &invalid_list);\n\twrite_unlock(&kvm->mmu_lock);\n"
LEAK = "\tkvm_mmu_commit_zap_page(kvm, &invalid_list);\n"


def expect(what, text, *words):
    for word in words:
        if word not in text:
            raise Broken("%s: expected %r, found:\n%s" % (what, word, text))
    print("ok: " + what, flush=True)


def silent_commit(repository):
    repository.edit(MMU, "static void mmu_free_memory_caches", "/* Moved. */\n\nstatic void mmu_free_memory_caches")
    done = repository.git("commit", "-q", "-a", "-m", "move lines")
    expect("a commit that moves lines goes through", done.stderr, "0 new, 0 fixed, ")


def refused_commit(repository):
    repository.edit(MMU, UNLOCK, LEAK)
    done = repository.git("commit", "-q", "-a", "-m", "drop no lock", fine=(1,))
    expect("a commit that drops no lock is refused", done.stderr, MMU, "[lock-balance]", " new, 0 fixed, ")
    expect("and is not there", repository.git("log", "-1", "--format=%s").stdout, "move lines")
    repository.git("reset", "-q", "--hard")


def unchanged_caller(repository):
    """kvm_tdp_mmu_map() is called with mmu_lock for read, in mmu.c."""
    repository.edit(TDP, "int kvm_tdp_mmu_map(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)\n{\n",
                    "int kvm_tdp_mmu_map(struct kvm_vcpu *vcpu, struct kvm_page_fault *fault)\n{\n"
                    "\tlockdep_assert_held_write(&vcpu->kvm->mmu_lock);\n\n")
    patch = repository.git("diff").stdout
    repository.git("checkout", "-q", ".")
    done = repository.mmucheck("patch", "--kernel", repository.kernel, "--facts", repository.facts, "-",
                               text=patch, fine=(1,))
    expect("a patch breaks a caller that it does not touch", done.stdout, MMU + ":", "[lock-held]")
    expect("and leaves the tree alone", repository.git("status", "--short").stdout + "clean", "clean")


def series(repository):
    first = repository.git("rev-parse", "HEAD").stdout.strip()
    repository.edit(TDP, "int kvm_tdp_mmu_map(", "/* Nothing. */\nint kvm_tdp_mmu_map(")
    repository.git("commit", "-q", "--no-verify", "-a", "-m", "one")
    repository.edit(MMU, "/* Moved. */\n\n", "")
    repository.git("commit", "-q", "--no-verify", "-a", "-m", "two")
    done = repository.mmucheck("patch", "--kernel", repository.kernel, "--facts", repository.facts, first + "..",
                               fine=(0,))
    expect("a series is judged one by one and as a whole", done.stderr, "1/2 one: 0 new", "2/2 two: 0 new",
           "the series: 0 new, 0 fixed")


def series_over_header(repository):
    """A header's inline function loses its lock and gets it back: mmu.c, which calls it, never changes."""
    first = repository.git("rev-parse", "HEAD").stdout.strip()
    lock = "static inline void kvm_tdp_mmu_walk_lockless_begin(void)\n{\n\trcu_read_lock();\n"
    repository.edit(HEADER, lock, lock.replace("\trcu_read_lock();\n", ""))
    repository.git("commit", "-q", "--no-verify", "-a", "-m", "lose it")
    repository.edit(HEADER, lock.replace("\trcu_read_lock();\n", ""), lock)
    repository.git("commit", "-q", "--no-verify", "-a", "-m", "have it again")
    series = repository.git("format-patch", "--stdout", first + "..").stdout
    repository.git("reset", "-q", "--hard", first)
    done = repository.mmucheck("patch", "--kernel", repository.kernel, "--facts", repository.facts, "-",
                               text=series, fine=(0, 1))
    expect("a header breaks a caller that does not change", done.stdout, MMU + ":", "[lock-")
    counts = dict(re.findall(r"^mmucheck: (.*): (\d+ new, \d+ fixed)", done.stderr, re.M))
    new = re.match(r"(\d+) new, 0 fixed", counts.get("1/2 lose it", ""))
    if not new or new[1] == "0" or counts.get("2/2 have it again") != "0 new, %s fixed" % new[1] or \
            counts.get("the series") != "0 new, 0 fixed":
        raise Broken("a series that mends what it broke: found %s" % counts)
    print("ok: patch 1 makes %s new, patch 2 mends them, the series makes none" % new[1], flush=True)


def told(repository, *fine, form="text"):
    """What 'run' says of the tree as it is, and on standard error."""
    done = repository.mmucheck("run", "--build", repository.out, "--kernel", repository.kernel,
                               "--facts", repository.facts, "--format", form, fine=fine)
    return done.stdout, done.stderr


def is_new(repository, base):
    """What is found and was not in the state that the file base keeps, and the count."""
    path = base + ".now"
    with open(path, "w") as f:
        f.write(told(repository, 0, 1, form="json")[0])
    done = repository.mmucheck("diff", base, path)
    return done.stdout, done.stderr


def allowed(repository):
    """A comment with a reason lets a finding stand until it is gone; then the comment has to go."""
    base = os.path.join(repository.out, "base.json")
    with open(base, "w") as f:
        f.write(told(repository, 0, 1, form="json")[0])
    gap, end = "\nout:\n\tif (r || always_retry) {\n", "\treturn r;\n"
    with open(repository.path(MMU)) as f:
        text = f.read()
    text = text[text.index(UNLOCK + gap):]
    good = text[:text.index(end) + len(end)]
    leak = good.replace(UNLOCK, LEAK)
    allow = "\t/* mmucheck: allow(lock-balance)%s */\n" + end
    repository.edit(MMU, good, leak)
    expect("a lock that is not dropped is told", is_new(repository, base)[0], MMU, "returns with kvm.mmu_lock for write")
    repository.edit(MMU, leak, leak.replace(end, allow % " the test wants it so"))
    expect("a comment with a reason lets it stand", is_new(repository, base)[1], "0 new, 0 fixed")
    repository.edit(MMU, " the test wants it so", "")
    expect("without a reason it is an error", told(repository, 2)[1], MMU, "expected a reason behind")
    repository.edit(MMU, leak.replace(end, allow % ""), good.replace(end, allow % " the test wants it so"))
    text, count = is_new(repository, base)
    expect("one that lets nothing stand any more is told", text, MMU,
           "allow(lock-balance) suppresses nothing: it can go [allow]")
    expect("and nothing else", count, "1 new, 0 fixed")
    repository.git("checkout", "-q", ".")


def main():
    tree = Tree(Tools(sys.argv[1]), "6.12")
    with tempfile.TemporaryDirectory(prefix="mmucheck-gate-") as folder:
        repository = Repository(folder, tree)
        repository.warm()
        repository.mmucheck("hook", "install", "--kernel=" + repository.kernel, "--facts", repository.facts)
        silent_commit(repository)
        refused_commit(repository)
        unchanged_caller(repository)
        series(repository)
        series_over_header(repository)
        allowed(repository)


try:
    main()
except Broken as trouble:
    sys.exit("kvm.py: %s" % trouble)
