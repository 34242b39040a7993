// SPDX-License-Identifier: GPL-2.0-only

#include "progress.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE	1000000000ll	/* ns before anything is shown */
#define BAR		24

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ll + time.tv_nsec;
}

void progress_begin(struct progress *progress, const char *title, unsigned all)
{
	*progress = (struct progress){
		.title = title, .name = "", .all = all, .begin = now(),
		.terminal = isatty(STDERR_FILENO),
	};
}

static unsigned columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || !size.ws_col)
		return 80;
	return size.ws_col;
}

void progress_tick(struct progress *progress)
{
	unsigned full, room, i;
	char bar[BAR + 1];

	if (!progress->terminal || now() - progress->begin < PATIENCE)
		return;
	full = progress->all ? progress->done * BAR / progress->all : 0;
	for (i = 0; i < BAR; i++)
		bar[i] = i < full ? '#' : '.';
	bar[BAR] = 0;
	room = columns();
	fprintf(stderr, "\r\033[K%s [%s] %u/%u", progress->title, bar,
		progress->done, progress->all);
	if (room > BAR + 40)
		fprintf(stderr, " %.*s", (int)(room - BAR - 30), progress->name);
	fflush(stderr);
	progress->shown = true;
}

void progress_clear(struct progress *progress)
{
	if (progress->shown)
		fputs("\r\033[K", stderr);
	progress->shown = false;
}
