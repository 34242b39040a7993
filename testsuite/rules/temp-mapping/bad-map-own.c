// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A guest page that is mapped to a variable of one's own is unmapped on each way out.

#include <linux/kvm_host.h>

struct kvm_host_map {
	void *hva;
};

int kvm_vcpu_map(struct kvm_vcpu *vcpu, gfn_t gfn, struct kvm_host_map *map);
void kvm_vcpu_unmap(struct kvm_vcpu *vcpu, struct kvm_host_map *map, bool dirty);
int copy(void *from);

int both(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map, save;
	int r = 1;

	if (kvm_vcpu_map(vcpu, gfn, &map))
		return 1;
	if (kvm_vcpu_map(vcpu, gfn + 1, &save))
		goto unmap;
	r = copy(map.hva);
	kvm_vcpu_unmap(vcpu, &save, true);
unmap:
	kvm_vcpu_unmap(vcpu, &map, true);
	return r;
}

static void undo(struct kvm_vcpu *vcpu, struct kvm_host_map *map)
{
	kvm_vcpu_unmap(vcpu, map, true);
}

int by_helper(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;
	int r;

	if (kvm_vcpu_map(vcpu, gfn, &map))
		return 1;
	r = copy(map.hva);
	undo(vcpu, &map);
	return r;
}

int second_fails_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map, save;
	int r;

	if (kvm_vcpu_map(vcpu, gfn, &map))
		return 1;
	if (kvm_vcpu_map(vcpu, gfn + 1, &save))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: second_fails_bad() returns with kvm_host_map.mapped held [temp-mapping]
		return 1;
	r = copy(map.hva);
	kvm_vcpu_unmap(vcpu, &save, true);
	kvm_vcpu_unmap(vcpu, &map, true);
	return r;
}

static int inner_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;

	if (kvm_vcpu_map(vcpu, gfn, &map))
		return 1;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: inner_bad() returns with kvm_host_map.mapped held [temp-mapping]
	return copy(map.hva);
}

int outer(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;
	int r;

	if (kvm_vcpu_map(vcpu, gfn, &map))
		return 1;
	r = inner_bad(vcpu, gfn + 1);
	kvm_vcpu_unmap(vcpu, &map, true);
	return r;
}
