# SPDX-License-Identifier: GPL-2.0-only
"""A Linux tree, configured, and the facts of its KVM; for corpus/ and mutants/.

The facts are kept beside the trees, in a folder named after what made them, so
that a second run, or another checkout with the same front end, finds them.
"""

import concurrent.futures
import glob
import hashlib
import json
import os
import re
import resource
import signal
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ANNOTATIONS = os.path.join(TOP, "annotations")
CPU_LIMIT = 60          # seconds for one answer over all of KVM; it takes two
FOLDERS = ("arch/x86/kvm/", "virt/kvm/")


class Broken(Exception):
    """The run itself failed; says what, where and what was expected."""


def say(text):
    print("== " + text, file=sys.stderr, flush=True)


def scopes():
    rows = []
    for path in sorted(glob.glob(os.path.join(ANNOTATIONS, "*.contracts"))):
        with open(path) as f:
            rows += [l.split()[1] for l in f if l.startswith("scope ")]
    return rows


def bounded():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT, CPU_LIMIT + 5))
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


class Tools:
    def __init__(self, folder):
        self.facts = os.path.join(folder, "mmucheck-facts")
        self.mmucheck = os.path.join(folder, "mmucheck")
        digest = hashlib.sha256(" ".join(scopes()).encode())
        for path in (self.facts, os.path.join(ANNOTATIONS, "linux-macros.h")):
            with open(path, "rb") as f:
                digest.update(f.read())
        self.version = digest.hexdigest()[:12]

    def analyze(self, files, extra=()):
        """The findings, as a list of dictionaries."""
        run = subprocess.run([self.mmucheck, "analyze", "--annotations=" + ANNOTATIONS,
                              "--format=json", *extra, *files],
                             capture_output=True, text=True, preexec_fn=bounded)
        if run.returncode == -signal.SIGXCPU:
            raise Broken("mmucheck analyze: more than %d s of CPU time" % CPU_LIMIT)
        if run.returncode not in (0, 1):
            raise Broken("mmucheck analyze: exit %d: %s" % (run.returncode, run.stderr.strip()[-500:]))
        return [json.loads(line) for line in run.stdout.splitlines() if line]


def configured(version, config):
    """The source of a Linux, and the folder that it is configured in."""
    run = subprocess.run([os.path.join(TOP, "scripts", "linux"), version, config],
                         stdout=subprocess.PIPE, text=True)
    if run.returncode:
        raise Broken("scripts/linux %s %s failed" % (version, config))
    return map(os.path.realpath, run.stdout.split())


class Tree:
    def __init__(self, tools, version, config="default"):
        self.source, self.build = configured(version, config)
        self.name = "%s-%s" % (version, config)
        self.tools = tools
        self.folder = os.path.join(os.path.dirname(self.build), "facts", tools.version, self.name)
        self.commands = self._commands()

    def _commands(self):
        """Each unit of KVM with its compiler's arguments, as make prints them."""
        flags = []
        if self.name.endswith("-i386"):
            flags = ["ARCH=i386"]
        if self.name.endswith("-clang"):
            flags = ["LLVM=-19"]
        run = subprocess.run(["make", "-n", "-C", self.source, "O=" + self.build, "V=1", *flags, *FOLDERS],
                             capture_output=True, text=True)
        commands = {}
        for line in run.stdout.splitlines():
            m = re.search(r";\s+(?:gcc|clang\S*) (-Wp,-MMD,\S*\.d .*? -c -o \S+ (\S+\.c))", line)
            if not m:
                continue
            path = os.path.normpath(os.path.join(self.build, m.group(2)))
            unit = os.path.relpath(path, self.source)
            if unit.startswith(FOLDERS):
                commands.setdefault(unit, m.group(1))
        if not commands:
            raise Broken("make -n says nothing of KVM's units in %s: %s" % (self.build, run.stderr.strip()[-500:]))
        return commands

    def path(self, unit):
        return os.path.join(self.folder, unit.replace("/", "_") + ".facts")

    def extract(self, unit, out, overlay=None):
        """Facts of a unit; an overlay stands files in for those of the tree."""
        head = [self.tools.facts, "--root", self.source, "--root", self.build]
        for scope in scopes():
            head += ["--scope", scope]
        head += ["--macros", os.path.join(ANNOTATIONS, "linux-macros.h"), "--out", out]
        if not overlay:
            head += ["--deps", out + ".d"]
        command = " ".join("'%s'" % a for a in head) + " -- "
        if overlay:
            command += "-ivfsoverlay '%s' " % overlay
        run = subprocess.run(command + self.commands[unit], shell=True, cwd=self.build,
                             capture_output=True, text=True)
        if run.returncode:
            raise Broken("%s: %s" % (unit, run.stderr.strip()[-500:]))

    def facts(self, jobs):
        """Facts of all units: those that are missing are made."""
        os.makedirs(self.folder, exist_ok=True)
        missing = [u for u in self.commands if not os.path.exists(self.path(u))]
        if missing:
            say("facts of %d units of Linux %s" % (len(missing), self.name))
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            list(pool.map(lambda u: self.extract(u, self.path(u)), missing))
        return {u: self.path(u) for u in sorted(self.commands)}

    def readers(self, file):
        """The units that read this file."""
        if file in self.commands:
            return [file]
        found = []
        for unit in sorted(self.commands):
            with open(self.path(unit) + ".d") as f:
                names = f.read().replace("\\\n", " ").split()
            if any(os.path.relpath(os.path.normpath(os.path.join(self.build, n)), self.source) == file
                   for n in names if not n.endswith(":")):
                found.append(unit)
        return found


def overlay(folder, source, changed):
    """Write the edited files and what tells Clang where to find them."""
    roots = []
    for n, (file, text) in enumerate(sorted(changed.items())):
        path = os.path.join(folder, "%d-%s" % (n, os.path.basename(file)))
        with open(path, "w") as f:
            f.write(text)
        roots.append({"name": os.path.join(source, file), "type": "file", "external-contents": path})
    path = os.path.join(folder, "overlay.yaml")
    with open(path, "w") as f:
        json.dump({"version": 0, "use-external-names": False, "roots": roots}, f)
    return path
