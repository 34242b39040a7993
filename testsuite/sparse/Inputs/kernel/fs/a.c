// SPDX-License-Identifier: GPL-2.0-only
/* Of no contract: all that sparse says is passed on. */
struct lock { int raw; };
void take(struct lock *lock) __attribute__((context(lock, 0, 1)));

int keeps_bad(struct lock *lock);
int keeps_bad(struct lock *lock)
{
	take(lock);
	return 0;
}
