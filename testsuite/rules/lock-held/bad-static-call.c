// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A static call goes to what was stored in its key.

#include <linux/kvm_host.h>

struct static_call_key { void *func; };
#define STATIC_CALL_KEY(name)	__SCK__##name
#define STATIC_CALL_TRAMP(name)	__SCT__##name
#define static_call(name)	STATIC_CALL_TRAMP(name)
#define static_call_update(name, f) do { } while (0)

extern struct static_call_key STATIC_CALL_KEY(flush);
extern void STATIC_CALL_TRAMP(flush)(struct kvm *kvm);

static void hv_flush(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->mmu_lock);
}

void setup(void)
{
	static_call_update(flush, hv_flush);
}

void flush_ok(struct kvm *kvm)
{
	read_lock(&kvm->mmu_lock);
	static_call(flush)(kvm);
	read_unlock(&kvm->mmu_lock);
}

void flush_bad(struct kvm *kvm)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: hv_flush() is called without kvm.mmu_lock for read or write [lock-held]
	static_call(flush)(kvm);
}
