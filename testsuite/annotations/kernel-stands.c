// SPDX-License-Identifier: GPL-2.0-only
// RUN: %clang-19 %s 2>&1 | %check --check-prefix=KERNEL
// RUN: %reader %s 2>&1 | %check
//
// What the kernel has defined is the kernel's for its compiler; only the checker
// reads this header's meaning.
#include "new-kernel.h"
#include "kvm.h"

void takes(struct kvm *kvm) __acquires(&kvm->mmu_lock);
bool tries(struct kvm *kvm) __cond_acquires(true, &kvm->mmu_lock);
void alone(struct kvm *kvm) __context_unsafe("why");
bool drops(struct kvm *kvm) __cond_releases_shared(true, &kvm->mmu_lock);

void use(struct kvm *kvm)
{
	// KERNEL: :[[@LINE+1]]:{{.*}}warning: 'takes' is deprecated: kernel's acquires
	takes(kvm);
	// KERNEL: :[[@LINE+1]]:{{.*}}warning: 'tries' is deprecated: kernel's cond_acquires
	tries(kvm);
	// KERNEL: :[[@LINE+1]]:{{.*}}warning: 'alone' is deprecated: kernel's context_unsafe
	alone(kvm);
	// KERNEL: :[[@LINE+1]]:{{.*}}warning: 'drops' is deprecated: kernel's releases_shared
	drops(kvm);
}
