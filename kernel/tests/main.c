// SPDX-License-Identifier: GPL-2.0-only
/*
 * Run the tests in user space.
 *
 *	mmu-test [--unchecked] [--seconds N] [SUITE[.CASE]...]
 *	mmu-test --list
 *
 * --unchecked: no lock and no contract is checked on the way; what is wrong must show in
 * what the vCPUs and the host see.
 *
 * Exit status: 0 if all passed, 1 if not, 2 if nothing was run.
 */
#include "test.h"
#include "user.h"
#include "../bench/shim.h"
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

void test_msleep(int ms)
{
	usleep(1000 * ms);
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

static void run_suite(const struct test_suite *suite, int argc, char **argv, int seconds)
{
	for (const struct test_case *c = suite->cases; c->name; c++) {
		bool ok;

		if (!wanted(argc, argv, suite, c))
			continue;
		/* A deadlock is a failure too */
		alarm(60 + 2 * seconds);
		ok = run_test_case(suite, c, seconds);
		passed += ok;
		failed += !ok;
		held_nothing(c->name);
		printf("%s %d - %s.%s\n", ok ? "ok" : "not ok", passed + failed, suite->name,
		       c->name);
	}
}

static void list_suite(const struct test_suite *suite)
{
	for (const struct test_case *c = suite->cases; c->name; c++)
		printf("%s.%s\n", suite->name, c->name);
}

int main(int argc, char **argv)
{
	static const struct test_suite *const user_suites[] = { &held_suite, &interleave_suite };
	int seconds = 1, first = 1;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc > 1 && !strcmp(argv[1], "--list")) {
		for (size_t s = 0; s < ARRAY_SIZE(user_suites); s++)
			list_suite(user_suites[s]);
		for (int s = 0; test_suites[s]; s++)
			list_suite(test_suites[s]);
		return 0;
	}
	if (argc > first && !strcmp(argv[first], "--unchecked")) {
		shim_check(false);
		first++;
	}
	if (argc > first + 1 && !strcmp(argv[first], "--seconds")) {
		seconds = atoi(argv[first + 1]);
		first += 2;
	}
	printf("TAP version 14\n");
	for (size_t s = 0; s < ARRAY_SIZE(user_suites); s++)
		run_suite(user_suites[s], argc - first, argv + first, seconds);
	for (int s = 0; test_suites[s]; s++)
		run_suite(test_suites[s], argc - first, argv + first, seconds);
	printf("1..%d\n%d passed, %d failed\n", passed + failed, passed, failed);
	return failed ? 1 : passed ? 0 : 2;
}
