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
#include <sys/stat.h>

static bool contains(const struct words *words, const char *word)
{
	unsigned i;

	for (i = 0; i < words->n; i++)
		if (words->at[i] == word)
			return true;
	return false;
}

static void add_once(struct words *words, const char *word)
{
	if (!contains(words, word))
		VEC_PUSH(words, word);
}

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

static void add_folders(struct judge *judge, const struct unit_file *unit)
{
	struct stamp stamp;
	unsigned i;

	if (!stamp_read(unit->stamp, &stamp))
		return;
	for (i = 1; i < stamp.lines.n; i++) {
		const char *name = name_in(judge, stamp.lines.at[i].path);
		const char *folder = name ? top_folder(name) : NULL;

		if (folder)
			add_once(&judge->folders, folder);
	}
	stamp_free(&stamp);
}

/* "../linux/virt/kvm/x.c" is virt/kvm/x.c: so the kernel is called ../linux. */
static void add_spelling(struct judge *judge, const struct unit_file *unit)
{
	unsigned i;

	for (i = 0; i < unit->args.n; i++) {
		const char *path = unit->args.at[i];
		size_t len;

		if (path[0] == '-' || !ends_with(path, ".c"))
			continue;
		path = path_clean(path_join(unit->folder, path));
		len = strlen(path) - strlen(unit->source);
		if (!ends_with(path, unit->source) || path[len - 1] != '/')
			continue;
		path = intern_n(path, len - 1);
		if (path != judge->tree.kernel)
			add_once(&judge->spellings, path);
	}
}

static bool find_units(struct judge *judge, struct error *err)
{
	const struct words *scopes = &judge->beside.scopes;
	const char *partial;
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
		add_spelling(judge, judge->units.at[i]);
		add_folders(judge, judge->units.at[i]);
	}
	return true;
}

/* Names as git ends them with -z */
static void add_names(struct judge *judge, const char *text, size_t len)
{
	const char *end = text + len;

	for (; text < end; text += strlen(text) + 1)
		add_once(&judge->differing, intern(text));
}

static void git_paths(const struct judge *judge, struct words *argv)
{
	unsigned i;

	VEC_PUSH(argv, "--");
	for (i = 0; i < judge->folders.n; i++)
		VEC_PUSH(argv, judge->folders.at[i]);
	VEC_PUSH(argv, judge->folders.n ? INPUT_ROWS : ".");
	VEC_PUSH(argv, NULL);
}

/* What git says is added, and given to be freed; NULL and @err. */
static char *add_differing(struct judge *judge, const char *const *command,
			   size_t *len, struct error *err)
{
	struct words argv = { 0 };
	char *text;

	while (*command)
		VEC_PUSH(&argv, *command++);
	git_paths(judge, &argv);
	text = git_run(&judge->git, NULL, len, err, argv.at);
	if (text)
		add_names(judge, text, *len);
	free(argv.at);
	return text;
}

/* Whatever the user is at in his tree is not what is judged. */
static bool compare_disk(struct judge *judge, const char *base,
			 struct error *err)
{
	const char *const command[] = {
		"-c", "diff.autoRefreshIndex=false", "diff", "--name-only",
		"-z", "--no-renames", "--no-ext-diff", "--no-textconv",
		"--ignore-submodules", "--relative", base, NULL,
	};
	size_t len;
	char *text = add_differing(judge, command, &len, err);

	free(text);
	return text;
}

/* What make reads: nothing of that is done again. */
static void tell_of_makefiles(const struct judge *judge, const char *text,
			      size_t len)
{
	static const char *const names[] = { "Makefile", "Kbuild", "Kconfig" };
	const char *end = text + len;
	unsigned i;

	for (; text < end; text += strlen(text) + 1)
		for (i = 0; i < ARRAY_SIZE(names); i++)
			if (!strncmp(path_base(text), names[i],
				     strlen(names[i])))
				fprintf(stderr, "mmucheck: %s: changed: compile commands and generated headers stay those of %s\n",
					text, judge->tree.build);
}

