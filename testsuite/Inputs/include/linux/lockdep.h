/* SPDX-License-Identifier: GPL-2.0-only */
/* As the kernel has them with lockdep off: they say nothing. */
#pragma once

#define lockdep_assert(c)		do { } while (0)
#define lockdep_assert_once(c)		do { } while (0)
#define lockdep_assert_held(l)		do { (void)(l); } while (0)
#define lockdep_assert_held_once(l)	do { (void)(l); } while (0)
#define lockdep_assert_held_write(l)	do { (void)(l); } while (0)
#define lockdep_assert_held_read(l)	do { (void)(l); } while (0)
#define lockdep_assert_not_held(l)	do { (void)(l); } while (0)
#define lockdep_is_held(l)		1
#define lockdep_assert_irqs_disabled()	do { } while (0)
#define lockdep_assert_irqs_enabled()	do { } while (0)
#define lockdep_assert_preemption_disabled() do { } while (0)
#define lockdep_assert_preemption_enabled() do { } while (0)
