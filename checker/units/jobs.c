// SPDX-License-Identifier: GPL-2.0-only

#include "jobs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct running {
	struct job *job;
	pid_t pid;
	size_t cap;
};

struct crew {
	struct running *at;
	struct pollfd *fds;
	unsigned n;
};

static void become(const struct job *job, int out)
{
	int null = open("/dev/null", O_RDWR);

	/* Not to go on alone if whoever wants the result is killed. */
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	dup2(null, STDIN_FILENO);
	dup2(job->keep_output ? out : null, STDOUT_FILENO);
	dup2(out, STDERR_FILENO);
	if (!chdir(job->folder))
		execvp(job->argv[0], (char *const *)job->argv);
	dprintf(STDERR_FILENO, "%s: cannot be run in %s: %s\n", job->argv[0],
		job->folder, strerror(errno));
	_exit(127);
}

static bool start(struct crew *crew, struct job *job, struct error *err)
{
	int ends[2];
	pid_t pid;

	if (pipe2(ends, O_CLOEXEC))
		return error_set(err, "no pipe to be had: %s", strerror(errno));
	pid = fork();
	if (pid < 0) {
		close(ends[0]);
		close(ends[1]);
		return error_set(err, "no process to be had: %s",
				 strerror(errno));
	}
	if (!pid)
		become(job, ends[1]);
	close(ends[1]);
	crew->at[crew->n] = (struct running){ .job = job, .pid = pid };
	crew->fds[crew->n] = (struct pollfd){ ends[0], POLLIN, 0 };
	crew->n++;
	return true;
}

/* False when it has said all. */
static bool hear(struct running *running, int fd)
{
	struct job *job = running->job;
	ssize_t n;

	if (running->cap - job->len < 4096) {
		running->cap = running->cap ? running->cap * 2 : 1 << 14;
		job->text = realloc(job->text, running->cap);
		if (!job->text)
			abort();
	}
	do
		n = read(fd, job->text + job->len,
			 running->cap - job->len - 1);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		job->len += n;
	job->text[job->len] = 0;
	return n > 0;
}

static void finish(struct crew *crew, unsigned i)
{
	int status = 0;

	close(crew->fds[i].fd);
	while (waitpid(crew->at[i].pid, &status, 0) < 0 && errno == EINTR)
		;
	crew->at[i].job->status = WIFEXITED(status) ? WEXITSTATUS(status)
						    : 128 + WTERMSIG(status);
	crew->n--;
	crew->at[i] = crew->at[crew->n];
	crew->fds[i] = crew->fds[crew->n];
}

static void hear_all(struct crew *crew, const struct job_watch *watch)
{
	unsigned i;

	for (i = crew->n; i--;) {
		struct running *running = &crew->at[i];
		struct job *job = running->job;

		if (!crew->fds[i].revents || hear(running, crew->fds[i].fd))
			continue;
		finish(crew, i);
		if (watch->end)
			watch->end(job, watch->data);
	}
}

bool jobs_run(struct job *jobs, unsigned n, unsigned parallel,
	      const struct job_watch *watch, struct error *err)
{
	struct crew crew = { 0 };
	unsigned next = 0;
	bool ok = true;

	crew.at = calloc(parallel, sizeof(*crew.at));
	crew.fds = calloc(parallel, sizeof(*crew.fds));
	ok = (crew.at && crew.fds) || error_set(err, "out of memory");
	while ((ok && next < n) || crew.n) {
		while (ok && next < n && crew.n < parallel) {
			if (watch->begin)
				watch->begin(&jobs[next], watch->data);
			ok = start(&crew, &jobs[next++], err);
		}
		if (!crew.n)
			break;
		poll(crew.fds, crew.n, 100);
		hear_all(&crew, watch);
		if (watch->tick)
			watch->tick(watch->data);
	}
	free(crew.at);
	free(crew.fds);
	return ok;
}
