# SPDX-License-Identifier: GPL-2.0-only
"""The edit language; README.md describes it.

A file is a list of (text, number) pairs: the number is that of the line in the
kernel, or None for a line that an edit brought.
"""

import re


class BadEdit(Exception):
    """Where an edit does not say what it must, or does not fit the kernel."""


class Edit:
    def __init__(self, name, where):
        self.name, self.where = name, where
        self.versions = []
        self.steps = []         # (file, function, action, arguments, where)
        self.expect = []        # (rules, file, function, anchor)
        self.silent = False

    def touched(self):
        return sorted({step[0] for step in self.steps})

    def functions(self):
        return [step[1] for step in self.steps if step[1]]


ANCHOR = r"/((?:[^/\\]|\\.)+)/(\d*|\*)"
ACTIONS = {
    "drop": re.compile(ANCHOR + r"$"),
    "cut": re.compile(ANCHOR + r"\s*\.\.\s*" + ANCHOR + r"$"),
    "swap": re.compile(ANCHOR + r"\s*->(?:\s(.*))?$"),
    "move": re.compile(ANCHOR + r"\s+(before|after)\s+" + ANCHOR + r"$"),
    "before": re.compile(ANCHOR + r"\s*:\s*(.*)$"),
    "after": re.compile(ANCHOR + r"\s*:\s*(.*)$"),
    "lift": re.compile(ANCHOR + r"\s*\.\.\s*" + ANCHOR + r"\s+into\s+(.*\))\s*:\s*(.*)$"),
    "above": re.compile(r"()(.*)$"),
    "rename": re.compile(r"(\w+)\s*->\s*(\w+)$"),
}


def parse(path, name):
    """The edits of a file."""
    edits, edit, file, function, versions = [], None, None, None, []
    with open(path) as f:
        lines = f.read().splitlines()
    for number, line in enumerate(lines, 1):
        where = "%s:%d" % (name, number)
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        word, _, rest = text.partition(" ")
        rest = rest.strip()
        if text.startswith("|"):
            if not edit or not edit.steps:
                raise BadEdit("%s: a line of C belongs to an action before it" % where)
            edit.steps[-1][3].append(line[line.index("|") + 1:].removeprefix(" "))
        elif word == "edit":
            edit, function = Edit(rest, where), None
            edit.versions = versions
            edits.append(edit)
        elif word == "linux":
            if edit:
                edit.versions = rest.split()
            else:
                versions = rest.split()
        elif word == "file":
            file = rest
        elif word == "why":
            pass
        elif not edit:
            raise BadEdit("%s: expected 'edit NAME' before '%s'" % (where, word))
        elif word == "in":
            function = rest
        elif word == "silent":
            edit.silent = True
        elif word == "expect":
            edit.expect.append(expectation(rest, file, function, where))
        elif word in ACTIONS:
            m = ACTIONS[word].match(rest)
            if not m:
                raise BadEdit("%s: '%s' does not read like the '%s' of README.md" % (where, rest, word))
            edit.steps.append((file, function, word, list(m.groups()), where))
        else:
            raise BadEdit("%s: '%s' is no word of an edit" % (where, word))
    for edit in edits:
        if bool(edit.expect) == edit.silent:
            raise BadEdit("%s: expected either 'expect' or 'silent'" % edit.where)
        if not edit.steps or not edit.versions:
            raise BadEdit("%s: expected an action and a 'linux'" % edit.where)
    return edits


def expectation(text, file, function, where):
    m = re.match(r"([a-z|-]+)(?:\s+in\s+(?:(\S+\.[ch]):)?(\S+))?(?:\s+at\s+(edit|" + ANCHOR + r"))?$", text)
    if not m:
        raise BadEdit("%s: expected 'expect RULE [in [FILE:]FUNCTION] [at /ANCHOR/|edit]'" % where)
    rule, other, named, place, anchor, nth = m.groups()
    if named and not other:
        function = named
    elif other:
        file, function = other, named
    return rule.split("|"), file, function, place and (place == "edit" or (anchor, nth))


