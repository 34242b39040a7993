// SPDX-License-Identifier: GPL-2.0-only

#include "make_facts.h"
#include "jobs.h"
#include "path.h"
#include "progress.h"
#include "stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One unit at work. */
struct work_item {
	const struct unit_file *unit;
	struct made *made;
	const char *deps;
	int64_t start;
	int64_t size;
};

struct work_list {
	struct job *jobs;
	struct work_item *items;
	unsigned n;
	const struct overlay *overlay;
	struct progress progress;
};

static void begin_job(struct job *job, void *data)
{
	struct work_list *list = data;
	struct work_item *item = job->data;

	item->start = time_now();
	list->progress.name = item->unit->source;
}

/*
 * "mmucheck-facts: FILE: cannot be read: x.c:1:2: error": the line that the
 * front end says itself, less what whoever prints it says anyway.
 */
static const char *what_it_said(const char *text)
{
	static const char tool[] = "mmucheck-facts: ";
	static const char middle[] = ": cannot be read: ";
	const char *line = strstr(text, tool), *end, *at;

	text = line ? line + strlen(tool) : text;
	end = text + strcspn(text, "\n");
	at = strstr(text, middle);
	if (at && at < end)
		text = at + strlen(middle);
	return end > text ? intern_n(text, end - text)
			  : intern("the front end ended without a word");
}

static void fail(struct work_item *item, const char *trouble)
{
	struct error ignored;

	item->made->failed = true;
	item->made->trouble = intern(trouble);
	write_whole(item->unit->failed, trouble, strlen(trouble), &ignored);
}

static void end_job(struct job *job, void *data)
{
	struct work_list *list = data;
	struct work_item *item = job->data;
	struct error err;

	list->progress.done++;
	if (job->status > 128)
		fail(item, "the front end was killed");
	else if (job->status)
		fail(item, what_it_said(job->text ? job->text : ""));
	else if (!unit_stamp(item->unit, list->overlay, item->deps,
			     item->start, &err))
		fail(item, err.text);
	else
		unlink(item->unit->failed);
	unlink(item->deps);
	free(job->text);
	job->text = NULL;
}

static void tick(void *data)
{
	struct work_list *list = data;

	progress_tick(&list->progress);
}

static bool add_item(struct work_list *list, const struct maker *maker,
		     const struct unit_file *unit, struct made *made,
		     struct error *err)
{
	struct work_item *item = &list->items[list->n];
	struct job *job = &list->jobs[list->n];
	struct words command = { 0 };
	char text[4096];

	if (!make_folders(unit->facts, err))
		return false;
	snprintf(text, sizeof(text), "%s/.%s.%d.deps",
		 path_folder(unit->facts), path_base(unit->facts), getpid());
	*item = (struct work_item){
		.unit = unit, .made = made, .deps = intern(text),
		.size = file_time(path_join(maker->tree->kernel,
					    unit->source)).size,
	};
	unit_command(unit, maker, item->deps, &command);
	VEC_PUSH(&command, NULL);
	*job = (struct job){
		.folder = unit->folder, .argv = command.at, .data = item,
	};
	list->n++;
	return true;
}

/* The longest first: none of them is left over when the others are done. */
static int by_size(const void *x, const void *y)
{
	const struct work_item *a = ((const struct job *)x)->data;
	const struct work_item *b = ((const struct job *)y)->data;

	if (a->size != b->size)
		return a->size > b->size ? -1 : 1;
	return strcmp(a->unit->object, b->unit->object);
}

static void free_list(struct work_list *list)
{
	unsigned i;

	for (i = 0; i < list->n; i++)
		free(list->jobs[i].argv);
	free(list->jobs);
	free(list->items);
}

bool make_facts(const struct maker *maker, const struct unit_files *units,
		unsigned parallel, struct made *made, struct error *err)
{
	struct work_list list = { .overlay = maker->overlay };
	const struct job_watch watch = { begin_job, end_job, tick, &list };
	bool ok = true;
	unsigned i;

	list.jobs = calloc(units->n, sizeof(*list.jobs));
	list.items = calloc(units->n, sizeof(*list.items));
	for (i = 0; ok && i < units->n; i++) {
		made[i] = (struct made){
			.fresh = unit_is_of(units->at[i], maker->overlay),
		};
		if (!made[i].fresh)
			ok = add_item(&list, maker, units->at[i], &made[i],
				      err);
	}
	qsort(list.jobs, list.n, sizeof(*list.jobs), by_size);
	progress_begin(&list.progress, "reading", list.n);
	list.progress.terminal &= !maker->quiet;
	ok = ok && jobs_run(list.jobs, list.n, parallel, &watch, err);
	progress_clear(&list.progress);
	free_list(&list);
	return ok;
}
