// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Who passes no pointer to say whether the lock was dropped still has it.
struct mm_struct { int users; };
struct page;
void mmap_read_lock(struct mm_struct *mm);
void mmap_read_unlock(struct mm_struct *mm);
long get_user_pages_remote(struct mm_struct *mm, unsigned long start,
			   unsigned long n, unsigned int flags,
			   struct page **pages, int *locked);

void get_page(struct mm_struct *mm, struct page **page)
{
	mmap_read_lock(mm);
	get_user_pages_remote(mm, 0, 1, 0, page, (void *)0);
	mmap_read_unlock(mm);
}
