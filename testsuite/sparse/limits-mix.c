// SPDX-License-Identifier: GPL-2.0-only
// REQUIRES: sparse
// RUN: %mixed | %check
//
// What mixed.awk leaves out though two kinds meet: sparse says of arithmetic with two
// of them no more than of arithmetic with one.
#include "types.h"

int fn_less(gpa_t gpa, gfn_t gfn);
int fn_less(gpa_t gpa, gfn_t gfn)
{
	return gpa < gfn;
}

gpa_t fn_or(gpa_t gpa, gfn_t gfn);
gpa_t fn_or(gpa_t gpa, gfn_t gfn)
{
	return gpa | gfn;
}
