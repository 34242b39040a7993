// SPDX-License-Identifier: GPL-2.0-only
///
/// Memory of a guest that was taken out of the direct map is put back for an
/// access, and taken out again, in one critical section of the folio's lock. Says
/// where a function changes the direct map after it has dropped the lock, where
/// it leaves by an error exit with the lock held or with the entry still there,
/// and where the result of a change is not looked at.
///
//# Patch mode adds the folio_unlock() or the set_direct_map_invalid_noflush()
//# that an exit lacks. Look at what it returns: the set_direct_map call that is
//# added can fail too.
//
// Confidence: Moderate
// Comments: A function that clears the folio's private flag hands the entry on.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual patch
virtual context
virtual org
virtual report

// An exit of a function that has both ends of the critical section.
@ends depends on patch exists@
expression F;
position l;
@@

folio_lock@l(F);
... when any
folio_unlock(F);

@depends on patch exists@
expression ends.F;
position ends.l;
@@

folio_lock@l(F);
... when != folio_unlock(F)
+ folio_unlock(F);
return ...;

@label depends on patch exists@
expression F;
identifier l;
position u;
@@

l:
... when != folio_unlock(...)
folio_unlock@u(F);

@depends on patch exists@
expression P, F;
identifier r;
position u != label.u;
statement S;
@@

r = set_direct_map_default_noflush(P);
if (\(r\|r != 0\|r < 0\)) S
... when any
    when != set_direct_map_invalid_noflush(P)
    when != folio_clear_private(...)
    when != folio_unlock(...)
if (...) {
... when != set_direct_map_invalid_noflush(P)
    when != folio_clear_private(...)
+ WARN_ON_ONCE(set_direct_map_invalid_noflush(P));
folio_unlock@u(F);
... when != set_direct_map_invalid_noflush(P)
return ...;
}

@depends on patch exists@
expression P, F;
identifier r, out;
statement S;
@@

r = set_direct_map_default_noflush(P);
if (\(r\|r != 0\|r < 0\)) S
... when any
    when != set_direct_map_invalid_noflush(P)
    when != folio_clear_private(...)
    when != folio_unlock(...)
if (...)
- goto out;
+ {
+	WARN_ON_ONCE(set_direct_map_invalid_noflush(P));
+	goto out;
+ }
... when any
set_direct_map_invalid_noflush(P)
... when any
out:
... when != set_direct_map_invalid_noflush(P)
folio_unlock(F);

// The function has both ends of the critical section: it does not hand it on.
@section depends on !patch exists@
expression F;
position l;
@@

folio_lock@l(F);
... when any
folio_unlock(F);

@restored depends on !patch exists@
expression P, F;
identifier r;
statement S;
position d, u;
@@

r = set_direct_map_default_noflush@d(P);
if (\(r\|r != 0\|r < 0\)) S
... when any
    when != set_direct_map_invalid_noflush(P)
    when != folio_clear_private(...)
    when != folio_unlock(...)
    when != if (...) { <+... set_direct_map_invalid_noflush(P) ...+> }
folio_unlock@u(F);

@mapped depends on !patch exists@
expression P;
identifier r;
statement S;
position d, e;
@@

r = set_direct_map_default_noflush@d(P);
if (\(r\|r != 0\|r < 0\)) S
... when != set_direct_map_invalid_noflush(P)
    when != folio_clear_private(...)
    when != folio_unlock(...)
    when != if (...) { <+... set_direct_map_invalid_noflush(P) ...+> }
return@e ...;

@locked depends on !patch exists@
expression section.F;
position section.l, e;
@@

folio_lock@l(F);
... when != folio_unlock(F)
return@e ...;

@outside depends on !patch exists@
expression F;
position u, d;
@@

folio_unlock@u(F)
... when != folio_lock(F)
    when != F = ...
\(set_direct_map_default_noflush@d\|set_direct_map_invalid_noflush@d\|
  set_direct_map_valid_noflush@d\)(...)

@ignored depends on !patch@
identifier f = {set_direct_map_default_noflush,set_direct_map_invalid_noflush,set_direct_map_valid_noflush};
position p;
@@

\(f@p(...);\|(void)f@p(...);\|BUG_ON(f@p(...));\)

@depends on context@
position u = {restored.u};
@@

* folio_unlock@u(...);

@depends on context@
position e = {mapped.e,locked.e};
@@

* return@e ...;

@depends on context@
identifier f;
position p = {outside.d,ignored.p};
@@

* f@p(...)

@script:python depends on report@
d << restored.d;
u << restored.u;
@@

msg = "ERROR: the direct map entry of line %s is still there when the folio is unlocked [direct-map-scope]" % (d[0].line)
coccilib.report.print_report(u[0], msg)

@script:python depends on report@
d << mapped.d;
e << mapped.e;
@@

msg = "ERROR: return with the direct map entry of line %s still there [direct-map-scope]" % (d[0].line)
coccilib.report.print_report(e[0], msg)

@script:python depends on report@
l << section.l;
e << locked.e;
@@

msg = "ERROR: return with the folio locked since line %s [direct-map-scope]" % (l[0].line)
coccilib.report.print_report(e[0], msg)

@script:python depends on report@
u << outside.u;
d << outside.d;
@@

msg = "ERROR: the direct map is changed after the folio was unlocked on line %s [direct-map-scope]" % (u[0].line)
coccilib.report.print_report(d[0], msg)

@script:python depends on report@
p << ignored.p;
f << ignored.f;
@@

msg = "ERROR: %s() can fail, and nobody handles it [direct-map-scope]" % (f)
coccilib.report.print_report(p[0], msg)

@script:python depends on org@
u << restored.u;
d << restored.d;
@@

cocci.print_main("folio unlocked with its direct map entry there", u)
cocci.print_secs("entry restored", d)

@script:python depends on org@
e << mapped.e;
d << mapped.d;
@@

cocci.print_main("return with the direct map entry there", e)
cocci.print_secs("entry restored", d)

@script:python depends on org@
d << outside.d;
u << outside.u;
@@

cocci.print_main("direct map changed without the folio lock", d)
cocci.print_secs("folio unlocked", u)

@script:python depends on org@
l << section.l;
e << locked.e;
@@

cocci.print_main("return with the folio locked", e)
cocci.print_secs("locked here", l)

@script:python depends on org@
p << ignored.p;
@@

cocci.print_main("failure not handled", p)
