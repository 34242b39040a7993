// SPDX-License-Identifier: GPL-2.0-only

#include "overlay.h"
#include "path.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct overlay_entry {
	const char *path;
	unsigned at;
	UT_hash_handle hh;
};

void overlay_add(struct overlay *overlay, const char *path, const char *content)
{
	struct overlay_entry *entry = arena_new(&run_arena,
						struct overlay_entry);
	struct overlay_file file = { .path = intern(path), .content = content };

	if (content)
		file.hash = hash_of_file(content);
	entry->path = file.path;
	entry->at = overlay->files.n;
	HASH_ADD_PTR(overlay->index, path, entry);
	VEC_PUSH(&overlay->files, file);
}

const struct overlay_file *overlay_find(const struct overlay *overlay,
					const char *path)
{
	struct overlay_entry *entry;

	if (!overlay || !overlay->index)
		return NULL;
	path = path_follow(path);
	HASH_FIND_PTR(overlay->index, &path, entry);
	return entry ? &overlay->files.at[entry->at] : NULL;
}

static void add_root(json_t *roots, const char *name, const char *content)
{
	json_array_append_new(roots, json_pack("{s:s, s:s, s:s}",
					       "type", "file", "name", name,
					       "external-contents", content));
}

static json_t *roots_of(const struct overlay *overlay, const char *path,
			const char *tree, const struct words *spellings)
{
	/* Clang does not look further for what stands for nothing. */
	const char *nothing = path_join(path_folder(path), "nothing");
	json_t *roots = json_array();
	size_t len = strlen(tree);
	unsigned i, k;

	for (i = 0; i < overlay->files.n; i++) {
		const struct overlay_file *file = &overlay->files.at[i];
		const char *content = file->content ?: nothing;

		add_root(roots, file->path, content);
		for (k = 0; k < spellings->n; k++)
			add_root(roots, path_join(spellings->at[k],
						  file->path + len + 1),
				 content);
	}
	return roots;
}

bool overlay_write(struct overlay *overlay, const char *path, const char *tree,
		   const struct words *spellings, struct error *err)
{
	/* JSON is YAML. */
	json_t *all = json_pack("{s:i, s:b, s:b, s:o}", "version", 0,
				"case-sensitive", 1, "use-external-names", 0,
				"roots", roots_of(overlay, path, tree,
						  spellings));
	char *text = json_dumps(all, JSON_COMPACT);
	bool ok = text ? write_whole(path, text, strlen(text), err)
		       : error_set(err, "out of memory");

	overlay->path = intern(path);
	json_decref(all);
	free(text);
	return ok;
}
