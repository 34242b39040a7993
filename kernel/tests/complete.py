#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Look whether each contract of the MMU is asserted, removed, and written down.

- A function that states a lock (__must_hold) asserts it in its body, so that it is asked
  for at run time as well.
- A lock that is stated, and a mark that kernel.contracts asks for or has due, is named by
  at least one file in removals/ that takes it away.
- A function that a header declares is described: each parameter, in its unit where that is
  not its type; what it returns; the locks that it states, and whether it needs or takes any.

A line for each that is not so; the last line is "N contracts, N functions, N wanting".
"""

import pathlib
import re
import sys

KERNEL = pathlib.Path(__file__).resolve().parent.parent
FUNCTION = re.compile(r"((?:^/\*(?:(?!\*/).)*?\*/\n)?)^((?:static )?[a-z][\w *]*?\**)\b(\w+)"
                      r"\(([^;{}]*?)\)((?:\n\t__must_hold\w*\([^\n]*\))*)\n\{\n(.*?)^\}",
                      re.M | re.S)
HOLD = re.compile(r"__must_hold\w*\(&?([^\n]*)\)$", re.M)
# What is implemented twice is described where it is declared
DECLARED = re.compile(r"((?:^/\*(?:(?!\*/).)*?\*/\n)?)^(?!static|typedef|extern|#)([a-z][\w *]*?\**)\b"
                      r"(\w+)\(([^;{}]*?)\)()(;)$", re.M | re.S)
UNIT = {"gpa_t": "byte|page", "hva_t": "byte", "unsigned long": "byte|page|gfn|bit|sequence|_seq|pfn"}
PROTOTYPE = re.compile(r"^(?!static|typedef|extern|#)[a-z][\w *]*?\**\b(\w+)\([^;{}]*\);", re.M)


def lock_of(place):
    """mmu_lock of kvm->mmu_lock"""
    return re.split(r"->|\.", place)[-1]


def parameters(text):
    """Names of the parameters, those of a function pointer left out."""
    text = re.sub(r"\(\*(\w+)\)\([^()]*\)", r"\1", text)
    names = [re.search(r"(\w+)(?:\[\w*\])?$", p.strip()) for p in text.split(",")]
    return [n.group(1) for n in names if n and n.group(1) != "void"]


def sources():
    for path in sorted([*KERNEL.glob("*.c"), *KERNEL.glob("sim/*.c")]):
        if path.name not in ("module.c", "platform_kernel.c"):
            yield path, path.read_text()


def functions():
    for path, text in sources():
        for found in FUNCTION.finditer(text):
            yield path, found


def unmeasured(comment, params):
    """The parameters whose unit neither their type nor their description tells."""
    for param in params.split(","):
        found = re.fullmatch(r"\s*(?:const )?([\w ]+?)\s+(\w+)\s*", param)
        if not found or found.group(1) not in UNIT:
            continue
        said = re.search(rf" \* @{found.group(2)}: ((?:(?!\n \* (?:@|\n)).)*)", comment, re.S)
        if said and not re.search(UNIT[found.group(1)], said.group(1)):
            yield found.group(2)


def unasserted(holds, body):
    """The stated locks that the body does not assert."""
    asserts = " ".join(re.findall(r"lockdep_assert\w*\((.*?)\);", body, re.S))
    return [h for h in holds if lock_of(h) not in asserts]


def undescribed(found):
    """What the comment above a public function does not say."""
    comment, result, name, params = found.group(1, 2, 3, 4)
    wants = []
    if not comment.startswith("/**"):
        return ["a description"]
    if f" * {name}() - " not in comment:
        wants.append("its name")
    wants += [f"@{p}" for p in parameters(params) if f" * @{p}:" not in comment]
    if not result.strip().endswith("void") and "Return:" not in comment:
        wants.append("Return:")
    wants += [f"the unit of @{p}" for p in unmeasured(comment, params)]
    if not re.search(r"\b([Nn]eeds?|[Tt]akes|lock(s|ed)?)\b|\b[Aa]s \w+\(\)", comment):
        wants.append("what locks it needs or takes")
    wants += [lock_of(h) for h in HOLD.findall(found.group(5)) if lock_of(h) not in comment]
    return wants


def check_functions(say):
    headers = [*KERNEL.glob("*.h"), *KERNEL.glob("sim/*.h")]
    public = {name for path in headers for name in PROTOTYPE.findall(path.read_text())}
    locks, count = set(), 0
    for path, found in functions():
        name, body = found.group(3), found.group(6)
        holds = HOLD.findall(found.group(5))
        count += len(holds)
        locks.update(map(lock_of, holds))
        for hold in unasserted(holds, body):
            say(f"{path.name}: {name}() states {hold} and does not assert it")
        if name in public:
            wants = undescribed(found)
            if wants:
                say(f"{path.name}: {name}() lacks {', '.join(wants)}")
    for found in DECLARED.finditer((KERNEL / "platform.h").read_text()):
        wants = undescribed(found)
        if wants:
            say(f"platform.h: {found.group(3)}() lacks {', '.join(wants)}")
    return locks, count, len(public)


def check_removals(locks, say):
    removals = "\n".join(p.read_text() for p in (KERNEL / "tests/removals").iterdir())
    rows = (KERNEL / "kernel.contracts").read_text()
    marks = [name for name, due in re.findall(r"^mark (\S+)(.*? due at )?", rows, re.M)
             if due or re.search(rf"(need|or) {re.escape(name)}\b", rows)]
    for name in sorted(locks):
        if not re.search(rf"\b{name}\b", removals):
            say(f"removals: none takes {name} away")
    for name in marks:
        if name not in removals:
            say(f"removals: none takes {name} away")
    return len(marks)


def main():
    wanting = []

    def say(line):
        wanting.append(line)
        print(line)

    locks, holds, public = check_functions(say)
    marks = check_removals(locks, say)
    print(f"{holds + marks} contracts, {public} functions, {len(wanting)} wanting")
    return 1 if wanting else 0


if __name__ == "__main__":
    sys.exit(main())
