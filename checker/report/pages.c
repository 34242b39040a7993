// SPDX-License-Identifier: GPL-2.0-only

#include "pages.h"
#include "rule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const struct rule_page *page_find(const char *id)
{
	unsigned i;

	for (i = 0; i < rule_page_count; i++)
		if (!strcmp(rule_pages[i].id, id))
			return &rule_pages[i];
	return NULL;
}

const char *page_sentence(const struct rule_page *page)
{
	static const char head[] = "\n## Rule\n\n";
	const char *from = strstr(page->text, head), *end, *sentence;
	char *text, *at;

	if (!from)
		return "";
	from += strlen(head);
	end = strstr(from, "\n\n");
	text = strndup(from, end ? (size_t)(end - from) : strlen(from));
	for (at = text; at && *at; at++)
		if (*at == '\n')
			*at = ' ';
	sentence = intern(text ? text : "");
	free(text);
	return sentence;
}

const char *page_title(const struct rule_page *page)
{
	const struct rule *rule = rule_of_id(page->id);
	const char *sentence, *end;
	char *title;

	if (rule)
		return rule->title;
	sentence = page_sentence(page);
	end = strstr(sentence, ". ");
	title = arena_copy(&run_arena, sentence, strlen(sentence) + 1);
	title[end ? (size_t)(end - sentence) : strcspn(sentence, ".")] = 0;
	*title = tolower(*title);
	return title;
}
