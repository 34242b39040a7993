/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SHIM_LINUX_PRINTK_H
#define SHIM_LINUX_PRINTK_H

#include <stdio.h>
#include <string.h>

#define pr_info(...)	printf(__VA_ARGS__)
#define pr_err(...)	fprintf(stderr, __VA_ARGS__)

#endif
