// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A copy of a role in a local is nobody else's: what is written to it needs no lock.

#include <linux/kvm_host.h>

struct local_page { struct kvm_mmu_page page; };

u32 child_role(struct kvm_mmu_page *parent)
{
	union kvm_mmu_page_role role = parent->role;
	struct kvm_mmu_page copy = *parent;

	role.level--;
	role.invalid = 1;
	copy.unsync = 1;
	copy.role.invalid = 1;
	return role.word;
}
