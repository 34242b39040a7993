// SPDX-License-Identifier: GPL-2.0-only
#include "test.h"
#include "guest.h"
#include "../memslot.h"
#include "../shadow.h"
#include "../track.h"
#include "../zap.h"

/* Nested addresses; above 4 GiB, as the guest's */
#define L2(page)	(0x240000ull + (page))
#define TABLES		64	/* page of the slot where the tables are */

static const unsigned int all_flags[] = { KVM_VM_TDP | KVM_VM_AD_BITS, KVM_VM_TDP, KVM_VM_AD_BITS };

static void each_guest(struct test *t, void (*body)(struct test *t, struct test_guest *g))
{
	struct test_guest g;
	struct test_vm vm;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(all_flags); i++) {
		if (!test_vm_create(t, &vm, all_flags[i], 1024, 2))
			return;
		guest_init(&g, &vm, vm.vcpu[0], TABLES);
		body(t, &g);
		guest_check(t, vm.kvm);
		test_vm_destroy(t, &vm);
	}
}

static void do_translates(struct test *t, struct test_guest *g)
{
	u64 value = 0;

	EXPECT(t, sim_write(g->vcpu, test_gpa(7), 42) == 0);
	guest_map(g, L2(1), PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 42);
	EXPECT(t, nested_write(g, g->vcpu, L2(1), 43) == 0);
	EXPECT(t, sim_read(g->vcpu, test_gpa(7), &value) == 0 && value == 43);
	EXPECT(t, nested_read(g, g->vcpu, L2(2), &value) == -EACCES);
	EXPECT(t, nested_read(g, g->vcpu, L2(1) & 0xfffff, &value) == -EACCES);
}

static void translates(struct test *t)
{
	each_guest(t, do_translates);
}

static void do_forbids(struct test *t, struct test_guest *g)
{
	u64 value;

	guest_map(g, L2(1), PG_LEVEL_4K, 7, GPTE_P);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0);
	EXPECT(t, nested_write(g, g->vcpu, L2(1), 43) == -EACCES);
}

static void guest_forbids_writes(struct test *t)
{
	each_guest(t, do_forbids);
}

static struct kvm_mmu_page *leaf_shadow(struct kvm *kvm, gfn_t gfn)
{
	struct kvm_mmu_page *sp, *found = NULL;

	write_lock(&kvm->mmu_lock);
	for_each_gfn_valid_sp_with_gptes(kvm, sp, gfn) {
		if (sp->role.level == PG_LEVEL_4K)
			found = sp;
	}
	write_unlock(&kvm->mmu_lock);
	return found;
}

/* The guest changes an entry of the lowest level, and flushes. */
static void do_unsync(struct test *t, struct test_guest *g)
{
	gfn_t table = gpa_to_gfn(guest_gpte(g, L2(1), PG_LEVEL_4K));
	struct kvm *kvm = g->vm->kvm;
	u64 value = 0;

	EXPECT(t, sim_write(g->vcpu, test_gpa(7), 42) == 0);
	EXPECT(t, sim_write(g->vcpu, test_gpa(8), 43) == 0);
	guest_map(g, L2(1), PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 42);
	EXPECT(t, leaf_shadow(kvm, table) && !leaf_shadow(kvm, table)->unsync);
	guest_map(g, L2(1), PG_LEVEL_4K, 8, GPTE_P | GPTE_W);
	EXPECT(t, leaf_shadow(kvm, table) && leaf_shadow(kvm, table)->unsync);
	guest_check(t, kvm);
	sim_flush_nested(g->vcpu);
	EXPECT(t, leaf_shadow(kvm, table) && !leaf_shadow(kvm, table)->unsync);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 43);
	/* and once more: it must have been write-protected again */
	guest_map(g, L2(1), PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
	sim_flush_nested(g->vcpu);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 42);
	guest_map(g, L2(1), PG_LEVEL_4K, 7, 0);
	sim_flush_nested(g->vcpu);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == -EACCES);
}

