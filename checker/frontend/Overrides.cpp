// SPDX-License-Identifier: GPL-2.0-only

#include "Overrides.h"

using namespace clang;
using namespace mmucheck;

void Overrides::MacroDefined(const Token &Name,
                             const MacroDirective *Directive) {
  IdentifierInfo *Identifier = Name.getIdentifierInfo();
  llvm::StringRef Target = Identifier->getName();
  if (Target.consume_front("__override_")) {
    Ours[PP.getIdentifierInfo(Target)] =
        const_cast<MacroInfo *>(Directive->getMacroInfo());
    return;
  }
  auto It = Ours.find(Identifier);
  if (It != Ours.end() && Directive->getMacroInfo() != It->second)
    PP.appendDefMacroDirective(Identifier, It->second);
}
