// SPDX-License-Identifier: GPL-2.0-only

#include "input.h"
#include "allow.h"
#include "pages.h"
#include "parts.h"
#include "path.h"
#include "rule.h"

#include <dirent.h>
#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>

enum { OPT_ANNOTATIONS = 1000, OPT_CONTRACTS, OPT_BARE };

static const struct argp_option options[] = {
	{ "annotations", OPT_ANNOTATIONS, "DIR", 0,
	  "Read the contracts (*.contracts) and the macro header in DIR instead of those that come with mmucheck", 10 },
	{ "contracts", OPT_CONTRACTS, "FILE", 0,
	  "Read the contract rows in FILE as well; may be given more than once", 10 },
	{ "bare", OPT_BARE, NULL, 0,
	  "Read no contracts but those of --contracts", 10 },
	{ 0 }
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case OPT_ANNOTATIONS:
		input->annotations = arg;
		return 0;
	case OPT_CONTRACTS:
		VEC_PUSH(&input->contracts, arg);
		return 0;
	case OPT_BARE:
		input->bare = true;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp input_argp = { .options = options, .parser = parse };

static error_t parse_facts(int key, char *arg, struct argp_state *state)
{
	struct input *input = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = input;
		return 0;
	case ARGP_KEY_ARG:
		VEC_PUSH(&input->facts, arg);
		return 0;
	case ARGP_KEY_END:
		if (!input->facts.n)
			argp_error(state, "no facts given: expected files or folders with *.facts");
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static const struct argp_child facts_children[] = {
	{ &input_argp, 0, NULL, 0 }, { 0 }
};

const struct argp facts_argp = {
	.parser = parse_facts, .children = facts_children,
};

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static void sort_names(struct names *names)
{
	if (names->n)
		qsort(names->at, names->n, sizeof(*names->at), by_name);
}

static bool ends_with(const char *name, const char *tail)
{
	size_t len = strlen(name), more = strlen(tail);

	return len > more && !strcmp(name + len - more, tail);
}

/* Contracts */

/* True if the file says how locks behave; other rows speak of that. */
static bool defines_flavours(const char *path)
{
	struct error err;
	size_t len;
	char *text = read_whole(path, &len, &err);
	bool found = text && (!strncmp(text, "flavour ", 8) ||
			      strstr(text, "\nflavour "));

	free(text);
	return found;
}

/* By name; false if there is no such folder. */
static bool find_contracts(const char *folder, struct names *all)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	if (!dir)
		return false;
	while ((entry = readdir(dir)))
		if (ends_with(entry->d_name, ".contracts"))
			VEC_PUSH(all, path_join(folder, entry->d_name));
	closedir(dir);
	sort_names(all);
	return true;
}

static bool folder_contracts(const char *folder, struct names *names,
			     struct error *err)
{
	struct names all = { 0 };
	unsigned i;
	int turn;

	if (!find_contracts(folder, &all))
		return error_set(err, "%s: %s: expected a folder with *.contracts",
				 folder, strerror(errno));
	if (!all.n)
		return error_set(err, "%s: no *.contracts in this folder",
				 folder);
	for (turn = 1; turn >= 0; turn--)
		for (i = 0; i < all.n; i++)
			if (defines_flavours(all.at[i]) == turn)
				VEC_PUSH(names, all.at[i]);
	free(all.at);
	return true;
}

void input_add_folder(struct input *input, const char *folder)
{
	struct names all = { 0 };
	unsigned i;

	find_contracts(folder, &all);
	for (i = 0; i < all.n; i++)
		VEC_PUSH(&input->contracts, all.at[i]);
	free(all.at);
}

bool input_contract_files(const struct input *input, struct names *names,
			  struct error *err)
{
	const char *folder = input->annotations;
	unsigned i;

	if (!input->bare) {
		if (!folder)
			folder = parts_annotations(err);
		if (!folder || !folder_contracts(folder, names, err))
			return false;
	}
	if (input->kernel) {
		folder = path_join(input->kernel, INPUT_ROWS);
		if (is_file(folder))
			VEC_PUSH(names, folder);
	}
	for (i = 0; i < input->contracts.n; i++)
		VEC_PUSH(names, input->contracts.at[i]);
	return true;
}

#define A_RULE	"expected a rule that \"mmucheck explain\" knows, found "

/* What is missing of a mark is told by its rule: by none, nobody would hear of it. */
static bool marks_have_rules(const struct contracts *contracts,
			     struct error *err)
{
	unsigned i;

	for (i = 0; i < contracts->classes.n; i++) {
		const struct lock_class *cls = contracts->classes.at[i];

		if (cls->rule && !rule_of_id(cls->rule))
			return error_set(err, "%s:%u: %s: " A_RULE "'%s'",
					 cls->mark_row->file,
					 cls->mark_row->line, cls->name,
					 cls->rule);
	}
	return true;
}

/* A rule that is misspelled would be allowed nothing, in silence. */
static bool allows_have_rules(const struct contracts *contracts,
			      struct error *err)
{
	unsigned i;

	for (i = 0; i < contracts->allows.n; i++) {
		const struct allow_row *allow = &contracts->allows.at[i];

		if (!page_find(allow->rule))
			return error_set(err, "%s:%u: allow: " A_RULE "'%s'",
					 allow->row->file, allow->row->line,
					 allow->rule);
	}
	return true;
}

static bool comments_have_rules(const struct program *program,
				struct error *err)
{
	unsigned i;

	for (i = 0; i < program->comments.n; i++) {
		const struct comment *comment = &program->comments.at[i];
		const char *rule = allow_comment_rule(comment);

		if (rule && !page_find(rule))
			return error_set(err, "%s:%u:%u: allow: " A_RULE "'%s'",
					 comment->file, comment->line,
					 comment->col, rule);
	}
	return true;
}

bool input_contracts(const struct input *input, struct contracts *contracts,
		     struct error *err)
{
	struct names names = { 0 };
	bool ok = input_contract_files(input, &names, err);
	unsigned i;

	for (i = 0; ok && i < names.n; i++)
		ok = contracts_read(contracts, names.at[i], err);
	free(names.at);
	return ok && marks_have_rules(contracts, err) &&
	       allows_have_rules(contracts, err);
}

/* Facts */

/* What is kept of other states of the tree: not of this one. */
static bool is_kept(const FTSENT *entry)
{
	return entry->fts_info == FTS_D && entry->fts_level > FTS_ROOTLEVEL &&
	       !strcmp(entry->fts_name, ".mmucheck");
}

static bool folder_facts(const char *folder, struct names *names,
			 struct error *err)
{
	char *const roots[] = { (char *)folder, NULL };
	FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_COMFOLLOW | FTS_NOCHDIR,
			    NULL);
	unsigned before = names->n;
	FTSENT *entry;

	if (!fts)
		return error_set(err, "%s: %s", folder, strerror(errno));
	while ((entry = fts_read(fts)))
		if (is_kept(entry))
			fts_set(fts, entry, FTS_SKIP);
		else if (entry->fts_info == FTS_F &&
			 ends_with(entry->fts_name, ".facts"))
			VEC_PUSH(names, intern(entry->fts_path));
	fts_close(fts);
	if (names->n == before)
		return error_set(err, "%s: no *.facts below this folder: 'mmucheck run --build %s' makes them",
				 folder, folder);
	return true;
}

