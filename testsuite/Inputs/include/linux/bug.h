/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#define WARN_ON(c)		({ int __ret = !!(c); __ret; })
#define WARN_ON_ONCE(c)		WARN_ON(c)
#define WARN(c, ...)		WARN_ON(c)
#define WARN_ONCE(c, ...)	WARN_ON(c)
