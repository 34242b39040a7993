// SPDX-License-Identifier: GPL-2.0-only
/* The other half of a finding that takes two units. */

#include <linux/kvm_host.h>

void kvm_mark_unsync(struct kvm *kvm);

void kvm_age(struct kvm *kvm)
{
	kvm_mark_unsync(kvm);
}
