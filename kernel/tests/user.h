/* SPDX-License-Identifier: GPL-2.0-only */
/* Suites that only user space can run: they stop the program, or time it to the step. */
#ifndef MMU_TEST_USER_H
#define MMU_TEST_USER_H

extern const struct test_suite held_suite, interleave_suite;

#endif
