// SPDX-License-Identifier: GPL-2.0-only
///
/// SPTEs of a range of gfns are zapped only while an invalidation of the MMU is
/// in progress: from kvm_mmu_invalidate_begin() to kvm_mmu_invalidate_end().
/// Outside of it a page fault that has its pfn already installs it again.
///
/// Says where a function zaps before it begins or after it has ended, where it
/// takes mmu_lock itself and zaps without either, and where it returns between
/// the two.
///
//# The removal of a memslot is the other legal way: a function that is given a
//# memslot is not judged. "mmucheck run" does that over calls, rule
//# zap-in-invalidation.
//
// Confidence: Moderate
// Comments: False if a callee begins the invalidation.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual context
virtual org
virtual report

// The removal of a memslot, and functions that name one.
@memslot@
identifier f, slot;
position d;
@@

f@d(..., struct kvm_memory_slot *slot, ...) { ... }

@bare exists@
identifier f;
identifier zap = {kvm_unmap_gfn_range,kvm_tdp_mmu_unmap_gfn_range,__kvm_rmap_zap_gfn_range,kvm_rmap_zap_gfn_range,kvm_tdp_mmu_zap_leafs};
expression K;
position d != memslot.d, p, q;
@@

f@d(...)
{
... when != kvm_mmu_invalidate_begin(...)
\(write_lock@q(&K->mmu_lock)\|KVM_MMU_LOCK@q(K)\)
... when != kvm_mmu_invalidate_begin(...)
    when != \(write_unlock(&K->mmu_lock)\|KVM_MMU_UNLOCK(K)\)
zap@p(...)
... when any
}

@ended exists@
identifier zap = {kvm_unmap_gfn_range,kvm_tdp_mmu_unmap_gfn_range,__kvm_rmap_zap_gfn_range,kvm_rmap_zap_gfn_range,kvm_tdp_mmu_zap_leafs};
position p, q;
@@

kvm_mmu_invalidate_end@q(...)
... when != kvm_mmu_invalidate_begin(...)
zap@p(...)

@early exists@
identifier f;
identifier zap = {kvm_unmap_gfn_range,kvm_tdp_mmu_unmap_gfn_range,__kvm_rmap_zap_gfn_range,kvm_rmap_zap_gfn_range,kvm_tdp_mmu_zap_leafs};
position d != memslot.d, p != bare.p, q;
@@

f@d(...)
{
... when != kvm_mmu_invalidate_begin(...)
zap@p(...)
... when != kvm_mmu_invalidate_end(...)
kvm_mmu_invalidate_begin@q(...)
... when any
}

@open exists@
position p, q;
@@

kvm_mmu_invalidate_begin@q(...)
... when != kvm_mmu_invalidate_end(...)
    when != if (...) { <+... kvm_mmu_invalidate_end(...) ...+> }
return@p ...;

@pair exists@
position open.q;
@@

kvm_mmu_invalidate_begin@q(...)
... when any
kvm_mmu_invalidate_end(...)

@depends on context@
identifier zap;
position p = {bare.p,ended.p,early.p};
@@

*zap@p(...)

@depends on context && pair@
position open.p;
@@

*return@p ...;

@script:python depends on report@
p << bare.p;
q << bare.q;
zap << bare.zap;
@@

msg = "ERROR: %s() under mmu_lock of line %s without an invalidation in progress [zap-in-invalidation]" % (zap, q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << ended.p;
q << ended.q;
zap << ended.zap;
@@

msg = "ERROR: %s() after the invalidation ended on line %s [zap-in-invalidation]" % (zap, q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << early.p;
q << early.q;
zap << early.zap;
@@

msg = "ERROR: %s() before the invalidation begins on line %s [zap-in-invalidation]" % (zap, q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on report && pair@
p << open.p;
q << open.q;
@@

msg = "ERROR: return inside the invalidation that began on line %s [zap-in-invalidation]" % (q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on org@
p << bare.p;
q << bare.q;
@@

cocci.print_main("zap without an invalidation", p)
cocci.print_secs("mmu_lock taken", q)

@script:python depends on org@
p << ended.p;
q << ended.q;
@@

cocci.print_main("zap after the invalidation", p)
cocci.print_secs("it ended", q)

@script:python depends on org@
p << early.p;
q << early.q;
@@

cocci.print_main("zap before the invalidation", p)
cocci.print_secs("it begins", q)

@script:python depends on org && pair@
p << open.p;
q << open.q;
@@

cocci.print_main("return inside the invalidation", p)
cocci.print_secs("it began", q)
