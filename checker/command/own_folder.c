// SPDX-License-Identifier: GPL-2.0-only

#include "own_folder.h"
#include "base.h"
#include "command.h"

#include <errno.h>
#include <fts.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE };

static volatile sig_atomic_t worker, caught;

static void pass_on(int number)
{
	caught = number;
	if (worker)
		kill(worker, number);
}

static void remove_folder(char *folder)
{
	char *const roots[] = { folder, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	while (fts && (entry = fts_read(fts)))
		if (entry->fts_info != FTS_D)
			remove(entry->fts_accpath);
	if (fts)
		fts_close(fts);
}

static void set_signals(void (*handler)(int))
{
	struct sigaction action = { .sa_handler = handler };
	unsigned i;

	for (i = 0; i < ARRAY_SIZE(signals); i++)
		sigaction(signals[i], &action, NULL);
}

static int wait_for_worker(void)
{
	int status = 0;

	while (waitpid(worker, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

/* Dies of what it was told to die of, so that whoever called sees it. */
static int end_as(int status)
{
	int number = caught ? caught : WIFSIGNALED(status) ? WTERMSIG(status) : 0;

	if (!number)
		return WEXITSTATUS(status);
	if (!caught)
		fprintf(stderr, "mmucheck: killed: %s\n", strsignal(number));
	set_signals(SIG_DFL);
	if (caught)
		raise(number);
	return FAILED;
}

int in_own_folder(int (*work)(const char *own, void *data), void *data)
{
	const char *tmp = getenv("TMPDIR");
	char own[PATH_MAX], *real;
	int status;
	pid_t pid;

	tmp = tmp && *tmp ? tmp : "/tmp";
	real = realpath(tmp, NULL);
	snprintf(own, sizeof(own), "%s/mmucheck-XXXXXX", real ? real : tmp);
	free(real);
	if (!mkdtemp(own)) {
		fprintf(stderr, "mmucheck: %s: no folder can be made there: %s\n",
			tmp, strerror(errno));
		return FAILED;
	}
	set_signals(pass_on);
	pid = fork();
	if (!pid) {
		set_signals(SIG_DFL);
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		exit(work(own, data));
	}
	worker = pid > 0 ? pid : 0;
	status = pid > 0 ? wait_for_worker() : FAILED << 8;
	remove_folder(own);
	return end_as(status);
}
