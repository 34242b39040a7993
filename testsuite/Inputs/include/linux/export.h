/* SPDX-License-Identifier: GPL-2.0-only */
#pragma once

#define EXPORT_SYMBOL(sym)	extern int __mini_export_##sym
#define EXPORT_SYMBOL_GPL(sym)	EXPORT_SYMBOL(sym)
