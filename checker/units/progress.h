/* SPDX-License-Identifier: GPL-2.0-only */
/* A bar on a terminal, and only if it takes long. */
#ifndef MMUCHECK_PROGRESS_H
#define MMUCHECK_PROGRESS_H

#include "base.h"

struct progress {
	const char *title;
	const char *name;	/* what is being worked on */
	unsigned done, all;
	int64_t begin;		/* ns */
	bool terminal;
	bool shown;
};

void progress_begin(struct progress *progress, const char *title, unsigned all);
/* Draws what has changed, if it is time to. */
void progress_tick(struct progress *progress);
/* Takes it off the screen, for other words or for good. */
void progress_clear(struct progress *progress);

#endif
