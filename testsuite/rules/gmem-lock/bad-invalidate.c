// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Bindings stand still from the begin to the end of an invalidation.

#include <linux/kvm_host.h>

struct address_space {
	struct rw_semaphore invalidate_lock;
};

struct kvm_gmem {
	struct kvm *kvm;
};

void filemap_invalidate_lock(struct address_space *mapping);
void filemap_invalidate_unlock(struct address_space *mapping);
void filemap_invalidate_lock_shared(struct address_space *mapping);
void filemap_invalidate_unlock_shared(struct address_space *mapping);
void kvm_gmem_invalidate_begin(struct kvm_gmem *gmem);
void kvm_gmem_invalidate_end(struct kvm_gmem *gmem);

static void both(struct kvm_gmem *gmem)
{
	kvm_gmem_invalidate_begin(gmem);
	kvm_gmem_invalidate_end(gmem);
}

void good(struct kvm_gmem *gmem, struct address_space *mapping)
{
	filemap_invalidate_lock(mapping);
	both(gmem);
	filemap_invalidate_unlock(mapping);
	filemap_invalidate_lock_shared(mapping);
	both(gmem);
	filemap_invalidate_unlock_shared(mapping);
}

void bad(struct kvm_gmem *gmem, struct address_space *mapping)
{
	filemap_invalidate_lock(mapping);
	kvm_gmem_invalidate_begin(gmem);
	filemap_invalidate_unlock(mapping);
	mutex_lock(&gmem->kvm->slots_lock);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: kvm_gmem_invalidate_end() is called without gmem.stable [gmem-lock]
	kvm_gmem_invalidate_end(gmem);
	mutex_unlock(&gmem->kvm->slots_lock);
}
