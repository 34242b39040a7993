# SPDX-License-Identifier: GPL-2.0-only
"""nipa.py DIR: run the test in DIR as NIPA does, and print its exit status, its line
and what it wrote."""

import json
import os
import subprocess
import sys

with open(os.path.join(sys.argv[1], "info.json")) as f:
    command = json.load(f)["run"]
command[0] = os.path.join(sys.argv[1], command[0])
read, write = os.pipe()
run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                     pass_fds=[write], env={**os.environ, "DESC_FD": str(write)})
os.close(write)
with os.fdopen(read) as f:
    print("%d: %s%s" % (run.returncode, f.read(), run.stdout), end="")
