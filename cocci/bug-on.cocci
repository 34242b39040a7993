// SPDX-License-Identifier: GPL-2.0-only
///
/// A BUG_ON() in a function that can return an error takes down the host for what
/// one VM did. KVM_BUG_ON() ends that VM alone.
///
//# Patch mode changes what it can: a BUG_ON() before which nothing was locked,
//# counted or allocated, so that a return there leaves nothing behind. Look at
//# what the caller makes of -EIO.
//
// Confidence: Moderate
// Comments: A warning also where a crash is meant.
// Options: --no-includes --include-headers
// Requires: 1.1.0

virtual patch
virtual context
virtual org
virtual report

@fails exists@
identifier f;
constant C =~ "^E[A-Z0-9]+$";
position p;
@@

f@p(...)
{
... when any
return -C;
... when any
}

@depends on patch@
identifier fails.f;
identifier kvm;
identifier fn =~ "lock|alloc|get|map|begin|disable|pin|enter|load";
expression cond;
@@

f(..., struct kvm *kvm, ...)
{
... when != fn(...)
- BUG_ON(cond);
+ if (KVM_BUG_ON(cond, kvm))
+	return -EIO;
... when any
}

@depends on patch@
identifier fails.f;
identifier vcpu;
identifier fn =~ "lock|alloc|get|map|begin|disable|pin|enter|load";
expression cond;
@@

f(..., struct kvm_vcpu *vcpu, ...)
{
... when != fn(...)
- BUG_ON(cond);
+ if (KVM_BUG_ON(cond, vcpu->kvm))
+	return -EIO;
... when any
}

@bug depends on !patch exists@
identifier fails.f;
position fails.p, b;
@@

f@p(...)
{
... when any
\(BUG_ON@b(...)\|BUG@b()\)
... when any
}

@depends on context@
position bug.b;
@@

* \(BUG_ON@b(...)\|BUG@b()\)

@script:python depends on report@
f << fails.f;
b << bug.b;
@@

msg = "WARNING: %s() can return an error here and need not crash the host [bug-on]" % (f)
coccilib.report.print_report(b[0], msg)

@script:python depends on org@
b << bug.b;
@@

cocci.print_main("BUG where an error can be returned", b)
