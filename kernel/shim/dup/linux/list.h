/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_LIST_H
#define SHIM_LINUX_LIST_H

#include <linux/compiler.h>
#include <linux/kernel.h>

#define LIST_HEAD_INIT(name)	{ &(name), &(name) }
#define LIST_HEAD(name)		struct list_head name = LIST_HEAD_INIT(name)

static inline void INIT_LIST_HEAD(struct list_head *head)
{
	WRITE_ONCE(head->next, head);
	WRITE_ONCE(head->prev, head);
}

/* A reader under RCU may be at @next's neighbour: publish the node last. */
static inline void shim_list_insert(struct list_head *node, struct list_head *prev,
				    struct list_head *next)
{
	WRITE_ONCE(node->next, next);
	WRITE_ONCE(node->prev, prev);
	WRITE_ONCE(next->prev, node);
	smp_store_release(&prev->next, node);
}

static inline void list_add(struct list_head *node, struct list_head *head)
{
	shim_list_insert(node, head, READ_ONCE(head->next));
}

static inline void list_add_tail(struct list_head *node, struct list_head *head)
{
	shim_list_insert(node, READ_ONCE(head->prev), head);
}

static inline void shim_list_unlink(struct list_head *node)
{
	struct list_head *next = READ_ONCE(node->next), *prev = READ_ONCE(node->prev);

	WRITE_ONCE(next->prev, prev);
	WRITE_ONCE(prev->next, next);
}

/* A node that is off its list faults when it is used as if it were on it. */
static inline void list_del(struct list_head *node)
{
	shim_list_unlink(node);
	node->next = (struct list_head *)0x100;
	node->prev = (struct list_head *)0x122;
}

static inline void list_del_init(struct list_head *node)
{
	shim_list_unlink(node);
	INIT_LIST_HEAD(node);
}

static inline void list_move(struct list_head *node, struct list_head *head)
{
	shim_list_unlink(node);
	list_add(node, head);
}

static inline void list_move_tail(struct list_head *node, struct list_head *head)
{
	shim_list_unlink(node);
	list_add_tail(node, head);
}

static inline int list_empty(const struct list_head *head)
{
	return READ_ONCE(head->next) == head;
}

/* The way on stays for a reader that is at the node; only the way back goes. */
static inline void list_del_rcu(struct list_head *node)
{
	shim_list_unlink(node);
	WRITE_ONCE(node->prev, (struct list_head *)0x122);
}

#define list_add_rcu(node, head)	list_add(node, head)
#define list_add_tail_rcu(node, head)	list_add_tail(node, head)

#define list_entry(p, type, member)	container_of(p, type, member)
#define list_first_entry(head, type, member) \
	list_entry(READ_ONCE((head)->next), type, member)
#define list_first_entry_or_null(head, type, member) \
	(list_empty(head) ? NULL : list_first_entry(head, type, member))
#define list_next_entry(pos, member) \
	list_entry(READ_ONCE((pos)->member.next), typeof(*(pos)), member)
#define list_entry_is_head(pos, head, member)	(&(pos)->member == (head))

#define list_for_each_entry(pos, head, member)				\
	for (pos = list_first_entry(head, typeof(*(pos)), member);	\
	     !list_entry_is_head(pos, head, member);			\
	     pos = list_next_entry(pos, member))

#define list_for_each_entry_safe(pos, n, head, member)			\
	for (pos = list_first_entry(head, typeof(*(pos)), member),	\
	     n = list_next_entry(pos, member);				\
	     !list_entry_is_head(pos, head, member);			\
	     pos = n, n = list_next_entry(n, member))

#define INIT_HLIST_HEAD(h)	WRITE_ONCE((h)->first, NULL)

static inline void hlist_add_head(struct hlist_node *node, struct hlist_head *head)
{
	struct hlist_node *first = READ_ONCE(head->first);

	WRITE_ONCE(node->next, first);
	WRITE_ONCE(node->pprev, &head->first);
	if (first)
		WRITE_ONCE(first->pprev, &node->next);
	smp_store_release(&head->first, node);
}

static inline void hlist_del(struct hlist_node *node)
{
	struct hlist_node *next = READ_ONCE(node->next);

	WRITE_ONCE(*node->pprev, next);
	if (next)
		WRITE_ONCE(next->pprev, node->pprev);
}

#define shim_hlist_entry(p, type, member) ({				\
	typeof(p) p_ = (p);						\
	p_ ? container_of(p_, type, member) : NULL; })

#define hlist_for_each_entry(pos, head, member)				\
	for (pos = shim_hlist_entry(READ_ONCE((head)->first), typeof(*(pos)), member); \
	     pos;							\
	     pos = shim_hlist_entry(READ_ONCE((pos)->member.next), typeof(*(pos)), member))

#endif
