// SPDX-License-Identifier: GPL-2.0-only
int FNAME(first)(int n)
{
	return wait(n);
}

int second(int n)
{
	asm goto("1: nop" : : : : fault);
	return 0;
fault:
	return wait(n);
}
