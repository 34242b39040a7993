// SPDX-License-Identifier: GPL-2.0-only

#include "judge.h"
#include "answer.h"
#include "commands.h"
#include "make_facts.h"
#include "overlay.h"
#include "path.h"
#include "setup.h"
#include "stamp.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool ends_with(const char *name, const char *tail)
{
	size_t len = strlen(name), more = strlen(tail);

	return len > more && !strcmp(name + len - more, tail);
}

/* Getting ready */

/* "include", and of arch/ only "arch/x86": where to look for differences. */
static const char *top_folder(const char *name)
{
	size_t len = strcspn(name, "/");

	if (!strncmp(name, "arch/", 5))
		len += 1 + strcspn(name + 5, "/");
	return name[len] ? intern_n(name, len) : NULL;
}

static const char *name_in(const struct judge *judge, const char *path)
{
	size_t len = strlen(judge->tree.kernel);

	if (strncmp(path, judge->tree.kernel, len) || path[len] != '/')
		return NULL;
	return path + len + 1;
}

static void add_folders(struct judge *judge, struct unit_file *unit)
{
	struct stamp *stamp = arena_new(&run_arena, struct stamp);
	unsigned i;

	if (!stamp_read(unit->stamp, stamp)) {
		/* What it is made of is not known: it may be anything. */
		judge->anywhere = true;
		return;
	}
	for (i = 1; i < stamp->lines.n; i++) {
		const char *path = path_follow(stamp->lines.at[i].path);
		const char *name = name_in(judge, path);
		const char *folder = name ? top_folder(name) : NULL;

		if (folder)
			words_add_once(&judge->folders, folder);
	}
	unit->read = stamp;
}

static bool find_units(struct judge *judge, struct error *err)
{
	const struct words *scopes = &judge->beside.scopes;
	const char *partial, *spelling;
	unsigned i;

	if (!commands_find(&judge->tree, scopes, scopes, &judge->units,
			   &partial, err))
		return false;
	units_drop_foreign(&judge->units, &judge->beside);
	if (partial) {
		fprintf(stderr, "mmucheck: %s: only what is built is read: %s\n",
			judge->tree.build, partial);
		judge->complete = false;
	}
	for (i = 0; i < judge->units.n; i++) {
		unit_place(judge->units.at[i], &judge->beside);
		spelling = unit_spelling(judge->units.at[i]);
		if (spelling && spelling != judge->tree.kernel)
			words_add_once(&judge->spellings, spelling);
		add_folders(judge, judge->units.at[i]);
	}
	return true;
}

bool judge_open(struct judge *judge, const char *facts, const char *base,
		struct error *err)
{
	static const char *const places[] = { "kept/1", "kept/2" };
	bool ok = maker_set_up(&judge->beside, &judge->tree, judge->input,
			       facts, err);
	unsigned i;

	for (i = 0; ok && i < ARRAY_SIZE(places); i++)
		ok = maker_set_up(&judge->kept[i], &judge->tree, judge->input,
				  path_join(judge->tree.state, places[i]),
				  err);
	judge->complete = true;
	return ok && find_units(judge, err) && judge_compare_disk(judge, base, err);
}

/* The units of a tree */

static bool is_unit(const struct judge *judge, const char *source)
{
	unsigned i;

	for (i = 0; i < judge->units.n; i++)
		if (judge->units.at[i]->source == source)
			return true;
	return false;
}

static bool is_in_scope(const struct judge *judge, const char *source)
{
	unsigned i;

	for (i = 0; i < judge->beside.scopes.n; i++)
		if (path_matches(judge->beside.scopes.at[i], source))
			return true;
	return false;
}

/* A file that is new is compiled as its neighbours are. */
static const struct unit_file *neighbour(const struct judge *judge,
					 const char *source)
{
	const char *folder = path_folder(source);
	unsigned i;

	for (i = 0; i < judge->units.n; i++)
		if (path_folder(judge->units.at[i]->source) == folder)
			return judge->units.at[i];
	return NULL;
}

static struct unit_file *unit_at(const struct unit_file *unit,
				 const struct maker *maker)
{
	struct unit_file *copy = arena_copy(&run_arena, unit, sizeof(*unit));

	copy->read = NULL;
	unit_place(copy, maker);
	return copy;
}

static struct unit_file *unit_like(const struct judge *judge,
				   const struct unit_file *model,
				   const char *source)
{
	struct unit_file *unit = unit_at(model, &judge->beside);
	const char *name = path_base(source);
	unsigned i;

	unit->args = (struct words){ 0 };
	for (i = 0; i < model->args.n; i++) {
		const char *word = model->args.at[i];

		if (word[0] != '-' && ends_with(word, path_base(model->source)))
			word = path_join(path_folder(word), name);
		VEC_PUSH(&unit->args, word);
	}
	unit->source = source;
	unit->object = path_join(path_folder(model->object),
				 intern_n(name, strlen(name) - 2));
	unit_place(unit, &judge->beside);
	return unit;
}

/*
 * The base has it, and so has the disk, but the build folder does not compile it:
 * its configuration leaves it out.  It is not read, whoever changes it.
 */
static bool is_left_out(struct judge *judge, bool is_base, const char *source)
{
	if (!is_base || !is_file(path_join(judge->tree.kernel, source)))
		return words_have(&judge->left_out, source);
	words_add_once(&judge->left_out, source);
	if (words_have(&judge->changed, source))
		fprintf(stderr, "mmucheck: %s: not judged: it is not compiled in %s\n",
			source, judge->tree.build);
	return true;
}

