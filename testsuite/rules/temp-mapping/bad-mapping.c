// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// A mapping is undone on every way out, and once.

#include <linux/types.h>

void *kmap_local_page(void *page);
void __kunmap_local(const void *addr);
int copy(void *to, unsigned long from);

int both(void *page, unsigned long from)
{
	void *to = kmap_local_page(page);
	int r = copy(to, from);

	__kunmap_local(to);
	return r;
}

int error_bad(void *page, unsigned long from)
{
	void *to = kmap_local_page(page);

	if (copy(to, from))
		// CHECK: :[[@LINE+1]]:{{.*}}warning: error_bad() returns with page.mapped held [temp-mapping]
		return -14;
	__kunmap_local(to);
	return 0;
}

void two(void *page, void *other)
{
	void *a = kmap_local_page(page), *b = kmap_local_page(other);

	__kunmap_local(b);
	__kunmap_local(a);
}

void twice_bad(void *page)
{
	void *to = kmap_local_page(page);

	__kunmap_local(to);
	// CHECK: :[[@LINE+1]]:{{.*}}warning: page.mapped is dropped, but not held [temp-mapping]
	__kunmap_local(to);
}
