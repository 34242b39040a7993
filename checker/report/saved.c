// SPDX-License-Identifier: GPL-2.0-only

#include "saved.h"
#include "allow.h"
#include "json.h"
#include "path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? intern(text) : NULL;
}

static unsigned number_of(json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

static void read_notes(struct finding *finding, json_t *notes)
{
	json_t *object;
	size_t i;

	json_array_foreach(notes, i, object) {
		struct note note = {
			text_of(object, "file"), number_of(object, "line"),
			number_of(object, "column"), text_of(object, "text"),
		};

		if (note.file && note.text)
			VEC_PUSH(&finding->notes, note);
	}
}

static void read_path(struct finding *finding, json_t *path)
{
	json_t *object;
	size_t i;

	json_array_foreach(path, i, object) {
		struct step step = {
			.file = text_of(object, "file"),
			.line = number_of(object, "line"),
			.col = number_of(object, "column"),
			.function = text_of(object, "function"),
			.callee = text_of(object, "callee"),
			.text = text_of(object, "text"),
		};

		step.kind = step.callee ? STEP_CALL : STEP_BRANCH;
		if (step.file && step.function && step.text)
			VEC_PUSH(&finding->path, step);
	}
}

static struct finding *finding_of(json_t *object)
{
	struct finding *finding = arena_new(&run_arena, struct finding);

	finding->rule = text_of(object, "rule");
	finding->file = text_of(object, "file");
	finding->line = number_of(object, "line");
	finding->col = number_of(object, "column");
	finding->function = text_of(object, "function");
	finding->message = text_of(object, "message");
	read_notes(finding, json_object_get(object, "notes"));
	read_path(finding, json_object_get(object, "path"));
	if (!finding->rule || !finding->file || !finding->function ||
	    !finding->message)
		return NULL;
	return finding;
}

struct finding *finding_from_json(const char *line, size_t len)
{
	json_t *object = json_loadb(line, len, 0, NULL);
	struct finding *finding = finding_of(object);

	json_decref(object);
	return finding;
}

static void frame(char *first, char *last, size_t size, uint64_t key,
		  unsigned n)
{
	snprintf(first, size, "{\"mmucheck-findings\":1,\"key\":\"%016llx\"}\n",
		 (unsigned long long)key);
	snprintf(last, size, "{\"end\":%u}\n", n);
}

static void write_closer(FILE *out, const struct findings *findings)
{
	json_t *names = json_array();
	unsigned i;

	for (i = 0; i < findings->closer.n; i++)
		json_array_append_new(names,
				      json_string(findings->closer.at[i]));
	json_line(out, json_pack("{s:o}", "closer", names));
}

/* False if the line is another one. */
static bool read_closer(const char *line, size_t len,
			struct findings *findings)
{
	json_t *object, *name;
	size_t i;

	if (strncmp(line, "{\"closer\":", 10))
		return false;
	object = json_loadb(line, len, 0, NULL);
	findings->closer.n = 0;
	json_array_foreach(json_object_get(object, "closer"), i, name)
		VEC_PUSH(&findings->closer, intern(json_string_value(name)));
	json_decref(object);
	return true;
}

static int number_of_allow(const struct findings *findings,
			   const struct finding *finding)
{
	unsigned i;

	for (i = 0; i < findings->allows.n; i++)
		if (findings->allows.at[i] == finding->allow)
			break;
	return i;
}

bool saved_write(const char *path, uint64_t key,
		 const struct findings *findings, struct error *err)
{
	char first[80], last[80], *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);
	unsigned i;
	bool ok;

	if (!out)
		return error_set(err, "out of memory");
	frame(first, last, sizeof(first), key, findings->all.n);
	fputs(first, out);
	write_closer(out, findings);
	for (i = 0; i < findings->all.n; i++)
		json_line(out, json_finding(findings->all.at[i]));
	for (i = 0; i < findings->allows.n; i++)
		json_line(out, json_allow(findings->allows.at[i]));
	for (i = 0; i < findings->allowed.n; i++)
		json_line(out, json_pack("{s:i, s:o}", "by",
			number_of_allow(findings, findings->allowed.at[i]),
			"allowed", json_finding(findings->allowed.at[i])));
	fputs(last, out);
	fclose(out);
	ok = make_folders(path, err) && write_whole(path, text, len, err);
	free(text);
	return ok;
}

static struct allow *allow_from_json(const char *line, size_t len)
{
	json_t *whole = json_loadb(line, len, 0, NULL);
	json_t *object = json_object_get(whole, "allow");
	struct allow *allow = arena_new(&run_arena, struct allow);

	allow->rule = text_of(object, "rule");
	allow->file = text_of(object, "file");
	allow->line = number_of(object, "line");
	allow->col = number_of(object, "column");
	allow->end = number_of(object, "end");
	allow->function = text_of(object, "function");
	allow->reason = text_of(object, "reason");
	allow->whole = json_is_true(json_object_get(object, "whole"));
	allow->optional = json_is_true(json_object_get(object, "optional"));
	allow->used = json_is_true(json_object_get(object, "used"));
	json_decref(whole);
	return allow->rule && allow->file && allow->reason ? allow : NULL;
}

/* What is allowed comes behind those who allow it. */
static bool read_allowed(const char *line, size_t len,
			 struct findings *findings)
{
	json_t *object = json_loadb(line, len, 0, NULL);
	unsigned by = number_of(object, "by");
	struct finding *finding = finding_of(json_object_get(object, "allowed"));

	json_decref(object);
	if (!finding || by >= findings->allows.n)
		return false;
	finding->allow = findings->allows.at[by];
	VEC_PUSH(&findings->allowed, finding);
	return true;
}

static bool read_line(const char *line, size_t len, struct findings *findings)
{
	struct finding *finding;
	struct allow *allow;

	if (!strncmp(line, "{\"allow\":", 9)) {
		allow = allow_from_json(line, len);
		if (allow)
			VEC_PUSH(&findings->allows, allow);
		return allow;
	}
	if (!strncmp(line, "{\"by\":", 6))
		return read_allowed(line, len, findings);
	finding = finding_from_json(line, len);
	if (finding)
		VEC_PUSH(&findings->all, finding);
	return finding;
}

static bool read_lines(const char *line, struct findings *findings)
{
	const char *end;

	for (; *line; line = end + 1) {
		end = strchr(line, '\n');
		if (!end)
			return false;
		if (!strncmp(line, "{\"end\":", 7))
			return strtoul(line + 7, NULL, 10) == findings->all.n;
		if (!read_closer(line, end - line, findings) &&
		    !read_line(line, end - line, findings))
			return false;
	}
	return false;
}

bool saved_read(const char *path, uint64_t key, struct findings *findings)
{
	char first[80], last[80], *text;
	struct error err;
	size_t len;
	bool ok;

	text = read_whole(path, &len, &err);
	frame(first, last, sizeof(first), key, 0);
	ok = text && !strncmp(text, first, strlen(first)) &&
	     read_lines(text + strlen(first), findings);
	if (!ok)
		findings->all.n = findings->allows.n = findings->allowed.n = 0;
	free(text);
	return ok;
}