bool judge_expect(struct judge *judge, const char *before, const char *tree,
		  bool *differs, struct error *err)
{
	size_t len;
	char *text;
	const char *const command[] = {
		"diff-tree", "-r", "--name-only", "-z", "--no-renames",
		"--relative", before, tree, NULL,
	};

	text = add_differing(judge, command, &len, err);
	if (!text)
		return false;
	tell_of_makefiles(judge, text, len);
	*differs = len;
	free(text);
	return true;
}

bool judge_open(struct judge *judge, const char *facts, const char *base,
		struct error *err)
{
	const char *kept = path_join(judge->tree.state, "kept");

	judge->complete = true;
	return maker_set_up(&judge->beside, &judge->tree, judge->input, facts,
			    err) &&
	       maker_set_up(&judge->kept, &judge->tree, judge->input, kept,
			    err) &&
	       find_units(judge, err) && compare_disk(judge, base, err);
}

/* What differs, with what is in it */

static bool write_request(const struct judge *judge, const char *tree,
			  const char *path, struct error *err)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	unsigned i;
	bool ok;

	if (!out)
		return error_set(err, "out of memory");
	for (i = 0; i < judge->differing.n; i++)
		fprintf(out, "%s:%s%s\n", tree, judge->git.prefix,
			judge->differing.at[i]);
	fclose(out);
	ok = write_whole(path, text, len, err);
	free(text);
	return ok;
}

/*
 * One answer of cat-file at *@at: "OBJECT blob SIZE", then what is in it, or
 * "NAME missing".  Moves behind it.
 */
static bool read_object(const char **at, const char *end, const char *path,
			const char **content, struct error *err)
{
	const char *line = *at, *next = memchr(line, '\n', end - line);
	const char *blob = next ? memmem(line, next - line, " blob ", 6) : NULL;
	size_t size;

	*content = NULL;
	if (!next)
		return error_set(err, "git cat-file: ended too early");
	if (!blob) {
		*at = next + 1;
		/* A submodule is "commit", and nothing to be read. */
		return memmem(line, next - line, " missing", 8) ||
		       memmem(line, next - line, " submodule", 10) ||
		       error_set(err, "git cat-file: %.*s", (int)(next - line),
				 line);
	}
	size = strtoull(blob + 6, NULL, 10);
	if (size >= (size_t)(end - next - 1))
		return error_set(err, "git cat-file: ended too early");
	*content = path;
	*at = next + 1 + size + 1;
	return write_whole(path, next + 1, size, err);
}

static bool read_objects(struct judge *judge, const char *text, size_t len,
			 const char *folder, struct overlay *overlay,
			 struct error *err)
{
	const char *end = text + len, *content;
	char number[16];
	unsigned i;

	for (i = 0; i < judge->differing.n; i++) {
		snprintf(number, sizeof(number), "%u", i);
		if (!read_object(&text, end, path_join(folder, number),
				 &content, err))
			return false;
		overlay_add(overlay, path_join(judge->tree.kernel,
					       judge->differing.at[i]),
			    content);
	}
	return true;
}

static const struct overlay_file *source_in(const struct judge *judge,
					    const struct overlay *overlay,
					    const char *source)
{
	return overlay_find(overlay, path_join(judge->tree.kernel, source));
}

/*
 * For cat-file a file that the tree does not have and one whose content the
 * repository has lost are the same.
 */
static bool nothing_lost(const struct judge *judge, const char *tree,
			 const struct overlay *overlay, struct error *err)
{
	struct words argv = { 0 };
	const struct overlay_file *file;
	const char *name;
	size_t len;
	char *text;
	bool ok;

	VEC_PUSH(&argv, "ls-tree");
	VEC_PUSH(&argv, "-rz");
	VEC_PUSH(&argv, "--name-only");
	VEC_PUSH(&argv, tree);
	git_paths(judge, &argv);
	text = git_run(&judge->git, NULL, &len, err, argv.at);
	ok = text;
	for (name = text; ok && name < text + len; name += strlen(name) + 1) {
		file = source_in(judge, overlay, intern(name));
		if (file && !file->content)
			ok = error_set(err, "%s: its content at %.12s is missing in the repository",
				       name, tree);
	}
	free(text);
	free(argv.at);
	return ok;
}