/* By what is in them: the order of names or folders is of no matter. */
static int by_text(const void *x, const void *y)
{
	const struct text *a = x, *b = y;
	size_t least = a->len < b->len ? a->len : b->len;
	int order = memcmp(a->at, b->at, least);

	if (order)
		return order;
	return a->len < b->len ? -1 : a->len > b->len;
}

bool texts_read(const struct names *names, struct texts *texts,
		struct error *err)
{
	unsigned i;

	for (i = 0; i < names->n; i++) {
		struct text text = { .path = names->at[i] };

		text.at = read_whole(text.path, &text.len, err);
		if (!text.at)
			return false;
		VEC_PUSH(texts, text);
	}
	return true;
}

void texts_free(struct texts *texts)
{
	unsigned i;

	for (i = 0; i < texts->n; i++)
		free(texts->at[i].at);
	free(texts->at);
	*texts = (struct texts){ 0 };
}

bool input_texts(const struct input *input, struct texts *texts,
		 struct error *err)
{
	struct names names = { 0 };
	bool ok = true;
	unsigned i;

	for (i = 0; ok && i < input->facts.n; i++) {
		const char *path = input->facts.at[i];

		if (is_folder(path))
			ok = folder_facts(path, &names, err);
		else
			VEC_PUSH(&names, path);
	}
	sort_names(&names);
	ok = ok && texts_read(&names, texts, err);
	free(names.at);
	if (ok && texts->n)
		qsort(texts->at, texts->n, sizeof(*texts->at), by_text);
	return ok;
}

bool input_add(const struct texts *texts, struct program *program,
	       struct error *err)
{
	unsigned i;

	for (i = 0; i < texts->n; i++) {
		const struct text *text = &texts->at[i];

		/* One and the same unit, named twice */
		if (i && !by_text(text, text - 1))
			continue;
		if (!facts_read(program, text->path, text->at, text->len, err))
			return false;
	}
	return comments_have_rules(program, err);
}

bool input_read(const struct input *input, struct analysis *analysis,
		struct error *err)
{
	struct texts texts = { 0 };
	bool ok = input_contracts(input, analysis->contracts, err) &&
		  input_texts(input, &texts, err) &&
		  input_add(&texts, analysis->program, err);

	texts_free(&texts);
	return ok;
}
