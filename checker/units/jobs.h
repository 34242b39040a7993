/* SPDX-License-Identifier: GPL-2.0-only */
/* Programs run side by side. */
#ifndef MMUCHECK_JOBS_H
#define MMUCHECK_JOBS_H

#include "base.h"

struct job {
	const char *folder;	/* to run it in */
	const char **argv;	/* ends with NULL */
	bool keep_output;	/* of standard output too */
	int status;		/* exit status; 128 + N if killed by signal N */
	char *text;		/* what it said: on standard error, or on both */
	size_t len;
	void *data;
};

/*
 * jobs_run() - run @n jobs, at most @parallel at a time
 * @begin, @end: called around each, @begin just before it starts
 */
struct job_watch {
	void (*begin)(struct job *job, void *data);
	void (*end)(struct job *job, void *data);
	void (*tick)(void *data);	/* some ten times a second */
	void *data;
};

bool jobs_run(struct job *jobs, unsigned n, unsigned parallel,
	      const struct job_watch *watch, struct error *err);

#endif
