// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What has to be read and need not be understood: assembly with labels, _Generic,
// __auto_type, typeof, statement expressions, ranges in a switch.

#include <linux/kvm_host.h>

static inline bool vmread_ok(unsigned long field)
{
	asm goto("" : : "r"(field) : : failed);
	return true;
failed:
	return false;
}

#define width(x) _Generic((x), u64: 64, u32: 32, default: 0)
#define max_of(a, b) ({ __auto_type __a = (a); typeof(b) __b = (b); __a > __b ? __a : __b; })

int handle(struct kvm *kvm, u64 a, u32 b, int reason)
{
	int r = 0;

	mutex_lock(&kvm->lock);
	switch (reason) {
	case 0 ... 7:
		if (!vmread_ok(a)) {
			r = -5;
			goto out;
		}
		break;
	case 8:
		r = width(a) + width(b);
		break;
	default:
		r = max_of(3, 4);
	}
out:
	mutex_unlock(&kvm->lock);
	return r;
}
