// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// What is not mapped is not used: neither where only one error was asked for, nor
// behind kvm_vcpu_unmap().

#include <linux/kvm_host.h>

struct kvm_host_map {
	void *hva;
	unsigned long gfn;
};

int kvm_vcpu_map(struct kvm_vcpu *vcpu, gfn_t gfn, struct kvm_host_map *map);
void kvm_vcpu_unmap(struct kvm_vcpu *vcpu, struct kvm_host_map *map, bool dirty);
int copy(void *from);

int any_error(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;
	int r;

	r = kvm_vcpu_map(vcpu, gfn, &map);
	if (r)
		return r == -22 ? 1 : r;
	r = copy(map.hva + 1024);
	kvm_vcpu_unmap(vcpu, &map, true);
	return r;
}

int again(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;
	int r;

	if (kvm_vcpu_map(vcpu, gfn, &map) && kvm_vcpu_map(vcpu, gfn + 1, &map))
		return 1;
	r = copy(map.hva);
	kvm_vcpu_unmap(vcpu, &map, true);
	return r;
}

int one_error_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;
	int r;

	if (kvm_vcpu_map(vcpu, gfn, &map) == -22)
		return 1;
	// CHECK: :[[@LINE+1]]:{{.*}}warning: forbids kvm_host_map.unmapped [temp-mapping]
	r = copy(map.hva + 1024);
	kvm_vcpu_unmap(vcpu, &map, true);
	return r;
}

int other_map_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map, save;
	int r = 1;

	if (kvm_vcpu_map(vcpu, gfn, &map))
		return 1;
	if (!kvm_vcpu_map(vcpu, gfn + 1, &save)) {
		r = copy(save.hva);
		kvm_vcpu_unmap(vcpu, &save, true);
	}
	// CHECK: :[[@LINE+1]]:{{.*}}warning: forbids kvm_host_map.unmapped [temp-mapping]
	r += copy(save.hva);
	kvm_vcpu_unmap(vcpu, &map, true);
	return r;
}

int behind_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;

	if (kvm_vcpu_map(vcpu, gfn, &map))
		return 1;
	kvm_vcpu_unmap(vcpu, &map, true);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: forbids kvm_host_map.unmapped [temp-mapping]
	if (map.hva)
		return 2;
	return 0;
}

int copy_behind_bad(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;
	u64 *control;

	if (kvm_vcpu_map(vcpu, gfn, &map))
		return 1;
	control = map.hva;
	kvm_vcpu_unmap(vcpu, &map, true);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: what kvm_host_map.hva was is used after kvm_host_map.mapped has ended [temp-mapping]
	return *control != 0;
}
