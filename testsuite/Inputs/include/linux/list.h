/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#include <linux/compiler.h>

void list_add(struct list_head *item, struct list_head *head);
void list_add_rcu(struct list_head *item, struct list_head *head);
void list_del(struct list_head *item);
void list_del_rcu(struct list_head *item);
int list_empty(const struct list_head *head);

#define list_entry(p, type, member)	container_of(p, type, member)
#define list_for_each_entry(pos, head, member)				\
	for (pos = list_entry((head)->next, typeof(*pos), member);	\
	     &pos->member != (head);					\
	     pos = list_entry(pos->member.next, typeof(*pos), member))

#define __list_check_srcu(cond)	({ })
#define list_for_each_entry_srcu(pos, head, member, cond)		\
	for (__list_check_srcu(cond),					\
	     pos = list_entry((head)->next, typeof(*pos), member);	\
	     &pos->member != (head);					\
	     pos = list_entry(pos->member.next, typeof(*pos), member))
