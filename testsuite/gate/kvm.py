# SPDX-License-Identifier: GPL-2.0-only
"""kvm.py BIN: the gate on the KVM of a real kernel, with real commits."""

import sys
import tempfile

from repository import Broken, Repository, Tools, Tree

MMU, TDP = "arch/x86/kvm/mmu/mmu.c", "arch/x86/kvm/mmu/tdp_mmu.c"


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
    repository.edit(MMU, "\tkvm_mmu_commit_zap_page(kvm, &invalid_list);\n\twrite_unlock(&kvm->mmu_lock);\n",
                    "\tkvm_mmu_commit_zap_page(kvm, &invalid_list);\n")
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


try:
    main()
except Broken as trouble:
    sys.exit("kvm.py: %s" % trouble)
