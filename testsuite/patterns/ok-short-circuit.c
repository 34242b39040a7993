// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A lock that is tried for behind "&&" and "||" and "?:".

#include <linux/kvm_host.h>

bool both(struct kvm *a, struct kvm *b, bool want)
{
	if (!want || !mutex_trylock(&a->lock))
		return false;
	if (want && mutex_trylock(&b->slots_lock))
		mutex_unlock(&b->slots_lock);
	mutex_unlock(&a->lock);
	return want ? true : false;
}