static bool is_whole(const struct overlay *overlay)
{
	unsigned i;

	for (i = 0; i < overlay->files.n; i++)
		if (!overlay->files.at[i].content)
			return false;
	return true;
}

static bool make_overlay(struct judge *judge, const char *tree,
			 struct overlay *overlay, struct error *err)
{
	const char *const argv[] = { "cat-file", "--batch", NULL };
	const char *request = path_join(judge->git.own, "request");
	char number[16], *text;
	const char *folder;
	size_t len;
	bool ok;

	snprintf(number, sizeof(number), "%u", judge->states++);
	folder = path_join(judge->git.own, number);
	if (mkdir(folder, 0700))
		return error_set(err, "%s: cannot be made", folder);
	if (!write_request(judge, tree, request, err))
		return false;
	text = git_run(&judge->git, request, &len, err, argv);
	ok = text && read_objects(judge, text, len, folder, overlay, err) &&
	     (is_whole(overlay) || nothing_lost(judge, tree, overlay, err)) &&
	     overlay_write(overlay, path_join(folder, "overlay.yaml"),
			   judge->tree.kernel, &judge->spellings, err);
	free(text);
	return ok;
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

static struct unit_file *unit_like(const struct judge *judge,
				   const struct unit_file *model,
				   const char *source)
{
	struct unit_file *unit = arena_copy(&run_arena, model, sizeof(*model));
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

static void add_new_units(struct judge *judge, const struct overlay *overlay,
			  struct unit_files *units)
{
	unsigned i;

	for (i = 0; i < judge->differing.n; i++) {
		const char *source = judge->differing.at[i];
		const struct unit_file *model;

		if (!ends_with(source, ".c") || is_unit(judge, source) ||
		    !is_in_scope(judge, source) ||
		    !source_in(judge, overlay, source)->content)
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
			source_in(judge, overlay, unit->source);

		if (!file || file->content)
			VEC_PUSH(units, unit);
	}
}

/* Facts beside the object if they are those of this tree, else those kept. */
static void place_units(struct judge *judge, const struct overlay *overlay,
			const struct unit_files *all, struct input *input,
			struct unit_files *others)
{
	unsigned i;

	for (i = 0; i < all->n; i++) {
		struct unit_file *unit = all->at[i];

		if (unit_is_of(unit, overlay)) {
			VEC_PUSH(&input->facts, unit->facts);
			continue;
		}
		unit = arena_copy(&run_arena, unit, sizeof(*unit));
		unit_place(unit, &judge->kept);
		VEC_PUSH(others, unit);
	}
}

static bool read_units(struct judge *judge, const struct overlay *overlay,
		       const struct unit_files *units, struct input *input,
		       struct error *err)
{
	struct made *made = arena_array(&run_arena, struct made, units->n + 1);
	struct maker maker = judge->kept;
	unsigned i;

	maker.overlay = overlay;
	if (!make_facts(&maker, units, judge->parallel, made, err))
		return false;
	for (i = 0; i < units->n; i++) {
		const struct unit_file *unit = units->at[i];

		judge->read += !made[i].fresh;
		if (made[i].failed) {
			fprintf(stderr, "mmucheck: %s: cannot be read: %s\n",
				unit->source, made[i].trouble);
			judge->complete = false;
		} else {
			VEC_PUSH(&input->facts, unit->facts);
		}
	}
	return true;
}

static bool answer(struct judge *judge, const struct input *input,
		   struct findings *findings, struct error *err)
{
	const char *const kept[] = {
		path_join(judge->tree.state, "patch-answer"),
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
	const struct overlay_file *file = source_in(judge, overlay, INPUT_ROWS);
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
	struct unit_files all = { 0 }, others = { 0 };
	struct input input = *judge->input;
	struct overlay overlay = { 0 };
	bool ok;

	if (!make_overlay(judge, tree, &overlay, err) ||
	    !find_rows(judge, &overlay, &input, err))
		return false;
	add_old_units(judge, &overlay, &all);
	add_new_units(judge, &overlay, &all);
	place_units(judge, &overlay, &all, &input, &others);
	ok = read_units(judge, &overlay, &others, &input, err) &&
	     answer(judge, &input, findings, err);
	free(input.facts.at);
	free(all.at);
	free(others.at);
	return ok;
}
