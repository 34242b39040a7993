// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A function out of sight that no row speaks of is taken not to sleep.

#include <linux/kvm_host.h>

void read_the_disk(void);

void fn_reads_the_disk(struct kvm *kvm)
{
	write_lock(&kvm->mmu_lock);
	read_the_disk();
	write_unlock(&kvm->mmu_lock);
}
