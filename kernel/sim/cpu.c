// SPDX-License-Identifier: GPL-2.0-only
/*
 * The hardware below a vCPU: a TLB that keeps what it has until it is flushed, a walk of
 * the page tables that sets A and D, a buffer for the pages that became dirty.
 *
 * One access is made under cpu->lock.  Whoever flushes takes the lock, and so has what a
 * flush by interrupt has: when it returns, accesses through old translations are over.
 */
#include "../mmu_internal.h"
#include "../dirty.h"
#include "../fault.h"
#include "../memslot.h"
#include "../root.h"
#include "../spte.h"
#include "../track.h"
#include "../unsync.h"
#include "sim.h"

enum sim_exit { SIM_DONE, SIM_FAULT, SIM_PML_FULL, SIM_REQUEST };

struct sim_access {
	gpa_t addr;
	u64 *value;
	bool write;
	bool exec;
};

/**
 * sim_cpu_init() - a CPU with an empty TLB
 * @cpu: the CPU
 *
 * Nobody else knows it yet: needs no lock.
 */
void sim_cpu_init(struct sim_cpu *cpu)
{
	int i;

	spin_lock_init(&cpu->lock);
	for (i = 0; i < SIM_TLB_SIZE; i++)
		cpu->tlb[i].root = INVALID_PAGE;
}

/**
 * sim_cpu_kick() - have a CPU see its requests
 * @vcpu: whose CPU
 *
 * When it returns the CPU has left what it was at, and sees new requests first.  Takes the
 * CPU's lock, which is innermost.
 */
void sim_cpu_kick(struct kvm_vcpu *vcpu)
{
	spin_lock(&vcpu->cpu.lock);
	spin_unlock(&vcpu->cpu.lock);
}

/**
 * sim_tlb_flush() - drop all translations of a CPU
 * @vcpu: whose CPU
 *
 * When it returns accesses through them are over.  Takes the CPU's lock, which is innermost.
 */
void sim_tlb_flush(struct kvm_vcpu *vcpu)
{
	struct sim_cpu *cpu = &vcpu->cpu;
	int i;

	spin_lock(&cpu->lock);
	for (i = 0; i < SIM_TLB_SIZE; i++)
		cpu->tlb[i].root = INVALID_PAGE;
	spin_unlock(&cpu->lock);
}

/**
 * sim_tlb_flush_range() - drop the translations of a range
 * @vcpu: whose CPU
 * @start: first gfn
 * @end: gfn behind the last one
 *
 * Translations of nested guests are known by another address, and so all of them go.
 * Takes the CPU's lock, which is innermost.
 */
void sim_tlb_flush_range(struct kvm_vcpu *vcpu, gfn_t start, gfn_t end)
{
	struct sim_cpu *cpu = &vcpu->cpu;
	int i;

	spin_lock(&cpu->lock);
	for (i = 0; i < SIM_TLB_SIZE; i++) {
		struct sim_tlb_entry *e = &cpu->tlb[i];

		if (e->nested || (e->page >= start && e->page < end))
			e->root = INVALID_PAGE;
	}
	spin_unlock(&cpu->lock);
}

/**
 * sim_pml_drain() - empty the buffer of what became dirty
 * @vcpu: whose CPU
 * @gfns: receives the gfns, SIM_PML_SIZE at the most
 *
 * Takes the CPU's lock, which is innermost.
 *
 * Return: their number.
 */
int sim_pml_drain(struct kvm_vcpu *vcpu, gfn_t *gfns)
{
	struct sim_cpu *cpu = &vcpu->cpu;
	int nr;

	spin_lock(&cpu->lock);
	nr = cpu->nr_pml;
	memcpy(gfns, cpu->pml, nr * sizeof(*gfns));
	cpu->nr_pml = 0;
	spin_unlock(&cpu->lock);
	return nr;
}

static struct sim_tlb_entry *tlb_slot(struct sim_cpu *cpu, u64 page)
{
	return &cpu->tlb[page % SIM_TLB_SIZE];
}

/*
 * Set A, and D for a write, as the hardware does: atomically, and only if the entry still
 * allows the access.
 */
static bool walk_set_ad(struct sim_cpu *cpu, u64 *sptep, u64 *spte, bool write, u64 page)
{
	u64 bits = SPTE_A | (write ? SPTE_D : 0), new_spte;
	bool log;

	if (!spte_ad_enabled(*spte) || (*spte & bits) == bits)
		return true;
	new_spte = *spte | bits;
	log = write && !(*spte & SPTE_D) && !spte_ad_need_write_protect(*spte);
	if (!try_cmpxchg64(sptep, spte, new_spte))
		return false;
	*spte = new_spte;
	if (log)
		cpu->pml[cpu->nr_pml++] = page;
	return true;
}

