// SPDX-License-Identifier: GPL-2.0-only
/* compile_commands.json */

#include "commands.h"
#include "path.h"

#include <jansson.h>

static void entry_words(json_t *entry, struct words *words)
{
	const char *command =
		json_string_value(json_object_get(entry, "command"));
	json_t *arguments = json_object_get(entry, "arguments"), *word;
	size_t i;

	words->n = 0;
	json_array_foreach(arguments, i, word)
		if (json_is_string(word))
			VEC_PUSH(words, intern(json_string_value(word)));
	if (command && !words->n)
		shell_command(&command, words);
}

bool find_database(struct finder *finder, struct error *err)
{
	const struct tree *tree = finder->tree;
	const char *path = path_join(tree->module ? tree->module : tree->build,
				     "compile_commands.json");
	struct words words = { 0 };
	json_error_t trouble;
	json_t *all, *entry;
	size_t i;

	if (!is_file(path))
		return true;
	all = json_load_file(path, 0, &trouble);
	if (!all)
		return error_set(err, "%s:%d: %s", path, trouble.line,
				 trouble.text);
	if (!json_is_array(all))
		return error_set(err, "%s: expected a list of compile commands",
				 path);
	json_array_foreach(all, i, entry) {
		const char *folder =
			json_string_value(json_object_get(entry, "directory"));

		entry_words(entry, &words);
		finder_add(finder,
			   path_join(tree->real_build,
				     folder ? folder : "."), &words);
	}
	json_decref(all);
	free(words.at);
	return true;
}
