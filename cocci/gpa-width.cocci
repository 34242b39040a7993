// SPDX-License-Identifier: GPL-2.0-only
///
/// A gpa_t, gfn_t, hpa_t or kvm_pfn_t has 64 bits. Says where one is put, without
/// a cast, into a variable, a member or a result of 32 bits or fewer: the upper
/// bits of the address are gone, and nobody has said so.
///
//# A cast is taken as a statement that this is meant. unsigned long, which is
//# too narrow on a 32-bit host only, and values that pass through calls are for
//# "mmucheck run", rule gpa-width.
//
// Confidence: High
// Comments: Needs the type of the value to be in sight: a parameter, a local
//           variable, a member whose struct is in the file or its headers.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual context
virtual org
virtual report

// What is left of an address by a mask or a difference fits, and what a function
// returns may be an errno.
@other@
typedef gpa_t, gfn_t, hpa_t, kvm_pfn_t, u8, u16, u32, s8, s16, s32;
expression x, e, m;
expression shift != PAGE_SHIFT;
identifier i, f != {gpa_to_gfn,gfn_to_gpa};
type T;
position p;
@@

(
T i@p = \(e & m\|e % m\|e / m\|e - m\|e >> shift\|f(...)\);
|
x@p = \(e & m\|e % m\|e / m\|e - m\|e >> shift\|f(...)\)
|
return@p \(e & m\|e % m\|e / m\|e - m\|e >> shift\|f(...)\);
)

@initialised@
{gpa_t, gfn_t, hpa_t, kvm_pfn_t} wide;
{u8, u16, u32, s8, s16, s32, int, unsigned int, short, unsigned short, char, unsigned char} narrow;
expression offset;
identifier x;
type T = {u8, u16, u32, s8, s16, s32, int, unsigned int, short, unsigned short, char, unsigned char};
position p != other.p;
@@

(
T x@p = \(wide\|wide + offset\|wide >> PAGE_SHIFT\|gpa_to_gfn(wide)\|gfn_to_gpa(wide)\);
|
narrow@p = \(wide\|wide + offset\|wide >> PAGE_SHIFT\|gpa_to_gfn(wide)\|gfn_to_gpa(wide)\)
)

@returned@
{gpa_t, gfn_t, hpa_t, kvm_pfn_t} wide;
expression offset;
identifier f;
type T = {u8, u16, u32, s8, s16, s32, int, unsigned int, short, unsigned short, char, unsigned char};
position p != other.p;
@@

T f(...)
{
<+...
return@p \(wide\|wide + offset\|wide >> PAGE_SHIFT\|gpa_to_gfn(wide)\|gfn_to_gpa(wide)\);
...+>
}

@depends on context@
position p = {initialised.p};
expression x, e;
identifier i;
type T;
@@

(
* T i@p = e;
|
* x@p = e
)

@depends on context@
position returned.p;
expression e;
@@

* return@p e;

@script:python depends on report@
p << initialised.p;
@@

msg = "ERROR: the upper bits of a 64-bit address are lost here [gpa-width]"
coccilib.report.print_report(p[0], msg)

@script:python depends on report@
p << returned.p;
f << returned.f;
@@

msg = "ERROR: the upper bits of a 64-bit address are lost in what %s() returns [gpa-width]" % (f)
coccilib.report.print_report(p[0], msg)

@script:python depends on org@
p << initialised.p;
@@

cocci.print_main("narrowed", p)

@script:python depends on org@
p << returned.p;
@@

cocci.print_main("narrowed", p)