def span(lines, function):
    """First and last line of a function, or of the whole file."""
    if not function:
        return 0, len(lines) - 1
    head = re.compile(r"^[^\s#/*].*?\b%s\(|^%s\(" % ((re.escape(function),) * 2))
    for first, (text, _) in enumerate(lines):
        if not head.match(text):
            continue
        for last in range(first, len(lines)):
            text = lines[last][0]
            if text.startswith("}"):
                return first, last
            if text.rstrip().endswith(";") and last < first + 8 and "{" not in "".join(
                    t for t, _ in lines[first:last + 1]):
                break
    raise BadEdit("no function %s()" % function)


def find(lines, function, anchor, nth):
    """The lines of a function that an anchor means."""
    first, last = span(lines, function)
    hits = [n for n in range(first, last + 1) if re.search(anchor, lines[n][0])]
    if nth == "*":
        if hits:
            return hits
    elif len(hits) >= int(nth or 1):
        return [hits[int(nth or 1) - 1]]
    raise BadEdit("%s(): no line like /%s/%s" % (function or "the file", anchor, nth))


def statement(lines, first):
    """The last line of the statement that begins here."""
    depth = 0
    for last in range(first, min(first + 12, len(lines))):
        text = re.sub(r'"(\\.|[^"])*"', "", lines[last][0])
        depth += text.count("(") - text.count(")")
        if depth <= 0 and re.search(r"[;{}:]\s*(/\*.*)?$", text):
            return last
    return first


def edited(lines, original):
    """The lines that an edit brought or changed."""
    return [n for n, (text, old) in enumerate(lines) if old is None or original[old - 1] != text]


def fresh(texts):
    return [(t, None) for text in texts if text is not None for t in text.split("\n")]


def indent(lines, at):
    return re.match(r"\s*", lines[at][0]).group()


def act(lines, function, action, given):
    if action == "drop":
        for at in reversed(find(lines, function, given[0], given[1])):
            del lines[at:statement(lines, at) + 1]
    elif action == "cut":
        first, = find(lines, function, given[0], given[1])
        last, = find(lines, function, given[2], given[3])
        del lines[first:statement(lines, last) + 1]
    elif action == "swap":
        for at in find(lines, function, given[0], given[1]):
            text = re.sub(given[0], (given[2] or "").replace("\\", "\\\\"), lines[at][0], count=1)
            lines[at:at + 1] = [(text, lines[at][1])] + fresh(given[3:])
    elif action == "move":
        first, = find(lines, function, given[0], given[1])
        last = statement(lines, first)
        target, = find(lines, function, given[3], given[4])
        moved = lines[first:last + 1]
        to = target if given[2] == "before" else statement(lines, target) + 1
        if first < to <= last:
            raise BadEdit("a statement cannot move into itself")
        if to > last:
            lines[to:to] = moved
            del lines[first:last + 1]
        else:
            del lines[first:last + 1]
            lines[to:to] = moved
    elif action in ("before", "after"):
        for at in reversed(find(lines, function, given[0], given[1])):
            to = at if action == "before" else statement(lines, at) + 1
            lines[to:to] = fresh([indent(lines, at) + t for t in given[2:] if t])
    elif action == "above":
        first, _ = span(lines, function)
        while first and lines[first - 1][0].strip() and not lines[first - 1][0].startswith(("}", "#", " */")):
            first -= 1
        lines[first:first] = fresh([t for t in given[1:] if t] + [""])
    elif action == "lift":
        first, = find(lines, function, given[0], given[1])
        last, = find(lines, function, given[2], given[3])
        last = statement(lines, last)
        body = lines[first:last + 1]
        lines[first:last + 1] = fresh([indent(lines, first) + given[5]])
        tail = fresh(given[6:])
        act(lines, function, "above", ["", given[4]])
        at, _ = span(lines, function)
        at = max(n for n in range(at) if lines[n][0] == given[4]) + 1
        lines[at:at] = fresh(["{"]) + body + tail + fresh(["}"])
    elif action == "rename":
        first, last = span(lines, function)
        for at in range(first, last + 1):
            lines[at] = (re.sub(r"(?<![.>\w])%s\b" % given[0], given[1], lines[at][0]), lines[at][1])


def apply(edit, read):
    """The files that an edit changes: {file: lines}.  read(file) is their text."""
    files = {}
    for file, function, action, given, where in edit.steps:
        if file not in files:
            files[file] = [(t, n) for n, t in enumerate(read(file).split("\n"), 1)]
        try:
            act(files[file], function, action, given)
        except BadEdit as e:
            raise BadEdit("%s: %s: %s" % (where, edit.name, e)) from None
    return files
