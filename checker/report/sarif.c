// SPDX-License-Identifier: GPL-2.0-only
/* SARIF 2.1.0: the path is a code flow, the rules bring their pages. */

#include "identity.h"
#include "json.h"
#include "pages.h"
#include "report.h"
#include "rule.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

static json_t *location(const char *file, unsigned line, unsigned col,
			const char *text)
{
	json_t *object = json_pack("{s:{s:{s:o, s:s}, s:{s:i, s:i}}}",
		"physicalLocation",
		"artifactLocation", "uri", json_text(file),
		"uriBaseId", "SRCROOT",
		"region", "startLine", (int)(line ? line : 1),
		"startColumn", (int)(col ? col : 1));

	if (text)
		json_object_set_new(object, "message",
				    json_pack("{s:o}", "text",
					      json_text(text)));
	return object;
}

static json_t *function_of(const char *name)
{
	return json_pack("[{s:o, s:s}]", "fullyQualifiedName", json_text(name),
			 "kind", "function");
}

static json_t *related(const struct finding *finding)
{
	json_t *array = json_array();
	unsigned i;

	for (i = 0; i < finding->notes.n; i++) {
		const struct note *note = &finding->notes.at[i];

		json_array_append_new(array, location(note->file, note->line,
						      note->col, note->text));
	}
	return array;
}

static json_t *flow_step(json_t *location, const char *function, int level)
{
	if (*function)
		json_object_set_new(location, "logicalLocations",
				    function_of(function));
	return json_pack("{s:o, s:i}", "location", location, "nestingLevel",
			 level);
}

/* The steps, each as deep as it is called, and the finding itself at the end. */
static json_t *flows(const struct finding *finding)
{
	json_t *steps = json_array();
	unsigned i;
	int level = 0;

	for (i = 0; i < finding->path.n; i++) {
		const struct step *step = &finding->path.at[i];

		json_array_append_new(steps,
			flow_step(location(step->file, step->line, step->col,
					   step->text),
				  step->function, level));
		level += step->kind == STEP_CALL;
	}
	json_array_append_new(steps,
		flow_step(location(finding->file, finding->line, finding->col,
				   finding->message),
			  finding->function, level));
	return json_pack("[{s:[{s:o}]}]", "threadFlows", "locations", steps);
}

static json_t *result(const struct finding *finding, const char *identity)
{
	json_t *at = location(finding->file, finding->line, finding->col, NULL);

	if (*finding->function)
		json_object_set_new(at, "logicalLocations",
				    function_of(finding->function));
	return json_pack("{s:o, s:s, s:{s:o}, s:[o], s:o, s:o, s:{s:s}}",
		"ruleId", json_text(finding->rule),
		"level", "warning",
		"message", "text", json_text(finding->message),
		"locations", at,
		"relatedLocations", related(finding),
		"codeFlows", flows(finding),
		"partialFingerprints", "mmucheckIdentity/v1", identity);
}

static const char *page_of(const char *id)
{
	unsigned i;

	for (i = 0; i < rule_page_count; i++)
		if (!strcmp(rule_pages[i].id, id))
			return rule_pages[i].text;
	return "";
}

/* The first paragraph under "## Rule" on its page, as one line. */
static json_t *rule_text(const char *page)
{
	static const char head[] = "\n## Rule\n\n";
	const char *from = strstr(page, head), *end;
	char *text, *at;
	json_t *value;

	if (!from)
		return json_string("");
	from += strlen(head);
	end = strstr(from, "\n\n");
	text = strndup(from, end ? (size_t)(end - from) : strlen(from));
	for (at = text; at && *at; at++)
		if (*at == '\n')
			*at = ' ';
	value = json_text(text ? text : "");
	free(text);
	return value;
}

static json_t *rule(const struct rule *rule)
{
	const char *page = page_of(rule->id);

	return json_pack("{s:s, s:{s:o}, s:{s:o}, s:{s:o, s:o}, s:{s:s}}",
			 "id", rule->id,
			 "shortDescription", "text", json_text(rule->title),
			 "fullDescription", "text", rule_text(page),
			 "help", "text", json_text(page),
			 "markdown", json_text(page),
			 "defaultConfiguration", "level", "warning");
}

static int by_id(const void *x, const void *y)
{
	const struct rule *a = *(const struct rule *const *)x;
	const struct rule *b = *(const struct rule *const *)y;

	return strcmp(a->id, b->id);
}

static json_t *rules(void)
{
	size_t n = __stop_mmucheck_rules - __start_mmucheck_rules, i;
	const struct rule **sorted = arena_copy(&run_arena,
						__start_mmucheck_rules,
						n * sizeof(*sorted));
	json_t *array = json_array();

	qsort(sorted, n, sizeof(*sorted), by_id);
	for (i = 0; i < n; i++)
		json_array_append_new(array, rule(sorted[i]));
	return array;
}

static void print(FILE *out, const struct findings *findings, bool colour)
{
	const char **ids = identities(findings);
	json_t *results = json_array();
	unsigned i;

	(void)colour;
	for (i = 0; i < findings->all.n; i++)
		json_array_append_new(results, result(findings->all.at[i],
						      ids[i]));
	json_line(out, json_pack(
		"{s:s, s:s, s:[{s:{s:{s:s, s:s, s:o}}, s:{s:{s:{s:s}}}, s:s, s:o}]}",
		"$schema",
		"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		"version", "2.1.0",
		"runs", "tool", "driver", "name", "mmucheck",
		"version", MMUCHECK_VERSION, "rules", rules(),
		"originalUriBaseIds", "SRCROOT", "description", "text",
		"the root of the kernel's source",
		"columnKind", "utf16CodeUnits",
		"results", results));
}

FORMAT(sarif, .name = "sarif", .title = "SARIF 2.1.0", .print = print);