static void leaf_table_goes_out_of_sync_and_back(struct test *t)
{
	each_guest(t, do_unsync);
}

/* The other vCPU's TLB must not keep the table writable after it was made read-only. */
static void do_stale_writable(struct test *t, struct test_guest *g)
{
	gpa_t gpte = guest_gpte(g, L2(1), PG_LEVEL_4K);
	struct kvm_vcpu *other = g->vm->vcpu[1];
	u64 value = 0;

	EXPECT(t, sim_write(g->vcpu, test_gpa(7), 42) == 0);
	EXPECT(t, sim_write(g->vcpu, test_gpa(8), 43) == 0);
	EXPECT(t, sim_write(other, gpte, test_gpa(7) | GPTE_P) == 0);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 42);
	/* through a stale entry this would go unseen, and the flush would sync nothing */
	EXPECT(t, sim_write(other, gpte, test_gpa(8) | GPTE_P) == 0);
	sim_flush_nested(g->vcpu);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 43);
}

static void write_protection_reaches_all_tlbs(struct test *t)
{
	each_guest(t, do_stale_writable);
}

/*
 * The dirty log made the entry read-only and its flush is still to come, when the page
 * becomes a table that is shadowed: the translation that is cached is writable though the
 * entry is not.  Stands for the time between write protection and the late flush.
 */
static void do_readonly_but_cached(struct test *t, struct test_guest *g)
{
	gpa_t gpte = guest_gpte(g, L2(1), PG_LEVEL_4K);
	struct kvm *kvm = g->vm->kvm;
	struct kvm_vcpu *other = g->vm->vcpu[1];
	u64 value = 0, *table, spte;
	int level;

	EXPECT(t, sim_write(g->vcpu, test_gpa(7), 42) == 0);
	EXPECT(t, sim_write(g->vcpu, test_gpa(8), 43) == 0);
	EXPECT(t, sim_write(other, gpte, test_gpa(7) | GPTE_P) == 0);
	/* what the log does to the entry, without its flush */
	write_lock(&kvm->mmu_lock);
	table = __va(other->arch.mmu->root);
	for (level = PG_LEVEL_ROOT; level > PG_LEVEL_4K; level--) {
		spte = READ_ONCE(table[spte_index(gpa_to_gfn(gpte), level)]);
		table = __va(spte & SPTE_PFN_MASK);
	}
	level = spte_index(gpa_to_gfn(gpte), PG_LEVEL_4K);
	WRITE_ONCE(table[level], READ_ONCE(table[level]) & ~SPTE_W);
	write_unlock(&kvm->mmu_lock);

	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 42);
	EXPECT(t, sim_write(other, gpte, test_gpa(8) | GPTE_P) == 0);
	sim_flush_nested(g->vcpu);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 43);
}

static void readonly_entry_may_be_cached_writable(struct test *t)
{
	each_guest(t, do_readonly_but_cached);
}

/* Tables above the lowest level are never left to the guest. */
static void do_tracked(struct test *t, struct test_guest *g)
{
	gpa_t upper = guest_gpte(g, L2(1), PG_LEVEL_2M);
	struct kvm_memory_slot *slot;
	u64 value = 0, other_table;

	EXPECT(t, sim_write(g->vcpu, test_gpa(7), 42) == 0);
	guest_map(g, L2(1), PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 42);
	WITH_SRCU(g->vm->kvm, slot = gfn_to_memslot(g->vm->kvm, gpa_to_gfn(upper));
		  EXPECT(t, kvm_gfn_is_write_tracked(slot, gpa_to_gfn(upper))));
	/* another table, in which the page is mapped elsewhere */
	other_table = TABLES + 32;
	EXPECT(t, sim_write(g->vcpu, test_gpa(9), 44) == 0);
	EXPECT(t, sim_write(g->vcpu, test_gpa(other_table) +
			    spte_index(L2(1), PG_LEVEL_4K) * 8, test_gpa(9) | GPTE_P) == 0);
	EXPECT(t, sim_write(g->vcpu, upper, test_gpa(other_table) | GPTE_P | GPTE_W) == 0);
	sim_flush_nested(g->vcpu);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 44);
}

