/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A warning is printed and counted: a test that expects none fails on it, a test
 * that provokes one takes it back.
 */
#ifndef SHIM_LINUX_BUG_H
#define SHIM_LINUX_BUG_H

#include <linux/types.h>

void shim_warn(const char *what, const char *file, int line, const char *func);

/* shim_warnings() - the number of warnings so far; the counter restarts at zero */
int shim_warnings(void);

#define WARN_ON(c) ({							\
	bool bad_ = (c);						\
	if (bad_)							\
		shim_warn(#c, __FILE__, __LINE__, __func__);		\
	bad_; })
#define WARN_ON_ONCE(c)	WARN_ON(c)
#define BUILD_BUG_ON(c)	_Static_assert(!(c), #c)

#endif
