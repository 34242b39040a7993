// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A map that is a member of something stays, for all that is known, or goes to the
// caller with it, and what is passed on is not the function's own.

#include <linux/kvm_host.h>

struct kvm_host_map {
	void *hva;
};

struct nested {
	struct kvm_host_map page;
};

int kvm_vcpu_map(struct kvm_vcpu *vcpu, gfn_t gfn, struct kvm_host_map *map);
int copy(void *from);

int fn_member(struct kvm_vcpu *vcpu, gfn_t gfn, struct nested *nested)
{
	if (kvm_vcpu_map(vcpu, gfn, &nested->page))
		return 1;
	return copy(nested->page.hva);
}

static int map_it(struct kvm_vcpu *vcpu, gfn_t gfn, struct kvm_host_map *map)
{
	return kvm_vcpu_map(vcpu, gfn, map);
}

int fn_helper(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct kvm_host_map map;

	if (map_it(vcpu, gfn, &map))
		return 1;
	return copy(map.hva);
}

struct made {
	struct kvm_host_map map;
	int r;
};

static struct made fn_make(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct made made = { .r = 0 };

	made.r = kvm_vcpu_map(vcpu, gfn, &made.map);
	return made;
}

int fn_made(struct kvm_vcpu *vcpu, gfn_t gfn)
{
	struct made made = fn_make(vcpu, gfn);

	return made.r ? 1 : copy(made.map.hva);
}
