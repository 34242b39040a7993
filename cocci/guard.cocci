// SPDX-License-Identifier: GPL-2.0-only
///
/// A function that takes a lock, leaves by "goto out" and drops it there, once and
/// last of all, is shorter and cannot forget it with guard().
///
//# Only where the way out does nothing else: one label, one unlock of this lock,
//# and behind it the return of a variable or a constant.
//
// Confidence: Moderate
// Comments: Patch mode only. Needs linux/cleanup.h (Linux 6.5). Leaves braces
//           around what has become a single statement.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual patch

@exit@
identifier out;
identifier drop = {mutex_unlock,spin_unlock,read_unlock,write_unlock};
expression L;
idexpression r;
position o, u;
@@

out@o:
drop@u(L);
return r;

// The lock is taken on every way, before any goto: none may jump over guard().
@shape@
identifier f;
identifier exit.out, exit.drop;
identifier take = {mutex_lock,spin_lock,read_lock,write_lock};
expression exit.L;
position p, exit.u;
@@

f(...)
{
... when != goto out;
take@p(L);
... when != drop(L)
drop@u(L);
return ...;
}

@script:python pair@
take << shape.take;
drop << exit.drop;
kind;
@@

kinds = {"mutex_lock": ("mutex_unlock", "mutex"),
         "spin_lock": ("spin_unlock", "spinlock"),
         "read_lock": ("read_unlock", "read_lock"),
         "write_lock": ("write_unlock", "write_lock")}
if kinds[take][0] == drop:
    coccinelle.kind = cocci.make_ident(kinds[take][1])
else:
    cocci.include_match(False)

@other exists@
identifier shape.f;
identifier l != exit.out;
@@

f(...)
{
... when any
l:
... when any
}

@guarded depends on !other@
identifier shape.f, exit.out, shape.take, exit.drop, pair.kind;
expression exit.L;
idexpression exit.r;
position shape.p, exit.o, exit.u;
@@

f(...)
{
<...
(
- take@p(L);
+ guard(kind)(L);
|
- goto out;
+ return r;
)
...>
- out@o:
- drop@u(L);
return r;
}

// What was set for the way out is returned at once.
@depends on guarded@
identifier shape.f;
idexpression exit.r;
expression E;
@@

f(...)
{
<...
- r = E;
- return r;
+ return E;
...>
}
