// SPDX-License-Identifier: GPL-2.0-only
/*
 * Run the tests in user space.
 *
 *	mmu-test [--seconds N] [SUITE[.CASE]...]
 *	mmu-test --list
 *
 * Exit status: 0 if all passed, 1 if not, 2 if nothing was run.
 */
#include "test.h"
#include <stdlib.h>
#include <unistd.h>

static int passed, failed;

int warnings_since(void)
{
	return shim_warnings();
}

void test_force_yield(int n)
{
	shim_force_yield(n);
}

void test_sleep(int seconds)
{
	sleep(seconds);
}

static bool matches(const char *want, const struct test_suite *suite, const struct test_case *c)
{
	size_t len = strlen(suite->name);

	if (strncmp(want, suite->name, len))
		return false;
	return !want[len] || (want[len] == '.' && !strcmp(want + len + 1, c->name));
}

static bool wanted(int argc, char **argv, const struct test_suite *suite,
		   const struct test_case *c)
{
	if (!argc)
		return true;
	for (int i = 0; i < argc; i++) {
		if (matches(argv[i], suite, c))
			return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	bool list = argc > 1 && !strcmp(argv[1], "--list");
	int seconds = 1, first = 1;

	if (argc > 2 && !strcmp(argv[1], "--seconds")) {
		seconds = atoi(argv[2]);
		first = 3;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!list)
		printf("TAP version 14\n");
	for (int s = 0; test_suites[s]; s++) {
		const struct test_suite *suite = test_suites[s];

		for (const struct test_case *c = suite->cases; c->name; c++) {
			if (list)
				printf("%s.%s\n", suite->name, c->name);
			if (list || !wanted(argc - first, argv + first, suite, c))
				continue;
			/* A deadlock is a failure too */
			alarm(60 + 2 * seconds);
			bool ok = run_test_case(suite, c, seconds);

			passed += ok;
			failed += !ok;
			held_nothing(c->name);
			printf("%s %d - %s.%s\n", ok ? "ok" : "not ok", passed + failed,
			       suite->name, c->name);
		}
	}
	if (list)
		return 0;
	printf("1..%d\n%d passed, %d failed\n", passed + failed, passed, failed);
	return failed ? 1 : passed ? 0 : 2;
}
