// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
// RUN: %judge -DLOCKED %s | %check --check-prefix=LOCKED
// RUN: %judge -DKEPT %s | %check --check-prefix=KEPT
// RUN: %judge -DFILE_KEPT %s | %check --check-prefix=FILE
//
// A folio is unlocked on every way, and put unless its pfn is given away; the file is
// put in any case.

#include <linux/kvm_host.h>

struct folio;
struct file;

bool IS_ERR(const void *p);
struct folio *kvm_gmem_get_folio(struct kvm_memory_slot *slot);
struct file *kvm_gmem_get_file(struct kvm_memory_slot *slot);
int prepare(struct folio *folio);
void folio_unlock(struct folio *folio);
void folio_put(struct folio *folio);
void fput(struct file *file);

int kvm_gmem_get_pfn(struct kvm *kvm, struct kvm_memory_slot *slot)
{
	struct file *file = kvm_gmem_get_file(slot);
	struct folio *folio;
	int r = -14;

	if (!file)
		return r;
	folio = kvm_gmem_get_folio(slot);
	if (IS_ERR(folio))
		goto out;
	r = prepare(folio);
#ifdef LOCKED
	if (r < 0)
#endif
		folio_unlock(folio);
#ifndef KEPT
	if (r < 0)
		folio_put(folio);
#endif
#ifdef FILE_KEPT
	if (r < 0)
		return r;
#endif
out:
	fput(file);
	return r;
}

int fault(struct kvm *kvm, struct kvm_memory_slot *slot)
{
	// LOCKED: :[[@LINE+3]]:{{.*}}warning: gmem.in_call is dropped before gmem.folio_locked is settled [gmem-lock]
	// KEPT: :[[@LINE+2]]:{{.*}}warning: gmem.in_call is dropped before gmem.folio_ref is settled [gmem-lock]
	// FILE: :[[@LINE+1]]:{{.*}}warning: gmem.in_call is dropped before gmem.file_ref is settled [gmem-lock]
	return kvm_gmem_get_pfn(kvm, slot);
}