static enum sim_exit walk(struct kvm_vcpu *vcpu, const struct sim_access *acc,
			  struct sim_tlb_entry *e)
{
	u64 page = gpa_to_gfn(acc->addr), *table = __va(vcpu->arch.mmu->root), spte = 0;
	struct sim_cpu *cpu = &vcpu->cpu;
	int level;

	lockdep_assert_held(&cpu->lock);
	cpu->walks++;
	/* A walk must not stop half-way for want of room in the buffer */
	if (cpu->nr_pml == SIM_PML_SIZE)
		return SIM_PML_FULL;
	for (level = PG_LEVEL_ROOT;; level--) {
		u64 *sptep = &table[spte_index(page, level)];

		spte = READ_ONCE(*sptep);
		if (level == PG_LEVEL_4K || is_large_pte(spte)) {
			do {
				if (!(spte & SPTE_R) || (acc->write && !(spte & SPTE_W)) ||
				    (acc->exec && !(spte & SPTE_X)))
					return SIM_FAULT;
			} while (!walk_set_ad(cpu, sptep, &spte, acc->write, page));
			break;
		}
		if (!(spte & SPTE_R))
			return SIM_FAULT;
		table = __va(spte & SPTE_PFN_MASK);
	}
	*e = (struct sim_tlb_entry) {
		.root = vcpu->arch.mmu->root,
		.page = page,
		.pfn = spte_to_pfn(spte) + (page & (KVM_PAGES_PER_HPAGE(level) - 1)),
		.write = spte & SPTE_W,
		.exec = spte & SPTE_X,
		.dirty = !spte_ad_enabled(spte) || (spte & SPTE_D),
		.nested = !vcpu->arch.mmu->root_role.direct,
	};
	return SIM_DONE;
}

/* One access, or what keeps it from being made. */
static enum sim_exit cpu_access(struct kvm_vcpu *vcpu, const struct sim_access *acc)
{
	struct sim_cpu *cpu = &vcpu->cpu;
	u64 page = gpa_to_gfn(acc->addr), *p;
	enum sim_exit exit = SIM_DONE;
	struct sim_tlb_entry *e;

	spin_lock(&cpu->lock);
	e = tlb_slot(cpu, page);
	/* Requests first: who made one waits for the lock, and relies on it */
	if (READ_ONCE(vcpu->requests))
		exit = SIM_REQUEST;
	else if (e->root != vcpu->arch.mmu->root || e->page != page ||
		 (acc->write && !(e->write && e->dirty)) || (acc->exec && !e->exec))
		exit = walk(vcpu, acc, e);
	if (exit == SIM_DONE) {
		p = platform_guest_address(e->pfn) + (acc->addr & ~PAGE_MASK);
		if (acc->write)
			WRITE_ONCE(*p, *acc->value);
		else
			*acc->value = READ_ONCE(*p);
	}
	spin_unlock(&cpu->lock);
	return exit;
}

static int handle_fault(struct kvm_vcpu *vcpu, const struct sim_access *acc, bool *done)
{
	u32 error = (acc->write ? PFERR_WRITE_MASK : 0) | (acc->exec ? PFERR_FETCH_MASK : 0);
	gpa_t gpa;

	switch (kvm_mmu_page_fault(vcpu, acc->addr, error, &gpa)) {
	case RET_PF_EMULATE:
		return -ENOENT;
	case RET_PF_INJECT:
		return -EACCES;
	case RET_PF_WRITE_PROTECTED:
		*done = true;
		return kvm_emulate_write(vcpu, gpa, *acc->value);
	default:
		return 0;
	}
}

/* Run the vCPU until the access is made. */
static int run(struct kvm_vcpu *vcpu, const struct sim_access *acc)
	__must_hold(&vcpu->mutex)
{
	bool done = false;
	int r;

	lockdep_assert_held(&vcpu->mutex);
	while (!done) {
		/* Each round its own section: who waits for readers must not starve */
		int idx = srcu_read_lock(&vcpu->kvm->srcu);

		r = kvm_mmu_reload(vcpu);
		if (!r) {
			switch (cpu_access(vcpu, acc)) {
			case SIM_DONE:
				done = true;
				break;
			case SIM_PML_FULL:
				kvm_flush_pml(vcpu);
				break;
			case SIM_REQUEST:
				break;
			case SIM_FAULT:
				r = handle_fault(vcpu, acc, &done);
				break;
			}
		}
		srcu_read_unlock(&vcpu->kvm->srcu, idx);
		if (r)
			return r;
		if (!done)
			cond_resched();
	}
	return 0;
}

