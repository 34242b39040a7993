// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(count_lock);
int counts(int i);
int counts(int i)
{
	spin_lock(&count_lock);
	if (i)
		return 1;
	spin_unlock(&count_lock);
	return 0;
}

MODULE_LICENSE("GPL");
