// SPDX-License-Identifier: GPL-2.0-only
/* JSON lines: one object for each finding. */

#include "json.h"
#include "allow.h"
#include "report.h"

#include <stdlib.h>
#include <string.h>

json_t *json_text(const char *text)
{
	json_t *value = json_string(text);
	char *copy, *p;

	if (value)
		return value;
	copy = strdup(text);
	for (p = copy; p && *p; p++)
		if (*p & 0x80)
			*p = '?';
	value = json_string(copy ? copy : "?");
	free(copy);
	return value;
}

void json_line(FILE *out, json_t *value)
{
	json_dumpf(value, out, JSON_COMPACT);
	fputc('\n', out);
	json_decref(value);
}

static json_t *place(const char *file, unsigned line, unsigned col)
{
	json_t *object = json_object();

	json_object_set_new(object, "file", json_text(file));
	json_object_set_new(object, "line", json_integer(line));
	json_object_set_new(object, "column", json_integer(col));
	return object;
}

static json_t *notes(const struct finding *finding)
{
	json_t *array = json_array();
	unsigned i;

	for (i = 0; i < finding->notes.n; i++) {
		const struct note *note = &finding->notes.at[i];
		json_t *object = place(note->file, note->line, note->col);

		json_object_set_new(object, "text", json_text(note->text));
		json_array_append_new(array, object);
	}
	return array;
}

static json_t *path(const struct finding *finding)
{
	json_t *array = json_array();
	unsigned i;

	for (i = 0; i < finding->path.n; i++) {
		const struct step *step = &finding->path.at[i];
		json_t *object = place(step->file, step->line, step->col);

		json_object_set_new(object, "function",
				    json_text(step->function));
		if (step->kind == STEP_CALL)
			json_object_set_new(object, "callee",
					    json_text(step->callee));
		json_object_set_new(object, "text", json_text(step->text));
		json_array_append_new(array, object);
	}
	return array;
}

json_t *json_finding(const struct finding *finding)
{
	json_t *object = json_object();

	json_object_set_new(object, "rule", json_text(finding->rule));
	json_object_update_new(object, place(finding->file, finding->line,
					     finding->col));
	json_object_set_new(object, "function", json_text(finding->function));
	json_object_set_new(object, "message", json_text(finding->message));
	json_object_set_new(object, "notes", notes(finding));
	json_object_set_new(object, "path", path(finding));
	return object;
}

json_t *json_allow(const struct allow *allow)
{
	json_t *object = place(allow->file, allow->line, allow->col);

	json_object_set_new(object, "rule", json_text(allow->rule));
	json_object_set_new(object, "end", json_integer(allow->end));
	if (allow->function)
		json_object_set_new(object, "function",
				    json_text(allow->function));
	json_object_set_new(object, "reason", json_text(allow->reason));
	json_object_set_new(object, "whole", json_boolean(allow->whole));
	json_object_set_new(object, "optional", json_boolean(allow->optional));
	json_object_set_new(object, "used", json_boolean(allow->used));
	return json_pack("{s:o}", "allow", object);
}

static void print(FILE *out, const struct findings *findings, bool colour)
{
	unsigned i;

	(void)colour;
	for (i = 0; i < findings->all.n; i++)
		json_line(out, json_finding(findings->all.at[i]));
}

FORMAT(json, .name = "json", .title = "JSON, one object a line",
       .print = print);