static int sim_access(struct kvm_vcpu *vcpu, gpa_t addr, u64 *value, bool write, bool exec)
{
	struct sim_access acc = { .addr = addr, .value = value, .write = write, .exec = exec };
	int r;

	mutex_lock(&vcpu->mutex);
	r = run(vcpu, &acc);
	mutex_unlock(&vcpu->mutex);
	return r;
}

/**
 * sim_read() - the guest, or the nested guest that it runs, reads
 * @vcpu: who
 * @addr: where, in bytes, aligned to 8
 * @value: receives 8 bytes
 *
 * Takes vcpu->mutex; may sleep.
 *
 * Return: 0; -ENOENT where there is no memory; -EACCES if the guest's tables forbid it.
 */
int sim_read(struct kvm_vcpu *vcpu, gpa_t addr, u64 *value)
{
	return sim_access(vcpu, addr, value, false, false);
}

/**
 * sim_write() - it writes
 * @vcpu: who
 * @addr: where, in bytes, aligned to 8
 * @value: what
 *
 * Takes vcpu->mutex; may sleep.
 *
 * Return: as sim_read().
 */
int sim_write(struct kvm_vcpu *vcpu, gpa_t addr, u64 value)
{
	return sim_access(vcpu, addr, &value, true, false);
}

/**
 * sim_exec() - it executes
 * @vcpu: who
 * @addr: where, in bytes, aligned to 8
 *
 * Takes vcpu->mutex; may sleep.
 *
 * Return: as sim_read().
 */
int sim_exec(struct kvm_vcpu *vcpu, gpa_t addr)
{
	u64 unused;

	return sim_access(vcpu, addr, &unused, false, true);
}

/**
 * sim_prefault() - map a page ahead of time
 * @vcpu: whose page
 * @addr: where, in bytes
 *
 * Takes vcpu->mutex; may sleep.
 *
 * Return: RET_PF_*, or a negative error if there is no root.
 */
int sim_prefault(struct kvm_vcpu *vcpu, gpa_t addr)
{
	int idx, r;

	mutex_lock(&vcpu->mutex);
	idx = srcu_read_lock(&vcpu->kvm->srcu);
	r = kvm_mmu_reload(vcpu);
	if (!r)
		r = kvm_mmu_prefault(vcpu, addr);
	srcu_read_unlock(&vcpu->kvm->srcu, idx);
	mutex_unlock(&vcpu->mutex);
	return r;
}

/**
 * sim_enter_nested() - the guest runs its nested guest
 * @vcpu: who
 * @pgd: gfn of the root of the tables that the guest keeps for it
 *
 * Takes vcpu->mutex; may sleep.
 */
void sim_enter_nested(struct kvm_vcpu *vcpu, gfn_t pgd)
{
	int idx;

	mutex_lock(&vcpu->mutex);
	idx = srcu_read_lock(&vcpu->kvm->srcu);
	kvm_vcpu_enter_nested(vcpu, pgd);
	srcu_read_unlock(&vcpu->kvm->srcu, idx);
	mutex_unlock(&vcpu->mutex);
}

/**
 * sim_leave_nested() - the guest itself runs again
 * @vcpu: who
 *
 * Takes vcpu->mutex; may sleep.
 */
void sim_leave_nested(struct kvm_vcpu *vcpu)
{
	mutex_lock(&vcpu->mutex);
	kvm_vcpu_leave_nested(vcpu);
	mutex_unlock(&vcpu->mutex);
}

/**
 * sim_flush_nested() - the guest flushes the translations of its nested guest
 * @vcpu: who
 *
 * What it wrote to its tables before is true when it returns.  Takes vcpu->mutex; may sleep.
 */
void sim_flush_nested(struct kvm_vcpu *vcpu)
{
	int idx;

	mutex_lock(&vcpu->mutex);
	idx = srcu_read_lock(&vcpu->kvm->srcu);
	kvm_mmu_sync_roots(vcpu);
	sim_tlb_flush(vcpu);
	srcu_read_unlock(&vcpu->kvm->srcu, idx);
	mutex_unlock(&vcpu->mutex);
}
