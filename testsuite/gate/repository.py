# SPDX-License-Identifier: GPL-2.0-only
"""A git repository with the KVM of a real kernel, made on the spot.

It holds what KVM's units are made of and no more, so that it is made in seconds.
The build folder beside it has compile commands alone; what the build generated is
read where the kernel is configured.
"""

import json
import os
import re
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Inputs"))
from linux import Broken, Tools, Tree  # noqa: E402,F401

QUIET = {**os.environ, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"}


class Repository:
    def __init__(self, folder, tree):
        self.tools = tree.tools
        self.kernel, self.out, self.facts = (os.path.join(folder, n) for n in ("linux", "out", "facts"))
        os.mkdir(self.out)
        for name in self._names(tree):
            os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
            shutil.copyfile(os.path.join(tree.source, name), self.path(name))
        self.rows = [self._row(tree, unit) for unit in sorted(tree.commands)]
        with open(os.path.join(self.out, "compile_commands.json"), "w") as f:
            json.dump(self.rows, f)
        self.git("init", "-q", "-b", "main", ".")
        for key, value in (("user.name", "t"), ("user.email", "t@example.org"), ("mmucheck.build", self.out)):
            self.git("config", key, value)
        self.git("add", "-f", ".")
        self.git("commit", "-q", "-m", "the base")

    def _names(self, tree):
        """What the units read, as far as it is the kernel's source."""
        names = set()
        for facts in tree.facts(os.cpu_count()).values():
            with open(facts + ".d") as f:
                words = f.read().replace("\\\n", " ").split()
            for word in words:
                path = os.path.normpath(os.path.join(tree.build, word))
                if not word.endswith(":") and path.startswith(tree.source + "/"):
                    names.add(os.path.relpath(path, tree.source))
        return sorted(names)

    def _row(self, tree, unit):
        command = tree.commands[unit].replace(tree.source, self.kernel)
        command = re.sub(r"-c -o (\S+)", lambda m: "-c -o " + os.path.join(self.out, m.group(1)), command)
        return {"directory": tree.build, "file": self.path(unit), "command": "gcc " + command}

    def path(self, name):
        return os.path.join(self.kernel, name)

    def git(self, *argv, fine=(0,)):
        run = subprocess.run(["git", "-C", self.kernel, *argv], env=QUIET, stdin=subprocess.DEVNULL,
                             capture_output=True, text=True)
        if run.returncode not in fine:
            raise Broken("git %s: %s" % (argv[0], run.stderr.strip()))
        return run

    def mmucheck(self, *argv, fine=(0, 1), text=None):
        run = subprocess.run([self.tools.mmucheck, *argv], cwd=self.kernel, capture_output=True, text=True,
                             input=text or "")
        if run.returncode not in fine:
            raise Broken("mmucheck %s: exit %d: %s" % (argv[0], run.returncode, run.stderr.strip()))
        return run

    def warm(self):
        """The facts of all units, as 'run' leaves them."""
        return self.mmucheck("run", "--build", self.out, "--kernel", self.kernel, "--facts", self.facts)

    def edit(self, name, before, after):
        with open(self.path(name)) as f:
            text = f.read()
        if before not in text:
            raise Broken("%s: expected to find %r" % (name, before))
        with open(self.path(name), "w") as f:
            f.write(text.replace(before, after, 1))
