// SPDX-License-Identifier: GPL-2.0-only
// RUN: %judge %s | %check
//
// Two locks that no row speaks of, taken in both orders: nobody says which one is
// wrong.

#include <linux/kvm_host.h>

struct device { struct mutex a, b; };

void fn_ab(struct device *dev)
{
	mutex_lock(&dev->a);
	mutex_lock(&dev->b);
	mutex_unlock(&dev->b);
	mutex_unlock(&dev->a);
}

void fn_ba(struct device *dev)
{
	mutex_lock(&dev->b);
	mutex_lock(&dev->a);
	mutex_unlock(&dev->a);
	mutex_unlock(&dev->b);
}
