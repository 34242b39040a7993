// SPDX-License-Identifier: GPL-2.0-only
/* The suites, in the order in which they run. */
#include "test.h"

const struct test_suite *const test_suites[] = {
	&memslot_suite,
	&fault_suite,
	&invalidate_suite,
	&tdp_suite,
	&shadow_suite,
	&dirty_suite,
	&age_suite,
	&nx_suite,
	&gmem_suite,
	&stress_suite,
	NULL
};
