// SPDX-License-Identifier: GPL-2.0-only
/* mmucheck kbuild: what make calls as CHECK, once for each unit. */

#include "answer.h"
#include "baseline.h"
#include "command.h"
#include "commands.h"
#include "make_facts.h"
#include "output.h"
#include "pass.h"
#include "path.h"
#include "setup.h"
#include "sparse.h"
#include "stamp.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

static const char usage[] =
	"Usage: make C=2 CHECK=\"mmucheck kbuild [--werror] [--sparse]\" [TARGETS...]\n"
	"Writes the facts of each unit beside its object and tells what is broken, on\n"
	"standard error, as sparse does.  sparse's and the compiler's flags are taken as\n"
	"they come.  Nothing is told before all units of the build folder that the\n"
	"contracts speak of have their facts; then each finding is told once a pass.\n"
	"Of an external module (make M=DIR) are spoken of those files that *.contracts\n"
	"in its folder name in a row 'scope', as DIR's last part and what is below it.\n\n"
	"      --werror           Fail the build: exit 1 on findings, 2 if a unit\n"
	"                         cannot be read; without it the exit status is 0\n"
	"      --sparse           Run sparse too; what it says of locks in functions that\n"
	"                         lock-balance judges is not repeated\n"
	"      --annotations=DIR  Read the annotations in DIR\n"
	"      --contracts=FILE   Read the contract rows in FILE as well\n"
	"      --baseline=FILE    Leave out the findings that FILE knows\n"
	"      --help             Give this help list\n";

struct options {
	struct input input;
	const char *baseline;
	bool werror, sparse;
	struct words command;
};

static bool has_value(const char *arg, const char *name, const char **value)
{
	size_t len = strlen(name);

	if (strncmp(arg, name, len))
		return false;
	*value = arg + len;
	return true;
}

/* Our own options come first; all others are sparse's or the compiler's. */
static void parse(struct options *options, int argc, char **argv)
{
	const char *value;
	int i;

	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--werror"))
			options->werror = true;
		else if (!strcmp(argv[i], "--sparse"))
			options->sparse = true;
		else if (has_value(argv[i], "--annotations=", &value))
			options->input.annotations = value;
		else if (has_value(argv[i], "--contracts=", &value))
			VEC_PUSH(&options->input.contracts, value);
		else if (has_value(argv[i], "--baseline=", &value))
			options->baseline = value;
		else
			break;
	}
	for (; i < argc; i++)
		VEC_PUSH(&options->command, intern(argv[i]));
}

static bool is_spoken_of(const struct maker *maker, const char *source)
{
	unsigned i;

	for (i = 0; i < maker->scopes.n; i++)
		if (path_matches(maker->scopes.at[i], source))
			return true;
	return false;
}

/* One unit of the pass. */
struct visit {
	const struct options *options;
	struct tree tree;
	struct maker maker;
	struct unit_file *unit;
	struct made made;
	bool changed;			/* its facts are not those of before */
	struct unit_files all;
	unsigned missing;		/* units without facts of today */
	struct pass pass;
	struct findings findings;
};

static bool make_own_facts(struct visit *visit, struct error *err)
{
	struct unit_files one = { &visit->unit, 1, 1 };
	uint64_t before = hash_of_file(visit->unit->facts);

	if (!make_facts(&visit->maker, &one, 1, &visit->made, err))
		return false;
	visit->changed = hash_of_file(visit->unit->facts) != before;
	return true;
}

static bool is_there(const struct unit_file *unit)
{
	return unit_is_fresh(unit) || is_file(unit->failed);
}

/* The other units, and how many of them are still to come. */
static bool find_others(struct visit *visit, struct error *err)
{
	const char *partial;
	unsigned i;

	if (!commands_find(&visit->tree, &visit->maker.scopes,
			   &visit->maker.scopes, &visit->all, &partial, err))
		return false;
	units_drop_foreign(&visit->all, &visit->maker);
	for (i = 0; i < visit->all.n; i++) {
		struct unit_file *unit = visit->all.at[i];

		if (unit->object == visit->unit->object)
			continue;
		unit_place(unit, &visit->maker);
		visit->missing += !is_there(unit);
	}
	return true;
}

static bool leave_out_known(struct visit *visit, struct error *err)
{
	const char *path = visit->options->baseline;
	struct baseline baseline;

	if (!path)
		return true;
	if (!baseline_read(&baseline, path, err))
		return false;
	baseline_divide(&baseline, &visit->findings);
	return true;
}

static bool judge(struct visit *visit, struct error *err)
{
	struct input input = visit->options->input;
	unsigned i;

	for (i = 0; i < visit->all.n; i++) {
		struct unit_file *unit = visit->all.at[i];

		if (unit->object != visit->unit->object && is_file(unit->facts))
			VEC_PUSH(&input.facts, unit->facts);
	}
	if (!visit->made.failed)
		VEC_PUSH(&input.facts, visit->unit->facts);
	if (!input.facts.n)
		return true;
	return answer_find(&input, path_join(visit->tree.state, "answer"),
			   &visit->findings, err) &&
	       leave_out_known(visit, err);
}

/* What to tell */

static bool is_unit(const struct visit *visit, const char *file)
{
	unsigned i;

	for (i = 0; i < visit->all.n; i++)
		if (visit->all.at[i]->source == file)
			return true;
	return false;
}

/* The unit that a finding belongs to: one in a header is its last caller's. */
static const char *owner(const struct visit *visit,
			 const struct finding *finding)
{
	unsigned i;

	if (is_unit(visit, finding->file))
		return finding->file;
	for (i = finding->path.n; i--;)
		if (is_unit(visit, finding->path.at[i].file))
			return finding->path.at[i].file;
	return visit->all.n ? visit->all.at[0]->source : finding->file;
}

