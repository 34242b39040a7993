/* SPDX-License-Identifier: GPL-2.0-only */
/* Two functions, of which one is also called for read. */
static int COUNT(struct vm *vm)
{
	return vm->pages;
}
