// SPDX-License-Identifier: GPL-2.0-only
///
/// An SPTE that another CPU or the hardware may change at this moment is not read
/// or written through a plain dereference: the compiler may tear it or read it
/// twice. Says where
///  - the __rcu pointer of the TDP MMU is dereferenced, without rcu_dereference()
///    or without READ_ONCE() and its kin, and
///  - *sptep is plain between walk_shadow_page_lockless_begin() and _end(), or
///    where the function itself holds mmu_lock for read.
///
//# Under mmu_lock held for write *sptep may be plain. What callers hold is for
//# "mmucheck run", rule spte-access.
//
// Confidence: High
// Comments: An SPTE that nobody else can reach yet may be plain too.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual context
virtual org
virtual report

@once@
expression E, v;
position p;
@@

(
READ_ONCE(*E@p)
|
WRITE_ONCE(*E@p, v)
|
sizeof(*E@p)
)

@rcu@
typedef tdp_ptep_t;
tdp_ptep_t E;
position p != once.p;
@@

  *E@p

@plain_once@
expression E, v;
position p;
@@

(
READ_ONCE(*rcu_dereference@p(E))
|
WRITE_ONCE(*rcu_dereference@p(E), v)
|
sizeof(*rcu_dereference@p(E))
)

@plain@
expression E;
position p != plain_once.p;
@@

  *rcu_dereference@p(E)

@lockless exists@
expression E;
identifier sptep = {sptep,spte_ptr};
position p != once.p, q;
@@

walk_shadow_page_lockless_begin@q(...)
... when != walk_shadow_page_lockless_end(...)
\(*sptep@p\|*(E.sptep)@p\|*(E->sptep)@p\)

@shared exists@
expression E, K;
identifier sptep = {sptep,spte_ptr};
position p != once.p, q;
@@

read_lock@q(&K->mmu_lock)
... when != read_unlock(&K->mmu_lock)
\(*sptep@p\|*(E.sptep)@p\|*(E->sptep)@p\)

@depends on context@
expression E;
position p = {rcu.p,lockless.p,shared.p};
@@

* *E@p

@depends on context@
expression E;
position plain.p;
@@

* *rcu_dereference@p(E)

@script:python depends on report@
p << rcu.p;
@@

coccilib.report.print_report(p[0], "ERROR: an SPTE of the TDP MMU is dereferenced without rcu_dereference() [spte-access]")

@script:python depends on report@
p << plain.p;
@@

coccilib.report.print_report(p[0], "ERROR: plain access to an SPTE of the TDP MMU [spte-access]")

@script:python depends on report@
p << lockless.p;
q << lockless.q;
@@

msg = "ERROR: plain access to an SPTE in the lockless walk that began on line %s [spte-access]" % (q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << shared.p;
q << shared.q;
@@

msg = "ERROR: plain access to an SPTE with mmu_lock held for read since line %s [spte-access]" % (q[0].line)
coccilib.report.print_report(p[0], msg)

@script:python depends on org@
p << rcu.p;
@@

cocci.print_main("SPTE without rcu_dereference()", p)

@script:python depends on org@
p << plain.p;
@@

cocci.print_main("plain access to an SPTE", p)

@script:python depends on org@
p << lockless.p;
q << lockless.q;
@@

cocci.print_main("plain access to an SPTE", p)
cocci.print_secs("lockless walk", q)

@script:python depends on org@
p << shared.p;
q << shared.q;
@@

cocci.print_main("plain access to an SPTE", p)
cocci.print_secs("mmu_lock held for read", q)
