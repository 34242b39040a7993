// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s | FileCheck-19 --implicit-check-not='limit =' %s
//
// What a static variable begins with was there before the function ran.

struct limit { int n; };
struct state { struct limit limit; };
extern int ask(struct state *s);

// CHECK: call @ask(&$asked'state)
int asked(void)
{
	static struct state state = { .limit = (struct limit){ .n = 1 } };

	return ask(&state);
}
