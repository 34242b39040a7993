// SPDX-License-Identifier: GPL-2.0-only
/// Calls of wait(), each said twice.
// Options: --no-includes

virtual report

@r@
position p;
@@

wait@p(...)

@script:python depends on report@
p << r.p;
@@

coccilib.report.print_report(p[0], "ERROR: \"wait\" is called [wait]")
coccilib.report.print_report(p[0], "ERROR: \"wait\" is called [wait]")
