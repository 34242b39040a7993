/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The tables that a guest keeps for its nested guest, in its own memory.  An entry has
 * P, W, PS, NX and a gfn.
 */
#ifndef MMU_GUEST_WALK_H
#define MMU_GUEST_WALK_H

#define GPTE_P		BIT_ULL(0)
#define GPTE_W		BIT_ULL(1)
#define GPTE_PS		BIT_ULL(7)
#define GPTE_NX		BIT_ULL(63)
#define GPTE_GFN_MASK	GENMASK_ULL(51, 12)

static inline bool is_present_gpte(u64 gpte)
{
	return gpte & GPTE_P;
}

static inline gfn_t gpte_to_gfn(u64 gpte)
{
	return (gpte & GPTE_GFN_MASK) >> PAGE_SHIFT;
}

static inline u32 gpte_access(u64 gpte)
{
	return (gpte & GPTE_W ? ACC_WRITE_MASK : 0) | (gpte & GPTE_NX ? 0 : ACC_EXEC_MASK);
}

/**
 * struct guest_walker - what a walk of the guest's tables found
 * @table_gfn: the tables, by level
 * @gpte: the entries on the way, by level
 * @level: of the last one
 * @access: what all of them allow
 * @gfn: what the address translates to
 */
struct guest_walker {
	gfn_t table_gfn[PG_LEVEL_ROOT + 1];
	u64 gpte[PG_LEVEL_ROOT + 1];
	int level;
	u32 access;
	gfn_t gfn;
};

int kvm_read_gpte_atomic(struct kvm_vcpu *vcpu, gfn_t table, int index, u64 *gpte);
int kvm_walk_guest(struct kvm_vcpu *vcpu, u64 page, struct guest_walker *walker);
bool kvm_gpte_changed(struct kvm_vcpu *vcpu, const struct guest_walker *walker, u64 page,
		      int level);

#endif
