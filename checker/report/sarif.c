// SPDX-License-Identifier: GPL-2.0-only
/* SARIF 2.1.0: the path is a code flow, the rules bring their pages. */

#include "allow.h"
#include "identity.h"
#include "json.h"
#include "pages.h"
#include "report.h"
#include "version.h"

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

/* Who lets it stand: a comment in the source, a row, or, without @allow, a baseline. */
static json_t *suppression(const struct allow *allow)
{
	/* Of what is about a function a row's own place is no source. */
	bool in_source = allow && (allow->whole || !allow->function);
	json_t *object = json_pack("{s:s, s:s, s:o}",
		"kind", in_source ? "inSource" : "external",
		"status", "accepted",
		"justification", json_text(allow ? allow->reason
						 : "the baseline has it"));

	if (in_source)
		json_object_set_new(object, "location",
				    location(allow->file, allow->line,
					     allow->col, NULL));
	return object;
}

static json_t *result(const struct finding *finding)
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
		"partialFingerprints", "mmucheckIdentity/v1",
		finding->identity);
}

static json_t *rule(const struct rule_page *page)
{
	return json_pack("{s:s, s:{s:o}, s:{s:o}, s:{s:o, s:o}, s:{s:s}}",
			 "id", page->id,
			 "shortDescription", "text",
			 json_text(page_title(page)),
			 "fullDescription", "text",
			 json_text(page_sentence(page)),
			 "help", "text", json_text(page->text),
			 "markdown", json_text(page->text),
			 "defaultConfiguration", "level", "warning");
}

static json_t *rules(void)
{
	json_t *array = json_array();
	unsigned i;

	for (i = 0; i < rule_page_count; i++)
		json_array_append_new(array, rule(&rule_pages[i]));
	return array;
}

static json_t *suppressed(const struct finding *finding)
{
	json_t *object = result(finding);

	json_object_set_new(object, "suppressions",
			    json_pack("[o]", suppression(finding->allow)));
	return object;
}

/*
 * What is suppressed is among the results, and says so.  Where one result does,
 * the others have to say that they are not.
 */
static json_t *results(const struct findings *findings)
{
	bool told = findings->known.n || findings->allowed.n;
	json_t *array = json_array();
	unsigned i;

	for (i = 0; i < findings->all.n; i++) {
		json_t *object = result(findings->all.at[i]);

		if (told)
			json_object_set_new(object, "suppressions",
					    json_array());
		json_array_append_new(array, object);
	}
	for (i = 0; i < findings->known.n; i++)
		json_array_append_new(array, suppressed(findings->known.at[i]));
	for (i = 0; i < findings->allowed.n; i++)
		json_array_append_new(array,
				      suppressed(findings->allowed.at[i]));
	return array;
}

static void print(FILE *out, const struct findings *findings, bool colour)
{
	(void)colour;
	identify(findings);
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
		"results", results(findings)));
}

FORMAT(sarif, .name = "sarif", .title = "SARIF 2.1.0", .print = print);
