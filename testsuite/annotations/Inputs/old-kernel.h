/* SPDX-License-Identifier: GPL-2.0-only */
/* What a kernel from 5.16 to 6.19 has defined before anything else is read. */
#define __must_hold(x)
#define __acquires(x)
#define __cond_acquires(x)
#define __releases(x)