static void add_new_units(struct judge *judge, bool is_base,
			  const struct overlay *overlay,
			  struct unit_files *units)
{
	unsigned i;

	for (i = 0; i < judge->differing.n; i++) {
		const char *source = judge->differing.at[i];
		const struct unit_file *model;

		if (!ends_with(source, ".c") || is_unit(judge, source) ||
		    !is_in_scope(judge, source) ||
		    !judge_file(judge, overlay, source)->content ||
		    is_left_out(judge, is_base, source))
			continue;
		model = neighbour(judge, source);
		if (model)
			VEC_PUSH(units, unit_like(judge, model, source));
		else
			fprintf(stderr, "mmucheck: %s: not judged: nothing in its folder is compiled in %s\n",
				source, judge->tree.build);
	}
}

static void add_old_units(struct judge *judge, const struct overlay *overlay,
			  struct unit_files *units)
{
	unsigned i;

	for (i = 0; i < judge->units.n; i++) {
		struct unit_file *unit = judge->units.at[i];
		const struct overlay_file *file =
			judge_file(judge, overlay, unit->source);

		if (!file || file->content)
			VEC_PUSH(units, unit);
	}
}

/*
 * Where facts of this tree are, or are to go to: beside the object, or in one of
 * two places.  Those of the base stay: a commit that was refused is tried again.
 */
static struct unit_file *find_place(const struct judge *judge,
				    struct unit_file *unit,
				    const struct overlay *overlay)
{
	struct unit_file *kept[ARRAY_SIZE(judge->kept)];
	unsigned i;

	if (unit_is_of(unit, overlay))
		return unit;
	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		kept[i] = unit_at(unit, &judge->kept[i]);
		if (unit_is_of(kept[i], overlay))
			return kept[i];
	}
	return kept[words_have(&judge->pinned, kept[0]->facts)];
}

/* Once, though it be so in the base and in each patch. */
static void tell_unread(struct judge *judge, const struct unit_file *unit,
			const char *trouble)
{
	char text[2000];

	snprintf(text, sizeof(text), "%s: cannot be read: %s", unit->source,
		 trouble);
	if (words_have(&judge->unread, intern(text)))
		return;
	VEC_PUSH(&judge->unread, intern(text));
	fprintf(stderr, "mmucheck: %s\n", text);
}

static bool read_units(struct judge *judge, const struct overlay *overlay,
		       const struct unit_files *units, struct input *input,
		       struct error *err)
{
	struct made *made = arena_array(&run_arena, struct made, units->n + 1);
	struct maker maker = judge->beside;
	unsigned i;

	maker.overlay = overlay;
	if (!make_facts(&maker, units, judge->parallel, made, err))
		return false;
	for (i = 0; i < units->n; i++) {
		const struct unit_file *unit = units->at[i];

		if (made[i].failed) {
			tell_unread(judge, unit, made[i].trouble);
			judge->complete = false;
			continue;
		}
		VEC_PUSH(&input->facts, unit->facts);
		if (judge->states == 1)
			VEC_PUSH(&judge->pinned, unit->facts);
	}
	return true;
}

static bool answer(struct judge *judge, bool is_base,
		   const struct input *input, struct findings *findings,
		   struct error *err)
{
	const char *const kept[] = {
		path_join(judge->tree.state, is_base ? "patch-base" : "patch-head"),
		path_join(judge->tree.state, is_base ? "patch-head" : "patch-base"),
		path_join(judge->tree.state, "answer"), NULL,
	};

	if (!input->facts.n)
		return true;
	return answer_find_in(input, kept, findings, err);
}

/* The rows that the tree brings, in a folder where they have their own name. */
static bool find_rows(const struct judge *judge, const struct overlay *overlay,
		      struct input *input, struct error *err)
{
	const struct overlay_file *file = judge_file(judge, overlay, INPUT_ROWS);
	const char *folder;
	char *text;
	size_t len;
	bool ok;

	input->kernel = judge->tree.kernel;
	if (!file)
		return true;
	input->kernel = NULL;
	if (!file->content)
		return true;
	folder = path_join(path_folder(overlay->path), "rows");
	text = read_whole(file->content, &len, err);
	ok = text && make_folders(path_join(folder, INPUT_ROWS), err) &&
	     write_whole(path_join(folder, INPUT_ROWS), text, len, err);
	free(text);
	input->kernel = folder;
	return ok;
}

bool judge_tree(struct judge *judge, const char *tree,
		struct findings *findings, struct error *err)
{
	bool is_base = judge->states == 0;
	struct unit_files all = { 0 };
	struct input input = *judge->input;
	struct overlay overlay = { 0 };
	unsigned i;
	bool ok;

	if (!judge_overlay(judge, tree, &overlay, err) ||
	    !find_rows(judge, &overlay, &input, err))
		return false;
	add_old_units(judge, &overlay, &all);
	add_new_units(judge, is_base, &overlay, &all);
	for (i = 0; i < all.n; i++)
		all.at[i] = find_place(judge, all.at[i], &overlay);
	ok = read_units(judge, &overlay, &all, &input, err) &&
	     answer(judge, is_base, &input, findings, err);
	free(input.facts.at);
	free(all.at);
	return ok;
}