static bool passes_through(const struct finding *finding, const char *source)
{
	unsigned i;

	for (i = 0; i < finding->path.n; i++)
		if (finding->path.at[i].file == source)
			return true;
	return false;
}

static const char *mark_of(const struct finding *finding)
{
	char text[3000];
	int len = snprintf(text, sizeof(text), "%s\n%s\n%s\n%s",
			   finding->rule, finding->file, finding->function,
			   finding->message);

	if (len >= (int)sizeof(text))
		len = sizeof(text) - 1;
	snprintf(text, sizeof(text), "%016llx",
		 (unsigned long long)XXH3_64bits(text, len));
	return intern(text);
}

static bool is_to_be_told(const struct visit *visit,
			  const struct finding *finding)
{
	const char *unit = owner(visit, finding);

	return unit == visit->unit->source ||
	       pass_is_waiting(&visit->pass, unit) ||
	       !pass_was_told(&visit->pass, mark_of(finding)) ||
	       (visit->changed &&
		passes_through(finding, visit->unit->source));
}

static void choose(struct visit *visit, struct findings *chosen)
{
	struct words told = { 0 };
	unsigned i;

	for (i = 0; i < visit->findings.all.n; i++) {
		struct finding *finding = visit->findings.all.at[i];

		if (is_to_be_told(visit, finding))
			VEC_PUSH(&chosen->all, finding);
		VEC_PUSH(&told, mark_of(finding));
	}
	visit->pass.told = told;
	visit->pass.waiting.n = 0;
}

/* In one piece: other units' words come between pieces. */
static void tell(const struct findings *chosen)
{
	char *text = NULL;
	size_t len = 0, done = 0;
	FILE *out = open_memstream(&text, &len);

	if (!out)
		return;
	format_find("text")->print(out, chosen, isatty(STDERR_FILENO));
	fclose(out);
	while (done < len) {
		ssize_t n = write(STDERR_FILENO, text + done, len - done);

		if (n <= 0)
			break;
		done += n;
	}
	free(text);
}

/* Not each time in a first pass, where all but the last have to wait. */
static void tell_waiting(const struct visit *visit)
{
	if (visit->changed && visit->missing + 1 < visit->all.n)
		return;
	fprintf(stderr, "mmucheck: %s: not judged: %u of %u units have no facts yet, or old ones; 'mmucheck run' makes them\n",
		visit->unit->source, visit->missing, visit->all.n);
}

static bool judge_in_turn(struct visit *visit, struct findings *chosen,
			  struct error *err)
{
	if (!pass_open(&visit->pass, visit->tree.state, err) ||
	    !find_others(visit, err))
		return false;
	if (visit->missing) {
		pass_wait(&visit->pass, visit->unit->source);
		tell_waiting(visit);
	} else {
		if (!judge(visit, err))
			return false;
		choose(visit, chosen);
	}
	return pass_close(&visit->pass, err);
}

static int visit_unit(struct visit *visit)
{
	struct findings chosen = { 0 };
	struct error err;

	unit_place(visit->unit, &visit->maker);
	if (!make_own_facts(visit, &err))
		return output_error(&err);
	if (visit->made.failed)
		fprintf(stderr, "mmucheck: %s: cannot be read: %s\n",
			visit->unit->source, visit->made.trouble);
	if (visit->options->sparse &&
	    !sparse_run(&visit->options->command,
			visit->made.failed ? NULL : visit->unit->facts, &err))
		return output_error(&err);
	if (!judge_in_turn(visit, &chosen, &err))
		return output_error(&err);
	tell(&chosen);
	if (visit->made.failed)
		return FAILED;
	return chosen.all.n ? FOUND : NOTHING_FOUND;
}

/* make M=DIR: what the module says of itself is read too. */
static void find_module(struct options *options, struct tree *tree)
{
	const char *folder = getenv("KBUILD_EXTMOD");

	if (folder && *folder)
		tree_module(tree, folder);
	if (tree->module)
		input_add_folder(&options->input, tree->module);
}

static int check(struct options *options)
{
	const char *kernel = getenv("srctree");
	struct visit visit = { .options = options };
	struct error err;

	if (!tree_find(&visit.tree, ".",
		       kernel && is_folder(kernel) ? kernel : NULL, &err))
		return output_error(&err);
	options->input.kernel = visit.tree.kernel;
	find_module(options, &visit.tree);
	if (!maker_set_up(&visit.maker, &visit.tree, &options->input, NULL,
			  &err))
		return output_error(&err);
	visit.maker.quiet = true;
	visit.unit = unit_new(&visit.tree, visit.tree.real_build,
			      &options->command);
	if (!visit.unit)	/* assembly */
		return NOTHING_FOUND;
	if (is_spoken_of(&visit.maker, visit.unit->source) &&
	    !unit_is_foreign(visit.unit, &visit.maker))
		return visit_unit(&visit);
	if (options->sparse && !sparse_run(&options->command, NULL, &err))
		return output_error(&err);
	return NOTHING_FOUND;
}

static int run(int argc, char **argv)
{
	struct options options = { 0 };
	int status;

	if (argc < 2 || !strcmp(argv[1], "--help")) {
		fputs(usage, argc < 2 ? stderr : stdout);
		return argc < 2 ? FAILED : NOTHING_FOUND;
	}
	parse(&options, argc, argv);
	status = check(&options);
	return options.werror ? status : NOTHING_FOUND;
}

COMMAND(kbuild, .name = "kbuild", .run = run,
	.title = "check one unit for make: CHECK=\"mmucheck kbuild\"");
