#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""run.py BIN [-j N] [--keep DIR] [NAME...]: break the real KVM, and see that it is found.

Every edit is made on a copy of the file it is about; the units that read the
file get new facts, those of the others stay, and what is found is compared with
what was found before.
"""

import argparse
import contextlib
import concurrent.futures
import glob
import os
import re
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "Inputs"))

import edits as language  # noqa: E402
import linux  # noqa: E402

BREAKING = 12           # edits that break something, to be judged together


class Judge:
    """One kernel version, and what is found in it as it is."""

    def __init__(self, tools, version, jobs, keep):
        self.tools, self.keep, self.version = tools, keep, version
        number, _, config = version.partition("-")
        self.tree = linux.Tree(tools, number, config or "default")
        self.facts = self.tree.facts(jobs)
        self.readers = {}
        self.lock = threading.Lock()
        self.known = {key(f, {}) for f in tools.analyze(self.facts.values())}

    def folder(self, edit):
        """Where the edited files and their facts go."""
        if not self.keep:
            return tempfile.TemporaryDirectory()
        path = os.path.abspath(os.path.join(self.keep, "%s-%s" % (edit.name, self.version)))
        os.makedirs(path, exist_ok=True)
        return contextlib.nullcontext(path)

    def text(self, file):
        with open(os.path.join(self.tree.source, file)) as f:
            return f.read()

    def units(self, files):
        with self.lock:
            for file in files:
                if file not in self.readers:
                    self.readers[file] = self.tree.readers(file)
            return sorted({u for file in files for u in self.readers[file]})

    def findings(self, edit):
        """What the edit makes new, and the files it changed."""
        changed = language.apply(edit, self.text)
        with self.folder(edit) as folder:
            over = linux.overlay(folder, self.tree.source,
                                 {f: "\n".join(t for t, _ in l) for f, l in changed.items()})
            facts = dict(self.facts)
            for unit in self.units(changed):
                facts[unit] = os.path.join(folder, unit.replace("/", "_") + ".facts")
                self.tree.extract(unit, facts[unit], over)
            if edit.expect and all(same(facts[u], self.facts[u]) for u in self.units(changed)):
                raise linux.Broken("the edit changes nothing that is compiled")
            if self.keep:
                with open(os.path.join(folder, "facts.list"), "w") as f:
                    f.write("".join(path + "\n" for path in facts.values()))
            found = self.tools.analyze(facts.values())
        return [f for f in found if key(f, changed) not in self.known], changed


def same(new, old):
    """Whether two files of facts say the same, wherever it stands now."""
    with open(new) as a, open(old) as b:
        return re.sub(r"\d+:\d+|end .*", "", a.read()) == re.sub(r"\d+:\d+|end .*", "", b.read())


def key(finding, changed):
    """A finding without what moved: the line is that of the kernel as it is."""
    line = finding["line"]
    if finding["file"] in changed:
        line = changed[finding["file"]][line - 1][1]
    return finding["rule"], finding["file"], line, re.sub(r"\d+", "", finding["message"])


def leads_by(finding, edit):
    """A path must end where the finding is and lead by what was edited."""
    path = finding.get("path", [])
    told = " ".join([finding["function"]] + [p["text"] for p in path] +
                    [n["text"] for n in finding.get("notes", [])])
    names = {f.removeprefix("FNAME(").rstrip(")") for f in edit.functions()}
    return not names or any(name in told for name in names)


def matches(finding, expected, judge, changed):
    rules, file, function, anchor = expected
    if finding["rule"] not in rules:
        return False
    if function == "*":
        return True
    if finding["file"] != file:
        return False
    original = judge.text(file).split("\n")
    lines = changed.get(file) or [(t, n) for n, t in enumerate(original, 1)]
    if anchor is True:
        return finding["line"] - 1 in language.edited(lines, original)
    if not anchor:
        first, last = language.span(lines, function)
        return first <= finding["line"] - 1 <= last
    hits = language.find(lines, function, *anchor)
    return any(at <= finding["line"] - 1 <= language.statement(lines, at) for at in hits)


def brief(findings):
    return "; ".join("%s:%d %s() %s [%s]" % (f["file"], f["line"], f["function"], f["message"], f["rule"])
                     for f in findings[:6]) or "nothing"


def verdict(judge, edit, found, changed, others=()):
    """('ok'|'miss'|'alarm', text); what tells of one of the others is not about this one."""
    if edit.silent:
        return ("alarm", brief(found)) if found else ("ok", "silent")
    found = [f for f in found if not any(leads_by(f, other) for other in others)]
    for expected in edit.expect:
        fits = [f for f in found if matches(f, expected, judge, changed)]
        if not fits:
            return "miss", "expected %s in %s(), came %s" % (" or ".join(expected[0]), expected[2], brief(found))
        if not any(leads_by(f, edit) for f in fits):
            return "miss", "the path does not lead by the edit: %s" % brief(fits)
    return "ok", "found" + (", and %d more" % (len(found) - len(edit.expect)) if len(found) > len(edit.expect) else "")


def batches(edits, size):
    """Edits that touch no function twice, to be judged together."""
    groups = []
    for edit in edits:
        names = {(file, function) for file, function, *_ in edit.steps}
        for group, taken in groups:
            if not names & taken and len(group) < size:
                group.append(edit)
                taken |= names
                break
        else:
            groups.append(([edit], names))
    return [group for group, _ in groups]


def together(judge, group):
    """The verdicts of edits that are made at once; who comes out wrong is judged alone."""
    if len(group) == 1:
        return [attempt(judge, group[0])]
    whole = language.Edit("batch-of-%d" % len(group), group[0].where)
    whole.steps = [step for edit in group for step in edit.steps]
    whole.silent = group[0].silent
    try:
        found, changed = judge.findings(whole)
        if whole.silent:
            verdicts = [verdict(judge, whole, found, changed)] * len(group)
        else:
            verdicts = [verdict(judge, edit, found, changed, [e for e in group if e is not edit])
                        for edit in group]
    except (language.BadEdit, linux.Broken):
        verdicts = [("broken", "")] * len(group)
    return [v if v[0] == "ok" else attempt(judge, edit) for v, edit in zip(verdicts, group)]


def limits():
    """Edits that are known to come out wrong, each with its reason."""
    known = {}
    with open(os.path.join(HERE, "limits")) as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                name, _, why = line.strip().partition(" ")
                known[name] = why.strip()
    return known


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("bin")
    ask.add_argument("-j", type=int, default=2)
    ask.add_argument("-v", action="store_true", help="print what is found for each edit")
    ask.add_argument("--rule", help="only the edits that break this rule, or 'silent', or 'breaking'")
    ask.add_argument("--sample", type=int, default=1, metavar="N", help="every N-th edit only")
    ask.add_argument("--keep", metavar="DIR", help="leave what is edited, and a facts.list, in DIR/NAME-VERSION")
    ask.add_argument("names", nargs="*", help="only the edits with these names")
    args = ask.parse_intermixed_args()

    edits = []
    for path in sorted(glob.glob(os.path.join(HERE, "*.edits"))):
        edits += language.parse(path, os.path.basename(path))
    names = [e.name for e in edits]
    for name in names:
        if names.count(name) > 1:
            raise language.BadEdit("%s: two edits have this name" % name)
    known = limits()
    for name in known:
        if name not in names:
            raise language.BadEdit("limits: no edit has the name %s" % name)
    if args.names:
        edits = [e for e in edits if any(re.fullmatch(n, e.name) for n in args.names)]

    if args.rule:
        edits = [e for e in edits if any(args.rule in x[0] for x in e.expect) or
                 args.rule == ("silent" if e.silent else "breaking")]

    edits = edits[::args.sample]

    tools = linux.Tools(os.path.abspath(args.bin))
    runs = [(e, v) for e in edits for v in e.versions]
    judges = {v: Judge(tools, v, args.j, args.keep) for v in sorted({v for _, v in runs})}
    linux.say("%d edits on Linux %s" % (len(runs), ", ".join(judges)))

    count = {"found": 0, "silent": 0, "limit": 0, "wrong": 0}
    with concurrent.futures.ThreadPoolExecutor(args.j) as pool:
        jobs = []
        for silent, size in ((False, 1 if args.keep else BREAKING), (True, len(runs))):
            for version, judge in judges.items():
                jobs += [(group, version, pool.submit(together, judge, group))
                         for group in batches([e for e, v in runs if v == version and e.silent == silent], size)]
        for edit, version, (kind, text) in (
                (e, v, r) for group, v, job in jobs for e, r in zip(group, job.result())):
            title = "%s (%s)" % (edit.name, version)
            if kind == "ok" and edit.name not in known:
                count["silent" if edit.silent else "found"] += 1
                if args.v:
                    print("ok    %s: %s" % (title, text))
            elif kind == "ok":
                count["wrong"] += 1
                print("MENDED %s: comes out right, strike it from limits" % title)
            elif edit.name in known and kind != "broken":
                count["limit"] += 1
                print("limit %s: %s" % (title, known[edit.name]))
            else:
                count["wrong"] += 1
                print("%s %s (%s): %s" % (kind.upper(), title, edit.where, text))
            sys.stdout.flush()
    print("%d of %d found, %d of %d silent as expected, %d known limits" % (
        count["found"], sum(not e.silent for e, _ in runs), count["silent"],
        sum(e.silent for e, _ in runs), count["limit"]))
    return 1 if count["wrong"] else 0


def attempt(judge, edit):
    try:
        return verdict(judge, edit, *judge.findings(edit))
    except (language.BadEdit, linux.Broken) as e:
        return "broken", str(e)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (language.BadEdit, linux.Broken) as e:
        print("run.py: %s" % e, file=sys.stderr)
        sys.exit(2)
