// SPDX-License-Identifier: GPL-2.0-only
///
/// A function that zaps SPTEs returns whether remote TLBs have to be flushed.
/// Says where that value is dropped and nothing is flushed on some way out of the
/// function, and where a second zap overwrites the value of a first one.
///
//# Write protection for dirty logging is left out: there one flush of the memslot
//# comes later and covers it. What becomes of a value that is kept is for
//# "mmucheck run", rule flush-before-unlock.
//
// Confidence: High
// Comments: False if a callee of another name flushes.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual context
virtual org
virtual report

@dropped exists@
identifier zap = {kvm_unmap_gfn_range,kvm_mmu_unmap_gfn_range,kvm_tdp_mmu_unmap_gfn_range,__kvm_rmap_zap_gfn_range,kvm_rmap_zap_gfn_range,kvm_tdp_mmu_zap_leafs,tdp_mmu_zap_leafs,kvm_tdp_mmu_zap_sp,kvm_zap_all_rmap_sptes,mmu_spte_update};
position p;
@@

\(zap@p(...);\|(void)zap@p(...);\)
... when != kvm_flush_remote_tlbs(...)
    when != kvm_flush_remote_tlbs_range(...)
    when != kvm_flush_remote_tlbs_gfn(...)
    when != kvm_flush_remote_tlbs_sptep(...)
    when != kvm_flush_remote_tlbs_memslot(...)
    when != kvm_flush_remote_tlbs_with_address(...)

@carried@
identifier flush, zap = {kvm_unmap_gfn_range,kvm_mmu_unmap_gfn_range,kvm_tdp_mmu_unmap_gfn_range,__kvm_rmap_zap_gfn_range,kvm_rmap_zap_gfn_range,kvm_tdp_mmu_zap_leafs,tdp_mmu_zap_leafs,kvm_tdp_mmu_zap_sp,kvm_zap_all_rmap_sptes,mmu_spte_update};
position p;
@@

\(flush = zap@p(..., <+...flush...+>, ...)\|flush = flush || zap@p(...)\|
  flush = zap@p(...) || flush\|flush = flush | zap@p(...)\|
  flush = zap@p(...) | flush\)

@overwritten exists@
identifier flush, zap1 = {kvm_unmap_gfn_range,kvm_mmu_unmap_gfn_range,kvm_tdp_mmu_unmap_gfn_range,__kvm_rmap_zap_gfn_range,kvm_rmap_zap_gfn_range,kvm_tdp_mmu_zap_leafs,tdp_mmu_zap_leafs,kvm_tdp_mmu_zap_sp,kvm_zap_all_rmap_sptes,mmu_spte_update};
identifier zap2 = {kvm_unmap_gfn_range,kvm_mmu_unmap_gfn_range,kvm_tdp_mmu_unmap_gfn_range,__kvm_rmap_zap_gfn_range,kvm_rmap_zap_gfn_range,kvm_tdp_mmu_zap_leafs,tdp_mmu_zap_leafs,kvm_tdp_mmu_zap_sp,kvm_zap_all_rmap_sptes,mmu_spte_update};
position q, p != carried.p;
@@

\(flush = zap1@q(...)\|flush |= zap1@q(...)\)
... when != flush
flush = zap2@p(...)

@depends on context@
identifier f;
position p = {dropped.p,overwritten.p};
@@

*f@p(...)

@script:python depends on report@
p << dropped.p;
zap << dropped.zap;
@@

msg = "ERROR: %s() says whether to flush, and nobody asks [flush-before-unlock]" % (zap)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << overwritten.p;
q << overwritten.q;
flush << overwritten.flush;
@@

msg = "ERROR: %s is overwritten, and with it the flush that line %s asked for [flush-before-unlock]" % (flush, q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on org@
p << dropped.p;
@@

cocci.print_main("ignored: whether to flush", p)

@script:python depends on org@
p << overwritten.p;
q << overwritten.q;
@@

cocci.print_main("overwritten: whether to flush", p)
cocci.print_secs("set here", q)
