// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module: runs the tests when it is loaded, and reports as TAP.  The only file, with
 * platform_kernel.c, that user space leaves out.
 */
#include "tests/test.h"
#include <linux/delay.h>
#include <linux/module.h>

static int seconds = 1;
module_param(seconds, int, 0444);
MODULE_PARM_DESC(seconds, "how long each stress test lasts");

/* The kernel counts no warnings, but remembers that there was one: the first is seen. */
static bool warned;

int warnings_since(void)
{
	bool before = warned;

	warned = test_taint(TAINT_WARN);
	return warned && !before;
}

void test_msleep(int ms)
{
	msleep(ms);
}

/* The kernel yields when somebody waits; that cannot be asked for. */
void test_force_yield(int n)
{
}

static int __init mmu_test_init(void)
{
	int s, nr = 0, passed = 0;

	warnings_since();
	pr_info("TAP version 14\n");
	for (s = 0; test_suites[s]; s++) {
		const struct test_case *c;

		for (c = test_suites[s]->cases; c->name; c++) {
			bool ok = run_test_case(test_suites[s], c, seconds);

			passed += ok;
			pr_info("%s %d - %s.%s\n", ok ? "ok" : "not ok", ++nr,
				test_suites[s]->name, c->name);
			cond_resched();
		}
	}
	pr_info("1..%d\n", nr);
	pr_info("%d passed, %d failed\n", passed, nr - passed);
	return 0;
}
module_init(mmu_test_init);

static void __exit mmu_test_exit(void)
{
}
module_exit(mmu_test_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("The MMU that mmucheck's contracts are proved on, and its tests");
