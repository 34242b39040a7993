# SPDX-License-Identifier: GPL-2.0-only
"""steps.py FILE [NAME=VALUE...]: do what a runner does with a job's commands.

Variables of the file are set first, then those that are given; of ${{ }}, what only
the runner knows, nothing is left but what is given.  Each step of a GitHub workflow is a
shell of its own, a GitLab job is one; both stop at the first command that fails.
"""

import os
import subprocess
import sys

import yaml


def main():
    with open(sys.argv[1]) as f:
        file = yaml.safe_load(f)
    job = (file.get("jobs") or file)["mmucheck"]
    variables = {**file.get("env", {}), **job.get("variables", {})}
    variables.update(arg.split("=", 1) for arg in sys.argv[2:])
    left = [name for name, value in variables.items() if "${{" in value]
    if left:
        sys.exit("steps.py: expected a value for %s" % ", ".join(left))
    if "script" in job:
        shells = [(["sh", "-ec"], "\n".join(job["script"]))]
    else:
        shells = [(["bash", "-eo", "pipefail", "-c"], step["run"]) for step in job["steps"] if "run" in step]
    for shell, text in shells:
        status = subprocess.run([*shell, text], env={**os.environ, **variables}).returncode
        if status:
            return status
    return 0


sys.exit(main())
