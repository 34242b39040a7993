/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The words for lock contracts that a compiler does not know yet.  The spelling is
 * mainline's, so that a tree that has them keeps its own.
 */
#ifndef MMU_CONTRACTS_H
#define MMU_CONTRACTS_H

#ifndef __must_hold_shared
#define __must_hold_shared(x)	__must_hold(x)
#endif
#ifndef __guarded_by
#define __guarded_by(...)
#endif

#endif
