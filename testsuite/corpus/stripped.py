#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""stripped.py BIN: without any lockdep assert, what callers hold is inferred.

The asserts go from a copy of every file of KVM; what is inferred for 6.12's
functions must then be what `stripped.expected` says they assert: nine of ten,
and nothing that contradicts it.
"""

import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "Inputs"))

import linux  # noqa: E402

FILES = ("arch/x86/kvm/**/*.[ch]", "virt/kvm/*.[ch]", "include/linux/kvm_host.h")


def strip(text):
    """The text without its asserts: every call becomes nothing, on as many lines."""
    out, at = [], 0
    for m in re.finditer(r"\b(?:kvm_)?lockdep_assert(?:_\w+)?\(", text):
        line = text[text.rfind("\n", 0, m.start()) + 1:m.start()]
        if m.start() < at or line.strip():
            continue            # in a comment, a macro or an expression
        end, depth = m.end(), 1
        while depth:
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
        out += [text[at:m.start()], "\n" * text.count("\n", m.start(), end)]
        at = end
    return "".join(out) + text[at:]


def inferred(tools, jobs):
    tree = linux.Tree(tools, "6.12")
    with tempfile.TemporaryDirectory() as folder:
        changed, gone = {}, 0
        for pattern in FILES:
            for path in glob.glob(os.path.join(tree.source, pattern), recursive=True):
                with open(path) as f:
                    text = f.read()
                bare = strip(text)
                if bare != text:
                    changed[os.path.relpath(path, tree.source)] = bare
                    gone += len(text) - len(bare)
        over = linux.overlay(folder, tree.source, changed)
        linux.say("facts of %d units with %d files stripped" % (len(tree.commands), len(changed)))
        files = {u: os.path.join(folder, u.replace("/", "_") + ".facts") for u in tree.commands}
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            list(pool.map(lambda u: tree.extract(u, files[u], over), files))
        run = subprocess.run([tools.mmucheck, "contracts", "--json", "--annotations=" + linux.ANNOTATIONS,
                              *files.values()], capture_output=True, text=True)
    if run.returncode:
        raise linux.Broken("mmucheck contracts: exit %d: %s" % (run.returncode, run.stderr.strip()))
    return [json.loads(line) for line in run.stdout.splitlines()]


def main():
    got = {}
    for c in inferred(linux.Tools(os.path.abspath(sys.argv[1])), 2):
        if c["kind"].startswith("called"):
            got.setdefault(c["function"], {})[c["lock"]] = (c["kind"].split()[1], c.get("mode", ""))
    missing, wrong, total = [], [], 0
    with open(os.path.join(HERE, "stripped.expected")) as f:
        for line in f:
            if line.startswith("#"):
                continue
            name, how, lock, *mode = line.split(None, 3)
            mode = "".join(mode).strip()
            have = got.get(name, {}).get(lock)
            total += 1
            if have is None:
                missing.append(line.strip())
            elif have[0] != how or mode and have[1] != mode:
                wrong.append("%s: inferred: called %s%s" % (line.strip(), have[0], have[1] and " for " + have[1]))
    for text, lines in (("not inferred", missing), ("wrong", wrong)):
        for line in lines:
            print("%s: %s" % (text, line))
    print("%d of %d contracts inferred without asserts, %d wrong" % (total - len(missing) - len(wrong), total, len(wrong)))
    return 1 if wrong or len(missing) > total / 10 else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except linux.Broken as e:
        print("stripped.py: %s" % e, file=sys.stderr)
        sys.exit(2)
