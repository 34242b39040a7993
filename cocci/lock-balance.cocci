// SPDX-License-Identifier: GPL-2.0-only
///
/// A function that takes mmu_lock, mmu_unsync_pages_lock or tdp_mmu_pages_lock
/// and drops it on some way drops it on all of them.
///
//# A lock that is taken or dropped under a condition is left alone: whether such
//# a flag is right is for "mmucheck run", rule lock-balance.
//
// Confidence: High
// Comments: A function that never drops the lock is taken to hand it on.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual context
virtual org
virtual report

@spin_if exists@
identifier lock = {mmu_unsync_pages_lock,tdp_mmu_pages_lock};
expression E;
position p;
statement S;
@@

(
if (...) { ... when any
    spin_lock@p(\(&E.lock\|&E->lock\))
    ... when != spin_unlock(\(&E.lock\|&E->lock\))
}
|
if (...) { ... when any
    spin_lock@p(\(&E.lock\|&E->lock\))
    ... when != spin_unlock(\(&E.lock\|&E->lock\))
} else S
|
if (...) S else { ... when any
    spin_lock@p(\(&E.lock\|&E->lock\))
    ... when != spin_unlock(\(&E.lock\|&E->lock\))
}
)

@spin exists@
identifier lock = {mmu_unsync_pages_lock,tdp_mmu_pages_lock};
expression E;
position p != spin_if.p, q;
@@

spin_lock@p(\(&E.lock\|&E->lock\))
... when != spin_unlock(\(&E.lock\|&E->lock\))
    when != if (...) { <+... spin_unlock(\(&E.lock\|&E->lock\)) ...+> }
return@q ...;

@spin_pair exists@
identifier spin.lock;
expression spin.E;
position spin.p;
@@

spin_lock@p(\(&E.lock\|&E->lock\))
... when any
spin_unlock(\(&E.lock\|&E->lock\))

@write_if exists@
expression K;
position p;
statement S;
@@

(
if (...) { ... when any
    \(write_lock@p(&K->mmu_lock)\|KVM_MMU_LOCK@p(K)\)
    ... when != \(write_unlock(&K->mmu_lock)\|KVM_MMU_UNLOCK(K)\)
}
|
if (...) { ... when any
    \(write_lock@p(&K->mmu_lock)\|KVM_MMU_LOCK@p(K)\)
    ... when != \(write_unlock(&K->mmu_lock)\|KVM_MMU_UNLOCK(K)\)
} else S
|
if (...) S else { ... when any
    \(write_lock@p(&K->mmu_lock)\|KVM_MMU_LOCK@p(K)\)
    ... when != \(write_unlock(&K->mmu_lock)\|KVM_MMU_UNLOCK(K)\)
}
)

@write exists@
expression K;
position p != write_if.p, q;
@@

\(write_lock@p(&K->mmu_lock)\|KVM_MMU_LOCK@p(K)\)
... when != \(write_unlock(&K->mmu_lock)\|KVM_MMU_UNLOCK(K)\)
    when != if (...) { <+... \(write_unlock(&K->mmu_lock)\|KVM_MMU_UNLOCK(K)\) ...+> }
return@q ...;

@write_pair exists@
expression write.K;
position write.p;
@@

\(write_lock@p(&K->mmu_lock)\|KVM_MMU_LOCK@p(K)\)
... when any
\(write_unlock(&K->mmu_lock)\|KVM_MMU_UNLOCK(K)\)

@read_if exists@
expression K;
position p;
statement S;
@@

(
if (...) { ... when any
    read_lock@p(&K->mmu_lock)
    ... when != read_unlock(&K->mmu_lock)
}
|
if (...) { ... when any
    read_lock@p(&K->mmu_lock)
    ... when != read_unlock(&K->mmu_lock)
} else S
|
if (...) S else { ... when any
    read_lock@p(&K->mmu_lock)
    ... when != read_unlock(&K->mmu_lock)
}
)

@read exists@
expression K;
position p != read_if.p, q;
@@

read_lock@p(&K->mmu_lock)
... when != read_unlock(&K->mmu_lock)
    when != if (...) { <+... read_unlock(&K->mmu_lock) ...+> }
return@q ...;

@read_pair exists@
expression read.K;
position read.p;
@@

read_lock@p(&K->mmu_lock)
... when any
read_unlock(&K->mmu_lock)

@depends on context@
position q = {spin.q,write.q,read.q};
@@

*return@q ...;

@script:python depends on report && spin_pair@
p << spin.p;
q << spin.q;
lock << spin.lock;
@@

msg = "ERROR: return with %s held, taken on line %s [lock-balance]" % (lock, p[0].line)
coccilib.report.print_report(q[0], msg)

@script:python depends on report && write_pair@
p << write.p;
q << write.q;
@@

msg = "ERROR: return with mmu_lock held for write, taken on line %s [lock-balance]" % (p[0].line)
coccilib.report.print_report(q[0], msg)

@script:python depends on report && read_pair@
p << read.p;
q << read.q;
@@

msg = "ERROR: return with mmu_lock held for read, taken on line %s [lock-balance]" % (p[0].line)
coccilib.report.print_report(q[0], msg)

@script:python depends on org && spin_pair@
p << spin.p;
q << spin.q;
@@

cocci.print_main("return with a lock held", q)
cocci.print_secs("taken here", p)

@script:python depends on org && write_pair@
p << write.p;
q << write.q;
@@

cocci.print_main("return with a lock held", q)
cocci.print_secs("taken here", p)

@script:python depends on org && read_pair@
p << read.p;
q << read.q;
@@

cocci.print_main("return with a lock held", q)
cocci.print_secs("taken here", p)
