// SPDX-License-Identifier: GPL-2.0-only
/* The checked folder: it calls all that is outside but one. */

#include <linux/types.h>
#include <linux/sched.h>

void waits(int *done);
void waits_deep(int *done);
void asks_first(bool wait);
void waits_either_way(bool loud);
void never_sleeps(int *done);
void declared(void);
void declared_wrongly(void);
void hangs(void);

void use_all(int *done)
{
	waits(done);
	waits_deep(done);
	asks_first(true);
	waits_either_way(true);
	never_sleeps(done);
	declared();
	declared_wrongly();
	hangs();
}
