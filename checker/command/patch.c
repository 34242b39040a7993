// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck patch: what commits, staged changes or patches make new. */

#include "command.h"
#include "identity.h"
#include "judge.h"
#include "output.h"
#include "own_folder.h"
#include "path.h"
#include "series.h"
#include "setup.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { OPT_STAGED = 4000, OPT_BASE };

struct options {
	struct input input;
	struct output output;
	const char *build, *kernel, *facts, *base;
	unsigned parallel;
	bool staged;
	struct words what;
};

static const struct argp_option argp_options[] = {
	{ "staged", OPT_STAGED, NULL, 0,
	  "Judge what is staged for the next commit", 0 },
	{ "base", OPT_BASE, "COMMIT", 0,
	  "Apply patches to COMMIT (default: HEAD)", 0 },
	{ "build", 'b', "DIR", 0,
	  "The folder that the kernel is built in (default: what 'git config mmucheck.build' says, else this one)", 0 },
	{ "kernel", 'k', "DIR", 0,
	  "The kernel's source, if the build folder does not say", 0 },
	{ "jobs", 'j', "N", 0,
	  "Read N units at a time (default: as many as there are CPUs)", 0 },
	{ "facts", 'f', "DIR", 0,
	  "The facts are below DIR instead of beside the objects", 0 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct options *options = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &options->input;
		state->child_inputs[1] = &options->output;
		return 0;
	case OPT_STAGED:
		options->staged = true;
		return 0;
	case OPT_BASE:
		options->base = arg;
		return 0;
	case 'b':
		options->build = arg;
		return 0;
	case 'k':
		options->kernel = arg;
		return 0;
	case 'f':
		options->facts = arg;
		return 0;
	case 'j':
		options->parallel = parse_jobs(arg, state);
		return 0;
	case ARGP_KEY_ARG:
		VEC_PUSH(&options->what, intern(arg));
		return 0;
	case ARGP_KEY_END:
		if (options->staged == !!options->what.n)
			argp_error(state, "expected either commits (A..B), files with patches or '-' for standard input, or --staged");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child children[] = {
	{ &input_argp, 0, NULL, 0 }, { &output_argp, 0, NULL, 0 }, { 0 }
};

static const struct argp argp = {
	.options = argp_options, .parser = parse, .children = children,
	.args_doc = "A..B|COMMIT\nFILE...\n-\n--staged",
	.doc = "Say what commits, patches (mails, mboxes, diffs) or staged changes make new, one by one and as a whole."
	       "\vNothing is checked out and nothing is applied to your tree: it may be in any state.  Only units that the change reaches are read again; what calls into them is judged anew.  Exit status: 1 if something is new.",
};

/* Series and repository */

/* Where the user is, if that is a work tree of the kernel's repository. */
static bool open_git(struct judge *judge, struct git *here, struct error *err)
{
	if (here->top == judge->tree.kernel) {
		judge->git = *here;
		judge->git.folder = here->top;
		judge->git.prefix = "";
		return true;
	}
	if (!git_open(&judge->git, judge->tree.kernel, here->own, err))
		return false;
	if (!git_is_same(here, &judge->git))
		*here = judge->git;
	return true;
}

static bool find_series(const struct options *options, const struct git *git,
			struct series *series, struct error *err)
{
	const char *first;

	if (options->staged)
		return series_of_staged(series, git, err);
	first = options->what.at[0];
	if (options->what.n == 1 && strcmp(first, "-") && !is_file(first))
		return series_of_commits(series, git, first, err);
	return series_of_files(series, git, &options->what,
			       options->base ?: "HEAD", err);
}

/* The build folder: an option, git's configuration, here. */
static const char *find_build(const struct options *options,
			      const struct git *here)
{
	struct error ignored;
	const char *build;

	if (options->build || !here->top)
		return options->build ?: ".";
	build = GIT_LINE(here, &ignored, "config", "--type=path",
			 "mmucheck.build");
	return build ? path_join(here->top, build) : ".";
}

/* A build folder that does not say what it is for is for the tree we are in. */
static bool find_tree(const struct options *options, const struct git *here,
		      struct tree *tree, struct error *err)
{
	const char *build = find_build(options, here);

	if (!tree_find(tree, build, options->kernel, err))
		return false;
	if (!options->kernel && here->top &&
	    tree->kernel == tree->real_build &&
	    !is_file(path_join(build, "Kconfig")))
		return tree_find(tree, build, here->top, err);
	return true;
}

/* Verdicts */

struct tally {
	unsigned added, fixed, kept;
};

static void tell_tally(const char *of, const struct tally *tally)
{
	fprintf(stderr, "mmucheck: %s: %u new, %u fixed, %u still there\n", of,
		tally->added, tally->fixed, tally->kept);
}

static void tell_patch(const struct series *series, unsigned i,
		       const struct tally *tally)
{
	char text[1000];

	if (series->patches.n > 1)
		snprintf(text, sizeof(text), "%u/%u %s", i + 1,
			 series->patches.n, series->patches.at[i].name);
	else
		snprintf(text, sizeof(text), "%s", series->patches.at[i].name);
	tell_tally(text, tally);
}

static void note_patch(struct finding *finding, const struct series *series,
		       unsigned i)
{
	struct note note = { finding->file, finding->line, finding->col, NULL };
	char text[1000];

	snprintf(text, sizeof(text), "new in patch %u/%u: %s", i + 1,
		 series->patches.n, series->patches.at[i].name);
	note.text = intern(text);
	VEC_PUSH(&finding->notes, note);
}

/* What is new in @head is added to @added. */
static struct tally compare(const struct findings *base,
			      const struct findings *head,
			      struct findings *added)
{
	struct findings fresh = findings_without(head, base);
	struct findings fixed = findings_without(base, head);
	struct tally tally = {
		fresh.all.n, fixed.all.n, head->all.n - fresh.all.n,
	};
	unsigned i;

	for (i = 0; added && i < fresh.all.n; i++)
		VEC_PUSH(&added->all, fresh.all.at[i]);
	free(fresh.all.at);
	free(fixed.all.at);
	return tally;
}

static bool expect_series(struct judge *judge, struct series *series,
			  bool *differs, struct error *err)
{
	const char *before = series->base;
	unsigned i;

	*differs = false;
	for (i = 0; i < series->patches.n; i++) {
		struct patch *patch = &series->patches.at[i];

		if (!judge_expect(judge, before, patch->tree, &patch->differs,
				  err))
			return false;
		*differs |= patch->differs;
		before = patch->tree;
	}
	return true;
}

static void copy_closer(struct findings *to, const struct findings *from)
{
	unsigned i;

	for (i = 0; i < from->closer.n; i++)
		VEC_PUSH(&to->closer, from->closer.at[i]);
}

static bool judge_patch(struct judge *judge, const struct series *series,
			unsigned i, struct findings *last,
			struct findings *added, struct error *err)
{
	const struct patch *patch = &series->patches.at[i];
	struct findings next = *last;
	unsigned k = added->all.n;
	struct tally tally;

	if (patch->differs) {
		next = (struct findings){ 0 };
		/* Both are seen alike, and once is enough if nothing is new. */
		copy_closer(&next, last);
		if (!judge_tree(judge, patch->tree, &next, err))
			return false;
	}
	tally = compare(last, &next, added);
	for (; series->patches.n > 1 && k < added->all.n; k++)
		note_patch(added->all.at[k], series, i);
	tell_patch(series, i, &tally);
	*last = next;
	return true;
}

/* Patch by patch; a note says which one it was if there are several. */
static bool judge_series(struct judge *judge, struct series *series,
			 struct findings *added, struct error *err)
{
	struct findings first = { 0 }, last;
	struct tally tally;
	bool differs;
	unsigned i;

	if (!expect_series(judge, series, &differs, err))
		return false;
	if (!differs) {
		fprintf(stderr, "mmucheck: nothing that is checked, or that it is made of, is changed\n");
		return true;
	}
	if (!judge_tree(judge, series->base, &first, err))
		return false;
	last = first;
	for (i = 0; i < series->patches.n; i++)
		if (!judge_patch(judge, series, i, &last, added, err))
			return false;
	tally = compare(&first, &last, NULL);
	if (series->patches.n > 1)
		tell_tally("the series", &tally);
	return true;
}

/* One at a time in a build folder: facts are kept there, one set of them. */
static bool take_turn(const struct tree *tree, struct error *err)
{
	const char *path = path_join(tree->state, "patch-lock");
	int fd;

	if (!make_folders(path, err))
		return false;
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0)
		return error_set(err, "%s: cannot be written", path);
	if (flock(fd, LOCK_EX | LOCK_NB)) {
		fprintf(stderr, "mmucheck: %s: waiting for another run\n",
			tree->build);
		flock(fd, LOCK_EX);
	}
	return true;
}

static int work(const char *own, void *data)
{
	struct options *options = data;
	struct judge judge = {
		.input = &options->input, .parallel = options->parallel,
	};
	struct findings added = { 0 };
	struct series series = { 0 };
	struct error err;
	struct git here;
	int status;

	if (!git_open(&here, ".", own, &err))
		here = (struct git){ .own = own };	/* perhaps elsewhere */
	if (!find_tree(options, &here, &judge.tree, &err) ||
	    !open_git(&judge, &here, &err) ||
	    !find_series(options, &here, &series, &err))
		return output_error(&err);
	if (options->facts)
		judge.tree.state = path_join(options->facts, ".mmucheck");
	options->input.kernel = judge.tree.kernel;
	if (!take_turn(&judge.tree, &err) ||
	    !judge_open(&judge, options->facts, series.base, &err) ||
	    !judge_series(&judge, &series, &added, &err))
		return output_error(&err);
	findings_sort(&added);
	status = output_print(&options->output, &added);
	return judge.complete ? status : FAILED;
}

static int run(int argc, char **argv)
{
	struct options options = { .parallel = cpus() };

	argp_parse(&argp, argc, argv, 0, NULL, &options);
	return in_own_folder(work, &options);
}

COMMAND(patch, .name = "patch", .run = run,
	.title = "say what commits or patches make new");
