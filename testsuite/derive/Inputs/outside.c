// SPDX-License-Identifier: GPL-2.0-only
/* The rest of the kernel. */

#include <linux/types.h>
#include <linux/sched.h>

void print(void);

void waits(int *done)
{
	while (!*done)
		schedule();
}

static void helper(int *done)
{
	if (*done)
		return;
	waits(done);
}

void waits_deep(int *done)
{
	helper(done);
}

void asks_first(bool wait)
{
	if (wait)
		schedule();
}

void waits_either_way(bool loud)
{
	if (loud)
		print();
	schedule();
}

void never_sleeps(int *done)
{
	*done = 1;
}

void declared(void)
{
	schedule();
}

void declared_wrongly(void)
{
	print();
}

void hangs(void)
{
	for (;;)
		schedule();
}

void not_called_from_inside(void)
{
	schedule();
}
