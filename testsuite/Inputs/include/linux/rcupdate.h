/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

void rcu_read_lock(void);
void rcu_read_unlock(void);
void synchronize_rcu(void);
int rcu_read_lock_held(void);
#define rcu_dereference_check(p, c)	(p)
#define rcu_dereference(p)		(p)
#define rcu_dereference_protected(p, c)	(p)
#define rcu_access_pointer(p)		(p)
#define rcu_assign_pointer(p, v)	do { (p) = (v); } while (0)
