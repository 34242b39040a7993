# SPDX-License-Identifier: GPL-2.0-only
"""What the lit tests of all suites share; README.md says how to write one."""

import glob
import os
import shutil

import lit.formats

here = os.path.dirname(os.path.abspath(__file__))
top = os.path.dirname(here)
llvm = "/usr/lib/llvm-19/bin"
tools = lit_config.params.get("bin", os.path.join(top, "build", "bin"))

config.name = "mmucheck"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".facts", ".contracts", ".test", ".sh"]
config.excludes = ["Inputs"]
config.test_source_root = here
config.test_exec_root = lit_config.params.get("exec", os.path.join(top, "build", "testsuite"))

config.environment["PATH"] = os.pathsep.join([tools, llvm, os.environ["PATH"]])
config.environment["MMUCHECK_BIN"] = tools
config.environment["LC_ALL"] = "C"

# FileCheck lets through what no line asks for.  %check does not: a warning or
# an error that no CHECK line names is a failure, and a test without any CHECK
# line passes on silence alone.
strict = "FileCheck-19 --implicit-check-not='{{(warning|error): }}' --allow-empty --dump-input=fail %s"

config.substitutions += [
    ("%check", strict),
    ("%mmucheck", os.path.join(tools, "mmucheck")),
    ("%facts", os.path.join(here, "Inputs", "facts")),
    ("%judge", os.path.join(here, "Inputs", "judge")),
    ("%bin", tools),
    ("%top", top),
    ("%annotations", os.path.join(top, "annotations")),
]

# What a test may ask for in a REQUIRES line.  What is missing is shown as
# UNSUPPORTED, never as passed.
features = {
    "frontend": os.path.exists(os.path.join(tools, "mmucheck-facts")),
    "pre-commit": shutil.which("pre-commit"),
    "spatch": shutil.which("spatch"),
    "linux-source": os.path.exists("/usr/src/linux-source-6.12.tar.xz"),
    "npm": shutil.which("npm"),
    "zsh": shutil.which("zsh"),
    "chromium": shutil.which("chromium"),
    "kernel-headers": glob.glob("/lib/modules/*/build/Makefile") or glob.glob("/usr/src/linux-headers-*-amd64/Makefile"),
}
for name, there in features.items():
    if there:
        config.available_features.add(name)
    else:
        lit_config.note("not here: %s" % name)
if "frontend" not in config.available_features:
    lit_config.error("%s/mmucheck-facts is not built" % tools)
