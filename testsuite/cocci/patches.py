#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""patches.py BIN [RULE...]: what the rules offer for the KVM of Linux 6.12 compiles.

Each rule that has a patch mode makes its patch of the whole tree; it applies, and the
compiler takes every unit that reads a file of it with W=1 and KVM_WERROR=y.
"""

import glob
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [os.path.join(TOP, "testsuite", name) for name in ("annotate", "Inputs")]

import linux  # noqa: E402
import on_linux  # noqa: E402


def rules_with_patches():
    for path in sorted(glob.glob(os.path.join(TOP, "cocci", "*.cocci"))):
        with open(path) as f:
            if "\nvirtual patch\n" in f.read():
                yield os.path.basename(path)[:-len(".cocci")]


def patch_of(rule, source, proved):
    path = os.path.join(TOP, "cocci", rule + ".cocci")
    with open(path) as f:
        options = re.search(r"^// Options: (.*)$", f.read(), re.M).group(1).split()
    text = ""
    for folder in linux.FOLDERS:
        run = subprocess.run(["spatch", "-D", "patch", "--very-quiet", "--patch", ".", "--cocci-file", path,
                              *options, "--dir", folder.rstrip("/")], cwd=source, capture_output=True, text=True,
                             env={**os.environ, "MMUCHECK_CONTRACTS": proved, "GIT_DIR": "/nonexistent"})
        if run.returncode:
            raise linux.Broken("%s: spatch: %s" % (rule, run.stderr.strip()[-500:]))
        text += run.stdout
    return text


def apply(text, copy):
    """The files that the patch changes; the copy's are links, and are replaced."""
    files = sorted(set(re.findall(r"^\+\+\+ b/(\S+)", text, re.M)))
    for file in files:
        copy.put(file, os.path.join(copy.tree.source, file))
    run = subprocess.run(["patch", "-p1", "-s"], cwd=copy.root, input=text, capture_output=True, text=True)
    if run.returncode:
        raise linux.Broken("patch: " + (run.stdout + run.stderr).strip()[-500:])
    return files


def check(rule, tree, lines, proved):
    with tempfile.TemporaryDirectory(dir=os.path.dirname(tree.source)) as folder:
        copy = on_linux.Copy(tree, folder)
        text = patch_of(rule, copy.root, proved)
        files = apply(text, copy)
        units = sorted({u for file in files for u in tree.readers(file)} & lines.keys())
        for unit in units:
            copy.compile(lines[unit], os.path.join(folder, "unit.o"))
    print("%s: %d hunks, %d files, %d units compile" % (rule, text.count("\n@@"), len(files), len(units)), flush=True)


def main():
    tools = linux.Tools(os.path.abspath(sys.argv[1]))
    tree = linux.Tree(tools, "6.12")
    lines = on_linux.commands(tree, "default")
    asserts = on_linux.run(tools.mmucheck, "contracts", "--annotations=" + linux.ANNOTATIONS, "--asserts",
                           *tree.facts(2).values())
    with tempfile.NamedTemporaryFile("w") as proved:
        proved.write(asserts)
        proved.flush()
        for rule in sys.argv[2:] or rules_with_patches():
            check(rule, tree, lines, proved.name)


if __name__ == "__main__":
    try:
        main()
    except linux.Broken as broken:
        sys.exit("patches.py: %s" % broken)
