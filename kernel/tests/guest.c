// SPDX-License-Identifier: GPL-2.0-only
/* A guest with a nested guest. */
#include "test.h"
#include "guest.h"
#include "../spte.h"

void guest_init(struct test_guest *g, struct test_vm *vm, struct kvm_vcpu *vcpu,
		unsigned long first)
{
	g->vm = vm;
	g->vcpu = vcpu;
	g->first = first;
	g->nr = 1;
}

gfn_t guest_pgd(const struct test_guest *g)
{
	return TEST_GFN + g->first;
}

gpa_t guest_gpte(struct test_guest *g, u64 page, int level)
{
	gpa_t table = test_gpa(g->first);
	u64 gpte;
	int l;

	for (l = PG_LEVEL_ROOT;; l--) {
		gpa_t where = table + spte_index(page, l) * sizeof(u64);

		if (l == level)
			return where;
		if (sim_read(g->vcpu, where, &gpte))
			return 0;
		if (!is_present_gpte(gpte)) {
			gpte = test_gpa(g->first + g->nr++) | GPTE_P | GPTE_W;
			sim_write(g->vcpu, where, gpte);
		}
		table = gfn_to_gpa(gpte_to_gfn(gpte));
	}
}

void guest_map(struct test_guest *g, u64 page, int level, unsigned long target, u64 bits)
{
	sim_write(g->vcpu, guest_gpte(g, page, level), test_gpa(target) | bits);
}

int nested_read(struct test_guest *g, struct kvm_vcpu *vcpu, u64 page, u64 *value)
{
	int r;

	sim_enter_nested(vcpu, guest_pgd(g));
	r = sim_read(vcpu, page << PAGE_SHIFT, value);
	sim_leave_nested(vcpu);
	return r;
}

int nested_write(struct test_guest *g, struct kvm_vcpu *vcpu, u64 page, u64 value)
{
	int r;

	sim_enter_nested(vcpu, guest_pgd(g));
	r = sim_write(vcpu, page << PAGE_SHIFT, value);
	sim_leave_nested(vcpu);
	return r;
}

static unsigned int count_bits(const struct kvm_mmu_page *sp)
{
	unsigned int n = 0, i;

	for_each_set_bit(i, sp->unsync_child_bitmap, PTES_PER_TABLE)
		n++;
	return n;
}

/* A page that is out of sync, or leads to one, must be known as such above. */
static void check_parents(struct test *t, struct kvm_mmu_page *sp)
{
	int i;

	for (i = 0; i < PTES_PER_TABLE; i++) {
		u64 spte = READ_ONCE(sp->spt[i]);
		struct kvm_mmu_page *child;

		if (!is_shadow_present_pte(spte) || is_last_spte(spte, sp->role.level))
			continue;
		child = spte_to_child_sp(spte);
		if (child->unsync || child->unsync_children)
			EXPECT(t, test_bit(i, sp->unsync_child_bitmap));
	}
}

void guest_check(struct test *t, struct kvm *kvm)
{
	struct kvm_mmu_page *sp;

	write_lock(&kvm->mmu_lock);
	list_for_each_entry(sp, &kvm->arch.active_mmu_pages, link) {
		EXPECT(t, sp->unsync_children == count_bits(sp));
		EXPECT(t, !sp->unsync || sp->role.level == PG_LEVEL_4K);
		check_parents(t, sp);
	}
	write_unlock(&kvm->mmu_lock);
}
