// SPDX-License-Identifier: GPL-2.0-only
///
/// The locks mmu_unsync_pages_lock and tdp_mmu_pages_lock nest in mmu_lock: they
/// are taken and dropped inside. Says where one function takes or drops it while it
/// holds the inner lock, or takes the inner lock where it has dropped mmu_lock
/// or has not taken it yet.
///
//# What a caller holds is not seen: a function that leaves mmu_lock to its
//# callers is not judged. "mmucheck run" does that, rule lock-order.
//
// Confidence: High
// Comments: False if a callee drops or takes mmu_lock for its caller.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual context
virtual org
virtual report

@inside exists@
identifier inner = {mmu_unsync_pages_lock,tdp_mmu_pages_lock};
expression E, K;
position p, q;
@@

spin_lock@p(\(&E.inner\|&E->inner\))
... when != spin_unlock(\(&E.inner\|&E->inner\))
(
\(write_lock@q\|read_lock@q\|write_unlock@q\|read_unlock@q\)(&K->mmu_lock)
|
\(KVM_MMU_LOCK@q\|KVM_MMU_UNLOCK@q\)(K)
)

@after exists@
identifier inner = {mmu_unsync_pages_lock,tdp_mmu_pages_lock};
expression E, K;
position p, q;
@@

(
\(write_unlock@q\|read_unlock@q\)(&K->mmu_lock)
|
KVM_MMU_UNLOCK@q(K)
)
... when != \(write_lock\|read_lock\)(&K->mmu_lock)
    when != KVM_MMU_LOCK(K)
spin_lock@p(\(&E.inner\|&E->inner\))

@before exists@
identifier f;
identifier inner = {mmu_unsync_pages_lock,tdp_mmu_pages_lock};
expression E, K, K1, K2;
position p != inside.p, q;
@@

f(...)
{
... when != \(write_lock\|read_lock\)(&K1->mmu_lock)
    when != KVM_MMU_LOCK(K1)
spin_lock@p(\(&E.inner\|&E->inner\))
... when != \(write_unlock\|read_unlock\)(&K2->mmu_lock)
    when != KVM_MMU_UNLOCK(K2)
(
\(write_lock@q\|read_lock@q\)(&K->mmu_lock)
|
KVM_MMU_LOCK@q(K)
)
... when any
}

@depends on context && (inside || after || before)@
position p = {inside.p,after.p,before.p};
@@

*spin_lock@p(...)

@script:python depends on report@
p << inside.p;
q << inside.q;
inner << inside.inner;
@@

msg = "ERROR: mmu_lock is taken or dropped on line %s with %s held [lock-order]" % (q[0].line, inner)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << after.p;
q << after.q;
inner << after.inner;
@@

msg = "ERROR: %s taken without mmu_lock, which line %s dropped [lock-order]" % (inner, q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << before.p;
q << before.q;
inner << before.inner;
@@

msg = "ERROR: %s taken without mmu_lock, which line %s takes later [lock-order]" % (inner, q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on org@
p << inside.p;
q << inside.q;
@@

cocci.print_main("mmu_lock taken or dropped with an inner lock held", p)
cocci.print_secs("mmu_lock", q)

@script:python depends on org@
p << after.p;
q << after.q;
@@

cocci.print_main("inner lock taken without mmu_lock", p)
cocci.print_secs("mmu_lock dropped", q)

@script:python depends on org@
p << before.p;
q << before.q;
@@

cocci.print_main("inner lock taken without mmu_lock", p)
cocci.print_secs("mmu_lock taken", q)
