// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck COMMAND: finds the command and lets it run. */

#include "base/base.h"
#include "command/command.h"
#include "report/pages.h"
#include "version.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *argp_program_version = "mmucheck " MMUCHECK_VERSION;

static int by_command(const void *x, const void *y)
{
	const struct command *a = *(const struct command *const *)x;
	const struct command *b = *(const struct command *const *)y;

	return strcmp(a->name, b->name);
}

/* The linker's order means nothing. */
static const struct command **sorted_commands(size_t *n)
{
	const struct command **copy;

	*n = __stop_mmucheck_commands - __start_mmucheck_commands;
	copy = arena_copy(&run_arena, __start_mmucheck_commands,
			  *n * sizeof(*copy));
	qsort(copy, *n, sizeof(*copy), by_command);
	return copy;
}

static int list_rules(void)
{
	unsigned i;

	for (i = 0; i < rule_page_count; i++)
		printf("%-20s %s\n", rule_pages[i].id,
		       page_title(&rule_pages[i]));
	return NOTHING_FOUND;
}

static void print_help(FILE *out)
{
	const struct command **commands;
	size_t n, i;

	fputs("Usage: mmucheck COMMAND [ARGUMENTS...]\n"
	      "Checks the locking of a kernel's MMU code.\n\n", out);
	commands = sorted_commands(&n);
	for (i = 0; i < n; i++)
		fprintf(out, "  %-12s %s\n", commands[i]->name,
			commands[i]->title);
	fputs("\n  --list-rules  the rules, one a line\n"
	      "  --help        this page; 'mmucheck COMMAND --help' tells more\n"
	      "  --version     the version\n\n"
	      "Exit status: 0 nothing found, 1 findings, 2 the run itself failed.\n",
	      out);
}

static const struct command *find_command(const char *name)
{
	const struct command *const *command;

	for (command = __start_mmucheck_commands;
	     command < __stop_mmucheck_commands; command++)
		if (!strcmp((*command)->name, name))
			return *command;
	return NULL;
}

static int run_command(int argc, char **argv)
{
	const struct command *command = find_command(argv[1]);
	char name[100];

	if (!command) {
		fprintf(stderr, "mmucheck: %s: no such command: 'mmucheck --help' lists them\n",
			argv[1]);
		return FAILED;
	}
	snprintf(name, sizeof(name), "mmucheck %s", command->name);
	argv[1] = name;
	argp_err_exit_status = FAILED;
	return command->run(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		print_help(stderr);
		return FAILED;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
		print_help(stdout);
		return NOTHING_FOUND;
	}
	if (!strcmp(argv[1], "--version")) {
		puts(argp_program_version);
		return NOTHING_FOUND;
	}
	if (!strcmp(argv[1], "--list-rules"))
		return list_rules();
	return run_command(argc, argv);
}
