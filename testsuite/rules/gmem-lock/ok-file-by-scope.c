// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
// RUN: %judge -DNEVER %s | %check --check-prefix=NEVER
//
// The file is put where the scope of its variable ends, if there is one.

#include <linux/cleanup.h>
#include <linux/kvm_host.h>

struct file;

struct file *kvm_gmem_get_file(struct kvm_memory_slot *slot);
int prepare(struct file *file);
void fput(struct file *file);

typedef struct file *class_gmem_t;

static inline struct file *class_gmem_constructor(struct kvm_memory_slot *slot)
{
	struct file *t = kvm_gmem_get_file(slot);

	return t;
}

static inline void class_gmem_destructor(struct file **p)
{
	struct file *_T = *p;

#ifndef NEVER
	if (_T)
		fput(_T);
#endif
}

int kvm_gmem_get_pfn(struct kvm *kvm, struct kvm_memory_slot *slot)
{
	CLASS(gmem, file)(slot);

	if (!file)
		return -14;
	return prepare(file);
}

int faultin(struct kvm *kvm, struct kvm_memory_slot *slot)
{
// NEVER: ok-file-by-scope.c:[[@LINE+1]]:9: warning: gmem.in_call is dropped before gmem.file_ref is settled [gmem-lock]
	return kvm_gmem_get_pfn(kvm, slot);
}
