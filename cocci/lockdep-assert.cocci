// SPDX-License-Identifier: GPL-2.0-only
///
/// A function of which mmucheck has proved that every caller holds a lock says so
/// by a lockdep assert, first of all. Says where it does not; patch mode adds it.
///
//# The list of functions comes in the file that $MMUCHECK_CONTRACTS names, a line
//# for each lock: the function, held, write or read, and the lock as an expression
//# over the function's parameters:
//#
//#	tdp_mmu_zap_leafs write &kvm->mmu_lock
//#
//# Without the file, nothing is said, nor of a function in which a macro declares a
//# variable. One assert is added to a function in a run.
//
// Confidence: High
// Comments: As good as the list.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual patch
virtual context
virtual org
virtual report

@initialize:python@
@@

import os
import sys

modes = {"held": "lockdep_assert_held", "write": "lockdep_assert_held_write", "read": "lockdep_assert_held_read"}
contracts = {}
asserted = set()

def plain(lock):
    return lock.replace(" ", "")

def read_contracts(path):
    with open(path) as file:
        for number, line in enumerate(file, 1):
            words = line.split(None, 2)
            if not words or words[0].startswith("#"):
                continue
            if len(words) != 3 or words[1] not in modes:
                sys.exit("%s:%d: expected FUNCTION held|write|read LOCK" % (path, number))
            contracts.setdefault(words[0], []).append((modes[words[1]], words[2].strip()))

if os.environ.get("MMUCHECK_CONTRACTS"):
    read_contracts(os.environ["MMUCHECK_CONTRACTS"])

@has@
identifier fn;
identifier a = {lockdep_assert_held,lockdep_assert_held_write,lockdep_assert_held_read};
expression L;
position p;
@@

fn@p(...)
{
<+...
a(L)
...+>
}

@script:python@
fn << has.fn;
p << has.p;
L << has.L;
@@

asserted.add((p[0].file, fn, plain(L)))

// Where a macro declares a variable, spatch takes its ";" for the first statement.
@declares@
identifier fn;
position p;
statement S;
@@

fn@p(...)
{
... when != S
;
... when any
}

@fun@
identifier fn;
position p != declares.p;
@@

fn@p(...) { ... }

@script:python lacks@
fn << fun.fn;
p << fun.p;
call;
lock;
@@

missing = [(a, l) for a, l in contracts.get(fn, []) if (p[0].file, fn, plain(l)) not in asserted]
if missing:
    coccinelle.call = cocci.make_ident(missing[0][0])
    coccinelle.lock = cocci.make_expr(missing[0][1])
else:
    cocci.include_match(False)

@depends on patch@
identifier fun.fn, lacks.call;
expression lacks.lock;
position fun.p;
statement S, S1;
@@

fn@p(...)
{
... when != S
+ call(lock);
+
S1
... when any
}

@depends on context && lacks@
identifier fun.fn;
position fun.p;
@@

* fn@p(...) { ... }

@script:python depends on report@
fn << fun.fn;
p << fun.p;
call << lacks.call;
lock << lacks.lock;
@@

msg = "WARNING: %s() is only called so, but does not %s(%s) [lockdep-assert]" % (fn, call, plain(lock))
coccilib.report.print_report(p[0], msg)

@script:python depends on org@
fn << fun.fn;
p << fun.p;
call << lacks.call;
@@

cocci.print_main("no %s()" % (call), p)
