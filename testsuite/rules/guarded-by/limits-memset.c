// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A write of the whole record by memset() is not seen as one of the member.

#include <linux/kvm_host.h>

void *memset(void *at, int value, size_t size);

void fn_memset(struct kvm_mmu_page *sp)
{
	memset(sp, 0, sizeof(*sp));
}
