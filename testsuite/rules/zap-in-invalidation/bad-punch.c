// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// An invalidation that began is ended on every way out, behind the truncation in a walk.

#include <linux/kvm_host.h>

void filemap_invalidate_lock(struct address_space *mapping);
void filemap_invalidate_unlock(struct address_space *mapping);
void kvm_gmem_invalidate_begin(void *gmem);
void kvm_gmem_invalidate_end(void *gmem);
bool list_is_head(const void *list, const void *head);
void *next(void *gmem);
void truncate_inode_pages_range(struct address_space *mapping);
int pending(void);

static int kvm_gmem_punch_hole(struct address_space *mapping, void *gmem)
{
	void *at;

	filemap_invalidate_lock(mapping);
	for (at = next(gmem); !list_is_head(at, gmem); at = next(at))
		kvm_gmem_invalidate_begin(at);
	if (pending()) {
		filemap_invalidate_unlock(mapping);
		return -1;
	}
	truncate_inode_pages_range(mapping);
	for (at = next(gmem); !list_is_head(at, gmem); at = next(at))
		kvm_gmem_invalidate_end(at);
	filemap_invalidate_unlock(mapping);
	return 0;
}

int fallocate(struct address_space *mapping, void *gmem)
{
	// CHECK: :[[@LINE+1]]:{{.*}}warning: gmem.in_punch is dropped before gmem.invalidating is settled [zap-in-invalidation]
	return kvm_gmem_punch_hole(mapping, gmem);
}
