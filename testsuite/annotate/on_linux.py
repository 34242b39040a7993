#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""on_linux.py BIN [-j N] [--config CONFIG]: annotate the KVM of Linux 6.12.

What is proved of mmu/ and virt/kvm is written as patches. git am takes them; the
compiler that the tree is configured for, with KVM_WERROR=y, takes the result with W=1
and makes the same objects as before but for the numbers of the lines that bugs are told
by. What the checker finds there is what it found before. sparse says nothing more than
before; Clang's own lock analysis nothing but what clang-19.limits has, with what it cannot
follow there.
"""

import argparse
import collections
import concurrent.futures
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "Inputs"))

import linux  # noqa: E402

IN = ("arch/x86/kvm/mmu", "virt/kvm")
LEAST = 200             # functions that are annotated
LIMITS = os.path.join(linux.ANNOTATIONS, "clang-19.limits")
SPARSE = ("sparse -fmax-warnings=unlimited -D__linux__ -Dlinux -D__STDC__ -Dunix -D__unix__ -Wbitwise"
          " -Wno-return-void -Wno-unknown-attribute --arch=x86 -m64 ")
BUG_ENTRY = 12          # struct bug_entry: two offsets, the line, the flags


def run(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise linux.Broken("%s: %s" % (" ".join(command[:3]), (done.stdout + done.stderr).strip()[-1500:]))
    return done.stdout


def sections(path):
    """What is loaded of an object, and how it is relocated, by name."""
    with open(path, "rb") as f:
        data = f.read()
    offset, = struct.unpack_from("<Q", data, 40)
    size, count, names = struct.unpack_from("<HHH", data, 58)
    heads = [struct.unpack_from("<IIQQQQIIQQ", data, offset + i * size) for i in range(count)]
    found = {}
    for name, kind, flags, _, at, length, _, info, _, _ in heads:
        name = data[heads[names][4] + name:].split(b"\0", 1)[0].decode()
        if kind == 4:                   # of a section that is loaded?
            flags = heads[info][2]
        if not flags & 2:
            continue
        text = b"" if kind == 8 else bytearray(data[at:at + length])
        if name == "__bug_table":
            for i in range(8, len(text), BUG_ENTRY):
                text[i:i + 2] = b"\0\0"
        found.setdefault(name, []).append((kind, length, bytes(text)))
    return found


def same_objects(before, after):
    a, b = sections(before), sections(after)
    return sorted(name for name in a.keys() | b.keys() if a.get(name) != b.get(name))


class Copy:
    """A tree of links to another one; files are replaced, never written to."""

    def __init__(self, tree, folder):
        self.tree, self.root = tree, os.path.join(folder, "linux")
        run("cp", "-al", tree.source, self.root)

    def put(self, file, text_of):
        path = os.path.join(self.root, file)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        if os.path.exists(path):
            os.remove(path)
        shutil.copyfile(text_of, path)

    def command(self, line):
        """The same command on this tree; KVM_WERROR=y makes warnings errors."""
        line = re.sub(r"-Wp,-MMD,\S+", "", line.replace(self.tree.source, self.root))
        if " -Werror " not in line:
            raise linux.Broken("no -Werror, which KVM_WERROR=y adds, in " + line[-300:])
        return re.sub(r" -c -o \S+ ", " -c -o '%s' ", line)

    def compile(self, line, out):
        command = self.command(line) % out
        if command.split(None, 1)[0].startswith("-"):
            raise linux.Broken("no compiler in " + command[:200])
        done = subprocess.run(command, shell=True, cwd=self.tree.build, capture_output=True, text=True)
        if done.returncode:
            raise linux.Broken("%s: %s" % (os.path.basename(out), done.stderr.strip()[-1500:]))


def commands(tree, config):
    """What make W=1 would run for each unit of KVM, compiler and all."""
    with open(os.path.join(tree.build, ".config")) as f:
        if "CONFIG_KVM_WERROR=y\n" not in f:
            raise linux.Broken("%s/.config: expected CONFIG_KVM_WERROR=y" % tree.build)
    more = ["LLVM=-19"] if config == "clang" else []
    said = subprocess.run(["make", "-n", "-C", tree.source, "O=" + tree.build, "V=1", "W=1", *more,
                           *linux.FOLDERS], capture_output=True, text=True).stdout
    found = {}
    for line in said.splitlines():
        m = re.search(r";\s+((?:gcc|clang\S*) -Wp,-MMD,\S*\.d .*? -c -o \S+ (\S+\.c))", line)
        if m:
            path = os.path.normpath(os.path.join(tree.build, m.group(2)))
            found.setdefault(os.path.relpath(path, tree.source), m.group(1))
    return found


def apply(patches, tree, folder):
    """git am on the files that are annotated; which these are."""
    repo = os.path.join(folder, "git")
    git = ["git", "-c", "user.name=test", "-c", "user.email=test@localhost"]
    files = []
    for name in patches:
        with open(name) as f:
            files += re.findall(r"^--- a/(.*)$", f.read(), re.M)
    for file in files:
        os.makedirs(os.path.dirname(os.path.join(repo, file)), exist_ok=True)
        shutil.copyfile(os.path.join(tree.source, file), os.path.join(repo, file))
    run("git", "init", "-q", ".", cwd=repo)
    run("git", "add", ".", cwd=repo)
    run(*git, "commit", "-qm", "before", cwd=repo)
    run(*git, "am", "-q", *patches, cwd=repo)
    return repo, run("git", "ls-files", cwd=repo).split()


def annotate(tools, tree, folder, facts):
    out = os.path.join(folder, "patches")
    said = run(tools.mmucheck, "contracts", "--annotations=" + linux.ANNOTATIONS, "--annotate", out,
               "--kernel", tree.source, "--limits", LIMITS, *["--in=" + i for i in IN], *facts)
    print(said.strip().replace(out, "annotated"))
    functions = int(re.search(r"of (\d+) functions", said).group(1))
    if functions < LEAST:
        raise linux.Broken("%d functions are annotated: expected %d or more" % (functions, LEAST))
    return sorted(os.path.join(out, n) for n in os.listdir(out))


def compile_all(copy, lines, units, folder, when, jobs):
    os.makedirs(os.path.join(folder, when))

    def one(unit):
        out = os.path.join(folder, when, unit.replace("/", "_") + ".o")
        copy.compile(lines[unit], out)
        return unit, out
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        return dict(pool.map(one, units))


def sparse_says(copy, lines, units, jobs):
    """How often sparse says what, wherever it stands."""
    def one(unit):
        flags = copy.command(lines[unit]).split(None, 1)[1].replace(" -c -o '%s' ", " ")
        done = subprocess.run(SPARSE + flags, shell=True, cwd=copy.tree.build, capture_output=True, text=True)
        return re.findall(r"^(\S+?):\d+:\d+: ((?:warning|error): .*)$", done.stderr, re.M)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        said = collections.Counter(text for unit in pool.map(one, units) for text in unit)
    if not said:
        raise linux.Broken("sparse: expected a warning of %s, as there always is" % units[0])
    return said


def hold_to_before(before, after):
    if after - before:
        raise linux.Broken("sparse says what it did not before: %s" % sorted(after - before))
    print("sparse: nothing that it did not say before, %d warnings less" % (before - after).total())


def judge(tools, tree, folder, repo, files, facts, jobs):
    """The same findings as before, from facts of the annotated files."""
    changed = {}
    for file in files:
        with open(os.path.join(repo, file)) as f:
            changed[file] = f.read()
    overlay = linux.overlay(folder, tree.source, changed)
    os.makedirs(os.path.join(folder, "facts"))

    def one(unit):
        out = os.path.join(folder, "facts", unit.replace("/", "_") + ".facts")
        tree.extract(unit, out, overlay)
        return out
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        after = list(pool.map(one, sorted(facts)))
    key = lambda f: (f["rule"], f["file"], f["function"], f["message"])  # noqa: E731
    was = sorted(map(key, tools.analyze(facts.values())))
    now = sorted(map(key, tools.analyze(after)))
    if was != now:
        raise linux.Broken("the annotated tree has other findings: %s" % sorted(set(now) ^ set(was)))
    stats = run(tools.mmucheck, "stats", "--annotations=" + linux.ANNOTATIONS, *after)
    print("findings as before: %d; %s" % (len(now), re.search(r".*stated.*", stats).group(0).strip()))
    return after


def functions_of(facts):
    """Where each function is: file, first line, last line, name."""
    found = set()
    for path in facts:
        with open(path) as f:
            for m in re.finditer(r"^func (\S+) \S+ ([^:]+):(\d+):\d+:(\d+) ", f.read(), re.M):
                found.add((m.group(2), int(m.group(3)), int(m.group(4)), m.group(1)))
    return found


def clang_says(tree, overlay, units, jobs):
    """What -Wthread-safety warns of, where the locks are capabilities."""
    head = os.path.join(linux.ANNOTATIONS, "capabilities.h")
    more = (" -fsyntax-only -D__MMUCHECK__ -Wthread-safety -Wno-thread-safety-attributes -Wno-macro-redefined"
            " -include '%s' -ivfsoverlay '%s' " % (head, overlay))

    def one(unit):
        line = re.sub(r"-Wp,-MMD,\S+", "", tree.commands[unit])
        done = subprocess.run("clang-19 " + re.sub(r" -c -o \S+ ", more, line) + " -Wno-error", shell=True,
                              cwd=tree.build, capture_output=True, text=True)
        if done.returncode:
            raise linux.Broken("%s: %s" % (unit, done.stderr.strip()[-1500:]))
        return re.findall(r"^(\S+?):(\d+):\d+: warning: .*\[-Wthread-safety", done.stderr, re.M)
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for said in pool.map(one, units):
            for name, line in said:
                path = os.path.normpath(os.path.join(tree.build, name))
                yield os.path.relpath(path, tree.source), int(line)


def read_limits():
    limits = {}
    with open(LIMITS) as f:
        for line in f:
            words = line.split(None, 2)
            if words and words[0] not in ("#", "limit"):
                limits[words[0], words[1]] = words[2].strip()
    return limits


def hold_to_limits(tree, folder, facts, units, jobs):
    places = functions_of(facts)
    limits, met = read_limits(), set()
    for file, line in set(clang_says(tree, os.path.join(folder, "overlay.yaml"), units, jobs)):
        if not file.startswith(IN) and "/kvm" not in file:
            continue            # the rest of the kernel states nothing
        names = [n for f, a, b, n in places if f == file and a <= line <= b]
        met.add((file, names[0] if names else "line-%d" % line))
    for key in sorted(met - limits.keys()):
        print("not in limits: %s %s" % key)
    for key in sorted(limits.keys() - met):
        print("in limits, but Clang accepts it: %s %s" % key)
    if met != limits.keys():
        raise linux.Broken("Clang's lock analysis: expected what is in clang-19.limits")
    print("-Wthread-safety: accepted but for %d functions, each with its limit" % len(met))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bin")
    parser.add_argument("-j", "--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--config", default="default", choices=("default", "clang"))
    args = parser.parse_args()
    tools = linux.Tools(os.path.abspath(args.bin))
    tree = linux.Tree(tools, "6.12", args.config)
    facts = tree.facts(args.jobs)
    with tempfile.TemporaryDirectory(dir=os.path.dirname(tree.source)) as folder:
        patches = annotate(tools, tree, folder, facts.values())
        repo, files = apply(patches, tree, folder)
        print("git am: %d patches" % len(patches))
        copy = Copy(tree, folder)
        lines = commands(tree, args.config)
        readers = {u for file in files if os.path.exists(os.path.join(tree.source, file)) for u in tree.readers(file)}
        units = sorted(readers & lines.keys())
        own = [u for u in units if u in files or u.startswith(IN[0])]
        before = compile_all(copy, lines, units, folder, "before", args.jobs)
        said = sparse_says(copy, lines, own, args.jobs) if args.config == "default" else None
        for file in files:
            copy.put(file, os.path.join(repo, file))
        after = compile_all(copy, lines, units, folder, "after", args.jobs)
        other = {u: same_objects(before[u], after[u]) for u in units}
        other = {u: names for u, names in other.items() if names}
        if other:
            raise linux.Broken("objects are not the same: %s" % other)
        print("%s W=1 KVM_WERROR=y: %d units, objects the same" % (lines[units[0]].split()[0], len(units)))
        after = judge(tools, tree, folder, repo, files, facts, args.jobs)
        if args.config == "default":
            hold_to_before(said, sparse_says(copy, lines, own, args.jobs))
        else:
            hold_to_limits(tree, folder, after, own, args.jobs)


if __name__ == "__main__":
    try:
        main()
    except linux.Broken as broken:
        sys.exit("on_linux.py: %s" % broken)
