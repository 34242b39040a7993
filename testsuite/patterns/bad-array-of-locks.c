// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// One lock of an array is as good as its index.

#include <linux/kvm_host.h>

struct buckets { spinlock_t locks[8]; int n[8]; };

void inc_ok(struct buckets *b, int i)
{
	spin_lock(&b->locks[i]);
	b->n[i]++;
	spin_unlock(&b->locks[i]);
}

void inc_bad(struct buckets *b, int i)
{
	spin_lock(&b->locks[i]);
	if (b->n[i])
		// CHECK: :[[@LINE+1]]:{{.*}}warning: inc_bad() returns with buckets.locks held [lock-balance]
		return;
	spin_unlock(&b->locks[i]);
}
