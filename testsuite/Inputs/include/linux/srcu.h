/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#include <linux/rcupdate.h>

struct srcu_struct { int readers; };

int srcu_read_lock(struct srcu_struct *srcu);
void srcu_read_unlock(struct srcu_struct *srcu, int idx);
int srcu_read_lock_held(const struct srcu_struct *srcu);
void synchronize_srcu(struct srcu_struct *srcu);
void synchronize_srcu_expedited(struct srcu_struct *srcu);
#define srcu_dereference_check(p, s, c)	(p)
#define srcu_dereference(p, s)		(p)
