// SPDX-License-Identifier: GPL-2.0-only
// RUN: %facts %s > %t.facts
// RUN: %mmucheck stats --annotations=%annotations %t.facts | %check
//
// A variable may be called as the word that a row begins with.

int ratio(int call, int clear)
{
	clear = !call || !clear;
	call = clear + 1;
	return call + clear;
}

// CHECK: functions  1 read, 0 unread
