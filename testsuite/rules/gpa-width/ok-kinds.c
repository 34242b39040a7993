// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
// RUN: %judge -m32 %s | %check
//
// From one kind to another by a shift; what is counted or put together is no address.
#include <linux/kvm_types.h>

struct slot { gfn_t base_gfn; unsigned long npages; hva_t userspace_addr; };
extern int other(void);

gfn_t frame_ok(gpa_t gpa)
{
	return gpa >> 12;
}

gpa_t address_ok(gfn_t gfn, u32 offset)
{
	return (gfn << 12) + offset;
}

hva_t translated_ok(struct slot *slot, gfn_t gfn)
{
	return slot->userspace_addr + (gfn - slot->base_gfn) * 4096;
}

int compared_ok(struct slot *slot, gpa_t gpa)
{
	return (gpa >> 12) >= slot->base_gfn &&
	       (gpa >> 12) < slot->base_gfn + slot->npages;
}

gfn_t rounded_ok(gfn_t gfn, int level)
{
	return gfn & -(1ull << level);
}

gpa_t either_ok(int n)
{
	u64 number = n;

	return number;
}

kvm_pfn_t error_ok(kvm_pfn_t pfn)
{
	return other() ? pfn : (kvm_pfn_t)-14;
}