static void upper_tables_are_tracked(struct test *t)
{
	each_guest(t, do_tracked);
}

/* A large page of the guest, over small ones of the host and over a large one. */
static void do_guest_large(struct test *t, struct test_guest *g)
{
	u64 value = 0;

	EXPECT(t, sim_write(g->vcpu, test_gpa(512 + 33), 42) == 0);
	guest_map(g, L2(512), PG_LEVEL_2M, 512, GPTE_P | GPTE_W | GPTE_PS);
	EXPECT(t, nested_read(g, g->vcpu, L2(512 + 33), &value) == 0 && value == 42);
	EXPECT(t, host_mm_make_huge(g->vm->mm, 512) == 0);
	EXPECT(t, nested_read(g, g->vcpu, L2(512 + 33), &value) == 0 && value == 42);
	EXPECT(t, nested_write(g, g->vcpu, L2(512 + 34), 43) == 0);
	EXPECT(t, sim_read(g->vcpu, test_gpa(512 + 34), &value) == 0 && value == 43);
}

static void guest_maps_large_pages(struct test *t)
{
	each_guest(t, do_guest_large);
}

static void do_host_unmaps(struct test *t, struct test_guest *g)
{
	u64 value = 1;

	EXPECT(t, sim_write(g->vcpu, test_gpa(7), 42) == 0);
	guest_map(g, L2(1), PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
	EXPECT(t, nested_read(g, g->vm->vcpu[1], L2(1), &value) == 0 && value == 42);
	host_mm_unmap(g->vm->mm, 7, 1);
	EXPECT(t, nested_read(g, g->vm->vcpu[1], L2(1), &value) == 0 && value == 0);
}

static void unmapped_page_is_not_seen(struct test *t)
{
	each_guest(t, do_host_unmaps);
}

static void do_zap_all(struct test *t, struct test_guest *g)
{
	u64 value = 0;

	EXPECT(t, sim_write(g->vcpu, test_gpa(7), 42) == 0);
	guest_map(g, L2(1), PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 42);
	mutex_lock(&g->vm->kvm->slots_lock);
	kvm_mmu_zap_all_fast(g->vm->kvm);
	mutex_unlock(&g->vm->kvm->slots_lock);
	EXPECT(t, g->vm->kvm->arch.indirect_shadow_pages == 0);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0 && value == 42);
}

static void zap_all_makes_new_shadows(struct test *t)
{
	each_guest(t, do_zap_all);
}

static void do_delete(struct test *t, struct test_guest *g)
{
	u64 value;

	guest_map(g, L2(1), PG_LEVEL_4K, 7, GPTE_P | GPTE_W);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) == 0);
	EXPECT(t, test_set_slot(g->vm, 0, 0, 0, 0, 0) == 0);
	EXPECT(t, g->vm->kvm->arch.indirect_shadow_pages == 0);
	EXPECT(t, nested_read(g, g->vcpu, L2(1), &value) != 0);
}

static void tables_go_with_their_slot(struct test *t)
{
	each_guest(t, do_delete);
}

static const struct test_case cases[] = {
	{ "translates", translates },
	{ "guest_forbids_writes", guest_forbids_writes },
	{ "leaf_table_goes_out_of_sync_and_back", leaf_table_goes_out_of_sync_and_back },
	{ "write_protection_reaches_all_tlbs", write_protection_reaches_all_tlbs },
	{ "readonly_entry_may_be_cached_writable", readonly_entry_may_be_cached_writable },
	{ "upper_tables_are_tracked", upper_tables_are_tracked },
	{ "guest_maps_large_pages", guest_maps_large_pages },
	{ "unmapped_page_is_not_seen", unmapped_page_is_not_seen },
	{ "zap_all_makes_new_shadows", zap_all_makes_new_shadows },
	{ "tables_go_with_their_slot", tables_go_with_their_slot },
	{ }
};

const struct test_suite shadow_suite = { "shadow", cases };
